"""票据使用核销表: what became of every number of a receipt book, for the day it is returned and written off."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.problem import Problem, Refused
from villagebooks.core.receipt import ReceiptUse
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.db import paper as paper_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.paths import make_folder
from villagebooks.pdf.receipt import draw_receipt_use
from villagebooks.services.account import today
from villagebooks.services.desk import Desk
from villagebooks.services.office import centre
from villagebooks.services.paper import issued_books


def receipt_use(desk: Desk, code: str) -> ReceiptUse:
    """A receipt book with who paid what for each of its numbers, up to the end of the desk's month."""
    found = next((one for one in issued_books(desk) if one.book.code == code), None)
    if found is None:
        raise Refused([Problem(_("没有发过编号 {code} 的收据本").format(code=code))])
    uids = sorted({one.paper for one in found.numbers if one.paper})
    with desk.books.read() as connection:
        papers = {one.uid: one for one in paper_rows.papers_where_uids(connection, uids)}
        titles = {uid: voucher_rows.title_with_paper(connection, uid) for uid in papers}
    return ReceiptUse(found, papers, titles)


@in_chinese
def print_receipt_use(desk: Desk, code: str, out: Path) -> Path:
    """Draw it; the receipt itself is filled in on the form that was issued, never printed here (RULES §6)."""
    made = receipt_use(desk, code)
    make_folder(out.parent)
    draw_receipt_use(made, desk.book.name, desk.period, today(desk.office), out, centre(desk.office).imprint)
    return out
