"""The county's paper: `write_summary(inputs, path, written, …)` writes 总结.docx, 数据来源底稿.xlsx and 内部情况.docx.

`update_summary(inputs, old, path, written)` renews a paper that the clerk has edited. `template.check_template(path)` says what is
wrong with a clerk's own template.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from canju.model import Refusal
from canju.paper.inputs import Inputs, placeholders

if TYPE_CHECKING:
    from canju.outputs.files import Written
    from canju.paper.update import Renewed

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

    inputs = dataclasses.replace(inputs, sealed=sealed)
    made, blocks = paper.build(inputs, template)
    sentences = [sentence for block in blocks for sentence in block.sentences]
    left = placeholders(map(bare, sentences))
    if final and left:
        raise Refusal("总结还不能定稿，尚有：" + "；".join(left))
    figures = inputs.figures.settle(sentences)
    written.write(path, lambda target: made.save(str(target)))
    written.write(path.with_name(SOURCES), lambda target: sources.write(target, figures))
    written.write(path.with_name(INTERNAL), lambda target: internal.write(target, inputs))
    return left


def update_summary(inputs: Inputs, old: Path, path: Path, written: Written) -> list[Renewed]:
    """Renew the generated passages and figures of a paper that the clerk has edited, and the workbook of sources; the changes."""
    from canju.paper import sources
    from canju.paper.sections import sections
    from canju.paper.update import renewed

    parts = sections(inputs)
    figures = inputs.figures.settle([sentence for blocks in parts.values() for block in blocks for sentence in block.sentences])
    data, changes = renewed(old, parts, inputs)
    written.write(path, lambda target: _put(target, data))
    written.write(path.with_name(SOURCES), lambda target: sources.write(target, figures))
    return changes


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)
