"""How a rule is written, and the catalogue of all rules. The engines that ask them stand in `rules/engine.py`.

A rule is one file of this folder, named by its code and name, and is found by lying there. It says whether its record,
table of records or subject is at fault and nothing else: sentence, place, severity, coverage and fingerprint are the engine's.
"""

from __future__ import annotations

import sys
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Literal, NamedTuple, TypeVar

from canju.book import Book, Claim, County, Town, VillageOf
from canju.ledgers.base import Ledger
from canju.model import Address, Severity, Status

F = TypeVar("F", bound=Callable[..., Any])
Scope = Literal["stage", "record", "book", "claim", "county", "town", "village", "place", "person"]


class Hit(NamedTuple):
    """A record at fault, as a rule over the book finds it: the cell's field, what fills the sentence, and who else is meant.

    `stated` settles the severity where a rule has two.
    """

    record: Ledger
    field: str | None = None
    values: Mapping[str, Any] = {}
    related: tuple[Ledger, ...] = ()
    suggestions: tuple[str, ...] = ()
    stated: Severity | None = None


class Unjudged(NamedTuple):
    """A rule's answer where something it needs is not there: the record, or for a rule over the book every town, is 未检."""

    why: str


class Judgement(NamedTuple):
    """What a plan rule found out about its subject.

    `evidence` are records (or record and field); `subject` where one call judges several; `missing` says what is lacking.
    """

    status: Status
    actual: str = ""
    evidence: Sequence[Ledger | tuple[Ledger, str]] = ()
    expected: str = ""
    missing: tuple[str, ...] = ()
    done: int | None = None
    total: int | None = None
    severity: Severity | None = None
    subject: str | None = None
    town: str | None = None
    scope: Literal["village", "place", "person"] | None = None


class Case:
    """One case of a rule: the fields of a record, and whether the rule must speak.

    `hit` names the field the finding points to (True: any); `unchecked` says that the rule may not be asked; `says` is a
    part of the sentence. For rules over several records or a whole book, `rows` maps ledgers to lists of fields, and
    `status` is the verdict expected of a plan rule, `severity` how heavy it is and `actual` its whole wording. `town`, `setting` (workspace) and `as_of` stand for themselves.
    Fields are cells as typed, read by the column's type. `suggests` is the one suggestion expected of a fault in a cell
    ("" for none), `count` the number of findings of a rule over the book, `cells` fields whose names mean something here.
    """

    def __init__(
        self,
        *,
        hit: str | bool = False,
        unchecked: bool = False,
        says: str = "",
        ledger: str = "",
        rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
        status: Status | None = None,
        severity: Severity | None = None,
        actual: str | None = None,
        subject: str | None = None,
        setting: Mapping[str, Any] | None = None,
        figures: Mapping[str, Any] | None = None,
        as_of: str = "2019-12-31",
        count: int | None = None,
        town: str | None = "甲镇",
        suggests: str | None = None,
        cells: Mapping[str, Any] | None = None,
        **fields: Any,
    ) -> None:
        self.hit, self.unchecked, self.says, self.ledger = hit, unchecked, says, ledger
        self.severity, self.actual = severity, actual
        self.rows, self.status, self.subject, self.setting, self.figures = rows or {}, status, subject, setting or {}, figures or {}
        self.as_of, self.count, self.town, self.suggests, self.fields = as_of, count, town, suggests, {**fields, **(cells or {})}


class Rule(NamedTuple):
    """A rule of the catalogue: its declaration, and the function that judges (None for faults a stage finds itself)."""

    code: str
    name: str
    severity: Severity
    says: str
    fix: str
    scope: Scope
    also: Severity | None = None
    clauses: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    expects: str = ""
    ledgers: tuple[type[Ledger], ...] = ()
    function: Callable[..., Any] | None = None
    cases: tuple[Any, ...] = ()
    doc: str = ""
    wrong: str = ""
    right: str = ""
    how: str = ""
    blank: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    standard: str = ""
    module: str = ""

    @property
    def letter(self) -> str:
        """The ground the rule stands on: F, C, R, P or S."""
        return self.code[0]


_SCOPES: Mapping[Any, Scope] = {Book: "book", Claim: "claim", County: "county", Town: "town", VillageOf: "village"}
_pending: list[Rule] = []


