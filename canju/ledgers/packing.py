"""How tables travel from one process to another: rows as sent stay packed until somebody looks, columns of one kind go lean."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, overload

from canju.model import Raw


class Rows(Sequence[list[Raw]]):
    """The cells of a table's records as sent, unpacked when first looked at: most rounds look at few of them."""

    __slots__ = ("_count", "_packed", "_rows")

    def __init__(self, rows: Sequence[list[Raw]]) -> None:
        self._count = len(rows)
        self._packed: bytes | None = rows._packed if isinstance(rows, Rows) and rows._packed else pickle.dumps(list(rows), 5)
        self._rows: list[list[Raw]] | None = None

    def _open(self) -> list[list[Raw]]:
        if self._rows is None:
            assert self._packed is not None
            self._rows, self._packed = pickle.loads(self._packed), None
        return self._rows

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> list[Raw]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[Raw]]: ...
    def __getitem__(self, index: int | slice) -> list[Raw] | list[list[Raw]]:
        return self._open()[index]

    def __iter__(self) -> Iterator[list[Raw]]:
        return iter(self._open())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __getstate__(self) -> tuple[int, bytes]:
        return self._count, self._packed or pickle.dumps(self._rows, 5)

    def __setstate__(self, state: tuple[int, bytes]) -> None:
        self._count, self._packed = state
        self._rows = None


class Lean(NamedTuple):
    """A column whose values are all of one kind: a line for each where the kind is a text's own, else plain numbers."""

    kind: type[Any]
    values: str | list[Any]


def lean(column: list[Any]) -> list[Any] | Lean:
    """The column as it travels. A kind is a text's own, never blank and of one line, or says itself how it is packed."""
    kind = next((type(value) for value in column if value is not None), str)
    text = issubclass(kind, str) and kind is not str
    if not (text or hasattr(kind, "packed")) or set(map(type, column)) - {kind, type(None)}:
        return column
    if text:
        return Lean(kind, "\n".join([value or "" for value in column]))
    return Lean(kind, [None if value is None else value.packed for value in column])


def full(column: list[Any] | Lean) -> list[Any]:
    """The column as it was."""
    if not isinstance(column, Lean):
        return column
    kind, values = column
    if isinstance(values, str):
        return [kind(text) if text else None for text in values.split("\n")]
    return [None if value is None else kind.unpacked(value) for value in values]
