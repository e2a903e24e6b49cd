"""Turns marks into tagged fields: each figure a content control with its tag, each generated passage one around its paragraph."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

from canju.paper.figures import CLOSE, MARK, OPEN

if TYPE_CHECKING:
    from docx.document import Document

PASSAGE = "\ue003"
"""Stands before and after a passage's tag at the start of its text."""
_PIECES = re.compile(f"({OPEN}[^{CLOSE}]*{CLOSE}|【[^】]*】)")


def passage(tag: str, text: str) -> str:
    """A paragraph's text with the passage's tag before it."""
    return f"{PASSAGE}{tag}{PASSAGE}{text}" if tag else text


def settle(paper: Document) -> None:
    """Every mark of the paper made a field, every 【…】 highlighted."""
    from docx.oxml.ns import qn

    for paragraph in list(paper.element.body.iter(qn("w:p"))):
        texts = [node for node in paragraph.iter(qn("w:t")) if node.text]
        whole = "".join(node.text for node in texts)
        if not (PASSAGE in whole or OPEN in whole or "【" in whole):
            continue
        tag = ""
        if whole.startswith(PASSAGE):
            _, tag, whole = whole.split(PASSAGE, 2)
        _refill(paragraph, texts[0].getparent(), whole)
        if tag:
            _wrap(paragraph, f"passage:{tag}")


def _refill(paragraph: Any, model: Any, text: str) -> None:
    """The paragraph's runs made anew from a text with marks, all looking like its first run."""
    from docx.oxml.ns import qn

    anchor = model
    for run in [one for one in paragraph.iter(qn("w:r")) if one is not model]:
        run.getparent().remove(run)
    for piece in (one for one in _PIECES.split(text) if one):
        mark = MARK.fullmatch(piece)
        run = _run(model, mark[2] if mark else piece, highlight=piece.startswith("【"))
        node = _control(f"figure:{mark[1]}", run) if mark else run
        anchor.addnext(node)
        anchor = node
    model.getparent().remove(model)


def _run(model: Any, text: str, highlight: bool) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run: Any = OxmlElement("w:r")
    look = model.find(qn("w:rPr"))
    if look is not None:
        run.append(copy.deepcopy(look))
    if highlight:
        color = OxmlElement("w:highlight")
        color.set(qn("w:val"), "yellow")
        run.get_or_add_rPr().append(color)
    node = OxmlElement("w:t")
    node.set(qn("xml:space"), "preserve")
    node.text = MARK.sub(lambda found: found[2], text)
    run.append(node)
    return run


def _control(tag: str, content: Any) -> Any:
    """A content control around a run or a paragraph."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    control, properties, body = OxmlElement("w:sdt"), OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    mark = OxmlElement("w:tag")
    mark.set(qn("w:val"), tag)
    properties.append(mark)
    control.append(properties)
    control.append(body)
    body.append(content)
    return control


def _wrap(paragraph: Any, tag: str) -> None:
    parent = paragraph.getparent()
    position = parent.index(paragraph)
    parent.remove(paragraph)
    parent.insert(position, _control(tag, paragraph))
