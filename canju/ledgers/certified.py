"""持证残疾人名册."""

from collections.abc import Iterable

from canju.ledgers import shared
from canju.ledgers.base import heading
from canju.ledgers.kinds import (
    Category,
    CertificateCell,
    CertificateStatus,
    DayCell,
    Ethnicity,
    Grade,
    Hardship,
    IdCell,
    NameCell,
    Needs,
    PhoneCell,
    ResidentId,
    SerialCell,
    Sex,
    TextCell,
    TownCell,
    VillageCell,
    Visited,
    YesNo,
)
from canju.ledgers.shared import Person

GONE = frozenset({"注销", "迁出", "死亡"})
"""States of a certificate that stands no longer; 冻结 may be thawed."""


class Certified(Person, key="certified", title="持证残疾人名册", supplementary=True, identity=("id_number", "certificate")):
    """One row a certificate holder, as exported from the national system."""

    serial: SerialCell = heading(*shared.SERIAL, derived=True)
    town: TownCell = heading(*shared.TOWN, derived=True)
    village: VillageCell = heading(*shared.VILLAGE)
    place: TextCell = heading("村民小组", "自然村", "组", "小组", "组名", "村（居）民小组", "村（居）民组", "所在组")
    name: NameCell = heading(*shared.NAME, required=True)
    sex: Sex = heading(*shared.SEX)
    ethnicity: Ethnicity = heading(*shared.ETHNICITY)
    id_number: IdCell = heading(*shared.ID_NUMBER)
    certificate: CertificateCell = heading(*shared.CERTIFICATE, required=True)
    category: Category = heading(*shared.CATEGORY)
    grade: Grade = heading(*shared.GRADE)
    phone: PhoneCell = heading(*shared.PHONE)
    address: TextCell = heading(  # type: ignore[assignment]
        "家庭住址", "住址", "现住址", "家庭地址", "户籍地址", "居住地址", "家庭居住地址", "通讯地址", "家庭所在地", "户籍所在地", "现居住地"
    )
    issued: DayCell = heading("发证日期", "发证时间", "签发日期", "核发日期", "办证日期", "领证日期")
    valid_until: DayCell = heading(
        "有效期至", "有效期", "证件有效期", "有效期限", "有效期截止日期", "有效截止日期", "到期时间", "失效日期", future=True
    )
    status: CertificateStatus = heading("证件状态", "残疾证状态", "状态")
    hardship: Hardship = heading("困难类型", "特殊困难", "困难情况", "困难类别", "特殊困难类别", "困难情形", "特困类型")
    needs: Needs = heading("服务需求", "需求", "需求内容", "需求类别", "需求项目")
    arranged: Needs = heading("对接情况", "已落实服务", "已对接服务", "服务落实情况", "已对接服务内容", "需求对接情况")
    plan_made: YesNo = heading("一人一案", "是否一人一案", "是否建立一人一案", "一人一案建档")
    visited: Visited = heading("入户走访", "走访时间", "入户时间", "入户走访时间", "上门走访")

    @property
    def valid(self) -> bool:
        """Whether the certificate stands, as far as the roster says."""
        return self.status not in GONE


def standing(records: Iterable[Certified]) -> dict[ResidentId, Certified]:
    """The certified by ID number, also as their certificate tells it: of several rows of one person, one that stands comes first."""
    found: dict[ResidentId, Certified] = {}
    for record in records:
        holder = record.certificate.holder if record.id_number is None and record.certificate is not None else record.id_number
        if holder is not None and (holder not in found or (record.valid and not found[holder].valid)):
            found[holder] = record
    return found
