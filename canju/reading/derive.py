"""What a record's other fields tell where a cell is blank or its column missing: town, village, level, sums, joint columns."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from canju.ledgers.base import CellFault, Clue, Table
from canju.ledgers.kinds import mode_in_post
from canju.model import plain
from canju.patterns import pattern
from canju.reading.marks import squeezed, sub_title
from canju.reading.setting import Setting
from canju.reading.towns import canonical, towns_in

_ASSOCIATION = pattern(r"专门协会|盲人协会|聋人协会|肢残人?协会|肢体残疾人协会|智力残疾人|精神残疾人|亲友(?:会|协会)")
_VILLAGE_BODY = pattern(r"(?:村|社区|居委会|居)(?:委会|支部)?(?:残疾人(?:联合)?协会|残协|残疾人工作)|残协|残疾人协会")
_TOWN_BODY = pattern(r"(?:镇|乡|街道|办事处)(?:人民政府)?(?:残联|残疾人联合会|残疾人工作|社会事务办)|(?:镇|乡|街道|办事处)$")
_COUNTY_BODY = pattern(r"(?:^|.)(?:县|区|市|旗|州)(?:残联|残疾人联合会)|^残联$")
VILLAGE_NAME = pattern(r"(?:社区|村|居委会|村委会|居|寨|嘎查|农场|林场)$")
_CLUE = Clue()


class CellFinding(NamedTuple):
    """A fault in a record's cell: the table's and the record's position, the field, and the fault."""

    table: int
    index: int  # type: ignore[assignment]
    field: str
    fault: CellFault


def derive(table: Table, under: Mapping[int, str], setting: Setting) -> set[str]:
    """Fill in what other cells tell; gives the fields that were filled in whole or in part."""
    filled: set[str] = set()
    columns = table.ledger.columns
    subtitles = [under.get(number, "") for number in table.numbers]
    if "town" in columns:
        filled |= _towns(table, subtitles, setting)
    if "village" in columns and any(subtitles):
        villages = [_village_of(text, setting) for text in subtitles]
        if _fill(table, "village", lambda i: villages[i]):
            filled.add("village")
    if "level" in columns and _fill(table, "level", _leveller(table, setting)):
        filled.add("level")
    if table.ledger.key == "staffing" and _fill(table, "mode", lambda i: mode_in_post(plain(table.raw(i, "post")))):
        filled.add("mode")
    if table.ledger.key == "groups" and _fill(table, "persons", _persons(table)):
        filled.add("persons")
    if table.ledger.key == "organizations" and "rules" not in table.places and _rule_sets(table):
        filled.add("rules")
    return filled


def _fill(table: Table, name: str, value_at: Callable[[int], Any]) -> bool:
    """Give a field a value where its cell is blank; an unreadable cell keeps its fault."""
    values = table.values.get(name) or [None] * len(table)
    unread = table.unread.get(name, set())
    changed = False
    for i, value in enumerate(values):
        if value is None and i not in unread and (found := value_at(i)) is not None:
            values[i] = found
            changed = True
    if changed:
        table.values[name] = values
    return changed


def _towns(table: Table, subtitles: Sequence[str], setting: Setting) -> set[str]:
    if values := table.values.get("town"):
        whole = {value: canonical(value, setting) if value else value for value in set(values)}
        table.values["town"] = [whole[value] for value in values]
    named = {
        text: next(iter(towns_in(text, setting.towns)), None) if text and not VILLAGE_NAME.search(_name_of(text)) else None
        for text in set(subtitles)
    }
    own = table.town
    return {"town"} if _fill(table, "town", lambda i: named[subtitles[i]] or own) else set()


def _name_of(subtitle: str) -> str:
    found = sub_title(subtitle)
    return found["name"] if found else subtitle


