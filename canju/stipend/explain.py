"""One person's calculation, step by step, each with its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from canju.masking import Profile, mask_name, mask_text
from canju.model import STIPEND_STATUS_WORDS, Address, Payment, Refusal


def explain(payments: Sequence[Payment], wanted: str, profile: Profile = "internal") -> list[str]:
    """The lines that explain everybody of this name, or the row given as 7, Sheet1!7 or file!sheet!7.

    A Refusal where nobody fits, or where a name is only partly given.
    """
    found = [payment for payment in payments if _fits(payment, wanted.strip())]
    if not found:
        raise Refusal("专职委员台账里没有这个人：请核对姓名是否写全、写对，或写行号（例 7，或 文件!工作表!7）。")
    lines: list[str] = []
    for payment in found:
        name = payment.name if profile == "full" else mask_name(payment.name)
        place = payment.town + payment.village or "县残联"
        lines += [f"{name or '（缺姓名）'}（{place}）：{STIPEND_STATUS_WORDS[payment.status]}，{payment.amount}元"]
        lines += [f"  {number}. {step}" for number, step in enumerate(payment.steps, start=1)]
        lines += [f"  注：{payment.note}"] if payment.note else []
    return lines if profile == "full" else [mask_text(line) for line in lines]


def _fits(payment: Payment, wanted: str) -> bool:
    if wanted and wanted == payment.name:
        return True
    found = re.fullmatch(r"(?:(.*)!)?第?[A-Za-z]*(\d+)行?", wanted)
    return bool(found) and any(_is_row(source, found[1] or "", int(found[2])) for source in (payment.source, *payment.sources))  # type: ignore[index]


def _is_row(source: Address, place: str, row: int) -> bool:
    """Whether a row is the one meant; the place may leave out the file, or its folder."""
    if source.row != row:
        return False
    parts = [part for part in place.split("!") if part]
    held = [part for part in (source.file, source.sheet) if part]
    return all(any(one == part or one.rsplit("/", 1)[-1] == part for one in held) for part in parts)
