"""The words that pass between stages: cells and sheets as sent, faults and findings, verdicts and payments.

Everything here is a plain record. This module imports nothing of canju, so that every stage may use it; nor annotations from
`__future__`, for a NamedTuple compiles each that is text, at every start.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from canju.refusal import Refusal as Refusal

Severity = Literal["error", "query", "note"]
Status = Literal["met", "unmet", "unknown", "not_applicable", "progress"]
Coverage = Literal["passed", "found", "not_checked", "not_applicable"]

SEVERITIES: tuple[Severity, ...] = ("error", "query", "note")
SEVERITY_WORDS: Mapping[str, str] = {"error": "错误", "query": "核实", "note": "提示"}
STATUS_WORDS: Mapping[str, str] = {
    "met": "已落实",
    "unmet": "未落实",
    "progress": "推进中",
    "unknown": "待核实",
    "not_applicable": "不涉及",
}

OUTPUT_MARK = "canju-output"
"""Stands in the properties of what the program writes for nobody to fill in – rosters, notices, papers –, so that it is never taken
for a submission."""
SOURCES = "来源"
"""The sheet by which a county book is known."""


# --- cells and sheets, as sent -------------------------------------------------------------------


class ErrorValue(NamedTuple):
    """A spreadsheet error that stands in a cell, such as `#REF!`."""

    text: str


class Uncalculated(NamedTuple):
    """A formula whose result was never stored; `text` is the formula without its `=`."""

    text: str


Raw = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | ErrorValue | Uncalculated | None
"""A cell as the file holds it. Numbers whose format shows leading zeros come as text."""


def plain(raw: Raw) -> str:
    """A cell as text: whole numbers without `.0`, days as 2019-09-25, errors and formulas as they read."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    if isinstance(raw, dt.datetime):
        return raw.date().isoformat() if raw.time() == dt.time() else raw.isoformat(" ")
    if isinstance(raw, Uncalculated):
        return "=" + raw.text
    return raw.text if isinstance(raw, ErrorValue) else str(raw)


@lru_cache(maxsize=20_000)
def letters(column: int) -> str:
    """The letters of a 1-based column number: 1 → A, 27 → AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """The 1-based number of a column: A → 1, AA → 27; 0 for what is no column."""
    number = 0
    for sign in letters.upper():
        if not "A" <= sign <= "Z":
            return 0
        number = number * 26 + ord(sign) - 64
    return number


def corner(reference: str) -> tuple[int, int]:
    """Row and column of `B17` or `$B$17`, 1-based; zeros for what isn't given (`B:B`) or isn't an address."""
    reference = reference.replace("$", "").strip()
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    return (int(digits) if digits and len(digits) < 9 else 0, column_number(letters) if letters else 0)


class Address(NamedTuple):
    """Where something stands: `sheet` is "" in a CSV and None for a whole file; row and column as a spreadsheet shows them."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    @property
    def cell(self) -> str | None:
        """`C17`, or None where it is not a single cell."""
        return f"{self.column}{self.row}" if self.row and self.column else None

    def __str__(self) -> str:
        place = self.cell or (f"第{self.row}行" if self.row else f"{self.column}列" if self.column else "")
        return "!".join(part for part in (self.file, self.sheet, place) if part)


class Merge(NamedTuple):
    """A merged range, 1-based and inclusive; its value stands at the top left."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True, eq=False, repr=False)
class Sheet:
    """One sheet as read. `rows[0]` is spreadsheet row 1 and `rows[r][0]` column A; rows may be short: what is missing is blank.

    `name` is "" for text files. `formats` holds number formats of numeric cells other than General, by (row, column),
    1-based. `disputes` lists cells on which two readers disagreed, with both texts. `lead` are the lines that stand before
    the first row and in no cell, as a Word paper has them above its tables. `righted` are rows of a text file that were
    cut otherwise than the rest, and set right.
    """

    name: str
    rows: list[list[Raw]]
    hidden: bool = False
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    disputes: list[tuple[int, int, str, str]] = field(default_factory=list)
    lead: tuple[str, ...] = ()
    righted: tuple[int, ...] = ()


class Fault(NamedTuple):
    """Something wrong, as a stage found it; the catalogue turns it into a Finding.

    `values` fill the rule's sentence; `why` replaces the sentence's generic part where a rule has several causes.
    """

    rule: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    values: Mapping[str, Any] = {}
    suggestions: tuple[str, ...] = ()
    related: tuple[Address, ...] = ()
    field: str | None = None


@dataclass(slots=True, eq=False, repr=False)
class Workbook:
    """One file as read: its sheets, how it was read, and what was wrong with it.

    `file` is the path relative to the path given, with `/`; a zip's member is `a.zip/b.xlsx`. `status` is `unread` where
    nothing of it can be used, `partly` where some sheet could not be. `path` is the file to open again (None inside a zip).
    """

    file: str
    sha256: str = ""
    status: Literal["read", "partly", "unread"] = "read"
    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    quote: str = ""
    sheets: list[Sheet] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    date1904: bool = False
    modified: dt.datetime | None = None
    path: str | None = None
    stamp: Mapping[str, str] = field(default_factory=dict)


# --- findings ------------------------------------------------------------------------------------


class Personal(NamedTuple):
    """A value that is masked unless the reader may see it; `kind` says how."""

    kind: Literal["name", "id", "certificate", "phone", "account", "text"]
    text: str


class Finding(NamedTuple):
    """One fault at one place, said in a sentence.

    `template` and `values` give the sentence; personal values stay wrapped until a profile decides how they are shown.
    `fingerprint` survives moved rows and renamed files. `explained` holds the town's reply to a query.
    """

    rule: str
    name: str
    severity: Severity
    address: Address
    template: str
    values: Mapping[str, Any]
    fix: str
    clauses: tuple[str, ...] = ()
    heading: str | None = None
    ledger: str | None = None
    town: str | None = None
    field: str | None = None
    person: str | None = None
    place: str | None = None
    value: Personal | None = None
    suggestions: tuple[str, ...] = ()
    related: tuple[Address, ...] = ()
    fingerprint: str = ""
    explained: str | None = None


@dataclass(slots=True, eq=False, repr=False)
class Tally:
    """How far one rule could judge one town: rows checked, found wrong, and not judged, with the reason."""

    rule: str
    town: str | None
    checked: int = 0
    found: int = 0
    unchecked: int = 0
    why: str = ""

    @property
    def status(self) -> Coverage:
        """`found` if any; `not_checked` where nothing could be judged; `not_applicable` where nothing was there to judge."""
        if self.found:
            return "found"
        if self.checked:
            return "passed"
        return "not_checked" if self.unchecked else "not_applicable"


# --- the plan ------------------------------------------------------------------------------------


class Verdict(NamedTuple):
    """One clause judged for one subject. `done` of `total` for progress; `missing` says what an unknown lacks.

    `person` is True where `subject` is somebody's name, and so is masked unless asked for.
    """

    rule: str
    name: str
    clause: str
    quote: str
    scope: Literal["county", "town", "village", "place", "person"]
    town: str | None
    subject: str | None
    status: Status
    severity: Severity
    expected: str
    actual: str
    message: str
    fix: str
    done: int | None = None
    total: int | None = None
    missing: tuple[str, ...] = ()
    evidence: tuple[Address, ...] = ()
    village: str | None = None

    @property
    def person(self) -> bool:
        """Whether `subject` is a person's name."""
        return self.scope == "person"


