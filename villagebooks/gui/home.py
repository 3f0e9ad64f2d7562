"""首页: the month as a board, villages by steps; each cell a sign, a word and the way to its page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from importlib import import_module
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSplitter, QWidget

from villagebooks.core.board import DONE, LATE, NOTHING, WAITING, BoardRow, ExpectedRow, count_standings
from villagebooks.core.period import Month
from villagebooks.core.words import _
from villagebooks.gui.board import TARGETS, BoardTable
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Page, button, label
from villagebooks.gui.section import fill_splitter
from villagebooks.services.place import Office

HALVES = [330, 240]
"""Pixels of the board and of what stands below it, where there is no room for more."""
LEAST_BELOW = 190


@dataclass(frozen=True, slots=True)
class Board:
    """What the page shows of all villages: the rows, what is late of no village, hand-overs that are not finished."""

    rows: list[BoardRow]
    elsewhere: int
    hand_overs: int


class HomePage(Page):
    """`wanted` carries (book code, page) of the cell that was opened, `ledger_wanted` the ledger behind a picture,
    `place_wanted` the step, reminder or piece of work that was opened beside it, `board_read` the rows of the board."""

    needs_book = False
    wanted = Signal(object)
    ledger_wanted = Signal(object)
    board_read = Signal(object)
    place_wanted = Signal(object)
    lasting = True

    def __init__(self, seat: Seat) -> None:
        self.title = _("首页")
        super().__init__(seat)
        self.table = BoardTable()
        self.only = button(_("只看进度"), self._show_only, "list")
        self.only.setCheckable(True)
        self.only.setToolTip(_("收起下面的图和提醒，一屏多看几个村"))
        self.table.head.addWidget(self.only)
        self.summary = label("", "muted")
        self.summary.setWordWrap(True)
        self.head.insertWidget(1, self.summary, 100)
        self._nothing = QWidget()
        self._nothing.setMinimumHeight(LEAST_BELOW)
        self.halves = QSplitter(Qt.Orientation.Vertical)
        fill_splitter(self.halves, ((self.table, 3), (self._nothing, 2)), HALVES)
        self.body.addWidget(self.halves, 1)
        self.table.view.clicked.connect(self._click)
        self.table.opened.connect(self._open)
        self.setFocusProxy(self.table.view)
        self._month: Month | None = None

    def load(self) -> None:
        """Read the board."""
        self.seat.worker.read(partial(_read, self.seat.office, self.seat.month), self._take, key=self)
        self.seat.worker.read(_load_below, self._load_rest, key=self.halves)

    def _load_rest(self, _done: object) -> None:
        self.below.load()

    @cached_property
    def below(self) -> Any:
        """The pictures, and what is to be done (`gui.below.Below`): they come after the board."""
        from villagebooks.gui.below import Below  # noqa: PLC0415  (ledgers and their services: window first)

        panel = Below(self.seat)
        panel.graphs.ledger_wanted.connect(self.ledger_wanted)
        panel.graphs.village_wanted.connect(self._sit)
        panel.todo.wanted.connect(self.place_wanted)
        self.halves.replaceWidget(1, panel)
        self._nothing.deleteLater()
        return panel

    def _show_only(self) -> None:
        self.below.setVisible(not self.only.isChecked())

    @property
    def graphs(self) -> Any:
        """The pictures."""
        return self.below.graphs

    @property
    def todo(self) -> Any:
        """What is to be done."""
        return self.below.todo

    def expect(self) -> None:
        """The books by name; how far each is comes when they are open."""
        self._head()
        rows = [ExpectedRow(one.code, one.name) for one in self.seat.books if one.keeps(self.seat.month)]
        self.table.show_rows(rows, self.seat.book.code if self.seat.book else "")

    def hideEvent(self, event: QHideEvent) -> None:
        """Who comes back finds what is late first again."""
        super().hideEvent(event)
        self.table.begin()

    def _take(self, found: Board) -> None:
        for part in (self.table, self.graphs):
            part.setVisible(bool(self.seat.books))
        month = self.seat.month
        if month != self._month:
            self.table.begin()
        self._month = month
        self._head()
        self.board_read.emit(found.rows)
        self.table.show_rows(found.rows, self.seat.book.code if self.seat.book else "")
        self.summary.setText(summary_words(found) if found.rows or not self.seat.books else "")

    def _head(self) -> None:
        month = self.seat.month
        self.heading.setText(_("{y} 年 {m} 月").format(y=month.year, m=month.month))

    def _sit(self, code: str) -> None:
        self.wanted.emit((code, ""))

    def _click(self, index: QModelIndex) -> None:
        self._go(self.table.model.record(index.row()), index.column())

    def _open(self, row: BoardRow) -> None:
        self._go(row, self.table.view.currentIndex().column())

    def _go(self, row: BoardRow, column: int) -> None:
        if column:
            self.wanted.emit((row.book, TARGETS[column]))
        else:
            self.wanted.emit((row.book, ""))


def summary_words(found: Board) -> str:
    """The month in one sentence: how many books stand how, what waits, what is late, hand-overs that are open."""
    if not found.rows:
        return _("还没有账套：照下面的步骤一步一步开始")
    counts = count_standings(found.rows)
    text = _(
        "{n} 个账套：{late} 个有迟的，{waiting} 个没做完，{done} 个做完了，{nothing} 个没开始　"
        "待办的报账单和凭证 {things} 张　逾期 {steps} 件"
    )
    words = text.format(
        n=len(found.rows), late=counts[LATE], waiting=counts[WAITING], done=counts[DONE], nothing=counts[NOTHING],
        things=sum(row.waiting for row in found.rows),
        steps=found.elsewhere + sum(row.late_steps for row in found.rows),
    )  # fmt: skip
    if found.hand_overs:
        words += _("　岗位移交没办完 {n} 件").format(n=found.hand_overs)
    return words


def _load_below() -> None:
    """Import what stands below the board off the screen's thread, which only builds it."""
    import_module("villagebooks.gui.below")


def _read(office: Office, month: Month) -> Board:
    from villagebooks.core.post import OPEN  # noqa: PLC0415  (window first)
    from villagebooks.services.board import read_board  # noqa: PLC0415  (as above)
    from villagebooks.services.post import list_changes  # noqa: PLC0415  (as above)
    from villagebooks.services.whistle import late_of_no_village  # noqa: PLC0415  (as above)

    open_ones = [one for one in list_changes(office) if one.state == OPEN]
    return Board(read_board(office, month), late_of_no_village(office), len(open_ones))
