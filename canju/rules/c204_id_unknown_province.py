"""C204: the first two digits are no province of GB/T 2260, nor a permit for residents of Hong Kong, Macao and Taiwan or for foreigners."""

from canju.rules.base import Case, fault

fault(
    "C204",
    "id-unknown-province",
    severity="query",
    standard="GB 11643—1999《公民身份号码》；GB/T 2260《中华人民共和国行政区划代码》",
    says="「{heading}」前两位{province|}不是任何省份的代码。{why|}",
    fix="请与身份证核对后更正，或说明情况。",
    doc="The first two digits are no province of GB/T 2260, nor a permit for residents of Hong Kong, Macao and Taiwan or for foreigners.",
    wrong="162301…（16 不是省份代码）",
    right="522301…（52 为贵州）",
    how="在单元格中双击，与身份证逐位核对；格式保持“文本”。",
    cases=[
        Case(ledger="uncertified", id_number="162799199003074513", hit="id_number"),
        Case(ledger="uncertified", id_number="830000199003074511"),
        Case(ledger="uncertified", id_number="522799199003074510"),
    ],
)
