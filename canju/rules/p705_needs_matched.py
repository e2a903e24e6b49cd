"""P705: for how many known needs a service was arranged (二（四）3, a progress figure; readings 15, 21)."""

from __future__ import annotations

from canju.book import Town
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule
from canju.rules.subjects import only_uncertified, people

ROW = {"village": "观音村"}


@rule(
    "P705",
    "needs-matched",
    severity="error",
    clause="二（四）3",
    reads=("uncertified.needs", "uncertified.arranged"),
    expects="服务与需求精准对接",
    says="{town}已对接的服务需求：{actual}。",
    fix="请对接服务并填写对接情况。",
    wrong="服务需求：康复、辅具；对接情况（空）",
    right="服务需求：康复、辅具；对接情况：康复",
    cases=[
        Case(
            rows={
                "uncertified": [
                    {**ROW, "name": "王一", "needs": "康复、辅具", "arranged": "康复、救助"},
                    {**ROW, "name": "王二", "needs": "托养", "arranged": ""},
                ]
            },
            status="progress",
            says="1/3项，占33.3%（仅未持证部分）",
        ),
        Case(
            rows={
                "uncertified": [{**ROW, "name": "王一", "needs": "康复", "arranged": ""}],
                "certified": [{**ROW, "name": "王二", "needs": "辅具、救助", "arranged": "辅具"}],
            },
            status="progress",
            actual="1/3项，占33.3%",
        ),
        Case(rows={"uncertified": [{**ROW, "name": "王一", "needs": "康复", "arranged": ""}]}, status="unknown"),
        Case(rows={"uncertified": [{**ROW, "name": "王一", "needs": "康复"}]}, status="unknown"),
    ],
)
def needs_matched(town: Town, plan: Plan) -> Judgement:
    """Single needs are counted, not persons."""
    found = [record for record in people(town, "needs", "arranged") if record.needs]
    total = sum(len(record.needs) for record in found)
    evidence = [(record, name) for record in found for name in ("arranged", "needs")]
    if total and all(record.arranged is None for record in found):
        return Judgement("unknown", "「对接情况」全部空白", evidence, missing=("「对接情况」未填",), done=0, total=total)
    done = sum(len(set(record.needs) & set(record.arranged or ())) for record in found)
    share = f"，占{100 * done / total:.1f}%" if total else ""
    judged = Judgement("progress", f"{done}/{total}项{share}", evidence, done=done, total=total)
    return only_uncertified(town, judged, "needs", "arranged")
