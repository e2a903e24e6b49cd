"""C110: neither a mobile number of eleven digits nor a fixed line with its area code."""

from canju.rules.base import Case, fault

fault(
    "C110",
    "malformed-phone",
    severity="query",
    says="「{heading}」的“{value}”不像电话号码。{why|手机应为11位，座机为区号加7或8位。}",
    fix="请核对后更正，或说明情况。",
    doc="Neither a mobile number of eleven digits nor a fixed line with its area code.",
    wrong="1612754317（10 位）",
    right="16127543171（11 位）",
    how="选中整列，右键“设置单元格格式—数字—文本”，确定后再逐个重新输入号码（先设文本、后输入，顺序不能反）。",
    cases=[
        Case(ledger="uncertified", phone="1612754317", hit="phone"),
        Case(ledger="uncertified", phone="164162774698", hit="phone"),
        Case(ledger="uncertified", phone="16127543171"),
        Case(ledger="uncertified", phone="0854-5631234"),
        Case(ledger="uncertified", phone="13985412345、13985412346"),
        Case(ledger="uncertified", phone=13985412345.0),
    ],
)
