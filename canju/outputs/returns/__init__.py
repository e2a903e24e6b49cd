"""The return workbook: a town's own file with the cells at fault marked, and a first sheet in which it answers."""
