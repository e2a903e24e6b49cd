"""The county's paper: its layout by the standard, every figure with its source, nothing made up, nobody named."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from canju import pipeline, workspace
from canju.book import Book
from canju.cli import call
from canju.commands.summary import inputs_of
from canju.ledgers.commissioners import Commissioner
from canju.model import Address, Refusal
from canju.outputs.files import Written
from canju.paper import Inputs, internal, layout, template, update_summary, write_summary
from canju.paper.figures import bare
from canju.paper.inputs import counted, ordinal, placeholders
from canju.paper.measures import share
from canju.paper.paper import build
from canju.paper.sections import quoted
from canju.paper.words import nameless
from canju.rules.base import catalogue

FIELD = r'<w:tag w:val="canju:f:([^"]*)"/><w:id [^>]*/></w:sdtPr><w:sdtContent>(.*?)</w:sdtContent>'
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
    found = re.findall(FIELD, part(path), re.S)
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
            "附件：1. 指标完成情况表",
            "【成文日期】",
        )
    ]
    assert places == sorted(places)
    assert text.startswith("禾丰县残疾人联合会组织专项改革试点工作总结")
    assert "南州残疾人联合会：" in text
    assert "白云街道反映：依托社区服务中心" in text


def test_a_county_under_another_countys_plan_is_named_itself_and_told(round_: pipeline.Round, tmp_path: Path) -> None:
    """The law is not said to be its own: which paper it goes by is for the clerk to check."""
    made = inputs(round_)
    settings = dataclasses.replace(round_.workspace, county="云溪县", federation="云溪县残疾人联合会")
    other = dataclasses.replace(made, book=Book(made.book.tables, settings, made.plan.as_of))
    path = tmp_path / "总结.docx"
    left = write_summary(other, path, Written())
    text = text_of(path)
    assert text.startswith("云溪县残疾人联合会组织专项改革试点工作总结")
    assert "按照【待核实：云溪县的方案和文号（现对照的是《禾丰县" in text
    assert any(one.startswith("【待核实：云溪县的方案") for one in left)
    assert not any("的方案和文号" in one for one in placeholders(map(bare, [build(made)[1][2].text])))


@pytest.mark.parametrize(("county", "told"), [("云溪县", 1), ("龙里县", 0)])
@pytest.mark.parametrize("command", ["run", "summary"])
def test_whose_plan_it_goes_by_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, county: str, told: int
) -> None:
    (tmp_path / "canju.toml").write_text(f'county = "{county}"', encoding="utf-8")
    (tmp_path / "报送").mkdir()
    (tmp_path / "报送/工作情况反馈.csv").write_text("镇（街道）,类别,内容\n青石镇,成功做法,逐户走访", encoding="utf-8")
    call([command, str(tmp_path / "报送"), "-o", str(tmp_path / ("成果" if command == "run" else "总结.docx"))])
    assert capsys.readouterr().err.count("现用的是龙里县的方案") == told


def test_every_figure_of_the_paper_has_its_row_and_every_row_its_figure(written: Path) -> None:
    sheet = load_workbook(written.with_name("数据来源底稿.xlsx")).active
    rows = {row[5]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    held = figures_in(written)
    assert {tag: row[2] for tag, row in rows.items()} == held
    assert len(held) > 60
    assert all(row[3] for row in rows.values())


def test_no_number_stands_in_the_paper_without_its_field(written: Path) -> None:
    """Years, clause addresses and the numbers of annexes are fields too: whatever is a digit leads to a row."""
    bare = re.sub(FIELD, "", part(written), flags=re.S)
    assert re.findall(r"\d+", "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", bare))) == []


def test_the_numbers_of_the_chart_are_those_of_the_annex(written: Path) -> None:
    drawn = re.findall(r"<c:v>(\d+)</c:v>", part(written, "word/charts/chart1.xml"))
    held = figures_in(written)
    assert sorted(drawn) == sorted(text for tag, text in held.items() if tag.startswith("town."))


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
    assert all(f"canju:p:unmet.{code}:" not in part(written) for code in unknown_only)


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


def edit(path: Path, target: Path, *swaps: tuple[str, str]) -> Path:
    """A copy of a paper in which somebody has typed."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w") as out:
        for info in archive.infolist():
            data = archive.read(info)
            for before, after in swaps if info.filename == "word/document.xml" else ():
                assert before.encode() in data
                data = data.replace(before.encode(), after.encode())
            out.writestr(info, data)
    return target


