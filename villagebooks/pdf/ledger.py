"""Trial balance (科目余额表) and the ledger of an account (明细账) on A4 across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from villagebooks.core.account import level_of
from villagebooks.core.ledger import Ledger, LedgerLine, TrialBalance, TrialBalanceRow, side_of
from villagebooks.core.period import Month, Span, month_of
from villagebooks.core.words import _
from villagebooks.pdf.ink import A4_WIDE
from villagebooks.pdf.table import TableColumn, TableLook, TablePage, TableRow, draw_table, figure

ALL_BOOKS = "*"


def draw_trial_balance(balance: TrialBalance, out: Path, centre: str = "") -> int:
    """Draw the trial balance, each book on pages of its own; the number of pages."""
    return draw_table(trial_balance_cells(balance, centre), _trial_look(), out, centre)


def draw_ledger(ledger: Ledger, out: Path, book_name: str = "", centre: str = "") -> int:
    """Draw the ledger with month totals, 过次页 and 承前页; the number of pages."""
    return draw_table(ledger_cells(ledger, book_name), _ledger_look(), out, centre)


def trial_balance_cells(balance: TrialBalance, centre: str = "") -> tuple[TablePage, ...]:
    """The pages in words; every book ends with the sum of its level-1 accounts."""
    title, span = _("科目余额表"), _span_text(Span(balance.first, balance.last))
    room = _trial_look().rows
    pages = []
    for code, group in groupby(balance.rows, key=lambda row: row.book):
        mine = list(group)
        name = balance.name if code == balance.book else _("全部账套合计") if code == ALL_BOOKS else code
        above = (_("核算单位：{name}").format(name=name), span, _("单位：元"))
        rows = [_trial_row(row) for row in mine]
        rows.append(_trial_total(mine))
        pages += [
            TablePage(title, above, tuple(rows[start : start + room]), foot=centre)
            for start in range(0, len(rows), room)
        ]
    if not pages:
        pages = [TablePage(title, (balance.name, span, _("单位：元")), (_trial_total([]),), foot=centre)]
    return tuple(pages)


def ledger_cells(ledger: Ledger, book_name: str = "") -> tuple[TablePage, ...]:
    """The pages in words: opening, lines, 本月合计 and 本年累计, carried from page to page."""
    year_start = ledger.first.month == 1
    label = _("上年结转") if year_start else _("期初余额")
    rows = [_Row(_words(ledger.first.first_day.isoformat(), "", label), 0, 0, ledger.opening_fen, bold=True)]
    rows += _months(ledger, year_start)
    if ledger.last.month == 12:
        last = ledger.last.last_day.isoformat()
        rows.append(_Row(_words(last, "", _("结转下年")), 0, 0, ledger.closing_fen, bold=True))
    title = _("{code} {name}　明细账").format(code=ledger.account, name=ledger.name)
    above = (
        _("核算单位：{name}").format(name=book_name or ledger.book),
        _span_text(Span(ledger.first, ledger.last)),
        _("单位：元"),
    )
    return tuple(TablePage(title, above, page) for page in _carry(rows, _ledger_look().rows))


@dataclass(frozen=True, slots=True)
class _Row:
    """A ledger row before it is put on a page: words, the movement it adds to the carried sums, balance after it."""

    words: tuple[str, str, str, str]
    debit_fen: int
    credit_fen: int
    net_fen: int
    bold: bool = False
    shown: tuple[int, int] | None = None
    """Figures of a total row, which adds nothing."""


def _months(ledger: Ledger, year_start: bool) -> list[_Row]:
    rows: list[_Row] = []
    net, debit, credit = ledger.opening_fen, 0, 0
    for month, group in groupby(ledger.lines, key=lambda line: month_of(line.day)):
        if month.month == 1:
            debit = credit = 0
        lines = list(group)
        for line in lines:
            net += line.debit_fen - line.credit_fen
            rows.append(_line(line, net))
        sums = sum(line.debit_fen for line in lines), sum(line.credit_fen for line in lines)
        debit, credit = debit + sums[0], credit + sums[1]
        whole = year_start or month.year > ledger.first.year
        rows.append(_total(month, _("本月合计"), sums, net))
        rows.append(_total(month, _("本年累计") if whole else _("本期累计"), (debit, credit), net))
    return rows


def _line(line: LedgerLine, net: int) -> _Row:
    words = _words(line.day.isoformat(), line.voucher, line.summary, line.party)
    return _Row(words, line.debit_fen, line.credit_fen, net)


def _total(month: Month, label: str, sums: tuple[int, int], net: int) -> _Row:
    return _Row(_words(month.last_day.isoformat(), "", label), 0, 0, net, bold=True, shown=sums)


def _words(day: str, voucher: str, summary: str, party: str = "") -> tuple[str, str, str, str]:
    return day, voucher, summary, party


def _carry(rows: Sequence[_Row], room: int) -> list[tuple[TableRow, ...]]:
    """Rows on pages of `room` rows: a page that goes on ends with 过次页, the next begins with 承前页."""
    pages: list[tuple[TableRow, ...]] = []
    start, debit, credit = 0, 0, 0
    while True:
        space = room - (1 if pages else 0)
        last = len(rows) - start <= space
        chunk = rows[start:] if last else rows[start : start + space - 1]
        page = [_carried(_("承前页"), debit, credit, rows[start - 1].net_fen)] if pages else []
        page += [_table_row(row) for row in chunk]
        debit += sum(row.debit_fen for row in chunk)
        credit += sum(row.credit_fen for row in chunk)
        if last:
            return [*pages, tuple(page)]
        page.append(_carried(_("过次页"), debit, credit, chunk[-1].net_fen))
        pages.append(tuple(page))
        start += len(chunk)


def _carried(label: str, debit: int, credit: int, net: int) -> TableRow:
    return _table_row(_Row(("", "", label, ""), 0, 0, net, bold=True, shown=(debit, credit)))


def _table_row(row: _Row) -> TableRow:
    debit, credit = row.shown or (row.debit_fen, row.credit_fen)
    zero = "0.00" if row.shown else ""
    balance = figure(abs(row.net_fen), zero="0.00")
    return TableRow((*row.words, figure(debit, zero), figure(credit, zero), side_of(row.net_fen), balance), row.bold)


def _trial_row(row: TrialBalanceRow) -> TableRow:
    level = level_of(row.account)
    name = "　" * (level - 1) + row.name
    return TableRow((row.account, name, *map(figure, _figures(row))), bold=level == 1)


def _trial_total(rows: Sequence[TrialBalanceRow]) -> TableRow:
    top = [_figures(row) for row in rows if level_of(row.account) == 1]
    sums = [sum(column) for column in zip(*top, strict=True)] if top else [0] * 6
    return TableRow(("", _("合　计"), *(figure(fen, zero="0.00") for fen in sums)), bold=True)


def _figures(row: TrialBalanceRow) -> tuple[int, ...]:
    return (
        row.opening_debit_fen, row.opening_credit_fen, row.debit_fen, row.credit_fen, row.closing_debit_fen,
        row.closing_credit_fen,
    )  # fmt: skip


def _span_text(span: Span) -> str:
    first = _("{year}年{month}月").format(year=span.first.year, month=span.first.month)
    if span.first == span.last:
        return first
    return first + " — " + _("{year}年{month}月").format(year=span.last.year, month=span.last.month)


def _trial_look() -> TableLook:
    groups = (_("期初余额"), _("本期发生额"), _("期末余额"))
    money = [TableColumn(side, 13, 1.0, over) for over in groups for side in (_("借方"), _("贷方"))]
    return TableLook(A4_WIDE, (TableColumn(_("科目编码"), 9), TableColumn(_("科目名称"), 23), *money))


def _ledger_look() -> TableLook:
    return TableLook(
        A4_WIDE,
        (
            TableColumn(_("日期"), 9, 0.5), TableColumn(_("凭证号"), 6.5, 0.5), TableColumn(_("摘要"), 32),
            TableColumn(_("往来"), 15), TableColumn(_("借方"), 13, 1.0), TableColumn(_("贷方"), 13, 1.0),
            TableColumn(_("方向"), 4, 0.5), TableColumn(_("余额"), 13.5, 1.0),
        ),
    )  # fmt: skip
