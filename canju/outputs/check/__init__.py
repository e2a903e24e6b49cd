"""How far the plan is carried out, clause by clause: as JSON, as a table, and as the workbook 指标完成情况.xlsx."""