def without(inputs_: Inputs, code: str, status: str) -> Inputs:
    """The inputs as they are where one verdict is not there."""
    first = next(one for one in inputs_.verdicts if one.rule == code and one.status == status)
    inputs_.verdicts = [one for one in inputs_.verdicts if one is not first]
    return inputs_


def test_a_changed_source_changes_its_figures_and_nothing_else(round_: pipeline.Round, written: Path, tmp_path: Path) -> None:
    """A paper the clerk has worked on is renewed in its figures; every other byte of the text stays."""
    edited = edit(written, tmp_path / "改过.docx", ("现将有关情况报告如下", "领导写的一句话"), ("一、基本情况", "一、县情"))
    changed = without(inputs(round_), "P304", "met")
    town = next(one.town for one in round_.verdicts if one.rule == "P304" and one.status == "met")
    changes = update_summary(changed, edited, tmp_path / "新.docx", Written())
    before, after = figures_in(edited), figures_in(tmp_path / "新.docx")
    differ = {tag for tag in before if before[tag] != after[tag]}
    assert differ == {one.tag for one in changes if not one.note} == {"judged.total", "judged.met", "P304.met", f"town.{town}.met"}
    strip = lambda path: re.sub(FIELD, lambda found: re.sub(r">[^<]+</w:t>", "></w:t>", found[0]), part(path), flags=re.S)  # noqa: E731
    assert strip(edited) == strip(tmp_path / "新.docx")
    assert "领导写的一句话" in part(tmp_path / "新.docx")
    assert "一、县情" in part(tmp_path / "新.docx")


def test_the_chart_is_renewed_with_its_workbook(round_: pipeline.Round, written: Path, tmp_path: Path) -> None:
    changes = update_summary(without(inputs(round_), "P304", "met"), written, tmp_path / "新.docx", Written())
    assert "chart" in {one.tag for one in changes}
    drawn = re.findall(r"<c:v>(\d+)</c:v>", part(tmp_path / "新.docx", "word/charts/chart1.xml"))
    assert sorted(drawn) == sorted(text for tag, text in figures_in(tmp_path / "新.docx").items() if tag.startswith("town."))
    with zipfile.ZipFile(tmp_path / "新.docx") as archive:
        (tmp_path / "图.xlsx").write_bytes(archive.read("word/embeddings/chart1.xlsx"))
    cells = [str(cell.value) for row in load_workbook(tmp_path / "图.xlsx").active.iter_rows(min_row=2, min_col=2) for cell in row]
    assert sorted(cells) == sorted(drawn)


def test_a_date_of_signing_stays_where_none_is_given_anew(round_: pipeline.Round, tmp_path: Path) -> None:
    write_summary(inputs(round_, "2019-10-09"), tmp_path / "总结.docx", Written())
    assert update_summary(inputs(round_), tmp_path / "总结.docx", tmp_path / "新.docx", Written(force=True)) == []
    assert "2019年10月9日" in text_of(tmp_path / "新.docx")


def test_an_update_without_changes_gives_the_same_text_and_says_nothing(round_: pipeline.Round, written: Path, tmp_path: Path) -> None:
    assert update_summary(inputs(round_), written, tmp_path / "新.docx", Written()) == []
    assert part(tmp_path / "新.docx") == part(written)


