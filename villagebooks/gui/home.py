"""首页: the month as a board, villages by steps; each cell a sign, a word and the way to its page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSplitter

from villagebooks.core.board import DONE, LATE, WAITING, BoardRow, count_standings
from villagebooks.core.period import Month
from villagebooks.core.post import OPEN
from villagebooks.core.words import _
from villagebooks.gui.board import TARGETS, BoardTable
from villagebooks.gui.desk import Seat
from villagebooks.gui.graph.panel import GraphPanel
from villagebooks.gui.page import Page, label
from villagebooks.services.board import read_board
from villagebooks.services.desk import Office
from villagebooks.services.post import list_changes
from villagebooks.services.whistle import late_of_no_village

HALVES = [330, 240]
"""Pixels of the board and of what stands below it, where there is no room for more."""


@dataclass(frozen=True, slots=True)
class Board:
    """What the page shows of all villages: the rows, what is late of no village, hand-overs that are not finished."""

    rows: list[BoardRow]
    elsewhere: int
    hand_overs: int


class HomePage(Page):
    """`wanted` carries (book code, page) of the cell that was opened, `ledger_wanted` the ledger behind a picture."""

    wanted = Signal(object)
    ledger_wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        self.title = _("首页")
        super().__init__(seat)
        self.table = BoardTable()
        self.summary = label("", "muted")
        self.summary.setWordWrap(True)
        self.head.insertWidget(1, self.summary, 100)
        self.graphs = GraphPanel(seat)
        self.halves = QSplitter(Qt.Orientation.Vertical)
        self.halves.setChildrenCollapsible(False)
        for part, weight in ((self.table, 3), (self.graphs, 2)):
            self.halves.addWidget(part)
            self.halves.setStretchFactor(self.halves.indexOf(part), weight)
        self.halves.setSizes(HALVES)
        self.body.addWidget(self.halves, 1)
        self.graphs.ledger_wanted.connect(self.ledger_wanted)
        self.graphs.village_wanted.connect(self._sit)
        self.table.view.clicked.connect(self._click)
        self.table.opened.connect(self._open)
        self.setFocusProxy(self.table.view)
        self._month: Month | None = None

    def load(self) -> None:
        """Read the board."""
        self.seat.worker.read(partial(_read, self.seat.office, self.seat.month), self._take, key=self)
        self.graphs.load()

    def hideEvent(self, event: QHideEvent) -> None:
        """Who comes back finds what is late first again."""
        super().hideEvent(event)
        self.table.begin()

    def _take(self, found: Board) -> None:
        month = self.seat.month
        if month != self._month:
            self.table.begin()
        self._month = month
        self.heading.setText(_("{y} 年 {m} 月").format(y=month.year, m=month.month))
        self.table.show_rows(found.rows, self.seat.book.code if self.seat.book else "")
        self.summary.setText(summary_words(found))

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
    counts = count_standings(found.rows)
    text = _("{n} 个账套：{late} 个有迟的，{waiting} 个有待办，{done} 个做完了　待办 {things} 件　逾期 {steps} 件")
    words = text.format(
        n=len(found.rows), late=counts[LATE], waiting=counts[WAITING], done=counts[DONE],
        things=sum(row.waiting for row in found.rows),
        steps=found.elsewhere + sum(row.late_steps for row in found.rows),
    )  # fmt: skip
    if found.hand_overs:
        words += _("　岗位移交没办完 {n} 件").format(n=found.hand_overs)
    return words


def _read(office: Office, month: Month) -> Board:
    open_ones = [one for one in list_changes(office) if one.state == OPEN]
    return Board(read_board(office, month), late_of_no_village(office), len(open_ones))
