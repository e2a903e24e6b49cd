"""What 问题清单 says of each finding: how a town is told, and how its answer is found again."""

from __future__ import annotations

from canju.masking import mask_path, mask_text, show
from canju.model import Finding
from canju.outputs.findings import message

LIST = "问题清单"
HEADS = ("序号", "文件", "工作表", "单元格", "姓名", "问题", "现值", "修改建议", "性质", "核实说明", "指纹")
REPLY = "reply"
"""What a town said of an error, among the values of its sentence: the error stands, and so does the answer."""
DUTY = {"error": "必改", "query": "请核实", "note": "提示"}


def values_of(number: int, finding: Finding) -> tuple[str, ...]:
    """The line of one finding: people by name, their numbers masked."""
    address = finding.address
    place = address.cell or (f"第{address.row}行" if address.row else f"{address.column}列" if address.column else "")
    said = message(finding, "town")
    if finding.suggestions:
        said += f" 建议：{'；'.join(finding.suggestions)}"
    return (
        str(number),
        mask_path(address.file.rsplit("/", 1)[-1]),
        mask_path(address.sheet or ""),
        place,
        mask_text(finding.person or finding.place or ""),
        mask_text(said),
        show(finding.value, "town")[:300] if finding.value else "",
        finding.fix,
        DUTY[finding.severity],
        mask_text(finding.explained or str(finding.values.get(REPLY, ""))),
        f"{finding.fingerprint} {finding.rule}",
    )