def test_what_is_no_longer_so_goes_and_what_is_new_comes(round_: pipeline.Round, written: Path, tmp_path: Path) -> None:
    """A difficulty that was solved leaves the paper with its paragraph; one that arises stands between its neighbours."""
    solved = inputs(round_)
    code = next(one.rule for one in solved.verdicts if one.status == "unmet" and one.scope == "county")
    solved.verdicts = [one._replace(status="met") if one.rule == code else one for one in solved.verdicts]
    update_summary(solved, written, tmp_path / "少.docx", Written())
    assert f"canju:p:unmet.{code}:" in part(written)
    assert f"canju:p:unmet.{code}:" not in part(tmp_path / "少.docx")
    fresh = tmp_path / "新做.docx"
    write_summary(solved, fresh, Written(force=True))
    assert part(fresh) == part(tmp_path / "少.docx")
    update_summary(inputs(round_), tmp_path / "少.docx", tmp_path / "多.docx", Written(force=True))
    assert text_of(tmp_path / "多.docx") == text_of(written)


def test_points_stay_where_they_stand_and_are_numbered_in_that_order(round_: pipeline.Round, written: Path, tmp_path: Path) -> None:
    """Also where a fresh paper would rank them otherwise."""
    changed = inputs(round_)
    last = re.findall(r"canju:p:step\.([A-Z]\d+):", part(written))[-1]
    changed.verdicts = [*changed.verdicts, *[one for one in changed.verdicts if one.rule == last and one.status == "unmet"] * 9]
    changes = update_summary(changed, written, tmp_path / "新.docx", Written())
    write_summary(changed, tmp_path / "新做.docx", Written(force=True))
    steps = [re.findall(r"canju:p:(step\.[a-zA-Z0-9]+):", part(tmp_path / name)) for name in ("新.docx", "新做.docx")]
    assert sorted(steps[0]) == sorted(steps[1])
    assert steps[0] != steps[1]
    starts = [line.split("是围绕")[0] for line in text_of(tmp_path / "新.docx").splitlines() if "是围绕" in line]
    assert starts == [ordinal(place) for place in range(1, len(starts) + 1)]
    assert not any(inner in str(one) for one in changes for inner in ("step.", "judged.", "annex."))


def test_a_passage_the_clerk_rewrote_keeps_his_words(round_: pipeline.Round, written: Path, tmp_path: Path) -> None:
    solved = inputs(round_)
    rule = next(one for one in solved.verdicts if one.status == "unmet" and one.scope == "village").rule
    words = quoted(catalogue()[rule].expects)
    edited = edit(written, tmp_path / "改.docx", (f"是{words}一项，", f"是领导改写的{words}一项，"))
    solved.verdicts = [one._replace(status="met") if one.rule == rule else one for one in solved.verdicts]
    changes = update_summary(solved, edited, tmp_path / "新.docx", Written())
    assert "领导改写的" in part(tmp_path / "新.docx")
    assert any(one.tag == f"unmet.{rule}" and "您改写过" in one.note for one in changes)


@pytest.mark.parametrize("content", [b"not a paper", b"PK\x03\x04 broken"])
def test_what_is_no_paper_of_ours_cannot_be_updated(round_: pipeline.Round, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "别的.docx").write_bytes(content)
    with pytest.raises(Refusal, match="打不开"):
        update_summary(inputs(round_), tmp_path / "别的.docx", tmp_path / "新.docx", Written())
    layout.document().save(str(tmp_path / "空.docx"))
    with pytest.raises(Refusal, match="没有本程序生成的段落标记"):
        update_summary(inputs(round_), tmp_path / "空.docx", tmp_path / "新.docx", Written())
    assert not (tmp_path / "新.docx").exists()


def test_a_final_paper_is_refused_while_placeholders_stand_in_it(round_: pipeline.Round, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"尚有 \d+ 处：\n  【待") as told:
        write_summary(inputs(round_, "2019-10-09"), tmp_path / "总结.docx", Written(), final=True)
    head, *lines = told.value.sentence.split("\n")
    assert f" {len(lines)} 处" in head  # one a line, as without --final
    assert all(re.fullmatch("  【待.*】", line) for line in lines)
    assert not (tmp_path / "总结.docx").exists()


