"""Nothing a file holds may crash or hang the reading: each hostile kind ends in its fault, or is read, within seconds."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from canju.model import Workbook
from canju.reading.formats import read_workbook
from canju.reading.isolation import Failure, map_files
from canju.reading.walk import Found, walk
from hostile import corpus, oddities

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits of memory and odd files need Linux")
FILE_RULES = ("F101", "F102", "F103", "F105", "F106", "F210", "F211")


def _told(found: Found) -> tuple[tuple[str, ...], str, float]:
    """The stage: rules about the file, its status, and how long it took."""
    began = time.monotonic()
    book: Workbook = read_workbook(found)
    return tuple(fault.rule for fault in book.faults if fault.rule in FILE_RULES), book.status, time.monotonic() - began


@LINUX
def test_every_hostile_kind_ends_in_its_fault_or_is_read(tmp_path: Path) -> None:
    kinds = corpus()
    assert len({one.kind for one in kinds}) == len(kinds) >= 60
    wrong, files, kind_of = [], [], []
    for number, one in enumerate(kinds):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / one.name).write_bytes(one.data)
        found = list(walk([tmp_path / str(number)]))
        assert found, one.kind
        files += found
        kind_of += [one] * len(found)
    rules: dict[str, set[str]] = {}
    for one, told in zip(kind_of, map_files(files, _told, jobs=2), strict=True):
        if isinstance(told, Failure) and told.kind == "internal":
            wrong.append((one.kind, told.details))
        codes, _, seconds = ((told.fault.rule,), "", 0.0) if isinstance(told, Failure) else told
        rules.setdefault(one.kind, set()).update(codes or ("",))
        if seconds > 10:
            wrong.append((one.kind, f"{seconds:.1f} s"))
    wrong += [(one.kind, str(rules[one.kind])) for one in kinds if not rules[one.kind] & set(one.rules)]
    assert wrong == []


@LINUX
def test_odd_things_in_place_of_files(tmp_path: Path) -> None:
    expected = oddities(tmp_path)
    found = {one.file: one.faults[0].rule for one in walk([tmp_path])}
    assert found.keys() == expected.keys()
    assert all(rule in expected[file] for file, rule in found.items())
