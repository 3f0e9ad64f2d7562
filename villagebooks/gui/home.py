"""首页: the month as a board, villages by steps; each cell a sign, a word and the way to its page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QHideEvent

from villagebooks.core.board import DONE, LATE, WAITING, BoardRow, count_standings
from villagebooks.core.period import Month
from villagebooks.core.post import OPEN
from villagebooks.core.words import _
from villagebooks.gui.board import TARGETS, BoardTable
from villagebooks.gui.chart import Bars, MonthBars
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Page, label
from villagebooks.services.board import read_board, read_year
from villagebooks.services.desk import Desk, Office
from villagebooks.services.post import list_changes
from villagebooks.services.whistle import late_of_no_village


@dataclass(frozen=True, slots=True)
class Board:
    """What the page shows of all villages: the rows, what is late of no village, hand-overs that are not finished."""

    rows: list[BoardRow]
    elsewhere: int
    hand_overs: int


class HomePage(Page):
    """`wanted` carries (book code, page) of the cell that was opened."""

    wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        self.title = _("首页")
        super().__init__(seat)
        self.table = BoardTable()
        self.summary = label("", "muted")
        self.summary.setWordWrap(True)
        self.head.insertWidget(1, self.summary, 1)
        self.chart, self.whose = MonthBars(), label("", "heading")
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self.whose)
        self.body.addWidget(self.chart, 2)
        self.table.view.clicked.connect(self._click)
        self.table.opened.connect(self._open)
        self.setFocusProxy(self.table.view)
        self._month: Month | None = None

    def load(self) -> None:
        """Read the board."""
        self.seat.worker.read(partial(_read, self.seat.office, self.seat.month), self._take, key=self)
        if self.seat.book:
            title = _("{book}　{y} 年每月收入和支出（账面）")
            self.whose.setText(title.format(book=self.seat.book.name, y=self.seat.month.year))
            self.seat.worker.read(partial(_year, self.seat.desk), self.chart.put, key=self.chart)

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


def _year(desk: Desk) -> list[Bars]:
    return [Bars(*one) for one in read_year(desk)]
