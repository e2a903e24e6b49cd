"""C206: a number that stands for none, such as 999…, 000… or 123456…."""

from canju.rules.base import Case, fault

fault(
    "C206",
    "placeholder-id",
    severity="query",
    standard="GB 11643—1999《公民身份号码》",
    says="「{heading}」像是临时代用的号码，不是真实身份证号。",
    fix="请填写真实号码；确无身份证的请留空并在备注中说明。",
    doc="A number that stands for none, such as 999…, 000… or 123456….",
    wrong="999799195401270001",
    right="（真实号码，或留空并备注）",
    how="选中整列，右键“设置单元格格式—数字—文本”，确定后再逐个重新输入号码（先设文本、后输入，顺序不能反）。",
    cases=[
        Case(ledger="uncertified", id_number="999999199003074510", hit="id_number"),
        Case(ledger="uncertified", id_number="000000000000000000", hit="id_number"),
        Case(ledger="uncertified", id_number="123456789012345678", hit="id_number"),
        Case(ledger="uncertified", id_number="522799199003074510"),
    ],
)
