"""F103: a file goes beyond a limit of bytes, unzipped bytes, ratio, cells or sheets, as a zip bomb does."""

from canju.rules.base import fault

fault(
    "F103",
    "oversized-file",
    severity="error",
    says="文件「{file}」：{why|超出可以处理的大小，未读取。}",
    fix="请核对文件是否正常；确需报送的，请删去多余的空行空列，或拆成几个文件。",
    doc="A file goes beyond a limit of bytes, unzipped bytes, ratio, cells or sheets, as a zip bomb does. It is left unread.",
    wrong="台账备份.xlsx（解压后 500 MB）",
    right="台账备份.xlsx（只留有内容的行和列）",
    how="选中最后一条记录以下的整行（Ctrl+Shift+↓），右键“删除”，再保存；空列同样处理。仍然过大的，把各工作表分别另存为单独的文件。",
)
