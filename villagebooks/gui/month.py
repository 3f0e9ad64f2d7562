"""A month as accountants type it: 9 of the year in hand, 202609, 2026.9 or 2026-09."""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.theme import set_tone


def read_typed_month(text: str, year: int) -> Month | None:
    """The month that was meant, of `year` where none was typed; None when there is no such month."""
    plain = unicodedata.normalize("NFKC", text).strip()
    parts = [int(part) for part in re.findall(r"\d+", plain)]
    if re.fullmatch(r"\d{6}", plain):
        parts = [int(plain[:4]), int(plain[4:])]
    if len(parts) == 1:
        parts = [year, *parts]
    if len(parts) != 2 or not 1900 <= parts[0] <= 9999 or not 1 <= parts[1] <= 12:
        return None
    return Month(*parts)


class MonthEdit(QLineEdit):
    """A line that holds a month; the up and down keys step it. `month_changed` carries it once it is settled,
    `refused` says what is no month: that stays in the line, painted."""

    month_changed = Signal(object)
    refused = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.month = Month(2000, 1)
        self.misread = ""
        """What stands in the line and is no month."""
        self.setAccessibleName(name)
        self.setToolTip(_("{name}：9、202609、2026-09 都可以，上下键换月").format(name=name))
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("2026-09") + 28)
        self.editingFinished.connect(self.settle)

    def put(self, month: Month) -> None:
        """Show a month, without saying so."""
        self.month = month
        self.misread = ""
        self.setText(str(month))
        set_tone(self, "bad", "false")

    def settle(self) -> None:
        """Take what was typed; an emptied line goes back to the last month."""
        typed = self.text().strip()
        found = read_typed_month(typed, self.month.year) if typed else self.month
        if found is not None:
            self._take(found)
            return
        self.misread = typed
        set_tone(self, "bad", "true")
        text = _("没有“{text}”这个月：月份写成 2026-09，也可以只写 9")
        self.refused.emit([Problem(text.format(text=typed[:20]), field="month")])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The month before and the month after."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._take(self.month.plus(-1 if event.key() == Qt.Key.Key_Up else 1))
        else:
            super().keyPressEvent(event)

    def _take(self, month: Month) -> None:
        changed = month != self.month or bool(self.misread)
        self.put(month)
        if changed:
            self.month_changed.emit(month)
