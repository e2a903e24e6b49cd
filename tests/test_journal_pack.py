"""记录.jsonl and the archive of a round: appended only, no personal value, and proof that a run can be repeated."""

from __future__ import annotations

import json
import os
import zipfile

import pytest

from canju.model import Refusal
from canju.outputs.journal import FILE, digest, entries, note
from canju.outputs.pack import manifest_of, pack, unpack_settings, verify


def write(folder, when="2019-10-08T09:00:00"):
    output = folder / "汇总.xlsx"
    output.write_bytes(b"x")
    return note(folder, when, "merge", "longli-2019", "2019-10-08", [("甲镇/表.xlsx", "abc")], [output], {"rows": 3})


def test_every_run_adds_a_line_and_changes_none(tmp_path):
    path = write(tmp_path)
    first = path.read_bytes()
    write(tmp_path, "2019-10-09T09:00:00")
    assert path.read_bytes().startswith(first)
    lines = entries(tmp_path)
    assert [one["when"] for one in lines] == ["2019-10-08T09:00:00", "2019-10-09T09:00:00"]
    assert lines[0]["inputs"] == [{"file": "甲镇/表.xlsx", "sha256": "abc"}]
    assert lines[0]["outputs"] == [{"file": "汇总.xlsx", "sha256": digest(tmp_path / "汇总.xlsx")}]
    assert lines[0]["counts"] == {"rows": 3}


@pytest.mark.skipif(os.name != "posix", reason="modes of files are posix")
def test_the_journal_is_its_owners_alone(tmp_path):
    assert write(tmp_path).stat().st_mode & 0o077 == 0


def test_a_torn_line_hides_no_other(tmp_path):
    path = write(tmp_path)
    path.write_bytes(path.read_bytes() + b'{"when": "20')
    assert len(entries(tmp_path)) == 1


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path):
    (tmp_path / FILE).mkdir()
    (tmp_path / "out").mkdir()
    with pytest.raises(Refusal) as refusal:
        note(tmp_path, "", "merge", "", "", [], [], {})
    assert refusal.value.code == 3


@pytest.fixture
def archive(tmp_path):
    out, setting = tmp_path / "out", tmp_path / "canju.toml"
    (out / "退回").mkdir(parents=True)
    (out / "汇总.xlsx").write_bytes(b"book")
    (out / "退回" / "甲镇.xlsx").write_bytes(b"return")
    (out / FILE).write_text("{}\n", encoding="utf-8")
    setting.write_text('county = "某县"\n', encoding="utf-8")
    pack(out, tmp_path / "a.zip", [("甲.xlsx", "1"), ("乙.xlsx", "2")], {"canju.toml": setting}, {"plan": "p", "as_of": "2019-10-08"}, "")
    return tmp_path / "a.zip"


def test_an_archive_holds_hashes_of_inputs_settings_and_outputs_but_no_input(archive):
    manifest = manifest_of(archive)
    assert manifest["inputs"] == [{"file": "乙.xlsx", "sha256": "2"}, {"file": "甲.xlsx", "sha256": "1"}]
    assert sorted(manifest["outputs"]) == ["汇总.xlsx", "退回/甲镇.xlsx"]
    assert manifest["plan"] == "p"
    with zipfile.ZipFile(archive) as held:
        assert not [name for name in held.namelist() if name.endswith(("甲.xlsx", "乙.xlsx"))]


def test_the_same_round_makes_the_same_archive(archive, tmp_path):
    pack(tmp_path / "out", tmp_path / "b.zip", [("甲.xlsx", "1"), ("乙.xlsx", "2")], {"canju.toml": tmp_path / "canju.toml"},
         {"plan": "p", "as_of": "2019-10-08"}, "")  # fmt: skip
    assert (tmp_path / "b.zip").read_bytes() == archive.read_bytes()


def test_a_repeated_run_with_the_same_inputs_holds(archive, tmp_path):
    def again(folder):
        (folder / "退回").mkdir()
        (folder / "汇总.xlsx").write_bytes(b"book")
        (folder / "退回" / "甲镇.xlsx").write_bytes(b"return")

    (tmp_path / "again").mkdir()
    result = verify(archive, {"甲.xlsx": "1", "乙.xlsx": "2"}, again, tmp_path / "again")
    assert result.holds
    assert result.same == 2


def test_what_differs_on_repeating_is_named(archive, tmp_path):
    (tmp_path / "again").mkdir()
    result = verify(
        archive, {"甲.xlsx": "9", "丙.xlsx": "3"}, lambda folder: (folder / "汇总.xlsx").write_bytes(b"other") and None, tmp_path / "again"
    )
    assert not result.holds
    assert (result.missing, result.changed, result.added) == (["乙.xlsx"], ["甲.xlsx"], ["丙.xlsx"])
    assert sorted(result.different) == ["汇总.xlsx", "退回/甲镇.xlsx"]


def test_settings_come_out_of_the_archive(archive, tmp_path):
    (tmp_path / "settings").mkdir()
    (path,) = unpack_settings(archive, tmp_path / "settings")
    assert path.read_text(encoding="utf-8") == 'county = "某县"\n'


def test_a_file_that_is_no_archive_and_one_that_was_changed_are_refused(archive, tmp_path):
    (tmp_path / "x.zip").write_bytes(b"no zip")
    with pytest.raises(Refusal):
        manifest_of(tmp_path / "x.zip")
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"forged" if name == "输出/汇总.xlsx" else source.read(name))
    with pytest.raises(Refusal) as refusal:
        manifest_of(changed)
    assert "与清单不符" in refusal.value.sentence


def test_a_name_that_leads_out_of_the_archive_stays_inside(archive, tmp_path):
    evil = tmp_path / "evil.zip"
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(evil, "w") as target:
        manifest = json.loads(source.read("清单.json"))
        manifest["settings"] = {"../../out.toml": manifest["settings"]["canju.toml"]}
        manifest["outputs"] = {}
        target.writestr("清单.json", json.dumps(manifest))
        target.writestr("设置/../../out.toml", source.read("设置/canju.toml"))
    (tmp_path / "settings").mkdir()
    (path,) = unpack_settings(evil, tmp_path / "settings")
    assert path.parent == tmp_path / "settings"
