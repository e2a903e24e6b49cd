"""Category and grade of a disability (GB/T 26341), each alone or both in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from canju.ledgers.kinds.cell import fold, shown, tidy
from canju.ledgers.kinds.choices import ChoiceType
from canju.model import ErrorValue, Raw, Uncalculated
from canju.patterns import pattern

CATEGORY_BY_DIGIT = {"1": "视力", "2": "听力", "3": "言语", "4": "肢体", "5": "智力", "6": "精神", "7": "多重"}
GRADE_BY_DIGIT = {"1": "一级", "2": "二级", "3": "三级", "4": "四级"}
CATEGORIES, GRADES = tuple(CATEGORY_BY_DIGIT.values()), tuple(GRADE_BY_DIGIT.values())

_CATEGORY_WORDS = {
    "视力": "视力残疾 视残 视障 视力残 视力障碍 视觉障碍 盲 盲人 盲残 低视力 失明",
    "听力": "听力残疾 听残 听障 听力残 听力障碍 听觉障碍 聋 聋人 聋残 聋哑 耳聋 失聪",
    "言语": "言语残疾 言语障碍 言语残 言残 语言 语言残疾 语言障碍 语言残 语残 哑 哑人",
    "肢体": "肢体残疾 肢体残 肢残 肢障 肢残人 肢体障碍 瘫痪",
    "智力": "智力残疾 智力残 智残 智障 弱智 智力障碍 智力低下",
    "精神": "精神残疾 精神残 精残 精障 精神障碍 精神病 精神病人 精神疾病",
    "多重": "多重残疾 多重残 多重障碍 多残 综合 综合残疾 综合残 多种 多种残疾",
}
_GRADE_WORDS = {
    "一级": "一 壹 壹级 1 1级 i i级 一等",
    "二级": "二 贰 贰级 2 2级 ii ii级 二等",
    "三级": "三 叁 叁级 3 3级 iii iii级 三等",
    "四级": "四 肆 肆级 4 4级 iv iv级 四等",
}
_ABOVE = pattern(r"(?:[五六七八九十伍陆柒捌玖拾]|[5-9]|10|v|vi{1,3}|ix|x)[级等]?(?:伤残|残疾)?|.*(?:工伤|伤残|军残).*")


def _spellings(words: Mapping[str, str]) -> dict[str, str]:
    return {fold(one): word for word, others in words.items() for one in (word, *others.split())}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_CATEGORY_OF, _GRADE_OF = _spellings(_CATEGORY_WORDS), _spellings(_GRADE_WORDS)
_CATEGORY = _any(_CATEGORY_OF)
_TOKEN = pattern(
    rf"(?P<category>{_CATEGORY})(?:残疾?人?|患者|障碍|[人者类性])?|(?P<grade>{_any(_GRADE_OF)})(?:残疾?)?"
    r"|[-、,;/\\|+.:()\[\]—–~·和及与加伴兼并合]+|疑似|残疾|类别|等级|级别|程度"
)
_CODED = pattern(rf"(?:^|(?<=[、,;/+]))[(]?([1-7])[)]?[.、:-]?(?=({_CATEGORY}))")


class _Named(NamedTuple):
    """The categories and grades a text names, each once, in order."""

    categories: tuple[str, ...]
    grades: tuple[str, ...]

    @property
    def category(self) -> str | None:
        """The one category; two or more are 多重."""
        return "多重" if len(self.categories) > 1 else self.categories[0] if self.categories else None

    @property
    def grade(self) -> str | None:
        """The grade; of several the gravest, as the standard has it for multiple disability."""
        return min(self.grades, key=GRADES.index) if self.grades else None


def _named(text: str) -> _Named | None:
    """What a folded text names; None where anything else stands in it, or a code that is not the category's behind it."""
    text = _CODED.sub(lambda found: "" if CATEGORY_BY_DIGIT[found[1]] == _CATEGORY_OF[found[2]] else "#", text[:60])
    categories, grades, at = [], [], 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            return None
        if found["category"]:
            categories.append(_CATEGORY_OF[found["category"]])
        elif found["grade"]:
            grades.append(_GRADE_OF[found["grade"]])
        at = found.end()
    return _Named(tuple(dict.fromkeys(categories)), tuple(dict.fromkeys(grades)))


def _codes(text: str) -> tuple[str, str] | None:
    """4-2, 4/2 and 4.2 as category and grade."""
    found = re.fullmatch(r"([1-7])[-/\\.—–:|]([1-4])级?", text)
    return (CATEGORY_BY_DIGIT[found[1]], GRADE_BY_DIGIT[found[2]]) if found else None


def _category(text: str) -> str | None:
    """4, 1、4, 4肢体, 肢体残疾, 视力、听力, and the category of 肢体二级."""
    if re.fullmatch(r"[1-7](?:[、,;+和及][1-7])*", text):
        return _Named(tuple(dict.fromkeys(CATEGORY_BY_DIGIT[digit] for digit in re.findall("[1-7]", text))), ()).category
    if codes := _codes(text):
        return codes[0]
    named = _named(text)
    return named.category if named else None


def _grade(text: str) -> str | None:
    """一级, 1级, Ⅰ, 壹级, 残疾一级, and the grade of 肢体二级."""
    if codes := _codes(text):
        return codes[1]
    named = _named(text)
    return named.grade if named and (named.categories or len(named.grades) == 1) else None


def _other_scale(text: str) -> str:
    """Why a grade above four cannot be: it is another scale."""
    if _ABOVE.fullmatch(text):
        return "残疾人证只分一至四级，五级以上是工伤或军残的等级，请按残疾人证填写。"
    return "应填一级、二级、三级或四级。"


CATEGORY = ChoiceType("残疾类别", CATEGORIES, _CATEGORY_WORDS, pattern=_category, unknown="未评定 待评定 未鉴定 待鉴定 未定 否 非残疾人")
GRADE = ChoiceType(
    "残疾等级",
    GRADES,
    _GRADE_WORDS,
    {"极重度": "一级", "重度": "二级", "中度": "三级", "轻度": "四级"},
    _grade,
    _other_scale,
    "未评定 待评定 未鉴定 待鉴定 未定 未定级 未评级 待定级 待评级 否",
)


def split_category_grade(raw: Raw) -> tuple[str | None, str | None] | None:
    """Category and grade of a cell that may hold both: 肢体二级, 4-2, 肢体/2, 42.

    Either is None where the cell does not name it; the whole is None where the cell is blank or holds something else.
    """
    if raw is None or isinstance(raw, bool | ErrorValue | Uncalculated):
        return None
    text = fold(tidy(shown(raw))[0])
    if re.fullmatch("[1-7][1-4]", text):
        return CATEGORY_BY_DIGIT[text[0]], GRADE_BY_DIGIT[text[1]]
    if codes := _codes(text):
        return codes
    named = _named(text)
    return (named.category, named.grade) if named and (named.categories or len(named.grades) == 1) else None
