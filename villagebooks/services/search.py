"""Looks for vouchers over months and books: the order first, then the rows that show, then their sum."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from villagebooks.core.search import FoundVoucher, Ordered, VoucherQuery, read_terms
from villagebooks.db import search as search_rows
from villagebooks.services.desk import Office


def order_vouchers(office: Office, query: VoucherQuery, after: tuple[object, ...] | None, limit: int) -> Ordered:
    """The next rows of the answer, at most `limit` (more where no index has the order)."""
    with office.books.read() as connection:
        return search_rows.ordered_rows(connection, query, read_terms(query.words, query.year), after, limit)


def read_found(office: Office, query: VoucherQuery, rows: Sequence[int]) -> list[FoundVoucher]:
    """Rows of the answer, in the order given; one that is no longer there is left out."""
    with office.books.read() as connection:
        return search_rows.found_rows(connection, rows, read_terms(query.words, query.year))


def total_found(office: Office, query: VoucherQuery) -> int:
    """Fen of the whole answer, void vouchers left out."""
    with office.books.read() as connection:
        return search_rows.total_of(connection, query, read_terms(query.words, query.year))


def total_of_rows(office: Office, rows: Sequence[int]) -> int:
    """Fen of some rows of the answer, void vouchers left out."""
    with office.books.read() as connection:
        return search_rows.total_among(connection, rows)


def all_found(office: Office, query: VoucherQuery, page: int = 2_000) -> list[FoundVoucher]:
    """The whole answer in its order."""
    rows, after = array("q"), None
    while True:
        part = order_vouchers(office, query, after, 20_000)
        rows.extend(part.rows)
        after = part.after
        if after is None:
            break
    found: list[FoundVoucher] = []
    for start in range(0, len(rows), page):
        found += read_found(office, query, rows[start : start + page])
    return found
