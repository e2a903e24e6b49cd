"""The same inputs give the same bytes: times inside a written xlsx or docx are all one, whatever the clock says."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from pathlib import Path

MOMENT = dt.datetime(2000, 1, 1)
"""The one time that office files carry."""
_DOS = struct.pack("<HH", 0, ((MOMENT.year - 1980) << 9) | (MOMENT.month << 5) | MOMENT.day)
_CENTRAL = b"PK\x01\x02"


def settle(path: Path) -> None:
    """Set the times of a zip's members in place, without packing anything anew. A file that is no zip is left as it is."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        locals_, position, members = [info.header_offset for info in archive.infolist()], archive.start_dir, len(archive.infolist())
    with path.open("r+b") as stream:
        for offset in locals_:
            stream.seek(offset + 10)
            stream.write(_DOS)
        for _ in range(members):
            stream.seek(position)
            head = stream.read(46)
            if head[:4] != _CENTRAL:
                return
            stream.seek(position + 12)
            stream.write(_DOS)
            position += 46 + sum(struct.unpack("<HHH", head[28:34]))
