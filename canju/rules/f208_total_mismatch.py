"""F208: a total or subtotal agrees with no plausible range of rows above it."""

from canju.rules.base import fault

fault(
    "F208",
    "total-mismatch",
    severity="query",
    says="{why|合计（小计）与它上面各行的数不一致。}",
    fix="请核对合计行和各行的数，改正有误的一处。",
    doc="A total or subtotal agrees with no plausible range of rows above it. An unreadable cell in the range makes no finding.",
    wrong="合计 42（各行相加为 41）",
    right="合计 41",
    how="在合计单元格输入 =SUM(起始单元格:结束单元格)，按回车；再核对各行是否缺漏。",
)
