"""docs/cli.md and docs/ledgers.md: every command with its options, and every ledger with its columns, as the program has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from canju.ledgers.base import Column, Ledger

_MADE = "本页由程序生成，请勿手工修改。"
_CLI_HEAD = f"""# 命令

{_MADE}

写法：`canju [总选项] 命令 …`。结果打印在标准输出，说明和进度在标准错误。「路径」可以是文件、文件夹、zip，也可以是 `canju merge` 汇总好的总表。

退出码：0 没有必改的（可能还有请核实的）；1 有 `--fail-on` 这一级以上的问题；2 命令或设置有误；3 有文件没读成，或有一部分没做（其余已做完）；4 程序内部出错；130 中断。
"""
_LEDGERS_HEAD = f"""# 台账

{_MADE}

台账按表头认，不按文件名和工作表名认。表头里的空格、换行、星号、（盖章）、（元）等不影响。每栏第一个写法是规定的表头，其余写法也认。

必填：**是** 必须有这一栏并填写；**可推** 必填，但没有这一栏时可以从填报单位、工作表名、文件名等处得出。
"""


def cli_reference(program: Any) -> str:
    """Every command of the program (as Typer makes it) with its sentence, example, arguments and options, as Markdown."""
    parts = [_CLI_HEAD, "## 总选项\n", _table(program.params)]
    for name, command in program.commands.items():
        says, _, example = (command.help or "").partition("\n\n")
        parts.append(f"## {name}\n\n{says}\n")
        if example:
            parts.append(f"```sh\n{example.removeprefix('例：').strip()}\n```\n")
        parts.append(_table(command.params))
    return "\n".join(parts)


def _table(params: Sequence[Any]) -> str:
    rows = [_row(one) for one in params if getattr(one, "help", None) and not one.hidden and "completion" not in one.name]
    return "| 选项 | 说明 |\n|---|---|\n" + "".join(rows)


def _row(param: Any) -> str:
    """One argument or option: its spellings, what it takes, its default."""
    names = [param.metavar or param.name.upper()] if param.param_type_name == "argument" else param.opts
    words = param.help.replace("|", "\\|")
    if choices := getattr(param.type, "choices", ()):
        words += f"可选：{'、'.join(choices)}。"
        if param.default is not None:
            words += f"默认 {getattr(param.default, 'value', param.default)}。"
    if param.required and param.param_type_name != "argument":
        words += "必须写。"
    if getattr(param, "multiple", False):
        words += "可以写多次。"
    return f"| {' '.join(f'`{name}`' for name in names)} | {words} |\n"


def ledger_reference(ledgers: Sequence[type[Ledger]]) -> str:
    """Every ledger's columns with what each holds and the headings it goes by, as Markdown."""
    parts = [_LEDGERS_HEAD]
    for ledger in ledgers:
        kind = "补充台账：报了才能核对有关条款。" if ledger.supplementary else "各镇（街道）应报。"
        parts.append(f"## {ledger.title}\n\n英文名 `{ledger.key}`。{kind}\n")
        parts.append("| 表头 | 英文名 | 必填 | 内容 | 也认的写法 |\n|---|---|---|---|---|\n" + "".join(_columns(ledger)))
    return "\n".join(parts)


def _columns(ledger: type[Ledger]) -> Iterator[str]:
    for name, column in ledger.columns.items():
        needed = ("可推" if column.derived else "是") if column.required else ""
        yield f"| {column.title} | `{name}` | {needed} | {_content(column)} | {'、'.join(column.headings[1:])} |\n"


def _content(column: Column) -> str:
    """The kind of value, and the words it may be where they are few."""
    words = [word for word in getattr(column.type, "words", ()) if word != column.type.word]
    return f"{column.type.word}：{'、'.join(words)}" if 0 < len(words) <= 12 else column.type.word
