"""What a handy colleague writes: pandas and openpyxl, required cells, lists, check digits, sex and birth date against the ID, doubles."""

import sys
from pathlib import Path

import pandas

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LISTS = {
    "性别": {"男", "女"},
    "疑似残疾类别": {"视力", "听力", "言语", "肢体", "智力", "精神", "多重"},
    "疑似残疾等级": {"一级", "二级", "三级", "四级"},
    "未办证原因": {"不愿办理", "外出务工", "行动不便待上门", "资料不全", "已申请待评定"},
}


def sound(number: str) -> bool:
    if len(number) != 18 or not number[:17].isdigit():
        return False
    return "10X98765432"[sum(int(d) * w for d, w in zip(number, WEIGHTS, strict=False)) % 11] == number[17]


frames = []
for path in sorted(Path(sys.argv[1]).rglob("*.xlsx")):
    frame = pandas.read_excel(path, dtype=str, keep_default_na=False, engine="openpyxl")
    frame["文件"] = path.name
    frames.append(frame)
county = pandas.concat(frames, ignore_index=True)
found = []
for _, row in county.iterrows():
    number = row["身份证号"]
    for column in ("村（社区）", "姓名", "身份证号"):
        if not row[column]:
            found.append((row["文件"], row["序号"], column))
    for column, words in LISTS.items():
        if row[column] not in words:
            found.append((row["文件"], row["序号"], column))
    if not sound(number):
        found.append((row["文件"], row["序号"], "身份证号"))
    elif row["性别"] != ("男" if int(number[16]) % 2 else "女") or row["出生日期"].replace("-", "") != number[6:14]:
        found.append((row["文件"], row["序号"], "性别或出生日期"))
found += [(file, serial, "重复") for file, serial in county[county.duplicated("身份证号", keep=False)][["文件", "序号"]].values]
print(len(found))
