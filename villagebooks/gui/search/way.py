"""The way to a voucher of another book or month and back: sit down there, open it; Escape sits down where one was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from villagebooks.core.book import Book
from villagebooks.core.period import Month
from villagebooks.core.search import FoundVoucher
from villagebooks.gui.desk import Seat


class VoucherWay(QObject):
    """`may_move` says whether nothing unsaved stands in the way, `open_voucher` takes a uid, `depth` tells how many
    pages there are to come back to."""

    def __init__(
        self, seat: Seat, may_move: Callable[[], bool], open_voucher: Callable[[str], None], depth: Callable[[], int]
    ) -> None:
        super().__init__()
        self._seat, self._may_move, self._open_voucher, self._depth = seat, may_move, open_voucher, depth
        self._wanted: FoundVoucher | None = None
        self._left: tuple[Book | None, Month, int] | None = None
        seat.moved.connect(self._arrive)

    def go(self, found: FoundVoucher) -> None:
        """Open it where it is kept."""
        book = next((one for one in self._seat.books if one.code == found.book), None)
        if book is None:
            return
        if (book, found.month) == (self._seat.book, self._seat.month):
            self._open_voucher(found.uid)
        elif self._may_move():
            self._left = (self._seat.book, self._seat.month, self._depth())
            self._wanted = found
            self._seat.sit_at(book, found.month)

    def come_back(self) -> None:
        """Sit down where one was, once the page from which the way began shows again."""
        if self._left is not None and self._left[2] == self._depth():
            book, month, _depth = self._left
            self._left = None
            self._seat.sit_at(book, month)

    def forget(self) -> None:
        """Somebody goes another way: he stays where he is."""
        self._left = None

    def _arrive(self) -> None:
        """The pages hear of the move first."""
        if self._wanted is not None:
            QTimer.singleShot(0, self._open)

    def _open(self) -> None:
        found, self._wanted = self._wanted, None
        if found is not None:
            self._open_voucher(found.uid)
