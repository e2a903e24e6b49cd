"""The `canju` command: reads the environment, the day and the terminal, and hands them to one command. Nothing else does."""

from __future__ import annotations

import datetime as dt
import gc
import os
import re
import shutil
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import SourceFileLoader
from pkgutil import ModuleInfo, iter_modules
from typing import Annotated, Any

import typer

from canju import __version__, commands
from canju.commands.common import Session
from canju.commands.help_text import in_chinese
from canju.refusal import Refusal

ORDER = (
    "run",
    "validate",
    "merge",
    "check",
    "stipend",
    "summary",
    "notify",
    "status",
    "diff",
    "fix",
    "init",
    "template",
    "pack",
    "verify",
    "web",
    "read",
    "rules",
    "explain",
    "ledgers",
    "plan",
)


STOPPED = 130


def _version(wanted: bool) -> None:
    if wanted:
        from canju.commands.version import lines

        typer.echo("\n".join(lines()))
        raise typer.Exit


def _main(
    context: typer.Context,
    config: Annotated[str | None, typer.Option("--config", help="工作区文件 canju.toml 的路径。", show_default=False)] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度和说明，只输出结果。")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="不用颜色。")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="多说明一些：用的哪份设置、哪一天，每个文件读出了什么。")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本、方案和所用程序库。")] = False,
) -> None:
    """残联台账工具：校验、汇总各镇（街道）台账，对照方案逐条核查，生成发放名册和书面总结。"""
    from pathlib import Path

    context.obj.config = Path(config) if config else None
    if config and not Path(config).is_file():
        raise Refusal(f"找不到工作区文件 {config}：请核对路径。")
    context.obj.quiet, context.obj.verbose = quiet, verbose
    context.obj.color = context.obj.color and not no_color


def application(arguments: Sequence[str] | None = None) -> typer.Typer:
    """The program with every command that lies in `canju/commands`; with no more than the call's `arguments` need."""
    app = typer.Typer(
        name="canju",
        no_args_is_help=True,
        add_completion=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_main)
    found = {module.name: module for module in iter_modules(commands.__path__)}
    listed = list(arguments or ["?"]) in (["--help"], ["-h"])
    if arguments and arguments[0] in found and arguments[0] in ORDER:
        found = {arguments[0]: found[arguments[0]]}
    for name in sorted(found, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name)):
        if listed and _announce(app, found[name]):
            continue
        if add := getattr(import_module(f"canju.commands.{name}"), "add", None):
            add(app)
    return app


def _announce(app: typer.Typer, module: ModuleInfo) -> bool:
    """Put a command's name and first line into the list of all commands, read from its file: building twenty takes longer than all else."""
    name = f"canju.commands.{module.name}"
    spec = module.module_finder.find_spec(name, None)
    source = spec.loader.get_source(name) if spec and isinstance(spec.loader, SourceFileLoader) else None
    if source is None:
        return False
    told = re.findall(r'app\.command\(\s*"(\w+)",\s*help="([^"\\]*)[^"]*"', source)
    if group := re.search(r'typer\.Typer\([^()]*help="([^"\\]*)', source):
        app.add_typer(typer.Typer(callback=lambda: None, help=group[1], invoke_without_command=True), name=module.name)
        return True
    if len(told) != source.count("app.command("):
        return False
    for command, text in told:
        app.command(command, help=text)(lambda: None)
    return True


def main() -> None:
    """Run a command; the clerk is told in a sentence whatever goes wrong, and an internal fault says where its details are."""
    import warnings

    warnings.simplefilter("ignore")  # a library's warning may quote a cell
    for number in (1, 2):
        _opened(number)
    sys.unraisablehook = lambda _: None  # as may a file that fails to close once the disk is full
    gc.set_threshold(200_000, 50, 50)  # a round is a million tuples without cycles: looking through them costs half of the time
    code = call(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # whoever read along has had enough, as `head` does
            _muted(stream)
    gc.freeze()  # all goes with the process: what looks through it twice at the end has nothing to find
    sys.exit(code)


def _opened(number: int) -> None:
    """A standard stream that the caller has closed leads nowhere; else the next file opened would take its place."""
    name = ("stdin", "stdout", "stderr")[number]
    if getattr(sys, name) is None:
        handle = os.open(os.devnull, os.O_WRONLY)
        if handle != number:
            os.dup2(handle, number)
        setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", errors="replace", closefd=False))


def _muted(stream: Any) -> None:
    """Let what the stream still holds go nowhere, so that the interpreter's own flush doesn't complain."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return


def call(arguments: list[str]) -> int:
    """The exit code of one call with these arguments."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    now = dt.datetime.now()
    session = Session(
        color="NO_COLOR" not in os.environ, today=now.date(), now=now.strftime("%Y%m%d-%H%M%S"), out=sys.stdout, err=sys.stderr
    )
    session.columns = shutil.get_terminal_size().columns
    try:
        command = in_chinese(typer.main.get_command(application(arguments)))
        code = int(command.main(arguments, prog_name="canju", obj=session, standalone_mode=False) or 0)
        return _stopped() if code == STOPPED else code  # the command library makes a code of Ctrl-C
    except Refusal as refusal:
        session.say_error(refusal.sentence)
        return refusal.code
    except (KeyboardInterrupt, typer.Abort):
        return _stopped()
    except typer.Exit as leave:
        return leave.exit_code
    except BrokenPipeError:
        _muted(sys.stdout)
        return 0
    except SystemExit as leave:  # the command library's own answer to a closed pipe
        return leave.code if isinstance(leave.code, int) else 0
    except Exception as error:  # the last net: canju itself is wrong
        if type(error).__name__ == "NoArgsIsHelpError" and error.ctx.parent is None:  # type: ignore[attr-defined]
            session.show(error.ctx.get_help())  # type: ignore[attr-defined]
            return 2
        return _usage(error, session) if hasattr(error, "format_message") else _internal(error)
    finally:
        session.leaving.close()


def _stopped() -> int:
    print("已中断，写出的内容不完整，请重新运行（原处已有文件的加 --force）。", file=sys.stderr)
    return STOPPED


def _usage(error: Any, session: Session) -> int:
    """A wrong call in Chinese: what was not understood, the nearest right word, and where help is."""
    from canju.commands.wrong_call import sentence

    session.say_error(sentence(error))
    return 2


def _internal(error: Exception) -> int:
    """Write where the fault happened – places in the code only, never a value – to a private file and name it."""
    import tempfile
    import traceback

    places = [f"{frame.filename.rsplit('canju', 1)[-1]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    try:
        handle, path = tempfile.mkstemp(prefix="canju-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8") as log:
            log.write("\n".join([f"canju {__version__} {type(error).__name__}", *places]) + "\n")
        where = f"出错位置已写入 {path}（不含台账内容），请把它发给维护人员。"
    except OSError:
        where = f"出错位置（不含台账内容）：{places[-1] if places else '不明'}。"
    print(f"程序内部出错，没有完成。{where}", file=sys.stderr)
    return 4


if __name__ == "__main__":
    main()
