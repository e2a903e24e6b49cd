"""The quick look for marker words passes over nothing that the close look finds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from canju.reading.rows import _marked, _perhaps

WORDS = ["合计", "小 计：12人", "总计（共12人）", "其中", "其中:女", "示例", "例：", "范例", "样表", "举例", "注1", "备注：", "说明:", "填表人", "制表",
         "审核", "复核", "经办", "负责人：", "分管领导（", "主管:", "电话：", "联系人:", "报送", "上报", "统计人", "登记人:", "盖章", "(盖章", "签字",
         "以下空白", "以上", "此表", "本表", "依据", "附:", "日期：", "2019年10月8日", "无", "没有", "零报告", "0报告", "〇报告", "暂无", "全无",
         "本村未发现", "甲村：无", "该村没有此类人员", "甲社区未发现", "⽆", "㊟", "例１"]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.sampled_from(WORDS),
        st.builds("".join, st.lists(st.sampled_from([*WORDS, "村", "组", "甲", "一", "12", " ", "：", "。"]), max_size=4)),
        st.text(max_size=6),
    )
)
def test_what_is_marked_has_a_character_of_a_marker(text: str) -> None:
    assert not _marked(text) or _perhaps(text)


def test_a_name_and_a_number_need_no_close_look() -> None:
    assert not any(_perhaps(text) for text in ("张三", "522799199003074510", "2019-09-25", "观音村三组12号"))
