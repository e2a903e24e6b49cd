"""Finding files: all of them, in a fixed order, each left out with a reason, nothing followed for ever."""

from __future__ import annotations

import io
import os
import socket
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from canju.model import Address
from canju.reading.formats import read_workbook
from canju.reading.limits import Limits
from canju.reading.walk import Found, walk
from made_files import rules, sheet_xml, xlsx, zipped

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="needs a Unix file system")


def _workbook(number: int) -> bytes:
    return xlsx(sheet_xml(f'<row r="1"><c r="A1"><v>{number}</v></c></row>'))


def _found(*paths: Path, limits: Limits | None = None) -> dict[str, str]:
    """File → its first fault's rule, or "" where it is to be read."""
    return {one.file: one.faults[0].rule if one.faults else "" for one in walk(paths, limits or Limits())}


def _why(found: Found) -> str:
    return str(found.faults[0].values["why"])


def test_a_folder_is_walked_in_order_and_names_are_relative(tmp_path: Path) -> None:
    for number, name in enumerate(["乙/b.csv", "甲/a.xlsx", "c.csv"]):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(_workbook(number))
    assert list(_found(tmp_path)) == ["c.csv", "乙/b.csv", "甲/a.xlsx"]
    assert list(_found(tmp_path / "乙" / "b.csv")) == ["b.csv"]


def test_the_same_name_under_two_paths_stays_apart(tmp_path: Path) -> None:
    for number, folder in enumerate(["x", "y"]):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.csv").write_text(f"a,{number}\n")
    assert list(_found(tmp_path / "x", tmp_path / "y")) == ["x/a.csv", "y/a.csv"]


def test_what_is_no_ledger_is_left_out_with_its_reason(tmp_path: Path) -> None:
    files = {
        "~$a.xlsx": b"x", ".DS_Store": b"x", "Thumbs.db": b"x", "~WRL0001.tmp": b"x", ".~lock.a.ods#": b"x", "盖章.pdf": b"%PDF-1.4",
        "照片.jpg": b"\xff\xd8\xff\xe0", "扫描.png": b"\x89PNG\r\n\x1a\n", "包.rar": b"Rar!\x1a\x07\x00", "包.7z": b"7z\xbc\xaf\x27\x1c",
        "说明.md": "说明".encode(), "假.xlsx": b"%PDF-1.4", "旧.doc": b"{\\rtf1", "a.gz": b"\x1f\x8b\x08\x00",
    }  # fmt: skip
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    found = list(walk([tmp_path]))
    assert {one.file: [fault.rule for fault in one.faults] for one in found} == {key: ["F105"] for key in sorted(files)}
    reasons = {one.file: _why(one) for one in found}
    assert "盖章件" in reasons["盖章.pdf"]
    assert "盖章件" in reasons["照片.jpg"]
    assert "盖章件" in reasons["假.xlsx"]
    assert "解压后再报" in reasons["包.rar"]
    assert "解压后再报" in reasons["包.7z"]
    assert "锁定文件" in reasons["~$a.xlsx"]
    assert all(read_workbook(one).status == "unread" for one in found)


