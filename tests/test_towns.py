"""The sender is told from the unit line, title, town column, sheet, file and folder, in that order; disagreement is said."""

from __future__ import annotations

import pytest

from canju.ledgers.base import Table
from canju.reading.recognise import Recognition
from canju.reading.towns import canonical, towns_in
from grids import ID, PLAIN, TOWNS, codes, read, sheet

BARE = "序号|村|姓名|性别|身份证号|未办证原因"
HEAD = "序号|乡镇|村|姓名|性别|身份证号|未办证原因"
ROW = f"1|大坪村|张一|男|{ID.format(1)}|资料不全"


def rows(town: str, count: int = 3, start: int = 1) -> str:
    return "\n".join(f"{i}|{town}|大坪村|张{'一二三四五六七八九'[i % 9]}|男|{ID.format(i)}|资料不全" for i in range(start, start + count))


def only(found: Recognition) -> Table:
    (one,) = found.tables
    return one


@pytest.mark.parametrize(
    ("text", "file", "name"),
    [
        (f"填报单位（盖章）：白云镇残疾人联合会　　填表人：李某\n{BARE}\n{ROW}", "x.xlsx", "Sheet1"),
        (f"填报单位：|白云镇残联||填表人：|李某|\n{BARE}\n{ROW}", "x.xlsx", "Sheet1"),
        (f"清水县白云镇未持证残疾人台账\n{BARE}\n{ROW}", "x.xlsx", "Sheet1"),
        (f"{HEAD}\n{rows('白云镇')}", "x.xlsx", "Sheet1"),
        (f"{BARE}\n{ROW}", "x.xlsx", "白云镇"),
        (f"{BARE}\n{ROW}", "白云镇未持证台账（定稿）.xlsx", "Sheet1"),
        (f"{BARE}\n{ROW}", "白云.xlsx", "Sheet1"),
        (f"{BARE}\n{ROW}", "报送/白云镇/未持证.xlsx", "Sheet1"),
        (f"{BARE}\n{ROW}", "白云镇.zip/材料/未持证.xlsx", "Sheet1"),
        (f"{BARE}\n{ROW}\n填报单位（盖章）：白云镇残联　填表人：李某　填报日期：2019-10-8", "x.xlsx", "Sheet1"),
        (f"填报单位：大坪村残协\n{BARE}\n{ROW}", "x.xlsx", "Sheet1"),
    ],
)
def test_each_place_tells_the_town(text: str, file: str, name: str) -> None:
    found = read(sheet(text, name=name), file=file)
    assert only(found).town == "白云镇"
    assert codes(found) == []


@pytest.mark.parametrize(
    "unit", ["青山街道", "青山街道办事处", "青山街道办", "青山街道残联", "青山残联", "清水县青山街道残疾人联合会", "青 山 街 道"]
)
def test_short_and_long_forms_mean_the_listed_town(unit: str) -> None:
    assert only(read(sheet(f"填报单位：{unit}\n{BARE}\n{ROW.replace('大坪村', '东门社区')}"), file="x.xlsx")).town == "青山街道"


def test_the_town_column_is_spelt_in_full() -> None:
    found = only(read(sheet(f"{HEAD}\n{rows('青山街道办', 2)}\n{rows('青山', 1, 5)}"), file="x.xlsx"))
    assert found.values["town"] == ["青山街道"] * 3


@pytest.mark.parametrize(
    ("text", "file", "name", "said"),
    [
        (f"填报单位：白云镇残联\n{BARE}\n{ROW}", "石桥乡台账.xlsx", "Sheet1", "文件名"),
        (f"填报单位：白云镇残联\n{BARE}\n{ROW}", "x.xlsx", "石桥乡", "工作表名"),
        (f"石桥乡未持证台账\n填报单位：白云镇残联\n{BARE}\n{ROW}", "x.xlsx", "Sheet1", "标题"),
        (f"白云镇未持证台账\n填报单位：白云镇残联\n{HEAD}\n{rows('石桥乡')}", "x.xlsx", "Sheet1", "镇（街道）列"),
        (f"填报单位：石桥乡残联\n{HEAD}\n{rows('白云镇')}", "白云镇/x.xlsx", "Sheet1", "填报单位"),
        (f"填报单位：石桥乡残联\n白云镇未持证台账\n{BARE}\n{ROW}", "白云镇.xlsx", "Sheet1", "填报单位"),
    ],
)
def test_places_that_disagree_are_said_and_the_first_or_the_most_are_believed(text: str, file: str, name: str, said: str) -> None:
    found = read(sheet(text, name=name), file=file)
    assert only(found).town == "白云镇"
    (fault,) = found.faults
    assert fault.rule == "F209"
    assert said in fault.values["why"]
    assert "石桥乡" in fault.values["why"]


