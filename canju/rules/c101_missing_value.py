"""C101: a required cell is blank."""

from canju.rules.base import Case, fault

fault(
    "C101",
    "missing-value",
    severity="error",
    says="「{heading}」未填写，此项必填。{why|}",
    fix="请补填。",
    doc="A required cell is blank. Some blanks stand: a minor's ID number, or a value that comes from elsewhere.",
    wrong="未办证原因：（空）",
    right="未办证原因：外出务工",
    how="在表头行点“数据—筛选”，在该列的下拉框中只勾选“（空白）”，即可看到全部未填的行。",
    cases=[
        Case(ledger="uncertified", name="张三", reason="", hit="reason"),
        Case(ledger="uncertified", name="张三", reason="无", hit="reason"),
        Case(ledger="uncertified", name="张三", reason="外出务工"),
        Case(ledger="uncertified", name="张三", birth_date="1990-03-07", id_number="", hit="id_number"),
        Case(ledger="uncertified", name="张三", birth_date="2010-03-07", id_number=""),
        Case(ledger="uncertified", name="张三", reason="〃"),
    ],
)
