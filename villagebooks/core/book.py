"""A book (账套) is one set of books of one village; books never mix."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.period import Month

KINDS = ("集体经济组织", "村委会", "村民小组", "代行")
STANDARDS = ("2023", "2004")


@dataclass(frozen=True, slots=True)
class Book:
    """One set of books: `code` is what scripts and sheets use, `standard` names the chart, `start` its first month."""

    uid: str
    code: str
    village: str
    name: str
    kind: str
    standard: str
    start: Month
