"""A workbook as the package that it is: single parts are changed or added, all others stay byte for byte.

So pictures, charts, results of formulas, and whatever a library would not carry over, stay as the town made them (ECMA-376, part 2).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_TYPES = "[content_types].xml"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROW = re.compile(rb'<((?:\w+:)?row)\b[^>]*?\sr="(\d{1,9})"[^>]*?(?:/>|>.*?</\1>)', re.S)
_EMPTY = re.compile(rb'<(?:\w+:)?row r="(\d+)"/>')
_PLAIN = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<(?:\?xml(?![^>]*encoding=["'](?!utf-8["']))|[^?])(?!.*(?:<!\[CDATA\[|<!--))""", re.S | re.I)
"""A sheet whose rows can be told apart as they stand."""


class Unfit(Exception):
    """A package that can't be changed in place."""


class Package:
    """The parts of a workbook by their names, in which case makes no difference. A part whose tree was asked for is written anew.

    `main` is the workbook part, `relation` what the types of its relations begin with – Strict files have a word of their own –, `link`
    the attribute by which an element names one.
    Raises Unfit, and what zipfile and lxml raise, for a file that is no whole package.
    """

    def __init__(self, data: bytes) -> None:
        self.archive = ZipFile(BytesIO(data))
        listed = [name for name in self.archive.namelist() if not name.endswith("/")]
        self.names = {name.replace("\\", "/").lstrip("/").lower(): name for name in listed}
        self.trees: dict[str, Any] = {}
        self.fresh: dict[str, bytes | Iterable[bytes]] = {}
        self.held: dict[str, dict[int, bytes]] = {}
        kind, self.main = next(((kind, part) for _, kind, part in self.relations("") if kind.endswith("/officeDocument")), ("", ""))
        self.relation = kind.rpartition("/")[0]
        self.link = f"{{{self.relation}}}id"
        if self.main.lower() not in self.names or _TYPES not in self.names:
            raise Unfit

    def read(self, part: str) -> bytes:
        """A part's bytes."""
        key = part.lower()
        data = self.fresh.get(key)
        return data if isinstance(data, bytes) else self.archive.read(self.names[key])

    def tree(self, part: str) -> Any:
        """The root of a part, to be changed."""
        key = part.lower()
        if key not in self.trees:
            self.trees[key] = parsed(self.read(part))
        return self.trees[key]

    def sheet(self, part: str) -> tuple[Any, dict[int, bytes]]:
        """The root of a sheet, and the rows that are empty in it until somebody wants them: all at once are more than memory holds."""
        key = part.lower()
        held = self.held.setdefault(key, {})
        data = b"" if key in self.trees else self.read(part)
        if _PLAIN.match(data):

            def emptied(row: re.Match[bytes]) -> bytes:
                held[int(row[2])] = row[0]
                return b'<%b r="%d"/>' % (row[1], int(row[2]))

            empty, count = _ROW.subn(emptied, data)
            if len(held) < count:  # rows of one number
                held.clear()
            self.trees[key] = parsed(empty if held else data)
        return self.tree(part), held

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Id, type and target part of each relation within the package."""
        rels = _rels(part)
        if rels.lower() not in self.names:
            return
        root = self.trees[rels.lower()] if rels.lower() in self.trees else parsed(self.read(rels))
        for one in root:
            if one.get("TargetMode") != "External":
                target = one.get("Target", "").replace("\\", "/")
                yield one.get("Id", ""), one.get("Type", ""), posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target))[1:]

    def related(self, part: str, kind: str) -> str | None:
        """The target of the first relation of a kind (the last word of its type), where that part is there."""
        return next((to for _, type_, to in self.relations(part) if type_.endswith(f"/{kind}") and to.lower() in self.names), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation, and give its id."""
        rels = _rels(part)
        if rels.lower() not in self.names:
            ours = any(one.get("Extension", "").lower() == "rels" for one in self.tree(_TYPES))  # some list each of them
            self.put(rels, f'<Relationships xmlns="{_RELATIONS}"/>'.encode(), "" if ours else _RELATIONS_TYPE)
        root = self.tree(rels)
        taken = {one.get("Id") for one in root}
        mark = next(mark for mark in (f"rIdCanju{n}" for n in range(1, len(taken) + 2)) if mark not in taken)
        add(root, "Relationship", Id=mark, Type=f"{self.relation}/{kind}", Target=f"/{target}")
        return mark

    def unrelate(self, part: str, mark: str) -> None:
        """Take a relation away."""
        root = self.tree(_rels(part))
        for one in [one for one in root if one.get("Id") == mark]:
            root.remove(one)

    def shed(self, part: str, *kinds: str) -> bool:
        """Take away the relations whose types end so, with their parts; whether there were any."""
        found = [(mark, to) for mark, kind, to in self.relations(part) if kind.endswith(kinds)]
        for mark, to in found:
            self.unrelate(part, mark)
            self.drop(to)
        return bool(found)

    def vacant(self, pattern: str) -> str:
        """A name that no part has, with a number for `{}` where it takes one."""
        return next(name for name in map(pattern.format, ("", *range(1, len(self.names) + 2))) if name.lower() not in self.names)

    def put(self, part: str, data: bytes | Iterable[bytes], kind: str = "") -> None:
        """Set a part's bytes, or their pieces, and say what kind of content it is where that is new."""
        self.names.setdefault(part.lower(), part)
        self.fresh[part.lower()] = data
        if kind:
            self.declare(part, kind)

    def declare(self, part: str, kind: str) -> None:
        """Say what kind of content a part is."""
        types = self.tree(_TYPES)
        for one in [one for one in types if one.get("PartName", "").lower() == f"/{part}".lower()]:
            types.remove(one)
        add(types, "Override", PartName=f"/{part}", ContentType=kind)

    def drop(self, part: str) -> None:
        """Leave a part out, with its own relations."""
        for key in (part.lower(), _rels(part).lower()):
            self.names.pop(key, None)
            self.trees.pop(key, None)
            self.fresh.pop(key, None)
        types = self.tree(_TYPES)
        for one in [one for one in types if one.get("PartName", "").lower() == f"/{part}".lower()]:
            types.remove(one)

    def save(self, path: Path) -> None:
        """Write the package, its parts in the order they had."""
        from lxml.etree import tostring

        with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=3) as out:
            for key, name in self.names.items():
                if key in self.trees:
                    data: Any = tostring(self.trees[key], xml_declaration=True, encoding="UTF-8", standalone=True)
                    held = self.held.get(key, {})
                    data = _EMPTY.sub(partial(_put_back, held), data) if held else data
                else:
                    data = self.fresh[key] if key in self.fresh else self.archive.read(name)
                with out.open(name, "w") as part:
                    part.writelines([data] if isinstance(data, bytes) else data)


