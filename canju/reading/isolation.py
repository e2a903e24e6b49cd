"""Untrusted files are read in worker processes: bounded in memory and time, replaced when they crash, never left behind.

The parent opens no file content. A worker is reused for one file after another; what it sends back is the stage's result,
so that whole sheets need not cross over. Results come in the order of the files.
"""

from __future__ import annotations

import contextlib
import ctypes  # here, and not in each process that is begun
import faulthandler
import gc
import multiprocessing
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from multiprocessing import connection
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, TypeVar

from canju.model import Fault
from canju.reading.limits import LIMITS, Limits, size_words

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

T = TypeVar("T")
F = TypeVar("F")
Kind = Literal["crash", "timeout", "memory", "internal"]
Outcome = tuple[Literal["done", "memory", "internal"], Any]
NICE_EXIT = 2.0


class Failure(NamedTuple):
    """A file whose stage gave no result. `fault` says so to the clerk; `details` (for `internal`) lists code places, no values."""

    kind: Kind
    fault: Fault
    details: str = ""


def map_files(
    found: Iterable[F],
    stage: Callable[[F], T],
    *,
    jobs: int = 1,
    on_done: Callable[[int, T | Failure], None] | None = None,
    meanwhile: Callable[[], None] | None = None,
    limits: Limits = LIMITS,
    start: str | None = None,
) -> list[T | Failure]:
    """`stage` of each file, in order, computed in up to `jobs` worker processes; a Failure where it crashed or took too much.

    A file is asked for when a worker is free for it; `on_done(number, outcome)` is called in the parent after each, `meanwhile`
    once, as soon as the workers have something to do. `stage` must be importable where processes can't fork; `start` asks for
    another way of starting them, for a parent with threads.
    """
    readers = Readers(stage, jobs, limits, start, meanwhile)
    try:
        return readers.run(found, on_done or (lambda number, outcome: None))
    finally:
        readers.close()


class _Worker:
    """One process and our end of its pipe; `task` is the index it works at, `deadline` when it is given up."""

    def __init__(self, context: BaseContext, stage: Callable[[Any], Any], limits: Limits, others: Sequence[connection.Connection]) -> None:
        self.pipe, theirs = context.Pipe()
        inherited = [self.pipe, *others] if context.get_start_method() == "fork" else []
        self.process = context.Process(target=_serve, args=(theirs, stage, limits, inherited, os.getpid()), daemon=True)  # type: ignore[attr-defined]
        with undisturbed():
            self.process.start()
        theirs.close()
        self.task: int | None = None
        self.deadline = 0.0

    def give(self, task: int, item: object, seconds: float) -> None:
        """Send it one file."""
        self.task, self.deadline = task, time.monotonic() + seconds
        self.pipe.send(item)

    def kill(self, wait: bool = True) -> None:
        """End it at once, and wait until it is gone; without that, whoever begins or ends a process later sees to it."""
        with contextlib.suppress(OSError, ValueError):
            self.process.kill()
        if wait:
            self.process.join()
        self.pipe.close()


