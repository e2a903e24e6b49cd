"""The same cells written to one sheet by xlsxwriter and nothing else: `write_book.py CELLS.pickle OUT.xlsx`."""

import pickle
import sys

import xlsxwriter

with open(sys.argv[1], "rb") as stream:
    lines = pickle.load(stream)
book = xlsxwriter.Workbook(sys.argv[2], {"constant_memory": True})
sheet = book.add_worksheet()
for number, line in enumerate(lines):
    sheet.write_row(number, 0, line)
book.close()
