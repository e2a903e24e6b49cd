"""What goes out to the towns and what is laid before the leaders: 退回修改通知, 催报通知, 应设未设小组清单 and a one-page 简报.

Same layout as the paper; nobody is named in any of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from canju.findings import Kind, pressing, summed
from canju.ledgers import ledgers
from canju.model import SEVERITIES, SEVERITY_WORDS, Verdict
from canju.paper import chart, layout, measures
from canju.paper.figures import bare
from canju.paper.inputs import Inputs, counted
from canju.paper.paper import CHART_TITLE, anonymous, plotted, table
from canju.paper.sections import unmet, unmet_rules
from canju.rules.base import catalogue

if TYPE_CHECKING:
    from docx.document import Document

SHOWN = 4
"""How many kinds of fault a notice tells, so that it stays on one page; the rest stand in the returned workbook."""


def notice(
    path: Path,
    town: str,
    federation: str,
    kinds: Mapping[Kind, int],
    missing: Sequence[str],
    deadline: str,
    day: str,
    sealed: bool = True,
) -> None:
    """退回修改通知 or, where nothing came, 催报通知: to the town's federation, no person named in it."""
    paper, title = layout.document(), f"关于残疾人台账{'退回修改' if kinds else '催报'}的通知"
    layout.add(paper, title, "公文标题")
    layout.add(paper, "", "公文正文")
    layout.add(paper, f"{town}残疾人联合会：", "公文顶格")
    if kinds:
        _faults(paper, kinds)
    if missing:
        layout.add(paper, f"{'此外，' if kinds else '经核对，你单位'}尚未报送：{'、'.join(missing)}。确无内容的，请报零报告。", "公文正文")
    layout.add(paper, f"请于{deadline}前报县残联。" if deadline else "请尽快报县残联。", "公文正文")
    _sign(paper, federation, day, sealed)
    anonymous(paper, title)
    paper.save(str(path))


def _faults(paper: Document, kinds: Mapping[Kind, int]) -> None:
    """How many faults there are, and of each kind where and what to do; no cell's text, and so nobody's."""
    counts = summed(kinds, lambda kind: kind.severity)
    told = "、".join(f"{SEVERITY_WORDS[key]}{counts[key]}处" for key in SEVERITIES if counts[key] and key != "note")
    layout.add(
        paper,
        f"你单位报送的台账经校验，有{told}，已在退回的工作簿中逐处标出。请对照其中的“问题清单”，必改的更正，请核实的更正或说明，整份重新报送。主要问题如下：",
        "公文正文",
    )
    told_by = pressing(kinds, lambda kind: (kind.rule, kind.ledger or "", _plain(kind.heading or "")))
    for place, ((code, ledger, head), count) in enumerate(told_by[:SHOWN], start=1):
        where = f"{ledgers()[ledger].title}" if ledger in ledgers() else "报送文件"
        fix = catalogue()[code].fix.removeprefix("请").rstrip("。")
        layout.add(paper, f"{place}. {where}{f'“{head}”栏' if head else ''}{count}处：请{fix}（{code}）。", "公文正文")
    if len(told_by) > SHOWN:
        layout.add(paper, f"另有 {len(told_by) - SHOWN} 类，见退回的工作簿。", "公文正文")


def _plain(heading: str) -> str:
    """A heading as it is spoken of: on one line, without the star that says it must be filled in."""
    return "".join(heading.split()).strip("*＊")


def _sign(paper: Document, federation: str, day: str, sealed: bool) -> None:
    for _ in range(2 if sealed else 1):
        layout.add(paper, "", "公文正文")
    signer = layout.add(paper, federation, "公文顶格")
    dated = layout.add(paper, layout.chinese_day(day) if day else "【成文日期】", "公文顶格")
    layout.signature(signer, dated, sealed)


def group_list(path: Path, verdicts: Sequence[Verdict]) -> None:
    """应设未设小组清单: places that should have a group and have none, those on the line last."""
    paper = layout.document()
    layout.add(paper, "应设未设小组清单", "公文标题")
    rows = [
        (one.town or "", one.village or "", one.subject or "", one.actual, "应设未设" if one.severity == "error" else "恰在界限上，请研究")
        for one in verdicts
    ]
    table(paper, ("镇（街道）", "村（社区）", "地点", "残疾人数", "情况"), rows or [("无", "", "", "", "")], (30, 34, 44, 22, 26))
    anonymous(paper, "应设未设小组清单")
    paper.save(str(path))


def bulletin(path: Path, inputs: Inputs) -> None:
    """A one-page 简报: the overall state, the chart, and what is worst."""
    from canju.paper.sections import lead

    paper = layout.document()
    title = f"{inputs.workspace.county}残联组织专项改革试点简报".strip()
    layout.add(paper, title, "公文标题")
    layout.add(paper, bare(lead(inputs)).replace("现将有关情况报告如下。", ""), "公文正文")
    names, series = plotted(inputs)
    if names:
        layout.add(paper, "", "公文图表").add_run()._element.append(chart.drawing(paper, CHART_TITLE, names, series))
    worst = unmet_rules(inputs, measures.told_rules())[:3]
    for text in counted([unmet(inputs, rule, some) for rule, some in worst]):
        layout.add(paper, bare(text), "公文正文")
    anonymous(paper, title)
    paper.save(str(path))
