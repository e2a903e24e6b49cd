"""Who is meant where the plan speaks of leaders, deputies, chairs and commissioners; and the two judgements that recur."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from canju.book import County, Town, VillageOf
from canju.ledgers.base import Ledger
from canju.ledgers.certified import Certified
from canju.ledgers.commissioners import Commissioner
from canju.ledgers.organizations import Organization
from canju.ledgers.staffing import Staffing
from canju.ledgers.uncertified import Uncertified
from canju.rules.base import Judgement

R = TypeVar("R", bound=Ledger)


def holds(record: Staffing, *posts: str) -> bool:
    """Whether somebody holds one of these posts; a post may share its cell with others (reading 16)."""
    return record.post is not None and any(post in posts for post in record.post)


def each_once(records: Iterable[R]) -> list[R]:
    """The records without a person's further ones: by ID number, else by name."""
    seen: dict[Any, R] = {}
    for record in records:
        seen.setdefault(record.value("id_number") or record.value("name") or record.index, record)
    return list(seen.values())


def office(county: County) -> list[Staffing]:
    """The county federation's own staff, its associations left out."""
    return [record for record in county.records(Staffing) if record.level in ("县残联", None)]


def deputies(county: County, mode: str) -> list[Staffing]:
    """The 副理事长 who serve in this way: 专职, 兼职 or 挂职."""
    return each_once(record for record in office(county) if holds(record, "副理事长") and record.mode == mode)


def perhaps_deputies(county: County) -> list[Staffing]:
    """Who may be a deputy of any mode: one whose mode is not told, or a member of staff whose post is not."""
    return each_once(record for record in office(county) if record.post is None or (holds(record, "副理事长") and record.mode is None))


def directors(town: Town) -> list[Staffing]:
    """The town federation's 理事长."""
    return [
        record
        for record in town.records(Staffing)
        if record.level in ("镇（街道）残联", None) and not record.village and holds(record, "理事长")
    ]


def chairs(village: VillageOf) -> list[Staffing]:
    """The 主席 of a village's association."""
    return [record for record in village.records(Staffing) if record.level in ("村（社区）残协", None) and holds(record, "主席")]


def association_name(text: str) -> str:
    """An association by its bare name: 县盲人协会 and 盲人协会 are one."""
    return re.sub(r"^.{0,6}?[县市区旗](?=[盲聋肢智精])|^县|(?:残疾人)?(?:专门)?协会$", "", re.sub(r"\s", "", text))


def same_association(text: str | None, name: str) -> bool:
    """Whether an organisation is this association."""
    return bool(text) and association_name(str(text)) == association_name(name)


def unsaid(records: Iterable[Staffing]) -> list[Staffing]:
    """Post-holders whose post is blank or can't be read: they may hold the one that is sought."""
    return [record for record in records if record.post is None]


def doubtful(record: Commissioner) -> bool:
    """Whether it can't be told that somebody is in post and full-time: a leaving date that can't be read, or no kind where others have one."""
    kinds = record.kind is None and "kind" in record.table.places
    return kinds or (record.left is None and bool(record.shown("left")))


def commissioners(town: Town) -> list[Commissioner]:
    """The active full-time commissioners of a town and its villages, as read, doubles included (reading 21)."""
    return [
        record
        for record in town.records(Commissioner)
        if record.kind != "兼职" and record.level != "县专门协会" and town.book.active(record)
    ]


def town_office(town: Town) -> list[Organization]:
    """The town federation's own row of the organisations ledger."""
    return [
        record for record in town.records(Organization) if record.level == "镇（街道）残联" or (record.level is None and not record.village)
    ]


def home_town(county: County, deputy: Staffing) -> tuple[str | None, list[Staffing]]:
    """The town whose 理事长 a seconded deputy is, and the rows that say so; None where nothing says it."""
    for town in county.book.towns:
        rows = [record for record in directors(town) if _same_person(record, deputy)]
        if rows:
            return town.name, rows
    home = "".join((deputy.home_unit or "").split())
    return (town_in(county, home), []) if "理事长" in home.replace("副理事长", "") else (None, [])