def _village_of(subtitle: str, setting: Setting) -> str | None:
    """The village a sub-title names, None where it names none."""
    if not subtitle:
        return None
    name = re.sub(
        r"(?<=村)(?:村民委员会|村委会|委会|残协|残疾人协会)$|(?<=社区)(?:居民委员会|居委会|残协|残疾人协会)$", "", _name_of(subtitle)
    )
    listed = {village for names in setting.villages.values() for village in names}
    if name in listed or VILLAGE_NAME.search(name):
        inside = next((village for village in sorted(listed, key=len, reverse=True) if name.endswith(village)), None)
        return inside or re.sub(r"^.*?(?:镇|乡|街道)(?=[\u4e00-\u9fff]{2,}(?:村|社区|居委会)$)", "", name)
    longer = [village for village in listed if village in (name + "社区", name + "村")]
    return longer[0] if len(longer) == 1 else None


def level_of(organization: str, village: str | None, town: str | None, county: str) -> str | None:
    """The level of an organisation by its name, in the staffing ledger's words; None where its name does not tell."""
    text = squeezed(organization)
    if _ASSOCIATION.search(text):
        return "县专门协会"
    if village or _VILLAGE_BODY.search(text):
        return "村（社区）残协"
    if _TOWN_BODY.search(text):
        return "镇（街道）残联"
    if (county and text.startswith(county)) or _COUNTY_BODY.search(text):
        return "县残联"
    return "镇（街道）残联" if town and re.search(r"残联|残疾人联合会", text) else None


def _leveller(table: Table, setting: Setting) -> Callable[[int], Any]:
    blank = [None] * len(table)
    organizations = table.values.get("organization") or blank
    villages, towns = table.values.get("village") or blank, table.values.get("town") or blank
    kind = table.ledger.columns["level"].type
    known = {
        text: kind.read(text, _CLUE).value
        for text in ("县残联", "县专门协会", "镇（街道）残联", "村（社区）残协", "镇（街道）", "村（社区）")
    }
    if "organization" not in table.ledger.columns:
        return lambda i: known["村（社区）"] if villages[i] else known["镇（街道）"] if towns[i] else None

    def at(i: int) -> Any:
        text = level_of(str(organizations[i]), villages[i], towns[i], setting.county) if organizations[i] else None
        return known[text] if text else None

    return at


def _persons(table: Table) -> Callable[[int], Any]:
    """The parts' sum (plan, reading 2), where the whole was not given."""
    blank = [None] * len(table)
    certified, uncertified = table.values.get("certified") or blank, table.values.get("uncertified") or blank
    unread = table.unread.get("certified", set()) | table.unread.get("uncertified", set())

    def at(i: int) -> Any:
        parts = [part for part in (certified[i], uncertified[i]) if part is not None]
        return sum(parts) if parts and i not in unread else None

    return at


def _rule_sets(table: Table) -> bool:
    """Six yes/no columns as the one list of rule sets that are there."""
    fields = [name for name in table.ledger.columns if name.startswith("rule_") and name in table.places]
    if not fields:
        return False
    yes = [table.values[name] for name in fields]
    titles = [table.ledger.columns[name].title for name in fields]
    kind = table.ledger.columns["rules"].type
    cache: dict[str, Any] = {}

    def at(i: int) -> Any:
        text = "、".join(title for title, column in zip(titles, yes, strict=True) if column[i] is True)
        if text not in cache:
            cache[text] = kind.read(text, _CLUE).value if text else None
        return cache[text]

    table.values["rules"] = [at(i) for i in range(len(table))]
    table.places["rules"] = table.places[fields[-1]]
    return True


def missing_values(position: int, table: Table, as_of: dt.date) -> Iterator[CellFinding]:
    """C101 for every required cell that is blank, that nothing else tells, and that may not stay blank."""
    for name, column in table.ledger.columns.items():
        if not column.required or name not in table.places or (name == "town" and table.town is None) or None not in table.values[name]:
            continue
        unread = table.unread.get(name, ())
        for i, value in enumerate(table.values[name]):
            if value is None and i not in unread and not (column.unless and column.unless(_record(table, i), as_of)):
                yield CellFinding(position, i, name, CellFault("C101"))


def _record(table: Table, i: int) -> Any:
    """One record by itself: all of them are made later, and only where they are asked for."""
    return table.ledger.of_row((table, i, *(table.values[name][i] if name in table.values else None for name in table.ledger.columns)))
