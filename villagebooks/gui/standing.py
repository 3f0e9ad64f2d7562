"""How every book stands in the month, as a sign and a word in the switch of villages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLineEdit, QToolButton

from villagebooks.core.board import BoardRow
from villagebooks.core.book import Book
from villagebooks.core.period import Month
from villagebooks.core.words import _
from villagebooks.gui.board import standing_mark
from villagebooks.gui.choice import Choice, ChoiceEdit, find_choices
from villagebooks.gui.desk import Seat
from villagebooks.gui.theme import TONE_COLOURS, TONE_ICONS, Mark, icon
from villagebooks.services.place import Office

USUAL, MOST, EDGE = 300, 520, 64
"""Pixels of the switch: for usual names, for the longest, and beside the words."""


class VillageSigns(QObject):
    """Fills the switch, and reads how the books stand when somebody goes to it and what is known is old."""

    def __init__(self, seat: Seat, village: ChoiceEdit) -> None:
        super().__init__(village)
        self._seat, self._village = seat, village
        self._marks: dict[str, Mark] = {}
        self._of: Month | None = None
        self._sign = village.addAction(icon("circle-check", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._sign.setVisible(False)
        for one in village.findChildren(QToolButton):
            one.setAccessibleName(_("本月进度"))
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        village.installEventFilter(self)
        village.setMaximumWidth(USUAL)
        village.textChanged.connect(self._widen)
        seat.listed.connect(self._offer)
        seat.moved.connect(self._show)
        seat.changed.connect(self._grow_old)

    def take(self, rows: Sequence[BoardRow]) -> None:
        """The board was read."""
        self._marks = {row.book: standing_mark(row.standing) for row in rows}
        self._of = rows[0].month if rows else self._seat.month
        self._offer()
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever comes to the switch sees how the books stand now."""
        came = watched is self._village and event.type() == QEvent.Type.FocusIn
        if came and self._of != self._seat.month and self._seat.is_open:
            read = partial(_read, self._seat.office, self._seat.month)
            self._seat.worker.read(read, self.take, key=self)
        return False

    def _widen(self, text: str) -> None:
        """A long name has its room where the window has it; the switch keeps still while somebody types."""
        if not self._village.hasFocus():
            need = self._village.fontMetrics().horizontalAdvance(text) + EDGE
            self._village.setMaximumWidth(min(MOST, max(USUAL, need)))

    def _grow_old(self) -> None:
        self._of = None

    def _offer(self) -> None:
        # books that were stopped come last: who types a name means the one that is kept
        books = sorted(self._seat.books, key=lambda one: one.stopped is not None)
        choices = [
            Choice(one.code, _book_words(one), self._seat.initials[one.code], mark=self._mark(one.code))
            for one in books
        ]
        self._village.set_choices(choices)
        if self._village.list_is_open():
            self._village.show_list(find_choices(choices, self._village.text()))
        if self._seat.book and not self._village.hasFocus():
            self._village.put(self._seat.book.code)

    def _mark(self, code: str) -> Mark | None:
        return self._marks.get(code) if self._of == self._seat.month else None

    def _show(self) -> None:
        """The sign of the book in hand before its name."""
        book = self._seat.book
        mark = self._mark(book.code) if book else None
        known = mark is not None and mark.tone in TONE_ICONS
        self._sign.setVisible(known)
        self._village.setAccessibleDescription(mark.word if mark else "")
        if mark is not None and known:
            self._sign.setIcon(icon(TONE_ICONS[mark.tone], TONE_COLOURS[mark.tone], 16))
            self._sign.setToolTip(mark.word)


def _read(office: Office, month: Month) -> list[BoardRow]:
    from villagebooks.services.board import read_board  # noqa: PLC0415  (window first)

    return read_board(office, month)


def _book_words(one: Book) -> str:
    words = f"{one.code} {one.name}"
    return words if one.stopped is None else _("{book}（{month} 停用）").format(book=words, month=one.stopped)
