"""C207: a certificate number is the holder's ID, a category 1–7 and a grade 1–4, with B1–B9 after a reissue."""

from canju.rules.base import Case, fault

fault(
    "C207",
    "malformed-certificate",
    severity="error",
    standard="《中华人民共和国残疾人证管理办法》（残联发〔2017〕34号）：证号由18位身份证号、1位残疾类别代码和1位残疾等级代码组成",
    says="「{heading}」不是有效的残疾人证号。{why|应为20位：身份证号18位、类别1位、等级1位，补换证后加B1—B9。}",
    fix="请与残疾人证核对后更正。",
    doc="A certificate number is the holder's ID, a category 1–7 and a grade 1–4, with B1–B9 after a reissue.",
    wrong="5227991978051016572（19 位）",
    right="52279919780510165742（20 位）",
    how="选中整列，右键“设置单元格格式—数字—文本”，确定后再逐个重新输入号码（先设文本、后输入，顺序不能反）。",
    cases=[
        Case(ledger="commissioners", certificate="5227991990030745104", hit="certificate"),
        Case(ledger="commissioners", certificate="52279919900307451092", hit="certificate"),
        Case(ledger="commissioners", certificate="52279919900307451045", hit="certificate"),
        Case(ledger="commissioners", certificate="52279919900307451042"),
        Case(ledger="commissioners", certificate="52279919900307451042B9"),
    ],
)
