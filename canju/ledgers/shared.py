"""Columns that several ledgers share, and the kind of record that is about a person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from canju.ledgers.base import Ledger
from canju.ledgers.kinds import Certificate, Day, ResidentId

SERIAL = ("序号", "编号", "NO", "No.", "顺序号")
TOWN = (
    "镇（街道）",
    "乡镇",
    "镇",
    "街道",
    "镇街",
    "街镇",
    "乡镇（街道）",
    "所属乡镇",
    "所属镇（街道）",
    "所在镇（街道）",
    "所在乡镇",
    "户籍街道",
    "填报单位",
    "乡（镇、街道）",
    "镇（乡、街道）",
    "镇（乡）",
    "街道（乡镇）",
    "乡镇街道",
    "乡镇名称",
)
VILLAGE = (
    "村（社区）",
    "村",
    "社区",
    "村居",
    "村（居）",
    "村/社区",
    "行政村",
    "居委会",
    "所在村",
    "所在村（社区）",
    "村（居）委会",
    "村名",
    "村名称",
    "村（社区）名称",
    "所属村",
    "所在村居",
    "村（居、社区）",
    "村居（社区）",
    "社区（村）",
)
NAME = ("姓名", "残疾人姓名", "人员姓名", "专委姓名")
SEX = (
    "性别",
    "男/女",
)
ETHNICITY = ("民族", "族别")
ID_NUMBER = (
    "身份证号",
    "身份证",
    "身份证号码",
    "公民身份号码",
    "居民身份证号",
    "居民身份证号码",
    "证件号码",
    "身份证编号",
    "身份号码",
    "公民身份证号码",
    "二代证号",
)
BIRTH_DATE = ("出生年月", "出生日期", "生日", "出生年月日", "出生时间")
AGE = ("年龄", "周岁", "岁数")
EDUCATION = ("文化程度", "学历", "受教育程度", "学历程度", "学历文化程度")
POLITICAL_STATUS = ("政治面貌", "政治身份")
PHONE = ("联系电话", "手机", "手机号", "手机号码", "电话", "联系方式", "电话号码")
DISABLED = ("是否残疾人", "残疾人", "是否残疾", "是否为残疾人")
CERTIFICATE = ("残疾人证号", "残疾证号", "残疾证编号", "残疾证", "残疾人证", "残疾人证编号", "残疾人证号码", "持证证号")
CATEGORY = ("残疾类别", "残疾类型", "残类", "残疾种类", "残别", "残疾类", "残疾人类别")
GRADE = ("残疾等级", "残疾级别", "等级", "残疾程度", "残级", "残疾人等级")
REMARKS = ("备注", "说明", "附注", "备注栏", "其他说明", "备注说明")

MAJORITY = 18
"""Years at which a person is of age (民法总则 第十七条)."""


def is_minor(person: Any, as_of: dt.date) -> bool:
    """Whether a person is under 18 on the day of judgement by birth date, else by the age given.

    With neither, only the reason 年龄小暂不办 makes a child of them. A birth date known to the month counts in favour.
    """
    if person.birth_date is not None and as_of < dt.date.max:
        last = person.birth_date.last
        return bool((as_of.year - last.year) - ((as_of.month, as_of.day) < (last.month, last.day)) < MAJORITY)
    if person.age is not None:
        return bool(person.age < MAJORITY)
    return "年龄小" in (person.value("reason") or "")


class Person(Ledger):
    """A record about a person: what rules over several ledgers may read. Declares no ledger of its own."""

    name: str
    sex: str
    ethnicity: str
    id_number: ResidentId
    birth_date: Day
    age: int
    certificate: Certificate
    category: str
    grade: str
    phone: str
    remarks: str
    town: str
    village: str
