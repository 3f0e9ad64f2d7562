"""Take-over in mid-year (建账): opening balances with the turnovers to date of hand-kept books, and what they become.

A take-over is kept as vouchers, so that posted lines explain every balance: the opening voucher of the year, and one
voucher 接手前累计发生额 a kind on the last day before the book's first month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from villagebooks.core.account import BANK, CASH, Account
from villagebooks.core.money import said_yuan
from villagebooks.core.period import Month
from villagebooks.core.voucher import CLOSING, NORMAL, OPENING, PRIOR_YEAR, Line
from villagebooks.core.words import _

TURNOVER_KINDS = (NORMAL, PRIOR_YEAR, CLOSING)
"""Kinds that turnovers to date may be of: statements need corrections and closing transfers apart."""
SHORTAGE = "181"
"""待处理财产损溢: where a shortage waits until it is cleared up."""
PROFIT, FUND = "322", "311"
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """One detail of hand-kept books, fen: net at 1 January (debit positive), turnovers of each side to date."""

    account: str
    opening_fen: int
    debit_fen: int
    credit_fen: int
    kind: str = NORMAL
    party: str = ""
    project: str = ""
    contract: str = ""
    bank: str = ""
    quantities: tuple[int, int, int] = (0, 0, 0)
    """Thousandths of the unit: at 1 January, of the debits and of the credits to date."""

    @property
    def closing_fen(self) -> int:
        """Net when the books were handed over, debit positive."""
        return self.opening_fen + self.debit_fen - self.credit_fen


@dataclass(frozen=True, slots=True)
class Shortage:
    """What was missing at hand-over (fen; negative when there was too much): its own two lines, never in equity.

    `account` is what was short, `other` where the amount goes: 113 of `party` who handed over, or 181.
    """

    account: str
    other: str
    amount_fen: int
    words: str
    party: str = ""

    def lines(self) -> tuple[Line, Line]:
        """Debit where it goes, credit what was short; the other way round for a surplus."""
        short, much = max(self.amount_fen, 0), max(-self.amount_fen, 0)
        return Line(self.words, self.other, short, much, self.party), Line(self.words, self.account, much, short)


@dataclass(frozen=True, slots=True)
class TakeOver:
    """The details of one book up to and including `month`; the book begins with the month after."""

    book: str
    month: Month
    rows: tuple[OpeningRow, ...]
    shortages: tuple[Shortage, ...] = ()

    @property
    def start(self) -> Month:
        """The book's first month of its own."""
        return self.month.next()

    @property
    def is_plain(self) -> bool:
        """Whether there are only balances: the book begins in January and nothing of the year before is known."""
        return self.month.month == DECEMBER and not any(row.debit_fen or row.credit_fen for row in self.rows)

    def vouchers(self) -> Iterator[tuple[str, date, tuple[Line, ...]]]:
        """Kind, day and lines of the vouchers that a take-over becomes; those without a line are left out.

        A book that begins in January without turnovers has its opening on the day before; shortages stand behind it.
        """
        missing = tuple(line for one in self.shortages for line in one.lines())
        lines = tuple(self._openings()) + (missing if self.is_plain else ())
        if lines:
            day = self.month.last_day if self.is_plain else date(self.month.year, 1, 1) - timedelta(days=1)
            yield OPENING, day, lines
        for kind in TURNOVER_KINDS:
            lines = tuple(self._turnovers(kind)) + (missing if kind == NORMAL and not self.is_plain else ())
            if lines:
                yield kind, self.month.last_day, lines

    def _openings(self) -> Iterator[Line]:
        for row in self.rows:
            if row.opening_fen:
                yield _line(_("上年结转"), row, max(row.opening_fen, 0), max(-row.opening_fen, 0), row.quantities[0])

    def _turnovers(self, kind: str) -> Iterator[Line]:
        words = _("接手前累计发生额")
        for row in self.rows:
            if row.kind == kind and row.debit_fen:
                yield _line(words, row, row.debit_fen, 0, row.quantities[1])
            if row.kind == kind and row.credit_fen:
                yield _line(words, row, 0, row.credit_fen, row.quantities[2])


def _line(summary: str, row: OpeningRow, debit_fen: int, credit_fen: int, milli: int) -> Line:
    return Line(summary, row.account, debit_fen, credit_fen, row.party, row.project, row.contract, row.bank, milli)


def check_take_over(take: TakeOver) -> list[str]:
    """Why the books cannot be taken over as they are, one sentence each.

    Openings sum to zero and turnovers are equal on both sides. A shortage found at hand-over is a row of its own, on
    113 with who handed over or on 181; nothing here makes up the difference out of equity.
    """
    faults = []
    opening = sum(row.opening_fen for row in take.rows)
    if opening:
        faults.append(_("账套 {book} 的年初余额不平，{side}").format(book=take.book, side=_excess(opening)))
    for kind in TURNOVER_KINDS:
        rows = [row for row in take.rows if row.kind == kind]
        difference = sum(row.debit_fen - row.credit_fen for row in rows)
        if difference:
            text = _("账套 {book} 的累计发生额不平，{side}")
            faults.append(text.format(book=take.book, side=_excess(difference)))
    if faults:
        text = _("移交时短少的钱物要单独列一行：记 113 内部往来（移交人）或 181 待处理财产损溢，不能挤进权益")
        faults.append(text)
    return faults


def _excess(fen: int) -> str:
    side = _("借方多 {yuan} 元") if fen > 0 else _("贷方多 {yuan} 元")
    return side.format(yuan=said_yuan(abs(fen)))


def odd_at_take_over(take: TakeOver, accounts: Mapping[str, Account]) -> list[str]:
    """What whoever takes over should look at, one sentence each: shortages, money below zero, profit moved."""
    told = []
    sums: dict[str, int] = {}
    for row in take.rows:
        sums[row.account] = sums.get(row.account, 0) + row.closing_fen
    for line in (line for one in take.shortages for line in one.lines()):
        sums[line.account] = sums.get(line.account, 0) + line.net_fen
    for code, fen in sums.items():
        name = accounts[code].name if code in accounts else ""
        if fen and code.startswith(SHORTAGE):
            text = _("账套 {book} 接手时 {code} {name} 有 {yuan} 元没有查清")
        elif fen < 0 and code.startswith((CASH, BANK)):
            text = _("账套 {book} 接手时 {code} {name} 是负数：{yuan} 元")
        else:
            continue
        told.append(text.format(book=take.book, code=code, name=name, yuan=said_yuan(fen)))
    moved = sum(row.debit_fen - row.credit_fen for row in take.rows if _is_normal(row, PROFIT))
    fund = any(row.debit_fen or row.credit_fen for row in take.rows if _is_normal(row, FUND))
    if moved and fund:
        text = _("账套 {book} 接手前 311 和 322 都有发生额：收益分配表把 322 未分配收益的发生额全部列作“其他转入”")
        told.append(text.format(book=take.book))
    elif moved:
        text = _("账套 {book} 接手前 322 有发生额：更正以前年度的写 kind prior，结转的写 kind closing，报表才对得上")
        told.append(text.format(book=take.book))
    return told


def _is_normal(row: OpeningRow, code: str) -> bool:
    return row.kind == NORMAL and row.account.startswith(code)
