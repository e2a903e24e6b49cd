"""A one-folder program that needs no Python: `make dist`. Built by PyInstaller, zipped, started once as a test.

The folder runs on the kind of system it was built on: for Windows it has to be built on Windows.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BATCH = {
    "校验.bat": '"%~dp0canju.exe" validate "%~1" -o "%~1_退回修改" --force',
    "一键汇总.bat": '"%~dp0canju.exe" run "%~1" -o "%~1_成果" --force',
}


def main() -> int:
    """Build, start, zip."""
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "pyinstaller>=6.10"], check=True)
    work, out = ROOT / "build", ROOT / "dist"
    start = work / "start.py"
    work.mkdir(exist_ok=True)
    start.write_text(
        "import multiprocessing\nfrom canju.cli import main\nif __name__ == '__main__':\n    multiprocessing.freeze_support()\n    main()\n",
        encoding="utf-8",
    )
    data = [
        f"{ROOT / 'templates'}:canju/templates",
        f"{ROOT / 'canju/plans'}:canju/plans",
        f"{ROOT / 'canju/reading/homophones.txt'}:canju/reading",
    ]
    options = [part for one in data for part in ("--add-data", one)] + [
        part for name in ("canju", "docx") for part in ("--collect-all", name)
    ]
    subprocess.run(
        [
            sys.executable,
            "-m",
            "PyInstaller",
            "-y",
            "--log-level",
            "ERROR",
            "--name",
            "canju",
            "--onedir",
            "--workpath",
            str(work),
            "--specpath",
            str(work),
            "--distpath",
            str(out),
            *options,
            str(start),
        ],
        check=True,
    )
    folder = out / "canju"
    for name, line in BATCH.items():
        (folder / name).write_text(
            f'@echo off\nchcp 65001 >nul\nif "%~1"=="" (echo 请把文件夹拖到本图标上。& pause & exit /b 2)\n{line}\npause\n',
            encoding="utf-8",
            newline="\r\n",
        )
    program = folder / ("canju.exe" if sys.platform == "win32" else "canju")
    told = subprocess.run(
        [str(program), "validate", str(ROOT / "samples/禾丰县/报送"), "--format", "json"], capture_output=True, check=False
    )
    if told.returncode != 3 or b'"findings"' not in told.stdout:
        print(f"the built program did not do its work: exit {told.returncode}", file=sys.stderr)
        return 1
    archive = shutil.make_archive(str(out / f"canju-{sys.platform}"), "zip", out, "canju")
    print(f"{archive}: {Path(archive).stat().st_size / 1e6:.0f} MB, started and read the sample county")
    return 0


if __name__ == "__main__":
    sys.exit(main())
