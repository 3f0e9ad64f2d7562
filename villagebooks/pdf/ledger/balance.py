"""The trial balance (科目余额表) on A4 across."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from villagebooks.core.account import level_of
from villagebooks.core.ledger import ALL_BOOKS, TrialBalance, TrialBalanceRow
from villagebooks.core.period import Span
from villagebooks.core.words import _
from villagebooks.pdf.ink import A4_WIDE
from villagebooks.pdf.table import TableColumn, TableLook, TablePage, TableRow, draw_table, figure


def draw_trial_balance(balance: TrialBalance, out: Path, centre: str = "") -> int:
    """Draw the trial balance, each book on pages of its own; the number of pages."""
    return draw_table(trial_balance_cells(balance, centre), _trial_look(), out, centre)


def trial_balance_cells(balance: TrialBalance, centre: str = "") -> tuple[TablePage, ...]:
    """The pages in words; every book ends with the sum of its level-1 accounts."""
    title, span = _("科目余额表"), span_text(Span(balance.first, balance.last))
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


def span_text(span: Span) -> str:
    """2026年1月 — 2026年9月, or the one month."""
    first = _("{year}年{month}月").format(year=span.first.year, month=span.first.month)
    if span.first == span.last:
        return first
    return first + " — " + _("{year}年{month}月").format(year=span.last.year, month=span.last.month)


def _trial_look() -> TableLook:
    groups = (_("期初余额"), _("本期发生额"), _("期末余额"))
    money = [TableColumn(side, 13, 1.0, over) for over in groups for side in (_("借方"), _("贷方"))]
    return TableLook(A4_WIDE, (TableColumn(_("科目编码"), 9), TableColumn(_("科目名称"), 23), *money))
