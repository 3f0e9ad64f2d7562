"""At the counter: a villager's number opens the own rows of a query file; the reader key is a file (SECURITY §3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from villagebooks.core.problem import Problem, Refused, Trouble
from villagebooks.core.query import QueryItem
from villagebooks.core.words import _
from villagebooks.formats.query import read_reader_key
from villagebooks.formats.query.reader import write_reader_key
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.key import WrongPassphrase
from villagebooks.services.desk import Office
from villagebooks.services.key import ROOT, unlock
from villagebooks.services.query import lookup_person, make_reader


@dataclass(frozen=True, slots=True)
class Answer:
    """What one villager sees: own rows in fen, what the person owes (negative: is owed), and as of which day."""

    name: str
    household: str
    village: str
    book: str
    asof: date
    balance_fen: int
    items: tuple[QueryItem, ...]


def look_up(path: Path, reader: Path, id_text: str, code_text: str = "", passphrase: str = "") -> Answer | None:
    """The rows of the person with this number, None when the file holds nobody of that number."""
    try:
        key = read_reader_key(reader, lambda: passphrase)
    except WrongPassphrase as error:
        raise Refused([Problem(_("查询钥匙的口令不对"), field="passphrase")]) from error
    except FormatError as error:
        raise Trouble(_("“{name}”不是查询钥匙文件").format(name=reader.name)) from error
    found = lookup_person(path, key, id_text, code_text)
    if found is None:
        return None
    try:
        title = found.title
        return Answer(
            found.name, found.household, found.village, title.book_name, title.asof, found.balance_fen, found.items
        )
    finally:
        found.close()


def make_reader_file(office: Office, root_passphrase: str, cls: int, name: str, path: Path) -> Path:
    """A new reader (1 kiosk or centre, 2 page), enrolled under the root key, its secret written to `path`."""
    root = unlock(office.books, ROOT, root_passphrase)
    write_reader_key(path, make_reader(office, root.keys.signing, cls, name))
    return path
