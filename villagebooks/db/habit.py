"""What a village booked before under such words: the latest posted vouchers, for suggestions while typing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from villagebooks.core.period import Month
from villagebooks.core.proposal import PastEntry
from villagebooks.core.voucher import NORMAL, POSTED, Voucher
from villagebooks.db import schema
from villagebooks.db.voucher import vouchers_where

_LOOKED_AT = 24
_MOST_ENTRIES = 1_500
_voucher, _line = schema.voucher.c, schema.voucher_line.c


def vouchers_like(connection: Connection, book: int, words: str, since: str) -> list[Voucher]:
    """Posted ordinary vouchers of one book since an ISO day with the words in a summary, the latest first."""
    plain = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    found = (
        select(_line.voucher)
        .join(schema.voucher, _voucher.id == _line.voucher)
        .where(_line.book == book, _line.day >= since, _line.summary.like(f"%{plain}%", escape="\\"))
        .where(_voucher.state == POSTED, _voucher.kind == NORMAL)
        .distinct()
        .order_by(_line.voucher.desc())
        .limit(_LOOKED_AT)
    )
    return list(reversed(vouchers_where(connection, _voucher.id.in_(found))))


def past_entries(connection: Connection, book: int, since: str, *, credit: bool, paper_class: str) -> list[PastEntry]:
    """Lines not on cash or bank of one side, the latest first: those of papers of this class, and those without."""
    paper, link = schema.paper.c, schema.paper_voucher.c
    side = _line.credit_fen if credit else _line.debit_fen
    columns = (
        _line.account, _line.summary, _line.party, _line.project, _line.contract, _voucher.year, _voucher.month,
        _voucher.word, _voucher.number, paper.words, paper.payee, paper.heading, paper.spending_class,
    )  # fmt: skip
    query = (
        select(*columns)
        .join(schema.voucher, _voucher.id == _line.voucher)
        .outerjoin(schema.paper_voucher, link.voucher == _voucher.uid)
        .outerjoin(schema.paper, paper.uid == link.paper)
        .where(_line.book == book, _line.day >= since, side > 0, _voucher.state == POSTED, _voucher.kind == NORMAL)
        .where(~_line.account.like("101%"), ~_line.account.like("102%"))
        .order_by(_voucher.id.desc(), _line.line)
        .limit(_MOST_ENTRIES)
    )
    rows = connection.execute(query).all()
    papers: dict[tuple[object, ...], set[str]] = {}
    for row in rows:
        papers.setdefault(_title(row), set()).add(row.words)
    return [
        PastEntry(
            row.account, row.words or row.summary, f"{Month(row.year, row.month)} {row.word}-{row.number}", row.party,
            row.project, row.contract, row.payee or "", row.heading or "",
        )
        for row in rows
        # of a voucher made of several papers a line belongs to the one whose words it has
        if row.spending_class in (None, paper_class) and (len(papers[_title(row)]) == 1 or row.words == row.summary)
    ]  # fmt: skip


def _title(row: Row[*tuple[Any, ...]]) -> tuple[object, ...]:
    return row.year, row.month, row.word, row.number