def test_an_empty_file_is_unreadable_and_no_copy_of_another(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").touch()
    (tmp_path / "b.csv").touch()
    books = [read_workbook(one) for one in walk([tmp_path])]
    assert [rules(book) for book in books] == [["F101"], ["F101"]]


def test_the_copy_is_skipped_and_points_to_the_original(tmp_path: Path) -> None:
    for name in ("副本台账.xlsx", "台账.xlsx", "台账(1).xlsx"):
        (tmp_path / name).write_bytes(_workbook(1))
    found = {one.file: one for one in walk([tmp_path])}
    assert [name for name, one in found.items() if not one.skipped] == ["台账.xlsx"]
    fault = found["副本台账.xlsx"].faults[0]
    assert (fault.rule, fault.related) == ("F106", (Address("台账.xlsx"),))


def test_a_file_named_twice_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(_workbook(1))
    assert _found(tmp_path, tmp_path / "a.xlsx") == {"a.xlsx": ""}


@UNIX
def test_odd_things_as_files_end_in_a_fault_each(tmp_path: Path) -> None:
    (tmp_path / "文件夹.xlsx").mkdir()
    (tmp_path / "文件夹.xlsx" / "里.xlsx").write_bytes(_workbook(1))
    os.mkfifo(tmp_path / "管道.xlsx")
    (tmp_path / "环.xlsx").symlink_to("环.xlsx")
    (tmp_path / "断.xlsx").symlink_to("没有.xlsx")
    (tmp_path / "圈").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "设备.xlsx").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as plug:
        here = os.getcwd()
        os.chdir(tmp_path)
        try:
            plug.bind("插.xlsx")
        finally:
            os.chdir(here)
        found = _found(tmp_path)
    assert found == {
        "圈": "F105", "插.xlsx": "F101", "断.xlsx": "F101", "文件夹.xlsx/里.xlsx": "", "环.xlsx": "F101", "管道.xlsx": "F101", "设备.xlsx": "F101",
    }  # fmt: skip


@UNIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"x")
    (tmp_path / "a.xlsx").chmod(0)
    assert _found(tmp_path) == {"a.xlsx": "F101"}


@UNIX
def test_names_with_line_breaks_and_undecodable_bytes_can_be_shown(tmp_path: Path) -> None:
    (tmp_path / "a\nb\u202e.csv").write_text("a,b\n")
    with open(os.fsencode(tmp_path) + b"/" + "台账".encode("gbk") + b".csv", "wb") as file:
        file.write(b"a,c\n")
    found = list(walk([tmp_path]))
    assert [one.file for one in found] == ["a?b?.csv", "台账.csv"]
    assert [read_workbook(one).status for one in found] == ["read", "read"]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    assert _found(tmp_path / "没有") == {"没有": "F101"}


# --- zips ----------------------------------------------------------------------------------------


def _gbk_zip(name: str, data: bytes) -> bytes:
    """A zip as a Chinese Windows makes it: GBK bytes for a name, no UTF-8 flag."""
    placeholder = "n" * len(name.encode("gbk"))
    return zipped({placeholder: data}).replace(placeholder.encode(), name.encode("gbk"))


def test_members_of_a_zip_with_utf8_and_gbk_names(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"镇/台账.xlsx": _workbook(1), "__MACOSX/._台账.xlsx": b"x"}))
    (tmp_path / "b.zip").write_bytes(_gbk_zip("谷脚镇/台账.xlsx", _workbook(2)))
    assert _found(tmp_path) == {"a.zip/__MACOSX/._台账.xlsx": "F105", "a.zip/镇/台账.xlsx": "", "b.zip/谷脚镇/台账.xlsx": ""}
    [book] = [read_workbook(one) for one in walk([tmp_path / "b.zip"])]
    assert (book.sheets[0].rows, book.path, book.modified is not None) == ([[2]], None, True)


def test_a_workbook_is_not_unpacked_and_a_zip_named_workbook_is(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(zipped({"b.xlsx": _workbook(1)}))
    (tmp_path / "c.zip").write_bytes(_workbook(2))
    assert _found(tmp_path) == {"a.xlsx/b.xlsx": "", "c.zip": ""}


def test_zips_in_zips_only_so_deep(tmp_path: Path) -> None:
    data = zipped({"a.xlsx": _workbook(1)})
    for level in range(5):
        data = zipped({f"{level}.zip": data})
    (tmp_path / "外.zip").write_bytes(data)
    assert list(_found(tmp_path).values()) == ["F103"]
    assert list(_found(tmp_path, limits=Limits(depth=6)).values()) == [""]


@pytest.mark.parametrize("name", ["../a.xlsx", "/etc/a.xlsx", "x/../../a.xlsx", "C:/a.xlsx", "..\\a.xlsx"])
def test_names_that_lead_out_of_the_zip_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({name: _workbook(1), "b.xlsx": _workbook(2)}))
    assert sorted(_found(tmp_path).values()) == ["", "F101"]


