"""What is wrong with a line or a value of canju.toml, and what to write instead: the slips of a Chinese keyboard, days, quotes."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

_DAY = re.compile(r"(?<![\w.-])((?:19|20)\d\d)\s*[-./年－—]\s*(\d{1,2})(?:\s*[-./月－—]\s*(\d{1,2}))?\s*[日月号]?")
_WIDE = (
    ("“”„‟＂", "中文引号", '"'),
    ("‘’＇", "中文引号", '"'),
    ("＝", "全角等号", "="),
    ("，、", "中文标点", ","),
    ("：:", "冒号", "="),
    ("【】［］〔〕", "中文方括号", "[ ]"),
    ("｛｝", "中文花括号", "{ }"),
    ("＃", "全角井号", "#"),
)
"""Signs that a Chinese keyboard gives, what they are called, and what is meant."""


def of_line(line: str) -> str:
    """What is wrong with a line that TOML doesn't take, and what to write instead; "" where it is none of the usual slips."""
    bare = re.sub(r"""\"(?:[^"\\]|\\.)*"|'[^']*'""", '""', line).partition("#")[0]  # within quotes anything may stand
    for signs, name, right in _WIDE:
        if sign := next((sign for sign in bare if sign in signs), ""):
            return f"发现{name}「{sign}」，请改成英文的「{right}」。"
    if bare.count('"') % 2:
        return "英文引号不成对，请补上缺的一个。"
    key, mark, value = bare.partition("=")
    if mark and (word := _chinese(key)):
        return f'名称“{word}”要用英文引号括起来，写成 "{word}"。'
    if mark and not value.strip():
        return "等号后面没有写值：请补上，不用的在行首加 #。"
    if day := _DAY.search(value):
        return _day_meant(day)
    if word := _chinese(bare):
        return f'文字“{word}”要用英文引号括起来，写成 "{word}"。'
    return ""


def _chinese(text: str) -> str:
    """The first Chinese word of a text; "" without one."""
    found = re.search(r"\w*[\u3400-\u9fff][\w（）()·.-]*", text)
    return found[0] if found else ""


def _day_meant(found: re.Match[str]) -> str:
    """How a day, or a month, is to be written that stands otherwise."""
    year, month, day = found.groups()
    if day is None:
        return f'“{found[0].strip()}”是月份，请加英文引号，写成 "{year}-{month:0>2}"。'
    try:
        meant = dt.date(int(year), int(month), int(day))
    except ValueError:
        return f"没有 {found[0].strip()} 这一天，请核对。"
    return f"日期“{found[0].strip()}”请写成 {meant.isoformat()}，不加引号。"


def wanted(problem: Any) -> str:
    """What the value of a key should have been."""
    kind, given = problem["type"], str(problem["input"])
    if kind.startswith("date"):
        day = _DAY.search(given)
        return _day_meant(day) if day and day[3] else "应为日期，不加引号，写成 2019-12-31 的样子。"
    if kind == "literal_error":
        return f"只能写 {problem['ctx']['expected'].replace(' or ', ' 或 ')}。"
    if kind == "list_type":
        return '应为一组，用方括号括起来，写成 ["甲", "乙"] 的样子。'
    return next((said for start, said in _WANTED if kind.startswith(start)), "请对照 canju init 生成的样例更正。")


_WANTED = (
    ("int", "应为整数，不加引号。"),
    ("string", '应为文字，用英文引号括起来，写成 "2019-10"、"甲镇" 的样子。'),
    ("dict", "应为一行一个，写成 名称 = 值 的样子。"),
    ("dataclass", "应写明各项，请对照 canju init 生成的样例更正。"),
)
