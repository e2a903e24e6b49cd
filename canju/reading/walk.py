"""Every file under the paths given, in a fixed order: what it is, where it lies, and why it is left out if it is."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from canju.model import OUTPUT_MARK, Address, Fault
from canju.patterns import pattern
from canju.reading.archive import Archive, Budget, made_here, member_name, package
from canju.reading.kinds import Kind, kind_of
from canju.reading.limits import LIMITS, Damaged, Limits, OverLimit, size_words

HEAD = 4096

PAPER = "不是台账格式（Word文稿、PDF或图片），未读取；如系台账的盖章件，请另报电子表格。"
OUTPUT = "是本程序写出的成果（发放表、通知、总结等），不是报送的台账，未读取。"
PACKED = "是{name}压缩包，不能直接读取，请解压后再报。"
SKIPPED: dict[Kind, str] = {
    "pdf": PAPER,
    "picture": PAPER,
    "rtf": PAPER,
    "odt": PAPER,
    "pptx": "是演示文稿，不是台账格式，未读取。",
    "rar": PACKED.format(name="rar"),
    "7z": PACKED.format(name="7z"),
    "gzip": PACKED.format(name="gz/bz2/xz"),
    "media": "是音频或视频，不是台账格式，未读取。",
    "program": "是程序文件，不是台账格式，未读取。",
    "database": "是数据库文件，不是台账格式，未读取。",
}
PAGE = f"content='{OUTPUT_MARK}'"
LISTING = "规则,性质,文件,工作表,单元格,行,栏目,镇（街道）,对象,现值,问题,修改建议,指纹"
"""What the program's own page says in its head, and how its listing of findings begins."""
PACKAGES = ("rar", "7z", "gzip")
"""Kinds in which ledgers may lie all the same."""
OTHER_TEXT = pattern(r"\.(jsonl?|toml|md|py|log|ini|ya?ml|cfg|js|css|sh|bat|svg|url)$")
"""Text that is never a ledger, whatever it holds."""

