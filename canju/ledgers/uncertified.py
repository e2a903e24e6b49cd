"""未持证残疾人台账."""

from canju.ledgers import shared
from canju.ledgers.base import heading
from canju.ledgers.kinds import (
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
from canju.ledgers.shared import Person


class Uncertified(Person, key="uncertified", title="未持证残疾人台账"):
    """One row a person who may be disabled and holds no certificate."""

    serial: SerialCell = heading(*shared.SERIAL, derived=True)
    town: TownCell = heading(*shared.TOWN, required=True, derived=True)
    village: VillageCell = heading(*shared.VILLAGE, required=True)
    place: TextCell = heading(
        "村民小组", "自然村", "自然寨", "组", "小区", "村（居）民小组", "村组", "组别", "所在组", "小组", "组名", "村（居）民组"
    )
    name: NameCell = heading(*shared.NAME, required=True)
    sex: Sex = heading(*shared.SEX, required=True)
    ethnicity: Ethnicity = heading(*shared.ETHNICITY)
    id_number: IdCell = heading(*shared.ID_NUMBER, required=True, derived=True, unless=shared.is_minor)
    birth_date: DayCell = heading(*shared.BIRTH_DATE)
    age: AgeCell = heading(*shared.AGE)
    guardian: NameCell = heading("监护人", "监护人姓名", "法定监护人", "监护人或联系人")
    guardian_phone: PhoneCell = heading("监护人电话", "监护人联系电话")
    phone: PhoneCell = heading(*shared.PHONE)
    address: TextCell = heading(  # type: ignore[assignment]
        "家庭住址",
        "住址",
        "现住址",
        "家庭地址",
        "地址",
        "居住地址",
        "详细地址",
        "户籍地址",
        "居住地",
        "现居住地",
        "家庭所在地",
        "户籍所在地",
        "家庭居住地址",
        "通讯地址",
    )
    category: Category = heading("疑似残疾类别", *shared.CATEGORY, "疑似类别")
    grade: Grade = heading("疑似残疾等级", *shared.GRADE, "疑似等级", "疑似残疾级别", "疑似残疾程度")
    cause: TextCell = heading("致残原因", "残疾原因", "致残因素")
    reason: Reason = heading(
        "未办证原因",
        "未持证原因",
        "未办理残疾证原因",
        "未办理残疾人证原因",
        "未办理原因",
        "未办证的原因",
        "没有办证的原因",
        "不办证原因",
        "暂未办证原因",
        "未办理证件原因",
        "为何未办证",
        required=True,
    )
    certificate: CertificateCell = heading(*shared.CERTIFICATE)
    needs: Needs = heading("服务需求", "需求", "需求内容", "需求类别", "需求项目")
    arranged: Needs = heading("对接情况", "已落实服务", "已对接服务", "服务落实情况", "已对接服务内容", "需求对接落实情况", "需求对接情况")
    hardship: Hardship = heading("困难类型", "特殊困难", "困难情况", "困难类别", "特困类型", "困难情形", "特殊困难类别")
    plan_made: YesNo = heading("一人一案", "是否一人一案", "一人一案建立情况", "是否建立一人一案", "一人一案建档", "是否制定一人一案")
    informed: YesNo = heading("政策宣传", "是否宣传政策", "宣传情况", "政策宣传情况")
    visited: Visited = heading(
        "入户走访",
        "走访时间",
        "是否入户",
        "入户时间",
        "入户情况",
        "走访情况",
        "是否走访",
        "是否入户走访",
        "入户走访时间",
        "是否上门走访",
        "上门走访",
    )
    progress: Progress = heading("办证进展", "办理进度", "办证情况", "办理情况", "办证进度", "办证进展状态", "办证状态", "目前进度")
    surveyed: DayCell = heading(
        "排查时间", "登记日期", "摸排时间", "调查时间", "登记时间", "排查日期", "摸底日期", "调查摸底时间", "摸底排查时间"
    )
    surveyor: NameCell = heading("排查人", "登记人", "摸排人", "调查人", "摸底人", "摸底排查人", "调查员", "排查员", "登记员")
    remarks: TextCell = heading(*shared.REMARKS)
