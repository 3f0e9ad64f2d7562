"""Reading a query file: verify it, look a villager up, and show what the village and the person may see."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from villagebooks.core.approval import AGENT, DIRECTOR
from villagebooks.core.person import check_id_number
from villagebooks.core.problem import Problem, Refused, Trouble
from villagebooks.core.query import KINDS, PAGE, QueryImage, QueryItem, QueryTitle
from villagebooks.core.words import _
from villagebooks.formats.query.database import QueryDatabase, open_database
from villagebooks.formats.query.header import QUERY_KIND, QueryHeader, pepper_purpose, read_header
from villagebooks.formats.query.reader import ReaderKey
from villagebooks.formats.query.write import DATABASE, SLOTS
from villagebooks.seal.canonical import FormatError, load
from villagebooks.seal.code import normal_household_code
from villagebooks.seal.container import Container, open_container
from villagebooks.seal.key import Argon2Cost, CannotOpen, KeyDirectory, newest_directory, unwrap, valid_signers
from villagebooks.seal.query import (
    SlotSecrets,
    content_hash,
    credential,
    open_object,
    open_slot,
    slot_key,
    stretch,
    unpad,
)

Stretch = Callable[[bytes, bytes, Argon2Cost], bytes]
"""Credential, salt, cost → A; a caller may pass its own to cache or to throttle."""


@dataclass(frozen=True, slots=True)
class QueryFile:
    """A query file whose signatures held; `directory` is the newest key directory known, the file's or the caller's."""

    container: Container
    header: QueryHeader
    directory: KeyDirectory


@dataclass(frozen=True, slots=True)
class Lookup:
    """What one villager sees: the own part, and the village's database. Close it when the person leaves."""

    cls: int
    name: str
    household: str
    village: str
    balance_fen: int
    items: tuple[QueryItem, ...]
    images: tuple[QueryImage, ...]
    title: QueryTitle
    database: QueryDatabase
    file: QueryFile = field(repr=False)
    village_key: bytes = field(repr=False)
    image_keys: Mapping[str, bytes] = field(repr=False)

    def image(self, name: str) -> bytes:
        """A picture of the village or of the own part by its object name; FormatError when it is neither."""
        key = self.image_keys.get(name)
        if key is None and self.database.image(name):
            key = self.village_key
        if key is None:
            raise FormatError(_("没有这张图片。"))
        return _open(self.file, key, name)

    def close(self) -> None:
        """Forget what was opened."""
        self.database.close()


def open_query_file(
    path: Path, root: bytes | str | None, known: Sequence[bytes] = (), lowest_seq: int = 0
) -> QueryFile:
    """The file after form, signatures and header held.

    `root` is the root key or its fingerprint (None: the one that the file names, to compare by eye), `known` are key
    directories that the reader remembers, `lowest_seq` the highest number it has seen. FormatError otherwise.
    """
    newest: list[KeyDirectory] = []

    def trust(keys: bytes) -> dict[str, bytes]:
        newest.append(newest_directory(root, [keys, *known]))
        return valid_signers(newest[0])

    container = open_container(path, QUERY_KIND, trust, needed=2)
    check_roles(container.note.signers, newest[0])
    header = read_header(container.header)
    if header.head.centre != newest[0].centre:
        raise FormatError(_("查询文件不是这个中心的。"))
    if header.head.seq < lowest_seq:
        raise FormatError(_("这是旧的查询文件，已经有更新的。"))
    return QueryFile(container, header, newest[0])


def check_roles(signers: Sequence[str], directory: KeyDirectory) -> None:
    """FormatError unless a director and another director or agent signed."""
    directors, agents = valid_signers(directory, DIRECTOR), valid_signers(directory, AGENT)
    if not any(name in directors for name in signers):
        raise FormatError(_("查询文件没有中心主任的签名。"))
    if any(name not in directors and name not in agents for name in signers):
        raise FormatError(_("查询文件的签名人没有这个职责。"))


def lookup(
    file: QueryFile, reader: ReaderKey, id_text: str, code_text: str = "", own: Stretch = stretch
) -> Lookup | None:
    """What the person with this ID number (on a class 2 reader: and household code) may see; None when not found.

    Refused when the number or code as typed is a slip. CannotOpen when the reader is not enrolled in this file.
    """
    secret = read_credential(reader.cls, id_text, code_text)
    pepper = open_pepper(file, reader)
    header = file.header
    stretched = own(secret, header.head.salt, header.cost)
    key = slot_key(stretched, pepper, reader.cls, header.file_id)
    found = open_slot(file.container.read(SLOTS), reader.cls, key)
    return _open_lookup(file, reader.cls, found) if found else None


