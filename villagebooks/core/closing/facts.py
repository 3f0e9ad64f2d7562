"""What the checklist of a month looks at: facts only, read from the books by a service, judged by the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from villagebooks.core.account import Account
from villagebooks.core.closing.place import Places
from villagebooks.core.ledger import Detail
from villagebooks.core.money import said_yuan
from villagebooks.core.period import Month
from villagebooks.core.receipt import LeftBehind, Receipt, ReceiptCount
from villagebooks.core.words import _


@dataclass(frozen=True, slots=True)
class NumberedVoucher:
    """A voucher of the month as the checklist sees it; `difference_fen` is debit minus credit of its lines."""

    uid: str
    word: str
    number: int
    state: str
    difference_fen: int

    @property
    def title(self) -> str:
        """记-3."""
        return f"{self.word}-{self.number}"


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """An accepted paper that no posted voucher holds yet."""

    uid: str
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Fund:
    """An earmarked fund by its name: carried from last year (credit, fen), and what was used of it this year."""

    name: str
    carried_fen: int
    used_fen: int


@dataclass(frozen=True, slots=True)
class BankFact:
    """A bank account at the month's end: until when statements speak, whether the sheet is confirmed, and what is
    open for longer than the month, as (words, fen)."""

    account: str
    covered: date | None
    confirmed: bool
    old: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CashFact:
    """A cash account: the day of the month's last count and what it still lacks by the books of now (fen)."""

    account: str
    counted_on: date | None
    left_fen: int = 0


@dataclass(frozen=True, slots=True)
class DueFact:
    """A draft of schedules that is due and not made: their names, and the month it was due in."""

    names: tuple[str, ...]
    month: Month


@dataclass(frozen=True, slots=True)
class TakenFact:
    """What the bank took by itself for a payee in a month: the last paper, how many papers, their sum (fen)."""

    uid: str
    number: int
    month: Month
    payee: str
    count: int
    amount_fen: int

    @property
    def sentence(self) -> str:
        """What is told of it."""
        text = _("{month} 不经审批由银行扣给{payee} {n} 次，共 {yuan} 元")
        payee = self.payee or _("没写明的收款人")
        return text.format(month=self.month, payee=payee, n=self.count, yuan=said_yuan(self.amount_fen))


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """What the checklist of a month looks at.

    `behind`: earlier open months with vouchers made here. `money`: net (fen) of each cash and bank leaf before the
    month, `days` their movement by day. `year`: January to this month, `alone`: this month, one detail a leaf, claims
    by party. `receipts` counts numbers to the month's end; `open_receipts` are used ones whose paper is not booked.
    `due` are drafts of schedules, `reds` red vouchers to the month's end that nothing follows, with their months.
    """

    month: Month
    accounts: Mapping[str, Account]
    places: Places
    vouchers: tuple[NumberedVoucher, ...]
    behind: tuple[Month, ...]
    money: Mapping[str, int]
    days: tuple[tuple[str, date, int], ...]
    year: tuple[Detail, ...]
    alone: tuple[Detail, ...]
    receipts: tuple[ReceiptCount, ...]
    open_receipts: tuple[Receipt, ...]
    papers: tuple[OpenPaper, ...]
    funds: tuple[Fund, ...]
    banks: tuple[BankFact, ...] = ()
    cash: tuple[CashFact, ...] = ()
    due: tuple[DueFact, ...] = ()
    reds: tuple[tuple[str, str], ...] = ()
    """(uid, how it is named)"""
    bare: tuple[tuple[str, str, str], ...] = ()
    """(uid, how it is named, sentence) of vouchers that paid beyond their papers, above the township's line, at once or
    together"""
    taken: tuple[TakenFact, ...] = ()
    gaps: tuple[tuple[str, str, str], ...] = ()
    """(uid, how it is named, sentence) of vouchers that move another amount than their papers say"""
    cash_limit_fen: int = 0
    """The most cash that a village may keep, as the township set it; 0 says nothing."""
    left_receipts: tuple[LeftBehind, ...] = ()
    """Blank ends of receipt books that are done with."""
    nets: Mapping[str, int] = field(init=False, repr=False, compare=False)
    """Closing net (fen) of each leaf of `year`."""

    def __post_init__(self) -> None:
        nets: dict[str, int] = {}
        for one in self.year:
            nets[one.account] = nets.get(one.account, 0) + one.closing_fen
        object.__setattr__(self, "nets", nets)
