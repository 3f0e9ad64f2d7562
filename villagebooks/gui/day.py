"""A date as accountants type it: the day of the month alone, 9.12, 20260912 or 2026-09-12."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.theme import set_tone

FIRST_YEAR = 1900
"""A year of two figures, or before this one, is no year that a book speaks of."""

_WRITTEN = re.compile(r"[\d\s.,，。、:/年月日号-]+")


def read_typed_day(text: str, month: Month) -> date | None:
    """The date that was meant, in `month` where no month was typed; None when there is no such day."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not _WRITTEN.fullmatch(plain):
        return None
    parts = [int(part) for part in re.findall(r"\d+", plain)]
    if re.fullmatch(r"\d{8}", plain):
        parts = [int(plain[:4]), int(plain[4:6]), int(plain[6:])]
    elif re.fullmatch(r"\d{4}", plain):
        parts = [int(plain[:2]), int(plain[2:])]
    whole = [month.year, month.month, 0][: 3 - len(parts)] + parts
    if len(whole) != 3 or not parts or whole[0] < FIRST_YEAR:
        return None
    try:
        return date(*whole)
    except (ValueError, OverflowError):
        return None


def read_past_day(text: str, month: Month, today: date) -> date | None:
    """The same of a bill, and none is of the future: 12.30, typed in January, is of the year before."""
    found = read_typed_day(text, month)
    if found and found > max(month.last_day, today):
        return read_typed_day(text, month.plus(-12))
    return found


def no_day(text: str) -> str:
    """The sentence about what was typed for a date and is none."""
    told = _("没有“{text}”这一天：日期写成 2026-09-12，也可以写 9.12，或只写日号 12")
    return told.format(text=text.strip()[:20])


class DayEdit(QLineEdit):
    """A line that holds a date; `day_changed` carries it once it is settled, `refused` says what is no date.

    What is no date stays in the line, painted: it is never replaced by a day that nobody meant.
    """

    day_changed = Signal(object)
    refused = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.month = Month(2000, 1)
        self.day = date(2000, 1, 1)
        self._misread = ""
        self.setAccessibleName(_("日期"))
        self.setToolTip(_("只输日号也可以：12、9.12、2026-09-12"))
        self.editingFinished.connect(self.settle)

    def put(self, day: date, month: Month) -> None:
        """Show a date; days typed alone are of `month`."""
        self.day, self.month = day, month
        self._read(day.isoformat(), "")

    def put_text(self, text: str, day: date) -> None:
        """What stood here before, settled or not."""
        self.day = day
        self._read(text, "" if read_typed_day(text, self.month) or not text.strip() else text)

    def settle(self) -> None:
        """Take what was typed; an emptied line goes back to the last date."""
        typed = self.text().strip()
        found = read_typed_day(typed, self.month) if typed else self.day
        if found is None:
            self._read(typed, typed)
            self.refused.emit(self.problems())
            return
        changed = found != self.day or bool(self._misread)
        self.day = found
        self._read(found.isoformat(), "")
        if changed:
            self.day_changed.emit(found)

    def problems(self) -> list[Problem]:
        """What stands in the line and is no date."""
        if not self._misread:
            return []
        return [Problem(no_day(self._misread), field="day")]

    def _read(self, text: str, misread: str) -> None:
        self._misread = misread
        self.setText(text)
        set_tone(self, "bad", "true" if misread else "false")
