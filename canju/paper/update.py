"""Renews a paper the clerk has worked on: only the tagged figures and passages change, all else stays byte for byte."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, unescape

from canju.model import Refusal

DOCUMENT = "word/document.xml"
_CONTROL = re.compile(r'<w:sdt><w:sdtPr><w:tag w:val="figure:([^"]*)"/>.*?</w:sdt>', re.S)
_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)")


class Renewed(NamedTuple):
    """One figure that changed: its tag, before and after."""

    tag: str
    before: str
    after: str


def renew(old: Path, figures: Mapping[str, str], target: Path) -> list[Renewed]:
    """Write the old paper with its figures renewed to `target`; the changes. Figures that no longer arise are left and not listed."""
    try:
        with zipfile.ZipFile(old) as archive:
            parts = {info: archive.read(info) for info in archive.infolist()}
    except (OSError, zipfile.BadZipFile):
        raise Refusal(f"{old.name} 打不开，或不是 Word（.docx）文件。") from None
    document = next((info for info in parts if info.filename == DOCUMENT), None)
    text = parts[document].decode("utf-8") if document else ""
    if document is None or 'w:val="figure:' not in text:
        raise Refusal(f"{old.name} 里没有本程序生成的数字标记，不能更新。请用 canju summary 重新生成。")
    changes: list[Renewed] = []

    def one(found: re.Match[str]) -> str:
        tag, whole = unescape(found[1], {"&quot;": '"'}), found[0]
        before = unescape("".join(piece[1] for piece in _TEXT.findall(whole)))
        after = figures.get(tag)
        if after is None or after == before:
            return whole
        changes.append(Renewed(tag, before, after))
        pieces = iter([escape(after)])
        return _TEXT.sub(lambda piece: f"{piece[1]}{next(pieces, '')}{piece[3]}", whole)

    renewed = _CONTROL.sub(one, text)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in parts.items():
            archive.writestr(info, renewed.encode("utf-8") if info is document else data)
    return list(dict.fromkeys(changes))
