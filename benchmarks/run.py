"""Measures whole processes side by side, in turn (A B C A B C …): `python benchmarks/run.py [--rounds 3] [--large] [--only WORD …]`.

Prints medians of wall time, processor time and the largest process's memory, then the ratios that docs/performance.md promises.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from county import SIZES, make

HERE = Path(__file__).parent
PYTHON = sys.executable
SURROUNDINGS = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Programs as installed: compiled once, not anew on every start."""
CANJU = [str(Path(PYTHON).with_name("canju"))]


class Cost(NamedTuple):
    """Seconds by the clock and of all processors, and MiB of the largest process."""

    wall: float
    cpu: float
    memory: float


def measured(command: list[str], folder: Path) -> Cost:
    """One run of a command in a folder of its own making; what it prints is thrown away."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=SURROUNDINGS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1, 3):
        raise SystemExit(f"{' '.join(command)}: {process.returncode}")
    return Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def contestants(data: Path, out: Path, large: bool) -> dict[str, list[str]]:
    """Every command by the name it has in the table."""
    medium, rivals = str(data / "M-xlsx" / "报送"), HERE / "rivals"
    small = str(next((data / "S-xlsx" / "报送").iterdir()))
    commands = {
        "calamine reads M": [PYTHON, str(rivals / "bare_read.py"), medium],
        "canju validate M, 2 jobs": [*CANJU, "validate", medium, "-j", "2"],
        "canju validate M, 1 job": [*CANJU, "validate", medium, "-j", "1"],
        "canju validate M (csv), 2 jobs": [*CANJU, "validate", str(data / "M-csv" / "报送"), "-j", "2"],
        "burn, 1 process": [PYTHON, str(rivals / "burn.py"), "1"],
        "burn, 2 processes": [PYTHON, str(rivals / "burn.py"), "2"],
        "pandera validates M": [PYTHON, str(rivals / "pandera_validate.py"), medium],
        "plain script, M": [PYTHON, str(rivals / "plain_script.py"), medium],
        "frictionless validates M": [PYTHON, str(rivals / "frictionless_validate.py"), medium],
        "xlsxwriter writes M": [PYTHON, str(rivals / "write_book.py"), str(data / "cells.pickle"), str(out / "bare.xlsx")],
        "canju merge M, 2 jobs": [*CANJU, "merge", medium, "-o", str(out / "M.xlsx"), "--force", "-j", "2"],
        "calamine reads S": [PYTHON, str(rivals / "bare_read.py"), str(data / "S-xlsx" / "报送")],
        "canju run S, 2 jobs": [*CANJU, "run", str(data / "S-xlsx" / "报送"), "-o", str(out / "S"), "--force", "-j", "2"],
        "empty typer program": [PYTHON, str(rivals / "empty_typer.py"), "--help"],
        "canju --help": [*CANJU, "--help"],
        "canju validate, one file of S": [*CANJU, "validate", small],
    }
    if large:
        commands["canju validate L, 2 jobs"] = [*CANJU, "validate", str(data / "L-xlsx" / "报送"), "-j", "2"]
    return commands


RATIOS = [
    ("validate M / calamine's bare read", "canju validate M, 2 jobs", ["calamine reads M"], "≤ 2.0"),
    ("frictionless / validate M", "frictionless validates M", ["canju validate M, 2 jobs"], "≥ 14"),
    ("plain script / validate M", "plain script, M", ["canju validate M, 2 jobs"], "≥ 6"),
    ("pandera / validate M", "pandera validates M", ["canju validate M, 2 jobs"], "–"),
    ("one job / two jobs", "canju validate M, 1 job", ["canju validate M, 2 jobs"], "≥ 1.6, or 0.8 × the next"),
    ("one pure process / two", "burn, 1 process", ["burn, 2 processes"], "–"),
    ("merge M / (validate M + bare write)", "canju merge M, 2 jobs", ["canju validate M, 2 jobs", "xlsxwriter writes M"], "≤ 1.2"),
    ("canju --help / empty typer", "canju --help", ["empty typer program"], "≤ 1.3"),
    ("run S / (canju --help + calamine's bare read of S)", "canju run S, 2 jobs", ["canju --help", "calamine reads S"], "≤ 5"),
    ("validate one file / canju --help", "canju validate, one file of S", ["canju --help"], "≤ 3"),
]


def prepare(data: Path, large: bool) -> None:
    """The counties, and M's cells in one pickle for the bare writer."""
    for size, form in [("S", "xlsx"), ("M", "xlsx"), ("M", "csv"), *([("L", "xlsx")] if large else [])]:
        if not (data / f"{size}-{form}").exists():
            make(SIZES[size], form, data / f"{size}-{form}")
    if not (data / "cells.pickle").exists():
        import python_calamine

        lines: list[list[object]] = []
        for path in sorted((data / "M-xlsx").rglob("*.xlsx")):
            lines += python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()
        (data / "cells.pickle").write_bytes(pickle.dumps(lines))


def table(costs: dict[str, list[Cost]]) -> list[str]:
    """The medians, and the ratios of wall and processor time taken round by round."""
    lines = ["| | wall s | CPU s | MiB, largest process |", "|---|---:|---:|---:|"]
    for name, runs in costs.items():
        middle = [statistics.median(part) for part in zip(*runs, strict=True)]
        lines.append(f"| {name} | {middle[0]:.2f} | {middle[1]:.2f} | {middle[2]:.0f} |")
    lines += ["", "| ratio | wall | CPU | asked for |", "|---|---:|---:|---|"]
    for words, above, below, wanted in RATIOS:
        if above in costs and all(name in costs for name in below):
            rounds = range(len(costs[above]))
            wall = statistics.median(costs[above][i].wall / sum(costs[name][i].wall for name in below) for i in rounds)
            cpu = statistics.median(costs[above][i].cpu / sum(costs[name][i].cpu for name in below) for i in rounds)
            lines.append(f"| {words} | {wall:.2f} | {cpu:.2f} | {wanted} |")
    large, medium = costs.get("canju validate L, 2 jobs"), costs.get("canju validate M, 2 jobs")
    if large and medium:
        wall, cpu = (statistics.median(one[i] for one in large) / 10 / statistics.median(one[i] for one in medium) for i in (0, 1))
        lines.append(f"| L's time a row / M's | {wall:.2f} | {cpu:.2f} | ≤ 1.2 |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--large", action="store_true", help="also a million rows")
    parser.add_argument("--only", nargs="*", default=[], help="contestants whose name holds one of these words")
    parser.add_argument("--data", type=Path, help="keep the counties here instead of making them anew")
    options = parser.parse_args()
    kept = options.data or Path(tempfile.mkdtemp(prefix="canju-bench-"))
    out = Path(tempfile.mkdtemp(prefix="canju-bench-out-"))
    try:
        making = multiprocessing.get_context("spawn").Process(
            target=prepare, args=(kept, options.large)
        )  # a large parent counts as its children's memory
        making.start()
        making.join()
        commands = {
            name: command
            for name, command in contestants(kept, out, options.large).items()
            if not options.only or any(word in name for word in options.only)
        }
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        for _ in range(options.rounds):
            for name, command in commands.items():
                costs[name].append(measured(command, out))
        print("\n".join(table(costs)))
    finally:
        shutil.rmtree(out)
        if not options.data:
            shutil.rmtree(kept)


if __name__ == "__main__":
    main()