def town_in(county: County, text: str) -> str | None:
    """The town that a text names, with or without its 镇, 乡 or 街道; any at all where the workspace lists none."""
    for town in county.book.towns:
        stem = re.sub(r"(?:镇|乡|街道|街道办事处)$", "", town.name)
        if town.name in text or (len(stem) > 1 and stem in text):
            return town.name
    if county.book.workspace.towns:
        return None
    found = re.search(r"[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道)", text)
    return found[0] if found else None


def _same_person(one: Staffing, other: Staffing) -> bool:
    """Whether two rows mean one person: by ID number where both have one, else by name."""
    if one.id_number is not None and other.id_number is not None:
        return one.id_number == other.id_number
    return one.name is not None and one.name == other.name


def people(town: Town, *fields: str) -> list[Any]:
    """Whoever a ledger tells of (reading 15): the uncertified, and the certified where their roster has these columns."""
    found: list[Any] = list(town.records(Uncertified))
    if all(town.book.has(Certified, town.name, field) for field in fields):
        found += town.records(Certified)
    return found


def only_uncertified(town: Town, judgement: Judgement, *fields: str) -> Judgement:
    """The judgement, saying 仅未持证部分 where the certified roster does not tell (reading 15)."""
    told = all(town.book.has(Certified, town.name, field) for field in fields) and town.records(Certified)
    return judgement if told else judgement._replace(actual=f"{judgement.actual}（仅未持证部分）")


def column_of(record: Ledger, field: str) -> bool:
    """Whether the record's table has the column: where it hasn't, a blank says nothing."""
    return field in record.table.places or field in record.table.values


def progress(records: Sequence[Ledger], done: Iterable[bool | None], fields: str, unit: str = "人") -> Judgement:
    """n of m; unknown where nothing at all is told. A blank counts as not done.

    `fields`, apart by blanks, are those that decide; the first is the answer asked for. Every record counted is evidence, a 否 as well.
    """
    answers = list(done)
    field, *_ = fields.split()
    evidence = [(record, name) for record in records for name in fields.split()]
    if records and all(answer is None for answer in answers):
        title = type(records[0]).columns[field].title
        return Judgement("unknown", f"「{title}」全部空白", evidence, missing=(f"「{title}」未填",), done=0, total=len(answers))
    number = sum(bool(answer) for answer in answers)
    share = f"，占{100 * number / len(answers):.1f}%" if answers else ""
    return Judgement("progress", f"{number}/{len(answers)}{unit}{share}", evidence, done=number, total=len(answers))


def attested(record: Ledger, fields: Sequence[str], words: Mapping[str, str] | None = None) -> Judgement:
    """Met where every yes/no is 是, unmet where one is 否, else unknown, naming what is blank (reading 13)."""
    names = {field: (words or {}).get(field) or type(record).columns[field].title for field in fields}
    lacking = [field for field in fields if record.value(field) is False]
    if lacking:
        return Judgement("unmet", f"没有：{'、'.join(names[field] for field in lacking)}", [(record, field) for field in lacking])
    blank = [field for field in fields if record.value(field) is None]
    if blank:
        text = f"未填：{'、'.join(names[field] for field in blank)}"
        return Judgement("unknown", text, [(record, field) for field in blank], missing=(text,))
    return Judgement("met", "各项齐备", [(record, field) for field in fields])


def in_range(count: int, span: tuple[int, int], records: Sequence[Ledger], unclear: Sequence[Ledger] = (), unit: str = "名") -> Judgement:
    """A head-count against a range: below it an error, above it a query; unknown where `unclear` records could change that."""
    least, most = span
    expected = f"{least}—{most}{unit}" if least != most else f"{least}{unit}"
    actual = f"{count}{unit}" + (f"，另有{len(unclear)}{unit}情况不明" if unclear else "")
    evidence = [*records, *unclear]
    if count > most:
        return Judgement("unmet", actual, evidence, expected, severity="query")
    if unclear and (count < least or count + len(unclear) > most):
        return Judgement("unknown", actual, evidence, expected, ("任职方式、是否残疾人等未填全",))
    return Judgement("met" if count >= least else "unmet", actual, evidence, expected)
