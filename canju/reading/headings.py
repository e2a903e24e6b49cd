"""The matching ladder: which field a heading means – exactly, by what it contains, one typing error away, or by its values."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from canju.ledgers import ledgers
from canju.ledgers.base import Clue, Ledger, ValueType
from canju.ledgers.kinds.choices import YesNoType
from canju.ledgers.kinds.days import VisitedType
from canju.ledgers.kinds.posts import CommitteePostType
from canju.ledgers.kinds.text import TextType
from canju.model import Raw, plain
from canju.patterns import pattern

_NOISE = pattern(
    r"\((?:必填项?|选填|可填|可不填|盖章|签章|公章|签字|万?元|人|名|个|次|周?岁|元[/每](?:人[/.·]?)?[月年]|月|天|日|户|处|年|分|%|年/?月/?日?|是/否|是否|有/无|男/女|单位.{0,8}|.*填写.*|填.{1,12}"
    r"|如.*|例.*|格式.*|可?多选|单选|yyyy.*|\d+位.*|√.*)\)",
    re.IGNORECASE,
)
_ANY_BRACKET = pattern(r"\([^()]*\)")
_MARKS = pattern(r"[\s*:★☆※●◆▲△\"'“”‘’「」『』\u200b-\u200f\ufeff\u202a-\u202e]+")
_NUMBERED = pattern(r"^(?:\d{1,2}[.、)]|\(\d{1,2}\)|[一二三四五六七八九十]{1,3}[、.])(?=.)")
_PARENT_TAIL = pattern(r"(?:基本)?(?:情况|信息|内容|状况|资料|登记|一栏|栏)$")
_BOTH = pattern(
    r"(?:疑似)?(?:残疾|残)?(?:类别|类型|种类|类)[/、,和及与]?(?:残疾)?(?:等级|级别|程度|级)|(?:疑似)?残疾(?:等级|级别)[/、,和及与]?(?:残疾)?(?:类别|类型|种类)|类别/等级"
)
_SAME = (
    (r"日期|日子|年月日?", "时间"),
    (r"联系电话|(?:联系|通讯|通信)(?:方式|号码)|联系手机|手机号码?|电话号码|手机", "电话"),
    (r"地址|住所", "住址"),
    (r"残疾人证件?", "残疾证"),
    (r"号码|编号", "号"),
    (r"账户|帐户|帐号", "账号"),
    (r"名字", "姓名"),
    (r"水平|层次", "程度"),
    (r"类型|种类|性质", "类别"),
    (r"线上|网上|网络", "在线"),
    (r"补贴|补助|津贴|报酬", "工资"),
    (r"每月", "月"),
    (r"^月工资(?:标准|金额|额)$", "月工资"),
    (r"成立|建立|组建|设置|建设", "设立"),
    (r"分数|评分", "得分"),
    (r"考评", "考核"),
    (r"数量|数额", "数"),
    (r"人员(?=$)", "人"),
    (r"是否|有无|是不是|已经|主要|本人|目前|评定|的|(?<=.)(?:情况|状况|信息)$", ""),
    (r"^(?:已|有|为|是|属|系)(?=..)", ""),
)
"""Words that clerks put for one another, one after the other."""
_EXCHANGES = tuple((pattern(words), word) for words, word in _SAME)
_EXCHANGEABLE = pattern("|".join(words for words, _ in _SAME))
_DONE = ("设立", "健全", "齐全", "到位", "完成", "落实", "开展", "达标", "规范", "标准", "金额")
"""What may be said of a thing, or left out, two characters each: 规章制度建立情况, 政策宣传到位情况, 月补贴标准."""
_ASKS = pattern(r"是否|有无|是不是")
_LIES_IN = r"(?:(?:所在|所属|户籍|户口|现住|居住|常住|隶属)(?:地|的)*)?"
_AREAS = (
    ("town", pattern(rf"{_LIES_IN}(?=.*(?:[镇乡]|街道|苏木|办事处))(?:民族乡|街道办|办事处|街道|苏木|农场|[镇乡街场])+(?:名称?)?")),
    (
        "village",
        pattern(
            rf"{_LIES_IN}(?=.*(?:村|社区|居委|嘎查))(?:行政|建制)?(?:村民|居民|民)?"
            r"(?:居委会|村委会|委员会|村民委员会|居民委员会|民委员会|居委|村委|社区|嘎查|[村居])+级?(?:名称?)?"
        ),
    ),
)
"""Towns and villages under any of their many names: 乡（镇、街道）, 街道办事处, 社区/村, 村（居）委会名称."""
_BETWEEN = pattern(r"[()\[\]/、,，;；.·\-—和或及与]")
_ANOTHER = pattern(
    r"监护人|户主|父亲|母亲|父母|配偶|丈夫|妻子|子女|家属|亲属|联系人|负责人|代理人|委托人|照料人|陪护|法人|领导|审批人|经办人|填表人|填报人|审核人|代办人|代领人|领取人|持卡人|开户人|支书|主任|介绍人|推荐人|客户|员工|学生|学员|业主|患者|收货人|供应商|邻居"
)
_TURNED = pattern(
    r"^(?:非|无|未|原|前|拟|曾|旧|其他|上年度?|下年度?|是否|有无|不|疑似|终止|停止|结束|截止|身份证|医保|社保(?!卡?银行)|护理|生活|上$|下$)"
)
_BENIGN_TAIL = pattern(r"^(?:[\d.]{1,3}|号码?|编?码|情况|名称|姓名|信息|一栏|[\-/、,和及与或]?.{0,6}(?:说明|备注)|\(.*\)|[a-z一二三四])$")
EXACT, JOINED, LOOSE, ALIKE, TYPO, VALUES = 1.0, 1.03, 0.95, 0.92, 0.7, 0.55
LONGEST = 80
"""Characters of a heading that are looked at; beyond, it is no heading."""
CERTAIN = 0.9
"""From this score on a heading says what it means by itself."""


class Head(NamedTuple):
    """A column's heading as sent: the lowest text, and those above it, outermost first."""

    leaf: str
    parents: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The heading as the clerk sees it, without line breaks."""
        return "".join(self.leaf.split())

    @property
    def full(self) -> str:
        """All levels, joined."""
        return "/".join("".join(part.split()) for part in (*self.parents, self.leaf))


class Match(NamedTuple):
    """A field a heading may mean, how surely (1 = exactly), and why in Chinese. `also` where one column gives two fields."""

    field: str
    score: float
    why: str
    also: str = ""


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """A heading as compared: NFKC, without white space, `*`, `：`, （必填）, （盖章）, units in brackets, and a leading number."""
    text = _MARKS.sub("", unicodedata.normalize("NFKC", text[:LONGEST])).casefold()
    return _NUMBERED.sub("", _NOISE.sub("", text))


@lru_cache(maxsize=20_000)
def essence(text: str) -> str:
    """A folded heading with exchangeable words made one: 聘用日期 and 聘用时间, 监护人手机号 and 监护人电话."""
    text = _BETWEEN.sub("", text)
    if _EXCHANGEABLE.search(text):  # most headings hold none of all these words
        for same, word in _EXCHANGES:
            text = same.sub(word, text)
    return text


@lru_cache(maxsize=20_000)
def _forms(text: str) -> frozenset[str]:
    """What a folded heading may be known by: its essence, with its words in any order, and without what is only said of the thing."""
    core = essence(text)
    short = core[:-2] if core.endswith(_DONE) else core
    return frozenset("".join(sorted(one)) for one in {core, short} if len(one) >= 2)


@lru_cache(maxsize=20_000)
def area_kind(text: str) -> str:
    """`town` or `village` where a folded heading is made of nothing but their names; else ""."""
    bare = _BETWEEN.sub("", text)
    return next((name for name, pattern in _AREAS if len(bare) <= 16 and pattern.fullmatch(bare)), "")


def folded_cell(raw: Raw) -> str:
    """A cell as a heading is compared; "" for a blank one."""
    return folded(raw) if isinstance(raw, str) else folded(plain(raw))


@cache
def _syllables() -> Mapping[str, str]:
    """The syllable of every common character, tones left out."""
    lines = Path(__file__).with_name("homophones.txt").read_text("utf-8").split("\n")
    return {character: line.split()[0] for line in lines if line for character in line.split()[1]}


def sounds_alike(one: str, other: str) -> bool:
    """Whether two texts of one length differ in at most two characters, each typed for one of the same sound: 残疾登记, 残疾等级."""
    if len(one) != len(other) or one == other:
        return False
    syllables = _syllables()
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(differing) <= min(2, len(one) - 1) and all(a in syllables and syllables[a] == syllables.get(b) for a, b in differing)


def one_slip(one: str, other: str) -> bool:
    """Whether one text comes from the other by one character put in, left out, exchanged or swapped with its neighbour."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 3:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:])


