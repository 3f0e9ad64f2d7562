"""Accounts × villages: where each village differs from the unified accounts; the account's name stays in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from villagebooks.core.account import (
    CLASH,
    EXTRA,
    MISSING,
    NAMED,
    NEEDS,
    SIDE,
    SPLIT,
    STOPPED,
    BookDeviations,
    Deviation,
    kind_word,
)
from villagebooks.core.words import _, pgettext
from villagebooks.gui.theme import colour, px, span

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
COLOURS = {MISSING: "amber", NAMED: "amber", NEEDS: "amber", SPLIT: "red", CLASH: "red", SIDE: "red"}
COLUMN_WIDTH, NAME_WIDTH = 100, 260
SHORT = 5
"""Characters of a village's name above its column; the whole name stands in the tip."""


def mark_word(kind: str) -> str:
    """A kind of difference in one or two characters."""
    words = {
        MISSING: _("缺"), NAMED: _("名称"), NEEDS: _("辅助"), EXTRA: _("自设"), SPLIT: _("要拆分"), CLASH: _("同名"),
        SIDE: _("方向"), STOPPED: pgettext("state", "停用"),
    }  # fmt: skip
    return words.get(kind, kind)


class MatrixModel(QAbstractTableModel):
    """Rows are accounts where some village differs, columns the villages."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.books: list[BookDeviations] = []
        self.codes: list[str] = []
        self._all: dict[str, str] = {}
        self._cells: dict[tuple[str, str], list[Deviation]] = {}
        self.also: Callable[[str], str] = str

    def put(self, found: Sequence[BookDeviations], names: Mapping[str, str], words: str = "") -> None:
        """Show differences; `names` are the unified accounts' by code."""
        self.beginResetModel()
        self.books = list(found)
        self._cells, self._all = {}, {}
        for book in found:
            for one in book.deviations:
                self._cells.setdefault((one.code, book.book), []).append(one)
                self._all.setdefault(one.code, names.get(one.code) or one.theirs)
        self._pick(words)
        self.endResetModel()

    def filter(self, words: str) -> None:
        """Show only accounts whose code, name or initials hold the words."""
        self.beginResetModel()
        self._pick(words)
        self.endResetModel()

    def name(self, row: int) -> str:
        """Code and name of a row's account."""
        return f"{self.codes[row]} {self._all[self.codes[row]]}"

    def at(self, index: Index) -> tuple[BookDeviations, list[Deviation]] | None:
        """The village of a cell and its differences there."""
        if not index.isValid():
            return None
        book = self.books[index.column()]
        return book, self._cells.get((self.codes[index.row()], book.book), [])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Accounts."""
        return 0 if parent.isValid() else len(self.codes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Villages."""
        return 0 if parent.isValid() else len(self.books)

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """A word for each difference; the tip says it in full."""
        found = self.at(index)
        if found is None or not found[1]:
            return None
        book, told = found
        if role == ROLE.DisplayRole:
            return _("、").join(mark_word(one.kind) for one in told)
        if role == ROLE.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == ROLE.ForegroundRole:
            return colour(next((COLOURS[one.kind] for one in told if one.kind in COLOURS), "muted"))
        if role in (ROLE.ToolTipRole, ROLE.AccessibleTextRole):
            return deviation_words(book, told)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        """Villages above by code and the beginning of their name, accounts at the left."""
        if orientation == Qt.Orientation.Vertical:
            if role == ROLE.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            return self.name(section) if role in (ROLE.DisplayRole, ROLE.ToolTipRole) else None
        book = self.books[section]
        if role == ROLE.ToolTipRole:
            return f"{book.book} {book.name}"
        name = book.name if len(book.name) <= SHORT else f"{book.name[: SHORT - 1]}…"
        return f"{book.book}\n{name}" if role == ROLE.DisplayRole else None

    def _pick(self, words: str) -> None:
        parts = words.lower().split()
        shown = {code: f"{code} {name} {self.also(name)}".lower() for code, name in self._all.items()}
        self.codes = sorted(code for code, text in shown.items() if all(part in text for part in parts))


def deviation_words(book: BookDeviations, told: Sequence[Deviation]) -> str:
    """V02 石磨坪村　51302：名称不同，统一科目“办公费”，本村“办公经费”."""
    parts = []
    for one in told:
        words = [kind_word(one.kind)]
        if one.name:
            words.append(_("统一科目“{name}”").format(name=one.name))
        if one.theirs and one.theirs != one.name:
            words.append(_("本村“{name}”").format(name=one.theirs))
        if one.detail:
            words.append(one.detail)
        parts.append(_("，").join(words))
    code = told[0].code if told else ""
    return _("{where}：{text}").format(where=f"{book.book} {book.name}　{code}", text=_("；").join(parts))


class Matrix(QTableView):
    """The grid; `opened` carries the village and the difference that Enter or a double click was on."""

    opened = Signal(object, object)
    looked_at = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cells = MatrixModel(self)
        self.setModel(self.cells)
        self.setAccessibleName(_("科目和村的差别"))
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setDefaultSectionSize(px("row_px"))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setFixedWidth(span(NAME_WIDTH))
        rows.setHighlightSections(False)
        columns.setDefaultSectionSize(span(COLUMN_WIDTH))
        columns.setMinimumSectionSize(60)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._tell)

    def chosen_books(self) -> list[str]:
        """Villages whose columns are selected, in whole or in part; none when nothing is."""
        columns = {index.column() for index in self.selectionModel().selectedIndexes()}
        return [self.cells.books[column].book for column in sorted(columns)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        found = self.cells.at(index)
        if found and found[1]:
            self.opened.emit(found[0], found[1][0])

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        found = self.cells.at(now)
        self.looked_at.emit(deviation_words(*found) if found and found[1] else "")
