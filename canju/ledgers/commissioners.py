"""专职委员台账."""

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

ASSESSMENT = "专职委员年终考核表"
ASSESSED = frozenset({"performance", "satisfaction", "assessed_year", "assessment"})
"""The columns of the year-end 考核表 that the town fills in: all that it brings back."""


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
    kind: Kind = heading(
        "人员类别",
        "类别",
        "专兼职",
        "用工方式",
        "人员性质",
        "专兼职情况",
        "专职/兼职",
        "专（兼）职",
        "专兼职类别",
        "专职或兼职",
        "委员类别",
    )
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
        "任职起始时间",
        "何时聘用",
        required=True,
    )
    left: DayCell = heading(
        "解聘时间",
        "离岗时间",
        "解除时间",
        "解聘日期",
        "退出时间",
        "离职时间",
        "离任时间",
        "退岗时间",
        "辞职时间",
        "终止聘用时间",
        "解聘（离岗）时间",
        "停发时间",
    )
    performance: TextCell = heading("绩效评估", "绩效评估结果", "绩效得分", "绩效评估得分", "绩效考核得分", "绩效考核", "绩效评价")
    satisfaction: Satisfaction = heading("残疾人评价", "满意度", "残疾人满意度评价", "满意度测评", "残疾人评价结果", "残疾人评议")
    assessed_year: YearCell = heading("考核年度", "年度", "评估年度")
    assessment: Assessment = heading(
        "考核结果",
        "考核等次",
        "年终考核",
        "年度考核",
        "考核情况",
        "考核等级",
        "考核结果等次",
        "年度考核结果",
        "年终考核结果",
        "考核评价结果",
        "考核结论",
        "考核档次",
    )
    monthly_pay: MoneyCell = heading(
        "月工资",
        "月工资标准",
        "工资标准",
        "月补贴",
        "月补助",
        "月报酬",
        "工资",
        "月薪",
        "补贴标准",
        "发放标准",
        "月发放标准",
        "月生活补贴",
        "月津贴",
    )
    paid_months: MonthsCell = heading("发放月数", "月数", "发放月份", "发放时长", "享受月数", "补贴月数", "在岗月数", "应发月数")
    paid_total: MoneyCell = heading(
        "发放金额",
        "应发金额",
        "实发金额",
        "合计金额",
        "发放总额",
        "发放合计",
        "发放总金额",
        "补贴金额",
        "补贴总额",
        "补贴总金额",
        "补贴合计",
        "发放补贴金额",
        "实发补贴",
        "应发补贴",
        "发放工资总额",
        "实发工资",
        "累计发放金额",
    )
    funding: Funding = heading(
        "经费来源", "资金来源", "列支渠道", "经费渠道", "工资来源", "资金渠道", "经费来源渠道", "资金来源渠道", "发放渠道", "补贴资金来源"
    )
    trained: YesNo = heading("在线培训", "是否参加在线培训", "是否在线培训", "参加在线培训", "在线学习培训", "在线学习", "培训情况")
    mobile_skills: YesNo = heading(
        "移动终端应用",
        "互联网+应用能力",
        "移动终端应用能力",
        "移动终端使用",
        "掌握移动终端应用",
        "是否会用移动终端",
        "掌握互联网+应用",
        "互联网应用能力",
        "手机应用能力",
    )
    bank: TextCell = heading("开户行", "开户银行", "开户行名称", "开户行全称", "银行名称", "所属银行")
    account: AccountCell = heading(
        "银行账号", "银行卡号", "卡号", "一卡通账号", "银行账户", "账号", "一卡通号", "银行卡账号", "收款账号", "个人账号", "工资卡号"
    )
    phone: PhoneCell = heading(*shared.PHONE)
    remarks: TextCell = heading(*shared.REMARKS)
