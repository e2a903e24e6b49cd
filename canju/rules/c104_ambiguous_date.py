"""C104: a number such as 2019."""

from canju.rules.base import Case, fault

fault(
    "C104",
    "ambiguous-date",
    severity="query",
    says="「{heading}」的“{value}”有两种读法。{why|请写明年、月、日。}",
    fix="请按 2019-10-1 的写法写全四位年份和月份。",
    doc="A number such as 2019.1 may be January or October, and a two-digit year may be of either century.",
    wrong="2016.1（1 月还是 10 月）",
    right="2016-10",
    how="把单元格设为“文本”格式再输入 2016-10，小数点后的 0 就不会丢失。",
    cases=[
        Case(surveyed="19.8.25", hit="surveyed"),
        Case(surveyed=2019.1, hit="surveyed"),
        Case(surveyed="2019.10"),
        Case(surveyed=2019.2),
        Case(surveyed="2019.8.25"),
    ],
)
