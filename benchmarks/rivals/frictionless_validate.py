"""frictionless with a schema for the same columns: types, patterns, word lists, required cells. No check digits, nothing across rows."""

import sys
from pathlib import Path

from frictionless import Resource, Schema, system, validate

ID = r"[0-9]{6}(19|20)[0-9]{9}[0-9X]"
FIELDS = [
    {"name": "序号", "type": "integer"},
    {"name": "镇（街道）", "type": "string", "constraints": {"required": True}},
    {"name": "村（社区）", "type": "string", "constraints": {"required": True}},
    {"name": "姓名", "type": "string", "constraints": {"required": True}},
    {"name": "性别", "type": "string", "constraints": {"required": True, "enum": ["男", "女"]}},
    {"name": "身份证号", "type": "string", "constraints": {"required": True, "pattern": ID, "unique": True}},
    {"name": "出生日期", "type": "date"},
    {"name": "联系电话", "type": "string", "constraints": {"pattern": r"1[3-9][0-9]{9}"}},
    {"name": "家庭住址", "type": "string"},
    {"name": "疑似残疾类别", "type": "string", "constraints": {"enum": ["视力", "听力", "言语", "肢体", "智力", "精神", "多重"]}},
    {"name": "疑似残疾等级", "type": "string", "constraints": {"enum": ["一级", "二级", "三级", "四级"]}},
    {
        "name": "未办证原因",
        "type": "string",
        "constraints": {"required": True, "enum": ["不愿办理", "外出务工", "行动不便待上门", "资料不全", "已申请待评定"]},
    },
    {"name": "服务需求", "type": "string"},
    {"name": "困难类型", "type": "string"},
    {"name": "备注", "type": "string"},
]

found = 0
with system.use_context(trusted=True):
    for path in sorted(Path(sys.argv[1]).rglob("*.xlsx")):
        report = validate(Resource(path=str(path), schema=Schema.from_descriptor({"fields": FIELDS})))
        found += len(report.flatten(["rowNumber", "fieldName", "type"]))
print(found)
