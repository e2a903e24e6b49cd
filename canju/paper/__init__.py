"""The county's paper: `write_summary(inputs, path, written, …)` writes 总结.docx, 数据来源底稿.xlsx and 内部情况.docx.

`update_summary(inputs, old, path, written)` renews a paper that the clerk has edited. `template.check(path)` says what is
wrong with a clerk's own template.
"""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import TYPE_CHECKING

from canju.model import Refusal
from canju.paper.inputs import Inputs, placeholders

if TYPE_CHECKING:
    from canju.outputs.files import Written
    from canju.paper.update import Renewed

SOURCES, INTERNAL = "数据来源底稿.xlsx", "内部情况.docx"

__all__ = ["Inputs", "placeholders", "update_summary", "vacant", "write_summary"]


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
    _finish(left if final else [])
    figures = inputs.figures.settle(sentences)
    if not written.force:
        vacant(path, SOURCES, INTERNAL)
    written.write(path, lambda target: made.save(str(target)))
    written.write(path.with_name(SOURCES), lambda target: sources.write(target, figures))
    written.write(path.with_name(INTERNAL), lambda target: internal.write(target, inputs))
    return left


def update_summary(inputs: Inputs, old: Path, path: Path, written: Written, *, final: bool = False) -> list[Renewed]:
    """Renew the generated passages and figures of a paper that the clerk has edited, and the workbook of sources; the changes.

    With `final` a Refusal lists the placeholders that would still stand in it.
    """
    from canju.paper import sources
    from canju.paper.sections import sections
    from canju.paper.update import renewed, text_of

    parts = sections(inputs)
    figures = inputs.figures.settle([sentence for blocks in parts.values() for block in blocks for sentence in block.sentences])
    data, changes = renewed(old, parts, inputs)
    _finish(placeholders(text_of(data)) if final else [])
    if not written.force:
        vacant(path, SOURCES)
    written.write(path, lambda target: _put(target, data))
    written.write(path.with_name(SOURCES), lambda target: sources.write(target, figures))
    return changes


def _finish(left: list[str]) -> None:
    if left:
        raise Refusal("\n".join([f"总结还不能定稿，尚有 {len(left)} 处：", *(f"  {one}" for one in left)]))


def vacant(path: Path, *beside: str) -> None:
    """Refuse where the paper's place is taken, or that of what always stands beside it under one name."""
    if os.path.lexists(path):
        raise Refusal(f"{path} 已经存在。如要覆盖请加 --force，或换一个文件名。")
    for name in beside:
        if os.path.lexists(path.with_name(name)):
            other = path.parent / path.stem / path.name
            raise Refusal(
                f"{path.with_name(name)} 已经存在，它与总结写在同一个文件夹，不能换名。请换一个文件夹，例：-o {other}，或加 --force 覆盖。"
            )


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)
