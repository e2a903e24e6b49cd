"""F202: neither the reporting-unit line, title, sheet name, file name, folder nor any row tells the town."""

from canju.rules.base import fault

fault(
    "F202",
    "unknown-town",
    severity="error",
    says="{why|看不出是哪个镇（街道）报送的，记录无法归入任何一个镇（街道）。}",
    fix="请在标题下的“填报单位”处写明镇（街道）名称，或把文件放入以镇（街道）命名的文件夹。",
    doc="Neither the reporting-unit line, title, sheet name, file name, folder nor any row tells the town.",
    wrong="残疾人小组登记.xlsx（无填报单位）",
    right="填报单位：甲镇",
    how="在标题下一行的第一格写“填报单位：”和镇（街道）全称，保存后重新报送。",
)
