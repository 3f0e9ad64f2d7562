"""A date with a calendar beside it, read as the voucher's date cell reads it: 15, 9.15, 20260915, 2026年9月15日."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QToolButton

from villagebooks.core.period import Month, month_of
from villagebooks.core.words import _
from villagebooks.gui.day import FIRST_YEAR, no_day, read_typed_day
from villagebooks.gui.theme import icon, set_tone

STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
YEAR_ENDS, MONTH_ENDS = 4, 7
"""Places of the cursor up to which the arrow keys turn the year, the month, of 2026-09-15."""


class CalendarDay(QLineEdit):
    """A line that holds a date. What is no date stays as typed, red: no other day is ever taken for it. `settled`
    carries the sentence when the cursor leaves, empty when it is a date. Days typed alone are of the month that was
    put. Up and Down turn the part under the cursor, Alt+Down opens the calendar."""

    settled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._day, self._hint = date(2000, 1, 1), ""
        self._month = month_of(self._day)
        self._calendar: QCalendarWidget | None = None
        self.setMaxLength(30)
        self._opener = self.addAction(icon("chevron-down", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        self._opener.setToolTip(_("打开日历（Alt+↓）"))
        for sign in self.findChildren(QToolButton):  # a sign without words: what the screen reader says is its name
            sign.setAccessibleName(_("打开日历"))
        self._opener.triggered.connect(self.open_calendar)
        self.textChanged.connect(self._follow)
        self.editingFinished.connect(self._settle)

    def put(self, day: date) -> None:
        """Show a date."""
        self._month = month_of(day)
        self._show(day)

    def put_text(self, text: str) -> None:
        """What stood here before, a date or not."""
        self.setText(text)
        self.show_misread()

    def day(self) -> date:
        """The date; the last one that could be read, while `misread` tells of another."""
        return self._day

    def misread(self) -> str:
        """The sentence about what is no date, empty when it is one."""
        text = self.text().strip()
        if not text:
            return _("没有写日期：写成 2026-09-12，也可以写 9.12，或只写日号 12")
        return "" if read_typed_day(text, self._month) else no_day(text)

    def kept_text(self) -> str:
        """The date as ISO; what is none as it was typed."""
        return self.text() if self.misread() else self._day.isoformat()

    def show_misread(self) -> None:
        """Red, with the sentence as its tip, while it is no date."""
        told = self.misread()
        set_tone(self, "bad", "true" if told else "false")
        if told:
            self._hint = told
            self.setToolTip(told)

    def calendarWidget(self) -> QCalendarWidget:
        """The calendar, made when it is first wanted."""
        if self._calendar is None:
            self._calendar = QCalendarWidget(self)
            self._calendar.setWindowFlag(Qt.WindowType.Popup)
            self._calendar.setAccessibleName(_("日历"))
            self._calendar.setMinimumDate(QDate(FIRST_YEAR, 1, 1))
            self._calendar.clicked.connect(self._choose)
            self._calendar.activated.connect(self._choose)
        return self._calendar

    def open_calendar(self) -> None:
        """The calendar below the line, at the date that stands there."""
        if self.isReadOnly():
            return
        calendar, day = self.calendarWidget(), self._day
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        size, below = calendar.sizeHint(), self.mapToGlobal(QPoint(0, self.height()))
        room = self.screen().availableGeometry()
        if below.y() + size.height() > room.bottom():
            below.setY(self.mapToGlobal(QPoint(0, 0)).y() - size.height())
        below.setX(max(room.left(), min(below.x(), room.right() - size.width())))
        calendar.setGeometry(below.x(), below.y(), size.width(), size.height())
        calendar.show()
        calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys turn a date; what is none they leave alone."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif not self.isReadOnly() and not self.misread():
            self._turn(step)

    def _turn(self, step: int) -> None:
        part = (8, 2) if self.hasSelectedText() and self.selectedText() == self.text() else self._part()
        self._show(_turned(self._day, part, step))
        self.setSelection(*part)

    def _part(self) -> tuple[int, int]:
        place = self.selectionStart() if self.hasSelectedText() else self.cursorPosition()
        if self.text() != self._day.isoformat() or place > MONTH_ENDS:
            return 8, 2
        return (0, 4) if place <= YEAR_ENDS else (5, 2)

    def _choose(self, chosen: QDate) -> None:
        self.calendarWidget().hide()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self._show(date(chosen.year(), chosen.month(), chosen.day()))
        self.settled.emit("")

    def _show(self, day: date) -> None:
        self._day = day
        self.setText(day.isoformat())
        self.setCursorPosition(0)

    def _settle(self) -> None:
        """Who leaves is told; what was read is written out."""
        if not self.misread() and self.text() != self._day.isoformat():
            self._show(self._day)
        self.show_misread()
        self.settled.emit(self.misread())

    def _follow(self, text: str) -> None:
        found = read_typed_day(text, self._month)
        self._day = found or self._day
        if self._hint and found:
            set_tone(self, "bad", "false")
            if self.toolTip() == self._hint:
                self.setToolTip("")
            self._hint = ""


def _turned(day: date, part: tuple[int, int], step: int) -> date:
    """A day, month or year on or back; the last day of a shorter month."""
    if part[0] == MONTH_ENDS + 1:
        moved = day + timedelta(step) if date.min < day < date.max else day
    else:
        month = month_of(day).plus(step if part[0] else 12 * step)
        moved = _day_in(month, day.day) if FIRST_YEAR <= month.year <= date.max.year else day
    return moved if moved.year >= FIRST_YEAR else day


def _day_in(month: Month, day: int) -> date:
    return month.first_day.replace(day=min(day, month.last_day.day))
