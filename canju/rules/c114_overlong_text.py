"""C114: a text cell longer than 500 characters: most likely pasted by mistake."""

from canju.rules.base import Case, fault

fault(
    "C114",
    "overlong-text",
    severity="query",
    says="「{heading}」有{length}字，超过500字。",
    fix="请精简到500字以内，详情另附说明。",
    doc="A text cell longer than 500 characters: most likely pasted by mistake.",
    wrong="（一格中粘贴了整篇材料）",
    right="（一两句话）",
    how="双击单元格删减；长材料另存为 Word 文件随表报送。",
    cases=[
        Case(ledger="uncertified", remarks="长" * 501, hit="remarks"),
        Case(ledger="uncertified", remarks="长" * 500),
        Case(ledger="uncertified", remarks="独居"),
    ],
)
