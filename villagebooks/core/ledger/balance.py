"""Balances and the trial balance (科目余额表) built of them, as records in fen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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


def build_trial_balance(
    book: str, names: Mapping[str, str], details: Iterable[Detail], level: int | None = None
) -> tuple[TrialBalanceRow, ...]:
    """Rows of one book in the order of codes, down to `level`: every account with a figure that is not zero.

    `names` are those of its accounts by code. An account shows its net on one side, except 113 and the accounts below
    it: these show both sides, summed from their lowest details, because claims and debts between the village and its
    people are never netted (RULES §1).
    """
    sums: dict[str, list[int]] = {}
    for one in details:
        figures = (one.opening_fen, one.debit_fen, one.credit_fen, one.opening_sides[0], one.closing_sides[0])
        for end in range(3, len(one.account) + 1, 2):
            _add(sums, one.account[:end], figures)
    found = []
    for code in sorted(sums):
        columns = _columns(code, *sums[code])
        if any(columns) and (level is None or level_of(code) <= level):
            found.append(TrialBalanceRow(book, code, names.get(code, ""), *columns))
    return tuple(found)


_Columns = tuple[int, int, int, int, int, int]


def _add(sums: dict[str, list[int]], key: str, figures: tuple[int, ...]) -> None:
    total = sums.get(key)
    if total is None:
        sums[key] = list(figures)
    else:
        for place, fen in enumerate(figures):
            total[place] += fen


def _columns(code: str, opening: int, debit: int, credit: int, opening_side: int, closing_side: int) -> _Columns:
    """The columns of an account from its sums; a side is what the lowest details in debit hold."""
    closing = opening + debit - credit
    if not code.startswith(CURRENT):
        opening_side, closing_side = max(opening, 0), max(closing, 0)
    return opening_side, opening_side - opening, debit, credit, closing_side, closing_side - closing


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
        _add(sums, row.account, _figures(row))
    return tuple(TrialBalanceRow(ALL_BOOKS, code, names[code], *sums[code]) for code in sorted(sums))
