"""Writing a file whole or not at all: made in a private folder beside its place, flushed, then renamed; for its owner's eyes only.

A stopped run leaves the old file or the new one. What it had begun stays in a folder `.~HOST-PID-…` (0700) beside the output and
is swept by the next run that writes there. A file that is overwritten is kept once, as `NAME.bak`.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from canju.model import Refusal
from canju.outputs.steady import settle

BACKUP = ".bak"
STALE = 24 * 3600
"""Seconds after which work in progress of an unknown process counts as left behind."""


class Written:
    """What a command has written, and the sentences the clerk must hear about it."""

    def __init__(self, force: bool = False, stamp: str = "") -> None:
        self.force, self.stamp = force, stamp
        self.paths: list[Path] = []
        self.said: list[str] = []
        self._swept: set[Path] = set()

    def write(self, path: Path, make: Callable[[Path], None], *, check: Callable[[Path], None] | None = None) -> Path:
        """Let `make` write to a temporary path, `check` it, and put it in place; the path it got in the end.

        A Refusal with code 2 where the place is taken, with code 3 where it cannot be written.
        """
        with _refused(path):
            self._free(path)
        with self.folder(path.parent) as private, _refused(path):
            temporary = private / path.name
            temporary.touch(mode=0o600)
            make(temporary)
            settle(temporary)
            if check:
                check(temporary)
            os.chmod(temporary, 0o600)
            _flush(temporary)
            final = self._place(temporary, path)
        self.paths.append(final)
        return final

    def write_text(self, path: Path, text: str | Iterable[str], encoding: str = "utf-8") -> Path:
        """Write a text, or its pieces, as it stands, without changing its line ends."""
        pieces = [text] if isinstance(text, str) else text
        return self.write(path, lambda temporary: _put(temporary, (one.encode(encoding, "replace") for one in pieces)))

    @contextmanager
    def folder(self, near: Path) -> Iterator[Path]:
        """A private folder for work in progress beside an output; it goes when the work is done or fails.

        Libraries keep their own temporary files there meanwhile: those hold whole sheets, and /tmp is nobody's to sweep.
        """
        with _refused(near):
            near.mkdir(parents=True, exist_ok=True)
            if near not in self._swept:
                self._swept.add(near)
                sweep(near)
            temporary = Path(tempfile.mkdtemp(prefix=f".~{_HOST}-{os.getpid()}-", dir=near))
        before, tempfile.tempdir = tempfile.tempdir, str(temporary)
        try:
            yield temporary
        finally:
            tempfile.tempdir = before
            shutil.rmtree(temporary, ignore_errors=True)

    def move(self, made: Path, path: Path) -> Path:
        """Put a file made elsewhere in the same file system into place."""
        return self.write(path, lambda temporary: os.replace(made, temporary))

    def _free(self, path: Path) -> None:
        """Refuse a place that is taken."""
        if path.is_dir():
            raise Refusal(f"{path.name} 是一个文件夹，不能写成文件，请换一个文件名。")
        if os.path.lexists(path) and not self.force:
            raise Refusal(f"{path.name} 已经存在。如要覆盖请加 --force，或换一个文件名。")

    def _place(self, temporary: Path, path: Path) -> Path:
        """Rename into place; where the file is held open elsewhere, beside it with a time in its name."""
        final = path
        try:
            if path.is_file():
                _keep(path, temporary)
            os.replace(temporary, path)
        except PermissionError:
            if not os.path.lexists(path):
                raise
            final = path.with_name(f"{path.stem}-{self.stamp or 'new'}{path.suffix}")
            os.replace(temporary, final)
            self.said.append(f"{path.name} 正被其他程序打开，已另存为 {final.name}。")
        _flush_folder(path.parent)
        return final


def sweep(folder: Path) -> None:
    """Remove what killed runs left in a folder: work in progress of processes of this machine that are gone."""
    with suppress(OSError):
        for entry in list(os.scandir(folder)):
            if entry.name.startswith(".~") and _left_behind(entry):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    with suppress(OSError):
                        os.unlink(entry.path)


_HOST = f"{zlib.crc32(os.uname().nodename.encode()) if hasattr(os, 'uname') else 0:08x}"


def _left_behind(entry: os.DirEntry[str]) -> bool:
    """Whether nobody works at it any more: its process is gone, or, where that can't be known, it is a day old."""
    host, _, rest = entry.name[2:].partition("-")
    process = rest.partition("-")[0]
    if not process.isdecimal() or len(host) != len(_HOST):
        return False
    if host == _HOST and sys.platform != "win32":
        return not _alive(int(process))
    return time.time() - entry.stat(follow_symlinks=False).st_mtime > STALE


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _keep(path: Path, fresh: Path) -> None:
    """Keep the file that is about to be overwritten as NAME.bak, unless it is the same; it never leaves its own place."""
    if path.stat().st_size == fresh.stat().st_size and path.read_bytes() == fresh.read_bytes():
        return
    held = fresh.with_name(fresh.name + BACKUP)
    try:
        os.link(path, held)
    except OSError:  # a file system without links
        shutil.copyfile(path, held)
    os.chmod(held, 0o600)
    os.replace(held, path.with_name(path.name + BACKUP))


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    """An operating system error as a Refusal; xlsxwriter and lxml have exceptions of their own for it."""
    try:
        yield
    except Refusal:
        raise
    except Exception as error:
        cause = error if isinstance(error, OSError) else error.__context__
        if type(error).__name__ == "SerialisationError":  # lxml's, which doesn't say what the system said
            cause = OSError()
        if not isinstance(cause, OSError):
            raise
        raise Refusal(f"写不进 {path}：{reason(cause)}", 3) from None


def _put(path: Path, data: Iterable[bytes]) -> None:
    with path.open("wb") as stream:
        stream.writelines(data)


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    """A rename outlives a power cut only when the folder is flushed too; where it can't be, the file is in place all the same."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_REASONS = {
    errno.ENOSPC: "磁盘已满，请清理后再试。",
    errno.EDQUOT: "磁盘配额已满，请清理后再试。",
    errno.EACCES: "没有写入权限，请换一个文件夹。",
    errno.EPERM: "没有写入权限，请换一个文件夹。",
    errno.EROFS: "磁盘是只读的，请换一个文件夹。",
    errno.ENAMETOOLONG: "文件名太长，请换一个短些的。",
    errno.EISDIR: "同名的是一个文件夹，请换一个文件名。",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹，请核对。",
    errno.EEXIST: "路径中有一段是文件，不是文件夹，请核对。",
}


def reason(error: OSError) -> str:
    """An operating system error in the clerk's words."""
    return _REASONS.get(error.errno or 0, "请检查磁盘和权限后再试。")
