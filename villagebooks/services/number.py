"""断号报告: the numbers of a span by word and month, void ones with who, when and why, and what is missing."""

from __future__ import annotations

from villagebooks.core.number import NumberLine, number_lines
from villagebooks.core.period import Span
from villagebooks.db import book as book_rows
from villagebooks.db import number as number_rows
from villagebooks.services.desk import Desk


def number_report(desk: Desk, span: Span) -> list[NumberLine]:
    """Used, void and missing numbers of the desk's book in order; gaps come with imported history alone."""
    with desk.books.read() as connection:
        row = book_rows.book_id(connection, desk.book.code)
        return number_lines(number_rows.number_uses(connection, row, span))
