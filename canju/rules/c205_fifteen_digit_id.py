"""C205: a number of the first generation, read as its eighteen-digit form and flagged."""

from canju.rules.base import Case, fault

fault(
    "C205",
    "fifteen-digit-id",
    severity="query",
    standard="GB 11643—1999《公民身份号码》",
    says="「{heading}」是15位旧号码，应为18位。",
    fix="请按现在的身份证填写18位号码。",
    doc="A number of the first generation, read as its eighteen-digit form and flagged.",
    wrong="522799600330072",
    right="522799196003300724",
    how="选中整列，右键“设置单元格格式—数字—文本”，确定后再逐个重新输入号码（先设文本、后输入，顺序不能反）。",
    cases=[
        Case(ledger="uncertified", id_number="522799900307451", hit="id_number"),
        Case(ledger="uncertified", id_number="522799199003074510"),
    ],
)
