"""C202: the check digit (GB 11643, ISO 7064 MOD 11-2) does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from canju.ledgers.base import Ledger
from canju.ledgers.kinds import repairs
from canju.model import plain
from canju.rules.base import Case, fault


def guess(record: Ledger, field: str, _: Mapping[str, Any]) -> dict[str, Any]:
    """The digit or pair that may be wrong, told by the row's own birth date and sex."""
    places = repairs(plain(record.raw(field)), record.value("birth_date"), record.value("sex"))
    return {"guess": f"{'，或'.join(places)}。"} if places else {}


fault(
    "C202",
    "id-check-digit",
    severity="error",
    standard="GB 11643—1999《公民身份号码》",
    says="「{heading}」校验码不符，号码中有误。{guess|}",
    fix="请与身份证原件逐位核对后更正，不要按推测改。",
    doc="The check digit (GB 11643, ISO 7064 MOD 11-2) does not fit. The digit or pair that would mend it in accord with birth date and sex is told; never a whole number, for a valid wrong ID is worse than a faulty one.",
    wrong="522799196109161261（末位不符）",
    right="与身份证一致的号码",
    how="在单元格中双击，与身份证逐位核对；格式保持“文本”。",
    hint=guess,
    cases=[
        Case(ledger="uncertified", id_number="522799199003074511", hit="id_number"),
        Case(ledger="uncertified", birth_date="1990-03-07", sex="男", id_number="522799199003075410", hit="id_number", says="颠倒"),
        Case(ledger="uncertified", id_number="522799199003074510"),
        Case(ledger="uncertified", id_number="52279919900307457x"),
        Case(ledger="uncertified", id_number=""),
    ],
)
