"""A voucher that moves another amount than its signed papers say: told before it is signed, and in the month's
checklist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from villagebooks.core.account import BANK, CASH
from villagebooks.core.paper_gap import OWED, PaperGap
from villagebooks.core.period import Month
from villagebooks.core.voucher import NORMAL, PRIOR_YEAR, Voucher
from villagebooks.core.words import _
from villagebooks.db.check import gap as gap_rows
from villagebooks.services.desk import Desk
from villagebooks.services.watch import watch_of


def paper_gap(desk: Desk, voucher: Voucher) -> PaperGap | None:
    """What the papers of a voucher say beside what it moves in cash and bank, the same or not; None where it has no
    paper or moves no money."""
    with desk.books.read() as connection:
        return _gap(connection, voucher)


def gap_words(connection: Connection, vouchers: Sequence[Voucher]) -> Iterator[str]:
    """Of vouchers that are about to be signed; a part payment as what it is. A payment above the township's line beyond
    its papers is told with that line already."""
    limit = watch_of(connection).bare_fen
    for one in vouchers:
        found = _gap(connection, one)
        if found is None or _is_bare(one, found, limit):
            continue
        where = "{text}" if len(vouchers) == 1 else _("{where}：{text}")
        if found.is_part:
            yield where.format(where=found.title, text=found.part_words)
        if not found.differs:
            continue
        yield _("{text}，结账和自查会提示").format(text=where.format(where=found.title, text=found.sentence))


def gap_facts(connection: Connection, row_id: int, month: Month) -> tuple[tuple[str, str, str], ...]:
    """Posted vouchers of a month: uid, title, sentence."""
    found = gap_rows.paper_gaps(connection, row_id, month)
    return tuple((one.uid, one.title.removeprefix(f"{month} "), one.sentence) for one in found)


def _gap(connection: Connection, voucher: Voucher) -> PaperGap | None:
    moved = [one.net_fen for one in voucher.lines if one.account.startswith((CASH, BANK))]
    if not (voucher.papers and moved):
        return None
    said = gap_rows.said_fen(connection, voucher.papers)
    owed = sum(-one.net_fen for one in voucher.lines if one.account.startswith(OWED))
    others = [-one.net_fen for one in voucher.lines if not one.account.startswith((CASH, BANK, *OWED))]
    spent = sum(fen for fen in others if fen > 0)
    return PaperGap(voucher.uid, f"{voucher.month} {voucher.title}", said, sum(moved), owed, spent)


def _is_bare(voucher: Voucher, gap: PaperGap, limit_fen: int) -> bool:
    first = voucher.kind in (NORMAL, PRIOR_YEAR) and not voucher.corrects
    return first and bool(limit_fen) and gap.said_fen <= 0 and gap.said_fen - gap.moved_fen > limit_fen
