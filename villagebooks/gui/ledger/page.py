"""账簿: every ledger of the book; from a figure to its ledger, from a line to its voucher; Escape comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from villagebooks.core.account import level_of
from villagebooks.core.ledger import (
    AGEING,
    BALANCE,
    DETAIL,
    GENERAL,
    PARTIES,
    LedgerRequest,
    Sheet,
    SheetRow,
    TrialBalance,
    TrialBalanceRow,
    kind_names,
)
from villagebooks.core.ledger.sheet import MONTH_TOTAL
from villagebooks.core.period import Month, month_of
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.ledger.asking import CHOSEN, Asking, LedgerChoices
from villagebooks.gui.ledger.binding import YearPanel
from villagebooks.gui.ledger.view import SheetView
from villagebooks.gui.page import Page, button
from villagebooks.gui.table import MONEY, Column, Table
from villagebooks.gui.theme import px
from villagebooks.services.ledger import read_sheet, trial_balance


def balance_columns() -> tuple[Column, ...]:
    """Columns of the trial balance."""
    return (
        Column(_("科目代码"), lambda row: row.account, width=10),
        Column(_("科目名称"), lambda row: row.name, text=_indented),
        Column(_("期初借方"), lambda row: row.opening_debit_fen, MONEY, 14, total=True),
        Column(_("期初贷方"), lambda row: row.opening_credit_fen, MONEY, 14, total=True),
        Column(_("本期借方"), lambda row: row.debit_fen, MONEY, 14, total=True),
        Column(_("本期贷方"), lambda row: row.credit_fen, MONEY, 14, total=True),
        Column(_("期末借方"), lambda row: row.closing_debit_fen, MONEY, 14, total=True),
        Column(_("期末贷方"), lambda row: row.closing_credit_fen, MONEY, 14, total=True),
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """Where the way came from: what was asked for, how its months were called, the row in hand."""

    asked: LedgerRequest
    span: int
    row: int


@dataclass(frozen=True, slots=True)
class _Choices:
    """What was asked for, whether with its totals, the way to it, the row in hand."""

    asked: LedgerChoices
    totals: bool
    way: tuple[_Step, ...]
    row: int


class LedgerPage(Page):
    """`voucher_wanted` carries the uid of a voucher to open; `printed` a `LedgerRequest` for its paper, `bound` (year,
    kinds) for all; `exported` what shows."""

    voucher_wanted = Signal(str)
    printed = Signal(object)
    bound = Signal(object)
    exported = Signal(object)
    returned = Signal()

    def __init__(self, seat: Seat) -> None:
        self.title = _("账簿")
        super().__init__(seat)
        self.asking, self.year, self.sheet = Asking(), YearPanel(), SheetView()
        self.balances = Table(balance_columns(), _("科目余额表"), _("这段时间没有已记账的凭证。"))
        self.balances.model.is_strong = _is_first_level
        self.balances.model.counts = _is_first_level
        self.come_back = button(_("返回（Esc）"), self.back, "arrow-left")
        self.head.insertWidget(1, self.come_back)
        self.add_act(_("导出"), self._export, "download")
        self.add_act(_("打印"), self._print, "printer")
        self.add_act(_("打印全年账簿"), self._open_year, "layers")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.balances)
        self.stack.addWidget(self.sheet)
        self.body.addWidget(self.year)
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        box.addWidget(self.asking)
        box.addWidget(self.stack, 1)
        self.body.addWidget(whole, 1)
        self.setFocusProxy(self.balances.view)
        self._report: TrialBalance | None = None
        self._way: list[_Step] = []
        self._visitor, self._row = False, -1
        self.asking.changed.connect(self._ask)
        self.asking.refused.connect(self.strip.show_problems)
        self.year.wanted.connect(self.bound)
        self.balances.opened.connect(self._open_balance)
        self.sheet.opened.connect(self._open_row)
        for key, slot in (("Esc", self.back), ("Ctrl+Return", self._open_current)):
            shortcut = QShortcut(QKeySequence(key), whole)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self._show_way()

    @property
    def account(self) -> str:
        """The account whose ledger shows, empty for tables of many."""
        return self.asking.request().account

    @property
    def lines(self) -> Table:
        """The rows of the ledger that shows."""
        return self.sheet.table

    @property
    def is_plain(self) -> bool:
        """True for the trial balance without dimensions."""
        asked = self.asking.request()
        return asked.kind == BALANCE and not asked.dimensions

    def load(self) -> None:
        """Read what is asked for."""
        self.asking.use(self.seat.entry, self.seat.month, self._start())
        asked = self.asking.request()
        if self.is_plain:
            code = self.seat.desk.book.code
            act = partial(trial_balance, self.seat.office, code, asked.first, asked.last, asked.level)
            self.seat.worker.read(act, self._take, self._refuse, key=(id(self), "ledger"))
        else:
            read = partial(read_sheet, self.seat.desk, asked)
            self.seat.worker.read(read, self._take_sheet, self._refuse, key=(id(self), "ledger"))

    def moved(self) -> None:
        """Another book or month: an account that the book has stays in hand."""
        self._way.clear()
        self._visitor = False
        asked = self.asking.request()
        if asked.account and asked.account not in self.seat.entry.accounts:
            self.asking.put(replace(asked, kind=BALANCE, account="", party=None), self.asking.span.currentIndex())
        self._show_way()

    def tell_choices(self) -> _Choices:
        """The ledger that shows, by hand or by the way there, with its row."""
        table = self.balances if self.is_plain else self.sheet.table
        loose = table is not self.balances and table.order() is not None  # the next one comes in the usual order
        row, totals = -1 if loose else self._row_in_hand(), self.sheet.totals.isChecked()
        return _Choices(self.asking.choices(), totals, tuple(self._way), row)

    def take_choices(self, kept: _Choices) -> None:
        """The same ledger."""
        self.asking.use(self.seat.entry, self.seat.month, self._start())
        self.asking.choose(kept.asked)
        self.sheet.totals.setChecked(kept.totals)
        self._way, self._row = list(kept.way), kept.row
        self._show_kind()

    def visit(self, code: str) -> None:
        """An account for another page, which Escape goes back to."""
        self.open_account(code, visitor=True)

    def show_asked(self, asked: LedgerRequest) -> None:
        """A ledger for another page, which Escape goes back to."""
        self.asking.use(self.seat.entry, self.seat.month, self._start())
        self._way.clear()
        self._go(asked, visitor=True)

    def open_account(self, code: str, party: str | None = None, visitor: bool = False) -> None:
        """Show an account's 明细账; a visitor goes back to the page that asked."""
        self.asking.use(self.seat.entry, self.seat.month, self._start())
        if visitor:
            self._way.clear()
        self._go(replace(self.asking.request(), kind=DETAIL, account=code, party=party), visitor)

    def back(self) -> None:
        """To the same row of the ledger before, or to the page that asked, or to the trial balance."""
        if self._way:
            step = self._way.pop()
            self._row = step.row
            self.asking.put(step.asked, step.span)
        elif self._visitor:
            self._visitor = False
            self._show_way()
            self.returned.emit()
            return
        elif self.asking.kind != BALANCE:
            asked = self.asking.request()
            self.asking.put(replace(asked, kind=BALANCE), self.asking.span.currentIndex())
        self._show_kind()
        self.refresh()

    def _go(self, asked: LedgerRequest, visitor: bool = False) -> None:
        """One step on: what shows is remembered with its row."""
        now = _Step(self.asking.request(), self.asking.span.currentIndex(), self._row_in_hand())
        self._row = -1
        if not visitor:
            self._way.append(now)
        self._visitor = self._visitor or visitor
        same = (asked.first, asked.last) == (now.asked.first, now.asked.last)
        self.asking.put(asked, now.span if same else CHOSEN)
        self._show_kind()
        self.refresh()

    def _row_in_hand(self) -> int:
        table = self.balances if self.is_plain else self.sheet.table
        return table.view.currentIndex().row()

    def _ask(self) -> None:
        """Another ledger by hand: the way back ends here."""
        self._way.clear()
        self._show_kind()
        self.refresh()

    def _show_kind(self) -> None:
        self.stack.setCurrentIndex(0 if self.is_plain else 1)
        view = self.balances if self.is_plain else self.sheet
        self.setFocusProxy(self.balances.view if self.is_plain else self.sheet.table.view)
        self.strip.say("")
        if self.isVisible() and not self.asking.isAncestorOf(self.focusWidget() or self):
            view.setFocus()
        self._show_way()

    def _show_way(self) -> None:
        self.come_back.setVisible(bool(self._way) or self._visitor)
        if self.is_plain:
            self.heading.setText(self.title)

    def _take(self, found: TrialBalance) -> None:
        self._report = found
        self.heading.setText(self.title)
        self.balances.put(found.rows)
        self._settle(self.balances)

    def _take_sheet(self, found: Sheet) -> None:
        self.strip.say("")
        self.sheet.put(found)
        self.heading.setText(found.title)
        self.setFocusProxy(self.sheet.table.view)
        self._settle(self.sheet.table)

    def _settle(self, table: Table) -> None:
        """Back to the row that was left, else the first."""
        row, self._row = self._row, -1
        if 0 <= row < table.model.rowCount():
            table.view.selectRow(row)
        elif table.model.rowCount() and table.current() is None:
            table.view.selectRow(0)

    def _refuse(self, problems: Sequence[Problem]) -> None:
        if self.is_plain:
            self.strip.show_problems(problems)
            self.balances.put(())
        else:
            # a book without such a ledger is no fault
            self.strip.hint("\n".join(str(one) for one in problems))
            self.sheet.clear()
            self.heading.setText(kind_names()[self.asking.kind])

    def _open_balance(self, row: TrialBalanceRow) -> None:
        self.open_account(row.account)

    def _open_row(self, row: SheetRow) -> None:
        if row.uid:
            self.voucher_wanted.emit(row.uid)
            return
        asked = self.asking.request()
        if asked.kind in (BALANCE, AGEING) and row.account:
            first = self._start() if asked.kind == AGEING else asked.first
            party = row.party if row.is_line else None
            self._go(replace(asked, kind=DETAIL, account=row.account, party=party, first=first))
        elif asked.kind == PARTIES:
            self._go(replace(asked, kind=DETAIL, party=row.party))
        elif asked.kind == GENERAL:
            asked = replace(asked, kind=DETAIL)
            day = row.cells[0]
            if row.role == MONTH_TOTAL and not isinstance(day, (int, str)) and day:
                asked = replace(asked, first=month_of(day), last=month_of(day))
            self._go(asked)

    def _open_current(self) -> None:
        table = self.balances if self.is_plain else self.sheet.table
        if table.current() is not None:
            table.opened.emit(table.current())

    def _export(self) -> None:
        record = self._report if self.is_plain else self.sheet.sheet
        if record is not None:
            self.exported.emit(record)

    def _print(self) -> None:
        self.printed.emit(self.asking.request())

    def _open_year(self) -> None:
        self.year.open(self._start(), self.seat.month)

    def _start(self) -> Month:
        return self.seat.entry.reports_from or self.seat.desk.book.start


def _indented(row: TrialBalanceRow) -> str:
    return "　" * (level_of(row.account) - 1) + row.name


def _is_first_level(row: TrialBalanceRow) -> bool:
    return level_of(row.account) == 1
