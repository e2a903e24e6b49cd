"""A wrong call, said in Chinese."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any


def sentence(error: Any) -> str:
    """What was wrong with the words of a call, the nearest right ones, and where help is to be had."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "canju"
    where = f"用 {path} --help 查看用法。"
    kind = type(error).__name__
    if kind == "NoSuchOption":
        if context and context.parent and error.option_name in _options(context.find_root()):
            return f"{error.option_name} 请写在命令名前面，例：canju {error.option_name} … {context.info_name} …"
        near = list(error.possibilities or ()) or get_close_matches(error.option_name, _options(context), n=1)
        return f"没有 {error.option_name} 这个选项{f'，是否应为 {near[0]}？' if near else '。'}{where}"
    if kind == "MissingParameter":
        name = error.param.opts[-1] if error.param and error.param.opts else "参数"
        return f"缺少 {error.param.metavar or name}。{where}" if error.param else f"缺少参数。{where}"
    if kind == "BadParameter" and error.param is not None:
        hint = f"可选：{'、'.join(choices)}。" if (choices := _choices(error)) else ""
        return f"{error.param.opts[-1]} 的值不合要求。{hint}{where}"
    if kind == "UsageError" and "No such command" in error.message:
        word = error.message.split("'")[1] if "'" in error.message else ""
        near = get_close_matches(word, list(getattr(context.command, "commands", {})), n=1, cutoff=0.4) if context else []
        return f"没有「{word}」这个命令{f'，是否应为 {near[0]}？' if near else '。'}{where}"
    return f"命令写法有误。{where}"


def _choices(error: Any) -> list[str]:
    """The words an option takes: as its type lists them, or, where the library keeps none, as its message quotes them."""
    import re

    listed = getattr(getattr(error.param, "type", None), "choices", ())
    if listed:
        return [str(getattr(one, "value", one)) for one in listed]
    quoted = re.search(r"is not one of (.*)", str(error.message))
    return re.findall(r"'([^']*)'", quoted[1]) if quoted else []


def _options(context: Any) -> list[str]:
    return [name for parameter in context.command.params for name in parameter.opts] if context else []
