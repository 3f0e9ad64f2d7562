"""Looks for vouchers over months and books: the order first, in pieces, then the rows that show, then their sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from villagebooks.core.search import FoundVoucher, Ordered, VoucherQuery, terms_of
from villagebooks.db import search as search_rows
from villagebooks.services.account.entry import initials
from villagebooks.services.desk import Office


def order_vouchers(office: Office, query: VoucherQuery, after: object, limit: int) -> Ordered:
    """The next piece of the answer, some 50 ms of work: at most `limit` rows (more where no index has the order), and
    none while nothing was found. Whoever wants no more asks for no more."""
    with office.books.read() as connection:
        return search_rows.ordered_rows(connection, query, terms_of(query), initials, after, limit)


def read_found(office: Office, query: VoucherQuery, rows: Sequence[int]) -> list[FoundVoucher]:
    """Rows of the answer, in the order given; one that is no longer there is left out."""
    with office.books.read() as connection:
        return search_rows.found_rows(connection, rows, terms_of(query))


def total_found(office: Office, query: VoucherQuery) -> int:
    """Fen of the whole answer, void vouchers left out."""
    if terms_of(query) or query.states:
        return sum(part.total_fen or 0 for part in _pieces(office, query))
    with office.books.read() as connection:
        return search_rows.total_of(connection, query)


def total_of_rows(office: Office, rows: Sequence[int]) -> int:
    """Fen of some rows of the answer, void vouchers left out."""
    with office.books.read() as connection:
        return search_rows.total_among(connection, rows)


def _pieces(office: Office, query: VoucherQuery) -> Iterator[Ordered]:
    """All pieces but those that are told again."""
    after: object = None
    while True:
        part = order_vouchers(office, query, after, 20_000)
        if not part.loose:
            yield part
        after = part.after
        if after is None:
            return
