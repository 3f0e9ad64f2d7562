"""Villages: their names and official codes by date; a village that is renamed keeps its history."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from villagebooks.core.book import Book
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.village import OF_BOOK, OF_VILLAGE, NameTerm, Village, check_rename
from villagebooks.core.words import _, plain_text
from villagebooks.db import book as book_rows
from villagebooks.db import village as village_rows
from villagebooks.services.desk import Act, Desk, Office, acting_office


@dataclass(frozen=True, slots=True)
class VillageHistory:
    """A village with its books and every name it had, the oldest first."""

    village: Village
    books: tuple[Book, ...]
    names: tuple[NameTerm, ...]

    @property
    def official_code(self) -> str:
        """The official code (区划代码) of today, empty when nobody wrote it."""
        return self.names[-1].code if self.names else ""


def list_villages(office: Office) -> list[VillageHistory]:
    """Every village by code, with its history."""
    with office.books.read() as connection:
        villages = book_rows.villages(connection)
        books = book_rows.books(connection)
        terms = village_rows.terms(connection, OF_VILLAGE, [one.code for one in villages])
    return [
        VillageHistory(
            one, tuple(book for book in books if book.village == one.code),
            tuple(term for term in terms if term.key == one.code),
        )
        for one in villages
    ]  # fmt: skip


def book_name_on(desk: Desk, day: date) -> str:
    """What the desk's book was called on a day."""
    with desk.books.read() as connection:
        return village_rows.book_name_on(connection, desk.book, day)


def rename_village(
    office: Office, code: str, name: str, since: str, basis: str, official_code: str = ""
) -> VillageHistory:
    """Call a village otherwise from a day on; its books follow where its name is in theirs.

    Sheets of before carry the old name, those from the day on the new one. A book that was stopped before the day keeps
    its name. A past name may be entered later: what the village is called today is then not changed.
    """
    name, basis, official_code = (plain_text(one).strip() for one in (name, basis, official_code))
    with acting_office(office) as act:
        village = next((one for one in book_rows.villages(act.connection) if one.code == code), None)
        if village is None:
            raise Refused([Problem(_("没有村 {code}").format(code=code))])
        refuse_if(check_rename(village, name, since, basis, act.at[:10]))
        terms = village_rows.terms(act.connection, OF_VILLAGE, [code])
        if any(one.since == since for one in terms):
            raise Refused([Problem(_("从 {day} 起已经登记过一个村名").format(day=since), field="since")])
        term = NameTerm(str(uuid.uuid4()), OF_VILLAGE, code, since, name, official_code, basis)
        _add(act, term, village.name, bool(terms))
        newest = since > max((one.since for one in terms), default="")
        for book in book_rows.books(act.connection):
            if book.village == code and not _stopped_before(book, since):
                _rename_book(act, book, village.name, term, newest)
        if newest:
            village_rows.set_village_name(act.connection, code, name)
            act.record("rename", f"village:{code}")
    return next(one for one in list_villages(office) if one.village.code == code)


def _rename_book(act: Act, book: Book, old: str, term: NameTerm, newest: bool) -> None:
    if old not in book.name:
        return
    name = book.name.replace(old, term.name)
    terms = village_rows.terms(act.connection, OF_BOOK, [book.uid])
    one = NameTerm(str(uuid.uuid4()), OF_BOOK, book.uid, term.since, name, "", term.basis)
    _add(act, one, book.name, bool(terms))
    if newest:
        village_rows.set_book_name(act.connection, book.uid, name)
        act.record("rename", f"book:{book.uid}")


def _add(act: Act, term: NameTerm, first: str, has_terms: bool) -> None:
    """The term; before it, for whatever is renamed for the first time, the name of before."""
    if not has_terms:
        before = NameTerm(str(uuid.uuid4()), term.about, term.key, "", first)
        village_rows.add_term(act.connection, before)
        act.record("name", f"name_term:{before.uid}")
    village_rows.add_term(act.connection, term)
    act.record("name", f"name_term:{term.uid}")


def _stopped_before(book: Book, since: str) -> bool:
    return book.stopped is not None and book.stopped.last_day.isoformat() < since
