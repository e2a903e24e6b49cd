"""R113: the remarks say that somebody died, resigned or went away, and the rest of the row says otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping

from canju.ledgers.commissioners import Commissioner
from canju.ledgers.staffing import Staffing
from canju.ledgers.uncertified import Uncertified
from canju.model import plain
from canju.patterns import pattern
from canju.plans import Plan
from canju.rules.base import Case, rule

_DEAD = "已故|死亡|去世|病故|亡故|过世|离世"
_GONE = "外出|迁出|迁走"
_OUT = "辞职|辞去|解聘|离职"
_WORD = pattern(f"{_DEAD}|{_GONE}|{_OUT}")
_OTHERS = pattern(
    r"父|母|爸|妈|夫|妻|其子|有人|配偶|爱人|老伴|儿|女|[长次独]子|孙|兄|弟|姐|妹|哥|嫂|亲|家人|家属|监护人|爷|奶|公公|婆|邻居|前任|前专|原[主专联干委]|接替|接任|顶替"
)
_NOT = pattern(r"(?:未|没|没有|不|无|非|拒绝|无法|不能|不愿|曾|曾经|可以?|能|便于)(?:能|曾|有|再|去|想|办理|申请)?$")
_BACK = pattern(r"返|回|复职|续聘|误")
_HARD = pattern(r"外出(?:时|需|须|要|不便|困难|靠|依靠|能力|活动|行走|散步)")


@rule(
    "R113",
    "remark-contradicts",
    severity="query",
    reads=("remarks",),
    maybe=("left", "reason"),
    says="备注写有“{word}”，与本行其他内容不符。",
    fix="请核实本人现况：属实的，请填写离岗时间或移出本台账；不属实的，请改正备注。",
    wrong="备注 已于上月辞职，解聘时间（空）",
    right="备注 已于上月辞职，解聘时间 2019-11-30",
    how="在备注列点“数据—筛选—文本筛选—包含”，输入“辞职”“已故”等词，即可看到有关的行。",
    cases=[
        Case(ledger="uncertified", remarks="已故", hit="remarks"),
        Case(ledger="uncertified", remarks="户口已迁出", hit="remarks"),
        Case(ledger="uncertified", remarks="长期外出", reason="资料不全", hit="remarks"),
        Case(ledger="uncertified", remarks="长期外出", reason="外出务工"),
        Case(ledger="uncertified", remarks="父母外出务工，与奶奶同住", reason="资料不全"),
        Case(ledger="uncertified", remarks="未外出", reason="资料不全"),
        Case(ledger="uncertified", remarks="外出需轮椅，家中有人外出务工", reason="资料不全"),
        Case(ledger="uncertified", remarks="外出务工，已返乡", reason="资料不全"),
        Case(ledger="uncertified", remarks="与父母同住"),
        Case(ledger="commissioners", remarks="已于上月辞职", hit="remarks"),
        Case(ledger="commissioners", remarks="已于上月辞职", left="2019-11-30"),
        Case(ledger="commissioners", remarks="接替辞职的原专职委员"),
        Case(ledger="commissioners", remarks="辞职", left="2019年13月", unchecked=True),
        Case(ledger="staffing", remarks="2019年8月解聘", hit="remarks", says="解聘"),
        Case(ledger="staffing", remarks="", unchecked=True),
    ],
)
def remark_contradicts(person: Staffing | Commissioner | Uncertified, _: Plan) -> Mapping[str, str] | None:
    """Who left with a date, or could not be certified because away, is told consistently; so is a word about somebody else."""
    word = telling(person.remarks)
    if not word or person.value("left") is not None:
        return None
    if isinstance(person, Uncertified) and (word in _OUT.split("|") or (word == "外出" and person.reason in (None, "外出务工"))):
        return None
    in_name = word not in plain(person.raw("remarks")) and word in plain(person.raw("name"))
    return {"word": word, "field": "name"} if in_name else {"word": word}


def telling(remarks: str) -> str:
    """The word of a remark that says somebody died, left the post or went away; "" where it speaks of others, or denies it."""
    for clause in re.split(r"[，,。；;、！!\n]", remarks):
        found = _WORD.search(clause)
        if found is None or _HARD.search(clause) or _OTHERS.search(before := clause[: found.start()]) or _NOT.search(before):
            continue
        if found[0] in _DEAD or not _BACK.search(remarks, remarks.index(found[0])):
            return found[0]
    return ""
