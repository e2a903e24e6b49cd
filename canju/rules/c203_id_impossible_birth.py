"""C203: digits 7–14 name no such day, a day to come, or one over 130 years ago."""

from canju.rules.base import Case, fault

fault(
    "C203",
    "id-impossible-birth",
    severity="error",
    standard="GB 11643—1999《公民身份号码》",
    says="「{heading}」第7—14位不是可能的出生日期。{why|}",
    fix="请与身份证核对后更正。",
    doc="Digits 7–14 name no such day, a day to come, or one over 130 years ago.",
    wrong="522799193302319605（2 月 31 日）",
    right="522799193302219605",
    how="在单元格中双击，与身份证逐位核对；格式保持“文本”。",
    cases=[
        Case(ledger="uncertified", id_number="522799199002304513", hit="id_number"),
        Case(ledger="uncertified", id_number="522799199002284516"),
        Case(ledger="uncertified", id_number="522799188801014519", hit="id_number"),
        Case(ledger="uncertified", id_number="522799202001014519", hit="id_number"),
    ],
)
