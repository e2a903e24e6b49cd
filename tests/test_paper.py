"""The county's paper: its layout by the standard, every figure with its source, nothing made up, nobody named."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from canju import pipeline, workspace
from canju.commands.summary import inputs_of
from canju.model import Refusal
from canju.outputs.files import Written
from canju.paper import Inputs, internal, layout, template, update_summary, write_summary
from canju.paper.text import placeholders

SAMPLE = Path(__file__).parent.parent / "samples/禾丰县"


@pytest.fixture(scope="module")
def round_() -> pipeline.Round:
    return pipeline.validate([SAMPLE / "报送"], workspace.load(SAMPLE / "canju.toml"), pipeline.Options(dt.date(2019, 12, 31)))


@pytest.fixture(scope="module")
def written(round_: pipeline.Round, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("paper") / "总结.docx"
    write_summary(inputs(round_), path, Written())
    return path


def inputs(round_: pipeline.Round, day: str = "") -> Inputs:
    return inputs_of(round_, pipeline.merge(round_), day=day)


def part(path: Path, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode("utf-8")


def figures_in(path: Path) -> dict[str, str]:
    found = re.findall(r'<w:tag w:val="figure:([^"]*)"/></w:sdtPr><w:sdtContent>(.*?)</w:sdtContent>', part(path), re.S)
    return {tag: "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", inner)) for tag, inner in found}


def text_of(path: Path) -> str:
    return "\n".join("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", one)) for one in re.findall(r"<w:p[ >].*?</w:p>", part(path), re.S))


def test_the_paper_holds_all_its_parts_in_order(written: Path) -> None:
    text = text_of(written)
    places = [
        text.index(word)
        for word in (
            "一、基本情况",
            "二、主要做法和完成情况",
            "三、取得的成效和成功做法",
            "四、存在的困难和问题",
            "五、下一步打算",
            "附件：指标完成情况表",
            "【成文日期】",
        )
    ]
    assert places == sorted(places)
    assert text.startswith("禾丰县残疾人联合会组织专项改革试点工作总结")
    assert "南州残疾人联合会：" in text
    assert "白云街道反映：依托社区服务中心" in text


def test_every_figure_of_the_paper_has_its_row_and_every_row_its_figure(written: Path) -> None:
    sheet = load_workbook(written.with_name("数据来源底稿.xlsx")).active
    rows = {row[0]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    held = figures_in(written)
    assert {tag: row[2] for tag, row in rows.items()} == held
    assert len(held) > 60
    assert all(row[3] for row in rows.values())


def test_no_measured_number_stands_in_the_text_without_its_field(written: Path) -> None:
    """What is left outside the fields are the plan's number, clause addresses and the numbering of paragraphs."""
    bare = re.sub(r'<w:tag w:val="figure:[^"]*"/></w:sdtPr><w:sdtContent>.*?</w:sdtContent>', "", part(written), flags=re.S)
    text = "\n".join("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", one)) for one in re.findall(r"<w:p[ >].*?</w:p>", bare, re.S))
    text = re.sub(r"〔\d{4}〕\d+号|[一二三四]（[一二三四]）\d(?:（\d）)?|^\d+\. |【[^】]*】", "", text, flags=re.M)
    assert re.findall(r"\d+", text) == []


def test_nobody_is_named_and_no_number_of_a_person_stands_in_it(round_: pipeline.Round, written: Path) -> None:
    text = text_of(written) + text_of(written.with_name("内部情况.docx"))
    names = {record.value("name") for table in round_.tables for record in table.records} - {None}
    assert [name for name in names if len(name) > 2 and name in text] == []
    assert not re.search(r"\d{15}", text)


def test_what_is_unknown_is_to_be_checked_and_never_a_difficulty(round_: pipeline.Round, written: Path) -> None:
    text = text_of(written)
    difficulties = text[text.index("四、存在的困难和问题") : text.index("五、下一步打算")]
    unknown_only = {one.rule for one in round_.verdicts if one.status == "unknown"} - {
        one.rule for one in round_.verdicts if one.status == "unmet"
    }
    assert unknown_only
    assert "【待核实：" in difficulties
    assert all(f'figure:{code}.unmet"' not in part(written) for code in unknown_only)


def test_page_grid_and_fonts_are_those_of_the_standard(written: Path) -> None:
    paper = Document(str(written))
    section = paper.sections[0]
    millimetres = [
        round(side.mm)
        for side in (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.left_margin,
            section.right_margin,
            section.bottom_margin,
        )
    ]
    assert millimetres == [210, 297, 37, 28, 26, 35]
    body = paper.styles["公文正文"]
    assert body.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert body.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    assert body.element.pPr.find(qn("w:spacing")).get(qn("w:line")) == "579"
    assert paper.styles["Heading 1"].element.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    assert paper.styles["公文标题"].element.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    assert paper.settings.odd_and_even_pages_header_footer
    assert section.even_page_footer.paragraphs[0].text.startswith("— ")
    assert any(
        row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for table in paper.tables for row in table.rows
    )


