from __future__ import annotations

import random

import pytest

from villagebooks.core.problem import Refused
from villagebooks.seal.key import CannotOpen
from villagebooks.seal.person import FieldSeal, derive_office_keys, normal_id

KEYS = derive_office_keys(b"o" * 32)
SEAL = FieldSeal(KEYS.field, KEYS.index)
UID, OTHER = "3f0c1c9a-0000-4000-8000-000000000001", "3f0c1c9a-0000-4000-8000-000000000002"


def test_a_field_opens_in_its_own_place_only() -> None:
    blob = SEAL.seal("11010519491231002X", "person.id_number", UID)
    assert blob[0] == 1
    assert SEAL.open(blob, "person.id_number", UID) == "11010519491231002X"
    for column, uid in (("person.phone", UID), ("person.id_number", OTHER)):
        with pytest.raises(CannotOpen):
            SEAL.open(blob, column, uid)
    with pytest.raises(CannotOpen):
        FieldSeal(KEYS.cache, KEYS.index).open(blob, "person.id_number", UID)


def test_a_changed_or_cut_field_does_not_open() -> None:
    blob = SEAL.seal("6222", "person.bank", UID, random.Random(1).randbytes)
    for at in range(len(blob)):
        for bad in (blob[:at], blob[:at] + bytes([blob[at] ^ 4]) + blob[at + 1 :]):
            with pytest.raises(CannotOpen):
                SEAL.open(bad, "person.bank", UID)


def test_equal_texts_have_equal_indexes_and_different_sealed_bytes() -> None:
    assert SEAL.index("a") == SEAL.index("a") != SEAL.index("b")
    assert FieldSeal(KEYS.field, KEYS.cache).index("a") != SEAL.index("a")
    assert SEAL.seal("a", "t.c", UID) != SEAL.seal("a", "t.c", UID)


def test_the_three_office_keys_differ_and_do_not_show() -> None:
    assert len({KEYS.field, KEYS.index, KEYS.cache}) == 3
    assert repr(KEYS.field) not in repr(KEYS) + repr(SEAL)


def test_normal_id_refuses_with_the_reason() -> None:
    assert normal_id("11010519491231002x") == "11010519491231002X"
    with pytest.raises(Refused, match="输错"):
        normal_id("110105194912310021")
