"""Past one machine: the same stage of a file and the same rules between records, on a Dask cluster (`canju[cluster]`).

The bytes of each file travel with its task, so that workers need no shared folder. On a worker a file is read in a bounded
process of its own, as on one machine: what a hostile file does ends there. A task whose worker dies is given to another.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from importlib import import_module
from typing import TYPE_CHECKING, Any

from canju.book import Book
from canju.model import Finding, Tally
from canju.reading.isolation import Failure, map_files
from canju.reading.limits import LIMITS, Damaged, Limits, OverLimit
from canju.refusal import Refusal
from canju.rules import engine
from canju.rules.base import Rule, catalogue

if TYPE_CHECKING:
    from canju.plans import Plan
    from canju.reading.walk import Found

LOCAL = "local"
LARGEST_BATCH = 50
"""Files a task reads at most: what has to be done again when its worker dies."""
ATTEMPTS = 3
PRIVATE = {
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.diagnostics.nvml": False,
    "distributed.comm.timeouts.connect": "10s",
}
"""A cluster of our own writes no one's data to disk."""


class Cluster:
    """A Dask cluster to work on. Refuses an address where none answers; `close` it when done."""

    def __init__(self, address: str, jobs: int = 2) -> None:
        """Connect to `address`, or for `local` start `jobs` worker processes on this machine."""
        try:
            dask: Any = import_module("dask")
            distributed: Any = import_module("distributed")
        except ImportError:
            raise Refusal('没有安装集群所需的程序库：请先运行 pip install "canju[cluster]"。') from None
        self._open = ExitStack()
        self._open.enter_context(dask.config.set(PRIVATE))
        try:
            if address == LOCAL:
                folder = self._open.enter_context(tempfile.TemporaryDirectory(prefix="canju-"))
                started = distributed.LocalCluster(
                    n_workers=jobs, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, local_directory=folder, silence_logs=50
                )
                self._open.enter_context(started)
                address = started.scheduler_address
            self.client: Any = self._open.enter_context(distributed.Client(address, set_as_default=False))
        except Exception:  # whatever the network says
            self._open.close()
            raise Refusal(f"连不上集群 {address}：请核对地址，例 tcp://10.0.0.5:8786，或写 local。") from None

    def close(self) -> None:
        """Leave the cluster; end one of our own."""
        self._open.close()

    @property
    def size(self) -> int:
        """Worker processes there are."""
        return max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))

    def map_files(
        self,
        found: Sequence[Found],
        stage: Callable[[Found], Any],
        *,
        limits: Limits = LIMITS,
        passwords: Sequence[str] = (),
        on_done: Callable[[int, Any], None] | None = None,
    ) -> list[Any]:
        """As `isolation.map_files`: the stage of each file, in order, or a Failure."""
        each = min(LARGEST_BATCH, -(-len(found) // (4 * self.size)) or 1)
        waiting = iter([range(at, min(at + each, len(found))) for at in range(0, len(found), each)])
        results: dict[int, Any] = {}
        running: dict[Any, range] = {}
        queue = import_module("distributed").as_completed(loop=self.client.loop)

        def submit() -> None:
            if (batch := next(waiting, None)) is not None:
                carried = [_carried(found[number], limits, passwords) for number in batch]
                future = self.client.submit(_read_batch, carried, stage, limits, retries=ATTEMPTS, pure=False)
                running[future] = batch
                queue.add(future)

        for _ in range(2 * self.size):
            submit()
        for future in queue:
            batch = running.pop(future)
            for number, outcome in zip(batch, future.result(), strict=True):
                results[number] = outcome
                if on_done:
                    on_done(number, outcome)
            submit()
        return [results[number] for number in range(len(found))]

    def judge_book(self, book: Book, plan: Plan, tallies: engine.Tallies) -> Iterator[Finding]:
        """As `engine.judge_book` with the whole catalogue, a share of the rules on each worker."""
        codes = [rule.code for rule in catalogue().values() if rule.scope == "book"]
        each = -(-len(codes) // self.size) or 1
        sent = self.client.scatter(Book(book.tables, book.workspace, book.as_of, book.problems), broadcast=True, hash=False)
        shares = [codes[at : at + each] for at in range(0, len(codes), each)]
        for future in [self.client.submit(_judge, sent, share, plan, retries=ATTEMPTS, pure=False) for share in shares]:
            findings, counted = future.result()
            tallies.update(counted)
            yield from findings


def _carried(found: Found, limits: Limits, passwords: Sequence[str]) -> Found:
    """The file with its bytes; where they can't be had, the worker will find so too and say it."""
    if found.skipped:
        return found
    try:
        return found._replace(data=found.content(limits, passwords))
    except (Damaged, OverLimit):
        return found


# --- on a worker ---------------------------------------------------------------------------------


def _read_batch(found: Sequence[Found], stage: Callable[[Found], Any], limits: Limits) -> list[Any | Failure]:
    import multiprocessing

    multiprocessing.current_process()._config.pop("daemon", None)  # type: ignore[attr-defined]  # Dask's own processes may have no children otherwise
    return map_files(found, stage, jobs=1, limits=limits, start="spawn")


def _judge(book: Book, codes: Iterable[str], plan: Plan) -> tuple[list[Finding], dict[tuple[str, str | None], Tally]]:
    rules: list[Rule] = [catalogue()[code] for code in codes]
    tallies: engine.Tallies = {}
    return list(engine.judge_book(book, rules, plan, tallies)), tallies