SHEET_ENDINGS = {".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".xltx", ".xlt", ".ett", ".xlsb"}
COPY = pattern(r"副本|复件|备份|copy|[（(]\d+[)）]\s*$", re.IGNORECASE)
LOCK = pattern(r"^(~\$|\.~lock\.|\.~)")
TEMPORARY = pattern(r"^(~.*\.tmp|.*\.(tmp|temp|part|crdownload|bak|swp)|~wr[ld].*)$", re.IGNORECASE)
OWN_WORK = pattern(r"^\.~[0-9a-f]{8}-\d+-")
SETTINGS = ("canju.toml", "villages.csv")
SYSTEM = {".ds_store", "thumbs.db", "desktop.ini", "ehthumbs.db", "$recycle.bin", "__macosx"}


class Found(NamedTuple):
    """One file as found. `members` are the raw names to open inside `path` where it lies in a zip, outermost first.

    `skipped` files are not to be read: `faults` says why. `sha256` is "" where the bytes could not be read.
    """

    file: str
    path: str
    members: tuple[str, ...] = ()
    kind: Kind = "binary"
    size: int = 0
    sha256: str = ""
    modified: dt.datetime | None = None
    faults: tuple[Fault, ...] = ()
    skipped: bool = False
    data: bytes | None = None

    def content(self, limits: Limits = LIMITS, passwords: Sequence[str] = ()) -> bytes:
        """All bytes of it: those in `data`, which a cluster's worker is given, else read anew. Raises Damaged or OverLimit."""
        if self.data is not None:
            return self.data
        if not self.members:
            return _read_file(self.path, limits)
        with open(self.path, "rb") as stream:
            archive = Archive(stream, limits)
            for name in self.members[:-1]:
                archive = Archive(archive.read(name, passwords), limits)
            return archive.read(self.members[-1], passwords)


def _read_file(path: str, limits: Limits) -> bytes:
    """A regular file's bytes; a pipe or device in its place is refused, not waited for."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise Damaged("无法打开，请检查文件权限。") from error
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Damaged("不是普通文件，无法读取。")
        try:
            data = stream.read(limits.file_bytes + 1)
        except OSError as error:
            raise Damaged("读取时出错，文件或存储可能已损坏。") from error
    if len(data) > limits.file_bytes:
        raise OverLimit(f"文件超过{size_words(limits.file_bytes)}的上限。")
    return data


def walk(paths: Sequence[Path | str], limits: Limits = LIMITS, passwords: Sequence[str] = (), own: bool = False) -> Iterator[Found]:
    """All files under `paths`, sorted within each, zips opened; what is left out comes too, with its reason.

    `file` is relative to the path given and unlike any other's. Of files with the same bytes all but one are skipped (F106).
    What the program itself wrote for nobody to fill in is no submission, and left out unless `own` is asked for.
    """
    walker = _Walker(limits, passwords, own)
    for path in paths:
        walker.top(Path(path))
    yield from _without_copies(_with_own_names(walker.found))


class _Walker:
    """Collects Found records; remembers folders and files seen, so that link loops end."""

    def __init__(self, limits: Limits, passwords: Sequence[str], own: bool) -> None:
        self.limits = limits
        self.own = own
        self.passwords = passwords
        self.found: list[tuple[str, Found]] = []
        self.folders: set[tuple[int, int]] = set()
        self.files: set[str] = set()
        self.root = ""
        self.budget = Budget(limits)

    def top(self, path: Path) -> None:
        """One path as given on the command line."""
        self.root = shown(path.resolve().name if path.name in ("", ".", "..") else path.name)
        self._entry(str(path), "" if path.is_dir() else self.root)

    def _add(self, found: Found) -> None:
        if len(self.found) < self.limits.files:
            self.found.append((self.root, found))
        elif len(self.found) == self.limits.files:
            why = f"文件超过{self.limits.files}个的上限，其余未读取。"
            self.found.append((self.root, found._replace(faults=(Fault("F103", values={"why": why}),), skipped=True)))

    def _leave(self, file: str, path: str, rule: str, why: str, **more: object) -> None:
        fault = Fault(rule, values={"why": why})
        self._add(Found(file, path, faults=(fault,), skipped=True, **more))  # type: ignore[arg-type]

    def _entry(self, path: str, file: str) -> None:
        try:
            status = os.stat(path)
        except OSError as error:
            self._leave(file or self.root, path, "F101", _stat_words(path, error))
            return
        if stat.S_ISDIR(status.st_mode):
            self._folder(path, file, status)
        elif not stat.S_ISREG(status.st_mode):
            self._leave(file, path, "F101", "不是普通文件（管道、设备等），无法读取。")
        else:
            self._file(path, file, status)

    def _folder(self, path: str, file: str, status: os.stat_result) -> None:
        key = (status.st_dev, status.st_ino)
        if key in self.folders and status.st_ino:
            self._leave(file or self.root, path, "F105", "是指向已读文件夹的链接，不再重复读取。")
            return
        self.folders.add(key)
        try:
            names = sorted(os.listdir(path))
        except OSError:
            self._leave(file or self.root, path, "F101", "文件夹无法打开，请检查权限。")
            return
        for name in names:
            if _our_own(path, name):
                continue
            if name.startswith(".") and os.path.isdir(os.path.join(path, name)):
                self._leave(f"{file}/{shown(name)}" if file else shown(name), os.path.join(path, name), "F105", "是隐藏文件夹，未读取。")
                continue
            self._entry(os.path.join(path, name), f"{file}/{shown(name)}" if file else shown(name))

    def _file(self, path: str, file: str, status: os.stat_result) -> None:
        real = os.path.realpath(path)
        if real in self.files:
            return  # the same file named twice, not a copy of it
        self.files.add(real)
        modified = _moment(status.st_mtime)
        why = _name_words(os.path.basename(path))
        if why:
            self._leave(file, path, "F105", why, size=status.st_size, modified=modified)
            return
        try:
            if status.st_size > self.limits.file_bytes:
                raise OverLimit(f"文件有{size_words(status.st_size)}，超过{size_words(self.limits.file_bytes)}的上限。")
            data = _read_file(path, self.limits)
        except OverLimit as error:
            self._leave(file, path, "F103", error.why, size=status.st_size, modified=modified)
        except Damaged as error:
            self._leave(file, path, error.rule, error.why, size=status.st_size, modified=modified)
        else:
            self.budget = Budget(self.limits)
            self._content(Found(file, path, size=len(data), modified=modified), data, 0)

    def _content(self, found: Found, data: bytes, depth: int) -> None:
        """Tell the kind; go into a zip; note the rest."""
        kind = kind_of(data[:HEAD], len(data))
        found = found._replace(kind=kind, size=len(data), sha256=hashlib.sha256(data).hexdigest())
        try:
            if kind == "zip":
                archive = Archive(data, self.limits, self.budget)
                kind = package(archive)
                if kind == "zip":
                    self._archive(found, archive, depth)
                    return
                if not self.own and made_here(archive):
                    self._add(_output(found._replace(kind=kind)))
                    return
            found = found._replace(kind=kind)
            self._add(_output(found) if not self.own and _told_own(kind, data[:HEAD]) else _judged(found))
        except OverLimit as error:
            self._add(found._replace(faults=(Fault("F103", values={"why": error.why}),), skipped=True))
        except Damaged as error:
            self._add(found._replace(faults=(error.fault(),), skipped=True))

    def _archive(self, found: Found, archive: Archive, depth: int) -> None:
        if depth >= self.limits.depth:
            raise OverLimit(f"压缩包套了{depth}层以上，超过上限，请解压后再报。")
        if not archive.entries:
            raise Damaged("压缩包是空的。")
        for info in sorted(archive.entries, key=member_name):
            name = member_name(info)
            file = f"{found.file}/{shown(name, inside=True)}"
            modified = _zip_moment(info.date_time)
            member = found._replace(file=file, members=(*found.members, info.filename), size=info.file_size, modified=modified, sha256="")
            why = next((words for part in name.split("/") if (words := _name_words(part))), "")
            try:
                if stat.S_ISLNK(info.external_attr >> 16):
                    why = "是压缩包内的链接，不是文件，未读取。"
                if why:
                    raise Damaged(why, rule="F105")
                if _leads_out(name):
                    raise Damaged("压缩包内的路径指向包外，属异常文件，未予读取。")
                if info.file_size > self.limits.file_bytes:
                    raise OverLimit(f"文件有{size_words(info.file_size)}，超过{size_words(self.limits.file_bytes)}的上限。")
                self._content(member, archive.read(info, self.passwords), depth + 1)
            except OverLimit as error:
                self._add(member._replace(faults=(Fault("F103", values={"why": error.why}),), skipped=True))
            except Damaged as error:
                self._add(member._replace(faults=(error.fault(),), skipped=True))


def _judged(found: Found) -> Found:
    """The same with the reason why it isn't read, if it isn't."""
    ending = os.path.splitext(found.file)[1].lower()
    why = SKIPPED.get(found.kind, "")
    if found.kind == "text" and OTHER_TEXT.match(ending):
        why = "不是台账格式，未读取。"
    if found.kind in ("binary", "xml") and ending not in SHEET_ENDINGS:
        why = "不是台账格式，未读取。"
    fault = Fault("F105", values={"why": why, "packed": found.kind in PACKAGES})
    return found._replace(faults=(fault,), skipped=True) if why else found


def _told_own(kind: Kind, head: bytes) -> bool:
    """Whether a page or a text is the program's own."""
    text = head.decode("utf-8-sig", "replace") if kind in ("html", "text") else ""
    return PAGE in text if kind == "html" else text.startswith(LISTING)


def _output(found: Found) -> Found:
    """One of the program's own outputs, not to be read."""
    return found._replace(faults=(Fault("F105", values={"why": OUTPUT, "own": True}),), skipped=True)


def _our_own(folder: str, name: str) -> bool:
    """Whether the program itself put this here: work in progress (`.~HOST-PID-…`), what it kept of a file it wrote anew, a workspace's
    own settings."""
    path = os.path.join(folder, name)
    if name in SETTINGS:
        return os.path.isfile(os.path.join(folder, SETTINGS[0]))
    if OWN_WORK.match(name):
        return os.path.isdir(path)
    try:  # what the program keeps is its owner's alone; a town's own .bak is not
        own = name.endswith(".bak") and os.path.isfile(path.removesuffix(".bak")) and not os.stat(path).st_mode & 0o077
    except OSError:
        return False
    return own


def _name_words(name: str) -> str:
    """Why a file of this name is no submission, or ""."""
    if LOCK.match(name):
        return "是表格打开时留下的锁定文件，不是台账，未读取。"
    if name.lower() in SYSTEM or (name.startswith(".") and name.strip(".")):
        return "是系统自动生成的文件，不是台账，未读取。"
    if TEMPORARY.match(name):
        return "是临时文件，不是台账，未读取。"
    return ""


def _stat_words(path: str, error: OSError) -> str:
    if os.path.islink(path):
        return "链接失效或循环，无法读取。"
    return "无法打开，请检查文件权限。" if isinstance(error, PermissionError) else "文件不存在或无法打开。"


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or (len(name) > 1 and name[1] == ":")


def _moment(seconds: float) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(int(seconds))  # noqa: DTZ006 - shown to the clerk as the clock on the wall said
    except (OverflowError, ValueError, OSError):
        return None


def _zip_moment(parts: tuple[int, int, int, int, int, int]) -> dt.datetime | None:
    try:
        return dt.datetime(*parts)
    except ValueError:
        return None


def shown(name: str, inside: bool = False) -> str:
    """A name as it may be printed: undecodable bytes read as GBK, control and direction characters as `?`."""
    try:
        name = name.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeDecodeError:
        name = name.encode("utf-8", "surrogateescape").decode("gb18030", "replace")
    except UnicodeEncodeError:
        name = name.encode("utf-8", "replace").decode("utf-8")
    if inside:
        name = name.replace("\\", "/").lstrip("/")
    return "".join("?" if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") else sign for sign in name)


def _with_own_names(found: list[tuple[str, Found]]) -> list[Found]:
    """Each with a name of its own: where two paths given hold the same name, the path's own name comes first."""
    count: dict[str, int] = {}
    for _, item in found:
        count[item.file] = count.get(item.file, 0) + 1
    named: list[Found] = []
    taken: set[str] = set()
    for root, item in found:
        file = item.file if count[item.file] == 1 or item.file == root else f"{root}/{item.file}"
        number = 1
        while file in taken:
            number += 1
            file = f"{item.file}#{number}"
        taken.add(file)
        named.append(item if file == item.file else item._replace(file=file))
    return named


def _without_copies(found: list[Found]) -> list[Found]:
    """Files of the same bytes: one is read, its copies are F106. The one whose name doesn't say copy is the original."""
    originals: dict[str, Found] = {}
    for item in found:
        if item.skipped or not item.size or not item.sha256:
            continue
        first = originals.setdefault(item.sha256, item)
        if first is not item and _says_copy(first) and not _says_copy(item):
            originals[item.sha256] = item
    return [_as_copy(item, originals.get(item.sha256, item)) for item in found]


def _says_copy(found: Found) -> bool:
    return bool(COPY.search(os.path.splitext(found.file.rsplit("/", 1)[-1])[0]))


def _as_copy(found: Found, original: Found) -> Found:
    if found.skipped or found is original or not found.size:
        return found
    why = f"与{original.file}内容完全相同，只读取一份。"
    fault = Fault("F106", values={"why": why, "twin": original.file}, related=(Address(original.file),))
    return found._replace(faults=(fault,), skipped=True)
