"""History that is taken over in the three tables (DESIGN §7): what the small tables say, and what an import did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from villagebooks.core.account import NO_PAST, Account, AccountPast
from villagebooks.core.opening import TakeOver
from villagebooks.core.party import Party
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem

EVERY_BOOK = ""
"""The key of accounts that all books of an import share."""


@dataclass(frozen=True, slots=True)
class HistoryBook:
    """A row of villages.csv: a book by its code; `village` is the code of the village that owns it.

    `start` is the book's first month where the vouchers do not tell it, `village_name` empty: as the book is called.
    """

    code: str
    name: str
    kind: str
    standard: str
    village: str
    start: Month | None = None
    village_name: str = ""


@dataclass(frozen=True, slots=True)
class HistoryPerson:
    """A row of people.csv; `id_number` and `household_code` are sealed when they are stored and shown nowhere."""

    village: str
    household: str
    name: str
    sex: str
    id_number: str
    household_code: str
    role: str
    died_on: str


@dataclass(frozen=True, slots=True)
class HistoryTables:
    """The small tables of an import; accounts by book code, or under `EVERY_BOOK`; parties, take-overs by book."""

    books: tuple[HistoryBook, ...]
    accounts: Mapping[str, tuple[Account, ...]]
    parties: Mapping[str, tuple[Party, ...]] | None
    people: tuple[HistoryPerson, ...]
    take_overs: Mapping[str, TakeOver] = field(default_factory=dict)
    given_needs: frozenset[tuple[str, str]] = frozenset()
    """Book (or `EVERY_BOOK`) and code of accounts whose dimensions accounts.csv tells, so that lines need not."""
    pasts: Mapping[tuple[str, str], AccountPast] = field(default_factory=dict)
    """By book (or `EVERY_BOOK`) and code what an account was called before, and since when it needs what."""

    def past_of(self, book: str, code: str) -> AccountPast:
        """The past that the tables tell of an account."""
        return self.pasts.get((book, code)) or self.pasts.get((EVERY_BOOK, code)) or NO_PAST

    def needs_given(self, book: str, code: str) -> bool:
        """Whether the table itself tells which dimensions the account requires."""
        return (book, code) in self.given_needs or (EVERY_BOOK, code) in self.given_needs

    def accounts_of(self, book: str) -> tuple[Account, ...]:
        """Accounts of a book: those all books share, then its own."""
        return self.accounts.get(EVERY_BOOK, ()) + self.accounts.get(book, ())


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import brought in; notices are unusual, not wrong."""

    books: int
    accounts: int
    parties: int
    people: int
    vouchers: int
    lines: int
    notices: tuple[Problem, ...]
