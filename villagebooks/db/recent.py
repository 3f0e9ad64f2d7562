"""What a person worked on last, from the newest entries of every chain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from villagebooks.core.period import Month, month_of
from villagebooks.core.recent import RecentPiece
from villagebooks.core.words import _
from villagebooks.db.tuples import fetch_among, fetch_plain

_NEWEST = """SELECT j.ref, j.at FROM chain c JOIN journal j ON j.chain = c.uid AND j.seq > c.seq - :depth
    WHERE j.actor = :person AND (j.ref LIKE 'voucher:%' OR j.ref LIKE 'paper:%')"""
_VOUCHERS = (
    "SELECT v.uid, b.code, v.year, v.month, v.word, v.number, "
    "(SELECT l.summary FROM voucher_line l WHERE l.voucher = v.id ORDER BY l.line LIMIT 1), "
    "(SELECT SUM(l.debit_fen) FROM voucher_line l WHERE l.voucher = v.id) "
    "FROM voucher v JOIN book b ON b.id = v.book WHERE v.uid IN ({among})"
)
_PAPERS = (
    "SELECT p.uid, b.code, p.day, p.number, p.words, p.amount_fen FROM paper p JOIN book b ON b.id = p.book "
    "WHERE p.uid IN ({among})"
)


def newest_refs(connection: Connection, person: str, depth: int, limit: int) -> list[tuple[str, str]]:
    """(reference, moment) of the vouchers and papers a person worked on last, looking at the newest `depth` entries of
    each chain; the newest first, each once."""
    latest: dict[str, str] = {}
    for ref, at in fetch_plain(connection, _NEWEST, {"person": person, "depth": depth}):
        latest[ref] = max(at, latest.get(ref, ""))
    return sorted(latest.items(), key=lambda one: (one[1], one[0]), reverse=True)[:limit]


def pieces_of(connection: Connection, refs: Sequence[tuple[str, str]]) -> list[RecentPiece]:
    """What the references name, in their order; what is gone, or is an opening, is left out."""
    keys = {table: [ref.partition(":")[2] for ref, _at in refs if ref.startswith(f"{table}:")] for table in _TABLES}
    moments = dict(refs)
    found: dict[str, RecentPiece] = {}
    rows = fetch_among(connection, _VOUCHERS, keys["voucher"], {}) if keys["voucher"] else []
    for uid, book, year, month, word, number, summary, fen in rows:
        if month:
            ref, title = f"voucher:{uid}", f"{word}-{number}"
            found[ref] = RecentPiece(
                "voucher", uid, book, Month(year, month), title, summary or "", int(fen or 0), moments[ref]
            )
    rows = fetch_among(connection, _PAPERS, keys["paper"], {}) if keys["paper"] else []
    for uid, book, day, number, words, fen in rows:
        ref, title = f"paper:{uid}", _("报账单 {n}").format(n=number)
        found[ref] = RecentPiece(
            "paper", uid, book, month_of(date.fromisoformat(day)), title, words, int(fen), moments[ref]
        )
    return [found[ref] for ref, _at in refs if ref in found]


_TABLES = ("voucher", "paper")
