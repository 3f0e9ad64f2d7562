"""Lists too long to be at hand: where every row stands is read in large steps, the rows themselves in small pages."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal

from villagebooks.core.search import Ordered
from villagebooks.gui.table.column import Column
from villagebooks.gui.table.model import Index, ListModel
from villagebooks.gui.worker import Worker

PAGE, PART = 256, 20_000
"""Rows of a page; places of rows that are read in one step."""
MOST_PAGES = 48
"""Pages that are kept; those looked at longest ago go first."""
MOST_UNASKED = 1_000_000
"""Beyond so many rows the rest is read when somebody scrolls there."""
NEAR = 64
"""So near to the end of a page the next one is asked for."""
AT_A_TIME = 4


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows come from; all of it runs off the screen's thread.

    `order` answers the next places after a place, at most so many; `rows` the records (each knows its `row`) of some;
    `total` sums all, `total_rows` some (fen).
    """

    order: Callable[[tuple[object, ...] | None, int], Ordered]
    rows: Callable[[Sequence[int]], list[Any]]
    total: Callable[[], int]
    total_rows: Callable[[Sequence[int]], int]


class PagedModel(ListModel):
    """Shows what a source has. `grown`: more rows stand; `sorting` carries (column, down) that was asked for."""

    grown = Signal()
    sorting = Signal(object, bool)

    def __init__(self, columns: Sequence[Column], worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._worker = worker
        self.source: Source | None = None
        self._rows = array("q")
        self._after: tuple[object, ...] | None = None
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()
        self._reading: set[int] = set()
        self._wanted: dict[int, None] = {}
        self._turn = 0
        self._asking = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._read_wanted)

    @property
    def is_whole(self) -> bool:
        """True when the place of every row is known."""
        return self.source is not None and self._after is None and not self._asking

    def ask(self, source: Source, at_least: int = 0) -> None:
        """Show what this source has; the old rows stay until the first of its rows are there, `at_least` so many."""
        self.source = source
        self._turn += 1
        self._ask_part(None, max(PAGE, at_least))

    def place_of(self, row: int) -> int:
        """The place of a row of the database; -1 when it does not show (yet)."""
        try:
            return self._rows.index(row)
        except ValueError:
            return -1

    def rows_at(self, places: Sequence[int]) -> list[int]:
        """What the database calls the rows at these places."""
        return [self._rows[place] for place in places]

    def record(self, row: int) -> Any:
        """The record at a place; None while its page is read, which this asks for."""
        page = row // PAGE
        self._ask_near(row)
        kept = self._pages.get(page)
        if kept is None:
            self._want(page)
            return None
        self._pages.move_to_end(page)
        return kept[row % PAGE]

    def peek(self, row: int) -> Any:
        """The record at a place when it is at hand."""
        kept = self._pages.get(row // PAGE)
        return kept[row % PAGE] if kept is not None else None

    def records(self) -> list[Any]:
        """The records at hand, in their order."""
        return [one for page in sorted(self._pages) for one in self._pages[page] if one is not None]

    def filter(self, words: str) -> None:
        """The source is what filters."""

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """The source is what sorts."""
        self.sorting.emit(column, order == Qt.SortOrder.DescendingOrder)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Rows whose place is known."""
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether rows beyond those that stand may be read."""
        return not parent.isValid() and self._after is not None and not self._asking

    def fetchMore(self, _parent: Index) -> None:
        """Read where the next rows stand."""
        if self._after is not None and not self._asking:
            self._ask_part(self._after, PART)

    def _ask_part(self, after: tuple[object, ...] | None, limit: int) -> None:
        if self.source is not None:
            self._asking = True
            done = partial(self._take_part, self._turn, after is None)
            self._worker.read(partial(self.source.order, after, limit), done, key=(id(self), "order"))

    def _take_part(self, turn: int, first: bool, part: Ordered) -> None:
        if turn != self._turn:
            return
        self._asking, self._after = False, part.after
        if first:
            self.beginResetModel()
            self._rows = array("q", part.rows)
            self._pages.clear()
            self._reading.clear()
            self._wanted.clear()
            self.endResetModel()
            self.shown.emit()
        elif part.rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(part.rows) - 1)
            short = len(self._rows) // PAGE
            self._rows.extend(part.rows)
            self.endInsertRows()
            if len(self._pages.get(short, ())) < PAGE:
                self._pages.pop(short, None)  # a page that ended where the rows ended goes on now
        self.grown.emit()
        if self._after is not None and len(self._rows) < MOST_UNASKED:
            self._ask_part(self._after, PART)

    def _ask_near(self, row: int) -> None:
        page, within = divmod(row, PAGE)
        if within >= PAGE - NEAR and (page + 1) * PAGE < len(self._rows) and page + 1 not in self._pages:
            self._want(page + 1)
        elif within < NEAR and page and page - 1 not in self._pages:
            self._want(page - 1)

    def _want(self, page: int) -> None:
        if page not in self._reading and page not in self._wanted:
            self._wanted[page] = None
            if not self._soon.isActive():
                self._soon.start(0)

    def _read_wanted(self) -> None:
        """Read what was asked for last: who scrolls fast has left the pages before."""
        pages = list(self._wanted)[-AT_A_TIME:]
        self._wanted.clear()
        for page in pages:
            rows = self._rows[page * PAGE : (page + 1) * PAGE]
            if self.source is not None and rows:
                self._reading.add(page)
                self._worker.read(partial(self.source.rows, rows), partial(self._take_page, self._turn, page, rows))

    def _take_page(self, turn: int, page: int, rows: array[int], records: list[Any]) -> None:
        if turn != self._turn or rows != self._rows[page * PAGE : page * PAGE + len(rows)]:
            self._reading.discard(page)
            return
        self._reading.discard(page)
        there = {one.row: one for one in records}
        self._pages[page] = [there.get(row) for row in rows]
        while len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)
        first, last = page * PAGE, page * PAGE + len(rows) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        self.grown.emit()
