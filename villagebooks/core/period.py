"""An accounting period is a calendar month; months are ordered pairs, never dates."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

OPEN, CLOSED, LOCKED = "open", "closed", "locked"
"""States of a month in a book."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, year 1900 to 9999, month 1 to 12."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first_day(self) -> date:
        """The 1st."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The 28th to 31st."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def quarter(self) -> int:
        """1 to 4."""
        return (self.month + 2) // 3

    def next(self) -> Month:
        """The month after."""
        return self.plus(1)

    def plus(self, months: int) -> Month:
        """The month so many months later (earlier when negative)."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)


def month_of(day: date) -> Month:
    """The month a day lies in."""
    return Month(day.year, day.month)


def read_month(text: str) -> Month | None:
    """`2026-09` as a month, None when it is none."""
    match = _MONTH.fullmatch(text.strip())
    if not match or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1900:
        return None
    return Month(int(match[1]), int(match[2]))


def read_day(text: str) -> date | None:
    """`2026-09-30` as a date, None when there is no such day or it is written otherwise."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date(int(text[:4]), int(text[5:7]), int(text[8:]))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Span:
    """The months a report speaks of, both ends included, inside one year for statements."""

    first: Month
    last: Month

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}—{self.last}"


def read_span(text: str) -> Span | None:
    """`2026-09`, `2026-Q3` or `2026` as a span, None when it is none of them."""
    text = text.strip().upper()
    month = read_month(text)
    if month:
        return Span(month, month)
    match = re.fullmatch(r"(\d{4})(?:-Q([1-4]))?", text)
    if not match or int(match[1]) < 1900:
        return None
    year, quarter = int(match[1]), match[2]
    if quarter:
        return Span(Month(year, int(quarter) * 3 - 2), Month(year, int(quarter) * 3))
    return Span(Month(year, 1), Month(year, 12))


@dataclass(frozen=True, slots=True)
class Period:
    """A month of a book and whether it still takes vouchers: open, closed or locked."""

    book: str
    month: Month
    state: str
