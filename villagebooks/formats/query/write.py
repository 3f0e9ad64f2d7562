"""Writing a query file: the database, the pictures, the slots and every person's own part, sealed and signed by two."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from villagebooks.core.person import hide_personal_numbers
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.query import KIOSK, PAGE, QueryContent, QueryHead, QueryImage, QueryPerson, QueryTitle
from villagebooks.core.words import _
from villagebooks.formats.query.database import build_database
from villagebooks.formats.query.header import QUERY_KIND, QueryHeader, WrappedPepper, header_lines, pepper_purpose
from villagebooks.formats.query.proof import ANCHORS, JOURNAL, build_anchors, build_journal
from villagebooks.seal.canonical import dump
from villagebooks.seal.container import KEYS_NAME, random_name, write_container
from villagebooks.seal.key import Argon2Cost, ReaderEntry, wrap
from villagebooks.seal.note import Signer
from villagebooks.seal.query import (
    SMALLEST_PAD,
    EqualTags,
    SlotKey,
    SlotSecrets,
    build_slots,
    content_hash,
    decoyed,
    pad,
    seal_object,
    slot_key,
)

SLOTS, DATABASE = "slots", "db"

_TAG_BYTES = 16

Random = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class QueryExport:
    """Everything that goes into one file. `stretched` holds A (seal.query.stretch) by (person uid, class).

    `directory` is the newest key directory's note, `chain` and `leaves` the book's journal; names as printed.
    """

    head: QueryHead
    village: str
    book_name: str
    standard: str
    content: QueryContent
    people: tuple[QueryPerson, ...]
    stretched: Mapping[tuple[str, int], bytes]
    readers: tuple[ReaderEntry, ...]
    directory: bytes
    chain: str
    leaves: Sequence[bytes]
    cost: Argon2Cost


@dataclass(frozen=True, slots=True)
class _Secrets:
    """Fresh for this file and this attempt: id, the village's key, a pepper for each class."""

    file_id: bytes
    village: bytes
    peppers: Mapping[int, bytes]


def write_query_file(
    path: Path,
    export: QueryExport,
    signers: Sequence[Signer],
    read_image: Callable[[str], bytes],
    random: Random = os.urandom,
) -> QueryHeader:
    """Write the file safely and return its header; `read_image` gives a picture's redacted derivative by its sha256.

    Refused when nobody could open it, when two people have one ID number, or with fewer than two signers.
    """
    classes = sorted({reader.cls for reader in export.readers})
    if not classes:
        raise Refused([Problem(_("还没有登记查询设备，导出的文件谁也打不开"))])
    if len(signers) < 2:
        raise Refused([Problem(_("查询文件要中心主任和复核人两个人签名"))])
    secrets = _Secrets(random(16), random(32), {cls: random(32) for cls in classes})
    content, pictures = _name_images(export.content, random)
    database = build_database(_title(export), content)
    slots, parts = _build_people(export, secrets, random)
    header = QueryHeader(
        head=export.head, file_id=secrets.file_id, cost=export.cost, content=content_hash(secrets.village, database),
        readers=tuple(_wrap_pepper(reader, secrets) for reader in export.readers),
    )  # fmt: skip

    def objects() -> Iterator[tuple[str, bytes]]:
        yield KEYS_NAME, export.directory
        yield JOURNAL, build_journal(export.chain, export.leaves)
        yield ANCHORS, build_anchors([sheet.anchor for sheet in export.content.sheets])
        yield SLOTS, slots
        yield DATABASE, seal_object(secrets.village, secrets.file_id, DATABASE, database)
        for sha, name in pictures.items():
            yield name, seal_object(secrets.village, secrets.file_id, name, read_image(sha))
        for name, part in sorted(parts.items()):
            yield name, part if isinstance(part, bytes) else part(read_image)

    write_container(path, header_lines(header), objects(), signers, QUERY_KIND)
    return header


