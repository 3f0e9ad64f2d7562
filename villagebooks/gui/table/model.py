"""Records as rows: shown as they come, filtered by words and sorted by native values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import merge
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication

from villagebooks.gui.table.column import MONEY, NUMBER, STATE, Column
from villagebooks.gui.table.turns import AT_ONCE, Turns
from villagebooks.gui.theme import TONE_COLOURS, TONE_ICONS, TONE_ORDER, Mark, colour, icon

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
MARK = ROLE.UserRole + 1
"""The Mark of a state's cell, for who paints it."""
ANSWERED = frozenset(
    int(role)
    for role in (
        ROLE.TextAlignmentRole, ROLE.DisplayRole, ROLE.ToolTipRole, MARK, ROLE.ForegroundRole, ROLE.DecorationRole,
        ROLE.FontRole,
    )
)  # fmt: skip
"""What a cell is asked for and says something to."""
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
STEP, RUN = 64, 2_000
"""Rows between two looks at the clock; rows that are sorted in one go."""
MOST_MEASURED = 300
"""Rows whose every word is measured when the columns are short of room."""


class ListModel(QAbstractTableModel):
    """What every list shows of a record. `arranging` before rows change places, `shown` when they all stand."""

    arranging = Signal()
    shown = Signal()

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.is_strong: Callable[[Any], bool] = _never
        self.also: Callable[[Any], str] = _nothing
        """What a record is found by beside what its cells show."""
        self.is_faint: Callable[[Any], bool] = _never
        self.counts: Callable[[Any], bool] = _always

    def record(self, row: int) -> Any:
        """The record of a row that shows, None while it is not read."""
        raise NotImplementedError

    def filter(self, words: str) -> None:
        """Show only records that hold every one of the words."""
        raise NotImplementedError

    def measured(self) -> Sequence[Any] | None:
        """The records that columns are measured by, whether they show or not; None when they are too many."""
        return None

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """Text, colour, sign and alignment of a cell."""
        if role not in ANSWERED:  # a cell that is painted asks for twice as many, each of which would cost as much
            return None
        one = self.columns[index.column()]
        if role == ROLE.TextAlignmentRole:
            return RIGHT if one.counts else LEFT
        if role == ROLE.DecorationRole and one.kind != STATE:
            return None
        record = self.record(index.row())
        if record is None:
            return "…" if role == ROLE.DisplayRole and not index.column() else None
        if role in (ROLE.DisplayRole, ROLE.ToolTipRole):
            return one.shown(record)
        if role == MARK:
            return one.value(record) if one.kind == STATE else None
        if role == ROLE.ForegroundRole:
            return self._ink(one, record)
        if role == ROLE.DecorationRole:
            mark = one.value(record)
            name = TONE_ICONS.get(mark.tone) if mark else None
            return icon(name, TONE_COLOURS[mark.tone], 16) if name else None
        if role == ROLE.FontRole and self.is_strong(record):
            font = QFont(QGuiApplication.font())
            font.setBold(True)
            return font
        return None

    def _ink(self, one: Column, record: Any) -> Any:
        value = one.value(record)
        if one.kind == MONEY and value and value < 0:
            return colour("red")
        if one.kind == STATE and isinstance(value, Mark):
            return colour(TONE_COLOURS[value.tone])
        return colour("muted") if self.is_faint(record) else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        """Titles, aligned as their cells are."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == ROLE.DisplayRole:
            return self.columns[section].title
        if role == ROLE.TextAlignmentRole:
            return RIGHT if self.columns[section].kind in (MONEY, NUMBER) else LEFT
        return None


class RecordModel(ListModel):
    """Records that are all at hand. Long lists are filtered and sorted in turns, by words and keys that are kept."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._all: list[Any] = []
        self._shown: list[Any] = []
        self._words = ""
        self._order: tuple[int, bool] | None = None
        self._turns = Turns(self)
        self._texts: list[str] = []
        self._keys: dict[int, list[tuple[int, Any]]] = {}

    @property
    def is_settled(self) -> bool:
        """False while a long list is still being filtered or sorted."""
        return not self._turns.is_busy

    def put(self, records: Sequence[Any]) -> None:
        """Show these records instead."""
        self._all = list(records)
        self._texts, self._keys = [], {}
        if not self._is_short and (self._words or self._order):
            self._commit([])  # the old rows are of another list: nobody may open one meanwhile
        self._show()

    def filter(self, words: str) -> None:
        """Show only records that hold every one of the words in some cell."""
        self._words = words
        self._show()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by native values."""
        self._order = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self.arranging.emit()
        self._show()

    def records(self) -> list[Any]:
        """The records that show, in the order in which they show."""
        return list(self._shown)

    def measured(self) -> Sequence[Any] | None:
        """All of a short list."""
        return self._all if len(self._all) <= MOST_MEASURED else None

    def record(self, row: int) -> Any:
        """The record of a row that shows."""
        return self._shown[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Rows that show."""
        return 0 if parent.isValid() else len(self._shown)

    @property
    def _is_short(self) -> bool:
        return len(self._all) <= AT_ONCE

    def _show(self) -> None:
        plain = not self._words.split() and not self._order
        self._turns.run(self._arrange(), at_once=plain or self._is_short)

    def _commit(self, rows: list[Any]) -> None:
        self.beginResetModel()
        self._shown = rows
        self.endResetModel()

    def _arrange(self) -> Iterator[None]:
        words = self._words.lower().split()
        places: Sequence[int] = range(len(self._all))
        if words:
            found: list[int] = []
            for place in places:
                if not place % STEP:
                    yield
                text = self._text(place)
                if all(word in text for word in words):
                    found.append(place)
            places = found
        if self._order:
            ordered: list[int] = []
            yield from self._in_order(places, *self._order, ordered)
            places = ordered
        self._commit([self._all[place] for place in places] if words or self._order else self._all)
        self.shown.emit()

    def _text(self, place: int) -> str:
        """What a record is found by; kept for long lists only, short ones may show what changes under them."""
        if self._is_short:
            return self._text_of(self._all[place])
        while len(self._texts) <= place:
            self._texts.append(self._text_of(self._all[len(self._texts)]))
        return self._texts[place]

    def _text_of(self, record: Any) -> str:
        text = "\t".join([*(one.shown(record) for one in self.columns), self.also(record)]).lower()
        return f"{text}\n{text.replace(',', '')}" if "," in text else text

    def _in_order(self, places: Sequence[int], column: int, down: bool, out: list[int]) -> Iterator[None]:
        keys: list[tuple[int, Any]] = [] if self._is_short else self._keys.setdefault(column, [])
        value = self.columns[column].value
        while len(keys) < len(self._all):
            if not len(keys) % STEP:
                yield
            keys.append(_sortable(value(self._all[len(keys)])))
        runs = []
        for start in range(0, len(places), RUN):
            runs.append(sorted(places[start : start + RUN], key=keys.__getitem__, reverse=down))
            yield
        if len(runs) < 2:
            out.extend(runs[0] if runs else ())
            return
        for place in merge(*runs, key=keys.__getitem__, reverse=down):
            out.append(place)
            if not len(out) % STEP:
                yield


def _never(_record: Any) -> bool:
    return False


def _nothing(_record: Any) -> str:
    return ""


def _always(_record: Any) -> bool:
    return True


def _sortable(value: Any) -> tuple[int, Any]:
    if value is None:
        return (0, "")
    if isinstance(value, Mark):
        return (1, (TONE_ORDER.index(value.tone), value.word))
    return (1, value)
