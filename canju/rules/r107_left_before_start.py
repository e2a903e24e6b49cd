"""R107: a person leaves a post before taking it."""

from __future__ import annotations

from canju.ledgers.commissioners import Commissioner
from canju.plans import Plan
from canju.rules.base import Case, rule


@rule(
    "R107",
    "left-before-start",
    severity="error",
    reads=("left", "hired"),
    says="解聘时间{left}早于聘用时间{hired}。",
    fix="请与聘用、解聘文件核对后更正。",
    wrong="聘用时间 2010-05-06，解聘时间 2008-05-06",
    right="聘用时间 2008-05-06，解聘时间 2010-05-06",
    cases=[
        Case(hired="2016-03-01", left="2015-03-01", hit="left"),
        Case(hired="2016-03-01", left="2016-02", hit="left"),
        Case(hired="2016-03-01", left="2016-03-01"),
        Case(hired="2016-03-15", left="2016-03"),
        Case(hired="2016-03-01", left="2017"),
        Case(hired="2016-02-30", left="2015-03-01", unchecked=True),
        Case(hired="2016-03-01", left="", unchecked=True),
    ],
)
def left_before_start(person: Commissioner, _: Plan) -> bool:
    """Months in post would be negative, so no pay can be worked out. Days of one month, where only that is known, may be either way."""
    return bool(person.left < person.hired)
