"""Cells that hold one or several words of a vocabulary, and yes or no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from canju.ledgers.base import CellFault, Clue, Read
from canju.ledgers.kinds.cell import BLANK_WORDS, CellType, fold, shown, split_remark
from canju.model import Raw

YES = frozenset(
    [
        "是",
        "√",
        "✓",
        "✔",
        "☑",
        "■",
        "●",
        "有",
        "已",
        "对",
        "y",
        "yes",
        "true",
        "1",
        "v",
        "○是",
        "已设",
        "已设立",
        "已建",
        "已建立",
        "已成立",
        "已配备",
        "已落实",
        "已纳入",
        "已挂牌",
        "已上墙",
        "具备",
        "符合",
        "参加",
        "已参加",
        "掌握",
        "会",
        "能",
        "已宣传",
        "已走访",
        "已制定",
        "已培训",
    ]
)
NO = frozenset(
    [
        "否",
        "×",
        "✗",
        "✘",
        "☐",
        "□",
        "○",
        "无",
        "未",
        "没有",
        "没",
        "不",
        "n",
        "no",
        "false",
        "0",
        "x",
        "不是",
        "未设",
        "未设立",
        "未建",
        "未建立",
        "未成立",
        "未配备",
        "未落实",
        "未纳入",
        "未挂牌",
        "未上墙",
        "不具备",
        "不符合",
        "未参加",
        "没参加",
        "不会",
        "不能",
        "未宣传",
        "未走访",
        "未制定",
        "未培训",
        "尚未",
    ]
)
_SEPARATORS = re.compile(r"[、,，;；/\\|\n\s+&·]+|和|及|与")


def near(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """The word of a vocabulary that a text most likely means, if any comes near."""
    from rapidfuzz import fuzz, process

    if len(text) > 40:
        return ()
    found = process.extractOne(text, words, scorer=fuzz.ratio, score_cutoff=45)
    if found:
        return (str(found[0]),)
    inside = [word for word in words if word in text or (len(text) > 1 and text in word)]
    return (inside[0],) if len(inside) == 1 else ()


class YesNoType(CellType):
    """Yes or no; blank, `/`, `-` and 不详 are unknown."""

    word = "是否"
    blanks = (BLANK_WORDS - {"无"}) | frozenset({"不清", "不清楚", "未知", "待核实", "?"})

    def answer(self, text: str) -> bool | None:
        """True, False, or None where a text is neither."""
        folded = fold(split_remark(text)[0]).strip("。.;；!")
        if folded in YES:
            return True
        if folded in NO:
            return False
        boxes = re.findall(r"([√✓✔☑■□☐○])\s*(是|有|否|无)|(是|有|否|无)\s*([√✓✔☑■□☐])", text)
        marked = {word for a, b, c, d in boxes for mark, word in ((a or d, b or c),) if mark in "√✓✔☑■"}
        if len(marked) == 1:
            return marked.pop() in ("是", "有")
        return None

    def of_text(self, text: str, clue: Clue) -> Read:
        """The answer; what stands in brackets goes to the remarks; C102 where it is neither."""
        if (answer := self.answer(text)) is not None:
            remark = split_remark(text)[1] if len(text) > 2 else ""
            return Read(answer, remark=remark)
        return Read(faults=(CellFault("C102", {"why": "应填“是”或“否”。"}, near(text, ("是", "否"))),))

    def of_bool(self, value: bool, clue: Clue) -> Read:
        """TRUE and FALSE."""
        return Read(value)

    def show(self, value: object) -> str:
        """是 or 否."""
        return "是" if value else "否"

    @property
    def words(self) -> tuple[str, ...]:
        """The canonical words."""
        return ("是", "否")


class ChoiceType(CellType):
    """One word of a vocabulary. Synonyms are folded silently; a slip or a stranger is C102 with the nearest word suggested.

    `folds` are further spellings by canonical word; `pattern` may read what no list can hold; `why` says what else is wrong.
    """

    def __init__(
        self,
        word: str,
        words: Sequence[str],
        folds: Mapping[str, str] | None = None,
        slips: Mapping[str, str] | None = None,
        pattern: Callable[[str], str | None] | None = None,
        why: Callable[[str], str] | None = None,
        blanks: frozenset[str] | None = None,
    ) -> None:
        self.word, self.words, self._folds, self._pattern, self._why = word, tuple(words), folds or {}, pattern, why
        self._slips = slips or {}
        if blanks is not None:
            self.blanks = blanks

    @cached_property
    def _known(self) -> dict[str, str]:
        known = {fold(word): word for word in self.words}
        for word, others in self._folds.items():
            known.update({fold(other): word for other in others.split()})
        return known

    def of_text(self, text: str, clue: Clue) -> Read:
        """The canonical word, or C102."""
        folded = fold(text).strip("。.,，;；")
        value = self._known.get(folded) or (self._pattern(folded) if self._pattern else None)
        if value is None:
            bare, remark = split_remark(text)
            value = self._known.get(fold(bare)) if remark else None
            if value is not None:
                return Read(value, remark=remark)
        if value is not None:
            return Read(value)
        why = self._why(folded) if self._why else ""
        slip = next(((right,) for wrong, right in self._slips.items() if fold(wrong) == folded), None)
        return Read(faults=(CellFault("C102", {"why": why} if why else {}, slip or (() if why else near(folded, self.words))),))


class ManyType(CellType):
    """Several words of a vocabulary; `free` lets others stand. 无 is a value where the vocabulary holds it."""

    def __init__(self, word: str, words: Sequence[str], folds: Mapping[str, str] | None = None, free: bool = False) -> None:
        self.word, self.words, self.free = word, tuple(words), free
        self.one = ChoiceType(word, words, folds, blanks=frozenset())
        if "无" in words:
            self.blanks = BLANK_WORDS - {"无"}

    def of_text(self, text: str, clue: Clue) -> Read:
        """The words in the order given, each once; C102 where one is strange."""
        if (whole := self.one.of_text(text, clue)).value is not None:
            return Read((whole.value,), remark=whole.remark)
        text = unicodedata.normalize("NFKC", text)
        values: dict[str, None] = {}
        for part in (part for part in _SEPARATORS.split(text) if part):
            read = self.one.of_text(part.strip('《》"“”()（）.。:：'), clue)
            if read.value is not None:
                values[read.value] = None
            elif self.free:
                values[part] = None
            elif split := self._run(part):
                values.update(dict.fromkeys(split))
            else:
                return Read(faults=(read.faults[0]._replace(values={**read.faults[0].values, "value": part[:40]}),))
        return Read(tuple(values)) if values else Read(faults=(CellFault("C102"),))

    def _run(self, text: str) -> list[str]:
        """Words written without anything between them: 康复辅具救助."""
        found, rest = [], fold(text)
        spellings = sorted(self.one._known, key=len, reverse=True)
        while rest:
            word = next((word for word in spellings if len(word) > 1 and rest.startswith(word)), None)
            if word is None:
                return []
            found.append(self.one._known[word])
            rest = rest[len(word) :]
        return found

    def show(self, value: Sequence[str]) -> str:
        """The words joined by 、."""
        return "、".join(value)


class PostType(CellType):
    """职务: one or several posts, split at 、，/ and at a 兼 that joins two (reading 16); any words may stand."""

    word = "职务"

    def of_text(self, text: str, clue: Clue) -> Read:
        """The posts, each once."""
        text = unicodedata.normalize("NFKC", text)
        posts = []
        for part in re.split(r"[、,/;\n]+", text):
            for post in re.split(r"(?<=[^\s兼])\s*兼任?(?!职)(?=.)", part):
                post = "".join(post.split())
                if post:
                    posts.append(_POSTS.get(post, post))
        return Read(tuple(dict.fromkeys(posts))) if posts else Read(blank=True)

    def show(self, value: Sequence[str]) -> str:
        """The posts joined by 、."""
        return "、".join(value)

    def likely(self, raw: Raw) -> bool:
        """Whether it names a post."""
        return bool(re.search(r"理事长|主席|委员|书记|干部|联络员|站长|成员|主任|干事", shown(raw)))


_POSTS = {
    "残协主席": "主席",
    "村残协主席": "主席",
    "社区残协主席": "主席",
    "残疾人协会主席": "主席",
    "残协副主席": "副主席",
    "残联理事长": "理事长",
    "残疾人专职委员": "专职委员",
    "专委": "专职委员",
    "残协专职委员": "专职委员",
    "残联专职委员": "专职委员",
    "残联副理事长": "副理事长",
    "专职理事长": "理事长",
    "专职副理事长": "副理事长",
    "残协委员": "委员",
    "残疾人联络员": "联络员",
}
