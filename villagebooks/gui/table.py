"""Lists: one table model over `Column` records, and the view with filter, totals of the selection and copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from villagebooks.core.money import yuan_text
from villagebooks.core.words import _
from villagebooks.gui.theme import TONE_COLOURS, TONE_ICONS, Mark, colour, icon, px

LEAST_REST = 24
"""Characters that the column without a width should have at least."""
LEAST_WORDS = 20
"""Characters below which it shrinks no further."""
TEXT, MONEY, NUMBER, DAY, STATE = "text", "money", "number", "day", "state"
Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `value` takes a record and answers a native value (fen for MONEY, a Mark for STATE), by which the
    column sorts; `text` says how it is written when not in the usual way of its kind. `width` in characters of the body
    type, 0 takes what is left; `total` columns are summed below, without faint rows; `spare` ones give way."""

    title: str
    value: Callable[[Any], Any]
    kind: str = TEXT
    width: int = 0
    total: bool = False
    spare: bool = False
    text: Callable[[Any], str] | None = None

    def shown(self, record: Any) -> str:
        """What the cell of a record shows."""
        return self.text(record) if self.text else cell_text(self.kind, self.value(record))


def cell_text(kind: str, value: Any) -> str:
    """What a cell shows: zero money is blank, negative money carries a minus."""
    if value is None:
        return ""
    if kind == MONEY:
        return yuan_text(value, zero="", group=",")
    if kind == STATE:
        return str(value.word)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


class RecordModel(QAbstractTableModel):
    """Records as rows. The rows that show are a filtered and sorted copy, made once for each change."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._all: list[Any] = []
        self._shown: list[Any] = []
        self._words = ""
        self._order: tuple[int, bool] | None = None
        self.is_strong: Callable[[Any], bool] = _never
        self.also: Callable[[Any], str] = _nothing
        """What a record is found by beside what its cells show."""
        self.is_faint: Callable[[Any], bool] = _never
        self.counts: Callable[[Any], bool] = _always

    def put(self, records: Sequence[Any]) -> None:
        """Show these records instead."""
        self._all = list(records)
        self._show()

    def filter(self, words: str) -> None:
        """Show only records that hold every one of the words in some cell."""
        self._words = words
        self._show()

    def records(self) -> list[Any]:
        """The records that show, in the order in which they show."""
        return list(self._shown)

    def record(self, row: int) -> Any:
        """The record of a row that shows."""
        return self._shown[row]

    def _show(self) -> None:
        self.beginResetModel()
        words = self._words.lower().split()
        self._shown = [one for one in self._all if not words or self._holds(one, words)]
        if self._order:
            self._arrange(*self._order)
        self.endResetModel()

    def _holds(self, record: Any, words: Sequence[str]) -> bool:
        text = "\t".join([*(one.shown(record) for one in self.columns), self.also(record)]).lower()
        return all(word in text or word in text.replace(",", "") for word in words)

    def _arrange(self, place: int, down: bool) -> None:
        one = self.columns[place]
        self._shown.sort(key=lambda record: _sortable(one.value(record)), reverse=down)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Rows that show."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """Text, colour, sign and alignment of a cell."""
        one, record = self.columns[index.column()], self._shown[index.row()]
        if role in (ROLE.DisplayRole, ROLE.ToolTipRole):
            return one.shown(record)
        if role == ROLE.TextAlignmentRole:
            return RIGHT if one.kind in (MONEY, NUMBER) else LEFT
        if role == ROLE.ForegroundRole:
            return self._ink(one, record)
        if role == ROLE.DecorationRole and one.kind == STATE:
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

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by native values."""
        self._order = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._show()


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
        return (1, value.word)
    return (1, value)


