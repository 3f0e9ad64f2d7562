"""What the bank's tab shows: read off the screen's thread."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.gui.cashier.row import PairRow, offer_of
from villagebooks.services.bank import BankAccount, BankMonth, bank_accounts, possible_matches, read_bank
from villagebooks.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Found:
    """What the panel shows: the accounts, and of the one in hand its month and what may belong together."""

    accounts: tuple[BankAccount, ...]
    bank: BankMonth | None
    offers: tuple[PairRow, ...]


def read_found(desk: Desk, code: str) -> Found:
    """The accounts, and the one of a code; the first where there is none of it."""
    accounts = tuple(bank_accounts(desk))
    codes = [one.code for one in accounts]
    code = code if code in codes else next(iter(codes), "")
    if not code:
        return Found((), None, ())
    bank = read_bank(desk, code)
    offers = [one for one in possible_matches(desk, code) if all(i.day <= desk.period.last_day for i in one.items)]
    return Found(accounts, bank, tuple(map(offer_of, offers if bank.sheet else ())))
