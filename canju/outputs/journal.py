"""记录.jsonl: what was done in an output folder, a line a run, appended and never changed. Holds no personal value."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from canju import __version__
from canju.masking import mask_path
from canju.model import Refusal
from canju.outputs.files import BACKUP

FILE = "记录.jsonl"


def digest(path: Path) -> str:
    """A file's SHA-256."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            found.update(block)
    return found.hexdigest()


def note(
    folder: Path,
    when: str,
    command: str,
    plan: str,
    as_of: str,
    inputs: Iterable[tuple[str, str]],
    outputs: Iterable[Path],
    counts: Mapping[str, int],
) -> Path:
    """Add a line: when, version, plan, inputs and outputs with their SHA-256, counts. Returns the journal's path."""
    entry: dict[str, Any] = {
        "when": when,
        "canju": __version__,
        "command": command,
        "plan": plan,
        "as_of": as_of,
        "inputs": [{"file": mask_path(file), "sha256": mark} for file, mark in inputs],
        "outputs": [{"file": _within(path, folder), "sha256": digest(path)} for path in outputs if path.is_file()],
        "counts": dict(counts),
    }
    path = folder / FILE
    line = json.dumps(entry, ensure_ascii=False) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line.encode("utf-8", "replace"))
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError:
        raise Refusal(f"写不进 {path}：请检查磁盘和权限后再试。", 3) from None
    return path


def entries(folder: Path) -> list[dict[str, Any]]:
    """The lines of a folder's journal, oldest first; a line that a power cut tore is left out."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    found = []
    for line in text.splitlines():
        with suppress(ValueError):
            found.append(json.loads(line))
    return [entry for entry in found if isinstance(entry, dict)]


def outputs_of(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and SHA-256 of each output of a line; nothing of one that no run has written."""
    listed = entry.get("outputs")
    for one in listed if isinstance(listed, list) else ():
        with suppress(TypeError, KeyError):
            yield str(one["file"]), str(one["sha256"])


def edited(folder: Path, name: str) -> bool:
    """Whether somebody has changed an output since it was written: its content is none that any run here has noted."""
    return name in _noted(folder) and (folder / name).is_file() and not _untouched(folder / name, _noted(folder)[name])


def remove_stale(folder: Path, written: Iterable[Path]) -> list[str]:
    """Remove what the last run wrote, this one did not, and nobody has changed since, with the version before it; its names."""
    fresh, gone, noted = {_within(path, folder) for path in written}, [], _noted(folder)
    for file, _ in outputs_of(next(reversed(entries(folder)), {})):
        path = folder / file
        if file not in fresh and _within(path, folder) == file and _untouched(path, noted[file]):
            with suppress(OSError):
                path.unlink()
                gone.append(file)
                if _untouched(before := path.with_name(path.name + BACKUP), noted[file]):
                    before.unlink()
                path.parent.rmdir()  # where nothing else is left in it
    return gone


def _noted(folder: Path) -> dict[str, set[str]]:
    """The contents that runs here have noted, by output."""
    found: dict[str, set[str]] = {}
    for entry in entries(folder):
        for file, mark in outputs_of(entry):
            found.setdefault(file, set()).add(mark)
    return found


def _untouched(path: Path, marks: set[str]) -> bool:
    return path.is_file() and digest(path) in marks


def _within(path: Path, folder: Path) -> str:
    try:
        return path.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return path.name
