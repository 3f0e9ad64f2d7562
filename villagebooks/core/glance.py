"""What a window shows of the books before they are open: whose they are, the books, the people, where work goes on."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.book import Book
from villagebooks.core.period import Month
from villagebooks.core.village import Centre


@dataclass(frozen=True, slots=True)
class Glance:
    """The centre, its books by code, (name, duty) of its people, the last month with a voucher (None: no voucher)."""

    centre: Centre
    books: tuple[Book, ...]
    posts: tuple[tuple[str, str], ...]
    month: Month | None
