"""Where the person at the screen works: which office, book and month, as whom; pages listen to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from villagebooks.core.book import Book
from villagebooks.core.entry import NO_ENTRIES, EntryBook
from villagebooks.core.glance import Glance
from villagebooks.core.period import Month, month_of
from villagebooks.core.problem import Problem
from villagebooks.gui.worker import Worker, refusing
from villagebooks.services.place import Desk, Office

REST_MS = 3_000
"""After a change nobody has written for so long: the books' file is tidied."""
CENTRE_DUTIES = ("agent", "director", "cashier", "archivist")


OfficeFound = tuple[list[Book], dict[str, str], dict[str, str], list[str], Month]


class Seat(QObject):
    """The desk in hand. `moved`: another book, month or person and its accounts are loaded; `changed`: the books were
    written to, so what shows may be old; `listed`: books and people of the office were read (again); `opened`: the
    books, at which somebody could only glance before, are open; `paper_wanted` (title, what draws it): somebody wants
    to see a list on paper."""

    moved = Signal()
    changed = Signal()
    listed = Signal()
    opened = Signal()
    stayed = Signal()
    """Where somebody went could not be read."""
    paper_wanted = Signal(str, object)

    office: Office
    """Not there before `is_open`."""

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self.is_open = False
        self.worker = worker
        self._person = ""
        self.books: list[Book] = []
        self.initials: dict[str, str] = {}
        self.people: list[str] = []
        self.duties: dict[str, str] = {}
        self.holders: list[str] = []
        self.book: Book | None = None
        self.month = month_of(datetime.now().astimezone().date())
        self.entry: EntryBook = NO_ENTRIES
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._settle)
        self.is_listed = False
        """True once the books and people of the office were read."""
        self._there: tuple[Book | None, Month] | None = None

    def expect(self, found: Glance, person: str) -> None:
        """What a glance showed, while the books are being opened for this person."""
        self._person = person
        self.books = list(found.books)
        self.initials = {one.code: "" for one in found.books}
        self.duties = by_duty(found.posts)
        self.people = list(self.duties)
        self.month = found.month or self.month
        self.book = found.books[0] if found.books else None
        self.listed.emit()
        self.moved.emit()

    def open(self, office: Office) -> None:
        """The books are open: read all that a glance did not show."""
        self.office = replace(office, person=self._person) if self._person else office
        if self.book is None:
            self.month = month_of(date.fromisoformat(office.books.now()[:10]))
        self.is_open = True
        self.opened.emit()
        self.load()

    @property
    def desk(self) -> Desk:
        """The desk for services; only pages of a book ask, and they show only while there is a book."""
        if self.book is None:
            raise ValueError("no book is open")
        return Desk(self.office.books, self.office.person, self.book, self.month)

    @property
    def person(self) -> str:
        """Who works."""
        return self.office.person if self.is_open else self._person

    def load(self) -> None:
        """Read the books and people of the office."""
        self.worker.read(partial(_read_office, self.office), self._take_office, key="office")

    def sit_at(self, book: Book | None = None, month: Month | None = None) -> None:
        """Go to another book, another month, or both; pages hear of it when its accounts are there."""
        self.book = book or self.book
        self.month = month or self.month
        if self.book and self.month < self.book.start:
            self.month = self.book.start
        if self.book and self.is_open:
            act = refusing(partial(_read_entries, self.desk))
            self.worker.read(act, self._take_entry, self._stay, key="entry")
        elif self.book:
            self.moved.emit()

    def _stay(self, problems: tuple[Problem, ...]) -> None:
        """Where one went cannot be read: back to what shows, or the next voucher would go into another month."""
        if self._there is not None:
            self.book, self.month = self._there
        self.stayed.emit()
        self.worker.refused.emit(problems)

    def work_as(self, person: str) -> None:
        """Another person sits down; signing still asks for the passphrase."""
        self._person = person
        if self.is_open:
            self.office = replace(self.office, person=person)
        self.moved.emit()

    def tell_changed(self) -> None:
        """The books were written to: read the accounts again, then let the pages read."""
        self._rest.start(REST_MS)
        if self.book:
            self.worker.read(partial(_read_entries, self.desk), self._take_changed, key="entry")
        else:
            self.changed.emit()

    def _settle(self) -> None:
        if self.worker.is_busy():
            self._rest.start(REST_MS)
        else:
            self.worker.write(partial(_settle, self.office), self._settled)

    def _settled(self, _answer: object) -> None:
        """Nobody waits for it."""

    def _take_office(self, found: OfficeFound) -> None:
        self.is_listed = True
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
        elif self.entry is NO_ENTRIES:
            self.sit_at()

    def _take_entry(self, entry: EntryBook) -> None:
        self.entry, self._there = entry, (self.book, self.month)
        self.moved.emit()

    def _take_changed(self, entry: EntryBook) -> None:
        self.entry = entry
        self.changed.emit()


def _settle(office: Office) -> None:
    from villagebooks.services.desk import settle_books  # noqa: PLC0415  (window first)

    settle_books(office)


def _read_entries(desk: Desk) -> EntryBook:
    from villagebooks.services.account import read_entry_book  # noqa: PLC0415  (window first)

    return read_entry_book(desk)


def _read_office(office: Office) -> OfficeFound:
    """Books, initials of their names, duties of the centre's people (agents first), who holds a key, the last month."""
    from villagebooks.services.account import initials, last_month, today  # noqa: PLC0415  (window first)
    from villagebooks.services.desk import list_books  # noqa: PLC0415  (as above)
    from villagebooks.services.key import key_holders  # noqa: PLC0415  (as above)
    from villagebooks.services.office import officers  # noqa: PLC0415  (as above)

    books = list_books(office)
    day = today(office).isoformat()
    now = [
        one for one in officers(office) if not one.village and one.since <= day and (not one.until or one.until >= day)
    ]
    duties = by_duty((one.name, one.duty) for one in now)
    return books, {one.code: initials(one.name) for one in books}, duties, key_holders(office), last_month(office)


def by_duty(posts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Duties by the name of who works at the centre's desks, agents first."""
    known = [(name, duty) for name, duty in posts if duty in CENTRE_DUTIES]
    return dict(sorted(known, key=lambda one: CENTRE_DUTIES.index(one[1])))
