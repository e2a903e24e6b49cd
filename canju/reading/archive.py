"""Opening a zip that anyone may have made: checked before use, counted while inflating."""

from __future__ import annotations

import io
import itertools
import struct
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO

from canju.model import OUTPUT_MARK
from canju.reading.kinds import Kind, package_kind
from canju.reading.limits import Damaged, Limits, OverLimit, size_words

CHUNK = 256 * 1024
KNOWN_METHODS = {0, 8, 12, 14}
AES = 99
UTF8_NAME = 0x800
UNICODE_PATH = 0x7075

MOST_PROPERTIES = 100_000
"""Bytes of a file's properties; those the program writes have less than one thousand."""

BROKEN = "文件已损坏或不完整，无法打开。"


class Budget:
    """How many bytes may still be inflated out of one file on disk, all zips within it together."""

    def __init__(self, limits: Limits) -> None:
        self.most = self.left = limits.unpacked_bytes

    def take(self, count: int) -> None:
        """Count bytes that were inflated. Raises OverLimit."""
        self.left -= count
        if self.left < 0:
            raise OverLimit(f"解压后超过{size_words(self.most)}的上限。")


class Archive:
    """A zip, its central directory checked, and the bytes inflated from it counted against a budget.

    Raises Damaged or OverLimit, never an exception of the zip library.
    """

    def __init__(self, source: bytes | IO[bytes], limits: Limits, budget: Budget | None = None) -> None:
        self.limits = limits
        self.budget = budget or Budget(limits)
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
            self.entries = [info for info in self.zip.infolist() if not info.filename.endswith("/")]
        except MemoryError:
            raise
        except Exception as error:  # the zip library raises whatever it meets in a damaged directory
            raise Damaged(BROKEN) from error
        self._check()
        self.names: dict[str, zipfile.ZipInfo] = {info.filename: info for info in self.entries}

    def _check(self) -> None:
        """Members, declared sizes, doubles and overlap, before a byte is inflated."""
        if len(self.entries) > self.limits.members:
            raise OverLimit(f"压缩包内有{len(self.entries)}个文件，超过上限{self.limits.members}个。")
        total = sum(info.file_size for info in self.entries)
        packed = sum(info.compress_size for info in self.entries)
        if total > self.limits.unpacked_bytes:
            raise OverLimit(f"解压后约{size_words(total)}，超过上限{size_words(self.limits.unpacked_bytes)}。")
        self._check_ratio(total, packed)
        names = [info.filename for info in self.entries]
        if len(set(names)) != len(names):
            raise Damaged("压缩包内有重名文件，无法确定以哪一个为准，请重新打包。")
        self._check_overlap()

    def _check_overlap(self) -> None:
        """Members that share bytes unpack to more than was sent."""
        spans = sorted((info.header_offset, info.header_offset + 30 + info.compress_size) for info in self.entries)
        for (_, end), (start, _) in itertools.pairwise(spans):
            if start < end:
                raise Damaged("压缩包内的文件相互重叠，属异常文件，未予读取。")

    def _check_ratio(self, unpacked: int, packed: int) -> None:
        if unpacked > self.limits.ratio_from and unpacked > self.limits.ratio * max(packed, 1):
            raise OverLimit(f"解压后至少{size_words(unpacked)}，是压缩前的{unpacked // max(packed, 1)}倍，超过上限{self.limits.ratio}倍。")

    def chunks(self, info: zipfile.ZipInfo, passwords: Sequence[str] = ()) -> Iterator[bytes]:
        """The bytes of one member, piece by piece; stops as soon as a limit is passed."""
        if info.compress_type == AES:
            raise Damaged("压缩包设有密码（AES），请解压后再报。", rule="F102")
        if info.compress_type not in KNOWN_METHODS:
            raise Damaged("压缩方式不受支持，请用普通方式（zip）重新打包。")
        size = 0
        try:
            with self._open(info, passwords) as stream:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    self.budget.take(len(piece))
                    self._check_ratio(size, info.compress_size)
                    yield piece
        except (Damaged, OverLimit, MemoryError):
            raise
        except Exception as error:  # the zip library and its decompressors raise whatever they meet
            raise Damaged(BROKEN) from error
        if size != info.file_size:
            raise Damaged(BROKEN)

    def _open(self, info: zipfile.ZipInfo, passwords: Sequence[str]) -> IO[bytes]:
        if not info.flag_bits & 1:
            return self.zip.open(info)
        for password in passwords:
            try:
                return self.zip.open(info, pwd=password.encode())
            except RuntimeError:
                continue
        raise Damaged("压缩包设有密码，请提供密码或去掉密码后再报。", rule="F102")

    def read(self, info: zipfile.ZipInfo | str, passwords: Sequence[str] = ()) -> bytes:
        """One member whole. Raises KeyError for a name that isn't there."""
        if isinstance(info, str):
            info = self.names[info]
        if info.file_size > self.limits.unpacked_bytes:
            raise OverLimit(f"解压后超过{size_words(self.limits.unpacked_bytes)}的上限。")
        return b"".join(self.chunks(info, passwords))

    def close(self) -> None:
        """Close the underlying zip."""
        self.zip.close()


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name as it was meant: UTF-8 by flag or extra field, else UTF-8 or GBK bytes that zip readers show as cp437."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    told = _unicode_path(info)
    if told:
        return told
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename


def _unicode_path(info: zipfile.ZipInfo) -> str:
    """The name in Info-ZIP's Unicode Path field (APPNOTE 4.6.9), or ""."""
    extra, at = info.extra, 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        body = extra[at + 4 : at + 4 + length]
        if kind == UNICODE_PATH and len(body) > 5 and body[0] == 1:
            return body[5:].decode("utf-8", "replace")
        at += 4 + length
    return ""


def package(archive: Archive) -> Kind:
    """What an opened zip holds: a workbook, a paper, or (`zip`) any files."""
    mimetype = archive.names.get("mimetype")
    return package_kind(archive.names, archive.read(mimetype) if mimetype and mimetype.file_size < 200 else b"")


def made_here(archive: Archive) -> bool:
    """Whether an opened workbook or paper says in its properties that it is one of the program's own outputs."""
    properties = archive.names.get("docProps/core.xml")
    if properties is None or properties.file_size > MOST_PROPERTIES:
        return False
    try:
        return f">{OUTPUT_MARK}<".encode() in archive.read(properties)
    except Damaged:  # a ledger needs no properties
        return False
