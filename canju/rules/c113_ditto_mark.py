"""C113: ditto marks lose their meaning as soon as rows are sorted or merged."""

from canju.rules.base import Case, fault

fault(
    "C113",
    "ditto-mark",
    severity="error",
    says="「{heading}」填的是“{value}”，请写出内容。",
    fix="请填写完整内容，每一行都能单独看懂。",
    doc="Ditto marks lose their meaning as soon as rows are sorted or merged. The value above is suggested.",
    wrong="同上",
    right="甲村3组12号",
    how="选中该单元格和上面一格，按 Ctrl+D 向下填充。",
    cases=[
        Case(ledger="uncertified", address="同上", hit="address"),
        Case(ledger="uncertified", reason="〃", hit="reason"),
        Case(rows={"uncertified": [{"address": "甲村3组12号"}, {"address": "同上"}]}, count=1, hit="address", suggests="甲村3组12号"),
        Case(rows={"uncertified": [{"name": "张三"}, {"name": "同上"}]}, count=1, hit="name", suggests=""),
        Case(ledger="uncertified", address="甲村3组12号"),
    ],
)
