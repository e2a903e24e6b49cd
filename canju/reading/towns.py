"""Which town sent a table: told from the 填报单位 line, title, town column, sheet, file and folder, in that order."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from canju.model import Raw, plain
from canju.patterns import pattern
from canju.reading.marks import squeezed
from canju.reading.setting import Setting

ROWS = "镇（街道）列"
"""What names the town by the rows' own column."""
TEMPLATE = "下发的模板"
"""What names the town a template was made for: the last to be asked, and no reason for a conflict, since files are passed on."""

_UNIT = pattern(r"^(?:填[报表]单位|报送单位|上报单位|编报单位|填[报表]机构|单位名称|单位)(?:[(（][^)）]{0,6}[)）])?[:：]?")
_DAY = pattern(r"(?:填[报表制](?:日期|时间)|报送(?:日期|时间)|上报(?:日期|时间)|制表(?:日期|时间)|日期|时间)[:：]")
_DATE = pattern(r"((?:19|20)\d\d)[年./\-](\d{1,2})[月./\-](\d{1,2})日?")
_NEXT_LABEL = pattern(r"(?:填[报表]人|制表人|填[报表](?:日期|时间)|负责人|审核人|联系电话|单位负责人|日期|经办人)[:：]")
_TOKEN = pattern(r"([\u4e00-\u9fff]{1,12}?(?:街道|镇|乡|苏木(?![乡镇])))(?!镇|级|村|、|\))(?:办事处|人民政府|残疾人联合会|残联)?")
_ABOVE = pattern(
    r"^.*(?:[\u4e00-\u9fff]{2}(?:省|自治区|州|市|盟|县|自治县|旗)|[\u4e00-\u9fff]{2}区(?!域))(?![镇乡街村])(?=[\u4e00-\u9fff])"
)
_LEAD = pattern(
    r"^(?:关于|报送|上报|填报|汇总|附件[一二三四五六七八九十\d]*|附表\d*|[\d年月日份]+|[〇一二三四五六七八九]{4}年|第?[一二三四\d]季度|[上下]半年|年度|各|全|本|我|贵|原)+"
)
_COUNTY_UNIT = pattern(
    r"^(?:[\u4e00-\u9fff]{1,9}(?:县|区|市|旗|州))?(?:残疾人联合会|残联)$|^(?:[\u4e00-\u9fff]{1,9}(?:县|区|市|旗))(?:残疾人联合会|残联)|^县"
)
_NOT_A_TOWN = frozenset(
    {"乡镇", "城镇", "村镇", "集镇", "小镇", "古镇", "建制镇", "各镇", "各街道", "所属乡镇", "家乡", "下乡", "本镇", "本街道", "城乡"}
)


class Evidence(NamedTuple):
    """One place that names a sender: which place in Chinese, the towns it names, and whether it names the county's own federation."""

    source: str
    towns: tuple[str, ...]
    county: bool = False


class Sender(NamedTuple):
    """Who sent a table: the town, None for the county's own or where unknown, and what disagrees."""

    town: str | None = None
    known: bool = False
    by: str = ""
    conflict: str = ""


class Surroundings(NamedTuple):
    """The texts around a table that may name its sender."""

    units: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    sheet: str = ""
    file: str = ""
    submitted: dt.date | None = None
    extra: Mapping[str, str] = {}


def core(town: str) -> str:
    """A town's name without what kind of town it is: 冠山街道 → 冠山."""
    return re.sub(r"(?:街道办事处|街道办|街道|民族乡|镇|乡)$", "", town)


@lru_cache(maxsize=64)
def _known(towns: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], ...], dict[str, str]]:
    """Patterns of full and of short names, longest first, and the town each name means."""
    meanings: dict[str, str] = {}
    for town in towns:
        meanings[town] = town
    for town in towns:
        short = core(town)
        if len(short) >= 2 and sum(core(other) == short for other in towns) == 1:
            for tail in ("街道办事处", "街道办", "办事处", "街道", "镇", "乡"):
                meanings.setdefault(short + tail, town)
            meanings.setdefault(short, town)
    full = sorted((name for name in meanings if name != core(meanings[name]) or name in towns), key=len, reverse=True)
    shorts = sorted((name for name in meanings if name not in full), key=len, reverse=True)
    patterns = tuple(re.compile("|".join(map(re.escape, names))) if names else re.compile(r"(?!)") for names in (full, shorts))
    return patterns, meanings


