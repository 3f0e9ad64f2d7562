"""At the counter: a villager's number opens the own rows of a query file; the reader key is a file (SECURITY §3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from villagebooks.core.problem import Problem, Refused, Trouble, refuse_if, why
from villagebooks.core.query import QueryItem
from villagebooks.core.words import _, plain_text
from villagebooks.db import person as person_rows
from villagebooks.formats.query import Lookup, ReaderKey, read_reader_key
from villagebooks.formats.query.reader import move_reader_root, peek_reader_key, write_reader_key
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.key import PASSPHRASE_COST, Argon2Cost, WrongPassphrase, directory_faults, read_directory
from villagebooks.services.desk import Office
from villagebooks.services.key import ROOT, check_passphrase, enrol_reader, has_directory, load_directory, unlock
from villagebooks.services.query import lookup_folder, lookup_person, new_reader


@dataclass(frozen=True, slots=True)
class Reader:
    """A device that query files are sealed to: class 1 is a kiosk or the centre's counter, 2 the page."""

    name: str
    cls: int


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


@dataclass(frozen=True, slots=True)
class Answers:
    """What was found, one for each book, and a sentence for each file of a folder that was passed over."""

    found: tuple[Answer, ...]
    passed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counter:
    """A reader key that stays open between two villagers: opening its passphrase box takes five look-ups' time.

    `stamp` are the moment of the last change and the size of its file, as long as which the key stands for it.
    """

    path: Path
    stamp: tuple[int, int]
    passphrase: str = field(repr=False)
    key: ReaderKey = field(repr=False)


def open_counter(reader: Path, passphrase: str = "", before: Counter | None = None) -> Counter:
    """The reader key of a file, `before` where it is of the same file and passphrase; Refused for a wrong one."""
    try:
        there = reader.stat()
        stamp = (there.st_mtime_ns, there.st_size)
    except OSError:
        stamp = (0, 0)  # the reading below says what is wrong
    if before and (before.path, before.stamp, before.passphrase) == (reader, stamp, passphrase):
        return before
    try:
        return Counter(reader, stamp, passphrase, read_reader_key(reader, lambda: passphrase))
    except WrongPassphrase as error:
        raise Refused([Problem(_("查询钥匙的口令不对"), field="passphrase")]) from error
    except FormatError as error:
        raise Trouble(_("“{name}”不是查询钥匙文件").format(name=reader.name)) from error


def look_up_at(counter: Counter, path: Path, id_text: str, code_text: str = "") -> Answers:
    """The rows of the person with this number in a query file, or in the newest file of every book in a folder."""
    if path.is_dir():
        several, passed = lookup_folder(path, counter.key, id_text, code_text)
        return Answers(tuple(map(_answer, several)), tuple(passed))
    found = lookup_person(path, counter.key, id_text, code_text)
    return Answers((_answer(found),) if found else ())


def _answer(found: Lookup) -> Answer:
    """What is shown of it; the rest is forgotten."""
    try:
        title = found.title
        return Answer(
            found.name, found.household, found.village, title.book_name, title.asof, found.balance_fen, found.items
        )
    finally:
        found.close()


def make_reader_file(
    office: Office,
    root_passphrase: str,
    cls: int,
    name: str,
    path: Path,
    passphrase: str = "",
    cost: Argon2Cost = PASSPHRASE_COST,
) -> Path:
    """A new reader (1 kiosk or centre, 2 page), enrolled under the root key, its secret written to `path`.

    With a passphrase the secret lies in a box. The file is written first: a reader without its key would only take up
    a name, so a file that no directory lists is taken away again.
    """
    refuse_if(check_passphrase(passphrase) if passphrase else [])
    root = unlock(office.books, ROOT, root_passphrase)
    reader = new_reader(office, cls, plain_text(name).strip())
    if path.exists():
        raise Refused([Problem(_("已有文件 {name}，请换一个文件名").format(name=path.name), field="path")])
    try:
        write_reader_key(path, reader, passphrase, cost)
        enrol_reader(office, root.keys.signing, reader.entry)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Trouble(_("钥匙文件 {name} 写不好：{why}").format(name=path.name, why=why(error))) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def renew_reader_file(office: Office, path: Path) -> Reader:
    """Let a device's key file trust the root key of today after a rotation; secret, name and passphrase stay, and no
    root key is needed: each root was announced by the one before it.

    Refused when the file belongs to no device of this centre, to a root that it never had, or needs nothing.
    """
    try:
        file = peek_reader_key(path)
    except FormatError as error:
        raise Trouble(_("“{name}”不是查询钥匙文件").format(name=path.name)) from error
    with office.books.read() as connection:
        if not has_directory(connection):
            raise Refused([Problem(_("还没有总钥匙"))])
        newest = load_directory(connection)
        raws = person_rows.directories(connection)
    if file.entry not in newest.readers:
        text = _("“{name}”不是本中心发的查询钥匙：名录里没有这台设备，或者不是这一把")
        raise Refused([Problem(text.format(name=path.name))])
    if file.root == newest.fingerprint:
        raise Refused([Problem(_("“{name}”认的就是现在的总钥匙，不用更新").format(name=path.name))])
    faults = list(directory_faults(newest.fingerprint, raws))
    if faults or file.root not in {read_directory(raw, None).fingerprint for _version, raw in raws}:
        raise Refused([Problem(_("“{name}”认的总钥匙，本中心从来没有用过").format(name=path.name))])
    move_reader_root(path, newest.fingerprint)
    return Reader(file.entry.name, file.entry.cls)


def list_readers(office: Office) -> list[Reader]:
    """Every enrolled reader by class and name; none before there is a root key."""
    with office.books.read() as connection:
        if not has_directory(connection):
            return []
        return sorted(
            (Reader(one.name, one.cls) for one in load_directory(connection).readers),
            key=lambda one: (one.cls, one.name),
        )
