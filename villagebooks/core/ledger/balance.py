"""Balances and the trial balance (科目余额表) built of them, as records in fen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from villagebooks.core.account import CURRENT, level_of
from villagebooks.core.period import Month

ALL_BOOKS = "*"
"""The book in the rows that sum all books."""


@dataclass(frozen=True, slots=True)
class Detail:
    """Balance-table figures of one lowest detail (leaf × party) summed over the months asked for, in fen.

    `opening_fen` is the signed net (debit positive) before the first month; debit and credit are the movements. The
    `closing_*` part is what closing_transfer vouchers moved, `prior_*` what prior_year vouchers moved; both are
    included in `debit_fen` and `credit_fen`.
    """

    account: str
    party: str
    opening_fen: int
    debit_fen: int
    credit_fen: int
    closing_debit_fen: int = 0
    closing_credit_fen: int = 0
    prior_debit_fen: int = 0
    prior_credit_fen: int = 0
    opening_side_fen: int | None = None
    closing_side_fen: int | None = None
    """Of a leaf summed over its parties: what those in debit hold together. None: it is one lowest detail itself."""

    @property
    def closing_fen(self) -> int:
        """Signed net after the last month, debit positive."""
        return self.opening_fen + self.debit_fen - self.credit_fen

    @property
    def opening_sides(self) -> tuple[int, int]:
        """What lowest details in debit hold before the first month, and what those in credit hold."""
        return _split(self.opening_fen, self.opening_side_fen)

    @property
    def closing_sides(self) -> tuple[int, int]:
        """What lowest details in debit hold after the last month, and what those in credit hold."""
        return _split(self.closing_fen, self.closing_side_fen)


def _split(net_fen: int, debit_fen: int | None) -> tuple[int, int]:
    debit = max(net_fen, 0) if debit_fen is None else debit_fen
    return debit, debit - net_fen


@dataclass(frozen=True, slots=True)
class Turnover:
    """What a leaf moved in one month, fen."""

    account: str
    month: Month
    debit_fen: int
    credit_fen: int


@dataclass(frozen=True, slots=True)
class TrialBalanceRow:
    """One account of a trial balance, fen; opening and closing on their side, movements as booked (red is negative)."""

    book: str
    account: str
    name: str
    opening_debit_fen: int
    opening_credit_fen: int
    debit_fen: int
    credit_fen: int
    closing_debit_fen: int
    closing_credit_fen: int


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """Trial balance of a book, or of all (book `*` in the rows), posted vouchers only."""

    book: str
    name: str
    first: Month
    last: Month
    rows: tuple[TrialBalanceRow, ...]


@dataclass(slots=True)
class _Sums:
    """Sums of an account and all below it over its lowest details, fen."""

    opening: int = 0
    closing: int = 0
    debit: int = 0
    credit: int = 0
    sides: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    """Opening debit details, opening credit details, closing debit details, closing credit details."""

    def add(self, detail: Detail) -> None:
        closing = detail.closing_fen
        self.opening += detail.opening_fen
        self.closing += closing
        self.debit += detail.debit_fen
        self.credit += detail.credit_fen
        for place, fen in enumerate((*detail.opening_sides, *detail.closing_sides)):
            self.sides[place] += fen


def build_trial_balance(
    book: str, names: Mapping[str, str], details: Iterable[Detail], level: int | None = None
) -> tuple[TrialBalanceRow, ...]:
    """Rows of one book in the order of codes, down to `level`: every account with a figure that is not zero.

    `names` are those of its accounts by code. An account shows its net on one side, except 113 and the accounts below
    it: these show both sides, summed from their lowest details, because claims and debts between the village and its
    people are never netted (RULES §1).
    """
    sums: dict[str, _Sums] = {}
    for detail in details:
        code = detail.account
        for end in range(3, len(code) + 1, 2):
            above = code[:end]
            if above not in sums:
                sums[above] = _Sums()
            sums[above].add(detail)
    codes = sorted(code for code in sums if level is None or level_of(code) <= level)
    rows = [_row(book, code, names.get(code, ""), sums[code]) for code in codes]
    return tuple(row for row in rows if any(_figures(row)))


def _row(book: str, code: str, name: str, one: _Sums) -> TrialBalanceRow:
    if code.startswith(CURRENT):
        opening_debit, opening_credit, closing_debit, closing_credit = one.sides
    else:
        opening_debit, opening_credit = _two_sides(one.opening)
        closing_debit, closing_credit = _two_sides(one.closing)
    return TrialBalanceRow(
        book, code, name, opening_debit, opening_credit, one.debit, one.credit, closing_debit, closing_credit
    )


def _two_sides(net_fen: int) -> tuple[int, int]:
    return (net_fen, 0) if net_fen >= 0 else (0, -net_fen)


def _figures(row: TrialBalanceRow) -> tuple[int, ...]:
    return (
        row.opening_debit_fen,
        row.opening_credit_fen,
        row.debit_fen,
        row.credit_fen,
        row.closing_debit_fen,
        row.closing_credit_fen,
    )


def sum_trial_balances(rows: Iterable[TrialBalanceRow]) -> tuple[TrialBalanceRow, ...]:
    """Rows of book `*`: each column summed over the books; one village's claim never pays another's debt."""
    names: dict[str, str] = {}
    sums: dict[str, list[int]] = {}
    for row in rows:
        names.setdefault(row.account, row.name)
        figures = _figures(row)
        total = sums.get(row.account)
        sums[row.account] = [a + b for a, b in zip(total, figures, strict=True)] if total else list(figures)
    return tuple(TrialBalanceRow(ALL_BOOKS, code, names[code], *sums[code]) for code in sorted(sums))
