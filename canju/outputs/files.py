"""Writing a file whole or not at all: a temporary name in the same folder, flushed, then renamed; for its owner's eyes only."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from canju.model import Refusal
from canju.outputs.steady import settle


class Written:
    """What a command has written, and the sentences the clerk must hear about it."""

    def __init__(self, force: bool = False, stamp: str = "") -> None:
        self.force, self.stamp = force, stamp
        self.paths: list[Path] = []
        self.said: list[str] = []

    def write(self, path: Path, make: Callable[[Path], None], *, check: Callable[[Path], None] | None = None) -> Path:
        """Let `make` write to a temporary path, `check` it, and put it in place; the path it got in the end."""
        if path.exists() and not self.force:
            raise Refusal(f"{path.name} 已经存在。如要覆盖请加 --force，或换一个文件名。")
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".~{os.getpid()}-{path.name}")
        try:
            temporary.touch(mode=0o600)
            make(temporary)
            settle(temporary)
            if check:
                check(temporary)
            _flush(temporary)
            final = self._place(temporary, path)
        except OSError as error:
            raise Refusal(f"写不进 {path.name}：{_reason(error)}", 3) from None
        finally:
            with suppress(OSError):
                temporary.unlink()
        self.paths.append(final)
        return final

    def write_text(self, path: Path, text: str, encoding: str = "utf-8") -> Path:
        """Write a text as it stands, without changing its line ends."""
        return self.write(path, lambda temporary: _put(temporary, text.encode(encoding, "replace")))

    @contextmanager
    def folder(self, near: Path) -> Iterator[Path]:
        """A private folder for work in progress beside an output; it goes when the work is done or fails."""
        near.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".~", dir=near))
        try:
            yield temporary
        finally:
            shutil.rmtree(temporary, ignore_errors=True)

    def move(self, made: Path, path: Path) -> Path:
        """Put a file made elsewhere in the same file system into place."""
        return self.write(path, lambda temporary: os.replace(made, temporary))

    def _place(self, temporary: Path, path: Path) -> Path:
        """Rename into place; where the file is held open elsewhere, beside it with a time in its name."""
        os.chmod(temporary, 0o600)
        try:
            os.replace(temporary, path)
        except PermissionError:
            beside = path.with_name(f"{path.stem}-{self.stamp or 'new'}{path.suffix}")
            os.replace(temporary, beside)
            self.said.append(f"{path.name} 正被其他程序打开，已另存为 {beside.name}。")
            return beside
        _flush_folder(path.parent)
        return path


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    """A rename outlives a power cut only when the folder is flushed too; Windows has no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _reason(error: OSError) -> str:
    """An operating system error in the clerk's words."""
    import errno

    words = {
        errno.ENOSPC: "磁盘已满，请清理后再试。",
        errno.EACCES: "没有写入权限，请换一个文件夹。",
        errno.EROFS: "磁盘是只读的，请换一个文件夹。",
        errno.ENAMETOOLONG: "文件名太长，请换一个短些的。",
        errno.EISDIR: "同名的是一个文件夹，请换一个文件名。",
    }
    return words.get(error.errno or 0, "请检查磁盘和权限后再试。")
