"""专职委员台账."""

from __future__ import annotations

from canju.ledgers import shared
from canju.ledgers.base import heading
from canju.ledgers.kinds import (
    AccountCell,
    AgeCell,
    Assessment,
    Category,
    CertificateCell,
    CommissionerLevel,
    DayCell,
    Education,
    Ethnicity,
    Funding,
    Grade,
    IdCell,
    Kind,
    MoneyCell,
    MonthsCell,
    NameCell,
    PhoneCell,
    PoliticalStatus,
    Satisfaction,
    SerialCell,
    Sex,
    TextCell,
    TownCell,
    VillageCell,
    YearCell,
    YesNo,
)
from canju.ledgers.shared import Person

PASSING = frozenset({"优秀", "良好", "合格", "称职"})
FAILING = frozenset({"不合格", "不称职"})
"""The results of the year-end assessment that pass, and those that fail; every other word, and none, leaves it open."""


class Commissioner(Person, key="commissioners", title="专职委员台账", identity=("id_number", "village", "hired")):
    """One row a commissioner and post."""

    serial: SerialCell = heading(*shared.SERIAL, derived=True)
    level: CommissionerLevel = heading("层级", "级别", required=True, derived=True)
    town: TownCell = heading(*shared.TOWN, required=True, derived=True)
    village: VillageCell = heading(*shared.VILLAGE)
    name: NameCell = heading(*shared.NAME, required=True)
    sex: Sex = heading(*shared.SEX, required=True)
    ethnicity: Ethnicity = heading(*shared.ETHNICITY)
    id_number: IdCell = heading(*shared.ID_NUMBER, required=True)
    birth_date: DayCell = heading(*shared.BIRTH_DATE)
    age: AgeCell = heading(*shared.AGE)
    education: Education = heading(*shared.EDUCATION)
    political_status: PoliticalStatus = heading(*shared.POLITICAL_STATUS)
    disabled: YesNo = heading(*shared.DISABLED)
    certificate: CertificateCell = heading(*shared.CERTIFICATE)
    category: Category = heading(*shared.CATEGORY)
    grade: Grade = heading(*shared.GRADE)
    kind: Kind = heading("人员类别", "类别", "专兼职", "用工方式", "人员性质", "专兼职情况")
    hired: DayCell = heading(
        "聘用时间",
        "上岗时间",
        "到岗时间",
        "选聘时间",
        "任职时间",
        "入职时间",
        "上岗日期",
        "聘用日期",
        "聘任时间",
        "受聘时间",
        "聘用起始时间",
        "上任时间",
        required=True,
    )
    left: DayCell = heading("解聘时间", "离岗时间", "解除时间", "解聘日期", "退出时间", "离职时间", "离任时间", "退岗时间")
    performance: TextCell = heading("绩效评估", "绩效评估结果", "绩效得分", "绩效评估得分", "绩效考核得分")
    satisfaction: Satisfaction = heading("残疾人评价", "满意度")
    assessed_year: YearCell = heading("考核年度")
    assessment: Assessment = heading("考核结果", "考核等次", "年终考核", "年度考核", "考核情况", "考核等级", "考核结果等次", "年度考核结果")
    monthly_pay: MoneyCell = heading("月工资", "月工资标准", "工资标准", "月补贴", "月补助", "月报酬", "工资")
    paid_months: MonthsCell = heading("发放月数", "月数")
    paid_total: MoneyCell = heading("发放金额", "应发金额", "实发金额", "合计金额", "发放总额", "发放合计")
    funding: Funding = heading("经费来源", "资金来源", "列支渠道", "经费渠道", "工资来源", "资金渠道")
    trained: YesNo = heading("在线培训", "是否参加在线培训", "是否在线培训")
    mobile_skills: YesNo = heading("移动终端应用", "互联网+应用能力")
    bank: TextCell = heading("开户行", "开户银行")
    account: AccountCell = heading("银行账号", "银行卡号", "卡号", "一卡通账号", "银行账户", "账号", "一卡通号", "银行卡账号")
    phone: PhoneCell = heading(*shared.PHONE)
    remarks: TextCell = heading(*shared.REMARKS)
