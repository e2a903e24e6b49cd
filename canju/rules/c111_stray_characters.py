"""C111: control, zero-width or direction characters were dropped before reading, or a text file's rows cut otherwise set right."""

from canju.rules.base import Case, fault

fault(
    "C111",
    "stray-characters",
    severity="note",
    says="{lines|「}{heading}{what|」中有看不见的字符，已去掉后读取。}{why|}",
    fix="建议对照原件重新输入，以免查找和比对不到。",
    doc="Control, zero-width or direction characters were dropped before reading.",
    wrong="陆[零宽空格]应永",
    right="陆应永",
    how="删去单元格内容后手工重新输入；或在相邻列用 =CLEAN(TRIM(E57)) 清理后“选择性粘贴—数值”。",
    cases=[
        Case(ledger="uncertified", name="陆\u200b应永", hit="name"),
        Case(ledger="uncertified", phone="\u202d16440719205\u202c", hit="phone"),
        Case(ledger="uncertified", name="陆 应永"),
        Case(ledger="uncertified", name="陆应永"),
    ],
)
