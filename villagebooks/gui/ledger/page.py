"""账簿: the trial balance of the book, from it the ledger of an account, from there the voucher; Escape comes back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from villagebooks.core.account import level_of
from villagebooks.core.ledger import Ledger, LedgerLine, TrialBalance, TrialBalanceRow, side_of
from villagebooks.core.money import yuan_text
from villagebooks.core.period import Month
from villagebooks.core.words import _
from villagebooks.gui.choice import ChoiceEdit
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Page, button, label
from villagebooks.gui.table import DAY, MONEY, Column, Table
from villagebooks.gui.theme import px
from villagebooks.gui.voucher.row import party_choices
from villagebooks.services.ledger import ledger, trial_balance

MONTH_ONLY, YEAR_TO_DATE, FROM_START = range(3)


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


def ledger_columns() -> tuple[Column, ...]:
    """Columns of an account's ledger."""
    return (
        Column(_("日期"), lambda line: line.day, DAY, 11),
        Column(_("凭证"), lambda line: (line.day, line.voucher), width=8, text=lambda line: line.voucher),
        Column(_("摘要"), lambda line: line.summary),
        Column(_("往来"), lambda line: line.party, width=18, spare=True),
        Column(_("借方"), lambda line: line.debit_fen, MONEY, 15, total=True),
        Column(_("贷方"), lambda line: line.credit_fen, MONEY, 15, total=True),
        Column(_("方向"), lambda line: line.side, width=5),
        Column(_("余额"), lambda line: line.balance_fen, MONEY, 15),
    )


