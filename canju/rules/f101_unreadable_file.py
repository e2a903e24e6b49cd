"""F101: a file is damaged, cut off, empty, or no spreadsheet at all."""

from canju.rules.base import fault

fault(
    "F101",
    "unreadable-file",
    severity="error",
    says="文件「{file}」：{why|内容已损坏、不完整，或不是电子表格，无法读取。}",
    fix="请用 Excel 或 WPS 打开核对，另存为 .xlsx 后重新报送。",
    doc="A file is damaged, cut off, empty, or no spreadsheet at all. Nothing in it can be judged, so the round is incomplete (exit 3).",
    wrong="未持证残疾人台账.xlsx（0 字节）",
    right="未持证残疾人台账.xlsx（能正常打开）",
    how="打开原件；能打开的，点“文件—另存为”，类型选“Excel 工作簿（*.xlsx）”；打不开的，请找原件或备份重新发送。",
)
