"""Where the person at the screen works: which office, book and month, as whom; pages listen to it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from villagebooks.core.book import Book
from villagebooks.core.period import Month, month_of
from villagebooks.gui.worker import Worker
from villagebooks.services.account import NO_ENTRIES, EntryBook, initials, last_month, read_entry_book, today
from villagebooks.services.desk import Desk, Office, list_books, settle_books
from villagebooks.services.key import key_holders
from villagebooks.services.office import officers

REST_MS = 3_000
"""After a change nobody has written for so long: the books' file is tidied."""
CENTRE_DUTIES = ("agent", "director", "cashier", "archivist")


OfficeFound = tuple[list[Book], dict[str, str], dict[str, str], list[str], Month]


class Seat(QObject):
    """The desk in hand. `moved`: another book, month or person and its accounts are loaded; `changed`: the books were
    written to, so what shows may be old; `listed`: books and people of the office were read (again); `paper_wanted`
    (title, what draws it): somebody wants to see a list on paper."""

    moved = Signal()
    changed = Signal()
    listed = Signal()
    paper_wanted = Signal(str, object)

    def __init__(self, office: Office, worker: Worker) -> None:
        super().__init__()
        self.office = office
        self.worker = worker
        self.books: list[Book] = []
        self.initials: dict[str, str] = {}
        self.people: list[str] = []
        self.duties: dict[str, str] = {}
        self.holders: list[str] = []
        self.book: Book | None = None
        self.month = month_of(today(office))
        self.entry: EntryBook = NO_ENTRIES
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._settle)

    @property
    def desk(self) -> Desk:
        """The desk for services; only pages of a book ask, and they show only while there is a book."""
        if self.book is None:
            raise ValueError("no book is open")
        return Desk(self.office.books, self.office.person, self.book, self.month)

    @property
    def person(self) -> str:
        """Who works."""
        return self.office.person

    def load(self) -> None:
        """Read the books and people of the office."""
        self.worker.read(partial(_read_office, self.office), self._take_office, key="office")

    def sit_at(self, book: Book | None = None, month: Month | None = None) -> None:
        """Go to another book, another month, or both; pages hear of it when its accounts are there."""
        self.book = book or self.book
        self.month = month or self.month
        if self.book and self.month < self.book.start:
            self.month = self.book.start
        if self.book:
            self.worker.read(partial(read_entry_book, self.desk), self._take_entry, key="entry")

    def work_as(self, person: str) -> None:
        """Another person sits down; signing still asks for the passphrase."""
        self.office = replace(self.office, person=person)
        self.moved.emit()

    def tell_changed(self) -> None:
        """The books were written to: read the accounts again, then let the pages read."""
        self._rest.start(REST_MS)
        if self.book:
            self.worker.read(partial(read_entry_book, self.desk), self._take_changed, key="entry")
        else:
            self.changed.emit()

    def _settle(self) -> None:
        if self.worker.is_busy():
            self._rest.start(REST_MS)
        else:
            self.worker.write(partial(settle_books, self.office), self._settled)

    def _settled(self, _answer: object) -> None:
        """Nobody waits for it."""

    def _take_office(self, found: OfficeFound) -> None:
        self.books, self.initials, self.duties, self.holders, latest = found
        self.people = list(self.duties)
        if self.office.person not in self.people and self.people:
            self.office = replace(self.office, person=self.people[0])
        self.listed.emit()
        known = {one.code for one in self.books}
        if self.books and (self.book is None or self.book.code not in known):
            self.sit_at(self.books[0], latest)
        elif not self.books:
            self.moved.emit()

    def _take_entry(self, entry: EntryBook) -> None:
        self.entry = entry
        self.moved.emit()

    def _take_changed(self, entry: EntryBook) -> None:
        self.entry = entry
        self.changed.emit()


def _read_office(office: Office) -> OfficeFound:
    """Books, initials of their names, duties of the centre's people (agents first), who holds a key, the last month."""
    books = list_books(office)
    day = today(office).isoformat()
    now = [
        one for one in officers(office) if not one.village and one.since <= day and (not one.until or one.until >= day)
    ]
    known = [one for one in now if one.duty in CENTRE_DUTIES]
    duties = {one.name: one.duty for one in sorted(known, key=lambda one: CENTRE_DUTIES.index(one.duty))}
    return books, {one.code: initials(one.name) for one in books}, duties, key_holders(office), last_month(office)
