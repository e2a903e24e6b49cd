"""P103: a share of disabled people and relatives, or of the grass roots, has not risen over the term before (二（一）1（3）; reading 20)."""

from __future__ import annotations

from collections.abc import Iterator

from canju.book import County
from canju.ledgers.delegates import Delegate
from canju.ledgers.kinds.vocabularies import BODY
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule

GROUPS = {"残疾人及亲友": frozenset({"残疾人", "残疾人亲友"}), "基层一线人员": frozenset({"基层一线"})}


def _rows(term: str, disabled: int, grass: int, others: int, body: str) -> list[dict[str, str]]:
    kinds = ["残疾人"] * disabled + ["基层一线"] * grass + ["社会各界"] * others
    return [{"term": term, "body": body, "name": f"王{n}", "constituency": kind} for n, kind in enumerate(kinds)]


def _both(term: str, disabled: int, grass: int, others: int) -> list[dict[str, str]]:
    return _rows(term, disabled, grass, others, "代表大会代表") + _rows(term, disabled, grass, others, "主席团委员")


@rule(
    "P103",
    "congress-share-not-raised",
    severity="error",
    clause="二（一）1（3）",
    expects="两个比例均高于上一届",
    says="比例没有提高：{actual}。",
    fix="请在换届人选中提高残疾人及亲友、基层一线人员的比例。",
    wrong="残疾人及亲友比例 40.0%，上届 40.0%",
    right="残疾人及亲友比例 45.0%，上届 40.0%",
    cases=[
        Case(town=None, rows={"delegates": _both("第六届", 4, 2, 4) + _both("第七届", 5, 3, 2)}, status="met"),
        Case(town=None, rows={"delegates": _both("第六届", 4, 2, 4) + _both("第七届", 4, 3, 3)}, status="unmet"),
        Case(town=None, rows={"delegates": _both("第七届", 4, 3, 3)}, status="unknown"),
        Case(
            town=None,
            rows={"delegates": _both("第六届", 4, 2, 4) + _rows("第七届", 5, 3, 2, "代表大会代表")},
            status="unknown",
            says="主席团委员",
        ),
        Case(
            town=None,
            rows={"delegates": _rows("第六届", 4, 2, 4, "代表大会代表") + _both("第七届", 4, 3, 3)},
            status="unmet",
        ),
        Case(
            town=None,
            rows={"delegates": _both("第七届", 4, 3, 3)},
            setting={"terms": {"next_congress": "2021-11-30"}},
            status="not_applicable",
        ),
        Case(rows={"staffing": []}, status="unknown"),
    ],
)
def congress_share_not_raised(county: County, plan: Plan) -> Judgement:
    """Two bodies and two groups give four shares, each compared with the term before; a body that one term lacks leaves its two unknown."""
    coming = county.book.workspace.terms.next_congress
    if coming and coming > plan.as_of:
        return Judgement("not_applicable", f"换届时间为{coming.isoformat()}，尚未到")
    records = county.book.records(Delegate)
    terms = sorted({record.term for record in records if record.term}, key=_number)
    if len(terms) < 2:
        return Judgement("unknown", "名册不足两届，无法比较", missing=("上一届代表和主席团委员名册",))
    before, after = ([record for record in records if record.term == term] for term in terms[-2:])
    blank = [record for record in (*before, *after) if record.body is None or record.constituency is None]
    if blank:
        return Judgement("unknown", f"有{len(blank)}人的机构或代表类型读不出", blank, missing=("机构、代表类型",))
    shares = list(_shares(before, after))
    fallen = [words for words, risen in shares if not risen]
    lacking = [body for body in BODY.words if not all(any(record.body == body for record in term) for term in (before, after))]
    if lacking and not fallen:
        return Judgement("unknown", f"名册中两届的{'、'.join(lacking)}不全，无法比较", after, missing=(f"两届的{'、'.join(lacking)}名册",))
    return Judgement("unmet" if fallen else "met", "；".join(fallen or [words for words, _ in shares]), after)


def _number(term: str) -> tuple[int, str]:
    from canju.ledgers.kinds.numerals import chinese_number

    return chinese_number(term.strip("第届次")) or 0, term


def _shares(before: list[Delegate], after: list[Delegate]) -> Iterator[tuple[str, bool]]:
    """Each share in words, and whether it rose. Compared exactly, without division."""
    for body in dict.fromkeys(record.body for record in after):
        old, new = ([record for record in term if record.body == body] for term in (before, after))
        for group, kinds in GROUPS.items():
            m, n = (sum(bool(kinds & set(record.constituency)) for record in term) for term in (old, new))
            if not old:
                continue
            yield f"{body}中{group}{100 * n / len(new):.1f}%，上届{100 * m / len(old):.1f}%", n * len(old) > m * len(new)
