"""What the clerk decided: read from 冲突 of an earlier book, found again by fingerprint, carried out, and listed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from canju.merging.merged import BOTH, CHOICES, DECLINED, DOUBTFUL, NEITHER, Conflict, Decision, Left, Row


def choice_of(text: str) -> str:
    """The choice a clerk's words mean; "" where they mean none: `采用A`, `a`, `都保留` are understood."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if re.fullmatch(r"(采用|以|用|选)?[AB](为准)?", text):
        return f"采用 {'A' if 'A' in text else 'B'}"
    if re.fullmatch(r"(两者|二者|两行|两个)?都?保留|都要|都采用", text):
        return BOTH
    return NEITHER if re.fullmatch(r"(两者|二者)?都不(要|采用|保留)", text) else ""


def replay(conflicts: Sequence[Conflict], decisions: Iterable[Decision]) -> tuple[list[Decision], list[str]]:
    """Carry out the decisions whose conflict still stands. Returns those whose conflict is gone, and sentences for the clerk."""
    held: dict[str, list[Conflict]] = {}
    for conflict in conflicts:
        held.setdefault(conflict.number.partition("-")[0], []).append(conflict)
    stale, said, done = [], [], 0
    for decision in decisions:
        choice = choice_of(decision.choice)
        if decision.choice.strip() and not choice:
            said.append(f"冲突表 {decision.number} 的处理意见看不懂，请填：{'、'.join(CHOICES)}。")
        fitting = held.get(decision.number.partition("-")[0], [])
        for conflict in fitting:
            conflict.remark = conflict.remark or decision.remark
            if choice:
                conflict.choice = _turned(choice, conflict.number != decision.number)
                done += 1
        if not fitting and choice:
            stale.append(decision)
    _spread(conflicts)
    for conflict in conflicts:
        if conflict.choice:
            carry_out(conflict)
    if done:
        said.append(f"已按冲突表中的处理意见处理{done}处。")
    return stale, said


def _spread(conflicts: Sequence[Conflict]) -> None:
    """A choice between two rows holds for every field in which they differ."""
    chosen = {(conflict.a, conflict.b): conflict.choice for conflict in conflicts if conflict.whole and conflict.choice}
    for conflict in conflicts if chosen else ():
        if conflict.whole and not conflict.choice:
            conflict.choice = chosen.get((conflict.a, conflict.b), "")


def _turned(choice: str, swapped: bool) -> str:
    """The choice for a conflict whose A and B stand the other way about than when it was decided."""
    if not swapped or choice in (BOTH, NEITHER):
        return choice
    return "采用 B" if choice == "采用 A" else "采用 A"


def carry_out(conflict: Conflict) -> None:
    """Take and leave rows, or put the chosen value in the other row's place."""
    wanted = {BOTH: (True, True), NEITHER: (False, False), "采用 A": (True, False), "采用 B": (False, True)}[conflict.choice]
    conflict.taken, conflict.why = conflict.choice, "按处理意见。"
    if conflict.whole:
        for row, take in zip((conflict.a, conflict.b), wanted, strict=True):
            _take(row) if take else _leave(row, conflict)
    elif conflict.choice == NEITHER:
        for row in (conflict.a, conflict.b):
            row.submission.states[row.position] = DOUBTFUL
    elif conflict.choice != BOTH:
        chosen, other = (conflict.a, conflict.b) if wanted[0] else (conflict.b, conflict.a)
        other.submission.decided[other.position, conflict.field] = chosen.record.value(conflict.field)


def _take(row: Row) -> None:
    row.submission.left.pop(row.position, None)


def _leave(row: Row, conflict: Conflict) -> None:
    row.submission.states.pop(row.position, None)
    row.submission.left[row.position] = Left(DECLINED, f"按冲突 {conflict.number} 的处理意见「{conflict.choice}」不采用。")
