"""C105: a cell of counts or amounts that cannot be read as a number."""

from canju.rules.base import Case, fault

fault(
    "C105",
    "unreadable-number",
    severity="error",
    says="「{heading}」的“{value}”不是数字。{why|}",
    fix="请填写阿拉伯数字，不加文字。",
    doc="A cell of counts or amounts that cannot be read as a number.",
    wrong="持证人数：十来个",
    right="持证人数：10",
    how="在表头行点“数据—筛选”，下拉框中会把文字排在数字之后，逐个更正。",
    cases=[
        Case(certified="十来个", hit="certified"),
        Case(certified="12人"),
        Case(certified="十二"),
        Case(ledger="commissioners", paid_total="几百块", hit="paid_total"),
        Case(ledger="commissioners", paid_total="贰佰元整"),
    ],
)
