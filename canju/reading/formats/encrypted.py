"""Workbooks behind a password: OOXML in an OLE container, and encrypted BIFF."""

from __future__ import annotations

import io
from collections.abc import Sequence

from canju.reading.limits import Damaged

NEEDS_PASSWORD = "文件设有密码，请提供密码或去掉密码后再报。"
WRONG_PASSWORD = "文件设有密码，所给密码都打不开，请核对密码或去掉密码后再报。"
OPEN_SECRET = "VelvetSweatshop"
"""Excel's own password for workbooks that are only protected against change."""


def opened(data: bytes, passwords: Sequence[str]) -> bytes:
    """The workbook inside, in clear. Raises Damaged (F102) where none of the passwords opens it."""
    import msoffcrypto

    for password in (OPEN_SECRET, *passwords):
        try:
            office = msoffcrypto.OfficeFile(io.BytesIO(data))
            office.load_key(password=password)
            clear = io.BytesIO()
            office.decrypt(clear)
        except Exception:  # a wrong password shows in many ways
            continue
        if clear.getbuffer().nbytes:
            return clear.getvalue()
    raise Damaged(WRONG_PASSWORD if passwords else NEEDS_PASSWORD, rule="F102")
