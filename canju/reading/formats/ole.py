"""What lies inside an OLE container: a workbook, an encrypted one, or a paper of another program."""

from __future__ import annotations

import io
from typing import Literal

from canju.reading.limits import Damaged

Holds = Literal["workbook", "encrypted"]
PAPER = "不是台账格式（Word文稿、PDF或图片），未读取；如系台账的盖章件，请另报电子表格。"
BROKEN = "文件已损坏或不完整，无法打开。"
FILEPASS, BOF = 0x002F, 0x0009


def contents(data: bytes) -> Holds:
    """What the container holds. Raises Damaged: F105 for a Word paper and the like, F101 for what can't be opened."""
    import olefile  # type: ignore[import-untyped]

    try:
        ole = olefile.OleFileIO(io.BytesIO(data))
        streams = {"/".join(parts).lower() for parts in ole.listdir()}
        if "encryptedpackage" in streams or "encryptioninfo" in streams:
            return "encrypted"
        name = next((name for name in ("workbook", "book") if name in streams), "")
        if name:
            return "encrypted" if _has_filepass(ole.openstream(name).read(4096)) else "workbook"
    except Exception as error:  # olefile raises whatever it meets in a damaged container
        if b"W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00" in data or b"B\x00o\x00o\x00k\x00" in data:
            return "workbook"  # xlrd is more forgiving
        raise Damaged(BROKEN) from error
    if "worddocument" in streams or "powerpoint document" in streams:
        raise Damaged(PAPER, rule="F105")
    raise Damaged("不是电子表格，无法读取，请另存为xlsx再报。")


def _has_filepass(stream: bytes) -> bool:
    """Whether the record after the first BOF says the stream is encrypted (MS-XLS 2.4.117)."""
    at = 0
    for _ in range(8):
        if at + 4 > len(stream):
            return False
        kind, length = int.from_bytes(stream[at : at + 2], "little"), int.from_bytes(stream[at + 2 : at + 4], "little")
        if kind == FILEPASS:
            return True
        at += 4 + length
    return False
