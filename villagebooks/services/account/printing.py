"""Charts and the differences from the unified accounts on paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from villagebooks.core.account import Account, BookDeviations
from villagebooks.core.book import Book
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.paths import make_folder
from villagebooks.pdf.account import draw_charts, draw_deviations
from villagebooks.services.desk import Office
from villagebooks.services.office import centre


@in_chinese
def print_charts(office: Office, charts: Sequence[tuple[Book, Sequence[Account]]], out: Path) -> Path:
    """Draw the accounts of books; the path."""
    make_folder(out.parent)
    named = {f"{book.code} {book.name}": accounts for book, accounts in charts}
    draw_charts(named, out, centre(office).imprint)
    return out


def print_deviations(office: Office, found: Sequence[BookDeviations], out: Path) -> Path:
    """Draw how books differ from the unified accounts; the path."""
    make_folder(out.parent)
    day = office.books.now()[:10]
    draw_deviations(found, out, centre(office).imprint, _("截至 {day}").format(day=day))
    return out
