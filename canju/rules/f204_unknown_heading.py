"""F204: a column that no ledger knows."""

from canju.rules.base import fault

fault(
    "F204",
    "unknown-heading",
    severity="note",
    says="「{heading}」不是台账规定的列，合并时原样保留在表的末尾。{why|}",
    fix="确需保留的不用改；如是列名写错，请改为规定的列名。",
    doc="A column that no ledger knows. Its cells are carried along to the end of the merged table.",
    wrong="婚姻状况",
    right="（删去，或保留不动）",
    how="双击表头单元格改列名；列名以模板为准。",
)
