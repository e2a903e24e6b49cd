"""F210: in a CSV an unclosed quote swallowed lines: physical lines and records disagree, so no row of the file is used."""

from canju.rules.base import fault

fault(
    "F210",
    "swallowed-lines",
    severity="error",
    says="文件「{file}」：{why|有一个英文引号没有配对，后面的行被并进了一格，整个文件未采用。}",
    fix='请删去多余的英文引号（"），或另存为 .xlsx 后重新报送。',
    doc="In a CSV an unclosed quote swallowed lines: physical lines and records disagree, so no row of the file is used.",
    wrong='"张某某,男,汉族',
    right="张某某,男,汉族",
    how='用记事本打开，按 Ctrl+F 查找英文引号（"），删去不成对的一个并保存；或从原来的表格用“另存为”保存成 .xlsx。',
)
