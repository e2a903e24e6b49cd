"""A progress line for a terminal, in characters every console can print."""

from __future__ import annotations

import time
from typing import TextIO


class Bar:
    """Says how many files are done and how long the rest may take, once a second of work has passed."""

    def __init__(self, stream: TextIO) -> None:
        self.stream, self.began, self.last, self.shown = stream, time.monotonic(), 0.0, False

    def __call__(self, done: int, total: int) -> None:
        """Draw the line anew; wipe it when all is done."""
        now = time.monotonic()
        if done >= total:
            if self.shown:
                self.stream.write("\r" + " " * 60 + "\r")
                self.stream.flush()
            return
        if now - self.began < 1 or now - self.last < 0.2:
            return
        self.last, self.shown = now, True
        left = (now - self.began) / done * (total - done) if done else 0
        rest = f"，约剩 {left:.0f} 秒" if done else ""
        filled = 24 * done // total
        self.stream.write(f"\r[{'#' * filled}{'-' * (24 - filled)}] {done}/{total} 个文件{rest}    ")
        self.stream.flush()
