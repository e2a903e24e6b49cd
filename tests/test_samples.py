"""The sample counties: what the program says of them is kept in 应得结果 and must not change unseen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from canju.cli import call

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.mark.parametrize("command", ["validate", "check", "stipend"])
@pytest.mark.parametrize("county", ["禾丰县", "江原县"])
def test_a_sample_county_gives_what_it_gave_before(county: str, command: str, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    call([command, str(SAMPLES / county / "报送"), "--format", "json", "--output", str(out), "-j", "1"])
    assert json.loads(out.read_text(encoding="utf-8")) == json.loads(
        (SAMPLES / county / f"应得结果/{command}.json").read_text(encoding="utf-8")
    )


def test_another_county_is_judged_by_its_own_plan() -> None:
    """江原县 pays 300 and from July 350 yuan, and wants a group from three people on: nothing of Longli stands in the program."""
    stipend = json.loads((SAMPLES / "江原县/应得结果/stipend.json").read_text(encoding="utf-8"))
    assert {payment["amount"] for payment in stipend["payments"]} == {"3900.00"}
    check = json.loads((SAMPLES / "江原县/应得结果/check.json").read_text(encoding="utf-8"))
    assert {one["expected"] for one in check["verdicts"] if one["rule"] == "P403" and one["status"] == "unmet"} == {"达到3人应设小组"}
    assert {one["status"] for one in check["verdicts"] if one["rule"] == "P104"} == {"not_applicable"}
