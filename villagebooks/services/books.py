"""The books as a whole: an office moves from a file to an office server, or back, row by row as it stands."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.journal import Head
from villagebooks.core.problem import Problem, Refused, Trouble
from villagebooks.core.words import _
from villagebooks.db import attachment, journal
from villagebooks.db.books import copy_rows, make_books, remove_books
from villagebooks.db.handle import Books
from villagebooks.services.check import ERROR, check_books
from villagebooks.services.desk import Office
from villagebooks.services.key import OFFICE_KEY_FILE, keep_office_key


def copy_office(source: Office, target: Path | str) -> Office:
    """Copy everything into new books, a file or an empty database of a server: same rows, journal heads, attachments.

    The source is only read. Refused when its check finds errors; Trouble when the target is not empty or when the copy
    does not check as the source does. Nothing is left at the target then.
    """
    found = check_books(source, deep=True)
    faults = [one for one in found if one.severity == ERROR]
    if faults:
        raise Refused([Problem(_("账套自查有错，先改正再搬：{what}").format(what=one)) for one in faults])
    with source.books.read() as connection:

        def fill(copy: Books, rows: Connection) -> None:
            _copy_files(connection, source.books, copy)
            copy_rows(connection, rows)

        copy = Office(make_books(target, source.books.clock, fill), source.person)
        wanted = journal.heads(connection)
    if (heads(copy), check_books(copy, deep=True)) != (wanted, found):
        remove_books(copy.books)
        raise Trouble(_("搬过去的账套自查与原来的不一样，没有留下；请先停下别的操作再试"))
    return copy


def heads(office: Office) -> dict[str, Head]:
    """Length and head of every chain by its uid: equal heads, equal journals."""
    with office.books.read() as connection:
        return journal.heads(connection)


def _copy_files(connection: Connection, source: Books, target: Books) -> None:
    """Attachments before the rows that name them, and the office key while nobody has taken it over."""
    for image in attachment.all_rows(connection):
        attachment.store(target.files, attachment.read(source.files, image.sha256))
    key = source.files / OFFICE_KEY_FILE
    if key.is_file():
        keep_office_key(target, key.read_bytes())
