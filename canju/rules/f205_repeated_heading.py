"""F205: two columns stand for one field."""

from canju.rules.base import fault

fault(
    "F205",
    "repeated-heading",
    severity="error",
    says="「{heading}」与另一列填的是同一项内容，只采用了一列。{why|}",
    fix="请合并为一列，删去多余的一列。",
    doc="Two columns stand for one field. The official heading wins, and the other is not read.",
    wrong="联系电话 | 手机号",
    right="联系电话",
    how="把两列内容合并到规定列名下，再选中多余的列，右键“删除”。",
)
