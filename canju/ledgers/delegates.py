"""代表和主席团委员名册."""

from canju.ledgers import shared
from canju.ledgers.base import heading
from canju.ledgers.kinds import Body, Constituency, IdCell, NameCell, PhoneCell, SerialCell, Sex, TermCell, TextCell
from canju.ledgers.shared import Person


class Delegate(Person, key="delegates", title="代表和主席团委员名册", supplementary=True, identity=("id_number", "term", "body")):
    """One row a person and term."""

    serial: SerialCell = heading(*shared.SERIAL, derived=True)
    term: TermCell = heading("届次", "届别", required=True)
    body: Body = heading("类别", "代表类别", "机构", required=True)
    name: NameCell = heading(*shared.NAME, required=True)
    sex: Sex = heading(*shared.SEX)
    id_number: IdCell = heading(*shared.ID_NUMBER)
    constituency: Constituency = heading("代表类型", "身份类别", "代表身份", required=True)
    home_unit: TextCell = heading("工作单位及职务", "原工作单位及职务", "原单位", "工作单位", "单位及职务", "原工作单位", "工作单位及职位")
    phone: PhoneCell = heading(*shared.PHONE)