@lru_cache(maxsize=50_000)
def towns_in(text: str, towns: tuple[str, ...], short: bool = True) -> tuple[str, ...]:
    """The towns a text names, in order. Short forms count only where no full name stands and no village is meant."""
    text = squeezed(text)
    if not towns:
        return tuple(dict.fromkeys(_tokens(text)))
    (full, shorts), meanings = _known(towns)
    found = [meanings[match[0]] for match in full.finditer(text)]
    if not found and short:
        found = [
            meanings[match[0]]
            for match in shorts.finditer(text)
            if not re.match(r"[\u4e00-\u9fff]{0,3}?(?:社区|村|组|寨|县|安置点|小区)", text[match.end() :])
        ]
    return tuple(dict.fromkeys(found))


def _tokens(text: str) -> Iterator[str]:
    """Names that end as a town's does, for want of a list."""
    text = _ABOVE.sub("", _LEAD.sub("", text))
    for match in _TOKEN.finditer(text):
        name = _LEAD.sub("", _ABOVE.sub("", match[1]))
        name = re.sub(r"^.*(?:县|市|区|旗)(?=[\u4e00-\u9fff]{2,}(?:街道|镇|乡)$)", "", name)
        if 2 <= len(core(name)) <= 8 and name not in _NOT_A_TOWN:
            yield name


def is_county(text: str, setting: Setting) -> bool:
    """Whether a text names the county's federation and no town."""
    text = squeezed(text)
    names = [
        name
        for name in (setting.federation, setting.county and setting.county + "残联", setting.county and setting.county + "残疾人联合会")
        if name
    ]
    return any(name in text for name in names) or (("联" in text or text.startswith("县")) and bool(_COUNTY_UNIT.match(text)))


def surroundings(lines: Iterable[Sequence[Raw]], sheet: str, file: str) -> Surroundings:
    """Unit names, titles and the day of filling in, from the lines above and below a table."""
    units: list[str] = []
    titles: list[str] = []
    submitted: dt.date | None = None
    for line in lines:
        cells = [cell for cell in line if cell is not None and cell != ""]
        for i, cell in enumerate(cells):
            text = squeezed(plain(cell))
            if label := _UNIT.match(text):
                rest = _NEXT_LABEL.split(text[label.end() :])[0].strip("_＿—- ")
                if not rest and i + 1 < len(cells) and re.search(r"[:：]$|位$|[)）]$", text):
                    rest = squeezed(plain(cells[i + 1]))
                if rest and (":" in label[0] or "：" in label[0] or ":" in text[: label.end() + 1] or i + 1 < len(cells)):
                    units.append(rest)
            elif len(cells) <= 2 and not _NEXT_LABEL.match(text) and len(text) <= 60:
                titles.append(text)
            if submitted is None and (match := _DAY.search(text)):
                submitted = _day(text[match.end() :]) or (_day(cells[i + 1]) if i + 1 < len(cells) and text.endswith((":", "：")) else None)
    return Surroundings(tuple(units), tuple(titles), sheet, file, submitted)


def _day(raw: Raw) -> dt.date | None:
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    match = _DATE.search(squeezed(plain(raw)))
    if not match:
        return None
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def evidence(around: Surroundings, rows: Sequence[str], setting: Setting, stamped: str = "") -> list[Evidence]:
    """What each place says of the sender, most trusted first. `rows` are the town column's values, `stamped` whom a template was made for."""
    found = [_said("填报单位", around.units, setting, unit=True), _said("标题", around.titles, setting)]
    found.append(_by_rows(rows, setting))
    sheet = () if re.fullmatch(r"(?i)sheet\d*|工作表\d*", around.sheet) else (around.sheet,)
    *folders, name = around.file.split("/")
    found += [_said("工作表名", sheet, setting), _said("文件名", (re.sub(r"\.[A-Za-z]{1,5}$", "", name),), setting)]
    found += [_said("文件夹名", (re.sub(r"\.zip$", "", folder, flags=re.I),), setting) for folder in reversed(folders)]
    found.append(_said(TEMPLATE, (stamped,) if stamped else (), setting))
    return [one for one in found if one.towns or one.county]


