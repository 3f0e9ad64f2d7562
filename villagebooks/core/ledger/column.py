"""多栏账: an account's lines spread over columns of the accounts below it, analysed on one side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from villagebooks.core.account import Account
from villagebooks.core.ledger.account import Movement, side_of
from villagebooks.core.ledger.balance import Turnover
from villagebooks.core.ledger.book import line_columns, money_columns
from villagebooks.core.ledger.request import COLUMNS
from villagebooks.core.ledger.running import Entry, Figures, Form, Sums, run_rows
from villagebooks.core.ledger.sheet import MONEY, Cell, Sheet, SheetColumn
from villagebooks.core.period import Span
from villagebooks.core.words import _

CREDIT = "C"


def columns_sheet(
    book: str, accounts: Mapping[str, Account], code: str, span: Span, opening_fen: int, movements: Sequence[Movement],
    before: Iterable[Turnover] | None = None, level: int | None = None, side: str = "",
) -> Sheet:  # fmt: skip
    """The lines of an account in columns of what is below it: leaves, or accounts of a `level`; empty columns left out.

    A column holds debit less credit of its account (credit less debit when credits are analysed), so that its red
    figures take back and the columns of a row sum to the row. `before` is what the leaves moved in the year before.
    """
    is_credit = (side or accounts[code].side) == CREDIT
    parts = part_codes(accounts, code, level)
    sums = [_sums(one.account, one.debit_fen, one.credit_fen, parts) for one in movements]
    earlier = [_sums(one.account, one.debit_fen, one.credit_fen, parts) for one in before or ()]
    codes = _used(list(dict.fromkeys(parts.values())), [*sums, *earlier])
    place = {one: number for number, one in enumerate(codes, 2)}

    def vector(one: tuple[str, int, int]) -> Sums:
        cells = [one[1], one[2]] + [0] * len(codes)
        cells[place[one[0]]] = one[2] - one[1] if is_credit else one[1] - one[2]
        return tuple(cells)

    entries = [
        Entry(one.day, (one.voucher, one.summary), vector(part), one.uid)
        for one, part in zip(movements, sums, strict=True)
    ]
    size = 2 + len(codes)
    year = None if before is None else tuple(map(sum, zip((0,) * size, *map(vector, earlier), strict=True)))
    over = _("贷方分析") if is_credit else _("借方分析")
    columns = tuple(SheetColumn(one, _head(accounts[one], code), MONEY, 9.5, over, spread=True) for one in codes)
    account = accounts[code]
    title = _("{code} {name}　多栏账").format(code=code, name=account.name)
    rows = run_rows(Form(2, 1, size, _figures(opening_fen, len(codes))), entries, span, year)
    return Sheet(
        COLUMNS, book, title, span.first, span.last, (*line_columns(24), *money_columns(share=9.5), *columns), rows
    )


def part_codes(accounts: Mapping[str, Account], code: str, level: int | None = None) -> dict[str, str]:
    """The column of every account with lines at or below one: itself, or the account above it at `level`."""
    leaves = [one.code for one in accounts.values() if one.holds_lines and one.code.startswith(code)]
    if level is None:
        return {leaf: leaf for leaf in leaves}
    # a column stands below the account at least, and is never below a leaf
    end = max(2 * level + 1, len(code) + 2)
    return {leaf: leaf[:end] for leaf in leaves}


def _head(account: Account, code: str) -> str:
    return _("{name}（未分）").format(name=account.name) if account.code == code else account.name


def _sums(account: str, debit_fen: int, credit_fen: int, parts: Mapping[str, str]) -> tuple[str, int, int]:
    return parts[account], debit_fen, credit_fen


def _used(codes: Sequence[str], sums: Iterable[tuple[str, int, int]]) -> list[str]:
    """The columns that something moved, all of them when nothing did."""
    moved = {one[0] for one in sums}
    return [code for code in codes if code in moved] or list(codes)


def _figures(opening_fen: int, count: int) -> Figures:
    blank = (None,) * (count + 2)

    def figures(sums: Sums | None, total: Sums) -> tuple[Cell, ...]:
        net = opening_fen + total[0] - total[1]
        moved: Sequence[int | None] = sums if sums is not None else blank
        return moved[0], moved[1], side_of(net), abs(net), *moved[2:]

    return figures
