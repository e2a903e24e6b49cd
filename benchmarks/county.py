"""Made-up counties of three sizes from a seed: `python benchmarks/county.py M xlsx FOLDER`. All people are synthetic, area code 522799."""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

SEED = 48
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
HEADINGS = (
    "序号", "镇（街道）", "村（社区）", "姓名", "性别", "身份证号", "出生日期", "联系电话",
    "家庭住址", "疑似残疾类别", "疑似残疾等级", "未办证原因", "服务需求", "困难类型", "备注",
)  # fmt: skip
SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹章云苏潘葛范彭鲁韦马苗方俞任袁柳"
GIVEN = "文斌秀英建国桂兰志强丽华永明春梅德福玉珍光荣海燕家旺小芳正平晓琴大勇月娥庆翠莲长生彩霞"
NUMERALS = "一二三四五六七八九十"
CATEGORIES = ("视力", "听力", "言语", "肢体", "智力", "精神")
GRADES = ("一级", "二级", "三级", "四级")
REASONS = ("不愿办理", "外出务工", "行动不便待上门", "资料不全", "已申请待评定")
NEEDS = ("康复", "辅具", "托养", "就业", "无障碍改造", "救助", "康复、辅具")
HARDSHIP = ("贫困", "重度", "一户多残", "老残一体", "无")
Row = list[str | int]


class Size(NamedTuple):
    """Files and rows in each of them."""

    files: int
    rows: int


SIZES = {"S": Size(6, 300), "M": Size(100, 1_000), "L": Size(10, 100_000)}


def town(number: int) -> str:
    """The name of a town, made of two numerals."""
    return f"丰{NUMERALS[number // 10]}{NUMERALS[number % 10]}镇"


def villages(number: int) -> list[str]:
    """The ten villages of a town."""
    return [f"{NUMERALS[number // 10]}{NUMERALS[number % 10]}{one}村" for one in NUMERALS]


def identity(number: int) -> str:
    """The number-th ID: every one another, each with a right check digit. The 17th digit tells the sex."""
    day, order = divmod(number, 999)
    year, rest = divmod(day, 12 * 28)
    body = f"522799{1940 + year:04d}{rest // 28 + 1:02d}{rest % 28 + 1:02d}{order + 1:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def rows(draw: random.Random, place: int, size: Size) -> Iterator[Row]:
    """The rows of one town; about one in a hundred has a fault."""
    homes, name = villages(place), town(place)
    for serial, number in enumerate(draw.sample(range(22_000_000 // size.files), size.rows), 1):
        one = identity(number * size.files + place)
        village = draw.choice(homes)
        row: Row = [
            serial,
            name,
            village,
            draw.choice(SURNAMES) + "".join(draw.sample(GIVEN, draw.choice((1, 2, 2)))),
            "男" if int(one[16]) % 2 else "女",
            one,
            f"{one[6:10]}-{one[10:12]}-{one[12:14]}",
            f"1{draw.choice('3589')}{draw.randrange(10**9):09d}",
            f"{village}{draw.choice(NUMERALS)}组{draw.randrange(1, 200)}号",
            draw.choice(CATEGORIES),
            draw.choice(GRADES),
            draw.choice(REASONS),
            draw.choice(NEEDS),
            draw.choice(HARDSHIP),
            "",
        ]
        if draw.random() < 0.01:
            _spoil(draw, row)
        yield row


def _spoil(draw: random.Random, row: Row) -> None:
    """One fault of the ordinary kinds: a missing digit, a wrong check digit, a blank, a word of no list, a day of no calendar, a sex."""
    number = str(row[5])
    faults: list[tuple[int, str]] = [
        (5, number[:-1]),
        (5, number[:-1] + ("1" if number[-1] != "1" else "2")),
        (3, ""),
        (11, "天气原因"),
        (6, "1980-02-31"),
        (4, "女" if row[4] == "男" else "男"),
        (7, "1380000"),
    ]
    column, text = draw.choice(faults)
    row[column] = text


def write_xlsx(path: Path, lines: Iterator[Row]) -> None:
    """A workbook as Excel writes it, shared strings and all."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("未持证残疾人台账")
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line)
    book.close()


def write_csv(path: Path, lines: Iterator[Row]) -> None:
    """A CSV in UTF-8 with a byte-order mark, as Excel writes it."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(lines)


WRITERS: dict[str, Callable[[Path, Iterator[Row]], None]] = {"xlsx": write_xlsx, "csv": write_csv}


def make(size: Size, form: str, folder: Path) -> None:
    """The county's files, one a town, in `folder`/报送, with its canju.toml and its villages."""
    reports = folder / "报送"
    reports.mkdir(parents=True, exist_ok=True)
    draw = random.Random(SEED)
    for place in range(size.files):
        lines = rows(draw, place, size)
        WRITERS[form](reports / f"{town(place)}未持证残疾人台账.{form}", (line for part in ([list(HEADINGS)], lines) for line in part))
    names = [town(place) for place in range(size.files)]
    quoted = ", ".join(f'"{name}"' for name in names)
    (folder / "canju.toml").write_text(f'county = "丰收县"\ntowns = [{quoted}]\nvillages = "villages.csv"\nas_of = 2019-12-31\n', "utf-8")
    with (folder / "villages.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["镇（街道）", "村（社区）", "任期起", "任期止"])
        writer.writerows([town(place), village, 2016, 2021] for place in range(size.files) for village in villages(place))


if __name__ == "__main__":
    make(SIZES[sys.argv[1]], sys.argv[2], Path(sys.argv[3]))
