"""F201: a sheet holds a table that fits no ledger."""

from canju.rules.base import fault

fault(
    "F201",
    "unrecognized-sheet",
    severity="query",
    says="工作表「{sheet}」有表格，但对不上任何一种台账。{why|}",
    fix="如是台账，请把列名改为模板的列名；如不是台账，说明一下即可，不必删。",
    doc="A sheet holds a table that fits no ledger. The nearest ledger, and what it lacks, is named.",
    wrong="列名：品名、数量、金额",
    right="列名：姓名、身份证号、未办证原因 …",
    how="向县残联索取空白模板，把数据复制到模板中（右键“选择性粘贴—数值”），列名不要改动。",
)
