"""The table of balances: every account in order, a line a party below those that are kept by party; typed or pasted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QWidget

from villagebooks.core.account import Account
from villagebooks.core.money import calculate_yuan, yuan_text
from villagebooks.core.opening import OpeningRow
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import CLOSING, NORMAL, PRIOR_YEAR
from villagebooks.core.words import _
from villagebooks.gui.cell import TypedGrid
from villagebooks.gui.theme import colour, px, span

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
ACCOUNT, PARTY, OPENING_DEBIT, OPENING_CREDIT, DEBIT, CREDIT, CLOSING_DEBIT, CLOSING_CREDIT = range(8)
TYPED = (OPENING_DEBIT, OPENING_CREDIT, DEBIT, CREDIT)
UNREAD_ROLES = (ROLE.DisplayRole, ROLE.EditRole, ROLE.ToolTipRole, ROLE.ForegroundRole)
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Totals = tuple[int, int, int, int]

LEAST_COLUMN = 92
"""Pixels of an amount and of its title, in the ordinary letters."""


@dataclass(slots=True)
class GridRow:
    """A line of the table: an account, or one party of it; amounts in the order of `TYPED`, fen."""

    account: Account
    party: str = ""
    kind: str = NORMAL
    amounts: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    added: bool = False
    unread: dict[int, str] = field(default_factory=dict)
    """What was typed and is no amount, by its column: it stands there as it was typed."""

    @property
    def closing_fen(self) -> int:
        """Net when the books were handed over, debit positive."""
        opening_debit, opening_credit, debit, credit = self.amounts
        return opening_debit - opening_credit + debit - credit

    @property
    def row(self) -> OpeningRow:
        """As it is taken over."""
        opening_debit, opening_credit, debit, credit = self.amounts
        return OpeningRow(self.account.code, opening_debit - opening_credit, debit, credit, self.kind, self.party)


class OpeningGrid(QAbstractTableModel):
    """The lines. `edited` after every change; `refused` with a sentence for what is no amount, which stays, red."""

    edited = Signal()
    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[GridRow] = []
        self._still = False

    def put(self, accounts: Mapping[str, Account]) -> None:
        """Every account of the book, empty."""
        self.beginResetModel()
        self._lines = [GridRow(one) for one in accounts.values()]
        self.endResetModel()

    def keep_still(self, still: bool) -> None:
        """Nothing can be typed in a book that has its balances."""
        self._still = still

    def take(self, rows: Iterable[OpeningRow]) -> None:
        """Fill in what was read; what stands for the same detail is replaced, new parties get lines of their own."""
        self.beginResetModel()
        for one in rows:
            line = self._line_of(one)
            line.party, line.kind = one.party, one.kind
            line.amounts = [max(one.opening_fen, 0), max(-one.opening_fen, 0), one.debit_fen, one.credit_fen]
            line.unread.clear()
        self.endResetModel()
        self.edited.emit()

    def rows(self) -> tuple[OpeningRow, ...]:
        """What is taken over: lines with an amount."""
        return tuple(one.row for one in self._lines if one.account.leaf and any(one.amounts))

    def misread(self) -> list[Problem]:
        """What is no amount, with its account and its column; `line` is the row of the table."""
        return [
            Problem(self._told(one, column), line=row, field=str(column))
            for row, one in enumerate(self._lines)
            for column in sorted(one.unread)
        ]

    def _told(self, line: GridRow, column: int) -> str:
        text = _("{account} 的{column}：“{text}”不是金额，写 123.45，也可以写 12*350")
        account, title = f"{line.account.code} {line.account.name}", _titles()[column]
        return text.format(account=account, column=title, text=line.unread[column][:20])

    def closing_of(self, code: str) -> int:
        """What an account holds at hand-over, fen."""
        return sum(one.closing_fen for one in self._lines if one.account.code == code)

    def totals(self) -> Totals:
        """Sums of the columns that are typed."""
        sums = [sum(column) for column in zip(*(one.amounts for one in self._lines), strict=True)] or [0, 0, 0, 0]
        return sums[0], sums[1], sums[2], sums[3]

    def add_party(self, row: int) -> int:
        """Another line of the same account below; where it stands, -1 for an account with accounts below it."""
        if not 0 <= row < len(self._lines) or not self._lines[row].account.leaf or self._still:
            return -1
        last = row
        while last + 1 < len(self._lines) and self._lines[last + 1].account is self._lines[row].account:
            last += 1
        self.beginInsertRows(QModelIndex(), last + 1, last + 1)
        self._lines.insert(last + 1, GridRow(self._lines[row].account, added=True))
        self.endInsertRows()
        return last + 1

    def clear(self, row: int) -> None:
        """Empty a line; one that was added goes away."""
        if not 0 <= row < len(self._lines) or self._still:
            return
        if self._lines[row].added:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._lines[row]
            self.endRemoveRows()
        else:
            self._lines[row] = GridRow(self._lines[row].account)
            self.dataChanged.emit(self.index(row, 0), self.index(row, CLOSING_CREDIT))
        self.edited.emit()

    def row_of(self, wanted: OpeningRow) -> int:
        """Where a row that is taken over stands in the table, -1 when it does not."""
        return next((place for place, one in enumerate(self._lines) if any(one.amounts) and one.row == wanted), -1)

    def line(self, row: int) -> GridRow | None:
        """A line by its place."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Columns."""
        return 0 if parent.isValid() else CLOSING_CREDIT + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only leaves are typed, and only before the book has its balances."""
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        typed = index.column() in (PARTY, *TYPED) and self._lines[index.row()].account.leaf and not self._still
        return plain | Qt.ItemFlag.ItemIsEditable if typed else plain

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        """Words and figures; sums of accounts with accounts below them are bold."""
        line, column = self._lines[index.row()], index.column()
        if column in line.unread and role in UNREAD_ROLES:
            return self._unread(line, column, role)
        if role in (ROLE.DisplayRole, ROLE.EditRole, ROLE.ToolTipRole):
            return self._text(line, column, role == ROLE.EditRole)
        if role == ROLE.TextAlignmentRole and column > PARTY:
            return RIGHT
        if role == ROLE.ForegroundRole and column >= CLOSING_DEBIT:
            return colour("muted")
        if role == ROLE.FontRole and not line.account.leaf:
            font = QFont(QGuiApplication.font())
            font.setBold(True)
            return font
        return None

    def _unread(self, line: GridRow, column: int, role: int) -> Any:
        """A cell of what is no amount: as it was typed, red, and what is wrong with it."""
        if role == ROLE.ForegroundRole:
            return colour("red")
        return self._told(line, column) if role == ROLE.ToolTipRole else line.unread[column]

    def setData(self, index: Index, value: Any, role: int = ROLE.EditRole) -> bool:
        """What was typed: a party, an amount or a sum like 12*350."""
        line, column, text = self._lines[index.row()], index.column(), str(value).strip()
        if role != ROLE.EditRole:
            return False
        if column == PARTY:
            line.party = text
        else:
            fen = calculate_yuan(text) if text else 0
            line.unread.pop(column, None)
            line.amounts[column - OPENING_DEBIT] = fen or 0
            if fen is None:
                line.unread[column] = text
                self.refused.emit(self._told(line, column))
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, CLOSING_CREDIT))
        self.edited.emit()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        """Titles."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == ROLE.DisplayRole:
            return _titles()[section]
        return RIGHT if role == ROLE.TextAlignmentRole and section > PARTY else None

    def _line_of(self, wanted: OpeningRow) -> GridRow:
        lines = [one for one in self._lines if one.account.code == wanted.account]
        same = [one for one in lines if (one.party, one.kind) == (wanted.party, wanted.kind) and any(one.amounts)]
        free = [one for one in lines if not any(one.amounts) and not one.unread and one.party in ("", wanted.party)]
        if same or free:
            return (same or free)[0]
        place = self._lines.index(lines[-1]) + 1
        self._lines.insert(place, GridRow(lines[-1].account, added=True))
        return self._lines[place]

    def _text(self, line: GridRow, column: int, edit: bool) -> str:
        if column == ACCOUNT:
            return _account_words(line)
        if column == PARTY:
            return line.party
        if column in TYPED:
            fen = line.amounts[column - OPENING_DEBIT] if line.account.leaf else self._sum(line, column)
            return yuan_text(fen, zero="", group="" if edit else ",")
        net = line.closing_fen if line.account.leaf else self._closing(line)
        return yuan_text(max(net, 0) if column == CLOSING_DEBIT else max(-net, 0), zero="", group=",")

    def _below(self, line: GridRow) -> list[GridRow]:
        return [one for one in self._lines if one.account.leaf and one.account.code.startswith(line.account.code)]

    def _sum(self, line: GridRow, column: int) -> int:
        return sum(one.amounts[column - OPENING_DEBIT] for one in self._below(line))

    def _closing(self, line: GridRow) -> int:
        return sum(one.closing_fen for one in self._below(line))


