"""F105: a lock file, a temporary file, or no ledger format at all."""

from canju.rules.base import fault

fault(
    "F105",
    "skipped-file",
    severity="note",
    says="文件「{file}」：{why|不是台账，未读取。}",
    fix="如是台账，请另存为 .xlsx 后再报；.rar、.7z 请先解压；其余无需处理。",
    doc="A lock file, a temporary file, or no ledger format at all. A Word paper, PDF or picture is most likely a ledger's sealed copy.",
    wrong="~$小组台账.xlsx",
    right="小组台账.xlsx",
    how="压缩包请解压后报送文件夹，或重新压缩为 .zip；照片和 PDF 作为盖章件留存，另报电子表格。",
)