def _said(source: str, texts: Iterable[str], setting: Setting, unit: bool = False) -> Evidence:
    towns: list[str] = []
    county = False
    for text in texts:
        named = towns_in(text, setting.towns) or _by_village(text, setting)
        if setting.towns and not named and unit and (tokens := tuple(_tokens(squeezed(text)))):
            named = tokens
        towns += named
        county = county or (not named and is_county(text, setting))
    return Evidence(source, tuple(dict.fromkeys(towns)), county and not towns)


def _by_village(text: str, setting: Setting) -> tuple[str, ...]:
    """The town of a listed village that a text names, where only one town has it."""
    text = squeezed(text)
    owners = {town for town, names in setting.villages.items() for name in names if len(name) > 2 and name in text}
    return tuple(owners) if len(owners) == 1 else ()


def _by_rows(rows: Sequence[str], setting: Setting) -> Evidence:
    """The town that most rows name; none where the column is shared out among several."""
    counts = Counter(rows)
    total = sum(counts.values())
    if not total:
        return Evidence(ROWS, ())
    town, count = counts.most_common(1)[0]
    if count >= 0.8 * total or (count >= 0.6 * total and total < 10):
        return Evidence(ROWS, (town,))
    return Evidence(ROWS, tuple(counts))


def sender(found: Sequence[Evidence], own: bool, shared: bool) -> Sender:
    """The sender: the place that names one town, by trust and number. `own` marks the county's own records, `shared` a county-wide roster."""
    single = [one for one in found if len(one.towns) == 1]
    rows = next((one for one in found if one.source == ROWS), None)
    wide = rows is not None and len(rows.towns) > 1
    strong = next((one for one in single if one.source in ("填报单位", "标题")), None)
    county = next((one for one in found if one.county), None)
    if own and strong is None and (rows is None or not rows.towns):
        return Sender(None, True, "层级")
    if county is not None and county.source == "填报单位" and not (rows is not None and len(rows.towns) == 1):
        return Sender(None, True, "填报单位")
    if wide and strong is None:
        inside = next(
            (one for one in single if one.source in ("工作表名", "文件名", "文件夹名") and rows is not None and one.towns[0] in rows.towns),
            None,
        )
        return Sender(inside.towns[0], True, inside.source) if inside and not shared else Sender(None, True, ROWS)
    if shared and strong is None and (county is not None or not single):
        return Sender(None, True, county.source if county else "名册")
    if not single:
        return Sender(None, county is not None or shared, county.source if county else "")
    first = _believed(single)
    return Sender(first.towns[0], True, first.source, _conflict(first, found, county))


def _believed(single: Sequence[Evidence]) -> Evidence:
    """The place to go by: the first in order, unless more places name another town. Many rows were typed one by one, and count for more."""
    votes: dict[str, float] = {}
    folders = 0
    for one in single:
        folders += one.source == "文件夹名"
        weight = 1.5 if one.source == ROWS else 0.1 if one.source == TEMPLATE else 0.0 if folders > 1 and one.source == "文件夹名" else 1.0
        votes[one.towns[0]] = votes.get(one.towns[0], 0.0) + weight
    best = max(votes.values())
    return next(one for one in single if votes[one.towns[0]] == best)


def _conflict(first: Evidence, found: Sequence[Evidence], county: Evidence | None) -> str:
    """What disagrees with the place believed, in words: the folder is not asked, a place that names several towns only if none is right."""
    town = first.towns[0]
    others = [
        one
        for one in found
        if one.source not in ("文件夹名", TEMPLATE)
        and one.towns
        and town not in one.towns
        and not (one.source == ROWS and len(one.towns) > 1)
    ]
    if not others:
        return ""
    said = "，".join(f"{one.source}为“{'、'.join(one.towns[:3])}”" for one in others)
    return f"{first.source}为“{town}”，{said}，不一致；暂按{first.source}归入{town}。"


def canonical(text: str, setting: Setting) -> str:
    """A town's name in full where it is certain which is meant: 冠山街道办事处 → 冠山街道."""
    named = _whole(squeezed(text), setting.towns)
    return named or text


@lru_cache(maxsize=20_000)
def _whole(text: str, towns: tuple[str, ...]) -> str:
    if not towns:
        return re.sub(r"(?<=街道)(?:办事处|办)$|(?<=[镇乡])(?:人民政府|政府)$", "", text)
    meanings = _known(towns)[1]
    for name in (text, re.sub(r"(?:人民政府|政府|残疾人联合会|残联|办事处)$", "", text)):
        if name in meanings:
            return meanings[name]
    return next((town for town in towns if text.endswith(town)), "")
