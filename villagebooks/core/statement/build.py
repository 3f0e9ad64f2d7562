"""Amounts of a statement's lines from layout files: formulas over balances (DESIGN §8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from villagebooks.core.account import Account
from villagebooks.core.formula import LINE, Place, Term, read_formula
from villagebooks.core.ledger import Detail
from villagebooks.core.statement.record import NONZERO, Figures, LayoutLine, StatementRow

_FIGURES = {
    "D": (0, 1), "C": (0, -1), "DS": (1, 1), "CS": (2, 1), "PD": (3, 1), "PC": (3, -1), "OPEN_C": (4, -1),
}  # fmt: skip
"""Which of an account's sums a function takes, and its sign: closing net and its two sides, movement without closing,
1 January with the corrections of earlier years."""


def at_opening(details: Iterable[Detail]) -> tuple[Detail, ...]:
    """The details as they stood before the first month, for the opening column of a balance sheet."""
    return tuple(
        Detail(
            detail.account, detail.party, detail.opening_fen, 0, 0, opening_side_fen=detail.opening_side_fen,
            closing_side_fen=detail.opening_side_fen,
        )
        for detail in details
    )  # fmt: skip


def crossings(lines: Iterable[LayoutLine]) -> tuple[tuple[Place, Place], ...]:
    """Pairs x, y of every `PC(x<-y)` of a layout."""
    terms = (term for line in lines for term in read_formula(line.formula))
    return tuple(dict.fromkeys((term.place, term.against) for term in terms if term.against is not None))


@lru_cache(maxsize=64)
def codes_within(lines: tuple[LayoutLine, ...]) -> tuple[str, str]:
    """From which code on and before which the accounts lie that a layout's formulas speak of."""
    terms = [term for line in lines for term in read_formula(line.formula) if term.function != LINE]
    codes = [place.code for term in terms for place in (term.place, term.against) if place is not None]
    return (min(codes), max(f"{code}~" for code in codes)) if codes else ("", "")  # 513~ lies behind 51302~


def find_codes(place: Place, accounts: Iterable[Account]) -> tuple[str, ...]:
    """Codes that a place means: the code itself, or accounts below it found by their names; empty when none."""
    codes: tuple[str, ...] = (place.code,)
    for name in place.names:
        codes = tuple(account.code for account in accounts if account.parent in codes and account.name == name)
    return codes


def evaluate(lines: Iterable[LayoutLine], figures: Figures, accounts: Mapping[str, Account]) -> dict[str, int]:
    """Amount in fen of every numbered line. The layout has passed `check_layout`: no line leads back to itself."""
    sums = _sum_up(figures)
    terms = {line.line_no: read_formula(line.formula) for line in lines if line.line_no}
    values: dict[str, int] = {}
    return {line_no: _line_value(line_no, terms, values, (sums, figures, accounts)) for line_no in terms}


def _line_value(
    line_no: str, terms: Mapping[str, tuple[Term, ...]], values: dict[str, int],
    told: tuple[Mapping[str, list[int]], Figures, Mapping[str, Account]],
) -> int:  # fmt: skip
    # no function within `evaluate`: one that calls itself would hold every detail of a book until a collection
    if line_no not in values:
        total = 0
        for term in terms[line_no]:
            line = term.function == LINE
            total += term.sign * (_line_value(term.line_no, terms, values, told) if line else _value(term, *told))
        values[line_no] = total
    return values[line_no]


def _sum_up(figures: Figures) -> dict[str, list[int]]:
    """The sums of every account with all below it, in the order of `_FIGURES`."""
    sums: dict[str, list[int]] = {}
    for one in figures.details:
        moved = one.debit_fen - one.credit_fen - one.closing_debit_fen + one.closing_credit_fen
        _add(sums, one.account, (one.closing_fen, *one.closing_sides, moved, 0))
    for one in figures.year:
        start = one.opening_fen + one.prior_debit_fen - one.prior_credit_fen
        if start:
            _add(sums, one.account, (0, 0, 0, 0, start))
    return sums


def _add(sums: dict[str, list[int]], code: str, fen: tuple[int, int, int, int, int]) -> None:
    net, debit, credit, moved, start = fen  # one by one: a loop takes three times as long, some ten thousand times
    for end in range(3, len(code) + 1, 2):
        total = sums.get(code[:end])
        if total is None:
            sums[code[:end]] = list(fen)
        else:
            total[0] += net
            total[1] += debit
            total[2] += credit
            total[3] += moved
            total[4] += start


def _value(term: Term, sums: Mapping[str, list[int]], figures: Figures, accounts: Mapping[str, Account]) -> int:
    if term.against is not None:
        net = (figures.cross or {}).get((term.place, term.against), 0)
        return net if term.function == "PD" else -net
    place, sign = _FIGURES[term.function]
    codes = find_codes(term.place, accounts.values()) if term.place.names else (term.place.code,)
    return sign * sum(sums[code][place] for code in codes if code in sums)


def build_rows(
    lines: Sequence[LayoutLine], columns: Sequence[Figures], accounts: Mapping[str, Account]
) -> tuple[StatementRow, ...]:
    """Rows of a statement with one amount for each column; lines marked nonzero are left out when all are zero."""
    return shown_rows(lines, line_values(lines, columns, accounts))


def line_values(
    lines: Sequence[LayoutLine], columns: Sequence[Figures], accounts: Mapping[str, Account]
) -> dict[str, tuple[int, ...]]:
    """One amount for each column of every numbered line."""
    values = [evaluate(lines, figures, accounts) for figures in columns]
    return {line.line_no: tuple(column[line.line_no] for column in values) for line in lines if line.line_no}


def shown_rows(lines: Sequence[LayoutLine], values: Mapping[str, tuple[int, ...]]) -> tuple[StatementRow, ...]:
    """The lines with their amounts, heads without; lines marked nonzero are left out when all are zero."""
    return tuple(
        StatementRow(line.line_no, line.label, values.get(line.line_no, ()))
        for line in lines
        if line.show != NONZERO or any(values.get(line.line_no, ()))
    )
