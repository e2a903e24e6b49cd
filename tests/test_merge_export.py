"""The book for other tools: CSV, Parquet, DataFrames and Table Schema."""

from __future__ import annotations

import csv
import sys

import pytest

from canju.ledgers import ledgers
from canju.merging.export import files, frame
from canju.model import Refusal
from canju.outputs.table_schema import table_schema
from merge_cases import merged, person, resident, table


def book():
    return merged(table([person(1, remarks="=cmd|' /C calc'!A0", age=40), person(2), person(2)], extra={"帮扶人": ["-赵", "钱", ""]}))


def test_a_csv_file_a_ledger_and_one_of_the_rows_left_out(tmp_path):
    for name, make in files(book(), "csv"):
        make(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["未持证残疾人台账.csv", "未采用.csv"]
    data = (tmp_path / "未持证残疾人台账.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [row["身份证号"] for row in rows] == [resident(1), resident(2)]
    assert (rows[0]["年龄"], rows[0]["来源行"], rows[0]["状态"]) == ("40", "4", "采用")
    assert rows[0]["备注"].startswith("'=")
    assert rows[0]["帮扶人"] == "'-赵"


def test_parquet_keeps_numbers_and_text_apart(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow comes with canju[parquet]")
    for name, make in files(book(), "parquet"):
        make(tmp_path / name)
    held = parquet.read_table(tmp_path / "未持证残疾人台账.parquet").to_pydict()
    assert held["身份证号"] == [resident(1), resident(2)]
    assert held["年龄"] == [40, None]
    assert held["来源行"] == [4, 5]


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Refusal) as refusal:
        list(files(book(), "parquet"))
    assert "canju[parquet]" in refusal.value.sentence


def test_a_dataframe_has_the_fields_by_name_and_the_rows_provenance():
    held = frame(book(), ledgers()["uncertified"])
    assert list(held["id_number"]) == [resident(1), resident(2)]
    assert next(iter(held["age"])) == 40
    assert list(held["source_row"]) == [4, 5]
    assert set(held["source_file"]) == {"甲.xlsx"}
    assert set(held["state"]) == {"采用"}


@pytest.mark.parametrize("key", list(ledgers()))
def test_a_table_schema_names_every_column_once_with_a_type(key):
    schema = table_schema(ledgers()[key])
    names = [field["name"] for field in schema["fields"]]
    assert names == [column.title for column in ledgers()[key].columns.values()]
    assert len(set(names)) == len(names)
    assert {field["type"] for field in schema["fields"]} <= {"string", "integer", "number"}


def test_only_what_must_be_filled_is_required():
    fields = {field["canju:field"]: field for field in table_schema(ledgers()["uncertified"])["fields"]}
    assert fields["name"]["constraints"] == {"required": True}
    assert "constraints" not in fields["town"]
    assert fields["age"]["type"] == "integer"
