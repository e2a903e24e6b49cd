"""Makes the sample counties from a seed: `python samples/make.py`. All people are synthetic, under the unassigned area code 522799.

禾丰县 is a county of six towns with ordinary mess and some faults; 江原县 has two towns, another plan and other figures.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlwt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from canju import plans
from canju.cli import call
from canju.ledgers import ledgers

HERE = Path(__file__).parent
SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹章云苏潘葛范彭鲁韦马苗方俞任袁柳"
GIVEN = "文斌秀英建国桂兰志强丽华永明春梅德福玉珍光荣海燕家旺小芳正平晓琴大勇月娥国庆翠莲长生彩霞"
CATEGORIES = ("视力", "听力", "言语", "肢体", "智力", "精神")
GRADES = ("一级", "二级", "三级", "四级")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
REASONS = ("不愿办理", "外出务工", "行动不便待上门", "资料不全", "已申请待评定", "年龄小暂不办")
NEEDS = ("康复", "辅具", "托养", "就业", "无障碍改造", "救助", "居家照料")
HARDSHIP = ("贫困", "重度", "一户多残", "老残一体", "无", "无")

Row = dict[str, Any]


class County:
    """A county's people and places, drawn from one seed."""

    def __init__(self, seed: int, name: str, towns: dict[str, list[str]], pay: int) -> None:
        self.random, self.name, self.towns, self.pay, self.sequence = random.Random(seed), name, towns, pay, 0

    def pick(self, choices: Sequence[Any]) -> Any:
        """One of them."""
        return self.random.choice(choices)

    def person(self, youngest: int = 20, oldest: int = 72) -> Row:
        """Somebody: name, sex, ID with a right check digit, birth date."""
        born = dt.date(2019 - self.random.randint(youngest, oldest), self.random.randint(1, 12), self.random.randint(1, 28))
        self.sequence += 1
        male = self.random.random() < 0.5
        order = (self.sequence * 2 + male) % 1000
        body = f"522799{born:%Y%m%d}{order:03d}"
        male = order % 2 == 1
        check = "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
        name = self.pick(SURNAMES) + "".join(self.random.sample(GIVEN, self.pick((1, 2, 2))))
        return {
            "name": name,
            "sex": "男" if male else "女",
            "ethnicity": self.pick(("汉族", "布依族", "苗族", "汉族")),
            "id_number": body + check,
            "birth_date": born.isoformat(),
            "phone": f"1{self.pick('3589')}{self.random.randint(0, 999_999_999):09d}",
        }

    def staffing(self, town: str) -> list[Row]:
        """The town federation's director, part-time members and each village's chair and commissioner."""
        federation = {"level": "镇（街道）残联", "organization": f"{town}残疾人联合会", "town": town, "village": ""}
        rows = [
            {
                **federation,
                **self.person(),
                "post": "理事长",
                "mode": "专职",
                "started": "2017-03-01",
                "disabled": "否",
                "political_status": "中共党员",
            }
        ]
        rows += [{**federation, **self.person(), "post": "兼职委员", "mode": "兼职", "started": "2018-06-01", "disabled": "否"}]
        self.hired = [{**federation, **self.person(), "post": "专职委员", "mode": "专职", "started": "2016-05-01", "disabled": "否"}]
        for village in self.towns[town]:
            association = {"level": "村（社区）残协", "organization": f"{village}残协", "town": town, "village": village}
            rows.append(
                {
                    **association,
                    **self.person(),
                    "post": "主席",
                    "mode": "兼职",
                    "committee_post": "村委会主任",
                    "started": "2016-12-01",
                    "term_end": "2021-12-01",
                    "disabled": "否",
                    "political_status": "中共党员",
                }
            )
            self.hired.append(
                {**association, **self.person(), "post": "专职委员", "mode": "专职", "started": "2017-01-10", "disabled": "否"}
            )
        return rows + self.hired

    def commissioners(self, town: str) -> list[Row]:
        """The commissioners of the staffing ledger made last, with their assessment and pay."""
        rows = []
        for one in self.hired:
            level = "村（社区）" if one["village"] else "镇（街道）"
            rows.append(
                {
                    **one,
                    "level": level,
                    "kind": "专职",
                    "hired": one["started"],
                    "performance": str(self.random.randint(80, 98)),
                    "satisfaction": "满意",
                    "assessed_year": "2019",
                    "assessment": self.pick(("优秀", "合格", "合格", "合格")),
                    "monthly_pay": self.pay,
                    "paid_months": 3,
                    "paid_total": 3 * self.pay,
                    "trained": self.pick(("是", "否")),
                    "mobile_skills": self.pick(("是", "是", "否")),
                    "bank": "农村信用社",
                    "account": f"6299{self.random.randint(0, 10**15 - 1):015d}",
                    "funding": "县财政预算（残疾人就业保障金）" if one["village"] else "镇（街道）财政预算",
                }
            )
        return rows

    def uncertified(self, town: str, each: int = 6) -> list[Row]:
        """Some people a village who hold no certificate."""
        rows = []
        for village in self.towns[town]:
            for _ in range(each):
                needs = self.random.sample(NEEDS, self.pick((1, 1, 2)))
                rows.append(
                    {
                        **self.person(19, 80),
                        "town": town,
                        "village": village,
                        "place": self.pick(("大寨", "小寨", "河边组")),
                        "category": self.pick(CATEGORIES),
                        "grade": self.pick(GRADES),
                        "reason": self.pick(REASONS),
                        "needs": "、".join(needs),
                        "arranged": self.pick((needs[0], "")),
                        "hardship": self.pick(HARDSHIP),
                        "plan_made": self.pick(("是", "否")),
                        "informed": self.pick(("是", "是", "否")),
                        "visited": self.pick(("2019-09-12", "是", "否")),
                        "progress": "未申请",
                        "surveyed": "2019-09-20",
                    }
                )
        return rows

    def groups(self, town: str) -> list[Row]:
        """Two places a village: one above the threshold with a group, one below without."""
        rows = []
        for number, village in enumerate(self.towns[town]):
            many = {
                "town": town,
                "village": village,
                "place": f"{_stem(village)}大寨",
                "place_kind": "自然村",
                "certified": 5,
                "uncertified": 7,
                "persons": 12,
                "established": "是",
                "established_on": "2019-09-28",
                "group_name": f"{_stem(village)}大寨残疾人小组",
                "liaison": self.person()["name"],
                "liaison_phone": self.person()["phone"],
                "guided_by": f"{village}残协",
                "disabled_members": 6,
                "relative_members": 2,
                "volunteer_members": self.pick((0, 1, 3)),
                "activities": 2,
            }
            rows.append(many)
            rows.append(
                {
                    "town": town,
                    "village": village,
                    "place": f"{_stem(village)}小寨",
                    "place_kind": "自然村",
                    "certified": 2,
                    "uncertified": 6,
                    "persons": 8,
                    "established": "是",
                    "established_on": "2019-10-02",
                    "group_name": f"{_stem(village)}小寨残疾人小组",
                    "liaison": self.person()["name"],
                    "liaison_phone": self.person()["phone"],
                    "guided_by": f"{village}残协",
                    "disabled_members": 4,
                    "relative_members": 1,
                    "volunteer_members": 1,
                }
                if number
                else {
                    "town": town,
                    "village": village,
                    "place": f"{town[:-1]}移民安置点",
                    "place_kind": "移民安置点",
                    "certified": 3,
                    "uncertified": 1,
                    "persons": 4,
                    "established": "否",
                    "station": "是",
                    "station_head": self.person()["name"],
                    "station_room": "是",
                    "station_equipment": "是",
                    "station_sign": "是",
                    "station_rules": "是",
                }
            )
        return rows

    def organizations(self, town: str) -> list[Row]:
        """The town federation's office and each village association's."""
        rows = [
            {
                "level": "镇（街道）残联",
                "town": town,
                "organization": f"{town}残疾人联合会",
                "window": "是",
                "office": "是",
                "archives": "是",
                "on_wall": "是",
                "sign": "是",
                "budgeted": "是",
                "budget_amount": "2.5",
                "facility": "残疾人之家",
                "commissioners": 1,
            }
        ]
        rows += [
            {
                "level": "村（社区）残协",
                "town": town,
                "village": village,
                "organization": f"{village}残协",
                "office": "是",
                "sign": "是",
                "rules": "需求调查、入户走访、志愿服务、信访接待、咨询服务、档案管理",
                "commissioners": 1,
            }
            for village in self.towns[town]
        ]
        return rows


