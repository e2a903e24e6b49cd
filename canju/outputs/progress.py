"""A progress line for a terminal, in characters every console can print."""

from __future__ import annotations

import time
from typing import TextIO


class Bar:
    """Says how many files and records are done and how long the rest may take, once a second of work has passed."""

    def __init__(self, stream: TextIO) -> None:
        self.stream, self.began, self.last, self.shown = stream, time.monotonic(), 0.0, False

    def __call__(self, done: int, total: int, rows: int, share: float) -> None:
        """Draw the line anew; wipe it when all is done."""
        now = time.monotonic()
        if done >= total:
            if self.shown:
                self.stream.write("\r" + " " * 76 + "\r")
                self.stream.flush()
            return
        if now - self.began < 1 or now - self.last < 0.2:
            return
        self.last, self.shown = now, True
        rest = f"，约剩 {(now - self.began) / share * (1 - share):.0f} 秒" if share else ""
        filled = int(24 * share)
        self.stream.write(f"\r[{'#' * filled}{'-' * (24 - filled)}] {done}/{total} 个文件、{rows} 条{rest}    ")
        self.stream.flush()
