"""Amounts of a statement's lines from layout files: formulas over balances (DESIGN §8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.account import Account
from villagebooks.core.formula import LINE, Place, Term, read_formula
from villagebooks.core.ledger import Detail
from villagebooks.core.statement.record import NONZERO, Figures, LayoutLine, StatementRow


@dataclass(slots=True)
class _Sums:
    """Sums of an account and all below it: closing net and its two sides, movement without closing, 1 January."""

    net: int = 0
    debit_side: int = 0
    credit_side: int = 0
    movement: int = 0
    start: int = 0


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

    def value(line_no: str) -> int:
        if line_no not in values:
            values[line_no] = sum(
                term.sign * (value(term.line_no) if term.function == LINE else _value(term, sums, figures, accounts))
                for term in terms[line_no]
            )
        return values[line_no]

    return {line_no: value(line_no) for line_no in terms}


def _sum_up(figures: Figures) -> dict[str, _Sums]:
    sums: dict[str, _Sums] = {}
    for detail in figures.details:
        net = detail.closing_fen
        debit_side, credit_side = detail.closing_sides
        movement = detail.debit_fen - detail.credit_fen - detail.closing_debit_fen + detail.closing_credit_fen
        for end in range(3, len(detail.account) + 1, 2):
            one = sums.setdefault(detail.account[:end], _Sums())
            one.net += net
            one.movement += movement
            one.debit_side += debit_side
            one.credit_side += credit_side
    for detail in figures.year:
        start = detail.opening_fen + detail.prior_debit_fen - detail.prior_credit_fen
        for end in range(3, len(detail.account) + 1, 2):
            sums.setdefault(detail.account[:end], _Sums()).start += start
    return sums


def _value(term: Term, sums: Mapping[str, _Sums], figures: Figures, accounts: Mapping[str, Account]) -> int:
    if term.against is not None:
        net = (figures.cross or {}).get((term.place, term.against), 0)
        return net if term.function == "PD" else -net
    codes = find_codes(term.place, accounts.values()) if term.place.names else (term.place.code,)
    found = [sums[code] for code in codes if code in sums]
    match term.function:
        case "D":
            return sum(one.net for one in found)
        case "C":
            return -sum(one.net for one in found)
        case "DS":
            return sum(one.debit_side for one in found)
        case "CS":
            return sum(one.credit_side for one in found)
        case "PD":
            return sum(one.movement for one in found)
        case "PC":
            return -sum(one.movement for one in found)
        case _:
            return -sum(one.start for one in found)


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