def _stem(village: str) -> str:
    return village.removesuffix("社区").removesuffix("村")


def table(key: str, rows: Sequence[Row], leave: Sequence[str] = ()) -> list[list[Any]]:
    """Heading row and rows with the columns that any row fills, official headings, numbered."""
    columns = ledgers()[key].columns
    names = [name for name in columns if name not in leave and (name == "serial" or any(row.get(name) not in (None, "") for row in rows))]
    return [
        [columns[name].title for name in names],
        *([number if name == "serial" else row.get(name, "") for name in names] for number, row in enumerate(rows, 1)),
    ]


def sheet_of(book: Workbook, title: str, grid: list[list[Any]], lines: Sequence[str] = (), foot: Sequence[str] = ()) -> None:
    """A sheet with title and unit lines merged over all columns, as offices type it."""
    sheet = book.create_sheet(title)
    for text in lines:
        sheet.append([text])
        sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=len(grid[0]))
        sheet.cell(sheet.max_row, 1).alignment = Alignment(horizontal="center")
    for row in grid:
        sheet.append(row)
    for cell in sheet[len(lines) + 1]:
        cell.font = Font(bold=True)
    for text in foot:
        sheet.append([text])
    for cells in sheet.iter_cols(min_row=len(lines) + 1):
        sheet.column_dimensions[cells[0].column_letter].width = 20 if "证" in str(cells[0].value) or "账号" in str(cells[0].value) else 12


