"""To whose account the bank paid, held against the papers: a hint when a line is matched."""

from __future__ import annotations

from collections.abc import Sequence

from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db.check.paid_to import other_payees
from villagebooks.services.desk import Desk

MOST_TOLD = 3
"""Sentences beside the tables."""
_AT_ONCE = 500


def payee_hints(desk: Desk, matches: Sequence[str]) -> tuple[str, ...]:
    """Of matches (uids) that were just made: which vouchers the bank paid to somebody whom their papers do not name."""
    if not matches:
        return ()
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        found = other_payees(connection, row_id, matches if len(matches) <= _AT_ONCE else ())
    text = _("{title} {sentence}：问收款人收到没有；是店主本人户头的，收款人写成“店名（户主）”")
    told = [text.format(title=one.title, sentence=one.sentence) for one in found[:MOST_TOLD]]
    if len(found) > MOST_TOLD:
        told.append(_("还有 {n} 笔户头和收款人不同，自查里都有").format(n=len(found) - MOST_TOLD))
    return tuple(told)
