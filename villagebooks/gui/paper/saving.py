"""A paper saved with the receipts that its documents name."""

from __future__ import annotations

from villagebooks.core.paper import Paper
from villagebooks.core.period import month_of
from villagebooks.core.receipt import Receipt
from villagebooks.core.words import N_
from villagebooks.services.desk import Desk
from villagebooks.services.paper import list_receipt_books, list_receipts, save_paper

RECEIPT = N_("收据")


def save_with_receipts(desk: Desk, paper: Paper) -> Paper:
    """Save with the receipts that its documents name: numbers of the village's own receipt books, not used before."""
    at = desk.at(month_of(paper.day))
    numbers = {one.number: one for one in paper.documents if RECEIPT in one.kind and one.number}
    own = {one.number for one in list_receipts(at) if paper.uid and one.paper == paper.uid}
    receipts = [
        Receipt(book.code, number, "used", day=paper.day.isoformat(), amount_fen=one.amount_fen or paper.amount_fen)
        for book in list_receipt_books(desk)
        for number, one in numbers.items()
        if book.first <= number <= book.last and len(number) == len(book.first) and number not in own
    ]
    return save_paper(desk, paper, receipts)
