"""The template of the paper: where it lies, how it was made, and what is wrong with one that a clerk has edited."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from canju.model import Refusal
from canju.paper import layout

NAMES = ("title", "addressee", "blocks", "annex", "signature", "date")
PARTS = ("kind", "text")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)


def folder() -> Path:
    """Where the templates lie: in the installed package, or beside it in a working copy."""
    package = Path(__file__).parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def default() -> Path:
    """The template that comes with canju."""
    return folder() / "summary.docx"


def make(path: Path) -> None:
    """Write the template anew: `python -m canju.paper.template`. The clerk may change its words and looks in Word."""
    paper = layout.document()

    def add(text: str, style: str) -> None:
        paper.add_paragraph(text, style)

    add("{{ title }}", "公文标题")
    add("", "公文正文")
    add("{{ addressee }}：", "公文顶格")
    for text, style in (
        ("{%p for one in blocks %}", "公文正文"),
        ("{%p if one.kind == '一级' %}", "公文正文"),
        ("{{ one.text }}", "Heading 1"),
        ("{%p elif one.kind == '二级' %}", "公文正文"),
        ("{{ one.text }}", "Heading 2"),
        ("{%p else %}", "公文正文"),
        ("{{ one.text }}", "公文正文"),
        ("{%p endif %}", "公文正文"),
        ("{%p endfor %}", "公文正文"),
        ("", "公文正文"),
        ("附件：{{ annex }}", "公文正文"),
        ("", "公文正文"),
        ("", "公文正文"),
        ("{{ signature }}", "公文顶格"),
        ("{{ date }}", "公文顶格"),
    ):
        add(text, style)
    paper.save(str(path))


def open_template(path: Path) -> Any:
    """A template ready to be filled, after `check`. A Refusal names the first thing wrong."""
    from docxtpl import DocxTemplate

    if wrong := check(path):
        raise Refusal(f"模板 {path.name} 有误：{wrong[0]}")
    return DocxTemplate(str(path))


def environment() -> Any:
    """Where templates are rendered: sandboxed, so that a template can't run code, and strict about names."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def check(path: Path) -> list[str]:
    """What is wrong with a template, each with its paragraph: unknown, broken and unused tags. [] where it may be used."""
    try:
        paper = layout.document(str(path))
    except Exception:  # python-docx raises many kinds for a file that is no Word paper
        return [f"{path.name} 打不开，或不是 Word（.docx）文件。"]
    wrong, seen = [], set()
    lines = [paragraph.text for paragraph in paper.paragraphs] + [
        cell.text for table in paper.tables for row in table.rows for cell in row.cells
    ]
    for number, text in enumerate(lines, start=1):
        rest = _TAG.sub("", text)
        if re.search(r"\{\{|\}\}|\{%|%\}", rest):
            wrong.append(f"第{number}段“{text[:20]}”的标签没有写完整。")
        for tag in _TAG.findall(text):
            names = _names(tag)
            seen |= names & set(NAMES)
            wrong += [f"第{number}段用了不认识的标签“{name}”，可用：{'、'.join(NAMES)}。" for name in sorted(names - set(NAMES) - {"one"})]
            wrong += [f"第{number}段“{tag[:30]}”用了不允许的写法。" for part in re.findall(r"\.(\w+)", tag) if part not in PARTS]
    wrong += [f"模板里没有用到“{name}”，相应内容不会写进总结。" for name in NAMES if name not in seen]
    return wrong or _parsed(path)


def _names(tag: str) -> set[str]:
    inner = re.sub(r"'[^']*'|\"[^\"]*\"|\.\w+", " ", tag.strip("{}%"))
    return set(re.findall(r"[A-Za-z_]\w*", inner)) - {
        "p",
        "r",
        "tr",
        "tc",
        "for",
        "in",
        "if",
        "elif",
        "else",
        "endif",
        "endfor",
        "and",
        "or",
        "not",
        "loop",
        "raw",
    }


def _parsed(path: Path) -> list[str]:
    """Whether the loops and conditions close."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateSyntaxError

    try:
        template = DocxTemplate(str(path))
        template.init_docx()
        environment().parse(template.patch_xml(template.get_xml()))
    except TemplateSyntaxError:
        return ["循环或条件标签（for/if）没有成对，请对照原模板更正。"]
    return []


if __name__ == "__main__":
    make(default())
