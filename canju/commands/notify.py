"""`canju notify`: what each town has to mend or send, as a short text or as a Word notice."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canju.commands import common, places
from canju.commands.common import FailOn, session

if TYPE_CHECKING:
    from canju.findings import Kind
    from canju.merging.merged import Merged
    from canju.outputs.files import Written
    from canju.pipeline import Round


def add(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "notify", help="给各镇（街道）的通知：哪些要改、哪些没报、何时截止。\n\n例：canju notify 报送 -o 通知 --word", no_args_is_help=True
    )(notify)


def notify(
    context: typer.Context,
    paths: common.Paths,
    out: Annotated[Path | None, typer.Option("-o", help="写到文件夹，一个镇（街道）一份。", show_default=False)] = None,
    word: Annotated[bool, typer.Option("--word", help="写成 Word 通知（退回修改通知、催报通知）。")] = False,
    date: Annotated[str | None, typer.Option("--date", help="Word 通知的成文日期。", show_default=False)] = None,
    unsealed: Annotated[bool, typer.Option("--unsealed", help="不加盖印章的落款格式。")] = False,
    town: common.TownOption = None,
    as_of: common.AsOf = None,
    jobs: common.Jobs = None,
    force: common.Force = False,
    password_file: common.PasswordFile = None,
) -> None:
    """Print the texts, or write them."""
    from canju import pipeline
    from canju.model import Refusal

    it = session(context)
    paths = places.existing(paths)
    if word and out is None:
        raise Refusal("Word 通知请用 -o 写明放在哪个文件夹，例：canju notify 报送 -o 通知 --word")
    day = common.as_day(date, "--date").isoformat() if date else ""
    places.apart(paths, out)
    workspace = it.workspace(paths)
    options = common.options(it, workspace, as_of=as_of, jobs=jobs, town=town, password_file=password_file)
    round_ = common.received(pipeline.validate(paths, workspace, options))
    common.of_books(it, round_)
    merged = pipeline.merge(round_)
    if out is None:
        said = [text for name, text in texts(round_, merged).items() if town in (None, name)]
        it.show("\n\n".join(said) if said else f"没有要通知{town or '各镇（街道）'}的：没有要改的，也没有未报的。")
    else:
        written = it.written(force)
        write(
            round_,
            merged,
            out,
            written,
            word=word,
            day=day,
            sealed=not unsealed,
            town=town,
        )
        it.tell(written)
    it.end(common.closing(it, round_, FailOn.never))


def _of_towns(round_: Round, merged: Merged) -> dict[str, tuple[Counter[Kind], list[str]]]:
    """For each town with something to do: its open findings by kind, and the ledgers that have not come.

    What the stipend finds (S) is not among them: it is the county's to settle, and marked in no return workbook.
    """
    from canju.findings import is_open
    from canju.merging.status import MISSING, status
    from canju.workspace import town_of

    missing: dict[str, list[str]] = {}
    for one in status(merged):
        if one.state == MISSING or (merged.known.problems.get((one.ledger.key, one.town)) and not one.files):
            missing.setdefault(one.town, []).append(one.ledger.title)
    for town, titles in missing.items():
        if unread := [one.file for one in merged.origins if one.status == "unread" and town_of(one.file, round_.workspace.towns) == town]:
            titles[-1] += f"（收到的{'、'.join(file.rsplit('/', 1)[-1] for file in unread)}打不开，请重报；是压缩包的请解压后再报）"
    found = {}
    for place in round_.book.towns:
        some = Counter(
            {
                kind: count
                for kind, count in round_.findings.kinds.items()
                if kind.town == place.name and kind.rule[0] != "S" and is_open(kind)
            }
        )
        if some or missing.get(place.name):
            found[place.name] = (some, missing.get(place.name, []))
    return found


def _deadline(round_: Round) -> str:
    day = round_.workspace.deadlines.towns
    return f"{day.year}年{day.month}月{day.day}日" if day and day >= round_.options.as_of else ""


def texts(round_: Round, merged: Merged) -> dict[str, str]:
    """A short text a town, fit for a chat: counts, the most frequent faults, what is missing, the deadline. No person in it."""
    from canju.findings import pressing, summed
    from canju.merging.status import status
    from canju.rules.base import catalogue

    said, standings = {}, status(merged)
    for town, (kinds, missing) in _of_towns(round_, merged).items():
        lines = [f"【{town}】"]
        if kinds:
            counts = summed(kinds, lambda kind: kind.severity)
            lines.append(f"台账有必改 {counts['error']} 处、请核实 {counts['query']} 处，已标在退回的表格里，改好后请整个报回。")
            for (code, ledger), count in pressing(kinds, lambda kind: (kind.rule, kind.ledger or ""))[:5]:
                lines.append(f"· {_title(ledger)}{catalogue()[code].fix}（{code}，{count} 处）".replace("·", "-"))
        if missing:
            lines.append(f"还没有收到：{'、'.join(missing)}。确无内容请报零报告。")
        if late := [one.ledger.title for one in standings if one.town == town and one.late]:
            lines.append(f"填报日期晚于截止日（{round_.workspace.deadlines.towns}）：{'、'.join(late)}。以后请按时报送。")
        if deadline := _deadline(round_):
            lines.append(f"请于{deadline}前报县残联。")
        said[town] = "\n".join(lines)
    return said


def _title(key: str) -> str:
    from canju.ledgers import ledgers

    return f"{ledgers()[key].title}：" if key in ledgers() else ""


def write(
    round_: Round,
    merged: Merged,
    out: Path,
    written: Written,
    *,
    word: bool = True,
    day: str = "",
    sealed: bool = True,
    town: str | None = None,
) -> None:
    """A file a town; in Word, 应设未设小组清单 and a one-page 简报 for the county besides."""
    from canju.commands.summary import inputs_of
    from canju.outputs.check.workbook import group_verdicts
    from canju.paper import notices

    federation = round_.workspace.federation or f"{round_.workspace.county}残疾人联合会"
    said = texts(round_, merged)
    for name, (kinds, missing) in _of_towns(round_, merged).items():
        if town not in (None, name):
            continue
        if word:
            kind = "退回修改通知" if kinds else "催报通知"
            make = partial(
                notices.notice,
                town=name,
                federation=federation,
                kinds=kinds,
                missing=missing,
                deadline=_deadline(round_),
                day=day,
                sealed=sealed,
            )
            written.write(out / f"{name}{kind}.docx", make)
        else:
            written.write_text(out / f"{name}.txt", said[name] + "\n")
    if word and town is None:
        written.write(out / "应设未设小组清单.docx", lambda path: notices.group_list(path, group_verdicts(round_.verdicts)))
        written.write(out / "简报.docx", lambda path: notices.bulletin(path, inputs_of(round_, merged)))
