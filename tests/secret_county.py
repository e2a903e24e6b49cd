"""A small county full of secrets: every kind of personal value, in its own column and in every place where it has no business."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path

import openpyxl

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
TOML = """county = "某县"
towns = ["甲镇", "乙镇"]
as_of = 2019-12-31
[stipend]
year = 2019
from = "2019-10"
to = "2019-12"
"""
NAMES = ("仉殳珷", "乜亓璿", "逄贲珩", "亓官翙", "笪俟玹", "妫麹瑄", "鄢郗珮", "瞿昝琤", "郏郄琬", "缑亢玘")


def id_number(n: int) -> str:
    """The n-th secret ID number, valid."""
    body = f"522799{1961 + n}{1 + n % 12:02}{10 + n % 18:02}{301 + n}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


IDS = tuple(id_number(n) for n in range(10))
CERTIFICATES = tuple(f"{one}{4 + n % 3}{1 + n % 4}" for n, one in enumerate(IDS))
PHONES = tuple(f"1{3 + n % 6}97{n}64{n}08{n}" for n in range(10))
ACCOUNTS = tuple(f"62170{n}31958{n}27406{n}1" for n in range(10))
SECRETS = {*IDS, *CERTIFICATES, *PHONES, *ACCOUNTS, *NAMES}


def commissioners(town: str, first: int) -> list[list[object]]:
    """A ledger whose second row has everything in the wrong place."""
    heads = [
        "序号", "层级", "镇（街道）", "村（社区）", "姓名", "性别", "身份证号", "出生年月", "是否残疾人", "残疾人证号", "残疾类别", "残疾等级", "人员类别",
        "聘用时间", "考核年度", "考核结果", "月工资", "发放月数", "发放金额", "经费来源", "开户行", "银行账号", "联系电话", "备注", "其他",
    ]  # fmt: skip
    n, m = first, first + 1
    right = [1, "镇（街道）", town, "", NAMES[n], "男", IDS[n], "1980-01-01", "是", CERTIFICATES[n], "肢体", "一级", "专职",
             "2016-05-01", 2019, "合格", 200, 3, 700, "镇（街道）财政预算", "信用社", ACCOUNTS[n], PHONES[n],
             f"由{NAMES[n]}本人领取，身份证{IDS[n]}，账号{ACCOUNTS[n]}", f"电话{PHONES[n]}"]  # fmt: skip
    wrong = [2, IDS[m], town, CERTIFICATES[m], f"{NAMES[m]}（{IDS[m]}）", PHONES[m], f"{IDS[m][:17]} {IDS[m][17]}？", PHONES[m], ACCOUNTS[m],
             f"{CERTIFICATES[m]}B", IDS[m], CERTIFICATES[m], PHONES[m], f"2016年{IDS[m]}", IDS[m], f"见{IDS[m]}", ACCOUNTS[m], IDS[m], PHONES[m],
             CERTIFICATES[m], IDS[m], f"户名{NAMES[m]}{ACCOUNTS[m]}", f"{PHONES[m]}（{IDS[m]}）", CERTIFICATES[m], IDS[m]]  # fmt: skip
    again = [*right]
    again[0], again[4], again[6], again[7], again[13] = 3, NAMES[m], f" {IDS[n]} ", "1990-02-30", "2016.5.1"
    return [heads, right, wrong, again]


def uncertified(town: str, first: int) -> list[list[object]]:
    """The other ledger, with guardians, addresses and reasons; its unknown heading is a secret too."""
    heads = ["序号", "镇（街道）", "村（社区）", "姓名", "性别", "身份证号", "出生年月", "监护人", "监护人电话", "联系电话", "家庭住址", "未办证原因", "服务需求",
             "入户走访", "备注", f"{IDS[first]}"]  # fmt: skip
    n, m = first, first + 1
    return [
        heads,
        [1, town, "观音村", NAMES[n], "女", IDS[n], "1990-01-01", NAMES[m], PHONES[m], PHONES[n], f"观音村{IDS[m]}", "资料不全", "康复", "是", f"持证{CERTIFICATES[n]}", "x"],
        [2, town, f"村{IDS[m]}", NAMES[m], PHONES[m], IDS[m][:-1], CERTIFICATES[m], IDS[m], IDS[m], f"{PHONES[m]}{IDS[m]}", PHONES[m], f"已死{IDS[m]}", ACCOUNTS[m],
         f"{IDS[m]}", f"同{NAMES[n]}为一户，{IDS[n]}", "x"],
        [3, town, "观音村", NAMES[m], "女", IDS[n], "1990-01-01", "", "", PHONES[n], "", "资料不全", "康复", "是", "", "x"],
    ]  # fmt: skip


def build(folder: Path) -> Path:
    """The county's submissions; a workbook has an author, a comment and a hidden sheet that hold secrets as well."""
    (folder / "canju.toml").write_text(TOML, encoding="utf-8")
    sent = folder / "报送"
    for at, town in enumerate(("甲镇", "乙镇")):
        (sent / town).mkdir(parents=True)
        for made, name, first in ((commissioners, "专职委员台账", 4 * at), (uncertified, "未持证残疾人台账", 4 * at + 2)):
            book = openpyxl.Workbook()
            page = book.active
            page.title = name
            page.append([f"{town}{name}"])
            for row in made(town, first):
                page.append(row)
            book.save(sent / town / f"{town}{name}.xlsx")
    (sent / "乙镇" / f"补报{IDS[9]}.csv").write_text(f"姓名,{IDS[8]},身份证号\n{NAMES[8]},x,{IDS[8]}\n", encoding="utf-8")
    return sent


def texts(path: Path) -> list[str]:
    """Everything a file holds as text: each part of a package as it stands and without its tags, and the names of its parts."""
    data = path.read_bytes()
    if not zipfile.is_zipfile(path):
        return [data.decode("utf-8", "replace")]
    found = []
    with zipfile.ZipFile(path) as held:
        for name in held.namelist():
            part = unescape(held.read(name).decode("utf-8", "replace"))
            found += [name, part, re.sub(r"<[^>]+>", "", part)]
    return found


def leaks(*held: str, names: bool = True) -> set[str]:
    """The secrets that stand in these texts in full."""
    told = "\n".join(held)
    return {secret for secret in SECRETS if secret in told and (names or secret not in NAMES)}