def person_record(export: QueryExport, person: QueryPerson, cls: int, images: Sequence[object]) -> dict[str, object]:
    """A person's own part as plain data; sensitive items only in class 2."""
    items = [one for one in person.items if cls == PAGE or not one.sensitive]
    return {
        "v": 1,
        "class": cls,
        "name": hide_personal_numbers(person.name),
        "household": hide_personal_numbers(person.household),
        "village": hide_personal_numbers(export.village),
        "asof": export.head.asof.isoformat(),
        "balance_fen": person.balance_fen,
        "items": [
            {
                "kind": one.kind, "day": one.day, "words": hide_personal_numbers(one.words),
                "debit_fen": one.debit_fen, "credit_fen": one.credit_fen, "voucher": one.voucher,
            }
            for one in items
        ],
        "images": list(images),
    }  # fmt: skip


def _title(export: QueryExport) -> QueryTitle:
    head = export.head
    months = tuple(sheet.month for sheet in export.content.sheets)
    return QueryTitle(
        head.centre, export.village, head.book, export.book_name, export.standard, head.asof, head.seq, months
    )


def _name_images(content: QueryContent, random: Random) -> tuple[QueryContent, dict[str, str]]:
    """Content with a random object name for every picture, and the names by sha256: each is stored once."""
    names: dict[str, str] = {}
    for image in content.images:
        if image.sha256 not in names:
            names[image.sha256] = random_name("b", random)
    images = tuple(replace(image, name=names[image.sha256]) for image in content.images)
    return replace(content, images=images), names


Part = bytes | Callable[[Callable[[str], bytes]], bytes]


def _build_people(export: QueryExport, secrets: _Secrets, random: Random) -> tuple[bytes, dict[str, Part]]:
    """The slot table, and the p/ objects and own pictures by name; decoys make their number tell little."""
    parts: dict[str, Part] = {}
    table: dict[int, list[tuple[SlotKey, SlotSecrets]]] = {}
    for cls, pepper in secrets.peppers.items():
        people = [person for person in export.people if (person.uid, cls) in export.stretched]
        table[cls] = []
        for person in people:
            key = slot_key(export.stretched[person.uid, cls], pepper, cls, secrets.file_id)
            own = SlotSecrets(secrets.village, random(32), random_name("p", random))
            images = [_own_image(image, secrets, parts, random) for image in person.images]
            record = dump(person_record(export, person, cls, images))
            parts[own.name] = seal_object(own.person, secrets.file_id, own.name, pad(record))
            table[cls].append((key, own))
        for _decoy in range(decoyed(len(people)) - len(people)):
            parts[random_name("p", random)] = random(SMALLEST_PAD + _TAG_BYTES)
        _refuse_twins(table[cls], people)
    try:
        return build_slots(table, random), parts
    except EqualTags as error:
        raise Refused([Problem(str(error))]) from error


def _own_image(image: QueryImage, secrets: _Secrets, parts: dict[str, Part], random: Random) -> dict[str, object]:
    """Store a person's own picture under a key of its own, which only that person's part tells."""
    name, key = random_name("b", random), random(32)
    parts[name] = lambda read_image: seal_object(key, secrets.file_id, name, read_image(image.sha256))
    title = hide_personal_numbers(image.title)
    return {"name": name, "key": key.hex(), "title": title, "media": image.media, "pages": image.pages}


def _refuse_twins(slots: Sequence[tuple[SlotKey, SlotSecrets]], people: Sequence[QueryPerson]) -> None:
    """Two people with one ID number are an error in the roll; name them."""
    first: dict[bytes, QueryPerson] = {}
    problems = []
    for (key, _own), person in zip(slots, people, strict=True):
        other = first.setdefault(key.tag, person)
        if other is not person:
            text = _("{a}（{x} 户）和 {b}（{y} 户）登记了同一个身份证号，请先核对名册")
            problems.append(Problem(text.format(a=other.name, x=other.household, b=person.name, y=person.household)))
    if problems:
        raise Refused(problems)


def _wrap_pepper(reader: ReaderEntry, secrets: _Secrets) -> WrappedPepper:
    if reader.cls not in (KIOSK, PAGE):
        raise ValueError("a reader is of class 1 or 2")
    pepper = secrets.peppers[reader.cls]
    wrapped = wrap(reader.public, pepper, pepper_purpose(reader.cls), secrets.file_id, reader.name)
    return WrappedPepper(reader.cls, reader.name, wrapped)
