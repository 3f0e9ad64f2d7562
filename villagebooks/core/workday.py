"""Working days: Monday to Friday without the holidays that the policy lists, with the weekends on which people work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from villagebooks.core.period import read_day

WORKED = "+"
"""Before a day of the list: a Saturday or Sunday on which people work (调休上班)."""
_SATURDAY = 5
_LONGEST = 400
"""Days that are looked at one by one; what is longer late is counted by weeks."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off besides the weekends, and weekends that are worked."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether the centre works that day."""
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)

    def due(self, begun: date, within: int) -> date:
        """The last day of a term of `within` working days; the day on which it begins does not count."""
        day = begun
        while within > 0:
            day += timedelta(days=1)
            within -= self.works(day)
        return day

    def late(self, due: date, today: date) -> int:
        """Working days that have begun since the term ended, 0 while it runs."""
        days = (today - due).days
        weeks = max(0, days - _LONGEST) // 7
        first = due + timedelta(days=7 * weeks)
        return weeks * 5 + sum(self.works(first + timedelta(days=one)) for one in range(1, days - 7 * weeks + 1))


def read_calendar(holidays: Iterable[str]) -> Calendar:
    """The calendar of a policy's list: `2026-10-01` is off, `+2026-10-10` worked; what is no day is passed over."""
    off: set[date] = set()
    worked: set[date] = set()
    for text in holidays:
        day = read_day(text.removeprefix(WORKED))
        if day:
            (worked if text.startswith(WORKED) else off).add(day)
    return Calendar(frozenset(off), frozenset(worked))
