"""The roll of villagers (sealed columns as bytes), officers with their duties, key boxes and the key directory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from villagebooks.core.person import Officer, Villager
from villagebooks.db import schema
from villagebooks.db.tuples import fetch_plain

_person, _officer, _box = schema.person.c, schema.officer.c, schema.key_box.c
_NEWEST = "SELECT version, note FROM key_directory ORDER BY version DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class SealedColumns:
    """A villager's ID number and household code as they lie in the database."""

    id_sealed: bytes | None
    id_index: bytes | None
    code_sealed: bytes | None


@dataclass(frozen=True, slots=True)
class KeyBox:
    """A person's keys in the passphrase box, their public halves, and the office key wrapped to the person."""

    name: str
    box: bytes
    signing_public: bytes
    sealing_public: bytes
    office_wrap: bytes | None
    made_at: str
    place: str = ""
    """Where the box lies when not here: the folder of a stick as it was seen last; then `box` is empty."""


def add_people(connection: Connection, people: Iterable[tuple[Villager, SealedColumns]]) -> None:
    """Villagers with their sealed columns."""
    rows = [
        {"uid": one.uid, "village": one.village, "household": one.household, "name": one.name, "sex": one.sex,
         "role": one.role, "died_on": one.died_on, "sort_key": one.sort_key, "id_sealed": sealed.id_sealed,
         "id_index": sealed.id_index, "code_sealed": sealed.code_sealed}
        for one, sealed in people
    ]  # fmt: skip
    if rows:
        connection.execute(insert(schema.person), rows)


def people(connection: Connection, village: str) -> list[Villager]:
    """The roll of a village by household."""
    query = select(schema.person).where(_person.village == village).order_by(_person.household, _person.name)
    return [
        Villager(row.uid, row.village, row.household, row.name, row.sex, row.role, row.died_on, row.sort_key)
        for row in connection.execute(query)
    ]


def sealed_columns(connection: Connection, village: str) -> dict[str, SealedColumns]:
    """Sealed columns of a village's people by uid."""
    query = select(_person.uid, _person.id_sealed, _person.id_index, _person.code_sealed)
    rows = connection.execute(query.where(_person.village == village))
    return {row.uid: SealedColumns(row.id_sealed, row.id_index, row.code_sealed) for row in rows}


def reseal(connection: Connection, uid: str, columns: SealedColumns) -> None:
    """Replace a person's sealed columns, when the office key takes over what an import sealed."""
    connection.execute(
        update(schema.person)
        .where(_person.uid == uid)
        .values(id_sealed=columns.id_sealed, id_index=columns.id_index, code_sealed=columns.code_sealed)
    )


def add_officer(connection: Connection, officer: Officer) -> None:
    """A post given to somebody; village empty: at the centre."""
    connection.execute(
        insert(schema.officer).values(
            uid=officer.uid, name=officer.name, village=officer.village, duty=officer.duty, since=officer.since,
            until=officer.until, reason=officer.reason, former=officer.former,
        )
    )  # fmt: skip


def officers(connection: Connection) -> list[Officer]:
    """Everyone who holds or held a post."""
    rows = connection.execute(select(schema.officer).order_by(_officer.village, _officer.since, _officer.name))
    return [
        Officer(row.uid, row.name, row.village, row.duty, row.since, row.until, row.reason, row.former)
        for row in rows
    ]  # fmt: skip


def duties(connection: Connection, name: str, day: str) -> tuple[str, ...]:
    """Duties at the centre that the person holds on that day."""
    query = select(_officer.duty).where(
        _officer.name == name,
        _officer.village == "",
        _officer.since <= day,
        (func.coalesce(_officer.until, "") == "") | (_officer.until >= day),
    )
    return tuple(connection.execute(query).scalars())


def former_names(connection: Connection, name: str) -> tuple[str, ...]:
    """Names that the person of the centre had before: a term goes on under another name the day after, while a post
    that is handed over changes hands within the day."""
    before, after = schema.officer.alias("before").c, schema.officer.alias("after").c
    query = select(before.name).where(
        before.uid == after.former, after.village == "", before.name != after.name, before.until != "",
        before.until < after.since,
    )  # fmt: skip
    found: list[str] = []
    wanted = [name]
    while wanted:
        more = connection.execute(query.where(after.name.in_(wanted))).scalars()
        wanted = [one for one in dict.fromkeys(more) if one not in found and one != name]
        found += wanted
    return tuple(found)


def put_box(connection: Connection, box: KeyBox) -> None:
    """A person's new key box, in place of an old one."""
    connection.execute(schema.key_box.delete().where(_box.name == box.name))
    connection.execute(
        insert(schema.key_box).values(
            name=box.name, box=box.box, signing_public=box.signing_public, sealing_public=box.sealing_public,
            office_wrap=box.office_wrap, made_at=box.made_at, place=box.place,
        )
    )  # fmt: skip


def find_box(connection: Connection, name: str) -> KeyBox | None:
    """The key box of a person."""
    row = connection.execute(select(schema.key_box).where(_box.name == name)).one_or_none()
    if row is None:
        return None
    return KeyBox(
        row.name, row.box, row.signing_public, row.sealing_public, row.office_wrap, row.made_at, row.place
    )  # fmt: skip


def boxes(connection: Connection) -> list[KeyBox]:
    """Every key box by name."""
    names = connection.execute(select(_box.name).order_by(_box.name)).scalars().all()
    return [found for name in names if (found := find_box(connection, name))]


def box_names(connection: Connection) -> list[str]:
    """Who has a key."""
    return list(connection.execute(select(_box.name).order_by(_box.name)).scalars())


def directory(connection: Connection) -> tuple[int, bytes] | None:
    """Version and note of the newest key directory."""
    rows = fetch_plain(connection, _NEWEST, {})
    return (rows[0][0], bytes(rows[0][1])) if rows else None


def add_directory(connection: Connection, version: int, note: bytes, digest: str) -> None:
    """The next version of the key directory."""
    connection.execute(insert(schema.key_directory).values(version=version, note=note, hash=digest))


def directories(connection: Connection) -> list[tuple[int, bytes]]:
    """Every version of the key directory with its note."""
    table = schema.key_directory.c
    return [
        (row.version, row.note) for row in connection.execute(select(table.version, table.note).order_by(table.version))
    ]
