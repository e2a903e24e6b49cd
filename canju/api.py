"""canju from Python: the same work on paths, giving findings, verdicts and pandas DataFrames with their provenance.

>>> import canju
>>> ledgers = canju.read("samples/禾丰县/报送")
>>> sorted(ledgers)[:2]
['certified', 'commissioners']
>>> ledgers["commissioners"][["name", "village", "source_file", "source_row"]].shape[1]
4
>>> [finding.rule for finding in canju.validate("samples/禾丰县/报送") if finding.severity == "error"][:2]
['C103', 'F101']
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from canju import pipeline, workspace
from canju.model import Finding, Refusal, Verdict

if TYPE_CHECKING:
    import pandas

Paths = str | PathLike[str] | Sequence[str | PathLike[str]]


def read(
    paths: Paths, *, config: str | PathLike[str] | None = None, as_of: dt.date | None = None, jobs: int = 1
) -> dict[str, pandas.DataFrame]:
    """Every record as read: a DataFrame a ledger, fields by their English names, with source_file, source_sheet, source_row."""
    from canju.ledgers import ledgers
    from canju.merging.export import frame
    from canju.merging.joining import merge as join

    round_ = _round(paths, config, as_of, jobs)
    merged = join(round_.tables, round_.origins, round_.workspace, round_.options.as_of)
    for submission in merged.submissions:
        submission.left.clear()
    return {key: frame(merged, ledger) for key, ledger in ledgers().items() if ledger in merged.came}


def validate(paths: Paths, *, config: str | PathLike[str] | None = None, as_of: dt.date | None = None, jobs: int = 1) -> list[Finding]:
    """Every F, C and R finding. Personal values stay wrapped: `canju.outputs.findings.as_dict` masks them."""
    return list(_round(paths, config, as_of, jobs).findings)


def check(paths: Paths, *, config: str | PathLike[str] | None = None, as_of: dt.date | None = None, jobs: int = 1) -> list[Verdict]:
    """A verdict for every plan rule and subject."""
    return _round(paths, config, as_of, jobs).verdicts


def merge(
    paths: Paths, *, config: str | PathLike[str] | None = None, as_of: dt.date | None = None, jobs: int = 1
) -> dict[str, pandas.DataFrame]:
    """The county book: a DataFrame a ledger with the rows taken, their provenance and state."""
    from canju.ledgers import ledgers
    from canju.merging.export import frame

    merged = pipeline.merge(_round(paths, config, as_of, jobs))
    return {key: frame(merged, ledger) for key, ledger in ledgers().items() if ledger in merged.came}


def _round(paths: Paths, config: str | PathLike[str] | None, as_of: dt.date | None, jobs: int) -> pipeline.Round:
    given = [paths] if isinstance(paths, str | PathLike) else list(paths)
    found = [Path(path) for path in given]
    if not found:
        raise Refusal("没有给出路径：请写报送的文件或文件夹。")
    for path in found:
        if not path.exists():
            raise Refusal(f"找不到 {path}：请核对路径是否写对。")
    place = Path(config) if config else workspace.find(found[0] if found[0].is_dir() else found[0].parent)
    setting = workspace.load(place)
    day = as_of or setting.as_of
    if day is None:
        raise Refusal("请用 as_of 给出判断基准日，或在 canju.toml 中写明。")
    return pipeline.validate(found, setting, pipeline.Options(day, jobs))
