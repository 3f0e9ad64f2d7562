"""The lines of a layout as a table that is edited in place; what is wrong is painted where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from villagebooks.core.problem import Problem
from villagebooks.core.statement import NONZERO, LayoutLine
from villagebooks.core.words import _, pgettext
from villagebooks.gui.cell import TypedGrid
from villagebooks.gui.theme import colour, px, span

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
FIELDS = ("line_no", "label", "formula", "show")
SHOW = FIELDS.index("show")
NEW = LayoutLine("", "", "")

LEAST_COLUMN = 64


class LinesModel(QAbstractTableModel):
    """`edited` after every change."""

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[LayoutLine] = []
        self._faults: dict[tuple[int, str], list[str]] = {}
        self.still = True
        """True while the layout may not be changed."""

    def lines(self) -> tuple[LayoutLine, ...]:
        """The lines as they stand."""
        return tuple(self._lines)

    def put(self, lines: Sequence[LayoutLine], still: bool) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines, self._faults, self.still = list(lines), {}, still
        self.endResetModel()

    def show_faults(self, problems: Sequence[Problem]) -> None:
        """Paint the cells that problems name."""
        self._faults = {}
        for one in problems:
            if one.line is not None:
                self._faults.setdefault((one.line, one.field or "formula"), []).append(one.text)
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, SHOW))

    def insert(self, row: int) -> None:
        """An empty line before a row."""
        self.beginInsertRows(QModelIndex(), row, row)
        self._lines.insert(row, NEW)
        self.endInsertRows()
        self.edited.emit()

    def remove(self, row: int) -> None:
        """Take a line out."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._lines[row]
        self.endRemoveRows()
        self.edited.emit()

    def swap(self, row: int, other: int) -> None:
        """Change the places of two neighbours."""
        self._lines[row], self._lines[other] = self._lines[other], self._lines[row]
        self.dataChanged.emit(self.index(min(row, other), 0), self.index(max(row, other), SHOW))
        self.edited.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Number, label, formula, when to show."""
        return 0 if parent.isValid() else len(FIELDS)

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """Texts, the tick, and what is wrong."""
        line, field = self._lines[index.row()], FIELDS[index.column()]
        if field == "show":
            if role == ROLE.CheckStateRole and line.line_no:
                return Qt.CheckState.Checked if line.show == NONZERO else Qt.CheckState.Unchecked
        elif role in (ROLE.DisplayRole, ROLE.EditRole):
            return getattr(line, field)
        wrong = self._faults.get((index.row(), field))
        if role == ROLE.ToolTipRole:
            return "\n".join(wrong) if wrong else getattr(line, field)
        if role == ROLE.ForegroundRole and wrong:
            return colour("red")
        return None

    def setData(self, index: Index, value: Any, role: int = ROLE.EditRole) -> bool:
        """Take what was typed or ticked."""
        field = FIELDS[index.column()]
        line = self._lines[index.row()]
        if field == "show":
            value = NONZERO if Qt.CheckState(value) == Qt.CheckState.Checked else ""
        elif field == "line_no":
            value = str(value).strip()
        if self.still or getattr(line, field) == value or (field == "show" and role != ROLE.CheckStateRole):
            return False
        self._lines[index.row()] = replace(line, **{field: str(value)})
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), SHOW))
        self.edited.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Drafts are edited; a head has nothing to tick."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.still:
            return flags
        if FIELDS[index.column()] != "show":
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self._lines[index.row()].line_no else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        """Titles."""
        if role == ROLE.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (_("行次"), pgettext("row", "项目"), _("公式"), _("为零不印"))[section]
        return None


def lines_view(model: LinesModel) -> QTableView:
    """The table of a layout's lines, edited by typing, F2 or a double click."""
    view = TypedGrid()
    view.setModel(model)
    view.setAccessibleName(_("报表格式的各行"))
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.setShowGrid(True)
    view.setIconSize(QSize(16, 16))
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(px("row_px"))
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setMinimumSectionSize(span(LEAST_COLUMN))
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    letter = view.fontMetrics().horizontalAdvance("0")
    for place, letters in ((0, 7), (1, 25), (3, 9)):
        view.setColumnWidth(place, letters * letter + 16)
    return view
