"""Web archives (.mht), as some systems export tables: the first HTML part that holds a table."""

from __future__ import annotations

from email import message_from_bytes
from email.errors import MessageError

from canju.model import Workbook
from canju.reading.formats.html import read_html
from canju.reading.limits import Damaged, Limits


def read_mhtml(data: bytes, limits: Limits, book: Workbook) -> None:
    """Fill `book` with the page inside. Raises Damaged where there is none with a table."""
    try:
        parts = [part for part in message_from_bytes(data).walk() if part.get_content_type() == "text/html"]
        pages = [payload for part in parts if isinstance(payload := part.get_payload(decode=True), bytes)]
    except (MessageError, ValueError, LookupError) as error:
        raise Damaged("网页文件已损坏，无法读取。") from error
    page = next((page for page in pages if b"<table" in page.lower()), b"")
    if not page:
        raise Damaged("是网页文件，里面没有表格，无法读取。")
    read_html(page, limits, book)