class LedgerPage(Page):
    """`voucher_wanted` carries the uid of a voucher to open; `printed` (kind, details) for its paper."""

    voucher_wanted = Signal(str)
    printed = Signal(object)
    exported = Signal(object)
    returned = Signal()

    def __init__(self, seat: Seat) -> None:
        self.title = _("账簿")
        super().__init__(seat)
        self.balances = Table(balance_columns(), _("科目余额表"), _("这段时间没有已记账的凭证。"))
        self.balances.model.is_strong = _is_first_level
        self.balances.model.counts = _is_first_level
        self.lines = Table(ledger_columns(), _("明细账"), _("这个科目在这段时间没有发生额。"))
        self.span, self.level = QComboBox(), QComboBox()
        self.span.addItems([_("本月"), _("本年累计"), _("从建账起")])
        self.span.setAccessibleName(_("期间"))
        self.level.addItems([_("全部级次"), _("只看一级"), _("到二级")])
        self.level.setAccessibleName(_("科目级次"))
        for box in (self.span, self.level):
            box.currentIndexChanged.connect(self._reload)
        self.balances.head.insertWidget(1, self.level)
        self._report: TrialBalance | None = None
        self._ledger: Ledger | None = None
        self.add_act(_("导出"), self._export, "download")
        self.add_act(_("打印"), self._print, "printer")
        self.head.insertWidget(self.head.count() - 2, self.span)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.balances)
        self.stack.addWidget(self._build_account())
        self.body.addWidget(self.stack, 1)
        self.setFocusProxy(self.balances.view)
        self.account, self.party = "", ""
        self._visitor = False
        self.balances.opened.connect(self._open_row)
        self.lines.opened.connect(self._open_line)

    def load(self) -> None:
        """Read what shows: the trial balance, or the account in hand."""
        if self.account:
            self._read_account()
        first, last = self._months()
        code = self.seat.desk.book.code
        level = self.level.currentIndex() or None
        act = partial(trial_balance, self.seat.office, code, first, last, level)
        self.seat.worker.read(act, self._take, self.strip.show_problems, key=(id(self), "balance"))

    def moved(self) -> None:
        """Another book or month: an account that the book has stays in hand."""
        if self.account not in self.seat.entry.accounts:
            self.back()

    def open_account(self, code: str, party: str = "", visitor: bool = False) -> None:
        """Show an account's ledger; a visitor goes back to the page that asked."""
        self.account, self.party, self._visitor = code, party, visitor
        self.who.set_choices(party_choices(self.seat.entry))
        self.who.put(party)
        self.heading.setText(f"{code} {self.seat.entry.paths.get(code, '')}")
        self.stack.setCurrentIndex(1)
        self._read_account()
        self.lines.view.setFocus()

    def back(self) -> None:
        """From the account to the same row of the trial balance, or to the page that asked."""
        code, self.account, self.party = self.account, "", ""
        self.heading.setText(self.title)
        self.stack.setCurrentIndex(0)
        if code:
            self.balances.go_to(lambda row: row.account == code)
            if self.isVisible():
                self.balances.view.setFocus()
        if self._visitor:
            self._visitor = False
            self.returned.emit()

    def _build_account(self) -> QWidget:
        whole = QWidget()
        self.figures, self.who = label("", "heading"), ChoiceEdit()
        self.who.setPlaceholderText(_("只看一个往来"))
        self.who.setAccessibleName(_("往来"))
        self.who.setFixedWidth(200)
        self.who.picked.connect(self._pick_party)
        line = QHBoxLayout()
        line.setSpacing(px("gap_px"))
        line.addWidget(button(_("返回余额表（Esc）"), self.back, "arrow-left"))
        line.addWidget(self.figures)
        line.addStretch(1)
        self.lines.head.insertWidget(1, self.who)
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        box.addLayout(line)
        box.addWidget(self.lines, 1)
        for key, slot in (("Esc", self.back), ("Ctrl+Return", self._open_current)):
            shortcut = QShortcut(QKeySequence(key), whole)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        return whole

    def _months(self) -> tuple[Month, Month]:
        month, start = self.seat.month, self.seat.entry.reports_from or self.seat.desk.book.start
        match self.span.currentIndex():
            case 0:
                return month, month
            case 1:
                return max(Month(month.year, 1), start), month
        return start, month

    def _reload(self, *_choice: object) -> None:
        self.refresh()

    def _read_account(self) -> None:
        first, last = self._months()
        act = partial(ledger, self.seat.desk, self.account, first, last, self.party or None)
        self.seat.worker.read(act, self._take_ledger, self.strip.show_problems, key=(id(self), "ledger"))

    def _take(self, found: TrialBalance) -> None:
        self._report = found
        self.balances.put(found.rows)
        if found.rows and self.balances.current() is None:
            self.balances.view.selectRow(0)

    def _take_ledger(self, found: Ledger) -> None:
        self._ledger = found
        debit = sum(line.debit_fen for line in found.lines)
        credit = sum(line.credit_fen for line in found.lines)
        self.figures.setText(
            _("期初 {opening}　本期借方 {debit}　本期贷方 {credit}　期末 {closing}").format(
                opening=net_text(found.opening_fen), debit=yuan_text(debit, group=","),
                credit=yuan_text(credit, group=","), closing=net_text(found.closing_fen),
            )
        )  # fmt: skip
        self.lines.put(found.lines)
        if found.lines and self.lines.current() is None:
            self.lines.view.selectRow(0)

    def _pick_party(self, key: str) -> None:
        if key != self.party:
            self.party = key
            self._read_account()

    def _open_row(self, row: TrialBalanceRow) -> None:
        self.open_account(row.account)

    def _open_line(self, line: LedgerLine) -> None:
        self.voucher_wanted.emit(line.uid)

    def _open_current(self) -> None:
        line = self.lines.current()
        if line is not None:
            self._open_line(line)

    def _export(self) -> None:
        record = self._ledger if self.account else self._report
        if record is not None:
            self.exported.emit(record)

    def _print(self) -> None:
        first, last = self._months()
        self.printed.emit((self.account, first, last, self.party))


def net_text(net_fen: int) -> str:
    """借 1,234.50, a signed net as people read it."""
    return f"{side_of(net_fen)} {yuan_text(abs(net_fen), group=',')}"


def _indented(row: TrialBalanceRow) -> str:
    return "　" * (level_of(row.account) - 1) + row.name


def _is_first_level(row: TrialBalanceRow) -> bool:
    return level_of(row.account) == 1
