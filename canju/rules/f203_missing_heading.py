"""F203: a required column is not there."""

from canju.rules.base import fault

fault(
    "F203",
    "missing-heading",
    severity="error",
    says="缺少必需的列「{heading}」。{why|}",
    fix="请按模板补上这一列并逐行填写。",
    doc="A required column is not there. It is said once; no row is found fault with for it.",
    wrong="姓名 | 性别 | 身份证号",
    right="姓名 | 性别 | 身份证号 | 未办证原因",
    how="在表头行右键“插入—列”，写上规定的列名，再逐行填写。",
)
