"""Who may see what of a person: the profiles of personal data, and how a value is masked under each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from canju.model import Personal
from canju.patterns import pattern

Profile = Literal["full", "town", "internal", "public"]
"""`town` is for a town's own file: its people by name, their numbers masked."""

_DIGITS = r"\d[\d\u200b-\u200f\u2060\ufeff]{10,}(?:B\d|[Xx×Ｘｘ])?"
_LONG = pattern(rf"(?<!\d){_DIGITS}")
"""Any run of eleven digits and more, full-width and with invisible signs between: no figure of a ledger is as long."""
_SPACED_ID = pattern(
    r"(?<!\d)\d{6}[ \u3000\u00a0_.·-]{0,2}(?:18|19|20)\d{2}[ \u3000\u00a0_./·-]?\d{2}[ \u3000\u00a0_./·-]?\d{2}[ \u3000\u00a0_.·-]{0,2}\d{3}[ -]?[\dXx×Ｘｘ](?!\d)"
)
_SPACED_NUMBER = pattern(r"(?<!\d)\d{3,4}(?:[ \u3000\u00a0-]\d{4}){2,6}(?:[ \u3000\u00a0-]\d{1,3})?(?!\d)")
_YEARS = pattern(r"(?:(?:19|20)\d{2}\D?)+")
_LANDLINE = pattern(r"(?<!\d)(0\d{2,3}[-－—])(\d{3,4})(\d{4})(?!\d)")
_OWN_ID = pattern(r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
_FOREIGN = pattern(r"[^\s·*]")


def mask_name(name: str) -> str:
    """张三 → 张*, 张小三 → 张*三; longer names keep their first and last character."""
    name = name.strip()
    if len(name) <= 1:
        return name
    return f"{name[0]}*" if len(name) == 2 else f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def mask_id(text: str) -> str:
    """The first six and the last four characters stay: 522730********1236."""
    return "*" * len(text) if len(text) < 11 else f"{text[:6]}{'*' * (len(text) - 10)}{text[-4:]}"


def mask_certificate(text: str) -> str:
    """The holder's ID as in mask_id, without category and grade."""
    return mask_id(text[:18])


def mask_phone(text: str) -> str:
    """139****2345; several numbers one by one."""
    text = _SPACED_NUMBER.sub(lambda m: re.sub(r"\D", "", m[0]), text)
    text = _LANDLINE.sub(lambda m: f"{m[1]}{'*' * len(m[2])}{m[3]}", text)
    return re.sub(r"\d{7,}", lambda m: f"{m[0][:3]}{'*' * (len(m[0]) - 7)}{m[0][-4:]}", text)


def mask_account(text: str) -> str:
    """The last four digits stay."""
    return "*" * max(0, len(text) - 4) + text[-4:] if len(text) > 4 else "*" * len(text)


def mask_text(text: str) -> str:
    """Free text with whatever looks like an ID, a certificate, an account or a telephone number masked."""
    text = _SPACED_ID.sub(lambda m: _masked_digits(re.sub(r"[^\dXx×Ｘｘ]", "", m[0])), text)
    text = _SPACED_NUMBER.sub(lambda m: m[0] if _YEARS.fullmatch(m[0]) else _masked_digits(re.sub(r"\D", "", m[0])), text)
    text = _LONG.sub(lambda m: _masked_digits(re.sub(r"[\u200b-\u200f\u2060\ufeff]", "", m[0])), text)
    return _LANDLINE.sub(lambda m: f"{m[1]}{'*' * len(m[2])}{m[3]}", text)


def mask_path(text: str) -> str:
    """A file's or a sheet's name with the ID numbers in it masked; other numbers, such as days and times, stay."""
    return _OWN_ID.sub(lambda m: mask_id(m[0]), text)


def _masked_digits(text: str) -> str:
    """A long number by its length: a telephone, an ID or account, a certificate without category and grade."""
    if len(text) < 15:
        return mask_phone(text) if len(text) < 13 else mask_account(text)
    return mask_id(text[:18]) if 20 <= len(text) <= 23 else mask_id(text)


_MASKS = {
    "name": mask_name,
    "id": mask_id,
    "certificate": mask_certificate,
    "phone": mask_phone,
    "account": mask_account,
    "text": mask_text,
}
_PUBLIC = frozenset({"id", "certificate", "phone", "account"})


def show(value: Any, profile: Profile = "internal") -> str:
    """A value as this profile may see it; what is not wrapped as Personal is shown as it stands."""
    if not isinstance(value, Personal):
        return str(value)
    if profile == "full" or (profile == "town" and value.kind == "name"):
        return value.text
    if profile == "public" and value.kind in _PUBLIC:
        return "（不公开）"
    return _MASKS[value.kind](value.text)


def sentence(template: str, values: Mapping[str, Any], profile: Profile = "internal") -> str:
    """A rule's sentence with its values filled in. `{why|words}` reads `words` where no `why` was given; the rest stays empty."""

    def fill(found: re.Match[str]) -> str:
        value = values.get(found[1])
        return found[2] or "" if value is None or value == "" else show(value, profile)

    return re.sub(r"\{(\w+)(?:\|([^{}]*))?\}", fill, template)