def test_a_second_paper_in_one_folder_is_told_to_go_to_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another name alone would not do: what stands beside the paper has one name. Whether it is final is said first."""
    (tmp_path / "工作情况反馈.csv").write_text("镇（街道）,类别,内容\n青石镇,成功做法,逐户走访", encoding="utf-8")
    command = ["summary", str(tmp_path / "工作情况反馈.csv"), "-o"]
    assert call([*command, str(tmp_path / "总结.docx")]) == 0
    capsys.readouterr()
    assert call([*command, str(tmp_path / "总结.docx")]) == 2
    assert "总结.docx 已经存在。如要覆盖请加 --force，或换一个文件名。" in capsys.readouterr().err
    assert call([*command, str(tmp_path / "无章.docx")]) == 2
    said = capsys.readouterr().err
    assert "数据来源底稿.xlsx 已经存在" in said
    assert "换一个文件名" not in said
    assert call([*command, re.search(r"例：-o (\S+\.docx)", said)[1]]) == 0
    assert call([*command, str(tmp_path / "无章.docx"), "--final"]) == 2
    assert "总结还不能定稿" in capsys.readouterr().err


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


BAD = [
    ("{{p 导语 }} 后面还有字", "“导语”应独占一段"),
    ("{{ 导语 }}", "“导语”应独占一段"),
    ("{{p 倒语 }}", "不认识的标签“倒语”，是否应为“导语”"),
    ("{{p 导语.__class__ }}", "不允许写"),
    ("{{p 导语|attr('x') }}", "不允许写"),
    ("{% for x in 导语 %}", "不允许写"),
    ("{%p if 导语.__init__ %}", "不允许写"),
    ("{{ 未完", "标签没有写完整"),
    ("{{p 导语 + }}", "写法有误"),
    ("{%p if 导语 %}", "没有成对"),
]


@pytest.mark.parametrize(("text", "said"), BAD)
def test_what_is_wrong_with_a_template_is_said_with_its_paragraph(tmp_path: Path, text: str, said: str) -> None:
    paper = layout.document()
    paper.add_paragraph("总结")
    paper.add_paragraph(text)
    paper.save(str(tmp_path / "坏.docx"))
    told = template.check(tmp_path / "坏.docx")
    assert any(said in one and re.match(r"第\d段", one) for one in told), told
    with pytest.raises(Refusal, match=r"模板 坏\.docx 有误：第"):
        template.open_template(tmp_path / "坏.docx")


def test_the_template_of_the_house_is_right_and_is_what_its_script_makes(tmp_path: Path) -> None:
    assert template.check(layout.template()) == []
    template.make(tmp_path / "新.docx")
    assert (tmp_path / "新.docx").read_bytes() == layout.template().read_bytes()
    (tmp_path / "假.docx").write_text("not a paper")
    assert "打不开" in template.check(tmp_path / "假.docx")[0]


def test_a_clerk_may_reword_and_reorder_the_template(round_: pipeline.Round, tmp_path: Path) -> None:
    """Headings, order and added words are the clerk's; a part left out is told by the check and does not stop the paper."""
    paper = layout.document()
    for text in (
        "县里自己的话",
        "第五部分",
        "{{p 下一步打算 }}",
        "第一部分",
        "{{p 导语 }}",
        "{%p if 附件 %}",
        "{{p 附件 }}",
        "{%p endif %}",
    ):
        paper.add_paragraph(text, "公文正文")
    paper.save(str(tmp_path / "我的.docx"))
    assert any("没有用到“基本情况”" in one for one in template.check(tmp_path / "我的.docx"))
    write_summary(inputs(round_), tmp_path / "总结.docx", Written(), template=tmp_path / "我的.docx")
    text = text_of(tmp_path / "总结.docx")
    assert (
        text.index("县里自己的话") < text.index("一是围绕") < text.index("第一部分") < text.index("按照《") < text.index("指标完成情况表")
    )


def test_people_named_in_a_towns_own_words_are_masked(round_: pipeline.Round) -> None:
    """Free text may name somebody and give a number; the paper does not."""
    found = inputs(round_)
    person = next(one for one in round_.book.records(Commissioner) if one.name and len(one.name) > 2)
    said = nameless(found, f"{person.name}同志电话13800001234，工作很好", person.sender)
    assert person.name not in said
    assert "13800001234" not in said
    assert "工作很好" in said


