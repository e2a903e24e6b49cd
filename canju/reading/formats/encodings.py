"""Bytes to text: which encoding a text file is in, and whether all its bytes fit.

Tried in this order: byte order marks, UTF-16 without one, strict UTF-8, GB18030 where what it gives looks like Chinese, then
Windows-1252. A text that is nearly all UTF-8 or GB18030 but holds bytes that fit neither isn't waved through as Western.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
GB_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x81-\xfe][\x30-\x39][\x81-\xfe][\x30-\x39]|[\x80-\xff]")
UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\x80-\xff]")
SAMPLE = 2_000_000


class Decoded(NamedTuple):
    """A text and the name of its encoding; `stray` is the offset of the first byte that fits no encoding, or None."""

    text: str
    encoding: str
    stray: int | None = None


def decode(data: bytes) -> Decoded:
    """The text of a file. Never raises: where bytes fit nothing, they are replaced and `stray` says where."""
    for mark, codec, name in MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], codec, name, len(mark))
    if b"\x00" in data:
        wide = _wide(data)
        if wide:
            return _strictly(data, wide, wide, 0)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        stray = error.start
    return _eight_bits(data, stray)


def _strictly(data: bytes, codec: str, name: str, skipped: int) -> Decoded:
    try:
        return Decoded(data.decode(codec), name)
    except UnicodeDecodeError as error:
        return Decoded(data.decode(codec, "replace"), name, error.start + skipped)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: zero bytes (of ASCII signs) stand all at odd or all at even places."""
    if len(data) % 2:
        return ""
    sample = data[:SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(len(sample) // 2, 1)
    if max(even, odd) < half * 0.3 and sum(byte >= 0x80 for byte in sample[:20_000]) < min(len(sample), 20_000) * 0.1:
        return ""  # signs of one byte, a few of them zero
    if odd >= half * 0.03 and even <= odd * 0.02:
        return "utf-16-le"
    if even >= half * 0.03 and odd <= even * 0.02:
        return "utf-16-be"
    return ""


def _eight_bits(data: bytes, stray: int) -> Decoded:
    """Text that isn't UTF-8: Chinese, Western, or damaged."""
    common, rare, bad = _chinese(data[:SAMPLE])
    try:
        text = data.decode("gb18030")
        if common >= rare:
            return Decoded(text, "gb18030")
    except UnicodeDecodeError as error:
        if common >= 4 and common >= 4 * (rare + bad) * 0.25 and common > rare and bad <= common * 0.2:
            return Decoded(data.decode("gb18030", "replace"), "gb18030", error.start)
    if _mostly_utf8(data[:SAMPLE]):
        return Decoded(data.decode("utf-8", "replace"), "utf-8", stray)
    try:
        return Decoded(data.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:
        return Decoded(data.decode("latin-1"), "latin-1")


def _chinese(sample: bytes) -> tuple[int, int, int]:
    """How many two-byte signs are common Chinese (GB 2312 rows 1–9 and its first-level characters), how many not, and stray bytes."""
    common = rare = bad = 0
    for match in GB_PAIR.findall(sample):
        if len(match) == 1:
            bad += 1
        elif len(match) == 2 and match[1] >= 0xA1 and (0xB0 <= match[0] <= 0xD7 or 0xA1 <= match[0] <= 0xA9):
            common += 1
        else:
            rare += 1
    return common, rare, bad


def _mostly_utf8(sample: bytes) -> bool:
    """Whether nearly all bytes beyond ASCII form UTF-8 sequences."""
    whole = stray = 0
    for match in UTF8_SEQUENCE.findall(sample):
        if len(match) > 1:
            whole += 1
        else:
            stray += 1
    return whole >= 3 and stray <= whole * 0.2
