"""`canju --version`: the program, its plans, and the libraries it works with."""

from __future__ import annotations

from canju import __version__

LIBRARIES = ("python-calamine", "openpyxl", "xlsxwriter", "xlrd", "python-docx", "pandas", "pydantic", "typer", "rich")


def lines() -> list[str]:
    """The program's version, the built-in plans, and each library with its version."""
    from importlib.metadata import PackageNotFoundError, version

    from canju.plans import built_in

    held = []
    for name in LIBRARIES:
        try:
            held.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return [f"canju {__version__}", f"内置方案：{'、'.join(built_in())}", f"程序库：{'，'.join(held)}"]
