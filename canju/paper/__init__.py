"""The county's paper: `write_summary(round inputs, path, written, …)` writes 总结.docx, 数据来源底稿.xlsx and 内部情况.docx."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from canju.model import Refusal
from canju.paper.text import Inputs, placeholders

if TYPE_CHECKING:
    from canju.outputs.files import Written

SOURCES, INTERNAL = "数据来源底稿.xlsx", "内部情况.docx"

__all__ = ["Inputs", "placeholders", "update_summary", "write_summary"]


def write_summary(
    inputs: Inputs,
    path: Path,
    written: Written,
    *,
    template: Path | None = None,
    sealed: bool = True,
    final: bool = False,
) -> list[str]:
    """Write the paper and what stands beside it; the placeholders left in it. With `final` a Refusal lists them instead."""
    from canju.paper import internal, paper, sources
    from canju.paper.figures import bare

    made, paragraphs = paper.build(inputs, template, sealed)
    left = placeholders(
        [bare(one.text) for one in paragraphs]
        + [one.text for one in made.paragraphs if "【成文日期】" in one.text or "【待补充：主送" in one.text]
    )
    if final and left:
        raise Refusal("总结还不能定稿，尚有：" + "；".join(left))
    figures = inputs.figures.settle([one.text for one in paragraphs])
    written.write(path, lambda target: made.save(str(target)))
    written.write(path.with_name(SOURCES), lambda target: sources.write(target, figures))
    written.write(path.with_name(INTERNAL), lambda target: internal.write(target, inputs))
    return left


def update_summary(inputs: Inputs, old: Path, path: Path, written: Written) -> list[Any]:
    """Renew the figures of a paper that the clerk has edited, and the workbook of sources; the changes."""
    from canju.paper import paper, sources
    from canju.paper.update import renew

    _, paragraphs = paper.build(inputs)
    figures = inputs.figures.settle([one.text for one in paragraphs])
    changes: list[Any] = []
    written.write(path, lambda target: changes.extend(renew(old, {one.tag: one.text for one in figures}, target)))
    written.write(path.with_name(SOURCES), lambda target: sources.write(target, figures))
    return changes
