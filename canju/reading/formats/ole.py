"""What lies inside an OLE container: a workbook, an encrypted one, or a paper of another program."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from typing import Literal

from canju.reading.limits import Damaged

Holds = Literal["workbook", "encrypted"]
PAPER = "不是台账格式（Word文稿、PDF或图片），未读取；如系台账的盖章件，请另报电子表格。"
BROKEN = "文件已损坏或不完整，无法打开。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FILEPASS, BOF = 0x002F, 0x0009
_END, _STREAM, _ROOT, _CUTOFF = 0xFFFFFFFE, 2, 5, 4096


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


def winds_up(data: bytes) -> bool:
    """Whether every chain of sectors in a container comes to an end within it ([MS-CFB] 2.3, 2.6).

    calamine follows a ring until memory runs out, and then ends the whole process.
    """
    if len(data) < 512 or data[0x1E:0x20] not in (b"\x09\x00", b"\x0c\x00"):
        return False
    size = 1 << data[0x1E]
    sectors = [data[at : at + size] for at in range(size if size > 512 else 512, len(data), size)]
    listed = [*_words(data[0x4C:512])]
    following, left = _words(data[0x44:0x48])[0], len(sectors)
    while following < len(sectors) and left:
        part = _words(sectors[following])
        listed += part[:-1]
        following, left = part[-1] if part else _END, left - 1
    table = [one for number in listed if number < len(sectors) for one in _words(sectors[number])]
    small = _chain(table, _words(data[0x3C:0x40])[0])
    folder = _chain(table, _words(data[0x30:0x34])[0])
    if folder is None or small is None or not left:
        return False
    entries = b"".join(sectors[number] for number in folder if number < len(sectors))
    heads = [(entries[at + 66], *struct.unpack_from("<II", entries, at + 116)) for at in range(0, len(entries) - 127, 128)]
    little = [one for number in small if number < len(sectors) for one in _words(sectors[number])]
    return all(
        _chain(little if kind == _STREAM and length < _CUTOFF else table, start) is not None
        for kind, start, length in heads
        if kind in (_STREAM, _ROOT)
    )


def _words(part: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4])


def _chain(table: Sequence[int], start: int) -> list[int] | None:
    """The sectors from `start` on; None where they go round in a ring."""
    chain: list[int] = []
    while start < len(table):
        if len(chain) >= len(table):
            return None
        chain.append(start)
        start = table[start]
    return chain