def test_double_names_overlap_bad_checksums_and_cut_zips_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.xlsx", b"1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.xlsx", b"2")
    (tmp_path / "双.zip").write_bytes(out.getvalue())
    stored = zipped({"a.csv": b"a,b\n" * 20}, zipfile.ZIP_STORED)
    (tmp_path / "错.zip").write_bytes(stored.replace(b"a,b\na,b\n", b"a,c\na,b\n", 1))
    (tmp_path / "断.zip").write_bytes(stored[:-30])
    central = stored.index(b"PK\x01\x02")
    entry = stored[central : stored.index(b"PK\x05\x06")]
    twice = stored[:central] + entry + entry.replace(b"a.csv", b"b.csv") + b"PK\x05\x06\0\0\0\0\2\0\2\0"
    twice += (2 * len(entry)).to_bytes(4, "little") + central.to_bytes(4, "little") + b"\0\0"
    (tmp_path / "叠.zip").write_bytes(twice)
    assert _found(tmp_path) == {"双.zip": "F101", "叠.zip": "F101", "断.zip": "F101", "错.zip/a.csv": "F101"}


def test_a_bomb_is_refused_with_its_figure_before_it_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "弹.xlsx").write_bytes(xlsx(sheet_xml(" " * 60_000_000)))
    [found] = walk([tmp_path])
    assert found.faults[0].rule == "F103"
    assert "57 MB" in _why(found)
    assert "200倍" in _why(found)


def test_zips_within_a_zip_share_one_budget(tmp_path: Path) -> None:
    inner = {f"{number}.zip": zipped({"a.csv": bytes([65 + number]) * 400_000}) for number in range(5)}
    (tmp_path / "外.zip").write_bytes(zipped(inner))
    rules = list(_found(tmp_path, limits=Limits(unpacked_bytes=1_000_000)).values())
    assert rules == ["", "", "F103", "F103", "F103"]


def test_limits_on_bytes_members_and_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a,b\n" * 1000)
    (tmp_path / "b.zip").write_bytes(zipped({f"{number}.csv": b"a" for number in range(5)}))
    assert _found(tmp_path, limits=Limits(file_bytes=2000, members=4)) == {"a.csv": "F103", "b.zip": "F103"}
    assert list(_found(tmp_path, limits=Limits(files=2)).values()) == ["", "", "F103"]


def test_a_zip_with_a_password(tmp_path: Path) -> None:
    locked = bytearray(zipped({"a.csv": b"a,b\n"}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + flags] |= 1
    (tmp_path / "a.zip").write_bytes(bytes(locked))
    assert _found(tmp_path) == {"a.zip/a.csv": "F102"}


@UNIX
def test_a_link_inside_a_zip_is_not_followed(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("a.xlsx")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    (tmp_path / "a.zip").write_bytes(out.getvalue())
    assert _found(tmp_path) == {"a.zip/a.xlsx": "F105"}


@UNIX
def test_what_the_program_itself_left_beside_a_file_is_no_submission(tmp_path: Path) -> None:
    """A town's own .bak is still named; only ours, kept for its owner alone beside the file written anew, is passed over."""
    (tmp_path / "县台账.xlsx").write_bytes(_workbook(1))
    (tmp_path / "县台账.xlsx.bak").write_bytes(_workbook(2))
    (tmp_path / "县台账.xlsx.bak").chmod(0o600)
    (tmp_path / "谷脚镇.xlsx").write_bytes(_workbook(3))
    (tmp_path / "谷脚镇.xlsx.bak").write_bytes(_workbook(4))
    (tmp_path / "谷脚镇.xlsx.bak").chmod(0o644)
    (tmp_path / "旧.bak").write_bytes(_workbook(5))
    (tmp_path / "旧.bak").chmod(0o600)
    (tmp_path / ".~0a1b2c3d-4711-x").mkdir()
    (tmp_path / ".~0a1b2c3d-4711-x" / "part.xlsx").write_bytes(_workbook(6))
    assert _found(tmp_path) == {"县台账.xlsx": "", "谷脚镇.xlsx": "", "谷脚镇.xlsx.bak": "F105", "旧.bak": "F105"}
