"""职务 and 两委职务: the posts a cell holds (readings 11 and 16)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from canju.ledgers.base import CellFault, Clue, Read
from canju.ledgers.kinds.cell import CellType, fold, shown, squeezed
from canju.ledgers.kinds.text import TextType, overlong
from canju.model import Raw
from canju.patterns import pattern

# --- posts in federations and associations --------------------------------------------------------

_JOINTS = pattern(r"[、,/;+]+|(?<=[^\s兼(\[])兼任?(?!职)(?=[^)\]])")
_FOLDS = {
    "专委": "专职委员",
    "残疾人专职委员": "专职委员",
    "残疾人兼职委员": "兼职委员",
    "残疾人联络员": "联络员",
    "协会主席": "主席",
    "协会副主席": "副主席",
    "协会委员": "委员",
    "康复站站长": "站长",
    "康复站长": "站长",
    "党组班子成员": "党组成员",
}
_SHORT = "理事长|副理事长|主席|副主席|委员|专职委员|兼职委员|联络员|干部|党组书记|党组成员|站长|专委|秘书长"
_OF_BODY = pattern(
    rf"(?:[\u4e00-\u9fff]{{0,6}}[县市区镇乡村居]|[\u4e00-\u9fff]{{0,4}}(?:街道|社区))?(?:残联|残协|残疾人联合会|残疾人协会)(?=(?:{_SHORT})$)"
)
_OWN_MODE = pattern(r"^(?:专职|兼职|挂职)(?=副?理事长$)|\((?:专|兼|挂)(?:职|任)?\)$")
_MODES = {"专": "专职", "兼": "兼职", "挂": "挂职"}


class PostType(CellType):
    """职务: one or several posts, split at 、，/ and at a 兼 that joins two (reading 16); any words may stand."""

    word = "职务"

    def of_text(self, text: str, clue: Clue) -> Read:
        """The posts, each once, by their short names; a bare number is none."""
        folded = squeezed(text.replace("\n", "、"))
        parts = (re.sub("^兼+(?!职)|兼+$", "", post) for post in _JOINTS.split(folded))
        parts = (post for post in parts if re.search(r"[^\W\d]", post) and not self.is_blank(post))
        posts = tuple(dict.fromkeys(map(_short, parts)))
        return Read(posts, overlong(text)) if posts else Read(faults=(CellFault("C102", {"why": "应填职务名称。"}),))

    def show(self, value: Sequence[str]) -> str:
        """The posts joined by 、."""
        return "、".join(value)

    def likely(self, raw: Raw) -> bool:
        """Whether it names a post."""
        return bool(re.search(r"理事长|主席|委员|书记|干部|联络员|站长|成员|主任|干事", shown(raw)))


def _short(post: str) -> str:
    """A post without the body it belongs to and without its own mode: 村残协主席 → 主席, 挂职副理事长 → 副理事长."""
    post = _OWN_MODE.sub("", _OF_BODY.sub("", post)) or post
    return _FOLDS.get(post, post)


def mode_in_post(text: str) -> str | None:
    """专职, 兼职 or 挂职 where a director's post says so itself: 挂职副理事长, 副理事长（兼）; else None, 专职委员 included."""
    found = re.search(r"(专|兼|挂)职副?理事长|理事长\((专|兼|挂)(?:职|任)?\)", squeezed(text))
    return _MODES[found[1] or found[2]] if found else None


# --- posts on the village committees --------------------------------------------------------------

DIRECTOR = "主任"
_OUTSIDE = pattern(
    r"监督|监委|监事|会计|文书|出纳|组长|组干|驻村|驻社区|第一书记|计生|妇联|妇女|民兵|团支|团委|治保|治安|综治|调解|网格|公益|专干"
    r"|联络员|护林|保洁|村医|报账|残协|残联|专职委员|兼职委员|专委|助理|理事|议事|合作社|卫生|工会|科协|红白|代表"
    r"|^原|\(原|原任|前任|离任|退休|离职"
)
_BOTH = pattern(r"一肩挑|书记(?:兼|、|,|/|和|暨)?(?:村|居)?(?:委会)?主任|(?:村|居)?(?:委会)?主任(?:兼|、|,|/)?(?:党)?(?:总|支)?(?:部)?书记")
_MEMBER = pattern(r"委员|支委|村委|居委|两委|党委")
_YES_WORDS = "是 有 √ ✓ ✔ ☑ 1 y yes true 是的 成员 两委成员 两委委员 村两委成员 村两委委员 村(居)两委成员 支两委成员 村支两委成员 两委干部"
_YES = frozenset(_YES_WORDS.split())
_NO_WORDS = "否 无 × ✗ ✘ □ ☐ 0 n no false 不是 没有 非 非两委成员 非两委 不是两委成员 非村两委成员 群众 村民 居民 普通村民"
_NO = frozenset(_NO_WORDS.split())


def committee_posts(text: str | None) -> tuple[str, ...] | None:
    """The 两委 posts of a text: 主任, 副主任, 书记, 副书记, 委员, 成员 (是: a member, which post is not said); () for none; None where blank.

    Not among them: 村务监督委员会主任, 会计, 组长, 驻村干部 and the like. 书记主任一肩挑 counts as 主任 too.
    """
    if text is None or not (folded := fold(text[:500])):
        return None
    if folded in _YES:
        return ("成员",)
    if folded in _NO:
        return ()
    found: dict[str, None] = {}
    for part in re.split(r"[、,/;]|兼(?!职)任?", folded):
        if part and not _OUTSIDE.search(part):
            found.update(dict.fromkeys(_of_part(part)))
    if _BOTH.search(folded) and not _OUTSIDE.search(folded):
        found.update({"书记": None, DIRECTOR: None})
    return tuple(found)


def _of_part(part: str) -> list[str]:
    posts = []
    if "副主任" in part:
        posts.append("副主任")
    elif "主任" in part:
        posts.append(DIRECTOR)
    if "书记" in part:
        posts.append("副书记" if "副书记" in part else "书记")
    if not posts and _MEMBER.search(part):
        posts.append("委员")
    return posts


class CommitteePostType(TextType):
    """两委职务 as typed; `committee_posts` says what it holds. 否 and 无 are an answer here, not a blank."""

    word = "两委职务"
    blanks = TextType.blanks - {"无"}
