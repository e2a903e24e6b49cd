"""The floor: every cell of every file read by python-calamine, and nothing done with it."""

import sys
from pathlib import Path

import python_calamine

cells = 0
for path in sorted(Path(sys.argv[1]).rglob("*.xlsx")):
    book = python_calamine.load_workbook(str(path))
    for sheet in book.sheet_names:
        cells += sum(map(len, book.get_sheet_by_name(sheet).to_python()))
print(cells)