def test_what_the_towns_propose_is_for_the_county_alone(round_: pipeline.Round, tmp_path: Path) -> None:
    rows = ["镇（街道）,类别,内容", "青石镇,成功做法,逐户走访", "青石镇,意见建议,建议组织医院下乡评残，联系13800001234"]
    (tmp_path / "工作情况反馈.csv").write_text("\n".join(rows), encoding="utf-8")
    told = pipeline.validate([tmp_path], round_.workspace, pipeline.Options(dt.date(2019, 12, 31)))
    write_summary(inputs(told), tmp_path / "总结.docx", Written())
    inside = text_of(tmp_path / "内部情况.docx")
    assert "青石镇反映：建议组织医院下乡评残" in inside[inside.index("四、各镇（街道）的意见建议") :]
    assert "13800001234" not in inside
    assert "青石镇反映：逐户走访" in text_of(tmp_path / "总结.docx")
    assert "下乡评残" not in text_of(tmp_path / "总结.docx")


def test_nobody_to_count_is_said_as_such(round_: pipeline.Round) -> None:
    """0人中已有0人 is no sentence to send up."""
    verdict = next(one for one in round_.verdicts if one.rule == "P601" and one.status == "progress")
    nobody = verdict._replace(done=0, total=0, actual="0/0人")
    assert bare(share(inputs(round_), catalogue()["P601"], [nobody])) == "应计入的人数为0"


def test_a_share_of_the_uncertified_alone_says_so_wherever_it_stands(round_: pipeline.Round, written: Path) -> None:
    """Reading 15: the clause speaks of every disabled person."""
    told = [one for one in round_.verdicts if one.rule in ("P601", "P704", "P705") and one.status == "progress"]
    alone = {one.rule for one in told if "仅未持证部分" in one.actual}
    paragraphs = [line for line in text_of(written).splitlines() if any(f"{catalogue()[code].expects}：" in line for code in alone)]
    assert len(paragraphs) >= len(alone) > 0
    assert all("仅未持证部分" in line for line in paragraphs)


def test_the_lead_counts_as_the_check_does(round_: pipeline.Round, written: Path) -> None:
    held = figures_in(written)
    counts = Counter(one.status for one in round_.verdicts)
    judged = {status: counts[status] for status in ("met", "unmet", "progress", "unknown")}
    assert {status: int(held[f"judged.{status}"]) for status in judged} == judged
    assert int(held["judged.total"]) == sum(judged.values())


def test_whether_the_paper_has_gone_up_is_not_for_itself_to_say(round_: pipeline.Round, written: Path) -> None:
    assert [one.status for one in round_.verdicts if one.rule == "P801"] == ["unmet"]
    assert "上报书面总结" not in text_of(written)
    assert "尽快上报" not in text_of(written)
    assert "未登记报送日期" in text_of(written.with_name("内部情况.docx"))


def test_a_share_without_all_towns_says_of_how_many(round_: pipeline.Round, tmp_path: Path) -> None:
    """占100.0% of those who reported is not 占100.0% of the county."""
    made = inputs(round_)
    towns = [one.town for one in made.verdicts if one.rule == "P702" and one.status == "progress"]
    lost = {"status": "unknown", "done": None, "total": None, "missing": ("未收到未持证残疾人台账",)}
    done = {"done": 4, "total": 4}
    made.verdicts = [
        one if one.rule != "P702" else one._replace(**(lost if one.town == towns[0] else done if one.town in towns else {}))
        for one in made.verdicts
    ]
    write_summary(made, tmp_path / "总结.docx", Written())
    told = [line for line in text_of(tmp_path / "总结.docx").splitlines() if catalogue()["P702"].expects in line and "100.0%" in line]
    assert len(told) == 2  # what was done, and what was achieved
    known = len({one.town for one in made.verdicts if one.rule == "P702" and one.status == "progress"})
    assert all(f"仅{known}个镇（街道）的数据" in line for line in told)