def test_the_chart_is_native_and_can_be_edited(written: Path) -> None:
    with zipfile.ZipFile(written) as archive:
        names = archive.namelist()
        assert "word/charts/chart1.xml" in names
        assert not any(name.startswith("word/media") for name in names)
        (written.parent / "chart.xlsx").write_bytes(archive.read("word/embeddings/chart1.xlsx"))
    assert load_workbook(written.parent / "chart.xlsx").active["A2"].value == "白云街道"


def test_a_changed_source_changes_its_figures_and_nothing_else(round_: pipeline.Round, written: Path, tmp_path: Path) -> None:
    """A paper the clerk has worked on is renewed in its figures; every other byte of the text stays."""
    edited = tmp_path / "改过.docx"
    with zipfile.ZipFile(written) as archive, zipfile.ZipFile(edited, "w") as out:
        for info in archive.infolist():
            data = archive.read(info)
            if info.filename == "word/document.xml":
                data = data.replace("现将有关情况报告如下".encode(), "领导写的一句话".encode())
            out.writestr(info, data)
    changed = inputs(round_)
    first = next(one for one in changed.verdicts if one.rule == "P304" and one.status == "met")
    changed.verdicts = [one for one in changed.verdicts if one is not first]
    changes = update_summary(changed, edited, tmp_path / "新.docx", Written())
    before, after = figures_in(edited), figures_in(tmp_path / "新.docx")
    assert (
        {tag for tag in before if before[tag] != after[tag]} == {one.tag for one in changes} == {"judged.total", "judged.met", "P304.met"}
    )
    strip = lambda path: re.sub(r'(<w:tag w:val="figure:[^"]*"/></w:sdtPr><w:sdtContent>.*?<w:t[^>]*>)[^<]*', r"\1", part(path), flags=re.S)  # noqa: E731
    assert strip(edited) == strip(tmp_path / "新.docx")
    assert "领导写的一句话" in part(tmp_path / "新.docx")


def test_a_final_paper_is_refused_while_placeholders_stand_in_it(round_: pipeline.Round, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="尚有：【待"):
        write_summary(inputs(round_, "2019-10-09"), tmp_path / "总结.docx", Written(), final=True)
    assert not (tmp_path / "总结.docx").exists()


@pytest.mark.parametrize(
    ("sealed", "signer", "day", "want"),
    [
        (True, "禾丰县残疾人联合会", "2019年10月9日", (4 + 6.5 / 2 - 9 / 2, 4)),
        (False, "县残联", "2019年10月9日", (2 + 6.5 + 2 - 3, 2)),
        (False, "禾丰县某某残疾人联合会", "2019年10月9日", (2, 2 + 11 - 2 - 6.5)),
    ],
)
def test_signature_and_date_stand_where_the_standard_puts_them(sealed: bool, signer: str, day: str, want: tuple[float, float]) -> None:
    """Sealed: the date four from the right, the signature centred over it. Unsealed: the date begins two right of the signature."""
    paper = layout.document()
    one, two = paper.add_paragraph(signer, "公文顶格"), paper.add_paragraph(day, "公文顶格")
    layout.signature(one, two, sealed)
    indents = [round(paragraph.paragraph_format.right_indent.twips / layout.CHARACTER, 2) for paragraph in (one, two)]
    assert indents == pytest.approx(want, abs=0.01)


def test_the_template_of_the_house_is_right_and_a_broken_one_is_named(tmp_path: Path) -> None:
    assert template.check(template.default()) == []
    paper = layout.document()
    paper.add_paragraph("{{ title }} {{ titel }} {{ blocks.__class__ }} {{ 未完")
    paper.save(str(tmp_path / "坏.docx"))
    said = "".join(template.check(tmp_path / "坏.docx"))
    assert "第1段用了不认识的标签“titel”" in said
    assert "不允许的写法" in said
    assert "没有写完整" in said
    assert "没有用到“addressee”" in said
    (tmp_path / "假.docx").write_text("not a paper")
    assert "打不开" in template.check(tmp_path / "假.docx")[0]


def test_small_groups_are_not_told() -> None:
    assert [internal.small(count) for count in (0, 1, 2, 3)] == ["0", "<3", "<3", "3"]


def test_a_notice_names_nobody_and_says_what_to_do_by_when(round_: pipeline.Round, tmp_path: Path) -> None:
    some = [one for one in round_.findings if one.town == "白云街道"]
    internal.notice(tmp_path / "通知.docx", "白云街道", "禾丰县残疾人联合会", some, ["残疾人小组台账"], "2019年10月8日", "2019-10-01")
    text = text_of(tmp_path / "通知.docx")
    assert "白云街道残疾人联合会：" in text
    assert "请于2019年10月8日前报县残联" in text
    assert "尚未收到：残疾人小组台账" in text
    assert not any(one.person and one.person in text for one in some)


def test_placeholders_are_found_wherever_they_stand() -> None:
    assert placeholders(["甲【待补充：乙】丙【待核实：丁】", "【成文日期】", "【别的】"]) == [
        "【待补充：乙】",
        "【待核实：丁】",
        "【成文日期】",
    ]


def test_the_same_inputs_give_the_same_paper(round_: pipeline.Round, written: Path, tmp_path: Path) -> None:
    write_summary(inputs(round_), tmp_path / "总结.docx", Written())
    assert part(tmp_path / "总结.docx") == part(written)
