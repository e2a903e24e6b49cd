"""P801: the county's written summary is overdue, or how many days are left (三（三）; reading 19)."""

from __future__ import annotations

from canju.book import County
from canju.plans import Plan
from canju.rules.base import Case, Judgement, rule


@rule(
    "P801",
    "summary-overdue",
    severity="error",
    also="note",
    clause="三（三）",
    needs=("summary_deadline",),
    expects="按期上报书面总结",
    says="书面总结{actual}；应于{expected}前上报。",
    fix="请尽快上报；已上报的请在 canju.toml 的 [deadlines] 登记报送日期。",
    wrong="期限 10 月 10 日，10 月 12 日报送",
    right="期限 10 月 10 日，10 月 9 日报送",
    cases=[
        Case(setting={"deadlines": {"summary_submitted": "2019-10-10"}}, status="met"),
        Case(setting={"deadlines": {"summary_submitted": "2019-10-11"}}, status="unmet"),
        Case(figures={"summary_deadline": "03-01"}, as_of="2020-03-01", status="progress", says="还有0天"),
        Case(as_of="2019-10-11", status="unmet", severity="error", says="未登记报送日期"),
        Case(as_of="2019-10-10", status="progress", severity="note", says="还有0天"),
    ],
)
def summary_overdue(county: County, plan: Plan) -> Judgement:
    """The day itself is in time. The deadline is the first such day from the plan's issue on."""
    deadline = plan.day_in("summary_deadline", plan.issued.year)
    if deadline < plan.issued:
        deadline = plan.day_in("summary_deadline", plan.issued.year + 1)
    sent = county.book.workspace.deadlines.summary_submitted
    expected = f"{deadline.year}年{deadline.month}月{deadline.day}日"
    if sent is not None:
        return Judgement("met" if sent <= deadline else "unmet", f"{sent.isoformat()}报送", expected=expected)
    if plan.as_of > deadline:
        return Judgement("unmet", "未登记报送日期", expected=expected)
    return Judgement("progress", f"距期限还有{(deadline - plan.as_of).days}天", expected=expected, severity="note")
