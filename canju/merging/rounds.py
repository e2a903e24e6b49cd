"""Which submission of a town and ledger stands: files of one round are joined, a later submission takes an earlier one's place.

A table is replaced where most of its persons recur in later ones. Where a later table holds only some of them, it is a
correction: its rows take the place of the same persons' rows, and the rest stands.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from canju.ledgers.base import Ledger, Table
from canju.ledgers.commissioners import ASSESSED
from canju.merging.assessed import WHO, join
from canju.merging.merged import DECLINED, DOUBLE, REPLACED, Left, Origin, Row, Submission, by_folder
from canju.model import Finding

Pair = tuple[Row, Row]
LONG_AGO = dt.datetime(1, 1, 1)
MOVING = frozenset({"hired"})
"""Identity fields that a correction may well change: they do not make another person of somebody."""


def number(tables: Iterable[Table], origins: Mapping[str, Origin]) -> list[Submission]:
    """The tables as submissions, ordered by file; a table given twice counts once. The order of the call makes no difference."""
    submissions: list[Submission] = []
    seen: dict[tuple[object, ...], list[Table]] = defaultdict(list)
    for table in sorted(tables, key=lambda one: by_folder(one.file)):
        places = tuple(sorted(place.number for place in table.places.values()))
        mark = (table.ledger.key, table.file, table.sheet, table.heading_row, table.town, places)
        if any(other is table or other.cells == table.cells for other in seen[mark]):
            continue
        seen[mark].append(table)
        modified = origins[table.file].modified if table.file in origins else None
        submissions.append(Submission(len(submissions) + 1, table, modified=modified))
    _date(submissions)
    return submissions


def current(tables: Sequence[Table], origins: Mapping[str, Origin]) -> list[Table]:
    """The tables without what later submissions replaced: what rules between records and the plan are asked of.

    Doubles within a round stay. Where nothing was replaced, the very tables given come back, in their order.
    """
    return standing(tables, settled(tables, origins))


def settled(tables: Sequence[Table], origins: Mapping[str, Origin]) -> dict[int, Submission]:
    """The tables as submissions, each under its table's `id`, of which it is known what later ones replaced and what assessments brought."""
    submissions = number(tables, origins)
    given = {id(one.table): one for one in submissions}
    settle(submissions)
    return given


def standing(tables: Iterable[Table], given: Mapping[int, Submission]) -> list[Table]:
    """What `current` gives, of tables that are settled."""
    kept = []
    for table in tables:
        one = given.get(id(table))
        if one is None or not one.left:
            kept.append(one.table if one else table)
        elif len(one.left) < len(table):
            kept.append(_without(one.table, one.left))
    return kept


def _without(table: Table, gone: Container[int]) -> Table:
    """The table without some of its rows."""
    rows = [index for index in range(len(table)) if index not in gone]
    place = {index: position for position, index in enumerate(rows)}
    return replace(
        table,
        numbers=[table.numbers[index] for index in rows],
        cells=[table.cells[index] for index in rows],
        values={name: [column[index] for index in rows] for name, column in table.values.items()},
        unread={name: {place[index] for index in lost if index in place} for name, lost in table.unread.items()},
        brought={(place[index], name): held for (index, name), held in table.brought.items() if index in place},
        _records=None,
    )


def _date(submissions: Sequence[Submission]) -> None:
    """Each table's day: its own 填报日期, else that of the town's other tables in the file, else that of its other ledgers
    in the folder – another file of the same ledger may be a later one –, else the file's time."""
    days: dict[tuple[str, str | None], dict[str, dt.date]] = defaultdict(dict)
    for one in submissions:
        if one.table.submitted:
            for key in _batch(one):
                days[key][one.table.ledger.key] = max(days[key].get(one.table.ledger.key, dt.date.min), one.table.submitted)
    for one in submissions:
        file, folder = _batch(one)
        others = [day for ledger, day in days[folder].items() if ledger != one.table.ledger.key]
        batch = max(days[file].values(), default=max(others, default=None))
        one.day = one.table.submitted or batch or (one.modified.date() if one.modified else None)
        one.by = "填报日期" if one.table.submitted else "同批填报日期" if batch else "文件时间" if one.modified else ""


