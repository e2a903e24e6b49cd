"""Damage real files at random and read them: whatever comes, it must be a fault of that file.

`python tests/fuzz.py --minutes 30 [--seed N] [FOLDER …]` takes the files of the folders (default: `samples/`) and a few made
here. It prints how each ended, and where an exception came from; exit 1 if canju itself raised one. Those files are kept.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

from canju.reading.formats import read_workbook
from canju.reading.isolation import Failure, map_files
from canju.reading.limits import Limits
from canju.reading.walk import walk
from hostile import corpus

LIMITS = Limits(seconds=20)
LARGEST = 200_000
BATCH = 400
NUMBERS = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x01\0\0\0")
SWAPS = ((b"1", b"-1"), (b"A", b"XFD"), (b"0", b"999999999"), (b'r="', b'q="'), (b"<v>", b"<w>"), (b"UTF-8", b"UTF-16"), (b"\n", b'"'))


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to a hundred small changes, now and then cut off."""
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20, 100))):
        if not spoilt:
            break
        at, kind = chance.randrange(len(spoilt)), chance.randrange(6)
        if kind == 0:
            spoilt[at] = chance.randrange(256)
        elif kind == 1:
            spoilt[at] ^= 1 << chance.randrange(8)
        elif kind == 2:
            del spoilt[at : at + chance.randrange(1, 50)]
        elif kind == 3:
            spoilt[at:at] = chance.randbytes(chance.randrange(1, 20))
        elif kind == 4:
            other = chance.randrange(len(spoilt))
            spoilt[at : at + 8] = spoilt[other : other + 8]
        else:
            spoilt[at : at + 4] = chance.choice(NUMBERS)
    return bytes(spoilt[: chance.randrange(len(spoilt) + 1)] if chance.random() < 0.1 else spoilt)


def damaged_package(data: bytes, chance: random.Random) -> bytes:
    """A zip with one of its members damaged, renamed or left out, the zip itself sound."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            if name == chosen:
                if chance.random() < 0.1:
                    continue
                content = damaged(content, chance)
                for before, after in SWAPS:
                    if chance.random() < 0.1:
                        content = content.replace(before, after, chance.randrange(1, 4))
            new.writestr(name, content)
    return out.getvalue()


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """One of the two ways."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        try:
            return damaged_package(data, chance)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError, EOFError, IndexError):
            pass
    return damaged(data, chance)


def stage(path: Path) -> str:
    """Read everything in a file twice, as `validate` and as `read` do; how it ended."""
    told: set[str] = set()
    for found in walk([path], LIMITS):
        for salvage in (False, True):
            book = read_workbook(found, limits=LIMITS, salvage=salvage, passwords=("x",))
            for sheet in book.sheets:
                assert all(merge.bottom <= len(sheet.rows) for merge in sheet.merges)
        told |= {book.status, *(fault.rule for fault in book.faults)}
    return " ".join(sorted(told))


def seeds(folders: list[Path]) -> list[tuple[str, bytes]]:
    """Files to damage: name and bytes."""
    found = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size < LARGEST]
    made = [(f"{number}{Path(one.name).suffix}", one.data) for number, one in enumerate(corpus()) if 0 < len(one.data) < LARGEST]
    return [(path.name, path.read_bytes()) for path in found] + made


def main() -> int:
    """Run for some minutes and print the tally."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[Path(__file__).parent.parent / "samples"])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"))
    options = parser.parse_args()
    chance, files, ended, places = random.Random(options.seed), seeds(options.folders), Counter[str](), Counter[str]()
    until = time.monotonic() + options.minutes * 60
    while time.monotonic() < until:
        with tempfile.TemporaryDirectory() as folder:
            batch = []
            for number in range(BATCH):
                name, data = chance.choice(files)
                path = Path(folder) / f"{number}-{name[-40:]}"
                path.write_bytes(spoilt(data, chance))
                batch.append(path)
            for path, result in zip(batch, map_files(batch, stage, jobs=2, limits=LIMITS), strict=True):
                ended[result.kind if isinstance(result, Failure) else result] += 1
                if isinstance(result, Failure) and result.kind == "internal":
                    places[result.details] += 1
                    options.keep.mkdir(exist_ok=True)
                    (options.keep / f"{sum(ended.values())}-{path.name}").write_bytes(path.read_bytes())
    for kind, count in (ended + places).most_common():
        print(f"{count:8} {kind}")
    return 1 if places else 0


if __name__ == "__main__":
    sys.exit(main())
