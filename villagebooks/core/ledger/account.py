"""The ledger of an account (明细账): posted lines with the balance after each, as records in fen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.account import Account
from villagebooks.core.period import Month
from villagebooks.core.words import _


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of an account's ledger with the balance on its side; `voucher` is its title (记-3), `uid` opens it."""

    day: date
    voucher: str
    uid: str
    summary: str
    debit_fen: int
    credit_fen: int
    side: str
    balance_fen: int
    party: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Ledger of an account over months: opening and closing are signed nets, debit positive; side is 借, 贷 or 平."""

    book: str
    account: str
    name: str
    first: Month
    last: Month
    opening_fen: int
    lines: tuple[LedgerLine, ...]
    closing_fen: int


@dataclass(frozen=True, slots=True)
class Movement:
    """A posted line as the register reads it, fen; `voucher` is the title, `uid` the voucher's."""

    day: date
    voucher: str
    uid: str
    summary: str
    debit_fen: int
    credit_fen: int
    party: str = ""
    account: str = ""
    quantity_milli: int = 0


def build_ledger(
    book: str, account: Account, months: tuple[Month, Month], opening_fen: int, movements: Sequence[Movement]
) -> Ledger:
    """Ledger of an account with the balance after each line; `opening_fen` is the net before the first month."""
    lines, net = [], opening_fen
    debit, credit, level = side_of(1), side_of(-1), side_of(0)
    for one in movements:
        net += one.debit_fen - one.credit_fen
        lines.append(
            LedgerLine(
                one.day,
                one.voucher,
                one.uid,
                one.summary,
                one.debit_fen,
                one.credit_fen,
                debit if net > 0 else credit if net < 0 else level,
                abs(net),
                one.party,
            )
        )
    first, last = months
    return Ledger(book, account.code, account.name, first, last, opening_fen, tuple(lines), net)


def side_of(net_fen: int) -> str:
    """借, 贷 or 平 of a signed net, debit positive."""
    return _("借") if net_fen > 0 else _("贷") if net_fen < 0 else _("平")
