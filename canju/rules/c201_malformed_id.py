"""C201: an ID number of the wrong length or with characters that none has (GB 11643)."""

from canju.rules.base import Case, fault

fault(
    "C201",
    "malformed-id",
    severity="error",
    standard="GB 11643—1999《公民身份号码》",
    says="「{heading}」{why|应为18位：前17位是数字，末位是数字或X。}",
    fix="请与身份证核对后更正。",
    doc="An ID number of the wrong length or with characters that none has (GB 11643).",
    wrong="52279919541197992（17 位）",
    right="522799195411097992（18 位）",
    how="选中整列，右键“设置单元格格式—数字—文本”，确定后再逐个重新输入号码（先设文本、后输入，顺序不能反）。",
    cases=[
        Case(ledger="uncertified", id_number="52279919900307451", hit="id_number"),
        Case(ledger="uncertified", id_number="5227991990030745100", hit="id_number"),
        Case(ledger="uncertified", id_number="52279919900307A510", hit="id_number"),
        Case(ledger="uncertified", id_number="522799 19900307 4510"),
    ],
)
