"""F211: a text file holds bytes that fit no encoding tried, so no row of the file is used."""

from canju.rules.base import fault

fault(
    "F211",
    "undecodable-text",
    severity="error",
    says="文件「{file}」：{why|含有无法识别的文字编码，整个文件未采用。}",
    fix="请用 Excel 或 WPS 打开原件，另存为 .xlsx 后重新报送。",
    doc="A text file holds bytes that fit no encoding tried, so no row of the file is used.",
    wrong="（打开后有乱码）",
    right="（文字正常）",
    how="在原来的表格中点“文件—另存为”，类型选“Excel 工作簿（*.xlsx）”或“CSV UTF-8（逗号分隔）”。",
)
