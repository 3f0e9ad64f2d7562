"""The way from the inbox to where a thing is kept: first sit down at its book and month, then open it there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from villagebooks.core.inbox import PAPER, VOUCHER, Waiting
from villagebooks.gui.desk import Seat


class Way(QObject):
    """`open_voucher` takes a uid, `open_papers` nothing; both are the window's ways with a way back."""

    def __init__(self, seat: Seat, open_voucher: Callable[[str], None], open_papers: Callable[[], None]) -> None:
        super().__init__()
        self._seat, self._open_voucher, self._open_papers = seat, open_voucher, open_papers
        self._wanted: Waiting | None = None
        seat.moved.connect(self._arrive)

    def go(self, one: Waiting) -> None:
        """Open it whole; a matter of no village has no other place."""
        if one.book is None or one.kind not in (VOUCHER, PAPER):
            return
        self._wanted = one
        if (one.book, one.month) == (self._seat.book, self._seat.month):
            self._open()
        else:
            self._seat.sit_at(one.book, one.month)

    def _arrive(self) -> None:
        """The pages hear of the move first."""
        if self._wanted is not None:
            QTimer.singleShot(0, self._open)

    def _open(self) -> None:
        one, self._wanted = self._wanted, None
        if one is None:
            return
        if one.kind == VOUCHER:
            self._open_voucher(one.uid)
        else:
            self._open_papers()
