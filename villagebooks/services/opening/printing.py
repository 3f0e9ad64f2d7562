"""The hand-over on paper, in three copies."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.paths import make_folder
from villagebooks.pdf.hand_over import draw_hand_over
from villagebooks.services.desk import Desk
from villagebooks.services.office import centre
from villagebooks.services.opening.act import hand_overs


@in_chinese
def print_hand_over(desk: Desk, out: Path) -> Path:
    """Draw the hand-over by which the book was taken over, with every balance as it was; Refused without one."""
    found = hand_overs(desk)
    if not found:
        raise Refused([Problem(_("这个账套没有移交记录"))])
    make_folder(out.parent)
    balances = tuple(_balances(desk, desk.book.start.plus(-1)))
    draw_hand_over(found[0], balances, out, desk.book.name, centre(desk.office).imprint)
    return out


def _balances(desk: Desk, month: Month) -> list[tuple[str, str, str, int]]:
    """Net of every detail, by party, at the end of the month before the book's first."""
    after = month.next()
    with desk.books.read() as connection:
        row = book_rows.book_id(connection, desk.book.code)
        accounts = book_rows.accounts(connection, row)
        start = ledger_rows.first_month(connection, row, desk.book.start)
        apart = sorted({code[:3] for code in accounts})
        details = ledger_rows.details(connection, row, Span(after, after), start, apart)
    return [
        (one.account, accounts[one.account].name if one.account in accounts else "", one.party, one.opening_fen)
        for one in details
        if one.opening_fen
    ]
