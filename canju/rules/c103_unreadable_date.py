"""C103: a cell of days that cannot be read as any day, month or year."""

from canju.rules.base import Case, fault

fault(
    "C103",
    "unreadable-date",
    severity="error",
    says="「{heading}」的“{value}”不是有效日期。{why|应为 2019-9-25 这样的年月日。}",
    fix="请与原件核对后按 2019-9-25 的写法更正。",
    doc="A cell of days that cannot be read as any day, month or year.",
    wrong="2016.2.30",
    right="2016-2-28",
    how="选中整列，“数据—分列”连按两次“下一步”，“列数据格式”选“日期（YMD）”，完成；仍不对的逐个更正。",
    cases=[
        Case(surveyed="2019年13月5日", hit="surveyed"),
        Case(surveyed="2019-2-30", hit="surveyed"),
        Case(surveyed="2019-2-28"),
        Case(surveyed="去年冬天", hit="surveyed"),
        Case(surveyed="2019年9月"),
        Case(surveyed="二〇一九年九月"),
    ],
)
