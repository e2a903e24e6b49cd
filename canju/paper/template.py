"""The template of the paper: where it lies, how it was made, and what is wrong with one that a clerk has edited.

A template is a Word paper in which a paragraph `{{p 导语 }}` stands for each part that is generated; wording, order, headings and
looks around these are the clerk's. Conditions on the same names are all that is allowed besides: see `filling`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from canju.paper import filling, layout
from canju.refusal import Refusal

if TYPE_CHECKING:
    from docx.document import Document


TEXT = (
    ("{{p 标题 }}", "公文标题"),
    ("", "公文正文"),
    ("{{p 主送机关 }}", "公文顶格"),
    ("{{p 导语 }}", "公文正文"),
    ("一、基本情况", "Heading 1"),
    ("{{p 基本情况 }}", "公文正文"),
    ("二、主要做法和完成情况", "Heading 1"),
    ("{{p 完成情况 }}", "公文正文"),
    ("三、取得的成效和成功做法", "Heading 1"),
    ("{{p 成效做法 }}", "公文正文"),
    ("四、存在的困难和问题", "Heading 1"),
    ("{{p 困难问题 }}", "公文正文"),
    ("五、下一步打算", "Heading 1"),
    ("{{p 下一步打算 }}", "公文正文"),
    ("", "公文正文"),
    ("{{p 附件说明 }}", "公文正文"),
    ("", "公文正文"),
    ("", "公文正文"),
    ("{{p 落款 }}", "公文顶格"),
    ("{{p 附件 }}", "公文正文"),
)
"""The template that comes with canju, paragraph by paragraph with its style."""


def make(path: Path) -> None:
    """Write the template anew: `python -m canju.paper.template`."""
    from canju.outputs.steady import settle
    from canju.paper.paper import anonymous

    paper = layout.fresh()
    end = TEXT.index(("{{p 下一步打算 }}", "公文正文"))
    for place, (text, style) in enumerate(TEXT):
        paragraph = layout.add(paper, text, style)
        paragraph.paragraph_format.keep_with_next = True if place > end and not text else None
    anonymous(paper, "总结模板")
    paper.save(str(path))
    settle(path)


def open_template(path: Path) -> Document:
    """A template ready to be filled. A Refusal names the first thing wrong; parts left out on purpose are let be."""
    paper, wrong = _checked(path)
    if paper is None or wrong:
        raise Refusal(f"模板 {path.name} 有误：{wrong[0]}")
    return paper


def check(path: Path) -> list[str]:
    """What is wrong with a template, each with its paragraph: unknown, broken and unused tags. [] where it may be used."""
    paper, wrong = _checked(path)
    return wrong + [f"模板里没有用到“{name}”，相应内容不会写进总结。" for name in (filling.unused(paper) if paper else ())]


def _checked(path: Path) -> tuple[Document | None, list[str]]:
    """A template and what is wrong with its tags; None where the file cannot be read."""
    try:
        paper = layout.document(str(path))
        return paper, filling.faults(paper)
    except Exception:  # python-docx raises many kinds for a file that is no Word paper
        return None, [f"{path.name} 打不开，或不是 Word（.docx）文件。"]


if __name__ == "__main__":
    make(layout.template())
