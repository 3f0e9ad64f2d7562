"""Several books in one table: their sum, and each in a column of its own. Only books of one standard may meet here.

A row is known by (group, code, name): the same code under another name is another row, so that nothing is pooled
that only looks alike. What a book does not have counts 0. Claims and debts of 内部往来 are summed apart, never netted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.account import level_of
from villagebooks.core.book import Book
from villagebooks.core.period import Span
from villagebooks.core.problem import Problem
from villagebooks.core.statement.record import INDENT, StatementRow
from villagebooks.core.words import _

TRIAL_BALANCE = "trial-balance"
TRIAL_COLUMNS = ("opening_debit", "opening_credit", "debit", "credit", "closing_debit", "closing_credit")
Key = tuple[str, str, str]
"""Group, code or line number, name."""
Entries = Mapping[Key, tuple[int, ...]]
"""Amounts in fen of a book by row; every row has the same number of them."""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A statement of several books, a column a village: `figures` name what stands in each book's columns.

    A row's amounts are the figures of the first book, of the second and so on, and at the end those of all together.
    """

    kind: str
    title: str
    standard: str
    span: Span
    figures: tuple[str, ...]
    books: tuple[tuple[str, str], ...]
    rows: tuple[StatementRow, ...]
    version: int = 0
    remarks: tuple[str, ...] = ()


def add_up(books: Sequence[Entries], keys: Iterable[Key]) -> dict[Key, tuple[int, ...]]:
    """The sum of all books in every row of `keys`."""
    width = _width(books)
    return {
        key: tuple(sum(column) for column in zip(*(one.get(key, (0,) * width) for one in books), strict=True))
        for key in keys
    }


def put_beside(books: Sequence[Entries], keys: Iterable[Key]) -> dict[Key, tuple[int, ...]]:
    """The amounts of each book one after another in every row of `keys`, and their sum behind."""
    width, keys = _width(books), tuple(keys)
    total = add_up(books, keys)
    return {key: tuple(fen for one in books for fen in one.get(key, (0,) * width)) + total[key] for key in keys}


def pick_figures(entries: Entries, places: Sequence[int]) -> dict[Key, tuple[int, ...]]:
    """Only the amounts at these places of every row."""
    return {key: tuple(amounts[place] for place in places) for key, amounts in entries.items()}


def trial_rows(entries: Entries) -> tuple[StatementRow, ...]:
    """Accounts of every level in the order of codes, and the sum of the first level."""
    rows = [
        StatementRow(code, INDENT * (level_of(code) - 1) + name, entries[group, code, name])
        for group, code, name in sorted(entries)
    ]
    first = [row.amounts_fen for row in rows if level_of(row.line_no) == 1]
    total = tuple(sum(column) for column in zip(*first, strict=True))
    return (*rows, StatementRow("", _("合计"), total)) if rows else ()


def check_one_standard(books: Collection[Book], standard: str) -> list[Problem]:
    """Whether the books may stand in one table: there are some, and all keep the same accounting standard."""
    if not books:
        text = _("没有执行 {year} 年制度的账套") if standard else _("还没有账套")
        return [Problem(text.format(year=standard))]
    kept = sorted({one.standard for one in books})
    if len(kept) == 1:
        return []
    counts = _("，").join(
        _("{year} 年制度 {n} 个").format(year=year, n=sum(one.standard == year for one in books)) for year in kept
    )
    text = _("两种会计制度的科目、报表行次不同，账套不能合在一张表里（{counts}）：请选一种制度，各出一张")
    return [Problem(text.format(counts=counts), field="standard")]


def _width(books: Sequence[Entries]) -> int:
    return next((len(amounts) for one in books for amounts in one.values()), 0)
