"""The whole answer of a search at once; the window reads it piece by piece."""

from __future__ import annotations

from array import array

from villagebooks.core.search import FoundVoucher, VoucherQuery
from villagebooks.services.desk import Office
from villagebooks.services.search import order_vouchers, read_found


def all_found(office: Office, query: VoucherQuery, page: int = 2_000) -> list[FoundVoucher]:
    """The whole answer in its order."""
    rows, after = array("q"), None
    while True:
        part = order_vouchers(office, query, after, 20_000)
        if not part.loose:  # else they are told again
            rows.extend(part.rows)
        after = part.after
        if after is None:
            break
    found: list[FoundVoucher] = []
    for start in range(0, len(rows), page):
        found += read_found(office, query, rows[start : start + page])
    return found
