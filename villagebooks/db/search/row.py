"""The rows of an answer as a list shows them, and their sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from villagebooks.core.period import Month
from villagebooks.core.search import FoundVoucher, Term, VoucherQuery
from villagebooks.core.voucher import VOID
from villagebooks.db.search.term import TOTAL, Values, matching, span_of
from villagebooks.db.tuples import fetch_among, fetch_plain


def found_rows(connection: Connection, rows: Sequence[int], terms: Sequence[Term]) -> list[FoundVoucher]:
    """These vouchers in this order, with the summary that was looked for."""
    text = next((one.text for one in terms if one.text), "")
    values: Values = {}
    sought = _SOUGHT.format(fits=matching(connection, text, "text", values)("l.summary")) if text else ""
    found = {row[0]: _to_found(row) for row in fetch_among(connection, _ROWS.replace("{sought}", sought), rows, values)}
    return [found[row] for row in rows if row in found]


def total_of(connection: Connection, query: VoucherQuery) -> int:
    """Fen of all vouchers of the books and months, without void ones: the lines at once, and those of void vouchers
    taken off."""
    values: Values = {}
    lines = " AND ".join(span_of("l", query, values)) or "1 = 1"
    gone = " AND ".join([*span_of("v", query, values), "v.state = :void"])
    every = f"SELECT SUM(l.debit_fen) FROM voucher_line l WHERE {lines}"  # noqa: S608  (our own words, values are bound)
    void = f"SELECT SUM({TOTAL}) FROM voucher v WHERE {gone}"  # noqa: S608  (our own words, values are bound)
    every_fen = fetch_plain(connection, every, values)[0][0]
    return int(every_fen or 0) - int(fetch_plain(connection, void, {**values, "void": VOID})[0][0] or 0)


def total_among(connection: Connection, rows: Sequence[int]) -> int:
    """Fen of these vouchers, without void ones."""
    total = 0
    for start in range(0, len(rows), 500):
        part = rows[start : start + 500]
        total += int(fetch_among(connection, _AMONG, part, {"void": VOID})[0][0] or 0)
    return total


_AMONG = f"SELECT SUM({TOTAL}) FROM voucher v WHERE v.id IN ({{among}}) AND v.state != :void"  # noqa: S608  (our own words, values are bound)
_SOUGHT = "(SELECT l.summary FROM voucher_line l WHERE l.voucher = v.id AND {fits} ORDER BY l.line LIMIT 1), "
_ROWS = f"""SELECT v.id, v.uid, v.word, v.number, v.day, v.kind, v.state,
    COALESCE({{sought}}(SELECT l.summary FROM voucher_line l WHERE l.voucher = v.id ORDER BY l.line LIMIT 1), ''),
    {TOTAL}, v.attachment_count, v.prepared_by, b.code, b.name, v.year, v.month,
    COALESCE((SELECT p.name FROM voucher_line l JOIN party p ON p.book = l.book AND p.code = l.party
        WHERE l.voucher = v.id AND l.party != '' ORDER BY l.line LIMIT 1), '')
  FROM voucher v JOIN book b ON b.id = v.book WHERE v.id IN ({{among}})"""  # noqa: S608  (our own words, values are bound)


def _to_found(row: tuple) -> FoundVoucher:  # type: ignore[type-arg]  # as the driver gives it
    number, uid, word, place, day, kind, state, summary, total, count, name, book, book_name, year, month, party = row
    return FoundVoucher(
        uid, word, place, date.fromisoformat(day), kind, state, summary, int(total or 0), count, name, number, book,
        book_name, Month(year, month or 1), party,
    )  # fmt: skip
