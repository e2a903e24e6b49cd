"""F104: extension and content differ."""

from canju.rules.base import fault

fault(
    "F104",
    "misnamed-file",
    severity="note",
    says="文件「{file}」：{why|扩展名与实际格式不一致，已按实际格式读取。}",
    fix="不影响本次核对；下次请用“另存为”保存，不要直接改扩展名。",
    doc="Extension and content differ. The content decides how the file is read.",
    wrong="花名册.xlsx（实为旧版 .xls）",
    right="花名册.xls，或另存为 .xlsx",
    how="打开文件（提示格式不一致时选“是”），点“文件—另存为”，类型选“Excel 工作簿（*.xlsx）”。",
)
