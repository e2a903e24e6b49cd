"""What a ledger is: columns declared one a line, tables of records as understood, each value one step from its cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import itemgetter
from typing import Any, ClassVar, NamedTuple, Protocol, Self

from canju.ledgers.packing import Rows, full, lean
from canju.model import Address, Raw, plain

# --- value types ---------------------------------------------------------------------------------


class Clue(NamedTuple):
    """What a value type may know beside the cell: its number format, whether days count from 1904, the day of judgement."""

    format: str = "General"
    date1904: bool = False
    as_of: dt.date = dt.date.max


class CellFault(NamedTuple):
    """A fault inside one cell: the rule's code, what fills its sentence, and repairs that may be offered."""

    rule: str
    values: Mapping[str, Any] = {}
    suggestions: tuple[str, ...] = ()


class Read(NamedTuple):
    """One cell understood: the value (None where blank or unreadable), its faults, and text that belongs in the remarks."""

    value: Any = None
    faults: tuple[CellFault, ...] = ()
    blank: bool = False
    remark: str = ""


BLANK = Read(blank=True)


class ValueType(Protocol):
    """What makes a cell of one kind right. `word` names the kind in Chinese; `personal` says how it is masked."""

    word: str
    personal: str

    def read(self, raw: Raw, clue: Clue) -> Read:
        """The cell as understood; never raises."""
        ...

    def plainly(self, raw: Raw, clue: Clue) -> Any:
        """The value of a cell in the kind's plainest spelling, told at once; None leaves it to `read`, which says the same."""
        ...

    def show(self, value: Any) -> str:
        """The value in its canonical spelling."""
        ...

    def likely(self, raw: Raw) -> bool:
        """Whether a cell looks like this kind: settles which column a bare heading means."""
        ...

    def __hash__(self) -> int: ...


# --- columns -------------------------------------------------------------------------------------


class Column(NamedTuple):
    """One column of a ledger: its headings, official one first, and whether it must be there and filled.

    `required` columns are F203 when missing and C101 when blank, unless `derived` says they may come from elsewhere;
    `unless` names a test of the record and the day of judgement that lets a blank stand. `future` allows days after the day of judgement.
    """

    headings: tuple[str, ...]
    required: bool = False
    derived: bool = False
    future: bool = False
    unless: Callable[[Any, dt.date], bool] | None = None
    name: str = ""
    type: ValueType = None  # type: ignore[assignment]  # set when the ledger class is made

    @property
    def title(self) -> str:
        """The official heading."""
        return self.headings[0]


def heading(
    official: str,
    *others: str,
    required: bool = False,
    derived: bool = False,
    future: bool = False,
    unless: Callable[[Any, dt.date], bool] | None = None,
) -> Any:
    """A column under these headings; the annotation beside it gives the value type."""
    return Column((official, *others), required, derived, future, unless)


# --- tables and records --------------------------------------------------------------------------


class Place(NamedTuple):
    """Where a field stands in a table: column letter, 1-based number, and the heading as sent."""

    letter: str
    number: int
    heading: str


class Skipped(NamedTuple):
    """A row that is no record, and why: title, heading, repeated-heading, numbers, subtitle, subtotal, total, note, example, blank, nil."""

    row: int
    why: str
    text: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Table:
    """One ledger as found on a sheet: where it came from, its columns, and its records' values, column by column.

    `town` is the town that sent it (None for the county's own). `cells` are the record rows as sent, `numbers` their row
    numbers. `values[field]` has one value a record; a field without a column may be there too where it was derived.
    `assessment` marks a year-end 考核表, whose people are those of the ledger beside it; `brought` holds, by position and field,
    cells that came by such a sheet: as sent, and where.
    """

    ledger: type[Ledger]
    file: str
    sheet: str
    heading_row: int
    town: str | None = None
    places: dict[str, Place] = field(default_factory=dict)
    unknown: list[Place] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    cells: Sequence[list[Raw]] = field(default_factory=list)
    values: dict[str, list[Any]] = field(default_factory=dict)
    unread: dict[str, set[int]] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    nil: bool = False
    nil_villages: tuple[str, ...] = ()
    submitted: dt.date | None = None
    origins: list[tuple[str, str, int]] | None = None
    by_column: dict[str, str] = field(default_factory=dict)
    assessment: bool = False
    brought: dict[tuple[int, str], tuple[Raw, Address]] = field(default_factory=dict)
    _records: list[Any] | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def records(self) -> list[Any]:
        """The records, made once: each a tuple of values that knows its table and position."""
        if self._records is None:
            columns = [self.values.get(name) or repeat(None) for name in self.ledger.columns]
            rows = zip(repeat(self), range(len(self.numbers)), *columns, strict=False)
            self._records = list(map(tuple.__new__, repeat(self.ledger), rows))
        return self._records

    def record(self, index: int) -> Any:
        """One record, without making those that nobody asks for."""
        if self._records is not None:
            return self._records[index]
        columns = (self.values.get(name) for name in self.ledger.columns)
        return self.ledger.of_row((self, index, *(column[index] if column else None for column in columns)))

    def has(self, name: str) -> bool:
        """Whether the table has the column, or values for it from elsewhere."""
        return name in self.places or name in self.values

    def raw(self, index: int, name: str) -> Raw:
        """The cell as sent, or None where the table has no such column."""
        if (index, name) in self.brought:
            return self.brought[index, name][0]
        place = self.places.get(name)
        row = self.cells[index]
        return row[place.number - 1] if place and place.number <= len(row) else None

    def address(self, index: int | None = None, name: str | None = None) -> Address:
        """Where a record (and field) stands; a book's row leads to the file it first came from."""
        if index is not None and name and (index, name) in self.brought:
            return self.brought[index, name][1]
        place = self.places.get(name) if name else None
        if index is not None and self.origins is not None:
            file, sheet, row = self.origins[index]
            return Address(file, sheet, row, self.by_column.get(f"{file}\n{sheet}\n{name}"))
        return Address(self.file, self.sheet, None if index is None else self.numbers[index], place.letter if place else None)

    def __getstate__(self) -> tuple[Any, ...]:
        state = {name: getattr(self, name) for name in self.__slots__[:-1]}
        state["cells"] = Rows(self.cells)
        state["values"] = {name: lean(column) for name, column in self.values.items()}
        return tuple(state.values())

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        for name, value in zip(self.__slots__[:-1], state, strict=True):
            setattr(self, name, value)
        self.values = {name: full(column) for name, column in self.values.items()}
        self._records = None


