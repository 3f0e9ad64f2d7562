"""Trial balance and ledgers as tables of text: those of DESIGN §6 in its columns, every other kind as its sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from villagebooks.core.ledger import Ledger, Sheet, SheetColumn, TrialBalance, side_of
from villagebooks.core.ledger.sheet import MONEY, QUANTITY, Cell
from villagebooks.core.money import yuan_text
from villagebooks.core.quantity import quantity_text
from villagebooks.core.words import _
from villagebooks.formats.record import Table

TRIAL_BALANCE = (
    "book", "account", "name", "opening_debit", "opening_credit", "debit", "credit", "closing_debit", "closing_credit",
)  # fmt: skip
LEDGER = ("date", "voucher", "summary", "debit", "credit", "side", "balance")


def trial_balance_table(report: TrialBalance) -> Table:
    """One row an account and book; the township's rows carry the book `*`."""
    rows = tuple(
        (
            row.book,
            row.account,
            row.name,
            yuan_text(row.opening_debit_fen),
            yuan_text(row.opening_credit_fen),
            yuan_text(row.debit_fen),
            yuan_text(row.credit_fen),
            yuan_text(row.closing_debit_fen),
            yuan_text(row.closing_credit_fen),
        )
        for row in report.rows
    )
    return Table(TRIAL_BALANCE, rows)


def ledger_table(ledger: Ledger) -> Table:
    """The opening balance on the first day, then every line with the balance after it."""
    opening = (
        ledger.first.first_day.isoformat(),
        "",
        _("期初余额"),
        yuan_text(0),
        yuan_text(0),
        side_of(ledger.opening_fen),
        yuan_text(abs(ledger.opening_fen)),
    )
    lines = (
        (
            line.day.isoformat(),
            line.voucher,
            line.summary,
            yuan_text(line.debit_fen),
            yuan_text(line.credit_fen),
            line.side,
            yuan_text(line.balance_fen),
        )
        for line in ledger.lines
    )
    return Table(LEDGER, (opening, *lines))


def sheet_table(sheets: Sequence[Sheet], *, heads: bool = False) -> Table:
    """Ledgers of one kind below one another, each row with its book, account and role (`book`, `account`, `row`).

    `heads` for people in place of the columns' names, without the role. All have the columns of the first.
    """
    first = sheets[0]
    front = ("book", "account") if first.account else ("book",)
    if heads:
        front = (_("账套"), _("科目")) if first.account else (_("账套"),)
    columns = tuple(_head(one) if heads else one.name for one in first.columns)
    rows = tuple(
        (*((one.book, one.account) if one.account else (one.book,)), *(() if heads else (row.role,)),
         *(_text(column.kind, cell) for column, cell in zip(one.columns, row.cells, strict=True)))
        for one in sheets
        for row in one.rows
    )  # fmt: skip
    return Table((*front, *columns) if heads else (*front, "row", *columns), rows)


def _head(column: SheetColumn) -> str:
    return f"{column.over}{column.head}" if column.over and not column.spread else column.head


def _text(kind: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int):
        return quantity_text(cell) if kind == QUANTITY else yuan_text(cell) if kind == MONEY else str(cell)
    return cell