# --- the stipend ---------------------------------------------------------------------------------

Purse = Literal["town", "county"]
PURSE_WORDS: Mapping[str, str] = {"town": "镇（街道）财政预算", "county": "县财政预算（残疾人就业保障金）"}
STIPEND_STATUS_WORDS: Mapping[str, str] = {"paid": "应发", "pending": "待定", "none": "不发放"}


class Period(NamedTuple):
    """The months of one year that are paid for, `first` and `last` as YYYY-MM, and which year's assessment decides."""

    year: int
    first: str
    last: str
    basis: Literal["same_year", "previous_year"] = "same_year"

    @property
    def months(self) -> tuple[str, ...]:
        """Every month of the period, as YYYY-MM."""
        return tuple(f"{self.year}-{month:02}" for month in range(int(self.first[5:]), int(self.last[5:]) + 1))

    @property
    def basis_year(self) -> int:
        """The year whose assessment decides."""
        return self.year - (self.basis == "previous_year")

    @property
    def words(self) -> str:
        """2019年10月至12月; one month stands alone."""
        first, last = int(self.first[5:]), int(self.last[5:])
        return f"{self.year}年{first}月" + (f"至{last}月" if last > first else "")

    @property
    def basis_words(self) -> str:
        """How the plan's assessment is read, for print."""
        paid = "当年考核发当年" if self.basis == "same_year" else "上年考核发当年"
        return f"按{self.basis_year}年度考核结果发放{self.year}年工资（{paid}）"


class Payment(NamedTuple):
    """What one commissioner is due in the period from one purse: `months` as YYYY-MM, `amount` in yuan; 0 where pending or none.

    `source` is the first row that speaks of the person, `sources` all of them. `rates` holds (month, yuan) as applied.
    `possible` holds (month, yuan) that a pending payment may come to once its `doubts` – (field, words) – are settled.
    `steps` tell how it was worked out, for whoever asks.
    """

    name: str
    id_number: str | None
    town: str
    village: str
    level: Literal["town", "village", "association"]
    purse: Purse
    months: tuple[str, ...]
    amount: Decimal
    status: Literal["paid", "pending", "none"]
    why: str
    clauses: tuple[str, ...]
    source: Address
    sources: tuple[Address, ...] = ()
    rates: tuple[tuple[str, Decimal], ...] = ()
    assessed: str = ""
    bank: str = ""
    account: str = ""
    steps: tuple[str, ...] = ()
    possible: tuple[tuple[str, Decimal], ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()
    note: str = ""


class Past(NamedTuple):
    """One person's line of an earlier roster, read back: `months` counted, `full` where they were the roster's whole period."""

    name: str
    id_number: str
    town: str
    village: str
    purse: Purse
    months: int
    full: bool
    monthly: Decimal
    amount: Decimal


class Change(NamedTuple):
    """One line of the 核增核减表: who was added, stopped or changed against the earlier roster, by how much, and why."""

    kind: Literal["added", "stopped", "changed"]
    name: str
    id_number: str
    town: str
    village: str
    purse: Purse
    before: str
    after: str
    difference: Decimal
    why: str


class EstimateLine(NamedTuple):
    """A budget estimate for one purse and town: heads × months × rate if all pass, and at last year's pass rate where known.

    `rates` holds (yuan a month, months); `passed` of `assessed` people passed.
    """

    purse: Purse
    town: str
    heads: int
    rates: tuple[tuple[Decimal, int], ...]
    amount: Decimal
    passed: int
    assessed: int
    expected: Decimal | None