def test_what_has_not_come_past_half_way_is_no_achievement(round_: pipeline.Round, written: Path) -> None:
    some = {}
    for one in round_.verdicts:
        if one.status == "progress" and one.total and one.town:
            done, total = some.get(one.rule, (0, 0))
            some[one.rule] = done + (one.done or 0), total + one.total
    told = set(re.findall(r"canju:p:best\.(\w+):", part(written)))
    assert told == {rule for rule, (done, total) in some.items() if 2 * done > total}
    assert told
    assert told < set(some)


def test_a_single_point_is_not_counted() -> None:
    assert counted(["尚无办公场所。"]) == ["尚无办公场所。"]
    assert counted(["甲。", "乙。"]) == ["一是甲。", "二是乙。"]


def test_what_a_rule_asks_is_quoted_so_that_the_sentence_reads(written: Path) -> None:
    assert quoted("残协主席由“两委”班子成员担任") == "“残协主席由‘两委’班子成员担任”"
    assert re.search(r"是“[^”]+”一项，尚有\d+个村（社区）未落实（", text_of(written))


def test_small_groups_are_not_told(written: Path) -> None:
    assert [internal.small(count) for count in (0, 1, 2, 3)] == ["0", "<3", "<3", "3"]
    assert "不足3人的写作“&lt;3”" in text_of(written.with_name("内部情况.docx"))


def test_placeholders_are_found_wherever_they_stand() -> None:
    assert placeholders(["甲【待补充：乙】丙【待核实：丁】", "【成文日期】", "【别的】"]) == [
        "【待补充：乙】",
        "【待核实：丁】",
        "【成文日期】",
    ]


def test_the_same_inputs_give_the_same_paper(round_: pipeline.Round, written: Path, tmp_path: Path) -> None:
    write_summary(inputs(round_), tmp_path / "总结.docx", Written())
    assert part(tmp_path / "总结.docx") == part(written)


def test_one_cell_changed_in_a_towns_file_changes_the_figures_that_rest_on_it(tmp_path: Path) -> None:
    """Through the whole chain: every figure that changed names the cell, and nothing that does not name it changed."""
    shutil.copytree(SAMPLE, tmp_path / "县")
    before, cells = _figures_of(tmp_path / "县")
    place = next(
        one
        for tag, found in cells.items()
        if tag == "P518.done"
        for one in sorted(found, key=str)
        if one.file.endswith(".xlsx") and ".zip" not in one.file
    )
    book = load_workbook(tmp_path / "县/报送" / place.file)
    cell = book[place.sheet][place.cell]
    cell.value = "否" if cell.value in ("是", "√", "有") else "是"
    book.save(tmp_path / "县/报送" / place.file)
    after, cells_after = _figures_of(tmp_path / "县")
    changed = {tag for tag in before.keys() | after.keys() if before.get(tag) != after.get(tag)}
    assert changed
    assert [tag for tag in changed if place not in cells.get(tag, set()) | cells_after.get(tag, set())] == []


def _figures_of(folder: Path) -> tuple[dict[str, str], dict[str, set[Address]]]:
    found = pipeline.validate([folder / "报送"], workspace.load(folder / "canju.toml"), pipeline.Options(dt.date(2019, 12, 31)))
    made = inputs(found)
    _, blocks = build(made)
    figures = made.figures.settle([sentence for block in blocks for sentence in block.sentences])
    return {one.tag: one.text for one in figures}, {one.tag: set(one.cells) for one in figures}


def test_no_paper_brings_the_librarys_own_picture_along(tmp_path: Path) -> None:
    import zipfile

    made = tmp_path / "模板.docx"
    template.make(made)
    for path in (made, layout.template()):
        with zipfile.ZipFile(path) as archive:
            assert not [name for name in archive.namelist() if "thumbnail" in name]
            for part in ("[Content_Types].xml", "_rels/.rels"):
                assert b"jpeg" not in archive.read(part)
                assert b"thumbnail" not in archive.read(part)
