"""首页: the month as a board, villages by steps; each cell a sign, a word and the way to its page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSplitter, QWidget

from villagebooks.core.beginning import Step
from villagebooks.core.board import DONE, LATE, WAITING, BoardRow, count_standings
from villagebooks.core.period import Month
from villagebooks.core.post import OPEN
from villagebooks.core.recent import RecentPiece
from villagebooks.core.reminder import Reminder
from villagebooks.core.words import _
from villagebooks.gui.board import TARGETS, BoardTable
from villagebooks.gui.desk import Seat
from villagebooks.gui.graph.panel import GraphPanel
from villagebooks.gui.page import Page, label
from villagebooks.gui.todo import TodoPanel
from villagebooks.services.beginning import read_beginning
from villagebooks.services.board import read_board
from villagebooks.services.desk import Office
from villagebooks.services.journal import recent_work
from villagebooks.services.post import list_changes
from villagebooks.services.reminder import read_reminders
from villagebooks.services.whistle import late_of_no_village

HALVES = [330, 240]
"""Pixels of the board and of what stands below it, where there is no room for more."""
SIDES = [600, 400]
"""The same of the pictures and of what stands beside them."""


@dataclass(frozen=True, slots=True)
class Board:
    """What the page shows of all villages: the rows, what is late of no village, hand-overs that are not finished."""

    rows: list[BoardRow]
    elsewhere: int
    hand_overs: int


@dataclass(frozen=True, slots=True)
class Todo:
    """What stands beside the pictures."""

    steps: list[Step]
    reminders: list[Reminder]
    recent: list[RecentPiece]


class HomePage(Page):
    """`wanted` carries (book code, page) of the cell that was opened, `ledger_wanted` the ledger behind a picture,
    `board_read` the rows of the board."""

    needs_book = False
    wanted = Signal(object)
    ledger_wanted = Signal(object)
    board_read = Signal(object)

    def __init__(self, seat: Seat) -> None:
        self.title = _("首页")
        super().__init__(seat)
        self.table = BoardTable()
        self.summary = label("", "muted")
        self.summary.setWordWrap(True)
        self.head.insertWidget(1, self.summary, 100)
        self.graphs = GraphPanel(seat)
        self.todo = TodoPanel()
        self.below = _split(Qt.Orientation.Horizontal, ((self.graphs, 3), (self.todo, 2)), SIDES)
        self.halves = _split(Qt.Orientation.Vertical, ((self.table, 3), (self.below, 2)), HALVES)
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
        self.seat.worker.read(partial(_read_todo, self.seat.office), self._take_todo, key=self.todo)
        self.graphs.load()

    def _take_todo(self, found: Todo) -> None:
        self.todo.put_steps(found.steps)
        self.todo.put_reminders(found.reminders)
        self.todo.put_recent(found.recent)

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
        self.heading.setText(_("{y} 年 {m} 月").format(y=month.year, m=month.month))
        self.board_read.emit(found.rows)
        self.table.show_rows(found.rows, self.seat.book.code if self.seat.book else "")
        self.summary.setText(summary_words(found) if found.rows or not self.seat.books else "")

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
    text = _("{n} 个账套：{late} 个有迟的，{waiting} 个有待办，{done} 个做完了　待办 {things} 件　逾期 {steps} 件")
    words = text.format(
        n=len(found.rows), late=counts[LATE], waiting=counts[WAITING], done=counts[DONE],
        things=sum(row.waiting for row in found.rows),
        steps=found.elsewhere + sum(row.late_steps for row in found.rows),
    )  # fmt: skip
    if found.hand_overs:
        words += _("　岗位移交没办完 {n} 件").format(n=found.hand_overs)
    return words


def _read_todo(office: Office) -> Todo:
    return Todo(read_beginning(office), read_reminders(office), recent_work(office))


def _split(way: Qt.Orientation, parts: tuple[tuple[QWidget, int], ...], sizes: list[int]) -> QSplitter:
    """Parts with their weights; none can be pushed away."""
    made = QSplitter(way)
    made.setChildrenCollapsible(False)
    for place, (part, weight) in enumerate(parts):
        made.addWidget(part)
        made.setStretchFactor(place, weight)
    made.setSizes(sizes)
    return made


def _read(office: Office, month: Month) -> Board:
    open_ones = [one for one in list_changes(office) if one.state == OPEN]
    return Board(read_board(office, month), late_of_no_village(office), len(open_ones))
