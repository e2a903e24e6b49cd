"""Parts of a package as UTF-8 XML that can do no harm: no DOCTYPE, one encoding, and a tree where a tree is wanted."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from canju.reading.limits import Damaged

DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)[\"'][^>]*\?>")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
DECIMAL = re.compile(r"&#0*([1-9]\d{0,5});")
ENTITY = re.compile(r"&(#[xX]?[0-9a-fA-F]+|\w+);")
NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

BAD_XML = "文件内部已损坏，无法读取。"


def utf8(data: bytes) -> bytes:
    """The same XML in UTF-8 without a byte order mark. Raises Damaged for a DOCTYPE or bytes of no encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = _recode(data, "utf-16")
    elif data[:4] in (b"<\x00?\x00", b"\x00<\x00?"):
        data = _recode(data, "utf-16-le" if data[0] else "utf-16-be")
    elif data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    told = DECLARED.match(data[:200])
    if told and told[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        data = _recode(data, told[1].decode())
    if declares(data) and (b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"<!doctype" in data):
        raise Damaged("文件内含不允许的外部定义（DOCTYPE），属异常文件，未予读取。")
    return data


def declares(data: bytes) -> bool:
    """Whether a declaration, comment or CDATA section stands in a part. One sign is sought many times as fast as two."""
    return b"!" in data and b"<!" in data


def _recode(data: bytes, encoding: str) -> bytes:
    try:
        return DECLARATION.sub("", data.decode(encoding).lstrip("\ufeff"), count=1).encode("utf-8")
    except (UnicodeError, LookupError) as error:
        raise Damaged(BAD_XML) from error


def tree(data: bytes) -> ElementTree.Element:
    """The element tree of a small part. Raises Damaged."""
    try:
        return ElementTree.fromstring(utf8(data))
    except ElementTree.ParseError as error:
        raise Damaged(BAD_XML) from error


def local(tag: str) -> str:
    """An element's or attribute's name without its namespace: Strict and Transitional files differ only there."""
    return tag.rpartition("}")[2]


def unescape(text: str) -> str:
    """Entities and character references resolved."""
    if "&" not in text:
        return text
    if "&#" in text and "&#38;" not in text and "&#x" not in text:  # openpyxl writes every character beyond ASCII this way
        pieces = DECIMAL.split(text)
        pieces[1::2] = [chr(int(code)) for code in pieces[1::2]]
        text = "".join(pieces)
        if "&" not in text:
            return text
    return ENTITY.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if not name.startswith("#"):
        return NAMED.get(name, match[0])
    try:
        return chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))
    except (ValueError, OverflowError):
        return "\ufffd"


def spreadsheet_text(text: str) -> str:
    """Text with Excel's own escapes (`_x000D_`) and line ends as Excel shows them (ECMA-376 Part 1, 22.9.2.19)."""
    if "_x" in text:
        text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text.replace("\r\n", "\n"))
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
