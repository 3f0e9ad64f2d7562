"""The list of a post's hand-over while it is counted: the books' figures stand there, what was found is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from villagebooks.core.account import Account
from villagebooks.core.money import read_yuan, said_yuan
from villagebooks.core.opening import KINDS, MONEY_KINDS, HandItem, kind_words
from villagebooks.core.post import PostChange, title_of
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.cell import TypedTable, settle_cells
from villagebooks.gui.combo import CELL_EDGES, Combo
from villagebooks.gui.figure import Told, amount_told, count_told, paint_figures, read_cell_count
from villagebooks.gui.form import Field, Form, required
from villagebooks.gui.kept_cells import KeptCells
from villagebooks.gui.page import button, label
from villagebooks.gui.theme import colour, px, span

BOOK, KIND, WORDS, NUMBER, COUNT, SAYS, FOUND, MISSING, SETTLED = range(9)
WIDTHS = (64, 130, 0, 170, 56, 96, 96, 84, 84)
LEAST_COLUMN, LEAST_WORDS, EDGES, TITLE_EDGES, CELL_SIDES = 64, 160, 2, 24, 24
LOCKED = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Begun:
    """A list as it begins, and by book where a difference may go."""

    change: PostChange
    settle: Mapping[str, tuple[Account, ...]]


class ChangeEditor(QWidget):
    """`kept` asks to record the list, `left` to leave it."""

    kept = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._begun: Begun | None = None
        self._filling = False
        self.title = label("", "heading")
        self.people = Form((Field("receiver", required(_("接收人"))), Field("watcher", required(_("监交人")))))
        self.people.setFixedWidth(span(320))
        self.title.setWordWrap(True)
        self.remark = QLineEdit()
        self.remark.setAccessibleName(_("说明"))
        self.remark.setPlaceholderText(_("说明：没有交齐的、有争议的，写在这里"))
        self.table = TypedTable(0, len(WIDTHS))
        self.table.setAccessibleName(_("移交清单"))
        self.table.setTabKeyNavigation(False)
        self.table.setHorizontalHeaderLabels(
            (
                _("账套"),
                _("类别"),
                _("名称"),
                _("科目、起止号"),
                _("数量"),
                _("账上"),
                _("实点、金额"),
                _("差额"),
                _("差额记到"),
            )
        )
        titles = self.table.horizontalHeader()
        titles.setMinimumSectionSize(span(LEAST_COLUMN))
        titles.sectionResized.connect(self._heighten)
        heights = self.table.verticalHeader()
        heights.setDefaultSectionSize(px("row_px") + EDGES)
        heights.setMinimumSectionSize(px("row_px") + EDGES)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.cellChanged.connect(self._changed)
        self.cells = KeptCells(self.table, self._texts, self._restore)
        acts = QHBoxLayout()
        told = label(_("钱当面点清，票看起止号，章、U 盾、登记簿写数量。没有的，删掉那一行。"), "muted")
        told.setWordWrap(True)
        acts.addWidget(told, 1)
        acts.addWidget(button(_("加一行"), self.add_row, "plus"))
        acts.addWidget(button(_("删一行"), self.take_row, "trash-2"))
        foot = QHBoxLayout()
        foot.addWidget(self.remark, 1)
        foot.addWidget(button(_("不办了"), self.left.emit))
        foot.addWidget(button(_("记下清单"), self.kept.emit, "save", primary=True))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.people)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(head)
        box.addLayout(acts)
        box.addWidget(self.table, 1)
        box.addLayout(foot)

    def put(self, begun: Begun, watcher: str) -> None:
        """A list as the program gathered it."""
        self._begun = begun
        change = begun.change
        text = _("{post}，{day}").format(post=title_of(change).partition(" →")[0], day=change.hand.day)
        self.title.setText(text)
        self.people.put({"receiver": "", "watcher": watcher})
        self.remark.clear()
        self._filling = True
        self._widen()
        self.table.setRowCount(0)
        for item in change.hand.items:
            self._add(item)
        self._filling = False
        self._heighten()
        settle_cells(self.table)
        self.people.entry("receiver").setFocus()

    def settle(self) -> None:
        """The list was recorded or given up."""
        self.people.settle()
        self.remark.setModified(False)
        settle_cells(self.table)

    def _widen(self) -> None:
        """Every column has room for its title, in the letters on screen."""
        titles = self.table.horizontalHeader()
        titles.ensurePolished()
        for column, width in enumerate(WIDTHS):
            if width:
                words = str(self.table.model().headerData(column, Qt.Orientation.Horizontal))
                need = titles.fontMetrics().horizontalAdvance(words) + TITLE_EDGES
                self.table.setColumnWidth(column, max(span(width), need))
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names take what there is."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """The names take what is left; where that is too little to read them, the list scrolls sideways."""
        titles, table = self.table.horizontalHeader(), self.table
        taken = sum(table.columnWidth(column) for column, width in enumerate(WIDTHS) if width)
        tight = table.viewport().width() - taken < span(LEAST_WORDS)
        titles.setSectionResizeMode(WORDS, titles.ResizeMode.Interactive if tight else titles.ResizeMode.Stretch)
        if tight:
            table.setColumnWidth(WORDS, span(LEAST_WORDS))

    def _heighten(self, column: int = WORDS, *_widths: int) -> None:
        """Rows as high as their names, which people sign for."""
        if column != WORDS or self._filling:
            return
        letters, room = self.table.fontMetrics(), self.table.columnWidth(WORDS) - CELL_SIDES
        one = px("row_px") + EDGES
        for row in range(self.table.rowCount()):  # Qt's own way forgets the style sheet's padding
            wrapped = Qt.TextFlag.TextWordWrap
            high = letters.boundingRect(0, 0, room, 0, wrapped, self._text(row, WORDS)).height()
            self.table.setRowHeight(row, max(one, one + high - letters.height()))

    def change(self) -> PostChange | None:
        """The list as it stands."""
        if self._begun is None:
            return None
        said = self.people.values()
        items = tuple(self._item(row) for row in range(self.table.rowCount()))
        hand = replace(
            self._begun.change.hand, receiver=said["receiver"], watcher=said["watcher"], items=items,
            remark=self.remark.text().strip(),
        )  # fmt: skip
        return replace(self._begun.change, hand=hand)

    def unread(self) -> list[Problem]:
        """Figures that are none: they would otherwise be written down as nothing."""
        problems = []
        for row in range(self.table.rowCount()):
            where = _("第 {n} 行").format(n=row + 1)
            problems += [
                Problem(told, where, row, "count" if column == COUNT else "found_fen")
                for column, told in paint_figures(self.table, row, self._figures(row))
            ]
        return problems

    def add_row(self) -> None:
        """Another line, and the cursor in it."""
        codes = list(self._begun.settle) if self._begun else []
        self._filling = True
        self._add(HandItem(OTHER, "", book=codes[0] if len(codes) == 1 else ""))
        self._filling = False
        self.table.setCurrentCell(self.table.rowCount() - 1, WORDS)
        self.table.setFocus()

    def take_row(self) -> None:
        """The line in hand goes."""
        row = self.table.currentRow()
        if row >= 0:
            self.table.removeRow(row)

    def _texts(self) -> dict[str, str]:
        """Every cell by its row and column; of a kind its key."""
        places = product(range(self.table.rowCount()), range(len(WIDTHS)))
        return {
            f"{row}.{column}": self._kind(row) if column == KIND else self._text(row, column) for row, column in places
        }

    def _restore(self, texts: Mapping[str, str]) -> None:
        """Rows as they were typed; what the books say is what they say now."""
        items = self._begun.change.hand.items if self._begun else ()
        says = {(one.book, one.kind, one.number, one.words): one.book_fen for one in items}
        rows = {int(row) for row, _dot, column in (name.partition(".") for name in texts) if row.isdecimal()}
        self._filling = True
        self.table.setRowCount(0)
        for told in ([texts.get(f"{row}.{column}", "") for column in range(len(WIDTHS))] for row in sorted(rows)):
            kind = told[KIND] if told[KIND] in KINDS else OTHER
            named = (told[BOOK], kind, told[NUMBER], told[WORDS])
            book_fen = says.get(named, read_yuan(told[SAYS]) or 0)
            self._add(HandItem(kind, told[WORDS], told[NUMBER], book_fen=book_fen, book=told[BOOK]))
            for column in (COUNT, FOUND, SETTLED):
                self._put(self.table.rowCount() - 1, column, told[column])
        self._filling = False
        self._heighten()
        for row in range(self.table.rowCount()):
            self._changed(row, FOUND)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Paint the fields and go to the first line that is wrong."""
        self.people.show_problems(problems)
        first = next((one for one in problems if one.line is not None), None)
        line = first.line if first else None
        if first and line is not None and line < self.table.rowCount():
            money = first.field == "found_fen" or self._kind(line) in MONEY_KINDS
            self.table.setCurrentCell(line, FOUND if money else COUNT)
            self.table.setFocus()

    def _add(self, item: HandItem) -> None:
        row, money = self.table.rowCount(), item.kind in MONEY_KINDS
        self.table.insertRow(row)
        kinds = Combo()
        kinds.setAccessibleName(_("类别"))
        for kind in KINDS:
            if (kind in MONEY_KINDS) == money:
                kinds.addItem(kind_words()[kind], kind)
        kinds.setCurrentIndex(max(0, kinds.findData(item.kind)))
        kinds.setEnabled(not money)
        kinds.currentIndexChanged.connect(self.cells.changed)
        # first the room: what stands in a cell takes the room that there is then
        self.table.setColumnWidth(KIND, max(self.table.columnWidth(KIND), kinds.sizeHint().width() + CELL_EDGES))
        self.table.setCellWidget(row, KIND, kinds)
        texts = {
            BOOK: item.book, WORDS: item.words, NUMBER: item.number, COUNT: str(item.count or ""),
            SAYS: said_yuan(item.book_fen) if money else "",
            FOUND: said_yuan(item.found_fen) if money or item.found_fen else "", MISSING: "", SETTLED: item.settled_on,
        }  # fmt: skip
        locked = {SAYS, MISSING, *((NUMBER, COUNT, BOOK) if money else (SETTLED,))}
        for column, text in texts.items():
            cell = QTableWidgetItem(text)
            if column in (COUNT, SAYS, FOUND, MISSING):
                cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if column in locked:
                cell.setFlags(LOCKED)
                cell.setForeground(colour("muted"))
            self.table.setItem(row, column, cell)

    def _changed(self, row: int, column: int) -> None:
        """What was found differs from the books: say how much, and propose where it goes."""
        if self._filling:
            return
        if column == WORDS:
            self.table.resizeRowToContents(row)
        figures = self._figures(row)
        if column in figures:
            paint_figures(self.table, row, figures)
        if column != FOUND or self._kind(row) not in MONEY_KINDS:
            return
        self._filling = True
        missing = self._fen(row, SAYS) - self._fen(row, FOUND)
        words = _("少 {yuan}") if missing > 0 else _("多 {yuan}")
        self._put(row, MISSING, words.format(yuan=said_yuan(abs(missing))) if missing else "")
        settle = self._begun.settle.get(self._text(row, BOOK), ()) if self._begun else ()
        if missing and not self._text(row, SETTLED) and settle:
            self._put(row, SETTLED, settle[0].code)
        elif not missing:
            self._put(row, SETTLED, "")
        self._filling = False

    def _item(self, row: int) -> HandItem:
        count, money = self._text(row, COUNT), self._kind(row) in MONEY_KINDS
        return HandItem(
            self._kind(row), self._text(row, WORDS), self._text(row, NUMBER), read_cell_count(count),
            self._fen(row, SAYS) if money else 0, self._fen(row, FOUND), self._text(row, SETTLED),
            self._text(row, BOOK),
        )  # fmt: skip

    def _figures(self, row: int) -> dict[int, Told]:
        """Which cells of a row are typed as figures: the count of money is the program's own."""
        return {FOUND: amount_told} if self._kind(row) in MONEY_KINDS else {COUNT: count_told, FOUND: amount_told}

    def _kind(self, row: int) -> str:
        kinds = self.table.cellWidget(row, KIND)
        return str(kinds.currentData()) if isinstance(kinds, QComboBox) else OTHER

    def _fen(self, row: int, column: int) -> int:
        return read_yuan(self._text(row, column) or "0") or 0

    def _text(self, row: int, column: int) -> str:
        cell = self.table.item(row, column)
        return cell.text().strip() if cell else ""

    def _put(self, row: int, column: int, text: str) -> None:
        cell = self.table.item(row, column)
        if cell:
            cell.setText(text)
