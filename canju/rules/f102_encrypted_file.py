"""F102: a file opens with a password only."""

from canju.rules.base import fault

fault(
    "F102",
    "encrypted-file",
    severity="error",
    says="文件「{file}」：{why|设有打开密码，无法读取。}",
    fix="请取消打开密码后重新报送，或另行告知密码。",
    doc="A file opens with a password only. `--password-file` or a prompt can open it; without one nothing in it is judged.",
    wrong="组织建设台账.xlsx（打开时要输密码）",
    right="组织建设台账.xlsx（直接打开）",
    how="Excel：“文件—信息—保护工作簿—用密码进行加密”，清空密码后保存。WPS：“文件—文档加密—密码加密”，清空打开密码后保存。",
)
