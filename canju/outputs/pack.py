"""The archive of a round: what came in (by hash), workspace, plan, findings and outputs; and the proof that it can be done again."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from canju import __version__
from canju.model import Refusal
from canju.outputs.files import BACKUP
from canju.outputs.journal import FILE as JOURNAL
from canju.outputs.journal import digest

MANIFEST, SETTING, RESULTS = "清单.json", "设置/", "输出/"
_STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a repeated run showed: inputs that are missing, changed or new, and outputs that came out otherwise; `aside` stand in the
    archive beside what the run had made, and can't be made again.
    """

    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    same: int = 0
    aside: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether everything came out as archived."""
        return not (self.missing or self.changed or self.added or self.different)


def pack(
    folder: Path,
    target: Path,
    inputs: Iterable[tuple[str, str]],
    settings: Mapping[str, Path],
    facts: Mapping[str, Any],
    findings: str,
    but: Iterable[Path] = (),
) -> None:
    """Write the archive of an output folder to `target`. `settings` are workspace and plan files by name, `facts` what the run was
    told, `findings` the masked list; `but` are files of the folder that do not belong to the round.
    """
    aside = {path.resolve() for path in (*but, target, folder / JOURNAL)}
    outputs = sorted(
        path for path in folder.rglob("*") if path.is_file() and path.resolve() not in aside and not _unfinished(path.relative_to(folder))
    )
    manifest = {
        "canju": __version__,
        **facts,
        "inputs": [{"file": file, "sha256": mark} for file, mark in sorted(inputs)],
        "settings": {name: digest(path) for name, path in sorted(settings.items())},
        "outputs": {path.relative_to(folder).as_posix(): digest(path) for path in outputs},
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode("utf-8"))
        _put(archive, "问题清单.jsonl", findings.encode("utf-8", "replace"))
        for name, path in sorted(settings.items()):
            _put(archive, SETTING + name, path.read_bytes())
        for name in manifest["outputs"]:
            _put(archive, RESULTS + name, (folder / name).read_bytes())


def _unfinished(path: Path) -> bool:
    """Work in progress, and earlier versions that were kept when a file was overwritten."""
    return path.name.endswith(BACKUP) or any(part.startswith(".~") for part in path.parts)


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _STAMP)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    archive.writestr(info, data)


def manifest_of(archive: Path) -> dict[str, Any]:
    """The archive's list; a Refusal where the file is no archive, or its contents do not fit the list."""
    try:
        with zipfile.ZipFile(archive) as held:
            manifest: dict[str, Any] = json.loads(held.read(MANIFEST).decode("utf-8"))
            marks = {SETTING + name: mark for name, mark in manifest["settings"].items()}
            marks |= {RESULTS + name: mark for name, mark in manifest["outputs"].items()}
            for name, mark in marks.items():
                if hashlib.sha256(held.read(name)).hexdigest() != mark:
                    raise Refusal(f"{archive.name} 中的 {name} 与清单不符，存档可能被改动过：请找原来那一份。", 3)
    except (OSError, KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile):
        raise Refusal(f"{archive.name} 不是 canju pack 写的存档，或已损坏：请核对是不是拿错了文件。") from None
    return manifest


def unpack_output(archive: Path, name: str, folder: Path) -> Path:
    """Put one archived output into a folder, where there is such a one; the path it has or would have had."""
    path = folder / Path(name).name
    with zipfile.ZipFile(archive) as held:
        if RESULTS + name in held.namelist():
            path.write_bytes(held.read(RESULTS + name))
    return path


def unpack_settings(archive: Path, folder: Path) -> list[Path]:
    """Put workspace and plan of an archive into a folder; the paths they got."""
    manifest = manifest_of(archive)
    made = []
    with zipfile.ZipFile(archive) as held:
        for name in manifest["settings"]:
            path = folder / Path(name).name
            path.write_bytes(held.read(SETTING + name))
            made.append(path)
    return made


def verify(archive: Path, inputs: Mapping[str, str], again: Callable[[Path], None] | None, folder: Path) -> Comparison:
    """Compare inputs by hash, and what `again` writes into `folder` with what the archive holds; without it the inputs alone."""
    manifest = manifest_of(archive)
    held = {one["file"]: one["sha256"] for one in manifest["inputs"]}
    missing = sorted(file for file in held if file not in inputs)
    changed = sorted(file for file, mark in held.items() if file in inputs and inputs[file] != mark)
    added = sorted(file for file in inputs if file not in held)
    if again is None:
        return Comparison(missing, changed, added)
    again(folder)
    made = manifest.get("made") or manifest["outputs"]
    aside = [name for name in manifest["outputs"] if name not in made]
    different = [name for name, mark in manifest["outputs"].items() if name in made and _mark(folder / name) != mark]
    return Comparison(missing, changed, added, different, len(manifest["outputs"]) - len(different) - len(aside), aside)


def _mark(path: Path) -> str:
    return digest(path) if path.is_file() else ""
