"""作废与撤销清单 as rows of text."""

from __future__ import annotations

from collections.abc import Iterable

from villagebooks.core.cancellation import Cancellation, what_words
from villagebooks.core.money import yuan_text
from villagebooks.formats.record import Table


def cancellation_table(rows: Iterable[Cancellation]) -> Table:
    """One row an act, amounts in yuan."""
    columns = ("book", "month", "what", "words", "object", "amount", "people", "at", "why", "ref")
    return Table(
        columns,
        [
            (
                one.book, one.month, one.what, what_words(one.what), one.object, yuan_text(one.amount_fen), one.people,
                one.at, one.why, one.ref,
            )
            for one in rows
        ],
    )  # fmt: skip
