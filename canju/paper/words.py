"""The towns' own words from their feedback sheets, each with its town; nobody's number or name is let through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from canju.ledgers.feedback import Feedback
from canju.ledgers.shared import Person
from canju.masking import mask_name, mask_text
from canju.paper.inputs import Block, Inputs, numbers
from canju.patterns import pattern

LONGEST = 500
"""Characters of one entry that the paper takes over (what is longer is queried as C114); the rest is for the clerk to choose from."""
_ENDS = pattern(r"[。；;！!？?：:，,、…]$")
_WIDE_GAP = pattern(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")

_NUMBER = pattern(r"[（(]?(?=[\d*-]*\d)[\dXx-]*\*{2,}[\dXx]*[）)]?")
"""What masking leaves of somebody's number: half of it tells the reader of a paper nothing, and something of the person."""


def towns_words(inputs: Inputs, kind: str) -> Iterator[Block]:
    """A paragraph an entry of this kind (成功做法, 困难问题 …), the towns in the plan's order; its tag holds when another town's goes."""
    order = {town.name: place for place, town in enumerate(inputs.book.towns)}
    told = [one for one in inputs.book.records(Feedback) if one.kind == kind and one.text]
    entries = [(one.sender, one) for one in told if one.sender]
    count: Counter[str] = Counter()
    for town, record in sorted(entries, key=lambda entry: order.get(entry[0], len(order))):
        text = nameless(inputs, in_one_line(record.text), record.sender)
        count[town] += 1
        tag = f"words.{kind}.{town}.{count[town]}"
        said = numbers(inputs, tag, text, f"{town}工作情况反馈的原文", [record.address("text")])
        yield Block("正文", f"{town}反映：{said}{'' if said.endswith('……') else '。'}", tag)
    if lost := len(told) - len(entries):  # whose words they are is not guessed
        yield Block("正文", f"【待核实：有{lost}条{kind}看不出是哪个镇（街道）的，核实后再写入】", f"words.{kind}.unnamed")


def in_one_line(text: str) -> str:
    """An entry as one sentence of a paper: its lines joined, without the blanks between characters and without its full stop.

    What is too long ends with the last sentence that fits, and with ……, so that nobody takes the part for the whole.
    """
    lines = [_WIDE_GAP.sub("", " ".join(line.split())) for line in text.splitlines() if line.strip()]
    whole = "".join(line if _ENDS.search(line) or line is lines[-1] else f"{line}；" for line in lines)
    if len(whole) <= LONGEST:
        return whole.rstrip("。；;，, ")
    part = whole[:LONGEST]
    return part[: max(part.rfind(sign) for sign in "。；;") + 1 or LONGEST] + "……"


def nameless(inputs: Inputs, text: str, town: str | None) -> str:
    """A free text without numbers of persons and without the names of those in the ledgers of the town and the county."""
    text = _NUMBER.sub("（号码略）", mask_text(text))
    for name in sorted(_names(inputs, town), key=lambda name: (-len(name), name)):
        if name in text:
            text = text.replace(name, mask_name(name))
    return text


def _names(inputs: Inputs, town: str | None) -> set[str]:
    found = set()
    for table in inputs.book.tables:
        for record in table.records if issubclass(table.ledger, Person) or "name" in table.ledger.columns else ():
            name = record.value("name")
            if name and len(name) >= 2 and record.sender in (None, town):
                found.add(name)
        if issubclass(table.ledger, Feedback):
            found |= {record.contact for record in table.records if record.contact and len(record.contact) >= 2}
    return found
