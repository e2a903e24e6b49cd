"""The one exception that is meant for the clerk. It stands alone, so that a refused call loads next to nothing."""

from __future__ import annotations


class Refusal(Exception):
    """The call or its configuration is wrong: a Chinese sentence for the clerk, and exit code 2."""

    def __init__(self, sentence: str, code: int = 2) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
