"""报表: the balance sheet and the income statement of a month, quarter or year; a line opens the accounts behind it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QComboBox, QMenu, QTabBar

from villagebooks.core.formula import LINE, read_formula
from villagebooks.core.period import Month, Span
from villagebooks.core.statement import BALANCE_SHEET, INCOME, LayoutLine, Statement, StatementRow, find_codes
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Page, label
from villagebooks.gui.table import MONEY, Column, Table
from villagebooks.services.desk import Desk
from villagebooks.services.statement import layout_at, statement

KINDS = (BALANCE_SHEET, INCOME)


def statement_columns(kind: str) -> tuple[Column, ...]:
    """Columns of a statement on screen."""
    titles = (_("期末余额"), _("年初余额")) if kind == BALANCE_SHEET else (_("本年累计"), _("本期金额"), _("上年同期"))
    figures = tuple(Column(title, partial(_amount, place), MONEY, 18) for place, title in enumerate(titles))
    return (
        Column(_("行次"), lambda row: int(row.line_no) if row.line_no.isdigit() else 0, width=6, text=_line_no),
        Column(_("项目"), lambda row: row.label),
        *figures,
    )


class StatementPage(Page):
    """`account_wanted` carries the code of an account to open; `printed` (kind, span) for its paper."""

    account_wanted = Signal(str)
    printed = Signal(object)
    exported = Signal(object)

    def __init__(self, seat: Seat) -> None:
        self.title = _("报表")
        super().__init__(seat)
        self.tabs = QTabBar()
        for title in (_("资产负债表"), _("收益及收益分配表")):
            self.tabs.addTab(title)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_("报表种类"))
        self.span = QComboBox()
        self.span.addItems([_("本月"), _("本季"), _("本年")])
        self.span.setAccessibleName(_("期间"))
        self.note = label("", "muted")
        self.tables = {kind: self._table(kind) for kind in KINDS}
        self.body.addWidget(self.tabs)
        for table in self.tables.values():
            self.body.addWidget(table, 1)
        self.body.addWidget(self.note)
        self._layout: dict[str, tuple[LayoutLine, ...]] = {}
        self.head.insertWidget(self.head.count(), self.span)
        self._reports: dict[str, Statement] = {}
        self.add_act(_("导出"), self._export, "download")
        self.add_act(_("打印"), self._print, "printer")
        self.tabs.currentChanged.connect(self._turn)
        self.span.currentIndexChanged.connect(self._turn)
        self._show_kind()

    @property
    def kind(self) -> str:
        """The statement that shows."""
        return KINDS[self.tabs.currentIndex()]

    def load(self) -> None:
        """Read the statement that shows."""
        act = partial(_read, self.seat.desk, self.kind, self._span())
        self.seat.worker.read(act, self._take, self._refuse, key=self)

    def _table(self, kind: str) -> Table:
        table = Table(statement_columns(kind), _("报表"), filtered=False)
        table.view.setSortingEnabled(False)
        table.foot.hide()
        table.model.is_strong = _is_head
        table.opened.connect(self._open)
        return table

    def _span(self) -> Span:
        month = self.seat.month
        match self.span.currentIndex():
            case 0:
                return Span(month, month)
            case 1:
                first = Month(month.year, month.quarter * 3 - 2)
                return Span(first, first.plus(2))
        return Span(Month(month.year, 1), Month(month.year, 12))

    def _turn(self, *_choice: object) -> None:
        self._show_kind()
        self.refresh()

    def _show_kind(self) -> None:
        for kind, table in self.tables.items():
            table.setVisible(kind == self.kind)
        self.setFocusProxy(self.tables[self.kind].view)

    def _take(self, found: tuple[Statement, tuple[LayoutLine, ...]]) -> None:
        report, lines = found
        self._layout[report.kind] = lines
        self._reports[report.kind] = report
        table = self.tables[report.kind]
        table.put(report.rows)
        if report.rows and table.current() is None:
            table.view.selectRow(0)
        self.note.setText(
            _("{book}　{span}　单位：元　按 {year} 年制度，只含已记账凭证；回车打开项目后面的科目").format(
                book=report.name, span=report.span, year=report.standard
            )
        )

    def _refuse(self, problems: object) -> None:
        self.strip.show_problems(problems)  # type: ignore[arg-type]  # the worker hands a tuple of problems
        self.tables[self.kind].put(())

    def _open(self, row: StatementRow) -> None:
        codes = self._codes(row.line_no, set())
        if len(codes) == 1:
            self.account_wanted.emit(codes[0])
        elif codes:
            menu = QMenu(self)
            for code in codes:
                menu.addAction(f"{code} {self.seat.entry.paths.get(code, '')}").setData(code)
            menu.triggered.connect(self._pick)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(QCursor.pos())

    def _codes(self, line_no: str, seen: set[str]) -> list[str]:
        """Accounts that a line is made of, through the lines that it adds up."""
        line = next((one for one in self._layout.get(self.kind, ()) if one.line_no == line_no and line_no), None)
        if line is None or line_no in seen:
            return []
        seen.add(line_no)
        codes: list[str] = []
        for term in read_formula(line.formula):
            if term.function == LINE:
                codes += self._codes(term.line_no, seen)
            else:
                codes += find_codes(term.place, self.seat.entry.accounts.values())
        return [code for code in dict.fromkeys(codes) if code in self.seat.entry.accounts]

    def _pick(self, action: object) -> None:
        self.account_wanted.emit(action.data())  # type: ignore[attr-defined]  # a QAction of the menu

    def _export(self) -> None:
        if self.kind in self._reports:
            self.exported.emit(self._reports[self.kind])

    def _print(self) -> None:
        self.printed.emit((self.kind, self._span()))


def _read(desk: Desk, kind: str, span: Span) -> tuple[Statement, tuple[LayoutLine, ...]]:
    return statement(desk, kind, span), layout_at(desk, kind, span).lines


def _amount(place: int, row: StatementRow) -> int | None:
    return row.amounts_fen[place] if place < len(row.amounts_fen) else None


def _line_no(row: StatementRow) -> str:
    return row.line_no


def _is_head(row: StatementRow) -> bool:
    return not row.line_no or "合计" in row.label or "总计" in row.label
