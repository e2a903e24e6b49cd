"""The template of the paper: where it lies, how it was made, and what is wrong with one that a clerk has edited.

A template is a Word paper in which a paragraph `{{p 导语 }}` stands for each part that is generated; wording, order, headings and
looks around these are the clerk's. `{%p if 图 %}`-like conditions on the same names are all that is allowed besides: nothing in a
template can run code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canju.paper import layout
from canju.paper.sections import SLOTS
from canju.patterns import pattern
from canju.refusal import Refusal, nearest

if TYPE_CHECKING:
    from docx.document import Document

_TAG = pattern(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)
_WHOLE = pattern(r"\{\{p\s+(\S+?)\s*\}\}")
_PREFIX = pattern(r"(\{\{|\{%)(?:p|tr|tc|r)(?=\s)")
_OPEN = pattern(r"\{\{|\}\}|\{%|%\}")


def folder() -> Path:
    """Where the templates lie: in the installed package, or beside it in a working copy."""
    package = Path(__file__).parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def default() -> Path:
    """The template that comes with canju."""
    return folder() / "summary.docx"


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

    paper = layout.document()
    end = TEXT.index(("{{p 下一步打算 }}", "公文正文"))
    for place, (text, style) in enumerate(TEXT):
        paragraph = paper.add_paragraph(text, style)
        paragraph.paragraph_format.keep_with_next = True if place > end and not text else None
    anonymous(paper, "总结模板")
    paper.save(str(path))
    settle(path)


def open_template(path: Path) -> Any:
    """A template ready to be filled, after `check`. A Refusal names the first thing wrong; parts left out on purpose are let be."""
    from docxtpl import DocxTemplate

    if wrong := [one for one in check(path) if "没有用到" not in one]:
        raise Refusal(f"模板 {path.name} 有误：{wrong[0]}")
    return DocxTemplate(str(path))


def environment() -> Any:
    """Where templates are rendered: sandboxed, and strict about names."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def check(path: Path) -> list[str]:
    """What is wrong with a template, each with its paragraph: unknown, broken and unused tags. [] where it may be used."""
    try:
        paper = layout.document(str(path))
    except Exception:  # python-docx raises many kinds for a file that is no Word paper
        return [f"{path.name} 打不开，或不是 Word（.docx）文件。"]
    lines = list(_lines(paper))
    wrong = [f"第{number}段“{text.strip()[:20]}”：{what}" for number, text in enumerate(lines, start=1) for what in _of_line(text)]
    used = {name for text in lines for tag in _TAG.findall(text) for name in SLOTS if re.search(rf"(?<!\w){name}(?!\w)", tag)}
    wrong += [] if wrong else _of_all(lines)
    return wrong + [f"模板里没有用到“{name}”，相应内容不会写进总结。" for name in SLOTS if name not in used]


check_template = check


def _lines(paper: Document) -> Iterator[str]:
    """Every paragraph in the order it stands, those of tables and of headers and footers too."""
    from docx.oxml.ns import qn

    roots = [paper.element.body]
    for section in paper.sections:
        roots += [one._element for one in (section.header, section.footer, section.even_page_header, section.even_page_footer)]
    for root in roots:
        for paragraph in root.iter(qn("w:p")):
            yield "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


def _of_line(text: str) -> Iterator[str]:
    """What is wrong with one paragraph's tags."""
    tags = _TAG.findall(text)
    if _OPEN.search(_TAG.sub("", text)):
        yield "标签没有写完整。"
    for tag in tags:
        if tag.startswith("{#"):
            continue
        yield from _of_tag(tag, text)


def _of_tag(tag: str, text: str) -> Iterator[str]:
    from jinja2 import TemplateSyntaxError

    if tag.startswith("{%"):
        inner = _PREFIX.sub(r"\1", tag)[2:-2].strip("-+ ")
        if inner in ("else", "endif"):
            return
        found = re.fullmatch(r"(?:el)?if\s+(?:not\s+)?([^\W\d]\w*)", inner)
        if found is None:
            yield f"不允许写“{tag}”，可用的只有 {{%p if 名称 %}}、{{%p else %}}、{{%p endif %}}。"
        elif found[1] not in SLOTS:
            yield _unknown(found[1])
        return
    try:
        environment().parse(_PREFIX.sub(r"\1", tag))
    except TemplateSyntaxError:
        yield f"标签“{tag}”写法有误，应为 {{{{p 名称 }}}}。"
        return
    name = re.sub(r"^\{\{(?:p\s)?|\}\}$", "", tag).strip()
    if name not in SLOTS:
        yield _unknown(name) if re.fullmatch(r"[^\W\d]\w*", name) else f"不允许写“{tag}”，标签里只能写名称。"
    elif not _WHOLE.fullmatch(text.strip()):
        yield f"“{name}”应独占一段，写成 {{{{p {name} }}}}。"


def _unknown(name: str) -> str:
    near = nearest(name, SLOTS, 0.3)
    return f"不认识的标签“{name[:20]}”，{f'是否应为“{near}”？' if near else ''}可用：{'、'.join(SLOTS)}。"


def _of_all(lines: list[str]) -> list[str]:
    """Whether conditions close; told with the paragraph at which it shows."""
    from jinja2 import TemplateSyntaxError

    try:
        environment().parse("\n".join(_PREFIX.sub(r"\1", " ".join(_TAG.findall(text))) for text in lines))
    except TemplateSyntaxError as error:
        return [f"第{min(error.lineno, len(lines))}段附近：条件标签 if 和 endif 没有成对，请对照原模板更正。"]
    return []


if __name__ == "__main__":
    make(default())
