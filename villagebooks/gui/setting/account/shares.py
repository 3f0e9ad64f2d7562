"""Which part of every detail goes to which account below: a grid to type in, where = fills what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView

from villagebooks.core.account import Holding, Share
from villagebooks.core.money import read_yuan, yuan_text
from villagebooks.core.quantity import quantity_text, read_quantity
from villagebooks.core.words import _
from villagebooks.gui.cell import TypedGrid
from villagebooks.gui.theme import colour, px, span

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
FILLS = ("=", "＝")
BEFORE = 2
"""Columns before the accounts below: the detail and what it holds."""
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: a detail's money in fen, or what it counts in thousandths."""

    holding: Holding
    counted: bool = False

    @property
    def held(self) -> int:
        """What is to be given away."""
        return self.holding.quantity_milli if self.counted else self.holding.net_fen


class ShareModel(QAbstractTableModel):
    """Details × accounts below. `changed` after every edit."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._children: list[tuple[str, str]] = []
        self._given: dict[tuple[int, int], int] = {}

    def put(self, holdings: Sequence[Holding]) -> None:
        """Show details, everything given to the first account below."""
        self.beginResetModel()
        self._rows = []
        for one in holdings:
            self._rows.append(_Row(one))
            if one.quantity_milli:
                self._rows.append(_Row(one, counted=True))
        self._given = {(row, 0): one.held for row, one in enumerate(self._rows)}
        self.endResetModel()
        self.changed.emit()

    def put_children(self, children: Sequence[tuple[str, str]]) -> None:
        """Show these accounts below as columns (code, name); what was typed stays with its column."""
        self.beginResetModel()
        self._children = list(children)
        self.endResetModel()
        self.changed.emit()

    def shares(self) -> tuple[Share, ...]:
        """What goes where."""
        found = []
        for place, (code, _name) in enumerate(self._children):
            for row, one in enumerate(self._rows):
                if not one.counted and self._given.get((row, place)):
                    counted = self._given.get((row + 1, place), 0) if one.holding.quantity_milli else 0
                    found.append(Share(code, self._given[row, place], one.holding.key, counted))
        return tuple(found)

    def texts(self) -> dict[str, str]:
        """What goes where, by the detail and the place of the account below."""
        return {
            f"{_named(one)}.{place}": _shown(one, self._given.get((row, place), 0))
            for row, one in enumerate(self._rows)
            for place in range(len(self._children))
        }

    def restore(self, texts: Mapping[str, str]) -> None:
        """The same where the detail is still there."""
        for row, one in enumerate(self._rows):
            for place in range(len(self._children)):
                text = texts.get(f"{_named(one)}.{place}")
                if text is not None:
                    self.setData(self.index(row, BEFORE + place), text)

    def left(self, row: int) -> int:
        """What of a row is not given away yet."""
        given = sum(self._given.get((row, place), 0) for place in range(len(self._children)))
        return self._rows[row].held - given

    def rows_left(self) -> int:
        """How many rows are not given away whole."""
        return sum(self.left(row) != 0 for row in range(len(self._rows)))

    def fill(self, index: Index) -> None:
        """Give a cell what its row has left."""
        place = index.column() - BEFORE
        if 0 <= place < len(self._children):
            self._put(index.row(), place, self._given.get((index.row(), place), 0) + self.left(index.row()))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Rows of details."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Detail, what it holds, the accounts below, what is left."""
        return 0 if parent.isValid() else BEFORE + len(self._children) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of accounts below are typed in."""
        known = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return known | Qt.ItemFlag.ItemIsEditable if self._is_given(index) else known

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """Words and figures; what is left is red."""
        row, one = index.row(), self._rows[index.row()]
        if role == ROLE.TextAlignmentRole and index.column():
            return RIGHT
        if role == ROLE.ForegroundRole and index.column() == self.columnCount() - 1 and self.left(row):
            return colour("red")
        if role not in (ROLE.DisplayRole, ROLE.EditRole):
            return None
        if index.column() == 0:
            return _("{name}（数量）").format(name=one.holding.name) if one.counted else one.holding.name
        if index.column() == 1:
            return _shown(one, one.held)
        if self._is_given(index):
            return _shown(one, self._given.get((row, index.column() - BEFORE), 0))
        return _shown(one, self.left(row))

    def setData(self, index: Index, value: Any, role: int = ROLE.EditRole) -> bool:
        """Take an amount; what is none is not taken."""
        one = self._rows[index.row()]
        text = str(value).strip()
        read = (read_quantity(text) if one.counted else read_yuan(text)) if text else 0
        if role != ROLE.EditRole or read is None or not self._is_given(index):
            return False
        self._put(index.row(), index.column() - BEFORE, read)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        """Codes and names of the accounts below."""
        if orientation != Qt.Orientation.Horizontal or role not in (ROLE.DisplayRole, ROLE.ToolTipRole):
            return None
        heads = [_("明细"), _("余额（借正贷负）"), *(f"{code}\n{name}" for code, name in self._children), _("还差")]
        return heads[section]

    def _is_given(self, index: Index) -> bool:
        return 0 <= index.column() - BEFORE < len(self._children)

    def _put(self, row: int, place: int, value: int) -> None:
        self._given[row, place] = value
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
        self.changed.emit()


def _named(row: _Row) -> str:
    return "/".join((*row.holding.key, "n" if row.counted else ""))


def _shown(row: _Row, value: int) -> str:
    return quantity_text(value, zero="", group=",") if row.counted else yuan_text(value, zero="", group=",")


class ShareGrid(TypedGrid):
    """The grid: = fills what is left, Enter goes to the next row."""

    def __init__(self) -> None:
        super().__init__()
        self.shares = ShareModel(self)
        self.setModel(self.shares)
        self.setAccessibleName(_("余额分到哪个下级"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px("row_px"))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setDefaultSectionSize(span(150))
        self.horizontalHeader().setMinimumSectionSize(span(80))
        self.setEditTriggers(TypedGrid.EditTrigger.AnyKeyPressed | TypedGrid.EditTrigger.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.shares.modelReset.connect(self._widen)

    def _widen(self) -> None:
        self.setColumnWidth(0, span(190))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """= gives the cell what its row has left; Enter goes down."""
        index = self.currentIndex()
        if event.text() in FILLS and index.isValid():
            self.shares.fill(index)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            below = self.shares.index(min(index.row() + 1, self.shares.rowCount() - 1), index.column())
            self.setCurrentIndex(below)
        else:
            super().keyPressEvent(event)
