"""F206: a ledger has headings and no rows."""

from canju.rules.base import fault

fault(
    "F206",
    "empty-ledger",
    severity="query",
    says="{why|表中没有一条记录，也没有写“零报告”。}",
    fix="确实没有的，请写一行“零报告”；漏填的，请补报。",
    doc="A ledger has headings and no rows. A nil return says so in one line and is valid.",
    wrong="（只有表头）",
    right="零报告",
    how="在表头下第一行的第一格填“零报告”，保存后重新报送。",
)
