"""A date as accountants type it: the day of the month alone, 9.12, 20260912 or 2026-09-12."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from villagebooks.core.period import Month
from villagebooks.core.words import _


def read_typed_day(text: str, month: Month) -> date | None:
    """The date that was meant, in `month` where no month was typed; None when there is no such day."""
    plain = unicodedata.normalize("NFKC", text).strip()
    parts = [int(part) for part in re.findall(r"\d+", plain)]
    if re.fullmatch(r"\d{8}", plain):
        parts = [int(plain[:4]), int(plain[4:6]), int(plain[6:])]
    elif re.fullmatch(r"\d{4}", plain):
        parts = [int(plain[:2]), int(plain[2:])]
    whole = [month.year, month.month, 0][: 3 - len(parts)] + parts
    try:
        return date(*whole) if len(whole) == 3 and parts else None
    except ValueError:
        return None


class DayEdit(QLineEdit):
    """A line that holds a date; `day_changed` carries it once it is settled."""

    day_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.month = Month(2000, 1)
        self.day = date(2000, 1, 1)
        self.setAccessibleName(_("日期"))
        self.setToolTip(_("只输日号也可以：12、9.12、2026-09-12"))
        self.editingFinished.connect(self.settle)

    def put(self, day: date, month: Month) -> None:
        """Show a date; days typed alone are of `month`."""
        self.day, self.month = day, month
        self.setText(day.isoformat())

    def settle(self) -> None:
        """Take what was typed, or go back to the last date when it is none."""
        found = read_typed_day(self.text(), self.month)
        changed = found is not None and found != self.day
        self.day = found or self.day
        self.setText(self.day.isoformat())
        if changed:
            self.day_changed.emit(self.day)
