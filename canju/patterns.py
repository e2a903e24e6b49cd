"""Regular expressions that are compiled when first used: a start of the program needs a tenth of those it knows."""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    """Stands for a compiled pattern; after its first use it is as quick as one."""

    def __init__(self, *source: Any) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._source)
        self.__dict__.update({name: getattr(compiled, name) for name in _NAMES})
        return self.__dict__[name] if name in _NAMES else getattr(compiled, name)


_NAMES = ("match", "fullmatch", "search", "findall", "finditer", "sub", "subn", "split", "pattern", "flags", "groups", "groupindex")


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern as `re.compile` gives, which costs nothing until it is asked something."""
    return cast("re.Pattern[str]", _Pattern(source, flags))
