"""From a reminder, a first step or a piece of recent work to where it is: first sit down there, then open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from villagebooks.core import reminder as places
from villagebooks.core.beginning import OPENING, ROLL, RULES, Step
from villagebooks.core.period import Month
from villagebooks.core.recent import RecentPiece
from villagebooks.core.reminder import Reminder
from villagebooks.gui.office import Desktop
from villagebooks.gui.page import Page


class Arrival(QObject):
    """Goes where the first page points to."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._desktop = desktop
        self._then: Callable[[], None] | None = None
        desktop.seat.moved.connect(self._arrive)

    def go(self, wanted: object) -> None:
        """Open a `Reminder`, a `Step` or a `RecentPiece`."""
        if isinstance(wanted, RecentPiece):
            self._go_to_piece(wanted)
        elif isinstance(wanted, Reminder):
            self._sit(wanted.book, wanted.month, lambda: self._go_to_place(wanted.place))
        elif isinstance(wanted, Step):
            self._go_to_place(wanted.place)

    def _go_to_piece(self, one: RecentPiece) -> None:
        if one.table == "voucher":
            self._sit(one.book, one.month, lambda: self._desktop.open_voucher(one.uid))
        else:
            self._sit(one.book, one.month, lambda: self._show_paper(one.uid))

    def _show_paper(self, uid: str) -> None:
        self._desktop.visit_papers()
        self._desktop.paper_shown.emit(uid)

    def _go_to_place(self, place: str) -> None:
        desktop = self._desktop
        pages: dict[str, Callable[[], Page]] = {
            places.SHEET: lambda: desktop.disclosure, places.CLOSING: lambda: desktop.closing,
            places.BANK: lambda: desktop.cashier, places.TILL: lambda: desktop.cashier,
            places.QUERY: lambda: desktop.query,
            places.INBOX: lambda: desktop.inbox, places.RECEIPTS: lambda: desktop.receipts,
            places.VOUCHERS: lambda: desktop.vouchers, places.PAPERS: lambda: desktop.papers,
            places.ARCHIVE: lambda: desktop.archive, places.LOG: lambda: desktop.journal, ROLL: lambda: desktop.people,
        }  # fmt: skip
        if place in pages:
            desktop.window.go(pages[place]())
            self._show_part(place)
        elif place == places.PLANS:
            desktop.open_plans()
        elif place == OPENING and desktop.seat.book is not None:
            desktop.open_opening(desktop.seat.book.code)
        else:
            desktop.open_section({OPENING: "books", RULES: "sheet"}.get(place, place))

    def _show_part(self, place: str) -> None:
        """What the reminder speaks of, whichever list or tab somebody left."""
        desktop = self._desktop
        if place == places.BANK:
            desktop.money_opened.emit("bank", "")
        elif place == places.TILL:
            desktop.money_opened.emit("cash", "")
        elif place == places.INBOX:
            desktop.waiting_wanted.emit()
        elif place == places.ARCHIVE:
            desktop.loans_wanted.emit()

    def _sit(self, code: str, month: Month | None, then: Callable[[], None]) -> None:
        seat = self._desktop.seat
        book = next((one for one in seat.books if one.code == code), None) or seat.book
        if not self._desktop.window.may_move():
            return
        if book == seat.book and month in (None, seat.month):
            then()
            return
        self._then = then
        seat.sit_at(book, month)

    def _arrive(self) -> None:
        """The pages hear of the move first."""
        if self._then is not None:
            QTimer.singleShot(0, self._open)

    def _open(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()
