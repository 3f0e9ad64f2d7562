"""The roll of villagers: entered with numbers sealed, taken over under the office key, read without any number."""

from __future__ import annotations

import os
import uuid
from collections.abc import Collection, Sequence
from pathlib import Path

from villagebooks.core.history import HistoryPerson
from villagebooks.core.person import Villager
from villagebooks.core.problem import Refused, Trouble
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import intake as intake_rows
from villagebooks.db import person as person_rows
from villagebooks.db.person import SealedColumns
from villagebooks.formats.account import ACCOUNTS
from villagebooks.formats.history import PEOPLE, VILLAGES, read_people
from villagebooks.formats.table import Faults
from villagebooks.formats.voucher import LINES, OPENINGS
from villagebooks.seal.key import CannotOpen, unwrap, wrap
from villagebooks.seal.person import FieldSeal, derive_office_keys, normal_id
from villagebooks.services.desk import Act, Office, acting_office
from villagebooks.services.key import Unlocked, intake_key

ID_COLUMN, CODE_COLUMN = "person.id_number", "person.household_code"
_PURPOSE, _READER = "intake", "intake"
_NO_FILE = bytes(16)
_SURNAMES = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "查": "zha", "朴": "piao", "盖": "ge", "区": "ou", "翟": "zhai",
    "解": "xie", "任": "ren", "尉迟": "yuchi", "长孙": "zhangsun",
}  # fmt: skip
"""Readings of surnames that the general dictionary gets wrong."""


def import_roll(office: Office, path: Path) -> int:
    """Put the people of one people.csv on the rolls of villages that are there already; how many.

    All or none: Refused with every problem by line, and for whoever is on the roll.
    """
    faults = Faults()
    if not path.is_file():
        raise Trouble(_("没有文件 {path}").format(path=path))
    people = read_people(path, faults)
    if not people and not faults:
        faults.add(_("只有表头，没有一行数据"), path.name)
    with acting_office(office) as act:
        count = enter_people(act, people, (), faults)
        if faults:
            raise Refused(faults.all())
    return count


def roll_alone(folder: Path) -> Path | None:
    """The people.csv of a folder that holds none of the tables of books."""
    others = (VILLAGES, ACCOUNTS, LINES, OPENINGS)
    return (
        folder / PEOPLE if (folder / PEOPLE).is_file() and not any((folder / one).exists() for one in others) else None
    )


def enter_people(act: Act, people: Sequence[HistoryPerson], villages: Collection[str], faults: Faults) -> int:
    """Put an import's people on the roll inside its transaction; how many.

    Nobody need be signed in: the numbers are sealed under a fresh key, which is wrapped to the office's intake key and
    taken over by `take_over_intake`. `villages` are those that the import itself brings.
    """
    if not people:
        return 0
    _check_roll(act, people, villages, faults)
    if faults:
        return 0
    secret = os.urandom(32)
    keys = derive_office_keys(secret)
    seal = FieldSeal(keys.field, keys.index)
    person_rows.add_people(act.connection, [_row(one, seal) for one in people])
    wrapped = wrap(intake_rows.public_key(act.connection), secret, _PURPOSE, _NO_FILE, _READER)
    intake_rows.add_key(act.connection, wrapped)
    act.record("intake", "intakes:")
    for village in sorted({one.village for one in people}):
        act.record("people", f"people:{village}")
    return len(people)


def _check_roll(act: Act, people: Sequence[HistoryPerson], villages: Collection[str], faults: Faults) -> None:
    known = {village.code for village in book_rows.villages(act.connection)} | set(villages)
    for code in sorted({one.village for one in people}):
        if code not in known:
            faults.add(_("没有村 {code}").format(code=code), PEOPLE)
        on_roll = {(one.household, one.name) for one in person_rows.people(act.connection, code)}
        for one in people:
            if one.village == code and (one.household, one.name) in on_roll:
                text = _("{village} {household} 户的{name}已在名册里")
                faults.add(text.format(village=code, household=one.household, name=one.name), PEOPLE)


def _row(one: HistoryPerson, seal: FieldSeal) -> tuple[Villager, SealedColumns]:
    uid = str(uuid.uuid4())
    number = seal.seal(normal_id(one.id_number), ID_COLUMN, uid) if one.id_number else None
    code = seal.seal(one.household_code, CODE_COLUMN, uid) if one.household_code else None
    villager = Villager(uid, one.village, one.household, one.name, one.sex, one.role, one.died_on, sort_key(one.name))
    return villager, SealedColumns(number, None, code)


def take_over_intake(office: Office, unlocked: Unlocked) -> int:
    """Seal under the office key what imports left sealed under keys of their own; how many people.

    Needs somebody unlocked whose duty holds the office key; does nothing when nothing waits.
    """
    if unlocked.office_key is None:
        return 0
    keys = derive_office_keys(unlocked.office_key)
    own = FieldSeal(keys.field, keys.index)
    done = 0
    with acting_office(office) as act:
        waiting = intake_rows.wrapped_keys(act.connection)
        if not waiting:
            return 0
        opener = intake_key(unlocked.office_key)
        secrets = [unwrap(opener, wrapped, _PURPOSE, _NO_FILE, _READER) for wrapped in waiting]
        seals = [FieldSeal(derive_office_keys(one).field, derive_office_keys(one).index) for one in secrets]
        for village in book_rows.villages(act.connection):
            count = 0
            for uid, columns in person_rows.sealed_columns(act.connection, village.code).items():
                taken = _taken_over(uid, columns, seals, own)
                if taken:
                    person_rows.reseal(act.connection, uid, taken)
                    count += 1
            if count:
                act.record("people", f"people:{village.code}")
            done += count
        intake_rows.forget_keys(act.connection)
        act.record("intake", "intakes:")
    return done


def _taken_over(uid: str, columns: SealedColumns, seals: Sequence[FieldSeal], own: FieldSeal) -> SealedColumns | None:
    """The columns under the office's own key, None when none of the intake keys opens them."""
    number = _open(seals, columns.id_sealed, ID_COLUMN, uid)
    code = _open(seals, columns.code_sealed, CODE_COLUMN, uid)
    if number is None and code is None:
        return None
    return SealedColumns(
        own.seal(number, ID_COLUMN, uid) if number is not None else columns.id_sealed,
        own.index(number) if number is not None else columns.id_index,
        own.seal(code, CODE_COLUMN, uid) if code is not None else columns.code_sealed,
    )


def _open(seals: Sequence[FieldSeal], blob: bytes | None, column: str, uid: str) -> str | None:
    for seal in seals if blob else ():
        try:
            return seal.open(blob or b"", column, uid)
        except CannotOpen:
            continue
    return None


def people(office: Office, village: str) -> list[Villager]:
    """The roll of a village by household, without any number."""
    with office.books.read() as connection:
        return person_rows.people(connection, village)


def sort_key(name: str) -> str:
    """The name's pinyin, by which lists are sorted and found; surnames by their own table."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  (0.28 s, needed only when people are entered)

    surname = next((one for one in (name[:2], name[:1]) if one in _SURNAMES), "")
    rest = lazy_pinyin(name[len(surname) :])
    return " ".join([_SURNAMES[surname], *rest] if surname else rest)
