"""The kinds of cells: what makes one right lies here, never in a rule. Each alias is a Python type with its reader beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from canju.ledgers.kinds import disability
from canju.ledgers.kinds import vocabularies as words
from canju.ledgers.kinds.choices import YesNoType
from canju.ledgers.kinds.contacts import AccountType, PhoneType
from canju.ledgers.kinds.days import Day, DayType, VisitedType, YearType, day, future
from canju.ledgers.kinds.disability import split_category_grade
from canju.ledgers.kinds.identity import Certificate, CertificateType, IdType, ResidentId, repairs
from canju.ledgers.kinds.numbers import AgeType, MoneyType, SerialType, WholeType
from canju.ledgers.kinds.posts import CommitteePostType, PostType, committee_posts, mode_in_post
from canju.ledgers.kinds.text import NameType, TermType, TextType, TownType, VillageType

TextCell = Annotated[str, TextType()]
NameCell = Annotated[str, NameType()]
TownCell = Annotated[str, TownType()]
VillageCell = Annotated[str, VillageType()]
TermCell = Annotated[str, TermType()]
IdCell = Annotated[ResidentId, IdType()]
CertificateCell = Annotated[Certificate, CertificateType()]
PhoneCell = Annotated[str, PhoneType()]
AccountCell = Annotated[str, AccountType()]
DayCell = Annotated[Day, DayType()]
YearCell = Annotated[int, YearType()]
Visited = Annotated[Day | bool, VisitedType()]
SerialCell = Annotated[int, SerialType()]
WholeCell = Annotated[int, WholeType()]
CountCell = Annotated[int, WholeType("人数")]
AgeCell = Annotated[int, AgeType()]
MonthsCell = Annotated[int, WholeType("月数", 0, 12)]
MoneyCell = Annotated[Decimal, MoneyType()]
BudgetCell = Annotated[Decimal, MoneyType(in_wan=True)]
YesNo = Annotated[bool, YesNoType()]
Post = Annotated[tuple[str, ...], PostType()]
CommitteePost = Annotated[str, CommitteePostType()]

Sex = Annotated[str, words.SEX]
Ethnicity = Annotated[str, words.ETHNICITY]
PoliticalStatus = Annotated[str, words.POLITICAL_STATUS]
Education = Annotated[str, words.EDUCATION]
Category = Annotated[str, disability.CATEGORY]
Grade = Annotated[str, disability.GRADE]
Kind = Annotated[str, words.KIND]
Mode = Annotated[str, words.MODE]
OrganizationLevel = Annotated[str, words.ORGANIZATION_LEVEL]
CommissionerLevel = Annotated[str, words.COMMISSIONER_LEVEL]
Satisfaction = Annotated[str, words.SATISFACTION]
Assessment = Annotated[str, words.ASSESSMENT]
Funding = Annotated[str, words.FUNDING]
Reason = Annotated[str, words.REASON]
PlaceKind = Annotated[str, words.PLACE_KIND]
Progress = Annotated[str, words.PROGRESS]
CertificateStatus = Annotated[str, words.CERTIFICATE_STATUS]
Body = Annotated[str, words.BODY]
FeedbackKind = Annotated[str, words.FEEDBACK_KIND]
Needs = Annotated[tuple[str, ...], words.NEEDS]
Hardship = Annotated[tuple[str, ...], words.HARDSHIP]
Facility = Annotated[tuple[str, ...], words.FACILITY]
RuleSets = Annotated[tuple[str, ...], words.RULE_SETS]
Constituency = Annotated[tuple[str, ...], words.CONSTITUENCY]

__all__ = [
    "AccountCell",
    "AgeCell",
    "Assessment",
    "Body",
    "BudgetCell",
    "Category",
    "Certificate",
    "CertificateCell",
    "CertificateStatus",
    "CommissionerLevel",
    "CommitteePost",
    "Constituency",
    "CountCell",
    "Day",
    "DayCell",
    "Education",
    "Ethnicity",
    "Facility",
    "FeedbackKind",
    "Funding",
    "Grade",
    "Hardship",
    "IdCell",
    "Kind",
    "Mode",
    "MoneyCell",
    "MonthsCell",
    "NameCell",
    "Needs",
    "OrganizationLevel",
    "PhoneCell",
    "PlaceKind",
    "PoliticalStatus",
    "Post",
    "Progress",
    "Reason",
    "ResidentId",
    "RuleSets",
    "Satisfaction",
    "SerialCell",
    "Sex",
    "TermCell",
    "TextCell",
    "TownCell",
    "VillageCell",
    "Visited",
    "WholeCell",
    "YearCell",
    "YesNo",
    "committee_posts",
    "day",
    "future",
    "mode_in_post",
    "repairs",
    "split_category_grade",
]