class Lexicon:
    """Every known heading: `words` maps a folded heading to the fields it is by ledger, `official` ones win a tie."""

    def __init__(self, extra: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self.words: dict[str, dict[str, str]] = {}
        self.aliases: dict[str, dict[str, tuple[str, ...]]] = {}
        self.official: set[tuple[str, str]] = set()
        for key, ledger in ledgers().items():
            self.aliases[key] = {}
            for name, column in ledger.columns.items():
                texts = tuple(dict.fromkeys(folded(text) for text in (*column.headings, *extra.get(key, {}).get(name, ()))))
                self.aliases[key][name] = texts
                self.official.add((key, texts[0]))
                for text in texts:
                    self.words.setdefault(text, {}).setdefault(key, name)
        self.bare = {
            _ANY_BRACKET.sub("", word): word for word in self.words if "(" in word and _ANY_BRACKET.sub("", word) not in self.words
        }
        self._matches: dict[tuple[Head, str], tuple[Match, ...]] = {}

    @cached_property
    def forms(self) -> Set[str]:
        """What the known headings may also go by; worked out for the first heading that isn't one of them as it stands."""
        return {form for word in self.words if len(word) > 2 for form in _forms(word)}

    @cached_property
    def _by_form(self) -> Mapping[tuple[str, str], Set[str]]:
        """The fields of a ledger whose headings may go by a form; worked out when first asked for."""
        found = defaultdict[tuple[str, str], set[str]](set)
        for key, fields in self.aliases.items():
            for name, words in fields.items():
                for form in chain.from_iterable(map(_forms, words)):
                    found[key, form].add(name)
        return found

    def knows(self, text: str) -> bool:
        """Whether a folded text is some ledger's heading, with or without what stands in brackets."""
        return (
            text in self.words
            or ("(" in text and _ANY_BRACKET.sub("", text) in self.words)
            or bool(text and (_BOTH.fullmatch(text) or area_kind(text)))
            or (3 <= len(text) <= 16 and not self.forms.isdisjoint(_forms(text)))
        )

    def rarity(self, field_word: str) -> float:
        """How much a heading tells: 1 where one or two ledgers have it, ½ for three or four, ¼ beyond."""
        count = len(self.words.get(field_word, ()))
        return 1.0 if count <= 2 else 0.5 if count <= 4 else 0.25

    def matches(self, head: Head, ledger: type[Ledger]) -> tuple[Match, ...]:
        """The fields of one ledger a heading may mean, surest first; empty where it means none."""
        found = self._matches.get((head, ledger.key))
        if found is None:
            best: dict[str, Match] = {}
            for match in self._ladder(head, ledger):
                if match.field not in best or best[match.field].score < match.score:
                    best[match.field] = match
            found = self._matches[head, ledger.key] = tuple(sorted(best.values(), key=lambda one: -one.score))
        return found

    def _ladder(self, head: Head, ledger: type[Ledger]) -> Iterator[Match]:
        leaf = folded(head.leaf)
        parents = [folded(parent) for parent in head.parents]
        if not leaf:
            return
        joined = list(self._joined(leaf, parents, ledger))
        if joined:
            yield from joined
            return
        if _foreign(leaf, parents, ledger, self.aliases[ledger.key]):
            return
        if _BOTH.fullmatch(leaf) and "category" in ledger.columns:
            yield Match("category", EXACT, "一列两项", "grade")
            return
        exact = list(self._exact(leaf, ledger)) or list(self._alike(leaf, ledger))
        yield from exact
        if not exact:
            yield from self._contained(leaf, ledger)
            yield from self._slips(leaf, ledger)

    def _exact(self, text: str, ledger: type[Ledger]) -> Iterator[Match]:
        for form, score in ((text, EXACT), (_ANY_BRACKET.sub("", text), LOOSE), (self.bare.get(text, ""), LOOSE)):
            name = self.words.get(form, {}).get(ledger.key)
            if name:
                yield Match(name, score + (0.02 if (ledger.key, form) in self.official else 0), "一致")
                return

    def _alike(self, text: str, ledger: type[Ledger]) -> Iterator[Match]:
        """The field whose heading says the same in other words; none where two would."""
        if (area := area_kind(text)) and area in ledger.columns:
            yield Match(area, ALIKE, "说法不同，意思一样")
            return
        meant = set[str]().union(*(self._by_form.get((ledger.key, form), ()) for form in _forms(text)))
        names = [name for name in ledger.columns if name in meant]
        if len(names) > 1:
            sure = "".join(sorted(essence(text)))
            names = [name for name in names if any(sure == "".join(sorted(essence(word))) for word in self.aliases[ledger.key][name])]
        if _ASKS.search(text):
            names = [name for name in names if _answers(ledger.columns[name].type)]
        if len(names) == 1:
            yield Match(names[0], ALIKE, "说法不同，意思一样")
        elif not names:
            yield from self._of_somebody(text, ledger)

    def _of_somebody(self, text: str, ledger: type[Ledger]) -> Iterator[Match]:
        """排查人姓名, 组长电话: a person's heading with 姓名 or 电话 behind it."""
        core = essence(text)
        for name, known in self.aliases[ledger.key].items():
            if name != "name" and ledger.columns[name].type.personal == "name":
                for word in known:
                    tail = core.removeprefix(essence(word))
                    field = name if tail == "姓名" else f"{name}_phone" if tail == "电话" else ""
                    if tail != core and field in ledger.columns:
                        yield Match(field, ALIKE, "说法不同，意思一样")
                        return

    def _joined(self, leaf: str, parents: Sequence[str], ledger: type[Ledger]) -> Iterator[Match]:
        """Parent and leaf as one heading: 监护人/电话 is 监护人电话, 疑似残疾情况/类别 is 疑似残疾类别."""
        known = self.aliases[ledger.key]
        for parent in reversed(parents):
            stems = dict.fromkeys((parent, _PARENT_TAIL.sub("", parent), _ANY_BRACKET.sub("", parent)))
            name = next((self.words.get(stem, {}).get(ledger.key) for stem in stems if ledger.key in self.words.get(stem, {})), None)
            for stem in (*stems, *(known[name] if name else ())):
                text = stem + leaf
                if stem and _BOTH.fullmatch(text) and "category" in ledger.columns:
                    yield Match("category", JOINED, "上下两级标题相连", "grade")
                    return
                if stem and (field := self.words.get(text, {}).get(ledger.key)):
                    yield Match(field, JOINED, "上下两级标题相连")
                    return
            if name and (said := next(self._of_somebody(parent + leaf, ledger), None)):
                yield said._replace(score=JOINED, why="上下两级标题相连")
                return
            if name and leaf in ("姓名", "名称") and ledger.columns[name].type.personal == "name":
                yield Match(name, JOINED, "上下两级标题相连")
                return

    def _contained(self, text: str, ledger: type[Ledger]) -> Iterator[Match]:
        found = [
            (name, word, score)
            for name, known in self.aliases[ledger.key].items()
            for word in known
            if name != "serial" and (word in text or text in word) and (score := _containment(text, word, ledger.columns[name].type.word))
        ]
        inside = {word for _, word, _ in found if len(word) < len(text)}
        for name, word, score in found:
            if not any(other != word and other.endswith(word) for other in inside):  # 未持证 at the end is not 持证
                yield Match(name, score, f"含“{word}”" if len(word) < len(text) else f"是“{word}”的简写")

    def _slips(self, text: str, ledger: type[Ledger]) -> Iterator[Match]:
        if text in self.words:
            return  # another ledger's heading, rightly written
        for name, known in self.aliases[ledger.key].items():
            score, word = max((_slip(text, one), one) for one in known)
            if score and not (_ANOTHER.search(text) and not _ANOTHER.search(word)):
                yield Match(name, score, f"与“{word}”差一处")


@cache
def _answers(kind: ValueType) -> bool:
    """Whether 是 is an answer to a heading of this kind."""
    if isinstance(kind, YesNoType | VisitedType | CommitteePostType):
        return True
    return not isinstance(kind, TextType) and not kind.read("是", Clue()).faults


def _slip(text: str, word: str) -> float:
    """How likely one text was typed for the other: by its sound, as most are, or by any one slip; 0 where it turns the meaning."""
    if text.endswith(word) and _TURNED.match(text[: -len(word)]):
        return 0.0
    return TYPO + 0.1 if sounds_alike(text, word) else TYPO if one_slip(text, word) else 0.0


def _containment(text: str, word: str, kind: str) -> float:
    """How well one text stands in the other: a known heading at the end of a longer one tells most. 0 where it tells nothing."""
    if len(word) >= 2 and len(word) < len(text):
        if text.endswith(word):
            front = text[: -len(word)]
            other_person = _ANOTHER.search(front) and not _ANOTHER.search(word)
            return 0 if other_person or (_TURNED.match(front) and not kind.startswith("是否")) else 0.75 + 0.1 * len(word) / len(text)
        if text.startswith(word) and _BENIGN_TAIL.match(text[len(word) :]):
            return 0.72 + 0.1 * len(word) / len(text)
    elif 2 <= len(text) < len(word) and word.endswith(text):
        return 0.6 + 0.1 * len(text) / len(word)
    return 0


def _foreign(leaf: str, parents: Sequence[str], ledger: type[Ledger], known: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a bare heading stands under somebody else: 户主/姓名, 监护人/身份证号 are not the person's own."""
    for parent in parents:
        holder = next((name for name, words in known.items() if parent in words), None)
        another = bool(_ANOTHER.search(parent)) or (
            holder is not None and holder != "name" and ledger.columns[holder].type.personal == "name"
        )
        if another and not any(leaf.startswith(word) for word in (known[holder] if holder else ())) and leaf in _PERSONAL:
            return True
    return False


_PERSONAL = frozenset(
    folded(text)
    for text in (
        "姓名",
        "性别",
        "民族",
        "身份证号",
        "身份证号码",
        "身份证",
        "证件号",
        "证件号码",
        "出生年月",
        "出生日期",
        "年龄",
        "文化程度",
        "学历",
        "政治面貌",
        "电话",
        "联系电话",
        "手机",
        "手机号",
        "联系方式",
        "住址",
        "家庭住址",
    )
)


@lru_cache(maxsize=8)
def _lexicon(extra: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]) -> Lexicon:
    return Lexicon({ledger: dict(fields) for ledger, fields in extra})


def lexicon(extra: Mapping[str, Mapping[str, Sequence[str]]]) -> Lexicon:
    """The known headings, with those the workspace adds by ledger and field; made once."""
    return _lexicon(tuple((ledger, tuple((name, tuple(texts)) for name, texts in fields.items())) for ledger, fields in extra.items()))
