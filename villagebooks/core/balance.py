"""Balances of a whole book from its vouchers at once, as an import needs them: by month and detail, and by account.

The database sums the same figures by itself (`db/balance.py`, `db/account_balance.py`); the self-check compares.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, compress, repeat
from operator import add

from villagebooks.core.history import VoucherColumns
from villagebooks.core.voucher import CLOSING, POSTED, PRIOR_YEAR, REVERSAL

Detail = tuple[int, str, str, str, str, str]
"""Year × 100 + month (0: opening), account, party, project, contract, bank."""
_APART = (CLOSING, PRIOR_YEAR)


BalanceRow = tuple[int, str, str, str, str, str, int, int, int, int, int, int, int]
"""Year, account, party, project, contract, bank, month; then debit and credit in fen, of these what closing transfers
and what corrections of earlier years moved. Of month 0, the opening, debit is the net."""
AccountRow = tuple[int, str, int, int, int, int, int, int, int, int, int, int]
"""Year, account, month; figures as in a balance row; then in month 0 the turnover of all earlier years, and what the
details in debit hold together (in months 1 to 12 by how much that changed)."""


class BookSums:
    """Sums of the posted vouchers of one book, added batch by batch."""

    def __init__(self) -> None:
        self._moved: dict[Detail, list[int]] = {}  # debit and credit
        # of these what closing transfers moved and what corrections of earlier years did: four figures, where any
        self._beside: dict[Detail, list[int]] = {}
        # kinds of the vouchers, by uid, whose sums stand apart: a reversal takes back what its voucher was
        self._apart: dict[str, str] = {}
        # uid of the voucher that is reversed, and the lines of the reversal
        self._taking_back: list[tuple[str, list[tuple[Detail, int, int]]]] = []

    def add(self, columns: VoucherColumns) -> None:
        """Add vouchers of the book; void ones count nothing."""
        details = _details(columns)
        amounts: Iterable[tuple[Detail, int, int]] = zip(details, columns.debits, columns.credits, strict=True)
        if any(state != POSTED for state in columns.states):
            posted = chain.from_iterable(map(repeat, (one == POSTED for one in columns.states), columns.counts))
            amounts = compress(amounts, posted)
        moved = self._moved
        for detail, debit, credit in amounts:
            sums = moved.get(detail)
            if sums is None:
                moved[detail] = [debit, credit]
            else:
                sums[0] += debit
                sums[1] += credit
        if not {*_APART, REVERSAL}.isdisjoint(columns.kinds):
            self._set_apart(columns, details)

    def _set_apart(self, columns: VoucherColumns, details: list[Detail]) -> None:
        start = 0
        for uid, kind, state, reverses, count in zip(
            columns.uids, columns.kinds, columns.states, columns.links, columns.counts, strict=True
        ):
            end = start + count
            lines = zip(details[start:end], columns.debits[start:end], columns.credits[start:end], strict=True)
            start = end
            if state == POSTED and kind in _APART:
                self._apart[uid] = kind
                self._count_apart(kind, lines)
            elif state == POSTED and kind == REVERSAL and reverses:
                self._taking_back.append((reverses, list(lines)))

    def _count_apart(self, kind: str, lines: Iterable[tuple[Detail, int, int]]) -> None:
        place = 2 * _APART.index(kind)
        for detail, debit, credit in lines:
            figures = self._beside.setdefault(detail, [0, 0, 0, 0])
            figures[place] += debit
            figures[place + 1] += credit

    def settle(self) -> None:
        """Every voucher was added: reversals of what stands apart are taken from it."""
        for reverses, lines in self._taking_back:
            kind = self._apart.get(reverses)
            if kind:
                self._count_apart(kind, lines)
        self._taking_back = []

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year that moved; (0, 0) when nothing did."""
        years = {detail[0] // 100 for detail in self._moved}
        return min(years, default=0), max(years, default=0)

    def balance_rows(self) -> Iterator[BalanceRow]:
        """What every detail moved in every month, and the opening of the first year; later ones follow from these."""
        beside = self._beside
        for detail, (debit, credit) in self._moved.items():
            when, account, party, project, contract, bank = detail
            year, month = divmod(when, 100)
            if month == 0:
                debit, credit = debit - credit, 0
            rest = beside.get(detail, _NOTHING)
            yield (year, account, party, project, contract, bank, month, debit, credit, *rest)

    def account_rows(self) -> Iterator[AccountRow]:
        """Sums by account of every month that moved, and the opening of every year after the first."""
        months: dict[int, list[Detail]] = defaultdict(list)
        for detail in self._moved:
            months[detail[0]].append(detail)
        standing = _Standing(self._moved, self._beside)
        year = min(months, default=0) // 100
        for when in sorted(months):
            for later in range(year + 1, when // 100 + 1):
                yield from standing.open_year(later)
            year = when // 100
            yield from standing.pass_month(when, months[when])


_NOTHING = (0, 0, 0, 0)


@dataclass(slots=True)
class _Standing:
    """How a book stands while its months pass: nets of details (account and party), turnover of accounts."""

    moved: Mapping[Detail, list[int]]
    beside: Mapping[Detail, list[int]]
    nets: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    turnover: dict[str, list[int]] = field(default_factory=dict)

    def open_year(self, year: int) -> Iterator[AccountRow]:
        net: dict[str, int] = defaultdict(int)
        side: dict[str, int] = defaultdict(int)
        for (account, _party), fen in self.nets.items():
            net[account] += fen
            if fen > 0:
                side[account] += fen
        for account, (debit, credit) in self.turnover.items():
            yield (year, account, 0, net[account], 0, *_NOTHING, debit, credit, side[account])

    def pass_month(self, when: int, details: list[Detail]) -> Iterator[AccountRow]:
        year, month = divmod(when, 100)
        sums: dict[str, list[int]] = {}
        nets, moved = self.nets, self.moved
        for detail in details:
            debit, credit = moved[detail]
            account = detail[1]
            key = (account, detail[2])
            before = nets[key]
            nets[key] = after = before + debit - credit
            side = (after if after > 0 else 0) - (before if before > 0 else 0)
            row = sums.get(account)
            if row is None:
                sums[account] = [debit, credit, side]
            else:
                row[0] += debit
                row[1] += credit
                row[2] += side
        beside = self._beside_of(details)
        for account, (debit, credit, side) in sums.items():
            turnover = self.turnover.setdefault(account, [0, 0])
            if month == 0:
                debit, credit = debit - credit, 0
            else:
                turnover[0] += debit
                turnover[1] += credit
            yield (year, account, month, debit, credit, *beside.get(account, _NOTHING), 0, 0, side)

    def _beside_of(self, details: list[Detail]) -> dict[str, tuple[int, int, int, int]]:
        """By account, what closing transfers and corrections moved."""
        found: dict[str, tuple[int, int, int, int]] = {}
        for detail in details if self.beside else ():
            figures = self.beside.get(detail)
            if figures:
                one, two, three, four = map(add, found.get(detail[1], _NOTHING), figures)
                found[detail[1]] = (one, two, three, four)
        return found


def _details(columns: VoucherColumns) -> list[Detail]:
    months = [year * 100 + month for year, month in zip(columns.years, columns.months, strict=True)]
    of_lines = chain.from_iterable(map(repeat, months, columns.counts))
    return list(
        zip(
            of_lines, columns.accounts, columns.parties, columns.projects, columns.contracts, columns.banks,
            strict=True,
        )
    )  # fmt: skip
