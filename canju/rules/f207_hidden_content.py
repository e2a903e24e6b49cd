"""F207: hidden rows, columns or sheets were read like the rest: what is hidden may still be meant."""

from canju.rules.base import fault

fault(
    "F207",
    "hidden-content",
    severity="note",
    says="{why|有隐藏的行、列或工作表，其中的内容已一并读取。}",
    fix="请取消隐藏后核对；是下拉列表的来源等辅助内容的，不用改。",
    doc="Hidden rows, columns or sheets were read like the rest: what is hidden may still be meant.",
    wrong="第 12—15 行已隐藏",
    right="全部显示",
    how="按 Ctrl+A 全选，在行号（列标）上右键“取消隐藏”；工作表在标签上右键“取消隐藏”。",
)
