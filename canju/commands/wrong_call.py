"""A wrong call, said in Chinese."""

from __future__ import annotations

from typing import Any

from canju.refusal import nearest


def sentence(error: Any) -> str:
    """What was wrong with the words of a call, the nearest right ones, and where help is to be had."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "canju"
    where = f"用 {path} --help 查看用法。"
    kind = type(error).__name__
    if kind == "NoSuchOption":
        if context and context.parent and error.option_name in _options(context.find_root()):
            return f"{error.option_name} 请写在命令名前面，例：canju {error.option_name} … {context.info_name} …"
        near = next(iter(error.possibilities or ()), "") or nearest(error.option_name, _options(context))
        return f"没有 {error.option_name} 这个选项{f'，是否应为 {near}？' if near else '。'}{where}"
    if kind in ("MissingParameter", "NoArgsIsHelpError"):
        return _missing(getattr(error, "param", None) or _first(context), context, where)
    if kind == "BadParameter" and error.param is not None:
        hint = f"可选：{'、'.join(choices)}。" if (choices := _choices(error)) else _range(error.param)
        return f"{max(error.param.opts, key=len)} 的值不合要求。{hint}{where}"
    if kind == "BadOptionUsage":
        return f"{error.option_name} 后面要写上它的内容。{where}"
    if kind == "UsageError" and (extra := _extra(error.message)):
        return f"多写了「{extra}」：名称里有空格的，请前后加英文引号。{where}"
    if kind == "UsageError" and "No such command" in error.message:
        word = error.message.split("'")[1] if "'" in error.message else ""
        near = nearest(word, list(getattr(context.command, "commands", {})), 0.4) if context else ""
        return f"没有「{word}」这个命令{f'，是否应为 {near}？' if near else '。'}{where}"
    return f"命令写法有误。{where}"


def _range(param: Any) -> str:
    """What a number has to be; "" for what is no number."""
    return "应为整数。" if param.type.name.startswith("int") else ""


def _extra(message: str) -> str:
    """The words of a call that no argument takes."""
    import re

    found = re.search(r"unexpected extra argument(?:s|\(s\))? \((.*)\)", message)
    return found[1] if found else ""


def _first(context: Any) -> Any:
    """What a command called without a word lacks first: its arguments come before its options."""
    needed = [one for one in context.command.params if one.required] if context else []
    return next(iter(sorted(needed, key=lambda one: one.param_type_name != "argument")), None)


def _missing(param: Any, context: Any, where: str) -> str:
    """What is missing, what it is for, and the command's own example."""
    if param is None:
        return f"还缺少要写明的内容。{where}"
    name = (param.metavar or param.name.upper()) if param.param_type_name == "argument" else param.opts[-1]
    example = (context.command.help or "").partition("例：")[2].strip() if context else ""
    return f"缺少 {name}（{(param.help or '').rstrip('。')}）。{f'例：{example}' if example else where}"


def _choices(error: Any) -> list[str]:
    """The words an option takes."""
    return list(getattr(error.param.type, "choices", ()))


def _options(context: Any) -> list[str]:
    return [name for parameter in context.command.params for name in parameter.opts] if context else []
