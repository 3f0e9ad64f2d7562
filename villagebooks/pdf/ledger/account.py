"""The ledger of an account (明细账) on A4 across: month totals, 过次页 and 承前页."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from villagebooks.core.ledger import Ledger, LedgerLine, side_of
from villagebooks.core.period import Month, Span, month_of
from villagebooks.core.words import _
from villagebooks.pdf.ink import A4_WIDE
from villagebooks.pdf.ledger.balance import span_text
from villagebooks.pdf.table import TableColumn, TableLook, TablePage, TableRow, draw_table, figure


def draw_ledger(ledger: Ledger, out: Path, book_name: str = "", centre: str = "") -> int:
    """Draw the ledger with month totals, 过次页 and 承前页; the number of pages."""
    return draw_table(ledger_cells(ledger, book_name), _ledger_look(), out, centre)


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
        span_text(Span(ledger.first, ledger.last)),
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


def _ledger_look() -> TableLook:
    return TableLook(
        A4_WIDE,
        (
            TableColumn(_("日期"), 9, 0.5), TableColumn(_("凭证号"), 6.5, 0.5), TableColumn(_("摘要"), 32),
            TableColumn(_("往来"), 15), TableColumn(_("借方"), 13, 1.0), TableColumn(_("贷方"), 13, 1.0),
            TableColumn(_("方向"), 4, 0.5), TableColumn(_("余额"), 13.5, 1.0),
        ),
    )  # fmt: skip
