"""C108: the cell shows a spreadsheet error such as #REF!, #N/A or #VALUE!."""

from canju.model import ErrorValue
from canju.rules.base import Case, fault

fault(
    "C108",
    "spreadsheet-error",
    severity="error",
    says="「{heading}」是公式错误“{value}”，没有可用的值。",
    fix="请改正公式，或直接填写数值。",
    doc="The cell shows a spreadsheet error such as #REF!, #N/A or #VALUE!.",
    wrong="#REF!",
    right="600",
    how="点该单元格看编辑栏中的公式，改正引用；或直接输入结果覆盖公式。",
    cases=[
        Case(ledger="commissioners", paid_total=ErrorValue("#REF!"), hit="paid_total"),
        Case(ledger="commissioners", paid_total="#VALUE!", hit="paid_total"),
        Case(ledger="commissioners", paid_total=ErrorValue("#N/A")),
        Case(ledger="commissioners", paid_total="600"),
    ],
)