def _titles() -> tuple[str, ...]:
    return (
        _("科目"), _("往来（一户一行）"), _("年初借方"), _("年初贷方"), _("累计借方"), _("累计贷方"),
        _("现在借方"), _("现在贷方"),
    )  # fmt: skip


def _account_words(line: GridRow) -> str:
    kinds = {PRIOR_YEAR: _("（更正以前年度）"), CLOSING: _("（结转）")}
    indent = "　" * (line.account.level - 1)
    return f"{indent}{line.account.code} {line.account.name}{kinds.get(line.kind, '')}"


class OpeningView(TypedGrid):
    """The table: Enter goes to the next cell that is typed, Insert adds a party, Delete empties a line, Ctrl+V pastes.

    `pasted` carries the clipboard's text when it is more than one cell.
    """

    pasted = Signal(str)

    def __init__(self, grid: OpeningGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.setModel(grid)
        self.setAccessibleName(_("期初余额"))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )  # fmt: skip
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px("row_px"))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(span(LEAST_COLUMN))
        for column in (ACCOUNT, PARTY):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        self.setColumnWidth(ACCOUNT, span(250))
        self.setColumnWidth(PARTY, span(190))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter the next cell is in hand."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.go_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the table."""
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            self.go_on()
        elif event.key() == Qt.Key.Key_Insert:
            self.add_party()
        elif event.key() == Qt.Key.Key_Delete:
            self._grid.clear(row)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def add_party(self) -> None:
        """A line for another party of the account in hand, and the cursor in it."""
        place = self._grid.add_party(self.currentIndex().row())
        if place >= 0:
            self.setCurrentIndex(self._grid.index(place, PARTY))

    def paste(self) -> None:
        """A table from the clipboard, or one cell into the cell in hand."""
        text = QGuiApplication.clipboard().text()
        if "\t" in text or "\n" in text.strip():
            self.pasted.emit(text)
        elif self._grid.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable:
            self._grid.setData(self.currentIndex(), text)

    def go_on(self) -> None:
        """To the next cell that is typed: along the line, then down; accounts with accounts below are passed over."""
        index = self.currentIndex()
        row, column = index.row(), index.column()
        while row < self._grid.rowCount():
            column += 1
            if column > CREDIT:
                row, column = row + 1, OPENING_DEBIT - 1
                continue
            next_cell = self._grid.index(row, column)
            shown = not self.isColumnHidden(column)
            if shown and next_cell.isValid() and self._grid.flags(next_cell) & Qt.ItemFlag.ItemIsEditable:
                self.setCurrentIndex(next_cell)
                return
