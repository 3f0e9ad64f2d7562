"""Figures that people would rather look at than read: months, money, special funds, ages of claims. All in fen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.ledger import Ageing, bound_names
from villagebooks.core.words import _

MOST_BANKS = 3
"""Bank accounts shown by their names; further ones are one."""


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What came in and went out in a month by the books, closing transfers left out."""

    month: int
    income_fen: int
    expense_fen: int


@dataclass(frozen=True, slots=True)
class MoneyPart:
    """Cash on hand, a bank account or several: its account (empty for several books), its name, and what stood there at
    the end of each month that is shown."""

    account: str
    name: str
    ends_fen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MoneyYear:
    """Money at the ends of months, cash on hand first; `months` are their numbers."""

    months: tuple[int, ...]
    parts: tuple[MoneyPart, ...]

    def total_fen(self, place: int) -> int:
        """All money at the end of the month at a place."""
        return sum(part.ends_fen[place] for part in self.parts)


@dataclass(frozen=True, slots=True)
class FundMove:
    """What one account of special funds, or of works built with them, holds of one fund: carried into the year, then
    debited and credited in it; `works` for works."""

    book: str
    account: str
    party: str
    name: str
    works: bool
    opening_fen: int
    debit_fen: int
    credit_fen: int


@dataclass(frozen=True, slots=True)
class Fund:
    """A special fund: `granted_fen` carried into the year and received in it, `settled_fen` debited to it, `works_fen`
    spent on works that still stand under construction. `account` and `party` say where its ledger is."""

    book: str
    account: str
    party: str
    name: str
    granted_fen: int
    settled_fen: int
    works_fen: int

    @property
    def drawn_fen(self) -> int:
        """What is spent, whether settled or not."""
        return self.settled_fen + self.works_fen

    @property
    def left_fen(self) -> int:
        """What is not spent yet; negative when more was spent than granted."""
        return self.granted_fen - self.drawn_fen


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Claims of one age."""

    name: str
    claims_fen: int


def build_money(months: Sequence[int], ends: Mapping[tuple[bool, str], Sequence[int]], names: Mapping[str, str],
                cash_account: str) -> MoneyYear:  # fmt: skip
    """Cash on hand as one, bank accounts by what they hold at the end, those behind the third together.

    `ends` has the month ends of every leaf by (is it cash, code); one that never held anything is left out.
    """
    cash = [fens for (is_cash, _code), fens in ends.items() if is_cash]
    banks = [(code, fens) for (is_cash, code), fens in ends.items() if not is_cash and any(fens)]
    banks.sort(key=lambda one: (-one[1][-1], one[0]))
    parts = [MoneyPart(cash_account, _("库存现金"), _sums(cash, len(months)))]
    parts += [MoneyPart(code, names.get(code, code), tuple(fens)) for code, fens in banks[:MOST_BANKS]]
    rest = [fens for _code, fens in banks[MOST_BANKS:]]
    if rest:
        parts.append(MoneyPart("", _("其他银行账户"), _sums(rest, len(months))))
    return MoneyYear(tuple(months), tuple(parts))


def _sums(series: Iterable[Sequence[int]], count: int) -> tuple[int, ...]:
    totals = [0] * count
    for fens in series:
        for place, fen in enumerate(fens):
            totals[place] += fen
    return tuple(totals)


def build_funds(moves: Iterable[FundMove]) -> list[Fund]:
    """One fund a book and name, with the works of the same name; where most is left first."""
    funds: dict[tuple[str, str], list[FundMove]] = defaultdict(list)
    works: dict[tuple[str, str], int] = defaultdict(int)
    for one in moves:
        if one.works:
            works[one.book, one.name] += one.opening_fen + one.debit_fen - one.credit_fen
        else:
            funds[one.book, one.name].append(one)
    found = []
    for (book, name), ones in funds.items():
        granted = sum(one.credit_fen - one.opening_fen for one in ones)
        settled = sum(one.debit_fen for one in ones)
        first = min(ones, key=lambda one: one.account)
        if granted or settled:
            found.append(Fund(book, first.account, first.party, name, granted, settled, works[book, name]))
    return sorted(found, key=lambda one: (-one.left_fen, one.book, one.name))


def sum_funds(funds: Iterable[Fund], names: Mapping[str, str]) -> list[Fund]:
    """One fund a book, called by the book's name."""
    books: dict[str, list[Fund]] = defaultdict(list)
    for one in funds:
        books[one.book].append(one)
    found = [
        Fund(
            book, "", "", names.get(book, book), sum(one.granted_fen for one in ones),
            sum(one.settled_fen for one in ones), sum(one.works_fen for one in ones),
        )
        for book, ones in books.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.left_fen, one.book))


def build_ages(one: Ageing) -> list[AgeBand]:
    """Claims by age, debts left out."""
    sums = [0] * (len(one.bounds) + 1)
    for row in one.rows:
        if not row.is_debt:
            sums = [total + part for total, part in zip(sums, row.parts_fen, strict=True)]
    return [AgeBand(name, fen) for name, fen in zip(bound_names(one.bounds), sums, strict=True)]