class Ledger(tuple[Any, ...]):
    """A record: a row as understood. Subclasses declare the columns; a blank or unreadable field is None.

    `columns` maps field to Column in official order; `key` is the ledger's English name, `title` its Chinese one.
    """

    __slots__ = ()
    key: ClassVar[str] = ""
    title: ClassVar[str] = ""
    supplementary: ClassVar[bool] = False
    identity: ClassVar[tuple[str, ...]] = ("id_number",)
    columns: ClassVar[dict[str, Column]] = {}
    slots: ClassVar[dict[str, int]] = {}

    def __init_subclass__(
        cls, key: str = "", title: str = "", supplementary: bool = False, identity: Sequence[str] = ("id_number",)
    ) -> None:
        """Collect the columns in the order written; each becomes a property over the tuple.

        Annotations are taken as they stand: a ledger's file doesn't import them from `__future__`, for as text each would have to
        be compiled at every start.
        """
        if not key:
            return
        cls.key, cls.title, cls.supplementary, cls.identity = key, title, supplementary, tuple(identity)
        cls.columns = {}
        for name, column in list(vars(cls).items()):
            if isinstance(column, Column):
                kind = cls.__annotations__[name].__metadata__[0]
                cls.columns[name] = column._replace(name=name, type=kind)
                if name in vars(Ledger):
                    delattr(cls, name)  # 家庭住址 is a column too: record.address() stays, record.value("address") gives the field
                else:
                    setattr(cls, name, property(itemgetter(len(cls.columns) + 1), doc=column.title))
        cls.slots = {name: position for position, name in enumerate(cls.columns, 2)}

    @classmethod
    def of_row(cls, values: tuple[Any, ...]) -> Self:
        """A record over (table, index, value, value …)."""
        return tuple.__new__(cls, values)

    @classmethod
    def of(cls, table: Table | None = None, index: int = 0, **values: Any) -> Self:
        """A record with these fields only: for cases and tests."""
        table = table or Table(cls, "", "", 0, numbers=[index + 1], cells=[[]])
        return cls.of_row((table, index, *(values.get(name) for name in cls.columns)))

    @property
    def table(self) -> Table:
        """The table the record stands in."""
        return self[0]  # type: ignore[no-any-return]

    @property
    def index(self) -> int:  # type: ignore[override]
        """The record's position in its table."""
        return self[1]  # type: ignore[no-any-return]

    @property
    def row(self) -> int:
        """The row number as a spreadsheet shows it."""
        return self.table.numbers[self.index]

    @property
    def sender(self) -> str | None:
        """The town under which the record counts: the one that sent the table, else the row's own."""
        return self.table.town or getattr(self, "town", None)

    def value(self, name: str) -> Any:
        """A field by name; None where this ledger has no such field."""
        slot = self.slots.get(name)
        return None if slot is None else self[slot]

    def raw(self, name: str) -> Raw:
        """The cell as sent."""
        return self.table.raw(self.index, name)

    def shown(self, name: str) -> str:
        """The field in canonical spelling; the cell's own text where it could not be read; "" where blank."""
        value = self.value(name)
        if value is not None:
            return self.columns[name].type.show(value)
        return plain(self.raw(name)) if self.index in self.table.unread.get(name, ()) else ""

    def address(self, name: str | None = None) -> Address:
        """Where the record, or one of its cells, stands."""
        return self.table.address(self.index, name)

    def items(self) -> Iterator[tuple[str, Any]]:
        """Field and value, in official order."""
        return zip(self.columns, self[2:], strict=True)

    @property
    def subject(self) -> str:
        """What the record is about: a name, a place or an organisation; "" where none is given."""
        for name in ("name", "place", "organization", "text"):
            if value := self.value(name):
                return str(value)
        return ""

    @staticmethod
    def known_by(names: Sequence[str]) -> int:
        """Among these fields the position of that by which people know a row: a name, a place or an organisation; 0 without one."""
        return next((names.index(one) for one in ("name", "place", "organization") if one in names), 0)

    def __repr__(self) -> str:
        return f"<{self.key} row {self.index}>"  # never a value: a traceback must not show one

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other
