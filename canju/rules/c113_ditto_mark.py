"""C113: ditto marks lose their meaning as soon as rows are sorted or merged."""

from canju.rules.base import fault

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
)
