"""Where a person works: a desk on one book, or the whole office; what opens them stands in `desk`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from villagebooks.core.book import Book
from villagebooks.core.period import Month
from villagebooks.db.handle import Books

LOCAL = "local"
"""The actor of acts that need nobody signed in: new, import, reports."""


@dataclass(frozen=True, slots=True)
class Office:
    """The whole office: import, backup, keys, all villages. `person` is who acts."""

    books: Books
    person: str = LOCAL


@dataclass(frozen=True, slots=True)
class Desk:
    """One book at one month; a service cannot reach a book that its desk is not on."""

    books: Books
    person: str
    book: Book
    period: Month

    @property
    def office(self) -> Office:
        """The office this desk stands in, for acts of the whole office by the same person."""
        return Office(self.books, self.person)

    def at(self, period: Month) -> Desk:
        """The same desk on another month."""
        return replace(self, period=period)
