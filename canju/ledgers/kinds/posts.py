"""两委职务: which posts of the village committees a text holds (reading 11)."""

from __future__ import annotations

import re

from canju.ledgers.base import Clue, Read
from canju.ledgers.kinds.cell import fold
from canju.ledgers.kinds.text import TextType

DIRECTOR = "主任"
_NOT = re.compile(r"监督|监委|会计|文书|出纳|组长|组干|驻村|计生|妇联|民兵|团支|治保|调解|网格|公益|专干|联络员|护林|保洁|村医|报账")
_BOTH = re.compile(
    r"一肩挑|书记(?:兼|、|,|/|和|暨)?(?:村|居)?(?:委会)?主任|(?:村|居)?(?:委会)?主任(?:兼|、|,|/)?(?:党)?(?:总|支)?(?:部)?书记"
)
_DEPUTY = re.compile(r"副主任")
_CHIEF = re.compile(r"(?<!副)主任")
_SECRETARY = re.compile(r"书记")
_MEMBER = re.compile(r"委员|支委|村委|居委|两委|党委")


def committee_posts(text: str | None) -> tuple[str, ...] | None:
    """The 两委 posts of a text: 主任, 副主任, 书记, 副书记, 委员, 成员 (是: a member, which post is not said); () for none; None where blank.

    Not among them: 村务监督委员会主任, 会计, 组长, 驻村干部 and the like. 书记主任一肩挑 counts as 主任 too.
    """
    if text is None:
        return None
    folded = fold(text)
    if folded in ("是", "有", "√", "✓", "y", "yes", "1", "两委成员", "村两委成员"):
        return ("成员",)
    if folded in ("否", "无", "×", "✗", "n", "no", "0", "不是", "没有", "非两委成员", "非两委"):
        return ()
    found: dict[str, None] = {}
    for part in re.split(r"[、,，/;；]|兼(?!职)", folded):
        if part and not _NOT.search(part):
            found.update(dict.fromkeys(_of_part(part)))
    if _BOTH.search(folded) and not _NOT.search(folded):
        found.update({"书记": None, DIRECTOR: None})
    return tuple(found)


def _of_part(part: str) -> list[str]:
    posts = []
    if _DEPUTY.search(part):
        posts.append("副主任")
    elif _CHIEF.search(part):
        posts.append(DIRECTOR)
    if _SECRETARY.search(part):
        posts.append("副书记" if "副书记" in part else "书记")
    if not posts and _MEMBER.search(part):
        posts.append("委员")
    return posts


class CommitteePostType(TextType):
    """两委职务 as typed; `committee_posts` says what it holds. 否 and 无 are an answer here, not a blank."""

    word = "两委职务"
    blanks = TextType.blanks - {"无"}

    def of_text(self, text: str, clue: Clue) -> Read:
        """The words as typed."""
        return super().of_text(text, clue)
