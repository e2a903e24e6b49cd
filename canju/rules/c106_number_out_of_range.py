"""C106: a number that cannot be: negative, people in fractions, more than twelve months in a year."""

from canju.rules.base import Case, fault

fault(
    "C106",
    "number-out-of-range",
    severity="error",
    says="「{heading}」的“{value}”超出合理范围。{why|}",
    fix="请核对后更正。",
    doc="A number that cannot be: negative, people in fractions, more than twelve months in a year.",
    wrong="发放月数：13",
    right="发放月数：12",
    how="选中该列，“数据—数据有效性（验证）”，设为整数并限定范围，再“圈释无效数据”查找。",
    cases=[
        Case(disabled_members="2.5", hit="disabled_members"),
        Case(disabled_members="-1", hit="disabled_members"),
        Case(disabled_members="0"),
        Case(paid_months="13", hit="paid_months"),
        Case(paid_months="12"),
    ],
)