def test_the_content_wins_over_the_file_name_without_a_unit_line() -> None:
    found = read(sheet(f"{HEAD}\n{rows('白云镇')}"), file="石桥乡.xlsx")
    assert only(found).town == "白云镇"
    assert codes(found) == ["F209"]


def test_a_folder_is_no_contradiction() -> None:
    assert codes(read(sheet(f"填报单位：白云镇残联\n{BARE}\n{ROW}"), file="石桥乡/未持证.xlsx")) == []


def test_one_row_of_another_town_keeps_its_own() -> None:
    found = only(read(sheet(f"填报单位：白云镇残联\n{HEAD}\n{rows('白云镇', 5)}\n{rows('石桥乡', 1, 9)}"), file="x.xlsx"))
    assert found.town == "白云镇"
    assert found.values["town"] == ["白云镇"] * 5 + ["石桥乡"]


def test_a_county_wide_file_has_no_sender_and_its_rows_their_own_town() -> None:
    found = read(sheet(f"{HEAD}\n{rows('白云镇')}\n{rows('石桥乡', 3, 5)}"), file="全县汇总.xlsx")
    assert only(found).town is None
    assert [record.sender for record in only(found).records] == ["白云镇"] * 3 + ["石桥乡"] * 3
    assert codes(found) == []


def test_a_mixed_file_in_a_towns_folder_is_that_towns() -> None:
    found = only(read(sheet(f"{HEAD}\n{rows('白云镇')}\n{rows('石桥乡', 2, 5)}"), file="白云镇/未持证.xlsx"))
    assert found.town == "白云镇"


def test_no_town_anywhere_is_an_error_and_the_rows_are_read() -> None:
    found = read(sheet(f"{BARE}\n{ROW}"), file="x.xlsx")
    assert codes(found) == ["F202"]
    assert len(only(found)) == 1


def test_a_town_of_another_county_is_an_error() -> None:
    found = read(sheet(f"填报单位：黄土镇残联\n{HEAD}\n{rows('黄土镇')}"), file="x.xlsx")
    assert codes(found) == ["F202"]
    assert "黄土镇" in found.faults[0].values["why"]


STAFF = "序号|层级|单位名称|姓名|性别|身份证号|职务|任职方式"


@pytest.mark.parametrize("setting", [TOWNS, PLAIN])
@pytest.mark.parametrize(
    ("text", "file"),
    [
        (f"填报单位：清水县残疾人联合会\n{STAFF}\n1|县残联|清水县残疾人联合会|张一|男|{ID.format(1)}|理事长|专职", "x.xlsx"),
        (
            f"{STAFF}\n1|县残联|清水县残疾人联合会|张一|男|{ID.format(1)}|理事长|专职\n2|县专门协会|清水县盲人协会|张二|男|{ID.format(2)}|主席|兼职",
            "x.xlsx",
        ),
        (f"{STAFF}\n1||清水县残疾人联合会|张一|男|{ID.format(1)}|理事长|专职", "县残联/人员.xlsx"),
    ],
)
def test_the_countys_own_file_has_no_town(text: str, file: str, setting: object) -> None:
    found = read(sheet(text), file=file, setting=setting)  # type: ignore[arg-type]
    assert only(found).town is None
    assert not {"F202", "F209"} & set(codes(found))


def test_the_rosters_of_the_county_need_no_town() -> None:
    text = f"序号|届次|类别|姓名|性别|身份证号|代表类型\n1|第六届|代表大会代表|张一|男|{ID.format(1)}|残疾人"
    assert codes(read(sheet(text), file="名册.xlsx")) == []
    assert codes(read(sheet(text), file="名册.xlsx", setting=PLAIN)) == []


