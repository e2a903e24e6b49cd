"""组织人员配备台账."""

from canju.ledgers import shared
from canju.ledgers.base import heading
from canju.ledgers.kinds import (
    AgeCell,
    CertificateCell,
    CommitteePost,
    DayCell,
    Education,
    Ethnicity,
    IdCell,
    Mode,
    NameCell,
    OrganizationLevel,
    PhoneCell,
    PoliticalStatus,
    Post,
    SerialCell,
    Sex,
    TextCell,
    TownCell,
    VillageCell,
    YesNo,
)
from canju.ledgers.shared import Person


class Staffing(Person, key="staffing", title="组织人员配备台账", identity=("id_number", "post")):
    """One row a post-holder."""

    serial: SerialCell = heading(*shared.SERIAL, derived=True)
    level: OrganizationLevel = heading("层级", "级别", "所属层级", required=True, derived=True)
    organization: TextCell = heading(
        "单位名称",
        "单位",
        "组织名称",
        "所在单位",
        "组织机构",
        "所在组织",
        "机构名称",
        "残联（残协）名称",
        "所在残联（残协）",
        "残联名称",
        "残协名称",
        "残联组织名称",
        "组织全称",
        required=True,
    )
    town: TownCell = heading(*shared.TOWN, derived=True)
    village: VillageCell = heading(*shared.VILLAGE)
    name: NameCell = heading(*shared.NAME, required=True)
    sex: Sex = heading(*shared.SEX)
    ethnicity: Ethnicity = heading(*shared.ETHNICITY)
    id_number: IdCell = heading(*shared.ID_NUMBER, required=True)
    birth_date: DayCell = heading(*shared.BIRTH_DATE)
    age: AgeCell = heading(*shared.AGE)
    political_status: PoliticalStatus = heading(*shared.POLITICAL_STATUS)
    education: Education = heading(*shared.EDUCATION)
    post: Post = heading(
        "职务",
        "现任职务",
        "岗位",
        "残协职务",
        "担任职务",
        "职位",
        "任何职",
        "在残联任职",
        "残联任职",
        "残协任职",
        "残联职务",
        required=True,
    )
    mode: Mode = heading(
        "任职方式",
        "用工方式",
        "配备方式",
        "专兼挂",
        "专兼职",
        "专兼职情况",
        "专职/兼职/挂职",
        "专（兼、挂）职",
        "任职形式",
        "任职性质",
        "专兼挂职",
    )
    committee_post: CommitteePost = heading(
        "两委职务",
        "村两委职务",
        "是否两委成员",
        "在两委任职情况",
        "村（居）两委职务",
        "两委任职",
        "村（居）两委任职",
        "村两委任职",
        "在村两委任职",
        "是否村两委成员",
        "是否为村两委成员",
        "兼任两委职务",
        "担任两委职务",
        "在两委中职务",
        "村支两委职务",
    )
    home_unit: TextCell = heading(
        "原工作单位及职务",
        "原单位",
        "原工作单位",
        "原单位及职务",
        "原单位职务",
        "原工作单位职务",
        "原任职单位",
        "原单位名称及职务",
        "派出单位",
        "挂职前单位及职务",
        "挂职前工作单位及职务",
    )
    started: DayCell = heading(
        "任职时间", "任现职时间", "上任时间", "任职日期", "任职起始时间", "现任职务时间", "任现职务时间", "任该职时间", "到任时间"
    )
    term_end: DayCell = heading(
        "任期届满",
        "任期至",
        "到届时间",
        "届满时间",
        "任期届满时间",
        "任期结束时间",
        "任期截止时间",
        "任期到期时间",
        "届满日期",
        future=True,
    )
    detached: YesNo = heading(
        "是否脱钩",
        "是否脱产",
        "是否与原单位脱钩",
        "是否与原工作单位脱钩",
        "是否脱离原岗位",
        "是否脱离原单位工作",
        "是否脱离原单位",
        "是否完全脱钩",
        "是否脱岗",
    )
    disabled: YesNo = heading(*shared.DISABLED)
    certificate: CertificateCell = heading(*shared.CERTIFICATE)
    relative: YesNo = heading("是否残疾人亲友", "是否残疾人亲属", "是否亲友", "是否残疾人家属")
    phone: PhoneCell = heading(*shared.PHONE)
    remarks: TextCell = heading(*shared.REMARKS)
