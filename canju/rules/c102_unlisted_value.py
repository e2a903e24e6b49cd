"""C102: the word is not in the field's vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from canju.ledgers.base import Ledger
from canju.rules.base import Case, fault

FEW = 11
"""Vocabularies of so many words at most are told in full."""


def wanted(record: Ledger, field: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The words that may stand, where they are few and nothing else is said."""
    words = getattr(record.columns[field].type, "words", ())
    return {} if "why" in values or not 0 < len(words) <= FEW else {"why": f"应填{'、'.join(words)}。"}


fault(
    "C102",
    "unlisted-value",
    severity="error",
    says="「{heading}」不能填“{value}”。{why|请从规定的用词中选填。}",
    fix="请改为规定的用词。",
    doc="The word is not in the field's vocabulary. The nearest word is suggested, and a grade above four is told to be another scale.",
    wrong="残疾类别：残废",
    right="残疾类别：肢体",
    how="用模板的下拉框选填；或按 Ctrl+H 把该词一次替换为规定的用词。",
    hint=wanted,
    cases=[
        Case(ledger="uncertified", category="残废", hit="category", says="残废"),
        Case(ledger="uncertified", category="肢残"),
        Case(ledger="uncertified", grade="五级", hit="grade", says="工伤", suggests=""),
        Case(ledger="uncertified", grade="4"),
        Case(ledger="groups", place_kind="厂矿宿舍", hit="place_kind"),
        Case(ledger="uncertified", ethnicity="布衣族", hit="ethnicity", suggests="布依族"),
        Case(ledger="uncertified", ethnicity="布依"),
        Case(ledger="uncertified", category=""),
    ],
)
