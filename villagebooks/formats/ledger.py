"""Trial balance and ledger as tables of text in the columns of DESIGN §6."""

from __future__ import annotations

from villagebooks.core.ledger import Ledger, TrialBalance, side_of
from villagebooks.core.money import yuan_text
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
