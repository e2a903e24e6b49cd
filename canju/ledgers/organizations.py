"""组织建设台账."""

from canju.ledgers import shared
from canju.ledgers.base import Ledger, heading
from canju.ledgers.kinds import (
    BudgetCell,
    CountCell,
    Facility,
    NameCell,
    OrganizationLevel,
    RuleSets,
    SerialCell,
    TextCell,
    TownCell,
    VillageCell,
    YesNo,
)

RULE_SETS = ("需求调查", "入户走访", "志愿服务", "信访接待", "咨询服务", "档案管理")


class Organization(Ledger, key="organizations", title="组织建设台账", supplementary=True, identity=("organization",)):
    """One row an organisation."""

    serial: SerialCell = heading(*shared.SERIAL, derived=True)
    level: OrganizationLevel = heading("层级", "级别", required=True, derived=True)
    town: TownCell = heading(*shared.TOWN, derived=True)
    village: VillageCell = heading(*shared.VILLAGE)
    organization: TextCell = heading(
        "单位名称",
        "单位",
        "组织名称",
        "机构名称",
        "组织机构名称",
        "组织机构",
        "所在组织",
        "残联（残协）名称",
        "残联名称",
        "残协名称",
        "残疾人组织名称",
        "组织全称",
        required=True,
    )
    window: YesNo = heading("服务窗口", "是否有服务窗口", "窗口", "有无窗口")
    office: YesNo = heading("办公室", "办公场所", "办公用房", "是否有办公室", "办公场地", "办公地点")
    archives: YesNo = heading("档案归档", "档案是否归档", "是否归档", "档案资料归档", "档案整理归档")
    on_wall: YesNo = heading("制度上墙", "制度是否上墙")
    sign: YesNo = heading("挂牌", "是否挂牌", "是否挂牌子", "牌子")
    budgeted: YesNo = heading(
        "经费纳入预算",
        "经费是否纳入预算",
        "是否纳入预算",
        "是否纳入财政预算",
        "经费列入预算",
        "是否列入预算",
        "经费是否列入财政预算",
        "经费纳入财政预算",
    )
    budget_amount: BudgetCell = heading(
        "工作经费（万元）", "工作经费", "经费金额", "工作经费金额", "工作经费预算", "工作经费预算金额", "预算金额", "经费数"
    )
    facility: Facility = heading("服务阵地", "阵地名称", "阵地")
    rules: RuleSets = heading("规章制度", "六项制度", "制度建立情况", "制度建设情况")
    rule_surveys: YesNo = heading(RULE_SETS[0])
    rule_visits: YesNo = heading(RULE_SETS[1])
    rule_volunteers: YesNo = heading(RULE_SETS[2])
    rule_petitions: YesNo = heading(RULE_SETS[3])
    rule_advice: YesNo = heading(RULE_SETS[4])
    rule_archives: YesNo = heading(RULE_SETS[5])
    commissioners: CountCell = heading("专职委员数", "专职委员人数", "专委人数", "配备专职委员人数", "专职委员配备数", "专职委员")
    chair: NameCell = heading("主席姓名", "主席", "残协主席")
    remarks: TextCell = heading(*shared.REMARKS)
