"""A part of a command's writing in a process of its own, while the rest goes on in this one."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection

from canju.model import Refusal
from canju.outputs.files import Written
from canju.reading.isolation import NICE_EXIT, die_with, undisturbed

Work = Callable[[Written], None]


@contextmanager
def beside(work: Work, written: Written, able: bool) -> Iterator[None]:
    """Have `work` done while the body goes on; its files and sentences are put to those of `written` after the body's.

    Where processes can't fork, in another thread than the program's first, or where `able` is not so, it is done after the body.
    Raises what `work` raises.
    """
    if not (able and sys.platform == "linux" and threading.current_thread() is threading.main_thread()):
        yield
        work(written)
        return
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(work, Written(written.force, written.stamp), theirs, os.getpid()))
    try:
        with undisturbed():
            process.start()
        theirs.close()
        yield
        done = _answer(ours)
    except BaseException:  # it leaves nothing unfinished behind either
        if process.pid:
            process.terminate()
            process.join(NICE_EXIT)
        raise
    finally:
        if process.pid:
            process.kill()
            process.join()
    if isinstance(done, Refusal):
        raise done
    if done is None:  # done here, over what is there by now, where it may succeed, or where what is wrong can be told
        done = Written(True, written.stamp)
        work(done)
    written.paths += done.paths
    written.said += done.said


def _answer(pipe: Connection) -> Written | Refusal | None:
    """What came of the work: None where it failed or its process is gone."""
    try:
        done: Written | Refusal | None = pipe.recv()
    except (EOFError, OSError):
        return None
    return done


def _do(work: Work, written: Written, pipe: Connection, parent: int) -> None:
    """Do the work, in a process of its own, and tell what came of it; what went wrong is found out by whoever asked for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, which tells us
    signal.signal(signal.SIGTERM, _stop)
    gc.freeze()  # what both share is not to be looked through, and so copied
    die_with(parent)
    done: Written | Refusal | None = written
    try:
        work(written)
    except Refusal as refusal:
        done = refusal
    except BaseException:  # being stopped as well
        done = None
    with suppress(OSError):
        pipe.send(done)


def _stop(*_: object) -> None:
    """Leave the work and what it had begun, without being disturbed in that."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit
