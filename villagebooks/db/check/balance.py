"""Balances and the sums of accounts, counted again from the posted lines of a book in one pass over each table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, Integer, TextClause, bindparam, text

from villagebooks.db import account_balance
from villagebooks.db.balance import KIND
from villagebooks.db.tuples import fetch_tuples

Key = tuple[str, str, str, str, str]
"""account, party, project, contract, bank"""
Cells = dict[int, tuple[int, int]]
"""Debit and credit by year * 100 + month; month 0 holds the net as a debit."""

_LINES = text(
    """SELECT v.year * 100 + v.month, l.account, l.party, l.project, l.contract, l.bank,
      SUM(CASE v.month WHEN 0 THEN l.debit_fen - l.credit_fen ELSE l.debit_fen END),
      SUM(CASE v.month WHEN 0 THEN 0 ELSE l.credit_fen END)
    FROM voucher v JOIN voucher_line l ON l.voucher = v.id WHERE v.book = :book AND v.state = 'posted'
    GROUP BY v.year, v.month, l.account, l.party, l.project, l.contract, l.bank"""
)
_SPECIAL = text(
    """SELECT v.year * 100 + v.month, l.account, l.party, l.project, l.contract, l.bank,
      SUM(CASE WHEN {kind} = 'closing_transfer' THEN l.debit_fen ELSE 0 END),
      SUM(CASE WHEN {kind} = 'closing_transfer' THEN l.credit_fen ELSE 0 END),
      SUM(CASE WHEN {kind} = 'prior_year' THEN l.debit_fen ELSE 0 END),
      SUM(CASE WHEN {kind} = 'prior_year' THEN l.credit_fen ELSE 0 END)
    FROM voucher v JOIN voucher_line l ON l.voucher = v.id
    WHERE v.book = :book AND v.state = 'posted' AND v.kind IN ('closing_transfer', 'prior_year', 'reversal')
    GROUP BY v.year, v.month, l.account, l.party, l.project, l.contract, l.bank""".replace("{kind}", KIND)
)
_YEARS = bindparam("years", type_=Integer, expanding=True)
_BALANCES = text(
    """SELECT year * 100 + month, account, party, project, contract, bank, debit_fen, credit_fen
    FROM balance WHERE book = :book AND year IN :years"""
).bindparams(_YEARS)
_KEPT_SPECIAL = text(
    """SELECT year * 100 + month, account, party, project, contract, bank, closing_debit_fen, closing_credit_fen,
      prior_debit_fen, prior_credit_fen
    FROM balance WHERE book = :book AND year IN :years AND (closing_debit_fen <> 0 OR closing_credit_fen <> 0
      OR prior_debit_fen <> 0 OR prior_credit_fen <> 0)"""
).bindparams(_YEARS)
_SUMS = text(
    """SELECT year * 100 + month, account, debit_fen, credit_fen, closing_debit_fen, closing_credit_fen,
      prior_debit_fen, prior_credit_fen, before_debit_fen, before_credit_fen, side_fen
    FROM account_balance WHERE book = :book"""
)


def recount(connection: Connection, book: int) -> Iterator[tuple[str, str, int]]:
    """(table, row, by how many fen it differs) where `balance` or `account_balance` is not the sum of posted lines."""
    years = account_balance.years(connection, book)
    cells = _count_lines(connection, book)
    special = _special(connection, _SPECIAL, {"book": book})
    for one in cells.values():
        _carry(one, years)
    sums = _sum_accounts(cells, special, years)
    kept = {"book": book, "years": years}
    yield from _compare_balances(connection, kept, cells)
    yield from _compare_special(_special(connection, _KEPT_SPECIAL, kept), special)
    yield from _compare_sums(connection, book, sums)


def _count_lines(connection: Connection, book: int) -> dict[Key, Cells]:
    found: dict[Key, Cells] = defaultdict(dict)
    for place, account, party, project, contract, bank, debit, credit in fetch_tuples(
        connection, _LINES, {"book": book}
    ):
        found[account, party, project, contract, bank][place] = (int(debit), int(credit))
    return found


def _special(
    connection: Connection, query: TextClause, values: Mapping[str, object]
) -> dict[tuple[int, Key], tuple[int, ...]]:
    return {
        (place, (account, party, project, contract, bank)): tuple(map(int, fen))
        for place, account, party, project, contract, bank, *fen in fetch_tuples(connection, query, values)
        if any(fen)
    }


def _carry(cells: Cells, years: Sequence[int]) -> None:
    """Put in what stands at the start of every year but the first, which no line says."""
    moved: dict[int, int] = defaultdict(int)
    for place, (debit, credit) in cells.items():
        moved[place // 100] += debit - credit
    net, before = 0, sorted(moved.items(), reverse=True)
    for year in years[1:]:
        while before and before[-1][0] < year:
            net += before.pop()[1]
        if net:
            cells[year * 100] = (cells.get(year * 100, (0, 0))[0] + net, 0)


def _sum_accounts(
    cells: Mapping[Key, Cells], special: Mapping[tuple[int, Key], Sequence[int]], years: Sequence[int]
) -> dict[tuple[int, str], list[int]]:
    """The figures of `account_balance` by year * 100 + month and account, in the order of its columns."""
    sums: dict[tuple[int, str], list[int]] = {}
    nets: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    turnovers: dict[str, dict[int, list[int]]] = defaultdict(dict)
    for key, of_key in cells.items():
        account = key[0]
        net = nets[account, key[1]]
        turnover = turnovers[account]
        for place, (debit, credit) in of_key.items():
            total = sums.get((place, account))
            if total is None:
                total = sums[place, account] = [0] * 9
            total[0] += debit
            total[1] += credit
            net[place] = net.get(place, 0) + debit - credit
            if place % 100:
                both = turnover.setdefault(place // 100, [0, 0])
                both[0] += debit
                both[1] += credit
    for (place, key), fen in special.items():
        total = sums.setdefault((place, key[0]), [0] * 9)
        for column, one in enumerate(fen, 2):
            total[column] += one
    _add_sides(sums, nets)
    _add_before(sums, turnovers, years)
    return sums


def _add_sides(sums: dict[tuple[int, str], list[int]], nets: Mapping[tuple[str, str], Mapping[int, int]]) -> None:
    for (account, _party), moved in nets.items():
        held = 0
        for place in sorted(moved):
            before, held = (0, moved[place]) if place % 100 == 0 else (held, held + moved[place])
            sums[place, account][8] += max(held, 0) - max(before, 0)


def _add_before(
    sums: dict[tuple[int, str], list[int]], turnovers: Mapping[str, Mapping[int, Sequence[int]]], years: Sequence[int]
) -> None:
    for account, by_year in turnovers.items():
        for year in years:
            for column in (0, 1):
                fen = sum(both[column] for before, both in by_year.items() if before < year)
                if fen:
                    sums.setdefault((year * 100, account), [0] * 9)[6 + column] += fen


def _compare_balances(
    connection: Connection, kept: Mapping[str, object], cells: Mapping[Key, Cells]
) -> Iterator[tuple[str, str, int]]:
    nothing: Cells = {}
    for place, account, party, project, contract, bank, debit, credit in fetch_tuples(connection, _BALANCES, kept):
        key = account, party, project, contract, bank
        cell = cells.get(key, nothing).pop(place, None) or (0, 0)
        if debit != cell[0] or credit != cell[1]:
            yield "balance", _name(place, *key), _first((debit, credit), cell)
    for key, left in cells.items():
        for place, cell in left.items():
            if cell[0] or cell[1]:
                yield "balance", _name(place, *key), _first((0, 0), cell)


def _compare_special(
    kept: Mapping[tuple[int, Key], tuple[int, ...]], should: Mapping[tuple[int, Key], tuple[int, ...]]
) -> Iterator[tuple[str, str, int]]:
    """What closing transfers and corrections of earlier years moved."""
    for place, key in {**kept, **should}:
        found, wanted = kept.get((place, key), (0,) * 4), should.get((place, key), (0,) * 4)
        if found != wanted:
            yield "balance", _name(place, *key), _first(found, wanted)


def _compare_sums(
    connection: Connection, book: int, sums: dict[tuple[int, str], list[int]]
) -> Iterator[tuple[str, str, int]]:
    nothing = [0] * 9
    for place, account, *fen in fetch_tuples(connection, _SUMS, {"book": book}):
        should = sums.pop((place, account), nothing)
        if fen != should:
            yield "account_balance", _name(place, account), _first(fen, should)
    for (place, account), should in sums.items():
        if any(should):
            yield "account_balance", _name(place, account), _first(nothing, should)


def _name(place: int, *parts: str) -> str:
    return "/".join([str(place // 100), *(part for part in parts if part), str(place % 100)])


def _first(found: Sequence[int], should: Sequence[int]) -> int:
    return next((left - right for left, right in zip(found, should, strict=True) if left != right), 0)
