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

PAGE, PART = 256, 50_000
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

    `order` answers the next places after a place, at most so many (or as many as it takes in one step); `rows` the
    records (each knows its `row`) of some; `total` sums all, `total_rows` some (fen).
    """

    order: Callable[[object, int], Ordered]
    rows: Callable[[Sequence[int]], list[Any]]
    total: Callable[[], int]
    total_rows: Callable[[Sequence[int]], int]


class PagedModel(ListModel):
    """Shows what a source has. `grown`: more rows stand; `sorting` carries (column, down) that was asked for; `failed`
    why nothing could be read."""

    grown = Signal()
    sorting = Signal(object, bool)
    failed = Signal(str)

    def __init__(self, columns: Sequence[Column], worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._worker = worker
        self.source: Source | None = None
        self._rows, self._coming = array("q"), array("q")
        self._after: object = None
        self._sure = 0
        self._least = 0
        self._fresh = self._stopped = self._resting = False
        self.percent = 100
        """How much was gone through of what is looked for."""
        self.total_fen: int | None = None
        """What the sure rows come to, where the source counts them by the way."""
        self.is_moved = False
        """True when the books changed while the rows were looked for."""
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()
        self._reading: set[int] = set()
        self._stale: set[int] = set()
        self._wanted: dict[int, None] = {}
        self.turn = 0
        """Counts what was asked for."""
        self._asking = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._read_wanted)

    @property
    def is_whole(self) -> bool:
        """True when the place of every row is known."""
        return self.source is not None and self._after is None and not self._asking

    @property
    def is_settled(self) -> bool:
        """True when every row of what is wanted stands, and nothing else is about to be asked for."""
        return self.is_whole and not self._stopped and not self._fresh

    @property
    def is_begun(self) -> bool:
        """True when what was asked for last shows as far as it is known."""
        return not self._fresh

    @property
    def is_at_hand(self) -> bool:
        """True when some of what was asked for last is there to be painted, or that there is nothing yet."""
        return self.is_begun and (not self._rows or bool(self._pages))

    @property
    def is_seeking(self) -> bool:
        """True while more is looked for, which takes longer than to read on."""
        return self._asking and not self._stopped and self.percent < 100

    @property
    def is_paused(self) -> bool:
        """True when the rest is read once somebody scrolls there."""
        return self._after is not None and not self._asking and len(self._rows) >= MOST_UNASKED

    def ask(self, source: Source, at_least: int = 0) -> None:
        """Show what this source has; the old rows stay until the first of its rows are there, `at_least` so many."""
        self.source = source
        self.turn += 1
        self._sure, self._least, self._coming, self.total_fen = 0, at_least, array("q"), None
        self._fresh, self._stopped, self.percent, self.is_moved = True, False, 100, False
        self._ask_part(None, max(PAGE, at_least))

    def stop(self) -> None:
        """Look for nothing more: something else will be asked for."""
        self._stopped = True

    def rest(self) -> None:
        """Nobody looks: what is under way comes, and then nothing more is read."""
        self._resting = True

    def go_on(self) -> None:
        """Somebody looks again: read on where it rested."""
        self._resting = False
        if not self._asking:
            self._read_on()
            self.grown.emit()

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
        if page not in self._pages or page in self._stale:
            self._want(page)
        if page in self._pages:
            self._pages.move_to_end(page)
        return self.peek(row)

    def peek(self, row: int) -> Any:
        """The record at a place when it is at hand."""
        kept, place = self._pages.get(row // PAGE, ()), row % PAGE
        return kept[place] if place < len(kept) else None

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
        return not parent.isValid() and self._after is not None and not self._asking and not self._resting

    def fetchMore(self, _parent: Index) -> None:
        """Read where the next rows stand."""
        if self.canFetchMore(QModelIndex()):
            self._ask_part(self._after, PART)

    def fail(self, owner: object, _key: object, why: str) -> None:
        """What was asked for last does not come: rows of something else do not stand for it. Who scrolls asks again."""
        if owner is not self:
            return  # a reading of somebody else
        self._asking = False
        self._reading.clear()
        if self._fresh:
            self._begin(0, Ordered())
            self._after = None
            self.failed.emit(why)

    def _ask_part(self, after: object, limit: int) -> None:
        if self.source is not None and not self._stopped:
            self._asking = True
            done = partial(self._take_part, self.turn)
            self._worker.read(partial(self.source.order, after, limit), done, key=(id(self), "order"))

    def _take_part(self, turn: int, part: Ordered) -> None:
        if turn != self.turn or self._stopped:
            return
        self._asking, self._after, self.percent, self.is_moved = False, part.after, part.percent, part.moved
        start = self._sure
        if part.total_fen is not None and not part.loose:
            self.total_fen = (self.total_fen or 0) + part.total_fen
        if not part.loose:
            self._sure += len(part.rows)
        if self._fresh:
            self._begin(start, part)
        elif not part.loose or start + len(part.rows) > len(self._rows):
            self._put_behind(start, part.rows)
        self._read_on()
        self.grown.emit()

    def _read_on(self) -> None:
        if self._after is not None and len(self._rows) < MOST_UNASKED and not self._resting:
            self._ask_part(self._after, PART)

    def _begin(self, start: int, part: Ordered) -> None:
        """The first rows: what showed before makes room, at the latest when all are there."""
        rows = self._coming
        del rows[start:]
        rows.extend(part.rows)
        if part.after is not None and len(rows) < self._least:
            return
        self._fresh, self._coming = False, array("q")
        self.beginResetModel()
        self._rows = rows
        self._forget_pages()
        self.endResetModel()
        if rows and not self._least:  # at once: who paints them asks later, and for the rows where somebody stands
            self._want(0)
        self.shown.emit()

    def _forget_pages(self) -> None:
        self._pages.clear()
        self._stale.clear()
        self._reading.clear()
        self._wanted.clear()

    def _put_behind(self, start: int, rows: array[int]) -> None:
        """These rows stand from a place on: those that show there already, and between and behind them others."""
        there = self._rows[start:]
        known = {one.row: one for one in self.records()} if there else {}
        place, old = 0, 0
        while place < len(rows):
            if old < len(there) and rows[place] == there[old]:
                place, old = place + 1, old + 1
                continue
            end = len(rows) if old == len(there) else place
            while end < len(rows) and rows[end] != there[old]:
                end += 1
            self._insert(start + place, rows[place:end], known)
            place = end
        if len(self._rows) != start + len(rows):  # somebody took one away meanwhile
            self.beginResetModel()
            self._rows[start:] = rows
            self._forget_pages()
            self.endResetModel()

    def _insert(self, at: int, rows: array[int], known: dict[int, Any]) -> None:
        self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
        behind = at < len(self._rows)
        self._rows[at:at] = rows
        for page in [page for page in self._pages if page >= at // PAGE]:
            if behind:
                self._pages[page] = [known.get(row) for row in self._rows[page * PAGE : (page + 1) * PAGE]]
            self._stale.add(page)  # what is at hand shows until all of it is read again
        self.endInsertRows()

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
                done = partial(self._take_page, self.turn, page, rows)
                self._worker.read(partial(self.source.rows, rows), done, key=(id(self), page))

    def _take_page(self, turn: int, page: int, rows: array[int], records: list[Any]) -> None:
        if turn != self.turn:
            return
        self._reading.discard(page)
        there = self._rows[page * PAGE : (page + 1) * PAGE]
        if rows != there[: len(rows)]:
            self._want(page)  # others stand there by now
            return
        found = {one.row: one for one in records}
        self._pages[page] = [found.get(row) for row in rows]
        self._stale.discard(page)
        if len(rows) < len(there):
            self._stale.add(page)
        while len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)
        # those that came meanwhile were painted without a record: painted again, they ask for the rest of the page
        first, last = page * PAGE, page * PAGE + len(there) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        self.grown.emit()