def test_sub_titles_may_name_the_towns() -> None:
    found = read(sheet(f"{BARE}\n白云镇\n{ROW}\n石桥乡（1人）\n2|石桥村|李二|男|{ID.format(2)}|资料不全"), file="x.xlsx")
    assert only(found).values["town"] == ["白云镇", "石桥乡"]
    assert codes(found) == []


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("贵州省清水县白云镇未持证残疾人台账", ("白云镇",)),
        ("2019年10月清水县青山街道未持证", ("青山街道",)),
        ("1.白云镇组织人员配备台账", ("白云镇",)),
        ("附件2石桥彝族乡台账", ("石桥彝族乡",)),
        ("关于报送白云镇台账的函", ("白云镇",)),
        ("各乡镇（街道）汇总", ()),
        ("城镇居民", ()),
        ("清水县残疾人联合会", ()),
        ("填表说明", ()),
    ],
)
def test_without_a_workspace_names_that_end_like_a_town_are_towns(text: str, towns: tuple[str, ...]) -> None:
    assert towns_in(text, ()) == towns


def test_without_a_workspace_the_town_is_found_all_the_same() -> None:
    assert only(read(sheet(f"{HEAD}\n{rows('白云镇')}"), file="x.xlsx", setting=PLAIN)).town == "白云镇"
    assert only(read(sheet(f"{BARE}\n{ROW}"), file="清水县白云镇未持证.xlsx", setting=PLAIN)).town == "白云镇"


def test_a_village_that_is_called_like_a_town_names_no_town() -> None:
    assert towns_in("白云社区", TOWNS.towns) == ()
    assert towns_in("石桥村", TOWNS.towns) == ()
    assert towns_in("白云残联", TOWNS.towns) == ("白云镇",)


def test_only_what_is_certain_is_spelt_anew() -> None:
    assert canonical("青山街道办事处", TOWNS) == "青山街道"
    assert canonical("黄土镇", TOWNS) == "黄土镇"
    assert canonical("冠山街道办事处", PLAIN) == "冠山街道"


def test_each_sheet_may_be_a_village() -> None:
    bare = BARE.replace("村|", "")
    found = read(
        sheet(f"{bare}\n1|张一|男|{ID.format(1)}|资料不全", name="东门社区"),
        sheet(f"{bare}\n1|李二|男|{ID.format(2)}|资料不全", name="柳树村"),
        file="x.xlsx",
    )
    assert [(one.town, one.values["village"]) for one in found.tables] == [("青山街道", ["东门社区"]), ("青山街道", ["柳树村"])]
    assert codes(found) == []


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("2019年第三季度马鞍山镇专职委员台账", "马鞍山镇"),
        ("二〇一九年上半年清溪镇台账", "清溪镇"),
        ("东乌旗哈达镇残联", "哈达镇"),
        ("东乌旗巴彦苏木", "巴彦苏木"),
        ("云岭县红旗镇", "红旗镇"),
        ("红旗镇专职委员台账", "红旗镇"),
    ],
)
def test_without_a_list_a_town_is_told_from_what_stands_before_it(text: str, town: str) -> None:
    assert towns_in(text, ()) == (town,)


def test_rows_outvoted_by_two_places_are_said_once_and_not_row_by_row() -> None:
    found = read(sheet(f"白云镇未持证残疾人台账\n填报单位：白云镇残联\n{HEAD}\n{rows('石桥乡', 12)}"), file="白云镇.xlsx")
    assert only(found).town == "白云镇"
    assert codes(found).count("F209") == 1
    assert only(found).unread["town"] == set(range(12))
    assert only(found).values["town"] == ["石桥乡"] * 12


def test_a_single_row_of_another_town_stays_a_fault_of_that_row() -> None:
    found = read(sheet(f"填报单位：白云镇残联\n{HEAD}\n{rows('白云镇', 6)}\n{rows('石桥乡', 1, 7)}"))
    assert "town" not in only(found).unread


def test_the_town_a_template_was_made_for_is_asked_last() -> None:
    stamp = {"town": "白云镇", "ledger": "uncertified"}
    assert only(read(sheet(f"{BARE}\n{ROW}"), file="1.xlsx", stamp=stamp)).town == "白云镇"
    passed_on = read(sheet(f"填报单位：石桥乡\n{BARE}\n{ROW}"), file="1.xlsx", stamp=stamp)
    assert only(passed_on).town == "石桥乡"
    assert "F209" not in codes(passed_on)
