"""F209: two places that tell the town disagree."""

from canju.rules.base import fault

fault(
    "F209",
    "town-conflict",
    severity="error",
    says="{why|填报单位、标题、工作表名、文件名或表中的镇（街道）不一致。}",
    fix="请核对是哪个镇（街道）的台账，改正有误的一处后重新报送。",
    doc="Two places that tell the town disagree. The order of trust is reporting unit, title, sheet, file name, folder.",
    wrong="填报单位：甲镇；文件名：乙镇….xlsx",
    right="填报单位和文件名都是甲镇",
    how="改“填报单位”一格，或在文件夹中给文件重命名（F2）。",
)
