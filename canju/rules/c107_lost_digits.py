"""C107: an ID or certificate number kept as a number: digits 16 and on are gone for good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from canju.ledgers.base import Ledger
from canju.rules.base import Case, fault
from canju.rules.digits import digits_left


def holder(record: Ledger, field: str, _: Mapping[str, Any]) -> dict[str, Any]:
    """The ID number that the certificate of the same row is built on, where it begins with the digits that are left."""
    certificate = record.value("certificate") if field == "id_number" else None
    if certificate is None or not certificate.holder.startswith(digits_left(record.raw(field))):
        return {}
    return {"suggestions": (str(certificate.holder),)}


fault(
    "C107",
    "lost-digits",
    severity="error",
    says="「{heading}」被存成了数字，第16位起的数字已丢失。{why|}",
    fix="请按证件（银行卡）重新录入全部号码，不要在原单元格上改格式。",
    doc="An ID or certificate number kept as a number: digits 16 and on are gone for good. They are suggested only from another text source.",
    wrong="5.22799E+17",
    right="522799196109161262（文本）",
    how="选中整列，右键“设置单元格格式—数字—文本”，确定后再逐个重新输入号码（先设文本、后输入，顺序不能反）。",
    hint=holder,
    cases=[
        Case(ledger="uncertified", id_number=5.22799199003074e17, hit="id_number", suggests=""),
        Case(
            ledger="commissioners",
            id_number=5.22799199003074e17,
            certificate="52279919900307451042",
            hit="id_number",
            suggests="522799199003074510",
        ),
        Case(ledger="commissioners", id_number=5.22799199003074e17, certificate="52279919910307451042", hit="id_number", suggests=""),
        Case(ledger="uncertified", id_number="522799199003074510"),
        Case(ledger="uncertified", id_number="5.22799E+17", hit="id_number"),
    ],
)