def rule(
    code: str,
    name: str,
    *,
    severity: Severity,
    says: str,
    fix: str,
    reads: Sequence[str] = (),
    clause: str | Sequence[str] = (),
    needs: Sequence[str] = (),
    expects: str = "",
    also: Severity | None = None,
    scope: Scope | None = None,
    cases: Sequence[Any] = (),
    wrong: str = "",
    right: str = "",
    how: str = "",
    blank: Sequence[str] = (),
    maybe: Sequence[str] = (),
    requires: Sequence[str] = (),
    standard: str = "",
) -> Callable[[F], F]:
    """Declare a rule over the function below it; the function's first annotation is its scope.

    - a ledger class (or a union, or `Person`): asked of each record whose `reads` are all there; True is a fault at
      `reads[0]`, a mapping is a fault whose sentence it fills, a field name in its key "field" moves the finding, and
      `Unjudged` counts the record as not checked. It may look at two more kinds of fields: `blank` ones, whose column must
      be there while the cell may be blank, and `maybe` ones, whose column may be missing; a cell of either that can't be
      read leaves the record unchecked.
    - `Book`: yields a Hit for each record at fault; `reads` are `ledger.field` names, any of which is enough to judge by;
      `requires` are the ledgers without which a town can't be judged. It yields `Unjudged` where no town can.
    - `Claim`: as a ledger, for the stipend.
    - `County`, `Town`, `VillageOf`: a plan rule, gives a Judgement or several. With `scope="place"` or `"person"` a
      ledger class is a plan rule's subject.
    `standard` is what a rule rests on that is no clause of a plan, with its number and title.
    `needs` are the plan's figures without which the rule does not apply. `wrong` and `right` are an example, `how` the
    steps in Excel or WPS where there is more to it than typing over a cell.
    """

    def declare(function: F) -> F:
        subject = next(iter(function.__annotations__.values()))
        if isinstance(subject, str):  # as text, as in most files; `get_type_hints` would compile the others too
            subject = eval(subject, function.__globals__)
        kinds = tuple(kind for kind in (typing.get_args(subject) or (subject,)) if isinstance(kind, type) and issubclass(kind, Ledger))
        _pending.append(
            Rule(
                code,
                name,
                severity,
                says,
                fix,
                scope or _SCOPES.get(subject, "record"),
                also,
                (clause,) if isinstance(clause, str) else tuple(clause),
                tuple(reads),
                tuple(needs),
                expects,
                kinds,
                function,
                tuple(cases),
                (function.__doc__ or "").strip(),
                wrong,
                right,
                how,
                tuple(blank),
                tuple(maybe),
                tuple(requires),
                standard,
                function.__module__,
            )
        )
        return function

    return declare


def fault(
    code: str,
    name: str,
    *,
    severity: Severity,
    says: str,
    fix: str,
    doc: str,
    cases: Sequence[Any] = (),
    wrong: str = "",
    right: str = "",
    how: str = "",
    standard: str = "",
    hint: Callable[..., Any] | None = None,
) -> None:
    """Declare a fault that a stage or a value type finds: its sentence and repair are here, the finding of it is there.

    `hint(record, field, fault)` may add to the sentence's values and suggestions what only the whole record tells.
    """
    module = str(sys._getframe(1).f_globals["__name__"])
    _pending.append(
        Rule(
            code,
            name,
            severity,
            says,
            fix,
            "stage",
            doc=doc,
            cases=tuple(cases),
            wrong=wrong,
            right=right,
            how=how,
            standard=standard,
            function=hint,
            module=module,
        )
    )


LETTERS = "FCRPS"
"""The rules' kinds in their order: files, cells, records, the plan, the stipend."""
OF_LEDGERS = "FCR"
"""The kinds that every round asks: a start is spared the others."""


@cache
def catalogue(letters: str = LETTERS) -> Mapping[str, Rule]:
    """Every rule of these kinds by its code, in order."""
    for module in iter_modules(import_module("canju.rules").__path__):
        if module.name[0].upper() in letters and module.name[1:4].isdigit():
            import_module(f"canju.rules.{module.name}")
    found = {one.code: one for one in _pending if one.letter in letters}
    if len(found) < len({(one.code, one.name) for one in _pending if one.letter in letters}):
        raise AssertionError("two rules share a code")
    return dict(sorted(found.items(), key=lambda item: (LETTERS.index(item[0][0]), item[0])))


def chosen(codes: Iterable[str], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[str]:
    """The codes that --select and --ignore leave; both take prefixes."""
    return [code for code in codes if (not select or code.startswith(tuple(select))) and not (ignore and code.startswith(tuple(ignore)))]


_STEPS: Mapping[str, str] = {
    "F": "打开该文件更正，按 Ctrl+S 保存后重新报送。",
    "C": "按 Ctrl+G 输入单元格地址（例 C17）定位，更正后按 Ctrl+S 保存，重新报送。",
    "R": "按 Ctrl+G 输入单元格地址（例 C17）定位，与所列的另一处对照更正，按 Ctrl+S 保存，重新报送。",
    "P": "在所列台账的单元格补填或更正后重新报送；实际工作尚未完成的，完成后再更新台账。",
    "S": "在专职委员台账该行更正月数、金额、时间或考核结果，按 Ctrl+S 保存，重新报送。",
}


def steps(rule: Rule) -> str:
    """How to put a fault right in Excel or WPS: the rule's own steps, else those of its ground."""
    return rule.how or _STEPS[rule.letter]


def whereabouts(other: Ledger, record: Ledger) -> str:
    """Where another record stands, as seen from this one: 第21行, 工作表「人员」第21行, or with the file before it."""
    there, here = other.address(), record.address()
    if there.file == here.file and there.sheet == here.sheet:
        return f"第{there.row}行"
    sheet = f"工作表「{there.sheet}」" if there.sheet else ""
    return f"{sheet}第{there.row}行" if there.file == here.file else f"「{there.file}」{sheet}第{there.row}行"


def place(evidence: Ledger | tuple[Ledger, str]) -> Address:
    """The address of one piece of evidence."""
    return evidence[0].address(evidence[1]) if type(evidence) is tuple else evidence.address()  # type: ignore[union-attr]
