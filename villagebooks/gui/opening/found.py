"""移交清点: who hands over to whom, what was counted beside what the books say, and the things that go along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from villagebooks.core.account import BANK, CASH, Account
from villagebooks.core.money import read_yuan, said_yuan
from villagebooks.core.opening import (
    BANK_FOUND,
    CASH_FOUND,
    KINDS,
    MONEY_KINDS,
    HandItem,
    HandOver,
    kind_words,
    settling_accounts,
)
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.cell import TypedTable, settle_cells
from villagebooks.gui.combo import AROUND, CELL_EDGES, Combo
from villagebooks.gui.figure import amount_told, count_told, paint_figures, read_cell_count
from villagebooks.gui.form import DAY, Field, Form
from villagebooks.gui.page import button, label
from villagebooks.gui.theme import px, set_tone, span

KIND, WORDS, NUMBER, COUNT, AMOUNT = range(5)
FIGURES = {COUNT: count_told, AMOUNT: amount_told}
EDGES = 2
LEAST = 110
"""Pixels of the names of those who hand over: a whole date is read."""
THINGS = tuple(kind for kind in KINDS if kind not in MONEY_KINDS)[:5]
"""What a village hands over with its books; the others are of a post."""


class MoneyLine(QObject):
    """One money account: what the books say, what was counted or stands on the statement, where a difference goes."""

    changed = Signal()

    def __init__(self, account: Account, settle: list[Account]) -> None:
        super().__init__()
        self.account = account
        self.book_fen = 0
        self.book, self.found, self.settle, self.told = label("", "muted"), QLineEdit(), Combo(), label()
        self.found.setAccessibleName(_("{name} 实有（元）").format(name=account.name))
        self.found.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.found.textChanged.connect(self._tell)
        self.settle.setAccessibleName(_("{name} 差额记到").format(name=account.name))
        self.settle.addItem(_("（先不记）"), "")
        for one in settle:
            word = _("{code} {name}（移交人）") if one.code.startswith("113") else "{code} {name}"
            self.settle.addItem(word.format(code=one.code, name=one.name), one.code)
        self.settle.currentIndexChanged.connect(self._tell)

    def show_book(self, fen: int) -> None:
        """What the table of balances says."""
        self.book_fen = fen
        self.book.setText(said_yuan(fen))
        self._show()

    def item(self) -> HandItem | None:
        """What is recorded; None while nothing was counted."""
        found = read_yuan(self.found.text()) if self.found.text().strip() else None
        if found is None:
            return None
        kind = CASH_FOUND if self.account.code.startswith(CASH) else BANK_FOUND
        settled = str(self.settle.currentData() or "") if found != self.book_fen else ""
        return HandItem(kind, self.account.name, self.account.code, 0, self.book_fen, found, settled)

    def misread(self) -> str:
        """The sentence about what was counted and is no amount."""
        return amount_told(self.found.text())

    def _tell(self, *_change: object) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        one = self.item()
        self.settle.setEnabled(bool(one and one.missing_fen))
        bad = self.misread()
        set_tone(self.found, "bad", "true" if bad else "false")
        self.found.setToolTip(bad)
        if one is None:
            self.told.setText(_("不是金额") if bad else _("没有清点"))
            set_tone(self.told, "tone", "late" if bad else "")
        elif not one.missing_fen:
            self.told.setText(_("相符"))
            set_tone(self.told, "tone", "done")
        else:
            word = _("短少 {yuan}") if one.missing_fen > 0 else _("多出 {yuan}")
            self.told.setText(word.format(yuan=said_yuan(abs(one.missing_fen))))
            set_tone(self.told, "tone", "late")


class FoundPanel(QWidget):
    """The record as it is typed. `changed` after every change."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[MoneyLine] = []
        self.people = Form(
            (
                Field("day", _("移交日期"), DAY), Field("giver", _("移交人"), hint=_("原来的会计、报账员")),
                Field("receiver", _("接收人")), Field("watcher", _("监交人"), hint=_("村主任、监委会")),
            )
        )  # fmt: skip
        self.people.changed.connect(self.changed)
        self.money = QGridLayout()
        self.money.setHorizontalSpacing(px("gap_px") * 2)
        self.things = TypedTable(0, AMOUNT + 1)
        self.things.setAccessibleName(_("移交的物"))
        self.things.setHorizontalHeaderLabels([_("类别"), _("名称"), _("起止号"), _("数量"), _("金额（元）")])
        self.things.verticalHeader().hide()
        self.things.verticalHeader().setDefaultSectionSize(px("row_px") + EDGES)
        self.things.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.things.horizontalHeader().setSectionResizeMode(KIND, QHeaderView.ResizeMode.Fixed)
        self.things.horizontalHeader().setSectionResizeMode(AMOUNT, QHeaderView.ResizeMode.ResizeToContents)
        self.things.ensurePolished()
        letters = max(self.things.fontMetrics().horizontalAdvance(kind_words()[one]) for one in THINGS)
        self.things.setColumnWidth(KIND, letters + AROUND + CELL_EDGES)
        self.things.setTabKeyNavigation(False)
        self.things.itemChanged.connect(self._tell)
        self.remark = QPlainTextEdit()
        self.remark.setAccessibleName(_("说明"))
        self.remark.setPlaceholderText(_("没有交齐的、有争议的，写在这里"))
        self.remark.setTabChangesFocus(True)
        self.remark.setMaximumHeight(72)
        self._lay_out()

    def put(self, accounts: Mapping[str, Account], day: date) -> None:
        """The money accounts of a book, nothing counted yet."""
        settle = list(settling_accounts(accounts))
        while (place := self.money.takeAt(0)) is not None:
            old = place.widget()
            if old is not None:
                old.deleteLater()
        self.lines = [
            MoneyLine(one, settle)
            for code, one in accounts.items()
            if code.startswith((CASH, BANK)) and one.leaf
        ]  # fmt: skip
        heads = (_("科目"), _("账上"), _("实点、对账单"), "", _("差额记到"))
        for column, text in enumerate(heads):
            self.money.addWidget(label(text, "muted"), 0, column)
        for row, line in enumerate(self.lines, 1):
            parts = (label(f"{line.account.code} {line.account.name}"), line.book, line.found, line.told, line.settle)
            for column, part in enumerate(parts):
                self.money.addWidget(part, row, column)
            line.changed.connect(self.changed)
        self.people.put({"day": day, "giver": "", "receiver": "", "watcher": ""})
        self.things.setRowCount(0)
        self.remark.clear()
        for kind in THINGS[:3]:
            self.add_thing(kind)
        settle_cells(self.things)

    def settle(self) -> None:
        """It was recorded with the balances."""
        self.people.settle()
        for line in self.lines:
            line.found.setModified(False)
        self.remark.document().setModified(False)
        settle_cells(self.things)

    def show_balances(self, closing_of: Callable[[str], int]) -> None:
        """What the table of balances says of each money account."""
        for line in self.lines:
            line.show_book(closing_of(line.account.code))

    def add_thing(self, kind: str = "") -> None:
        """Another line of things."""
        row = self.things.rowCount()
        self.things.insertRow(row)
        choice = Combo()
        choice.setAccessibleName(_("类别"))
        for one in THINGS:
            choice.addItem(kind_words()[one], one)
        choice.setCurrentIndex(max(0, choice.findData(kind)))
        self.things.setCellWidget(row, KIND, choice)
        for column in range(NUMBER, AMOUNT + 1):
            self.things.setItem(row, column, QTableWidgetItem(""))
        self.things.setItem(row, WORDS, QTableWidgetItem(kind_words().get(kind, "")))

    def add_row(self) -> None:
        """An empty line, and the cursor in it."""
        self.add_thing(THINGS[-1])
        self.things.setCurrentCell(self.things.rowCount() - 1, NUMBER)
        self.things.setFocus()

    def record(self) -> HandOver | None:
        """What is recorded; None when nobody handed anything over."""
        values = self.people.values()
        money = [item for line in self.lines if (item := line.item())]
        things = [item for row in range(self.things.rowCount()) if (item := self._thing(row))]
        if not (money or things or values["giver"]):
            return None
        return HandOver(
            "", values["day"], values["giver"], values["receiver"], values["watcher"], (*money, *things),
            self.remark.toPlainText(),
        )  # fmt: skip

    def misread(self) -> list[Problem]:
        """Figures that are none, which would otherwise be written down as nothing; `line` is the row of a thing."""
        told = self.people.misread()
        told += [Problem(text, line.account.name, field="money") for line in self.lines if (text := line.misread())]
        for row in range(self.things.rowCount()):
            where = _("移交的物第 {n} 行").format(n=row + 1)
            told += [
                Problem(text, where, row, "count" if column == COUNT else "amount")
                for column, text in paint_figures(self.things, row, FIGURES)
            ]
        return told

    def go_to(self, problem: Problem) -> None:
        """The cursor into the entry of a figure that is none."""
        if problem.line is not None:
            self.things.setCurrentCell(problem.line, COUNT if problem.field == "count" else AMOUNT)
            self.things.setFocus()
            return
        if problem.field == "day":
            self.people.show_problems((problem,))
            self.people.go_to_problem()
            return
        for line in self.lines:
            if line.misread():
                line.found.setFocus()
                return

    def _thing(self, row: int) -> HandItem | None:
        cells = [self.things.item(row, column) for column in range(WORDS, AMOUNT + 1)]
        words, number, count, amount = (cell.text().strip() if cell else "" for cell in cells)
        if not (number or count or amount):
            return None
        choice = self.things.cellWidget(row, KIND)
        kind = str(choice.currentData()) if isinstance(choice, QComboBox) else THINGS[-1]
        return HandItem(kind, words, number, read_cell_count(count), 0, read_yuan(amount or "0") or 0)

    def _tell(self, item: QTableWidgetItem) -> None:
        paint_figures(self.things, item.row(), FIGURES)
        self.changed.emit()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        for part in (label(_("谁交给谁"), "heading"), self.people, label(_("说明"), "heading"), self.remark):
            left.addWidget(part)
        left.addStretch(1)
        self.people.setMinimumWidth(span(LEAST))
        right = QVBoxLayout()
        right.addWidget(label(_("钱：账上的和实有的"), "heading"))
        held = QWidget()
        held.setLayout(self.money)
        held.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.money.setContentsMargins(0, 0, 0, 0)
        right.addWidget(held)
        acts = QHBoxLayout()
        acts.addWidget(label(_("物：空白收据起止号、未报单据、印鉴、U盾、账簿"), "heading"))
        acts.addStretch(1)
        acts.addWidget(button(_("加一行"), self.add_row, "plus"))
        right.addLayout(acts)
        right.addWidget(self.things, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, px("gap_px"), 0, 0)
        whole.setSpacing(px("gap_px"))
        whole.addLayout(left, 2)
        whole.addLayout(right, 3)
