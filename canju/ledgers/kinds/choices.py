"""Cells that hold one or several words of a vocabulary, and yes or no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from canju.ledgers.base import CellFault, Clue, Read
from canju.ledgers.kinds.cell import BLANK_WORDS, UNKNOWN_WORDS, CellType, fold, split_remark
from canju.ledgers.kinds.text import overlong
from canju.patterns import pattern

# --- yes and no -----------------------------------------------------------------------------------

_YES_WORDS = "是 √ ✓ ✔ ☑ ■ ● 有 已 对 y yes 1 true t v 是的 会 能 可以 具备 符合 齐全 健全 完善 完成 全部 参加 掌握 设立 成立"
YES = frozenset(_YES_WORDS.split())
_NO_WORDS = "否 × ✗ ✘ ☐ □ ○ ☒ 无 未 没有 没 不 n no 0 false f x 不是 不会 不能 不具备 不符合 不齐全 不健全 不完善 尚未 暂未 还没有"
NO = frozenset(_NO_WORDS.split())
_DEED = (
    "设|设立|设置|成立|建|建立|建成|建组|设组|组建|配|配备|配齐|参加|参训|宣传|上墙|挂|挂牌|纳入|纳入预算|落实|完成|培训|走访|入户|制定"
    "|建档|归档|脱钩|脱产|达标|规范|告知|上门|掌握|应用|使用|做|办|开展"
)
_DONE = pattern(rf"(?:已|已经|均已|都已|全部|有)(?:{_DEED})了?")
_NOT_DONE = pattern(rf"(?:未|没|没有|不|尚未|还未|暂未|均未|都未|无)(?:{_DEED})")
_TICK, _BOX = "√✓✔☑■●", "□☐○"


def _ticked(text: str) -> bool | None:
    """The answer ticked of 是☑否□ or □是 √否, None where the text is no such pair."""
    if not re.search(rf"[{_TICK}]", text) or not re.search(r"[是有].*[否无]|[否无].*[是有]", text):
        return None
    before = text[0] in _TICK + _BOX
    found = re.findall(rf"[{_TICK}]([是有否无])" if before else rf"([是有否无])[{_TICK}]", text)
    return found[0] in "是有" if len(found) == 1 else None


class YesNoType(CellType):
    """Yes or no; blank, `/`, `-` and 不详 are unknown."""

    word = "是否"
    words = ("是", "否")
    blanks = (BLANK_WORDS | UNKNOWN_WORDS) - NO

    def answer(self, text: str) -> bool | None:
        """True, False, or None where a text is neither."""
        folded = fold(split_remark(text[:100])[0]).strip("。.;；!")
        if folded in YES or _DONE.fullmatch(folded):
            return True
        if folded in NO or _NOT_DONE.fullmatch(folded):
            return False
        return _ticked(fold(text)[:40])

    def of_text(self, text: str, clue: Clue) -> Read:
        """The answer; what stands in brackets goes to the remarks; C102 where it is neither."""
        if (answer := self.answer(text)) is not None:
            return Read(answer, remark=split_remark(text)[1])
        return Read(faults=(CellFault("C102", {"why": "应填“是”或“否”。"}, near(fold(text), self.words)),))

    def of_bool(self, value: bool, clue: Clue) -> Read:
        """TRUE and FALSE."""
        return Read(value)

    def show(self, value: object) -> str:
        """是 or 否."""
        return "是" if value else "否"


# --- vocabularies ---------------------------------------------------------------------------------


def near(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """The word of a vocabulary that a text most likely means, if any comes near."""
    if len(text) > 40 or not any(character in word for character in text for word in words):
        return ()
    from rapidfuzz import fuzz, process

    found = process.extractOne(text, words, scorer=fuzz.ratio, score_cutoff=45)
    if found:
        return (str(found[0]),)
    inside = [word for word in words if word in text or (len(text) > 1 and text in word)]
    return (inside[0],) if len(inside) == 1 else ()


class ChoiceType(CellType):
    """One word of a vocabulary. Synonyms are folded silently; a slip or a stranger is C102 with the nearest word suggested.

    `folds` are further spellings by canonical word; `pattern` may read what no list can hold; `why` says what else is wrong, and
    then no nearest word is told; `unknown` are words that say no more than a blank.
    """

    def __init__(
        self,
        word: str,
        words: Sequence[str],
        folds: Mapping[str, str] | None = None,
        slips: Mapping[str, str] | None = None,
        pattern: Callable[[str], str | None] | None = None,
        why: Callable[[str], str] | None = None,
        unknown: str = "",
    ) -> None:
        self.word, self.words, self._pattern, self._why = word, tuple(words), pattern, why
        self._slips = {fold(wrong): right for wrong, right in (slips or {}).items()}
        self.known = {fold(word): word for word in self.words}
        for canonical, others in (folds or {}).items():
            self.known.update({fold(other): canonical for other in others.split()})
        self.blanks = (BLANK_WORDS | UNKNOWN_WORDS | frozenset(unknown.split())) - frozenset(self.known)

    def find(self, text: str) -> str | None:
        """The canonical word a text stands for, or None."""
        folded = fold(text[:80]).strip(".,;。")
        return self.known.get(folded) or (self._pattern(folded) if self._pattern else None)

    def of_text(self, text: str, clue: Clue) -> Read:
        """The canonical word; what stands in brackets behind it goes to the remarks; C102 for anything else."""
        if (value := self.find(text)) is not None:
            return Read(value)
        bare, remark = split_remark(text)
        if remark and (value := self.find(bare)) is not None:
            return Read(value, remark=remark)
        return Read(faults=(self.fault(text),))

    def fault(self, text: str) -> CellFault:
        """C102 for a text, with the word it is nearest to."""
        folded = fold(text[:80])
        why = self._why(folded) if self._why else ""
        slip = self._slips.get(folded)
        nearest = (slip,) if slip else () if self._why else near(folded, self.words)
        return CellFault("C102", {"why": why} if why else {}, nearest)


NONE = "无"
_NONE = frozenset({"无", "没有", "(无)", "无需求", "不需要", "无困难"})
_FREE_SEPARATORS = pattern(r"[、,;/\\|\n+]+")
_SEPARATORS = pattern(r"[、,;/\\|\n\s+&·]+|和|及|与")


class ManyType(CellType):
    """Several words of a vocabulary as a tuple, in the order given, each once.

    无 is the value () where the vocabulary lacks the word: it is known that there are none; with `none` false it is a blank.
    `free` lets other words stand; `all_of` are words that mean the whole vocabulary.
    """

    def __init__(
        self,
        word: str,
        words: Sequence[str],
        folds: Mapping[str, str] | None = None,
        free: bool = False,
        all_of: str = "",
        none: bool = True,
    ) -> None:
        self.word, self.words, self.free, self.none = word, tuple(words), free, none
        self.one = ChoiceType(word, words, folds)
        self.all_of = frozenset(fold(one) for one in all_of.split())
        self.blanks = (BLANK_WORDS | UNKNOWN_WORDS) - (_NONE if none else frozenset())

    def of_text(self, text: str, clue: Clue) -> Read:
        """The words; C102 where one is strange, with the word itself."""
        if fold(text[:20]) in self.all_of:
            return Read(self.words)
        values: dict[str, None] = {}
        for part in self._parts(text):
            words = self._words(part)
            if words is None:
                fault = self.one.fault(part)
                return Read(faults=(fault._replace(values={**fault.values, "value": part[:40]}),))
            values.update(dict.fromkeys(words))
        if len(values) > 1:
            values.pop(NONE, None)
        value = tuple(word for word in values if word != NONE or NONE in self.words)
        if not values:
            return Read(faults=(self.one.fault(text),))
        if not value and not self.none:
            return Read(blank=True)
        return Read(value, overlong(text) if self.free else ())

    def _parts(self, text: str) -> list[str]:
        """The single words: the whole where it is one, else split at the separators; numbers before listed words dropped."""
        if self.one.find(text) or fold(text[:20]) in _NONE:
            return [text]
        text = unicodedata.normalize("NFKC", text)
        if not self.free:
            text = re.sub(r"(?:^|(?<=[、,;\s]))[(]?[0-9]{1,2}[.、)]\s*(?=[^0-9])", " ", text)
        parts = (_FREE_SEPARATORS if self.free else _SEPARATORS).split(text)
        return [bare for part in parts if re.search(r"[^\W\d]", bare := part.strip(' 《》"“”().。:`'))]

    def _words(self, part: str) -> Sequence[str] | None:
        """The words one part holds; None where it is strange."""
        if fold(part[:20]) in _NONE:
            return (NONE,)
        found = self.one.find(part) or self.one.find(split_remark(part)[0])
        if found is not None:
            return (found,)
        return (part,) if self.free else self._run(part)

    def _run(self, text: str) -> list[str] | None:
        """Words written without anything between them: 康复辅具救助."""
        found, rest = [], fold(text[:80])
        spellings = sorted(self.one.known, key=len, reverse=True)
        while rest:
            word = next((word for word in spellings if len(word) > 1 and rest.startswith(word)), None)
            if word is None:
                return None
            found.append(self.one.known[word])
            rest = rest[len(word) :]
        return found

    def show(self, value: Sequence[str]) -> str:
        """The words joined by 、; 无 where there are none."""
        return "、".join(value) or NONE
