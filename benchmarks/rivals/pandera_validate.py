"""pandera over frames that pandas reads with its fast engine (calamine): the same schema as frictionless."""

import sys
from pathlib import Path

import pandas
import pandera.pandas as pa

text = {"dtype": str, "nullable": True, "coerce": True}
SCHEMA = pa.DataFrameSchema(
    {
        "镇（街道）": pa.Column(str, nullable=False),
        "村（社区）": pa.Column(str, nullable=False),
        "姓名": pa.Column(str, nullable=False),
        "性别": pa.Column(str, pa.Check.isin(["男", "女"]), nullable=False),
        "身份证号": pa.Column(str, pa.Check.str_matches(r"^[0-9]{6}(19|20)[0-9]{9}[0-9X]$"), nullable=False, unique=True),
        "出生日期": pa.Column(str, pa.Check.str_matches(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), nullable=True),
        "联系电话": pa.Column(str, pa.Check.str_matches(r"^1[3-9][0-9]{9}$"), nullable=True),
        "疑似残疾类别": pa.Column(str, pa.Check.isin(["视力", "听力", "言语", "肢体", "智力", "精神", "多重"]), nullable=True),
        "疑似残疾等级": pa.Column(str, pa.Check.isin(["一级", "二级", "三级", "四级"]), nullable=True),
        "未办证原因": pa.Column(str, pa.Check.isin(["不愿办理", "外出务工", "行动不便待上门", "资料不全", "已申请待评定"]), nullable=False),
    }
)

found = 0
for path in sorted(Path(sys.argv[1]).rglob("*.xlsx")):
    frame = pandas.read_excel(path, dtype=str, engine="calamine")
    try:
        SCHEMA.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        found += len(errors.failure_cases)
print(found)
