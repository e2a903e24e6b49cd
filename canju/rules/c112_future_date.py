"""C112: a day after the day of judgement."""

from canju.rules.base import Case, fault

fault(
    "C112",
    "future-date",
    severity="error",
    says="「{heading}」的“{value}”晚于核对日期{as_of|}。",
    fix="请核对年份后更正。",
    doc="A day after the day of judgement. Days that may lie ahead, such as the end of a term or of validity, are let be.",
    wrong="排查时间：2029-08-06",
    right="排查时间：2019-08-06",
    how="逐个更正；可在“数据—筛选—日期筛选”中选“晚于”查找。",
    cases=[
        Case(surveyed="2020-01-01", hit="surveyed"),
        Case(surveyed="2019-12-31"),
        Case(surveyed="2019年12月"),
        Case(surveyed="2029-08-06", hit="surveyed"),
        Case(term_end="2021-12-31"),
        Case(valid_until="2029-06-13"),
    ],
)
