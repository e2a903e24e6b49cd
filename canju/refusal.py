"""The one exception that is meant for the clerk. It stands alone, so that a refused call loads next to nothing."""

from __future__ import annotations

from collections.abc import Iterable


class Refusal(Exception):
    """The call or its configuration is wrong: a Chinese sentence for the clerk, and exit code 2."""

    def __init__(self, sentence: str, code: int = 2) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The known word most like a mistyped one; "" where none is like it by as much as `cutoff` (0–1)."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=cutoff)), "")
