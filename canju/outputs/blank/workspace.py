"""The files of a new workspace: canju.toml with every key explained, and villages.csv with its headings."""

from __future__ import annotations

import json
from collections.abc import Sequence

_TEXT = """\
# 残联台账工具的工作区设置。# 开头的是说明；去掉设置前面的 # 才起作用。
# 文字要用英文引号括起来，日期不加引号，写成 {year}-12-31 的样子。

county = {county}                 # 县（市、区）名称
federation = {federation}         # 县残联全称，用作填报、发放和署名单位
report_to = ""                    # 书面总结的主送机关（上级残联）
plan = "longli-2019"              # 所依据的方案：内置方案的编号，或方案文件的路径
towns = {towns}                   # 镇（街道）名称，按常用顺序；空着就取 villages.csv 里的顺序
villages = "villages.csv"         # 村（社区）名单：镇（街道）,村（社区）,曾用名,任期起,任期止
# as_of = {year}-12-31            # 判断基准日；不写就用当天

[baseline]                        # 方案实施前各镇（街道）的专职委员人数，一行一个
# "某某镇" = 1

[terms]                           # 村（居）委会的任期（villages.csv 没有写的按这里）和县残联换届
# started = {year}                # 任期开始年份
# ends = {later}                  # 任期届满年份
# next_congress = {later}-11-30   # 县残联下次换届的日期

[named]                           # 方案里提到、要按本县实际写明的名称
hospital = ""                     # 应设小组的医院
# associations = ["盲人协会", "聋人协会", "肢残人协会", "智力残疾人及亲友协会", "精神残疾人及亲友协会"]   # 县专门协会；不写按这五个
working_committee = []            # 残工委成员单位，例：["县民政局", "县教育局"]
# last_year_seconded_from = []    # 上一年挂职副理事长来自哪些镇（街道）；没有写 []，不清楚就不写

[stipend]                         # 专职委员工资：命令行没有写明时按这里
# year = {year}                   # 发放年度
# from = "{year}-01"              # 从哪个月起发
# to = "{year}-12"                # 发到哪个月；不写则到年底
# basis = "same_year"             # same_year：当年考核发当年；previous_year：上年考核发当年

[deadlines]                       # 时限
# towns = {year}-10-08            # 各镇（街道）报送的截止日
# summary_submitted = {year}-10-09   # 书面总结实际上报的日期

[facts]                           # 总结“基本情况”里照写的数字：每一项都要有来源和日期
# "全县总人口" = {{ value = "23.2万人", source = "县统计局", on = {year}-12-31 }}

[parameters]                      # 与方案不同的本县标准，覆盖方案里的；可用的名称见 canju plan
# stipend_monthly = 200           # 专职委员月工资（元）

[headings]                        # 本县台账用的、工具不认识的列名：[headings.台账] 下写 字段 = ["列名"]；见 canju ledgers
# [headings.commissioners]
# hired = ["进站时间"]
"""


def settings(county: str, towns: Sequence[str], year: int) -> str:
    """The text of canju.toml; examples speak of `year`. It loads as it stands."""
    return _TEXT.format(
        county=_quoted(county),
        federation=_quoted(f"{county}残疾人联合会" if county else ""),
        towns=f"[{', '.join(map(_quoted, towns))}]",
        year=year,
        later=year + 5,
    )


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def village_list() -> str:
    """The text of villages.csv: headings only, marked as UTF-8 so that spreadsheet programs open it rightly."""
    return "\ufeff镇（街道）,村（社区）,曾用名,任期起,任期止\r\n"
