"""The book as a file that may be put in place: written, counted again, and locked with a password where one is asked for."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from canju.merging.book.recount import check_book
from canju.merging.book.write import write_book
from canju.merging.merged import Merged
from canju.merging.status import Standing
from canju.model import Refusal


def save_book(merged: Merged, path: Path, standings: Sequence[Standing] | None = None, password: str | None = None) -> None:
    """Write the book to a temporary path. Raises Refusal where a row is missing from it, or it cannot be locked."""
    write_book(merged, path, standings)
    check_book(merged, path)
    if password is not None:
        _lock(path, password)


def _lock(path: Path, password: str) -> None:
    """Encrypt the file as Office does (agile encryption, ECMA-376 part 4), then make sure that the password opens it."""
    import msoffcrypto
    from msoffcrypto.format.ooxml import OOXMLFile

    if not password:
        raise Refusal("密码为空，汇总表没有加密，也没有写出。请在密码文件第一行写上密码。")
    plain = path.read_bytes()
    locked, opened = io.BytesIO(), io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(password, locked)
    file = msoffcrypto.OfficeFile(io.BytesIO(locked.getvalue()))
    file.load_key(password=password)
    file.decrypt(opened)
    if opened.getvalue() != plain:
        raise Refusal("加密后打不开，汇总表没有写出。请换一个密码再试。", 3)
    path.write_bytes(locked.getvalue())