def _batch(submission: Submission) -> tuple[tuple[str, str | None], tuple[str, str | None]]:
    file, town = submission.table.file, submission.table.town
    return (file, town), (file.rpartition("/")[0] + "/", town)


def settle(submissions: Sequence[Submission]) -> list[Pair]:
    """Set aside what later submissions replace, then join what year-end assessments bring to the ledgers beside them.

    Returns the pairs (earlier row, later row) of corrections and undecided cases.
    """
    groups: dict[tuple[str, str | None, bool], list[Submission]] = defaultdict(list)
    for submission in submissions:
        groups[submission.key].append(submission)
    pairs: list[Pair] = []
    for group in groups.values():
        if len(group) > 1:
            pairs += _settle(sorted(group, key=_age))
    join(submissions)
    return pairs


def _age(submission: Submission) -> tuple[dt.date, dt.datetime, str, int]:
    return (submission.day or dt.date.min, submission.modified or LONG_AGO, submission.table.file, submission.number)


def _settle(group: list[Submission]) -> list[Pair]:
    """One town's tables of one ledger, oldest first."""
    pairs: list[Pair] = []
    marks = {one.number: _marks(one) for one in group}
    corrections: set[int] = set()
    for position, old in enumerate(group[:-1]):
        later = [new for new in group[position + 1 :] if _after(new, old) and not marks[new.number].isdisjoint(marks[old.number])]
        matched = _match(old, later) if later else {}
        if 2 * len(matched) > len(old.table) and old.number not in corrections:
            _replace(old, matched, later)
        elif corrected := {index: row for index, row in matched.items() if _later_day(row.submission, old)}:
            pairs += _correct(old, corrected)
            corrections |= {row.submission.number for row in corrected.values()}  # what they hold is never the whole
    _ask([one for one in group if len(one.left) < len(one.table)], marks)
    return pairs


def _marks(submission: Submission) -> set[object]:
    """Whatever tells the table's persons or places from others; two tables without a common mark have nobody in common."""
    found: set[object] = set()
    for record in submission.table.records:
        found |= {record.value("id_number"), identity(record), _loose(record)}
    return found - {None}


def _later_day(new: Submission, old: Submission) -> bool:
    """Whether a submission came on a later day: of another round, not of the same."""
    if new.day is None or old.day is None:
        return False
    if new.day == old.day and not (new.table.submitted and old.table.submitted) and new.modified and old.modified:
        return new.modified.date() > old.modified.date()
    return new.day > old.day


def _correct(old: Submission, corrected: Mapping[int, Row]) -> list[Pair]:
    """A correction that holds some rows only: they stand for the same persons' earlier rows."""
    for index, row in corrected.items():
        old.left[index] = Left(DOUBLE, f"{_said(row.submission)}对此人作了更正，以后报的为准。", True)
    old.note = f"其中{len(corrected)}行已由后报的更正。"
    return [(Row(old, index), row) for index, row in corrected.items()]


def _after(new: Submission, old: Submission) -> bool:
    """Whether one submission is later than another: by day, and within a day by the clock of the file."""
    if new.day is None or old.day is None:
        return False
    return (new.day, new.modified or LONG_AGO) > (old.day, old.modified or LONG_AGO)


def _replace(old: Submission, matched: Mapping[int, Row], later: Sequence[Submission]) -> None:
    """The whole table is replaced; who no longer appears is said to have been dropped by the town."""
    by = next(iter(matched.values())).submission
    for index in range(len(old.table)):
        if index in matched:
            old.left[index] = Left(DOUBLE, f"已由{_said(matched[index].submission)}取代。", True)
        else:
            old.left[index] = Left(REPLACED, f"{_said(by)}取代了这份台账，其中已没有这一行。", True)
    old.note = f"已由{_said(by)}取代。"
    names = {row.submission.number: row.submission for row in matched.values()}
    for submission in later:
        if submission.number in names:
            submission.note = submission.note or f"取代了{old.table.file}的这份台账。"


