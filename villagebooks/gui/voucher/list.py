"""The vouchers of the month: list with filter and state, batch signing and posting; or those of years and books."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTableView, QVBoxLayout, QWidget

from villagebooks.core.money import said_yuan
from villagebooks.core.period import Month
from villagebooks.core.voucher import STATE_WORDS, VoucherHead, state_word
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.search.list import FoundList
from villagebooks.gui.still import keep_still
from villagebooks.gui.table import DAY, MONEY, NUMBER, STATE, Column, Table
from villagebooks.gui.theme import Mark
from villagebooks.gui.voucher.state import is_void, preparer, state_mark
from villagebooks.services.voucher import list_vouchers


def _mark(head: VoucherHead) -> Mark:
    return state_mark(head.state, head.waiting_for)


def _title(head: VoucherHead) -> tuple[str, int]:
    return (head.word, head.number)


def columns() -> tuple[Column, ...]:
    """Columns of the voucher list."""
    return (
        Column(_("字号"), _title, width=7, text=lambda head: head.title),
        Column(_("日期"), lambda head: head.day, DAY, 11),
        Column(_("摘要"), lambda head: head.summary),
        Column(_("金额"), lambda head: head.total_fen, MONEY, 15, total=True),
        Column(_("附单据"), lambda head: head.attachment_count or None, NUMBER, 7, spare=True),
        Column(_("制单"), preparer, width=9, spare=True),
        Column(_("状态"), _mark, STATE, 13),
    )


STATES = ("", *STATE_WORDS)
THIS_MONTH, THIS_YEAR, EVERY_YEAR, EVERY_BOOK = range(4)
"""What the list shows."""


class VoucherList(QWidget):
    """The month's vouchers; `opened` carries the uid, `selection` after every change of the selection.

    Over years and books it shows and opens (`found_opened`), and leaves signing and posting to the month.
    """

    opened = Signal(str)
    found_opened = Signal(object)
    loaded = Signal()
    selection = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._heads: list[VoucherHead] = []
        self.table = Table(
            columns(), _("凭证列表"), _("这个月还没有凭证。按 F5 新做一张，或到“报账”里把受理的报账单做成凭证。")
        )
        self.state = Combo()
        self.state.addItems([_("全部状态"), *map(state_word, STATE_WORDS)])
        self.state.setAccessibleName(_("按状态筛选"))
        self.state.currentIndexChanged.connect(self._show)
        self.table.head.insertWidget(1, self.state)
        self.table.model.is_faint = is_void
        self.table.identity = _uid
        self.span = Combo()
        self.span.addItems([_("本月"), _("本年"), _("全部年份"), _("全部账套")])
        self.span.setAccessibleName(_("看哪些凭证"))
        self.span.setToolTip(_("本月的可以签字、记账；跨月、跨账套的只看、只打开"))
        self.table.head.insertWidget(0, self.span)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.span.currentIndexChanged.connect(self._pick_span)
        self.table.opened.connect(self._open)
        self.table.view.selectionModel().selectionChanged.connect(self._tell)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)

    @cached_property
    def found(self) -> FoundList:
        """The vouchers of years and books: built when they are first asked for."""
        made = FoundList(self._seat, _("跨月凭证列表"), _("没有这样的凭证。"))
        self.stack.addWidget(made)
        made.opened.connect(self.found_opened)
        return made

    @property
    def is_month(self) -> bool:
        """True for the list of the month, where vouchers are signed and posted."""
        return self.span.currentIndex() == THIS_MONTH

    @property
    def view(self) -> QTableView:
        """The rows that show."""
        return self.table.view if self.is_month else self.found.table.view

    def load(self) -> None:
        """Read the month, and what shows when that is another list."""
        self._seat.worker.read(partial(list_vouchers, self._seat.desk), self._take, key=self)
        if not self.is_month:
            self._look()

    def heads(self) -> list[VoucherHead]:
        """All of the month, whatever the filter hides."""
        return list(self._heads)

    def chosen(self, *states: str) -> list[VoucherHead]:
        """The selected vouchers of the month in one of the states."""
        return [head for head in self.table.selected() if head.state in states] if self.is_month else []

    def neighbour(self, uid: str, by: int) -> str:
        """The uid of the voucher before or after; empty at the ends."""
        uids = [head.uid for head in self._heads]
        place = uids.index(uid) + by if uid in uids else (len(uids) - 1 if by < 0 else -1)
        return uids[place] if 0 <= place < len(uids) else ""

    def go_to(self, uid: str) -> None:
        """Make a voucher the current row."""
        self.table.go_to(lambda head: head.uid == uid)

    def _pick_span(self, place: int) -> None:
        shown = self.table if place == THIS_MONTH else self.found.table
        shown.head.insertWidget(0, self.span)
        self.stack.setCurrentIndex(0 if place == THIS_MONTH else 1)
        if place != THIS_MONTH:
            keep_still(self)
            self._look()
        self.setFocusProxy(self.view)
        self.loaded.emit()

    def _look(self) -> None:
        span, year = self.span.currentIndex(), self._seat.month.year
        book = "" if span == EVERY_BOOK else self._seat.desk.book.code
        first, last = (Month(year, 1), Month(year, 12)) if span == THIS_YEAR else (None, None)
        self.found.look_in(book, first, last)
        self.found.load()

    def _take(self, heads: list[VoucherHead]) -> None:
        self._heads = heads
        self._show()
        self.loaded.emit()

    def _show(self, *_state: object) -> None:
        wanted = STATES[self.state.currentIndex()]
        self.table.put([head for head in self._heads if not wanted or head.state == wanted])

    def _open(self, head: VoucherHead) -> None:
        self.opened.emit(head.uid)

    def _tell(self, *_change: object) -> None:
        self.selection.emit()


def _uid(head: VoucherHead) -> str:
    return head.uid


def total_text(heads: Sequence[VoucherHead]) -> str:
    """3 张，合计 12,345.00 元."""
    total = said_yuan(sum(head.total_fen for head in heads))
    return _("{n} 张，合计 {yuan} 元").format(n=len(heads), yuan=total)
