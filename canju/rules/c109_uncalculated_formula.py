"""C109: a formula whose result was never stored, as some programs write it."""

from canju.model import Uncalculated
from canju.rules.base import Case, fault

fault(
    "C109",
    "uncalculated-formula",
    severity="error",
    says="「{heading}」是公式，但文件中没有保存计算结果。",
    fix="请打开文件重新计算并保存，或直接填写数值。",
    doc="A formula whose result was never stored, as some programs write it.",
    wrong="=W13*X13（无结果）",
    right="600",
    how="打开文件，按 F9（或 Ctrl+Alt+F9）重新计算后保存；也可复制后“选择性粘贴—数值”。",
    cases=[
        Case(ledger="commissioners", paid_total=Uncalculated("W13*X13"), hit="paid_total"),
        Case(ledger="commissioners", paid_total=600),
    ],
)
