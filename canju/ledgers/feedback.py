"""工作情况反馈."""

from canju.ledgers import shared
from canju.ledgers.base import Ledger, heading
from canju.ledgers.kinds import FeedbackKind, NameCell, PhoneCell, SerialCell, TextCell, TownCell


class Feedback(Ledger, key="feedback", title="工作情况反馈", supplementary=True, identity=("kind", "text")):
    """A few rows a town: what went well, what is hard, what it proposes, in its own words."""

    serial: SerialCell = heading(*shared.SERIAL, derived=True)
    town: TownCell = heading(*shared.TOWN, required=True, derived=True)
    kind: FeedbackKind = heading("类别", "内容类型", required=True)
    text: TextCell = heading("内容", "具体内容", "情况说明", required=True)
    contact: NameCell = heading("联系人")
    phone: PhoneCell = heading(*shared.PHONE)
