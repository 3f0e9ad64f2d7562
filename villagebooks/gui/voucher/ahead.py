"""A date beyond this month is asked about before it is saved: a wrong year leaves a number there that never goes."""

from __future__ import annotations

from datetime import date

from villagebooks.core.period import Month, month_of
from villagebooks.core.words import _
from villagebooks.gui.again import Again
from villagebooks.gui.keymap import key


class Ahead:
    """Remembers for which day it was asked."""

    def __init__(self) -> None:
        self._again = Again()
        self._day: date | None = None

    def words(self, day: date, usual: Month, now: date) -> str:
        """The question about a day in a month after today's that is not the `usual` one (chosen above, or the
        voucher's own); empty when there is none, or when it was asked just now."""
        if month_of(day) <= max(usual, month_of(now)) or (self._again and self._day == day):
            self._again.forget()
            return ""
        self._again.warn()
        self._day = day
        text = _("日期 {day} 还没有到（今天是 {now}）：写错了就改，真要记在 {month}，再按一次 {key}")
        return text.format(day=day.isoformat(), now=now.isoformat(), month=month_of(day), key=key("save"))
