"""F106: the same bytes came twice under two names."""

from canju.rules.base import fault

fault(
    "F106",
    "repeated-file",
    severity="query",
    says="文件「{file}」与「{twin}」内容完全相同，只读取了一份。",
    fix="请核对是否重复报送；如放错了文件，请补报正确的一份。",
    doc="The same bytes came twice under two names. The second copy is not read, so that nobody is counted twice.",
    wrong="附件4.xls 和 副本附件4.xls",
    right="附件4.xls",
    how="打开两个文件比较；确为同一份的，删去名称带“副本”“备份”的一份。",
)
