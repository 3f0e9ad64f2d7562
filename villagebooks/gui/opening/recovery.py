"""What is kept of opening balances that are being typed, and the sentence that offers it after the program fell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from villagebooks.core.opening import OpeningRow
from villagebooks.core.unsaved_opening import UnsavedOpening
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.recovery import Keeper
from villagebooks.services.desk import Desk
from villagebooks.services.unsaved import OPENING, FoundOpening


class OpeningKeeper(Keeper):
    """Keeps the lines of the grid until the book is opened or they are given up."""

    def __init__(self, seat: Seat, page: QWidget, rows: Callable[[], tuple[OpeningRow, ...]]) -> None:
        super().__init__(seat, page, OPENING)
        self._rows = rows

    def is_changed(self) -> bool:
        """While a line has an amount."""
        return bool(self._rows())

    def unsaved(self) -> UnsavedOpening:
        """The lines that have one."""
        return UnsavedOpening("", "", "", 0, self._rows())


def found_words(found: FoundOpening, desk: Desk) -> str:
    """What an earlier run left, when, and in whose book."""
    one = found.unsaved
    at = datetime.fromisoformat(one.at)
    text = _("期初余额录了没有建账（{m}月{d}日 {time}）：{name}在“{book}”录了 {n} 行。恢复后接着录，核对以后建账。")
    return text.format(m=at.month, d=at.day, time=f"{at:%H:%M}", name=desk.person, book=desk.book.name, n=len(one.rows))