def _put_back(held: Mapping[int, bytes], found: re.Match[bytes]) -> bytes:
    """The row that was held, in the place of the empty one."""
    return held.get(int(found[1]), found[0])


def _rels(part: str) -> str:
    """Where the relations of a part stand."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def parsed(data: bytes) -> Any:
    """The root of an XML text; one with a document type, in which whole texts may hide, is refused."""
    from lxml.etree import XMLParser, fromstring

    if b"<!DOCTYPE" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        raise Unfit
    return fromstring(data, XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True))


def of(root: Any, name: str) -> Iterator[Any]:
    """The children of a name, whatever their namespace is called."""
    return (one for one in root if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name)


def inside(root: Any, name: str, inner: str) -> Iterator[Any]:
    """The children of such a name within those of another."""
    return (one for outer in of(root, name) for one in of(outer, inner))


def first(root: Any, name: str) -> Any:
    """The first child of a name, or None."""
    return next(of(root, name), None)


def add(root: Any, name: str, /, text: str = "", at: int | None = None, **attributes: str) -> Any:
    """A new child in the namespace of its parent: the last, or at a place."""
    child = root.makeelement(root.tag.rpartition("}")[0] + "}" + name if "}" in root.tag else name, attributes)
    child.text = text or None
    root.insert(len(root) if at is None else at, child)
    return child


def add_text(root: Any, words: str) -> None:
    """A text as the last child, with its blanks."""
    add(root, "t", words).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def after(root: Any, *names: str) -> int:
    """The place behind the last child of these names: the order of children is fixed by the schema."""
    return max((root.index(one) + 1 for name in names for one in of(root, name)), default=0)