def xlsx(sheets: Sequence[tuple[str, list[list[Any]], Sequence[str], Sequence[str]]]) -> bytes:
    """A workbook of (title, grid, lines above, lines below)."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, grid, lines, foot in sheets:
        sheet_of(book, title, grid, lines, foot)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls(grid: list[list[Any]], lines: Sequence[str]) -> bytes:
    """An .xls workbook of one sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for number, text in enumerate(lines):
        sheet.write_merge(number, number, 0, len(grid[0]) - 1, text)
    for number, row in enumerate(grid, len(lines)):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def text_table(grid: list[list[Any]], encoding: str) -> bytes:
    """A CSV as a spreadsheet program saves it."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(grid)
    return stream.getvalue().encode(encoding)


def html(grid: list[list[Any]], title: str) -> bytes:
    """A web page with a table, as some systems export under the name .xls."""
    rows = "".join("<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in grid)
    return f'<html><head><meta charset="utf-8"></head><body><table><tr><td colspan="{len(grid[0])}">{title}</td></tr>{rows}</table></body></html>'.encode()


def put(path: Path, data: bytes) -> None:
    """Write a file below its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def hefeng() -> None:
    """禾丰县: six towns, four ledgers each, several formats, some faults."""
    towns = {
        "白云街道": ["白云社区", "东门社区", "柏树村"],
        "青石镇": ["青石社区", "落水村", "大坡村"],
        "柳河镇": ["柳河社区", "杨柳村", "高坎村"],
        "石桥镇": ["石桥社区", "田坝村", "岩脚村"],
        "枫林乡": ["枫林村", "白果村", "后山村"],
        "清溪镇": ["清溪社区", "龙井村", "新寨村"],
    }
    county = County(2019, "禾丰县", towns, 200)
    base = HERE / "禾丰县"
    shutil.rmtree(base, ignore_errors=True)
    sent = base / "报送"
    made = {
        town: {
            "staffing": county.staffing(town),
            "commissioners": county.commissioners(town),
            "uncertified": county.uncertified(town),
            "groups": county.groups(town),
            "organizations": county.organizations(town),
        }
        for town in towns
    }
    plant(made)
    titles = {key: ledger.title for key, ledger in ledgers().items()}

    def lines(town: str, key: str) -> list[str]:
        return [f"{town}{titles[key]}", f"填报单位（盖章）：{town}残疾人联合会        填报日期：2019年10月5日"]

    data = made["白云街道"]
    put(
        sent / "白云街道/白云街道残联台账.xlsx",
        xlsx([(titles[key][:8], table(key, rows), lines("白云街道", key), ["注：本表一式两份。"]) for key, rows in data.items()]),
    )
    data = made["青石镇"]
    for key, rows in data.items():
        put(sent / f"青石镇/{titles[key]}.xlsx", xlsx([("Sheet1", table(key, rows, ("town",)), lines("青石镇", key), ())]))
    data = made["柳河镇"]
    for key, rows in data.items():
        put(
            sent / f"柳河镇/柳河镇{titles[key]}.csv",
            text_table(table(key, rows), "gb18030" if key in ("staffing", "groups") else "utf-8-sig"),
        )
    data = made["石桥镇"]
    for key, rows in data.items():
        put(sent / f"石桥镇/{titles[key]}（定稿）.xls", xls(table(key, rows), lines("石桥镇", key)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, rows in made["枫林乡"].items():
            archive.writestr(f"枫林乡/{titles[key]}.xlsx", xlsx([("Sheet1", table(key, rows), lines("枫林乡", key), ())]))
    put(sent / "枫林乡报送材料.zip", stream.getvalue())
    data = made["清溪镇"]
    for key, rows in data.items():
        if key == "uncertified":
            put(sent / "清溪镇/未持证残疾人台账.xls", html(table(key, rows), "清溪镇未持证残疾人台账"))
        elif key != "groups":
            put(sent / f"清溪镇/{titles[key]}.xlsx", xlsx([("Sheet1", table(key, rows), lines("清溪镇", key), ())]))
    put(sent / "清溪镇/残疾人小组台账（扫描件）.pdf", b"%PDF-1.4\n% a scanned paper\n%%EOF\n")
    put(sent / "清溪镇/残疾人小组台账.xlsx", xlsx([("Sheet1", [["x"]], (), ())])[:900])
    feedback = [
        {"town": "白云街道", "kind": "成功做法", "text": "依托社区服务中心设立残疾人之家，由专职委员轮流值守，方便残疾人就近办事。"},
        {"town": "白云街道", "kind": "困难问题", "text": "部分未持证残疾人长期在外务工，联系和评定较为困难。"},
    ]
    put(sent / "白云街道/工作情况反馈.xlsx", xlsx([("反馈", table("feedback", feedback), ("白云街道工作情况反馈",), ())]))
    county_files(county, sent / "县残联", made)
    put(base / "canju.toml", WORKSPACE.encode())
    law = (Path(plans.__file__).parent / "longli-2019.toml").read_text(encoding="utf-8")
    put(base / "禾丰县方案.toml", law.replace("龙里", "禾丰").replace("龙府", "禾府").replace("longli", "hefeng").encode())
    put(
        base / "villages.csv",
        text_table(
            [
                ["镇（街道）", "村（社区）", "任期起", "任期止"],
                *([town, village, 2016, 2021] for town, names in towns.items() for village in names),
            ],
            "utf-8-sig",
        ),
    )


def plant(made: dict[str, dict[str, list[Row]]]) -> None:
    """Some faults of the kinds that towns make."""
    rows = made["白云街道"]["uncertified"]
    rows[2]["id_number"] = rows[2]["id_number"][:-1] + ("1" if rows[2]["id_number"][-1] != "1" else "2")
    rows[4]["reason"] = ""
    rows[7]["sex"] = "女" if rows[7]["sex"] == "男" else "男"
    made["青石镇"]["uncertified"].append(dict(made["青石镇"]["uncertified"][3]))
    made["青石镇"]["commissioners"][1].update(paid_total=700)
    made["柳河镇"]["uncertified"][5]["surveyed"] = "2019年13月5日"
    made["柳河镇"]["uncertified"][6]["phone"] = "1398765432"
    made["柳河镇"]["commissioners"][2].update(assessment="不合格")
    made["石桥镇"]["uncertified"][1]["category"] = "残废"
    made["石桥镇"]["groups"][2].update(
        established="否",
        group_name="",
        liaison="",
        liaison_phone="",
        guided_by="",
        established_on="",
        disabled_members="",
        relative_members="",
        volunteer_members="",
        activities="",
    )
    made["石桥镇"]["organizations"][0].update(on_wall="否")
    made["枫林乡"]["commissioners"][0].update(monthly_pay=150, paid_total=450)
    made["枫林乡"]["staffing"] = [row for row in made["枫林乡"]["staffing"] if row["post"] != "兼职委员"]
    made["清溪镇"]["commissioners"][1].update(assessment="基本合格", monthly_pay="", paid_months="", paid_total="")
    made["清溪镇"]["uncertified"][3]["village"] = "龙并村"
    made["清溪镇"]["staffing"][3].update(committee_post="村务监督委员会主任")


def county_files(county: County, folder: Path, made: dict[str, dict[str, list[Row]]]) -> None:
    """The federation's own ledgers: leaders, cadres, associations, delegates of two terms, the certified roster."""
    office = {"level": "县残联", "organization": "禾丰县残疾人联合会"}
    posts = (
        ("理事长", "专职", ""),
        ("副理事长", "专职", ""),
        ("副理事长", "专职", ""),
        ("党组书记", "专职", ""),
        ("党组成员", "专职", ""),
        ("副理事长", "兼职", "县民政局副局长"),
        ("副理事长", "挂职", "青石镇残联理事长"),
        ("干部", "专职", ""),
        ("干部", "专职", ""),
    )
    staff = [
        {
            **office,
            **county.person(),
            "post": post,
            "mode": mode,
            "home_unit": unit,
            "started": "2018-01-01",
            "disabled": "否",
            "detached": "是" if mode == "挂职" else "",
        }
        for post, mode, unit in posts
    ]
    director = made["青石镇"]["staffing"][0]
    staff[6].update({key: director[key] for key in ("name", "sex", "id_number", "birth_date", "phone", "ethnicity")})
    staff[8].update(disabled="是", certificate=staff[8]["id_number"] + "44")
    put(folder / "县残联组织人员配备台账.xlsx", xlsx([("县残联", table("staffing", staff), ("禾丰县残联组织人员配备台账",), ())]))
    names = ("盲人协会", "聋人协会", "肢残人协会", "智力残疾人及亲友协会", "精神残疾人及亲友协会")
    bodies = [
        {"level": "县专门协会", "organization": f"县{name}", "office": "是", "sign": "是", "budgeted": "是", "budget_amount": "1"}
        for name in names
    ]
    put(folder / "专门协会组织建设台账.xlsx", xlsx([("协会", table("organizations", bodies), ("禾丰县残疾人专门协会组织建设台账",), ())]))
    people = [
        {
            "level": "县专门协会",
            "organization": f"县{name}",
            "post": "专职委员",
            "mode": "专职",
            **county.person(),
            "started": "2018-05-01",
            "disabled": "否",
        }
        for name in names[:4]
    ]
    put(folder / "专门协会人员.xlsx", xlsx([("协会", table("staffing", people), ("禾丰县残疾人专门协会组织人员配备台账",), ())]))
    delegates = []
    for term, disabled, grass in (("第五届", 8, 5), ("第六届", 11, 7)):
        for body, scale in (("代表大会代表", 2), ("主席团委员", 1)):
            kinds = ["残疾人"] * (disabled * scale) + ["基层一线"] * (grass * scale) + ["残疾人工作者"] * (10 * scale)
            delegates += [{"term": term, "body": body, "constituency": kind, **county.person()} for kind in kinds]
    put(folder / "代表和主席团委员名册.xlsx", xlsx([("名册", table("delegates", delegates), (), ())]))
    holders = []
    for town, villages in county.towns.items():
        for _ in range(5):
            person, category, grade = county.person(), county.random.randint(1, 6), county.random.randint(1, 4)
            holders.append(
                {
                    **person,
                    "town": town,
                    "village": county.pick(villages),
                    "certificate": f"{person['id_number']}{category}{grade}",
                    "category": CATEGORIES[category - 1],
                    "grade": GRADES[grade - 1],
                    "issued": "2015-06-01",
                    "valid_until": "2025-06-01",
                    "status": "正常",
                }
            )
    put(folder / "持证残疾人名册.csv", text_table(table("certified", holders, ("birth_date",)), "gb18030"))


def jiangyuan() -> None:
    """江原县: two towns under another plan: 300 yuan, a group from three people on, one deputy director."""
    county = County(300, "江原县", {"城关镇": ["城东社区", "城西社区"], "上河乡": ["上河村", "下河村"]}, 300)
    base = HERE / "江原县"
    keep = (base / "江原县方案.toml").read_bytes() if (base / "江原县方案.toml").exists() else None
    shutil.rmtree(base, ignore_errors=True)
    for town in county.towns:
        rows = {
            "staffing": county.staffing(town),
            "commissioners": county.commissioners(town),
            "uncertified": county.uncertified(town, 4),
            "groups": county.groups(town),
        }
        for key, some in rows.items():
            put(
                base / f"报送/{town}/{ledgers()[key].title}.xlsx",
                xlsx([("Sheet1", table(key, some), (f"{town}{ledgers()[key].title}",), ())]),
            )
    put(base / "canju.toml", OTHER.encode())
    if keep:
        put(base / "江原县方案.toml", keep)


WORKSPACE = """\
# 禾丰县的工作区：样例县，人员全部虚构。
county = "禾丰县"
federation = "禾丰县残疾人联合会"
report_to = "南州残疾人联合会"
plan = "禾丰县方案.toml"
towns = ["白云街道", "青石镇", "柳河镇", "石桥镇", "枫林乡", "清溪镇"]
villages = "villages.csv"
as_of = 2019-12-31

[baseline]
"白云街道" = 1
"青石镇" = 1
"柳河镇" = 1
"石桥镇" = 1
"枫林乡" = 1

[named]
hospital = "县康宁医院"
working_committee = ["县民政局", "县教育局", "县卫生健康局"]
last_year_seconded_from = ["柳河镇"]

[stipend]
year = 2019
from = "2019-10"
to = "2019-12"

[deadlines]
towns = 2019-10-08
"""

OTHER = """\
# 江原县的工作区：另一个县、另一份方案，指标都不同。
county = "江原县"
federation = "江原县残疾人联合会"
plan = "江原县方案.toml"
towns = ["城关镇", "上河乡"]
as_of = 2020-12-31

[stipend]
year = 2020
from = "2020-01"
to = "2020-12"
"""


GOLDEN = {"validate": (), "check": (), "stipend": ()}


def golden(county: str) -> None:
    """What the program says of a sample county, kept to be compared by a test: a change in it has to be looked at."""
    for command, options in GOLDEN.items():
        folder = HERE / county
        call(
            [
                command,
                str(folder / "报送"),
                *options,
                "--format",
                "json",
                "--output",
                str(folder / f"应得结果/{command}.json"),
                "--force",
                "-j",
                "1",
            ]
        )


if __name__ == "__main__":
    hefeng()
    jiangyuan()
    golden("禾丰县")
    golden("江原县")
