"""The tags of a Word template: what they give way to, what they leave out, and that the paper stays one that Word opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from canju.model import Refusal
from canju.paper import filling, layout, template
from canju.paper.sections import SLOTS

LEAD, SIGNED = "<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>", "<w:p><w:r><w:t>丙</w:t></w:r></w:p>"
GRID = '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
PARTS = {**dict.fromkeys(SLOTS, ""), "导语": LEAD, "落款": SIGNED, "附件": GRID}
"""Three names have something to say, all others nothing."""


def lines(node: Any) -> list[str]:
    """The paragraphs of an element as text, in order."""
    return ["".join(text.text or "" for text in one.iter(qn("w:t"))) for one in node.iter(qn("w:p"))]


def filled(paper: Any, path: Path) -> Any:
    """A template saved, opened as the program opens it, filled, and read back as Word would; whole in all its cells."""
    paper.save(str(path))
    made = template.open_template(path)
    filling.fill(made, PARTS)
    made.save(str(path))
    found = Document(str(path))
    for cell in found.element.body.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")
    return found


def written(*texts: str) -> Any:
    paper = layout.document()
    for text in texts:
        paper.add_paragraph(text, "公文正文")
    return paper


@pytest.mark.parametrize(
    ("texts", "left"),
    [
        (["前", "{{p 导语 }}", "后"], ["前", "甲", "乙", "后"]),
        (["前", " {{p 导语}} ", "{{p 导语 }}"], ["前", "甲", "乙", "甲", "乙"]),
        (["前", "{{p 标题 }}", "后"], ["前", "后"]),
        (["前", "{%p if 导语 %}", "有", "{%p endif %}", "后"], ["前", "有", "后"]),
        (["前", "{%p if 标题 %}", "有", "{{p 导语 }}", "{%p endif %}", "后"], ["前", "后"]),
        (["{%p if not 标题 %}", "无", "{%p else %}", "有", "{%p endif %}"], ["无"]),
        (["{%p if 标题 %}", "一", "{%p elif 附件 %}", "二", "{%p elif 导语 %}", "三", "{%p else %}", "四", "{%p endif %}"], ["二"]),
        (["{%p if 标题 %}", "一", "{%p elif not 附件 %}", "二", "{%p else %}", "四", "{%p endif %}"], ["四"]),
        (["{%p if 导语 %}", "一", "{%p elif 标题 %}", "二", "{%p else %}", "三", "{%p endif %}"], ["一"]),
        (["{%p if 导语 %}", "{%p if 标题 %}", "一", "{%p endif %}", "二", "{%p endif %}"], ["二"]),
        (["{%p if 标题 %}", "{%p if 导语 %}", "一", "{%p else %}", "二", "{%p endif %}", "{%p else %}", "三", "{%p endif %}"], ["三"]),
        (["{%p if 标题 %}", "一{% if 导语 %}二{% endif %}", "{%p endif %}", "三"], ["三"]),
        (["前{% if 导语 %}有{% else %}无{% endif %}后"], ["前有后"]),
        (["前{% if 标题 %}有{% else %}无{% endif %}后"], ["前无后"]),
        (["{% if 导语 %}", "有", "{% endif %}"], ["", "有", ""]),
        (["文{% if 导语 %}", "有", "{% endif %}尾", "完"], ["文", "有", "尾", "完"]),
        (["文{% if 标题 %}", "有", "{% endif %}尾", "完"], ["文尾", "完"]),
        (["{% if 标题 %}一", "{% else %}二{% if 标题 %}", "三", "{% endif %}四{% endif %}五", "完"], ["二四五", "完"]),
        (["前{# {{p 导语 }} #}后", "{#p 整段 #}", "{# 空段 #}"], ["前后", ""]),
        (["{%p if 标题 %}有{%p endif %}", "前{%p if 导语 %}", "中", "{%p endif %}"], ["", "前", "中"]),
        (["文里的 {单括号} 和 100% 不是标签"], ["文里的 {单括号} 和 100% 不是标签"]),
    ],
)
@pytest.mark.parametrize("torn", [False, True])
def test_tags_give_way_to_what_they_stand_for(tmp_path: Path, texts: list[str], left: list[str], torn: bool) -> None:
    """Word tears a text into runs wherever it likes, here at every character."""
    paper = layout.document()
    for text in texts:
        paragraph = paper.add_paragraph("", "公文正文")
        for piece in text if torn else [text]:
            paragraph.add_run(piece)
    assert lines(filled(paper, tmp_path / "模板.docx").element.body) == left


def test_words_within_a_condition_keep_their_looks(tmp_path: Path) -> None:
    """The tag begins in one run and ends in the next: each word stays in its own."""
    paper = layout.document()
    paragraph = paper.add_paragraph()
    for text, bold in (("前{% if ", False), ("导语 %}粗", True), ("细{% end", False), ("if %}后", True)):
        paragraph.add_run(text).bold = bold
    (one,) = filled(paper, tmp_path / "模板.docx").paragraphs
    assert [(run.text, run.bold) for run in one.runs] == [("前", False), ("粗", True), ("细", False), ("后", True)]


def test_what_is_left_out_within_a_paragraph_takes_its_runs_along_and_no_others(tmp_path: Path) -> None:
    paper = layout.document()
    paragraph = paper.add_paragraph()
    for text in ("前 {% if 标题 %}甲", "乙", "丙{% endif %} 后"):
        paragraph.add_run(text).italic = True
    (one,) = filled(paper, tmp_path / "模板.docx").paragraphs
    assert [run.text for run in one.runs] == ["前 ", " 后"]
    assert all(run.italic for run in one.runs)
    assert {node.get("{http://www.w3.org/XML/1998/namespace}space") for node in one._element.iter(qn("w:t"))} == {"preserve"}


@pytest.mark.parametrize(("name", "left"), [("导语", ["前", "甲", "乙", "", "字", "后"]), ("标题", ["前", "后"])])
def test_a_condition_around_a_table_keeps_or_drops_it_whole(tmp_path: Path, name: str, left: list[str]) -> None:
    """Tags within the table do not save it."""
    paper = written("前", f"{{%p if {name} %}}")
    table = paper.add_table(1, 3)
    table.cell(0, 0).paragraphs[0].text = "{{p 导语 }}"
    table.cell(0, 1).paragraphs[0].text = "{{p 标题 }}"
    table.cell(0, 2).paragraphs[0].text = "{% if 导语 %}字{% endif %}"
    for text in ("{%p endif %}", "后"):
        paper.add_paragraph(text)
    found = filled(paper, tmp_path / "模板.docx")
    assert lines(found.element.body) == left
    assert len(found.tables) == (name == "导语")


def test_a_cell_always_ends_in_a_paragraph(tmp_path: Path) -> None:
    """Of a condition that left out all there was, of a name without content, and behind a table that was put into it."""
    paper = layout.document()
    table = paper.add_table(1, 3)
    first, second, third = table.rows[0].cells
    first.paragraphs[0].text = "{%p if 标题 %}"
    for text in ("无", "{%p endif %}"):
        first.add_paragraph(text)
    second.paragraphs[0].text = "{{p 标题 }}"
    third.paragraphs[0].text = "{{p 附件 }}"
    found = filled(paper, tmp_path / "模板.docx")  # looks into every cell
    assert [lines(cell._element) for cell in found.tables[0].rows[0].cells] == [[""], [""], ["格", ""]]
    assert len(found.tables[0].columns) == 3


def test_headers_and_footers_are_filled_and_none_is_added(tmp_path: Path) -> None:
    paper = written("文")
    section = paper.sections[0]
    section.different_first_page_header_footer = True
    for one, text in ((section.first_page_header, "{{p 落款 }}"), (section.footer, "{{p 标题 }}")):
        one.is_linked_to_previous = False
        for paragraph in one.paragraphs[1:]:
            paragraph._element.getparent().remove(paragraph._element)
        one.paragraphs[0].text = text
    section.even_page_footer.paragraphs[0].text = "{% if 标题 %}有{% else %}无{% endif %}"
    section = filled(paper, tmp_path / "模板.docx").sections[0]
    assert lines(section.first_page_header._element) == ["丙"]
    assert lines(section.footer._element) == [""]  # a footer without a paragraph is damaged
    assert lines(section.even_page_footer._element) == ["无"]
    assert section.header.is_linked_to_previous


def boxed(*texts: str) -> Any:
    inner = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    return parse_xml(
        f'<w:r {nsdecls("w")}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        f"<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def test_a_text_box_is_filled_apart_from_the_paragraph_it_hangs_on(tmp_path: Path) -> None:
    paper = layout.document()
    for text, inner in (("框", ["{{p 落款 }}"]), ("空", ["{{p 标题 }}"]), ("{% if 标题 %}", ["{% if 导语 %}里{% endif %}"])):
        paragraph = paper.add_paragraph(text)
        paragraph._element.append(boxed(*inner))
        paragraph.add_run("{% endif %}" if "if" in text else "")
    found = filled(paper, tmp_path / "模板.docx").element.body
    assert [lines(box) for box in found.iter(qn("w:txbxContent"))] == [["丙"], [""]]
    own = [[node.text or "" for node in one.iterfind(f"{qn('w:r')}/{qn('w:t')}")] for one in found.iterchildren(qn("w:p"))]
    assert ["".join(texts) for texts in own] == ["框", "空", ""]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["前", "{%p if 导语 %}", "有"], "第2段附近：条件标签 if 和 endif 没有成对"),
        (["{%p if 导语 %}", "{%p if 附件 %}", "{%p endif %}"], "第1段附近：条件标签 if 和 endif 没有成对"),
        (["前", "{%p endif %}"], "第2段附近：条件标签 if 和 endif 没有成对"),
        (["前", "中", "{% else %}"], "第3段附近：条件标签 if 和 endif 没有成对"),
        (["{%p if 导语 %}", "{%p else %}", "{%p elif 附件 %}", "{%p endif %}"], "第3段附近：条件标签 if 和 endif 没有成对"),
        (["{%p if 导语 %}", "{%p else %}", "{%p else %}", "{%p endif %}"], "第3段附近：条件标签 if 和 endif 没有成对"),
        (["｛｛p 标题 ｝｝"], "第1段“｛｛p 标题 ｝｝”：标签的花括号、百分号要用半角（英文输入法）写，例 {{p 标题 }}。"),
        (["{％p if 标题 ％}"], "第1段“{％p if 标题 ％}”：标签的花括号、百分号要用半角（英文输入法）写，例 {{p 标题 }}。"),
        (["前{# 没有写完"], "第1段“前{# 没有写完”：标签没有写完整。"),
        (["{{p 导 语 }}"], "第1段“{{p 导 语 }}”：标签“{{p 导 语 }}”写法有误，应为 {{p 名称 }}。"),
        (["{{p }}"], "第1段“{{p }}”：标签“{{p }}”写法有误，应为 {{p 名称 }}。"),
        (["{{p导语}}"], "第1段“{{p导语}}”：“p”后面要空一格，写成 {{p 导语 }}。"),
        (["{%p elif 倒语 %}"], "第1段“{%p elif 倒语 %}”：不认识的标签“倒语”，是否应为“导语”？"),
        (["{{p 导语()}}"], "第1段“{{p 导语()}}”：不允许写“{{p 导语()}}”，标签里只能写名称。"),
        (["{% if 导语 and 附件 %}"], "第1段“{% if 导语 and 附件 %}”：不允许写“{% if 导语 and 附件 %}”，可用的只有 {%p if 名称 %}、"),
        (["{%tr if 导语 %}"], "第1段“{%tr if 导语 %}”：不允许写“{%tr if 导语 %}”，可用的只有 {%p if 名称 %}、"),
        (["{%- if 导语 -%}有{% endif %}"], "不允许写“{%- if 导语 -%}”，可用的只有 {%p if 名称 %}、"),
        (["{% set x = 导语 %}"], "不允许写“{% set x = 导语 %}”，可用的只有 {%p if 名称 %}、"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_filled(tmp_path: Path, texts: list[str], said: str) -> None:
    written(*texts).save(str(tmp_path / "坏.docx"))
    told = template.check(tmp_path / "坏.docx")[0]
    assert said in told
    with pytest.raises(Refusal) as refused:
        template.open_template(tmp_path / "坏.docx")
    assert refused.value.sentence == f"模板 坏.docx 有误：{told}"


def test_a_condition_closes_where_it_was_opened() -> None:
    """In the same cell, or in the text: what lies between could not be taken out whole."""
    paper = written("{%p if 导语 %}")
    paper.add_table(1, 1).cell(0, 0).paragraphs[0].text = "{%p endif %}"
    said = "第2段附近：条件标签 if 和 endif 应同在正文里，或同在一个单元格里。"
    assert filling.faults(paper) == [said]
    paper = written("{%p if 导语 %}")
    paper.sections[0].footer.paragraphs[0].text = "{%p endif %}"
    assert filling.faults(paper) == [said]


def test_a_name_that_is_only_asked_about_is_told_as_left_out(tmp_path: Path) -> None:
    """What a condition or a comment names is not written into the paper by that."""
    written(*(f"{{{{p {name} }}}}" for name in SLOTS if name != "附件"), "{# {{p 附件 }} #}", "{%p if 附件 %}", "{%p endif %}").save(
        str(tmp_path / "少.docx")
    )
    assert template.check(tmp_path / "少.docx") == ["模板里没有用到“附件”，相应内容不会写进总结。"]
