"""What a file is, told by its bytes and never by its extension."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

Kind = Literal[
    "xlsx", "xlsb", "ods", "docx", "pptx", "odt", "zip", "ole", "biff", "html", "xml2003", "fods", "mhtml", "text", "empty",
    "pdf", "picture", "rar", "7z", "gzip", "rtf", "media", "program", "database", "xml", "binary",
]  # fmt: skip

MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08", "zip"),
    (b"%PDF", "pdf"),
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF87a", "picture"),
    (b"GIF89a", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"BM", "picture"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "gzip"),
    (b"\xfd7zXZ\x00", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\x00", "database"),
    (b"ID3", "media"),
    (b"OggS", "media"),
)
BIFF_STARTS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
"""A bare BIFF2–8 stream begins with a BOF record of one of these forms."""

BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(head: bytes, size: int) -> Kind:
    """The kind told by the first few kilobytes. A zip is only `zip` here; `package_kind` says what it holds."""
    if size == 0:
        return "empty"
    for start, kind in MAGIC:
        if head.startswith(start) and not (start.isalnum() and len(start) < 4 and _is_textual(head)):
            return kind
    if head[:4] == b"RIFF" or head[4:8] == b"ftyp":
        return "picture" if head[8:12] in (b"WEBP", b"heic", b"heix", b"mif1", b"avif") else "media"
    if head.startswith(BIFF_STARTS):
        return "biff"
    return _text_kind(head)


def _is_textual(head: bytes) -> bool:
    return b"\x00" not in head and not any(byte < 9 or 13 < byte < 27 for byte in head)


def _text_kind(head: bytes) -> Kind:
    start = _as_ascii(head).lstrip()[:2000].lower()
    if start.startswith("mime-version:") and "multipart/related" in start:
        return "mhtml"
    if start.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in start:
            return "xml2003"
        if "<office:document" in start and "opendocument" in start:
            return "fods"
        if any(tag in start for tag in ("<html", "<table", "<!doctype html", "<body", "<head", "<meta")):
            return "html"
        if start.startswith("<?xml"):
            return "xml"
    return "text" if _plausible_text(head) else "binary"


def _as_ascii(head: bytes) -> str:
    """The head with everything outside ASCII blurred, whatever its encoding."""
    if head.startswith(b"\xff\xfe") or head[1:2] == b"\x00":
        return head.decode("utf-16-le", "replace").lstrip("\ufeff")
    if head.startswith(b"\xfe\xff") or (head[:1] == b"\x00" and head[1:2] != b"\x00"):
        return head.decode("utf-16-be", "replace").lstrip("\ufeff")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _plausible_text(head: bytes) -> bool:
    """Whether these bytes could be written by a person: hardly any control characters, or UTF-16."""
    if head.startswith(BOMS) or not head:
        return True
    zeros = head.count(0)
    if zeros:
        return _plausible_wide(head)
    controls = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 or byte == 127 for byte in head)
    return controls <= len(head) * 0.02


def _plausible_wide(head: bytes) -> bool:
    """Whether bytes with zeros among them could be UTF-16 without a mark: zeros at every other place only, hardly any controls."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if min(even, odd) > max(even, odd) * 0.02 or max(even, odd) < len(head) * 0.015:
        return False
    text = head[: len(head) // 2 * 2].decode("utf-16-le" if odd > even else "utf-16-be", "replace")
    return sum(sign < " " and sign not in "\t\r\n" for sign in text) + text.count("\ufffd") <= len(text) * 0.02


def package_kind(names: Collection[str], mimetype: bytes = b"") -> Kind:
    """What a zip with these member names is: a workbook, a paper, or a plain archive."""
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if b"opendocument" in mimetype:
        return "odt"
    folded = {name.replace("\\", "/").lstrip("/").lower() for name in names}
    if "xl/workbook.bin" in folded:
        return "xlsb"
    if "[content_types].xml" in folded or "_rels/.rels" in folded or "xl/workbook.xml" in folded:
        if any(name.startswith("xl/") for name in folded):
            return "xlsx"
        if any(name.startswith("word/") for name in folded):
            return "docx"
        if any(name.startswith("ppt/") for name in folded):
            return "pptx"
        if any(name.startswith("worksheets/") or name.endswith("workbook.xml") for name in folded):
            return "xlsx"
    if "content.xml" in folded and "meta-inf/manifest.xml" in folded:
        return "ods"
    return "zip"
