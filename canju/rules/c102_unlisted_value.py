"""C102: the word is not in the field's vocabulary."""

from canju.rules.base import fault

fault(
    "C102",
    "unlisted-value",
    severity="error",
    says="「{heading}」不能填“{value}”。{why|请从规定的用词中选填。}",
    fix="请改为规定的用词。",
    doc="The word is not in the field's vocabulary. The nearest word is suggested, and a grade above four is told to be another scale.",
    wrong="残疾类别：残废",
    right="残疾类别：肢体",
    how="用模板的下拉框选填；或按 Ctrl+H 把该词一次替换为规定的用词。",
)