def open_folder(
    folder: Path, root: bytes | str | None, known: Sequence[bytes] = (), seen: Mapping[str, int] | None = None
) -> tuple[list[QueryFile], list[str]]:
    """The newest file of each book in a folder, and a sentence for each that does not hold.

    `seen` is the highest number a reader remembers by book; an older file is refused.
    """
    newest: dict[str, QueryFile] = {}
    problems = []
    for path in sorted(folder.glob("*.vbq")):
        try:
            file = open_query_file(path, root, known)
        except (FormatError, Trouble) as error:
            problems.append(_("{where}：{text}").format(where=path.name, text=error))
            continue
        head = file.header.head
        if head.seq < (seen or {}).get(head.book, 0):
            problems.append(_("{name}：这是旧的查询文件，已经有更新的。").format(name=path.name))
        elif head.book not in newest or head.seq > newest[head.book].header.head.seq:
            newest[head.book] = file
    return list(newest.values()), problems


def lookup_all(
    files: Sequence[QueryFile], reader: ReaderKey, id_text: str, code_text: str = "", own: Stretch = stretch
) -> list[Lookup]:
    """The person's parts in every file that is sealed to this reader; the slow step is done once for each village.

    Refused when the number or code as typed is a slip; CannotOpen when no file is sealed to this reader.
    """
    read_credential(reader.cls, id_text, code_text)
    done: dict[tuple[bytes, Argon2Cost], bytes] = {}

    def once(secret: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
        if (salt, cost) not in done:
            done[salt, cost] = own(secret, salt, cost)
        return done[salt, cost]

    found, shut = [], []
    for file in files:
        try:
            one = lookup(file, reader, id_text, code_text, once)
            found += [one] if one else []
        except CannotOpen as error:
            shut.append(error)
    if shut and len(shut) == len(files):
        raise shut[0]
    return found


def read_credential(cls: int, id_text: str, code_text: str = "") -> bytes:
    """The credential that a class of reader asks for; Refused with every slip in it."""
    number = check_id_number(id_text)
    problems = [number] if isinstance(number, Problem) else []
    code = ""
    if cls == PAGE:
        code = normal_household_code(code_text) or ""
        if not code:
            problems.append(Problem(_("户码是卡片上的 12 位数字，请核对"), field="household_code"))
    if problems or isinstance(number, Problem):
        raise Refused(problems)
    return credential(number, code)


def open_pepper(file: QueryFile, reader: ReaderKey) -> bytes:
    """The pepper of the reader's class; CannotOpen when the file was not sealed to this reader."""
    header = file.header
    for one in header.readers:
        if (one.cls, one.name) == (reader.cls, reader.name):
            return unwrap(reader.key, one.wrapped, pepper_purpose(one.cls), header.file_id, one.name)
    raise CannotOpen(_("这台查询设备没有登记在这个文件里。"))


def _open_lookup(file: QueryFile, cls: int, secrets: SlotSecrets) -> Lookup:
    raw = _open(file, secrets.village, DATABASE)
    if content_hash(secrets.village, raw) != file.header.content:
        raise FormatError(_("查询数据与文件头不符。"))
    person = load(unpad(_open(file, secrets.person, secrets.name)))
    database = open_database(raw)
    try:
        return _person(person, cls, file, secrets, database)
    except FormatError:
        database.close()
        raise


def _person(person: object, cls: int, file: QueryFile, secrets: SlotSecrets, database: QueryDatabase) -> Lookup:
    match person:
        case {
            "v": 1,
            "class": said,
            "name": str(name),
            "household": str(household),
            "village": str(village),
            "balance_fen": int(balance),
            "items": list(items),
            "images": list(images),
            **_rest,
        } if said == cls:
            pictures = [_image(one) for one in images]
            return Lookup(
                cls=cls, name=name, household=household, village=village, balance_fen=balance,
                items=tuple(_item(one) for one in items), images=tuple(image for image, _key in pictures),
                title=database.title(), database=database, file=file, village_key=secrets.village,
                image_keys={image.name: key for image, key in pictures},
            )  # fmt: skip
    raise FormatError(_("个人数据的格式不对，请升级软件。"))


def _item(value: object) -> QueryItem:
    match value:
        case {"kind": str(kind), "day": str(day), "words": str(words), "debit_fen": int(debit),
              "credit_fen": int(credit), "voucher": str(voucher), **_rest} if kind in KINDS:  # fmt: skip
            return QueryItem(kind, day, words, debit, credit, voucher)
    raise FormatError(_("个人数据的格式不对，请升级软件。"))


def _image(value: object) -> tuple[QueryImage, bytes]:
    match value:
        case {
            "name": str(name),
            "key": str(key),
            "title": str(title),
            "media": str(media),
            "pages": int(pages),
            **_rest,
        }:
            return QueryImage("", 0, title, "", media, pages, name=name), _key(key)
    raise FormatError(_("个人数据的格式不对，请升级软件。"))


def _key(text: str) -> bytes:
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise FormatError(_("个人数据的格式不对，请升级软件。"))
    return bytes.fromhex(text)


def _open(file: QueryFile, key: bytes, name: str) -> bytes:
    """An object's plaintext; what was signed but does not open is a damaged file, not a wrong number."""
    try:
        return open_object(key, file.header.file_id, name, file.container.read(name))
    except CannotOpen as error:
        raise FormatError(str(error)) from error
