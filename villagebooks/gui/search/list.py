"""A list of vouchers over months and books: filtered and sorted in the database, read page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagebooks.core.period import Month
from villagebooks.core.search import (
    AMOUNT,
    DAY,
    MOST_TYPED,
    NUMBER,
    STATE,
    VILLAGE,
    FoundVoucher,
    VoucherQuery,
    read_search,
)
from villagebooks.core.voucher import STATE_WORDS, state_word
from villagebooks.core.words import _
from villagebooks.gui import table as kinds
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Strip, label
from villagebooks.gui.table import Column, PagedTable, Source
from villagebooks.gui.table.hold import stand_on
from villagebooks.gui.theme import Mark
from villagebooks.gui.voucher.state import is_void, preparer, state_mark
from villagebooks.services.search import order_vouchers, read_found, total_found, total_of_rows

ORDERS = (VILLAGE, NUMBER, DAY, "", "", AMOUNT, "", "", STATE)
"""What each column is sorted by; the empty ones cannot be."""
STATES = ("", *STATE_WORDS)
LEAST_NAME, MOST_NAME = 11, 28
"""Characters of the column of books, as the names of the books are."""


def found_columns(names: Sequence[str] = ()) -> tuple[Column, ...]:
    """Columns of a list over months and books, the first one as wide as the books' names."""
    return (
        Column(_("账套"), lambda one: one.book_name, width=_width_of(names), least=LEAST_NAME),
        Column(_("字号"), lambda one: one.title, width=8, least=6),
        Column(_("日期"), lambda one: one.day, kinds.DAY, 11, least=10),
        Column(_("摘要"), lambda one: one.summary, least=13),
        Column(_("往来"), lambda one: one.party, width=12, spare=True),
        Column(_("金额"), lambda one: one.total_fen, kinds.MONEY, 15, total=True, least=12),
        Column(_("附单据"), lambda one: one.attachment_count or None, kinds.NUMBER, 7, spare=True),
        Column(_("制单"), preparer, width=9, spare=True),
        Column(_("状态"), _mark, kinds.STATE, 11, least=8),
    )


def _width_of(names: Sequence[str]) -> int:
    """Characters (of the width of a figure) that the longest name takes, within what a list can spare."""
    metrics = QFontMetrics(QGuiApplication.font())
    longest = max((metrics.horizontalAdvance(name) for name in names), default=0)
    return max(LEAST_NAME, min(MOST_NAME, -(-longest // max(1, metrics.horizontalAdvance("0")))))


class FoundList(QWidget):
    """Shows what a query finds, the newest first. `opened` carries the voucher."""

    opened = Signal(object)

    def __init__(self, seat: Seat, name: str, empty: str, examples: str = "") -> None:
        super().__init__()
        self._seat = seat
        self._examples = examples
        self.told = label(examples, "muted")
        """What is looked for, said back; examples while nothing is typed."""
        self.told.setWordWrap(True)
        if not examples:
            self.told.hide()
        self.missed = Strip()
        """What of it was not understood."""
        self._query = VoucherQuery(order=DAY, down=True)
        self._asked: VoucherQuery | None = None
        self.table = PagedTable(found_columns([one.name for one in seat.books]), name, empty, seat.worker)
        self.table.model.is_faint = is_void
        self.table.search.setMaxLength(MOST_TYPED)
        self.state = Combo()
        self.state.addItems([_("全部状态"), *map(state_word, STATE_WORDS)])
        self.state.setAccessibleName(_("按状态筛选"))
        self.table.head.insertWidget(1, self.state)
        self._mark_order()
        self.state.currentIndexChanged.connect(self._ask)
        self.table.wanted.connect(self._ask)
        self.table.search.textChanged.connect(self._tell)
        self.table.pages.sorting.connect(self._sort)
        self.table.opened.connect(self.opened)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.told)
        box.addWidget(self.missed)
        box.addWidget(self.table)
        self.setFocusProxy(self.table.view)

    def look_in(self, book: str, first: Month | None = None, last: Month | None = None) -> None:
        """Look in a book (all when empty) and in these months, from now on."""
        self._query = replace(self._query, book=book, first=first, last=last)
        self.table.leave_out(0, bool(book))

    def begin(self) -> None:
        """Something is looked for anew: from the month in hand."""
        self._asked = None

    def load(self) -> None:
        """Read; the same list as before keeps its row."""
        self._ask()

    def neighbour(self, by: int) -> FoundVoucher | None:
        """The row before or after becomes current; None at the ends, or while it is read."""
        self.table.pages.go_on()  # while a voucher of the list is in front of it
        row = self.table.view.currentIndex().row() + by
        if not 0 <= row < self.table.pages.rowCount():
            return None
        stand_on(self.table.view, row)
        found: FoundVoucher | None = self.table.pages.peek(row)
        return found

    def query(self) -> VoucherQuery:
        """What is asked for now."""
        state = STATES[self.state.currentIndex()]
        words, hand = self.table.search.text(), self._hand()
        return replace(self._query, words=words, states=(state,) if state else (), year=hand.year, month=hand.month)

    def _hand(self) -> Month:
        """Whoever opens a voucher of another month finds the same list when he comes back."""
        asked = self._asked
        if asked and asked.words == self.table.search.text():
            return Month(asked.year, asked.month)
        return self._seat.month

    def _tell(self, *_typed: object) -> None:
        """Say back what was typed, at every key."""
        hand = self._hand()
        reading = read_search(self.table.search.text(), hand.year, hand.month)
        self.told.setText(reading.told or ("" if reading.parts else self._examples))
        self.told.setAccessibleName(self.told.text())
        self.told.setVisible(bool(self.told.text()))
        self.missed.hint(reading.missed) if reading.missed else self.missed.say("")

    def _ask(self, *_change: object) -> None:
        query, office = self.query(), self._seat.office
        self._tell()
        again, self._asked = query == self._asked, query
        source = Source(
            partial(order_vouchers, office, query), partial(read_found, office, query),
            partial(total_found, office, query), partial(total_of_rows, office),
        )  # fmt: skip
        self.table.ask(source, again=again)

    def _sort(self, column: int, down: bool) -> None:
        """Another order, where the column has one; the third press on a head is the order of before."""
        if column < 0:
            self._query = replace(self._query, order=DAY, down=True)
        elif ORDERS[column]:
            self._query = replace(self._query, order=ORDERS[column], down=down)
        self._mark_order()
        self._ask()

    def _mark_order(self) -> None:
        header = self.table.view.horizontalHeader()
        header.blockSignals(True)
        way = Qt.SortOrder.DescendingOrder if self._query.down else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(ORDERS.index(self._query.order), way)
        header.blockSignals(False)


def _mark(one: FoundVoucher) -> Mark:
    return state_mark(one.state)
