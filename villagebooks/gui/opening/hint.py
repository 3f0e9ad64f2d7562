"""What the window says by itself: where an empty book's balances come from, that books are a demonstration."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.window import Window
from villagebooks.services.place import Desk


class EmptyHint(QObject):
    """Looks at a book when somebody sits down at it, and tells in the window's strip when it has no voucher yet.

    On the page where the balances are entered there is nothing to tell.
    """

    def __init__(self, seat: Seat, window: Window) -> None:
        super().__init__()
        self._seat, self._window = seat, window
        self._code = ""
        self._text = _("这个账套还是空的：接手原来的账，到“设置”的“账套”里选中它，按“期初建账…”；新成立的直接记凭证")
        seat.moved.connect(self._look)
        window.stack.currentChanged.connect(self._go)

    def _look(self) -> None:
        """Once for each book that is sat down at."""
        book = self._seat.book
        if book is not None and book.code != self._code and self._seat.is_open:
            self._code = book.code
            self._seat.worker.read(partial(_is_empty, self._seat.desk), self._say, key=self)

    def _say(self, empty: bool) -> None:
        if empty and not self._window.current().fills_book:
            self._window.strip.add_hint(self._text)

    def _go(self, _place: int) -> None:
        lines = self._window.strip.text().split("\n")
        if self._window.current().fills_book and self._text in lines:
            lines.remove(self._text)
            self._window.strip.hint("\n".join(lines))


def _is_empty(desk: Desk) -> bool:
    from villagebooks.services.opening import read_opening_book  # noqa: PLC0415  (window first)

    return read_opening_book(desk).empty


def demo_words(mark: Path) -> str:
    """What a demonstration says of itself, by the file that lies beside its books."""
    words = json.loads(mark.read_text(encoding="utf-8")).get("passphrase", "")
    said = _("演示账套，全是虚构的。签字时每个人的口令都是 {words}；真账绝不能这样。").format(words=words)
    return said if words else _("演示账套，全是虚构的。")


def root_words() -> str:
    """What a centre without a root key is told."""
    return _("还没有总钥匙：到“设置—人员与钥匙—总钥匙”做一次仪式，再登记人员、发钥匙，才能签字")