class Table(QWidget):
    """A list with a filter line above and totals of what is selected below.

    `opened` carries the record that was opened by Enter, Ctrl+Enter or a double click; `chosen` the current one.
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, columns: Sequence[Column], name: str, empty: str = "", filtered: bool = True) -> None:
        super().__init__()
        self.model = RecordModel(columns, self)
        self.view = QTableView()
        self.view.setAccessibleName(name)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("输入文字或金额筛选（Ctrl+F）"))
        self.search.setAccessibleName(_("筛选：{name}").format(name=name))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(self.search.fontMetrics().horizontalAdvance(self.search.placeholderText()) + 40)
        if not filtered:
            self.search.hide()
        self.foot = QLabel()
        self.foot.setObjectName("muted")
        self._empty = QLabel(empty, self.view.viewport())
        self._empty.setObjectName("empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self.head = QHBoxLayout()
        self.head.setSpacing(px("gap_px"))
        self.head.addWidget(self.search)
        self.head.addStretch(1)
        self._lay_out()
        self._dress()
        self.search.textChanged.connect(self._filter)
        self.view.doubleClicked.connect(self._open)
        self.view.selectionModel().selectionChanged.connect(self._sum_up)
        self.view.selectionModel().currentRowChanged.connect(self._choose)
        self.view.installEventFilter(self)
        self.view.viewport().installEventFilter(self)
        self.search.installEventFilter(self)

    def put(self, records: Sequence[Any]) -> None:
        """Show records; the current row is kept by its place."""
        row = self.view.currentIndex().row()
        self.model.put(records)
        self._after()
        if records and row >= 0:
            self.view.selectRow(min(row, self.model.rowCount() - 1))

    def current(self) -> Any:
        """The current record, None without one."""
        row = self.view.currentIndex().row()
        return self.model.record(row) if 0 <= row < self.model.rowCount() else None

    def selected(self) -> list[Any]:
        """The selected records in the order of their rows."""
        rows = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        return [self.model.record(row) for row in rows]

    def go_to(self, wanted: Callable[[Any], bool]) -> bool:
        """Make the first record current that is wanted; False when none shows."""
        for row, record in enumerate(self.model.records()):
            if wanted(record):
                self.view.selectRow(row)
                self.view.scrollTo(self.model.index(row, 0), QAbstractItemView.ScrollHint.EnsureVisible)
                return True
        return False

    def copy(self) -> str:
        """The selection with its titles as tab-separated text, also put on the clipboard."""
        columns = self.model.columns
        lines = ["\t".join(one.title for one in columns)]
        lines += ["\t".join(one.shown(record) for one in columns) for record in self.selected()]
        text = "\n".join(lines)
        QGuiApplication.clipboard().setText(text)
        return text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of a list: Enter opens, Ctrl+F filters, Ctrl+C copies, Down leaves the filter."""
        if event.type() == QEvent.Type.Resize:
            self._empty.setGeometry(self.view.viewport().rect().adjusted(24, 24, -24, -24))
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.search:
                if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                    self.view.setFocus()
                    self.view.selectRow(max(0, self.view.currentIndex().row()))
                    return True
                return False
            return self._take_key(event)
        return False

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit(self.current())
            return True
        if event.matches(QKeySequence.StandardKey.Find) and self.search.isVisibleTo(self):
            self.search.setFocus()
            self.search.selectAll()
            return True
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return True
        return False

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        box.addLayout(self.head)
        box.addWidget(self.view, 1)
        box.addWidget(self.foot)

    def _dress(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setIconSize(QSize(16, 16))
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(px("row_px"))
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        view.setSortingEnabled(True)
        for place, one in enumerate(self.model.columns):
            if one.width:
                view.setColumnWidth(place, self._need(one))
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(40)

    def _need(self, one: Column) -> int:
        """Pixels of a column with a width; its title has room in every language."""
        body = one.width * QFontMetrics(QGuiApplication.font()).horizontalAdvance("0") + 20
        return max(body, self.view.horizontalHeader().fontMetrics().horizontalAdvance(one.title) + 22)

    def _filter(self, text: str) -> None:
        self.model.filter(text)
        self._after()

    def _after(self) -> None:
        self._empty.setVisible(not self.model.rowCount())
        self._empty.setGeometry(self.view.viewport().rect().adjusted(24, 24, -24, -24))
        self._sum_up()

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.record(index.row()))

    def _choose(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid() and now.row() < self.model.rowCount():
            self.chosen.emit(self.model.record(now.row()))

    def _adds(self, record: Any, picked: bool) -> bool:
        """Faint rows never add up; sums of others (a parent's children) only when they are picked."""
        return not self.model.is_faint(record) and (picked or self.model.counts(record))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spare columns give way, the last first, until the column that takes the rest has room for its words."""
        super().resizeEvent(event)
        letter = QFontMetrics(QGuiApplication.font()).horizontalAdvance("0")
        need = {place: self._need(one) for place, one in enumerate(self.model.columns)}
        room = self.width() - 20 - sum(width for place, width in need.items() if self.model.columns[place].width)
        short = LEAST_REST * letter * sum(not one.width for one in self.model.columns) - room
        hidden = {}
        for place in reversed([place for place, one in enumerate(self.model.columns) if one.spare]):
            hidden[place] = short > 0
            short -= need[place] if short > 0 else 0
        # first the mode: a column that is hidden while another stretches leaves its gap behind
        self._keep_rest(LEAST_WORDS * letter, short - (LEAST_REST - LEAST_WORDS) * letter > 0)
        for place, is_hidden in hidden.items():
            self.view.setColumnHidden(place, is_hidden)

    def _keep_rest(self, least: int, scrolls: bool) -> None:
        """The column that takes the rest stays legible; a table that has no room for it scrolls sideways."""
        header = self.view.horizontalHeader()
        mode = QHeaderView.ResizeMode.Interactive if scrolls else QHeaderView.ResizeMode.Stretch
        for place in [place for place, one in enumerate(self.model.columns) if not one.width]:
            header.setSectionResizeMode(place, mode)
            if scrolls:
                header.resizeSection(place, least)

    def _sum_up(self, *_changes: object) -> None:
        records = self.selected()
        some = len(records) > 1
        chosen = records if some else self.model.records()
        parts = [_("选中 {n} 行") if some else _("共 {n} 行")]
        parts = [parts[0].format(n=len(chosen))]
        for one in self.model.columns:
            if one.total:
                total = sum(one.value(record) or 0 for record in chosen if self._adds(record, some))
                parts.append(f"{one.title} {yuan_text(total, group=',')}")
        self.foot.setText("　".join(parts) if self.model.rowCount() else "")
