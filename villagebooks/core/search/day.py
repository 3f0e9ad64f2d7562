"""Days as people type them in a search: a day, a month, a quarter, a year; alone, from one on, or up to one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from villagebooks.core.period import Month
from villagebooks.core.search.numeral import plain_date

FIRST_DAY, LAST_DAY = "1900-01-01", "9999-12-31"
"""Where days without a beginning begin, and those without an end end."""
_DAY = re.compile(r"(\d{4})(?:([-./年])(\d{1,2})[-./月](\d{1,2})[日号]?|(\d{2})(\d{2}))")
_MONTH = re.compile(r"(\d{4})(?:[-./](\d{1,2})|年(\d{1,2})月?(?:份)?)")
_YEAR = re.compile(r"(\d{4})年(?:度)?")
_OF_YEAR = re.compile(r"(\d{1,2})月(?:份)?(?:(\d{1,2})[日号]?)?")
_SHORT = re.compile(r"(\d{1,2})[-/](\d{1,2})")
_SAID = {"前年": -2, "去年": -1, "今年": 0, "本年": 0}
_YEAR_BEFORE = re.compile(r"(?:(\d{4})年?[-度]?|(前年|去年|今年|本年))?(.+)")
_QUARTERS = {sign: place // 2 + 1 for place, sign in enumerate("一1二2三3四4")}
_QUARTER = re.compile(r"(?:第?([一二三四1-4])季度?|[Qq]([1-4])|(上|下)半年)")


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last ISO day. `sure`: it can hardly be anything else; `wrong`: written like days, but none."""

    first: str = ""
    last: str = ""
    sure: bool = False
    wrong: bool = False


WRONG = Days(wrong=True)


def read_days(word: str, year: int) -> Days | None:
    """The days that a word (NFKC) speaks of, of `year` where it names none and that is not 0; None when of none."""
    plain = plain_date(word)
    if found := _DAY.fullmatch(plain):
        parts = [found[1], found[3] or found[5], found[4] or found[6]]
        day = _day(*map(int, parts))
        return day if found[2] or day is not WRONG else None
    if found := _MONTH.fullmatch(plain):
        return _month(int(found[1]), int(found[2] or found[3]))
    if found := _YEAR.fullmatch(plain):
        return _year(int(found[1]))
    if year and plain in _SAID:
        return _year(year + _SAID[plain])
    if year and (found := _OF_YEAR.fullmatch(plain)):
        return _day(year, int(found[1]), int(found[2])) if found[2] else _month(year, int(found[1]))
    if year and (found := _SHORT.fullmatch(plain)):
        day = _day(year, int(found[1]), int(found[2]))
        return None if day is WRONG else Days(day.first, day.last)
    return _quarter(plain, year)


def _quarter(plain: str, year: int) -> Days | None:
    before = _YEAR_BEFORE.fullmatch(plain)
    found = _QUARTER.fullmatch(before[3]) if before else None
    if not before or not found:
        return None
    of = int(before[1]) if before[1] else year + _SAID.get(before[2] or "", 0) if year else 0
    if not 1900 <= of <= 9999:
        return None
    if half := found[3]:
        first, months = (1 if half == "上" else 7), 6
    else:
        first, months = _QUARTERS[found[1] or found[2]] * 3 - 2, 3
    begin = Month(of, first)
    return Days(begin.first_day.isoformat(), begin.plus(months - 1).last_day.isoformat(), sure=True)


def _day(year: int, month: int, day: int) -> Days:
    try:
        said = date(year, month, day).isoformat()
    except ValueError:
        return WRONG
    return Days(said, said, sure=True) if said >= FIRST_DAY else WRONG


def _month(year: int, month: int) -> Days:
    if not (1900 <= year <= 9999 and 1 <= month <= 12):
        return WRONG
    of = Month(year, month)
    return Days(of.first_day.isoformat(), of.last_day.isoformat(), sure=True)


def _year(year: int) -> Days:
    return Days(f"{year:04d}-01-01", f"{year:04d}-12-31", sure=True) if 1900 <= year <= 9999 else WRONG