def _ask(standing: Sequence[Submission], marks: Mapping[int, set[object]]) -> None:
    """Two tables of the same persons whose order nothing tells: both stay joined, and the clerk is asked."""
    for position, one in enumerate(standing):
        for other in standing[position + 1 :]:
            if marks[one.number].isdisjoint(marks[other.number]) or _after(other, one) or one.table.file == other.table.file:
                continue
            if 2 * len(_match(one, [other])) > len(one.table):
                one.note = one.note or f"与{other.table.file}多数人员相同，先后无法判断：请在表上填写填报日期，或只留一份。"
                one.asked = True


def _said(submission: Submission) -> str:
    day = f"{submission.day.isoformat()}报送的" if submission.day else ""
    return f"{day}{submission.table.file}"


# --- what of a file's faults still counts --------------------------------------------------------


class Superseded:
    """Tells faults of cells, rows and sheets in whose place another submission speaks from those that still count.

    Of a row of an assessment sheet the assessment's own columns still count, and where the ledger has nobody for it, whom it names.
    """

    def __init__(self, submissions: Iterable[Submission]) -> None:
        self.counting: dict[tuple[str, str | None, int | None], frozenset[str]] = {}
        sheets: dict[tuple[str, str | None], bool] = {}
        for one in submissions:
            gone, place = one.superseded, (one.table.file, one.table.sheet)
            sheets[place] = sheets.get(place, True) and bool(gone) and len(gone) == len(one.table) and not one.table.assessment
            for index in gone:
                who = frozenset(WHO) if one.left[index].state == DECLINED else frozenset()
                self.counting[(*place, one.table.numbers[index])] = ASSESSED | who if one.table.assessment else frozenset()
        self.sheets = {place for place, whole in sheets.items() if whole}

    def __call__(self, fault: Finding) -> bool:
        """Whether the fault counts no longer."""
        file, sheet, row, _ = fault.address
        if (file, sheet) in self.sheets:
            return True
        fields = self.counting.get((file, sheet, row))
        return fields is not None and fault.field not in fields


# --- who is who ----------------------------------------------------------------------------------


def identity(record: Ledger) -> tuple[object, ...] | None:
    """What makes a row the same row in another file; None where a part of it is missing."""
    values = tuple(record.value(name) for name in record.identity if name not in MOVING)
    first = values[0] if values else None
    if first is None and len(values) > 1 and "id_number" not in record.identity:
        return values if any(value is not None for value in values) else None
    return values if first is not None else None


def _loose(record: Ledger) -> tuple[object, ...] | None:
    """A person by name, village and place, for rows whose ID is missing, unreadable or corrected."""
    name = record.value("name")
    return (name, record.value("village"), record.value("place"), record.value("post")) if name else None


def _match(old: Submission, later: Sequence[Submission]) -> dict[int, Row]:
    """For rows of an earlier table, the row of the latest table that speaks of the same person or place."""
    exact: dict[object, Row] = {}
    persons: dict[object, list[Row]] = defaultdict(list)
    loose: dict[object, list[Row]] = defaultdict(list)
    for submission in later:
        for index, record in enumerate(submission.table.records):
            row = Row(submission, index)
            if (key := identity(record)) is not None:
                exact[key] = row
            if (number := record.value("id_number")) is not None:
                persons[number].append(row)
            if (mark := _loose(record)) is not None:
                loose[mark].append(row)
    counts: dict[object, int] = defaultdict(int)
    for record in old.table.records:
        counts[record.value("id_number")] += 1
    found: dict[int, Row] = {}
    for index, record in enumerate(old.table.records):
        number = record.value("id_number")
        hit: Row | None = exact.get(identity(record) or ())
        if hit is None and number is not None and counts[number] == 1 and len(persons[number]) == 1:
            hit = persons[number][0]
        if hit is None and len(named := loose.get(_loose(record) or (), [])) == 1:
            other = named[0].record.value("id_number")
            hit = named[0] if number is None or other is None else None
        if hit is not None:
            found[index] = hit
    return found
