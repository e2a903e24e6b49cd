"""`--help` in Chinese: the command library's own words translated, and lines broken by how wide characters are, not how many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

WORDS = {
    "Usage: ": "用法：",
    "Options": "选项",
    "Arguments": "要写明的",
    "Commands": "命令",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 …",
    "Install completion for the current shell.": "给当前的命令行装上自动补全（按 Tab 键补全）。",
    "Show completion for the current shell, to copy it or customize the installation.": "显示自动补全的脚本，供自己安装。",
    "Install completion for the specified shell.": "给指定的命令行装上自动补全（按 Tab 键补全）。",
    "Show completion for the specified shell, to copy it or customize the installation.": "显示指定命令行的自动补全脚本。",
    "Show this message and exit.": "显示本说明。",
}
KINDS = {"str": "文字", "path": "路径", "Path": "路径", "int": "数", "int range": "数", "float": "数"}


def in_chinese(command: Any) -> Any:
    """The command and those below it, telling of themselves in Chinese."""
    command.context_class = _context(command.context_class)
    for one in getattr(command, "commands", {}).values():
        in_chinese(one)
    return command


@lru_cache
def _context(base: Any) -> Any:
    return (
        base if issubclass(getattr(base, "formatter_class", object), _Chinese) else type("Context", (base,), {"formatter_class": _of(base)})
    )


@lru_cache
def _of(base: Any) -> Any:
    return type("Formatter", (_Chinese, base.formatter_class), {})


class _Chinese:
    """Laid over the library's formatter: the same calls, other words and breaks."""

    width: int
    current_indent: int
    write: Any

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for word in ("[OPTIONS]", "COMMAND [ARGS]..."):
            args = args.replace(word, WORDS[word])
        args = re.sub(r"\{(\w+)\}", r"\1", args).replace("...", " …")
        self._block(f"{WORDS['Usage: ']}{prog} {args}", " " * (self.current_indent + 6), " " * self.current_indent)

    def write_heading(self, heading: str) -> None:
        self.write(f"{' ' * self.current_indent}{WORDS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for line in text.splitlines():
            self._block(line, indent, indent)

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        from canju.outputs.terminal import width

        told = [(_named(first), _said(second)) for first, second in rows]
        column = min(max(width(first) for first, _ in told), col_max) + col_spacing
        begin = " " * self.current_indent
        for first, second in told:
            fits = width(first) <= column - col_spacing
            if not fits:
                self.write(f"{begin}{first}\n")
            lead = begin + (first + " " * (column - width(first)) if fits else " " * column)
            self._block(second, begin + " " * column, lead)

    def _block(self, text: str, indent: str, lead: str) -> None:
        from canju.outputs.terminal import broken

        for number, line in enumerate(broken(text, self.width - _width(lead)) or [""]):
            self.write(f"{(indent if number else lead)}{line}".rstrip() + "\n")


def _width(text: str) -> int:
    from canju.outputs.terminal import width

    return width(text)


def _named(text: str) -> str:
    """An option or argument with what it takes: `--town <str>` as `--town <文字>`."""
    text = re.sub(r"<(?:list\[)?([\w ]+)\]?>", lambda found: f"<{KINDS.get(found[1], found[1])}>", text)
    return re.sub(r"\{(\w+)\}", r"\1", text)


def _said(text: str) -> str:
    """The sentence of an option, and what the library adds to it in square brackets."""
    text = WORDS.get(text.strip(), text)
    body, mark, added = text.rpartition("  [")
    if not mark:
        return text
    parts = [
        part.replace("required", "必须写").replace("default: ", "默认 ")
        for part in added.rstrip("]").split("; ")
        if not re.search("[<>]=", part)
    ]
    return f"{body}［{'；'.join(parts)}］" if parts else body
