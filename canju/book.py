"""The book: every town's records together, found by ledger, town, village and person. Rules between records read it."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from canju.ledgers import ledgers
from canju.ledgers.base import Ledger, Table
from canju.ledgers.certified import Certified
from canju.ledgers.commissioners import Commissioner
from canju.ledgers.delegates import Delegate
from canju.ledgers.feedback import Feedback
from canju.ledgers.groups import Group
from canju.ledgers.organizations import Organization
from canju.ledgers.shared import Person
from canju.ledgers.staffing import Staffing
from canju.ledgers.uncertified import Uncertified
from canju.model import Payment
from canju.workspace import Term, Village, Workspace

COUNTY = "县残联"
L = TypeVar("L", bound=Ledger)


class Book:
    """All tables of a round. `towns` in the workspace's order, others after them as they came."""

    def __init__(
        self, tables: Iterable[Table], workspace: Workspace, as_of: dt.date, problems: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        self.tables = list(tables)
        self.workspace = workspace
        self.as_of = as_of
        self.problems = dict(problems or {})

    @cached_property
    def _by_ledger(self) -> dict[str, list[Any]]:
        return {}

    def _of(self, key: str) -> list[Any]:
        """A ledger's records, made when first asked for."""
        if key not in self._by_ledger:
            self._by_ledger[key] = [record for table in self.tables if table.ledger.key == key for record in table.records]
        return self._by_ledger[key]

    @cached_property
    def _by_town(self) -> dict[tuple[str, str | None], list[Any]]:
        found: dict[tuple[str, str | None], list[Any]] = defaultdict(list)
        for table in self.tables:
            if table.town is not None:
                found[table.ledger.key, table.town] += table.records
            else:
                for record in table.records:
                    found[table.ledger.key, record.sender].append(record)
        return found

    @cached_property
    def _completeness(self) -> dict[tuple[str, tuple[str, ...]], dict[str | None, tuple[int, int]]]:
        return {}

    def complete(self, ledger: type[Ledger], fields: tuple[str, ...], town: str | None) -> tuple[int, int]:
        """How many of a town's rows of a ledger hold all of these fields, and how many rows there are."""
        key = (ledger.key, fields)
        if key not in self._completeness:
            found: dict[str | None, tuple[int, int]] = {}
            for table in self.tables:
                if table.ledger is ledger:
                    for sender, full, rows in _complete(table, fields):
                        before = found.get(sender, (0, 0))
                        found[sender] = (before[0] + full, before[1] + rows)
            self._completeness[key] = found
        return self._completeness[key].get(town, (0, 0))

    @cached_property
    def shared_ids(self) -> frozenset[str]:
        """The ID numbers that stand in more than one row, whatever the ledgers."""
        seen: set[str] = set()
        again: set[str] = set()
        for table in self.tables:
            if issubclass(table.ledger, Person):
                for number in table.values.get("id_number", ()):
                    (again if number in seen else seen).add(number)
        return frozenset(again - {None})

    @cached_property
    def _sharing(self) -> dict[type[Ledger], list[Any]]:
        found: dict[type[Ledger], list[Any]] = defaultdict(list)
        for table in self.tables if self.shared_ids else ():
            if issubclass(table.ledger, Person):
                numbers = enumerate(table.values.get("id_number", ()))
                found[table.ledger] += [table.record(index) for index, number in numbers if number in self.shared_ids]
        return found

    def sharing(self, ledger: type[L]) -> list[L]:
        """A ledger's records whose ID number stands in another row too; the others need not be made for it."""
        return self._sharing.get(ledger, [])

    def records(self, ledger: type[L], town: str | type[Any] | None = Any) -> list[L]:
        """A ledger's records, of one town where it is given (None: the county's own)."""
        if town is Any:
            return self._of(ledger.key)
        return self._by_town.get((ledger.key, town), [])  # type: ignore[arg-type]

    def in_village(self, ledger: type[L], town: str, names: Iterable[str]) -> list[L]:
        """A town's records of a ledger that name a village by one of these folded names."""
        key = (ledger.key, town)
        if key not in self._by_village:
            found: dict[str, list[Any]] = defaultdict(list)
            for record in self.records(ledger, town):
                if village := record.value("village"):
                    found[fold_village(village)].append(record)
            self._by_village[key] = found
        held = self._by_village[key]
        return [record for name in sorted(names) for record in held.get(name, ())]

    @cached_property
    def _by_village(self) -> dict[tuple[str, str], dict[str, list[Any]]]:
        return {}

    def came(self, ledger: type[Ledger], town: str | None) -> bool:
        """Whether a town sent this ledger: rows, or a nil return."""
        return any(
            (table.town == town and (table.nil or len(table) > 0))
            or (table.town is None and any(record.sender == town for record in table.records))
            for table in self.tables
            if table.ledger is ledger
        )

    def has(self, ledger: type[Ledger], town: str | None, name: str) -> bool:
        """Whether a town's ledger has the column (or the value derived from elsewhere)."""
        return any(
            (name in table.places or name in table.values) and self.belongs(table, town) for table in self.tables if table.ledger is ledger
        )

    def belongs(self, table: Table, town: str | None) -> bool:
        """Whether a table holds records that count for a town."""
        return table.town == town or (table.town is None and any(record.sender == town for record in table.records))

    @cached_property
    def towns(self) -> tuple[Town, ...]:
        """The county's towns: the workspace's, else those that sent something."""
        names: Iterable[str | None] = self.workspace.towns or (
            town
            for table in self.tables
            for town in ([table.town] if table.town is not None else [record.sender for record in table.records])
        )
        return tuple(Town(self, name) for name in dict.fromkeys(names) if name)

    @cached_property
    def county(self) -> County:
        """The county as a whole."""
        return County(self)

    @cached_property
    def by_id(self) -> dict[str, list[Person]]:
        """Records of persons by ID number, whatever the ledger."""
        found: dict[str, list[Person]] = defaultdict(list)
        for records in map(self._of, ledgers()):
            if records and isinstance(records[0], Person) and "id_number" in records[0].columns:
                for record in records:
                    if record.id_number is not None:
                        found[record.id_number].append(record)
        return found

    def active(self, record: Staffing | Commissioner) -> bool:
        """Whether someone is in post on the day of judgement: no leaving date, or a later one."""
        left = record.value("left")
        return left is None or left.last > self.as_of

    @cached_property
    def village_names(self) -> dict[str, set[str]]:
        """Every name a listed village goes by, by town; empty without a list."""
        found: dict[str, set[str]] = defaultdict(set)
        for village in self.workspace.village_list:
            found[village.town] |= {fold_village(name) for name in (village.name, *village.former)}
        return found


def _complete(table: Table, fields: Sequence[str]) -> Iterator[tuple[str | None, int, int]]:
    """Sender, rows that hold all fields, and rows; a table of no town row by row."""
    if table.town is None:
        for record in table.records:
            yield record.sender, all(record.value(name) is not None for name in fields), 1
        return
    columns = [table.values.get(name, ()) for name in fields]
    if not all(columns):
        yield table.town, 0, len(table)
    else:
        lacking = {index for column in columns if None in column for index, value in enumerate(column) if value is None}
        yield table.town, len(table) - len(lacking), len(table)


@lru_cache(maxsize=50_000)
def fold_village(name: str) -> str:
    """A village's name for comparison: 冠山社区居委会 and 冠山社区 are one, and so are 观音村 and 观音村村委会."""
    name = re.sub(r"\s|残协$|残疾人协会$", "", name)
    return re.sub(r"(村民委员会|居民委员会|村委会|居委会|委员会)$", "", name)


class County:
    """The county as a subject of the plan."""

    name = None

    def __init__(self, book: Book) -> None:
        self.book = book

    def records(self, ledger: type[L]) -> list[L]:
        """The county federation's own records: those no town sent."""
        return self.book.records(ledger, None)


class Town:
    """A town as a subject of the plan."""

    def __init__(self, book: Book, name: str) -> None:
        self.book, self.name = book, name

    def records(self, ledger: type[L]) -> list[L]:
        """The records that count for this town."""
        return self.book.records(ledger, self.name)

    @property
    def listed(self) -> tuple[VillageOf, ...]:
        """The villages that the workspace lists for this town."""
        return tuple(VillageOf(self.book, self, village) for village in self.book.workspace.villages_of(self.name))

    @property
    def villages(self) -> tuple[VillageOf, ...]:
        """The listed villages; without a list, those that its ledgers of posts and organisations name."""
        if listed := self.listed:
            return listed
        kinds: tuple[type[Ledger], ...] = (Organization, Commissioner, Staffing)
        names = {fold_village(name): name for ledger in kinds for record in self.records(ledger) if (name := record.value("village"))}
        return tuple(VillageOf(self.book, self, Village(self.name, name)) for name in sorted(names.values()))


class VillageOf:
    """A listed village as a subject of the plan."""

    def __init__(self, book: Book, town: Town, village: Village) -> None:
        self.book, self.town, self.village = book, town, village

    @property
    def name(self) -> str:
        """Its name in the list."""
        return self.village.name

    @property
    def names(self) -> set[str]:
        """All names it goes by, folded for comparison."""
        return {fold_village(name) for name in (self.village.name, *self.village.former)}

    @property
    def term(self) -> Term | None:
        """Its committee's term of office; None where unknown."""
        return self.book.workspace.term_of(self.village)

    def records(self, ledger: type[L]) -> list[L]:
        """The town's records that name this village."""
        return self.book.in_village(ledger, self.town.name, self.names)


@dataclass(eq=False, repr=False)
class Claim:
    """One commissioner's row beside what the plan makes due: S rules compare the two.

    `served` are the months of the period in this row's post, `due_months` their number, `due_amount` the yuan due to the person
    in all. `earlier` are the person's rows before this one that claim pay too, `covered` the months in any of those posts and
    this one; `last` is False where another claiming row follows. `ineligible` says why this kind is never paid.
    """

    book: Book
    record: Commissioner
    payment: Payment
    due_months: int
    due_amount: Decimal
    served: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()
    earlier: tuple[Commissioner, ...] = ()
    last: bool = True
    ineligible: str = ""

    @property
    def made(self) -> bool:
        """Whether the row claims pay."""
        return claims_pay(self.record)

    @property
    def amount(self) -> Decimal | None:
        """The yuan this row claims; None where it claims nothing that can be read."""
        return claimed(self.record)


def claims_pay(record: Commissioner) -> bool:
    """Whether a commissioner's row claims pay: months or a sum above 0; the monthly rate where the table has neither column."""
    if not {"paid_months", "paid_total"} & (record.table.places.keys() | record.table.values.keys()):
        return bool(record.monthly_pay)
    return bool(record.paid_months) or bool(record.paid_total)


def claimed(record: Commissioner) -> Decimal | None:
    """The yuan a row claims: its total, or months × rate where the total is blank; None where it cannot be told."""
    if record.paid_total is not None:
        return Decimal(record.paid_total)
    if record.shown("paid_total") or not record.paid_months or record.monthly_pay is None:
        return None
    return Decimal(record.paid_months) * Decimal(record.monthly_pay)


LedgerClasses: Sequence[type[Ledger]] = (Staffing, Commissioner, Uncertified, Group, Organization, Certified, Delegate, Feedback)
