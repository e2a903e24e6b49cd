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
    _finish(left if final else [])
    figures = inputs.figures.settle(sentences)
    _free(written, path, path.with_name(SOURCES), path.with_name(INTERNAL))
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
    _free(written, path, path.with_name(SOURCES))
    written.write(path, lambda target: _put(target, data))
    written.write(path.with_name(SOURCES), lambda target: sources.write(target, figures))
    return changes


def _finish(left: list[str]) -> None:
    if left:
        raise Refusal("总结还不能定稿，尚有：" + "；".join(left))


def _free(written: Written, *paths: Path) -> None:
    """Refuse before the first file is written, not between two of them."""
    for path in paths:
        if path.exists() and not written.force:
            raise Refusal(f"{path.name} 已经存在。如要覆盖请加 --force，或换一个文件夹。")


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)
