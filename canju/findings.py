"""Findings in their order, however many: the first stay in memory as they are, the rest lie packed, outside it once they are very many."""

from __future__ import annotations

import pickle
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import merge
from itertools import islice
from typing import IO, Any, NamedTuple, TypeVar

from canju.model import SEVERITIES, Finding, Refusal, Severity

HELD = 50_000
"""Findings of a round that stay as they are, about 1 KB each; packed, one is 40 bytes. Few counties reach a tenth of it."""
PAGE = 500
"""Findings packed, and unpacked again, at a time."""
SPOOL = 1 << 20
"""Bytes of packed findings that stay in memory; beyond, they lie in a file of the system's temporary folder."""

K = TypeVar("K")


class Kind(NamedTuple):
    """What findings are counted by."""

    rule: str
    severity: Severity
    town: str | None
    ledger: str | None
    heading: str | None
    explained: bool


def is_open(kind: Kind) -> bool:
    """Whether a town has something to do about it: a note is for information, and what it has explained is settled."""
    return kind.severity != "note" and not kind.explained


def summed(kinds: Mapping[Kind, int], by: Callable[[Kind], K]) -> Counter[K]:
    """The counts by what `by` tells of a kind, in order of appearance."""
    counts: Counter[K] = Counter()
    for kind, count in kinds.items():
        counts[by(kind)] += count
    return counts


def pressing(kinds: Mapping[Kind, int], by: Callable[[Kind], K]) -> list[tuple[K, int]]:
    """The counts of what a town is to do something about: what must be put right first, then the most frequent."""
    counts = summed({kind: count for kind, count in kinds.items() if is_open(kind)}, lambda kind: (kind.severity, by(kind)))
    ranked = sorted(counts.items(), key=lambda item: (SEVERITIES.index(item[0][0]), -item[1]))
    return [(key, count) for (_, key), count in ranked]


class _Page(NamedTuple):
    """Some findings, packed: where in the file they lie, and of which rules they are."""

    start: int
    size: int
    rules: frozenset[str]


class Findings:
    """Findings that can be gone through, in order, as often as one likes, and that are counted by kind, in order of appearance.

    The file has no name and is its owner's alone: it is gone when nobody uses it any more, however the program ends.
    """

    def __init__(self, findings: Iterable[Finding] = (), held: int | None = None) -> None:
        """Of these findings, `held` (HELD) stay unpacked."""
        self.kinds: Counter[Kind] = Counter()
        self.held = HELD if held is None else held
        self._first: list[Finding] = []
        self._pages: list[_Page] = []
        self._last: list[Finding] = []
        self._file: IO[bytes] | None = None
        self.extend(findings)

    def __len__(self) -> int:
        return sum(self.kinds.values())

    def __iter__(self) -> Iterator[Finding]:
        return self.of(lambda rule: True)

    def __iadd__(self, findings: Iterable[Finding]) -> Findings:
        self.extend(findings)
        return self

    def of(self, wanted: Callable[[str], bool]) -> Iterator[Finding]:
        """The findings of the rules wanted; a page without any isn't unpacked."""
        yield from (one for one in self._first if wanted(one.rule))
        for page in self._pages:
            if any(map(wanted, page.rules)):
                yield from (one for one in self._unpacked(page) if wanted(one.rule))
        yield from (one for one in self._last if wanted(one.rule))

    def count(self, severity: Severity) -> int:
        """How many there are of a severity that no town has explained."""
        return sum(count for kind, count in self.kinds.items() if kind.severity == severity and not kind.explained)

    @property
    def explained(self) -> int:
        """How many a town has explained."""
        return sum(count for kind, count in self.kinds.items() if kind.explained)

    @property
    def spilled(self) -> bool:
        """Whether some lie outside of memory, where no other process can go through them at the same time."""
        return self._file is not None

    def extend(self, findings: Iterable[Finding]) -> None:
        """Put more after these."""
        for one in findings:
            self.kinds[Kind(one.rule, one.severity, one.town, one.ledger, one.heading, bool(one.explained))] += 1
            self._put(one)

    def join(self, more: Findings) -> None:
        """Put another's after these; what is packed is taken over as it is, once no more are held."""
        self.kinds.update(more.kinds)
        for one in more._first:
            self._put(one)
        for page in more._pages:
            if len(self._first) < self.held:
                for one in more._unpacked(page):
                    self._put(one)
            else:
                self._pack()
                self._write(more._packed(page), page.rules)
        for one in more._last:
            self._put(one)

    def _put(self, one: Finding) -> None:
        if len(self._first) < self.held:
            self._first.append(one)
            return
        self._last.append(one)
        if len(self._last) >= PAGE:
            self._pack()

    def _pack(self) -> None:
        if self._last:
            self._write(zlib.compress(pickle.dumps(self._last, pickle.HIGHEST_PROTOCOL), 1), frozenset(one.rule for one in self._last))
            self._last = []

    def _write(self, packed: bytes, rules: frozenset[str]) -> None:
        import tempfile

        try:
            if self._file is None:
                self._file = tempfile.SpooledTemporaryFile(SPOOL, prefix="canju-")  # noqa: SIM115  # closed, and gone, with its last user
            self._pages.append(_Page(self._file.seek(0, 2), self._file.write(packed), rules))
        except OSError:
            raise Refusal(f"问题太多，临时文件夹 {tempfile.gettempdir()} 写不下：请清理磁盘后再试。", 3) from None

    def _packed(self, page: _Page) -> bytes:
        assert self._file is not None
        self._file.seek(page.start)
        return self._file.read(page.size)

    def _unpacked(self, page: _Page) -> list[Finding]:
        found: list[Finding] = pickle.loads(zlib.decompress(self._packed(page)))
        return found

    def __getstate__(self) -> tuple[Any, ...]:
        """For another process: the file's content in place of the file."""
        self._pack()
        return self.kinds, self.held, self._first, [(self._packed(page), page.rules) for page in self._pages]

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.kinds, self.held, self._first, pages = state
        self._pages, self._last, self._file = [], [], None
        for packed, rules in pages:
            self._write(packed, rules)


def in_order(findings: Iterable[Finding], key: Callable[[Finding], Any]) -> Findings:
    """The findings sorted: what can't be held at once is sorted in runs, and these are merged."""
    left = iter(findings)
    runs: list[Iterable[Finding]] = []
    while run := sorted(islice(left, HELD), key=key):
        runs.append(run if len(run) < HELD else Findings(run, held=0))
    return Findings(merge(*runs, key=key))