class Readers(Generic[F, T]):
    """A few workers that run one stage. Use `map_files`, or `run` and then `close` in a `finally`."""

    def __init__(
        self,
        stage: Callable[[F], T],
        jobs: int,
        limits: Limits = LIMITS,
        start: str | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> None:
        self.stage = stage
        self.meanwhile = meanwhile
        self.limits = limits
        self.jobs = max(1, jobs)
        self.context = multiprocessing.get_context(start or ("fork" if sys.platform == "linux" else "spawn"))
        self.workers: list[_Worker] = []

    def run(self, found: Iterable[F], on_done: Callable[[int, T | Failure], None]) -> list[T | Failure]:
        """The stage of each file, in order."""
        results: dict[int, T | Failure] = {}
        waiting = enumerate(found)
        for first in islice(waiting, self.jobs):
            self._feed(self._worker(), iter([first]))
        if self.meanwhile:
            self.meanwhile()
        while any(worker.task is not None for worker in self.workers):
            for worker in self._ready():
                task = worker.task
                assert task is not None
                results[task] = self._outcome(worker)
                on_done(task, results[task])
                if worker.process.is_alive() and not isinstance(results[task], Failure):
                    self._feed(worker, waiting)
                else:
                    self._replace(worker, waiting)
        return [results[number] for number in range(len(results))]

    def _worker(self) -> _Worker:
        worker = _Worker(self.context, self.stage, self.limits, [other.pipe for other in self.workers])
        self.workers.append(worker)
        return worker

    def _replace(self, worker: _Worker, waiting: Any) -> None:
        """A new worker in the place of one that failed: what a hostile file did to it shall not touch the next."""
        worker.kill()
        self.workers.remove(worker)
        following = next(waiting, None)
        if following is not None:
            task, item = following
            self._worker().give(task, item, self.limits.seconds)

    def _feed(self, worker: _Worker, waiting: Any) -> None:
        following = next(waiting, None)
        worker.task = None
        if following is None:
            return
        task, item = following
        with contextlib.suppress(OSError):  # where it died meanwhile, its end of the pipe tells so
            worker.give(task, item, self.limits.seconds)

    def _ready(self) -> list[_Worker]:
        """Workers that have an answer, have died, or are over time."""
        busy = [worker for worker in self.workers if worker.task is not None]
        patience = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
        told = set(connection.wait([worker.pipe for worker in busy], patience))
        return [worker for worker in busy if worker.pipe in told or time.monotonic() >= worker.deadline]

    def _outcome(self, worker: _Worker) -> T | Failure:
        if not worker.pipe.poll():
            words = f"读取超过{self.limits.seconds:.0f}秒的上限，已放弃。"
            return Failure("timeout", Fault("F103", values={"why": words}))
        try:
            kind, value = worker.pipe.recv()
        except (EOFError, OSError):
            return Failure("crash", Fault("F101", values={"why": "文件已损坏，读取时出错，无法打开。"}))
        if kind == "done":
            return value  # type: ignore[no-any-return]
        if kind == "memory":
            return Failure("memory", Fault("F103", values={"why": f"读取所需内存超过{size_words(self.limits.memory)}的上限。"}))
        return Failure("internal", Fault("F101", values={"why": "读取时出错，无法打开。"}), value)

    def close(self) -> None:
        """End all workers at once. The memory of one takes the system milliseconds to clear up: nobody waits for that."""
        for worker in self.workers:
            worker.kill(wait=False)
        self.workers.clear()


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """A process that is begun here isn't interrupted before it has said what Ctrl-C means to it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- in the worker -------------------------------------------------------------------------------


def _serve(
    pipe: connection.Connection, stage: Callable[[Any], Any], limits: Limits, inherited: Sequence[connection.Connection], parent: int
) -> None:
    """Answer one file after another until the pipe closes."""
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)  # sheets are millions of lists without cycles: looking through them costs a third of the time
    for other in inherited:
        other.close()
    _confine(limits, parent)
    while True:
        try:
            item = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        outcome = _tried(stage, item)
        try:
            pipe.send(outcome)
        except MemoryError:
            pipe.send(("memory", None))
        except OSError:
            os._exit(0)


def _tried(stage: Callable[[Any], Any], item: object) -> Outcome:
    try:
        return "done", stage(item)
    except MemoryError:
        return "memory", None
    except BaseException as error:  # a panic of a native library is no Exception
        return "internal", _places(error)


def _places(error: BaseException) -> str:
    """Where an exception came from: its type and code places, never its text, which may hold cell values."""
    frames = traceback.extract_tb(error.__traceback__)
    return "\n".join([type(error).__name__, *(f"{os.path.basename(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)])


def _confine(limits: Limits, parent: int) -> None:
    """Bound memory, die with the parent, leave Ctrl-C to it, and keep a native library's last words off the terminal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.disable()
    with contextlib.suppress(OSError):
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
    if sys.platform == "linux":
        die_with(parent)
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with contextlib.suppress(ValueError, OSError):
            most = _address_space() + limits.memory
            resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _address_space() -> int:
    """Bytes a forked worker has of its parent's: whoever calls canju from a large program shall not see every file refused for it."""
    try:
        with open("/proc/self/statm", encoding="ascii") as stream:
            return int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def die_with(parent: int) -> None:
    """Ask the kernel to end this process when the parent ends, however it ends (prctl PR_SET_PDEATHSIG)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)
