"""The clock of the demonstration: September and October 2026, moved by the acts themselves."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

_CHINA = timezone(timedelta(hours=8))
_STEP = timedelta(seconds=20)


class DemoClock:
    """Tells a time that moves a little with every look and never backwards."""

    def __init__(self, day: date) -> None:
        self._moment = datetime.combine(day, time(8, 30), _CHINA)

    def __call__(self) -> datetime:
        """The time, twenty seconds after the last look."""
        self._moment += _STEP
        return self._moment

    def wait(self, minutes: int) -> None:
        """The next person comes, opens the voucher and looks at its pictures: the self-check watches for haste."""
        self._moment += timedelta(minutes=minutes)

    def go_to(self, day: date, hour: int) -> None:
        """It is that hour of that day now, unless it is later already."""
        self._moment = max(self._moment, datetime.combine(day, time(hour), _CHINA))


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
