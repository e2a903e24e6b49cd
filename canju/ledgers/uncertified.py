"""未持证残疾人台账."""

from __future__ import annotations

from canju.ledgers import shared
from canju.ledgers.base import heading
from canju.ledgers.shared import Person
from canju.ledgers.values import (
    AgeCell,
    Category,
    CertificateCell,
    DayCell,
    Ethnicity,
    Grade,
    Hardship,
    IdCell,
    NameCell,
    Needs,
    PhoneCell,
    Progress,
    Reason,
    SerialCell,
    Sex,
    TextCell,
    TownCell,
    VillageCell,
    Visited,
    YesNo,
)


class Uncertified(Person, key="uncertified", title="未持证残疾人台账"):
    """One row a person who may be disabled and holds no certificate."""

    serial: SerialCell = heading(*shared.SERIAL, derived=True)
    town: TownCell = heading(*shared.TOWN, required=True, derived=True)
    village: VillageCell = heading(*shared.VILLAGE, required=True)
    place: TextCell = heading("村民小组", "自然村", "自然寨", "组", "小区", "村（居）民小组")
    name: NameCell = heading(*shared.NAME, required=True)
    sex: Sex = heading(*shared.SEX, required=True)
    ethnicity: Ethnicity = heading(*shared.ETHNICITY)
    id_number: IdCell = heading(*shared.ID_NUMBER, required=True, derived=True, unless=shared.is_minor)
    birth_date: DayCell = heading(*shared.BIRTH_DATE)
    age: AgeCell = heading(*shared.AGE)
    guardian: NameCell = heading("监护人", "监护人姓名")
    guardian_phone: PhoneCell = heading("监护人电话", "监护人联系电话")
    phone: PhoneCell = heading(*shared.PHONE)
    address: TextCell = heading("家庭住址", "住址", "现住址", "家庭地址")
    category: Category = heading("疑似残疾类别", *shared.CATEGORY)
    grade: Grade = heading("疑似残疾等级", *shared.GRADE)
    cause: TextCell = heading("致残原因")
    reason: Reason = heading("未办证原因", "未持证原因", required=True)
    certificate: CertificateCell = heading(*shared.CERTIFICATE)
    needs: Needs = heading("服务需求", "需求")
    arranged: Needs = heading("对接情况", "已落实服务")
    hardship: Hardship = heading("困难类型", "特殊困难")
    plan_made: YesNo = heading("一人一案", "是否一人一案")
    informed: YesNo = heading("政策宣传", "是否宣传政策", "宣传情况")
    visited: Visited = heading("入户走访", "走访时间")
    progress: Progress = heading("办证进展", "办理进度")
    surveyed: DayCell = heading("排查时间", "登记日期")
    surveyor: NameCell = heading("排查人", "登记人")
    remarks: TextCell = heading(*shared.REMARKS)
