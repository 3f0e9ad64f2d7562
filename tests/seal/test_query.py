from __future__ import annotations

import random
from dataclasses import replace

import pytest

from villagebooks.seal.canonical import FormatError
from villagebooks.seal.key import Argon2Cost, CannotOpen
from villagebooks.seal.query import (
    EqualTags,
    SlotKey,
    SlotSecrets,
    build_slots,
    cache_bound,
    content_hash,
    credential,
    decoyed,
    open_object,
    open_slot,
    open_stretched,
    pad,
    seal_object,
    seal_stretched,
    slot_key,
    slot_tables,
    stretch,
    unpad,
)

CHEAP = Argon2Cost(1, 8, 1)
SALT, FILE = b"salt" * 4, bytes(range(16))
PEPPERS = {1: b"1" * 32, 2: b"2" * 32}
PEOPLE = [(f"11010519491231{number:03d}0", f"{number:012d}") for number in range(70)]


def key_of(who: int, cls: int, pepper: bytes = b"", file_id: bytes = FILE, code: str = "") -> SlotKey:
    number, own = PEOPLE[who]
    secret = credential(number, (code or own) if cls == 2 else "")
    return slot_key(stretch(secret, SALT, CHEAP), pepper or PEPPERS[cls], cls, file_id)


def secrets_of(who: int, cls: int) -> SlotSecrets:
    source = random.Random(who * 10 + cls)
    return SlotSecrets(b"v" * 32, source.randbytes(32), f"p/{source.randbytes(32).hex()}")


@pytest.fixture(scope="module")
def table() -> bytes:
    classes = {cls: [(key_of(who, cls), secrets_of(who, cls)) for who in range(len(PEOPLE))] for cls in (1, 2)}
    return build_slots(classes, random.Random(3).randbytes)


def test_everybody_finds_his_own_secrets_in_both_classes(table: bytes) -> None:
    for who in range(len(PEOPLE)):
        for cls in (1, 2):
            assert open_slot(table, cls, key_of(who, cls)) == secrets_of(who, cls)


def test_the_table_is_sorted_and_padded_to_a_multiple_of_64(table: bytes) -> None:
    assert len(table) == 5 + 2 * (5 + 128 * 128)
    assert {cls: len(records) for cls, records in slot_tables(table).items()} == {1: 128 * 128, 2: 128 * 128}
    assert [decoyed(count) for count in (0, 1, 64, 65, 128, 129)] == [64, 64, 64, 128, 128, 192]


def test_nothing_else_opens_anything(table: bytes) -> None:
    source = random.Random(11)
    tried = 0
    for _turn in range(2000):
        who, cls = source.randrange(len(PEOPLE)), source.choice((1, 2))
        other = 3 - cls
        crossed = slot_key(stretch(credential(PEOPLE[who][0]), SALT, CHEAP), PEPPERS[2], 2, FILE)
        wrong_id = credential(f"11010519491231{source.randrange(100, 999)}X", PEOPLE[who][1] if cls == 2 else "")
        for look_in, key in (
            (cls, key_of(who, cls, pepper=source.randbytes(32))),
            (cls, key_of(who, cls, file_id=source.randbytes(16))),
            (other, key_of(who, cls)),
            (2, key_of(who, 2, code=PEOPLE[(who + 1) % len(PEOPLE)][1])),
            (2, crossed),
            (cls, slot_key(stretch(wrong_id, SALT, CHEAP), PEPPERS[cls], cls, FILE)),
            (cls, replace(key_of(who, cls), kek=source.randbytes(32))),
        ):
            assert open_slot(table, look_in, key) is None
            tried += 1
    assert tried == 14_000


def test_two_people_with_one_credential_stop_the_export() -> None:
    pairs = [(key_of(who, 1), secrets_of(who, 1)) for who in (0, 1, 2, 1)]
    with pytest.raises(EqualTags) as found:
        build_slots({1: pairs})
    assert (found.value.cls, found.value.first, found.value.second) == (1, 1, 3)


def test_a_damaged_table_is_refused(table: bytes) -> None:
    first = 5 + 5
    swapped = table[:first] + table[first + 128 : first + 256] + table[first : first + 128] + table[first + 256 :]
    for bad in (b"", table[:-1], table + b"x", b"VBS2" + table[4:], table[:4] + b"\x01" + table[5:], swapped,
                table[:4] + b"\xff" + table[5:], table[:6] + b"\xff\xff\xff\xff" + table[10:]):  # fmt: skip
        with pytest.raises(FormatError):
            slot_tables(bad)


def test_a_flipped_bit_in_a_record_opens_nothing(table: bytes) -> None:
    key = key_of(0, 1)
    at = table.index(key.tag)
    for place in range(16, 128):
        changed = table[: at + place] + bytes([table[at + place] ^ 1]) + table[at + place + 1 :]
        assert open_slot(changed, 1, key) is None


def test_an_object_opens_under_its_key_file_and_name_only() -> None:
    name = "b/" + "0a" * 32
    sealed = seal_object(b"k" * 32, FILE, name, b"plain")
    assert open_object(b"k" * 32, FILE, name, sealed) == b"plain"
    for key, file_id, other in ((b"K" * 32, FILE, name), (b"k" * 32, bytes(16), name), (b"k" * 32, FILE, "db")):
        with pytest.raises(CannotOpen):
            open_object(key, file_id, other, sealed)
    with pytest.raises(CannotOpen):
        open_object(b"k" * 32, FILE, name, b"")


def test_padding_hides_the_size_and_is_strict() -> None:
    for size, padded in ((0, 4096), (4092, 4096), (4093, 16384), (16381, 65536), (65532, 65536), (65533, 131072)):
        raw = b"x" * size
        assert len(pad(raw)) == padded
        assert unpad(pad(raw)) == raw
    for bad in (b"", bytes(4095), bytes(4097), pad(b"x")[:-1] + b"x", b"\xff\xff\xff\xff" + bytes(4092), bytes(16384)):
        with pytest.raises(FormatError):
            unpad(bad)


def test_a_cached_result_serves_the_same_credential_salt_and_cost_only() -> None:
    secret = credential(*PEOPLE[0])
    bound = cache_bound(secret, SALT, CHEAP)
    blob = seal_stretched(b"c" * 32, b"A" * 32, bound)
    assert open_stretched(b"c" * 32, blob, bound) == b"A" * 32
    for key, other in (
        (b"d" * 32, bound),
        (b"c" * 32, cache_bound(credential(*PEOPLE[1]), SALT, CHEAP)),
        (b"c" * 32, cache_bound(secret, bytes(16), CHEAP)),
        (b"c" * 32, cache_bound(secret, SALT, Argon2Cost(2, 8, 1))),
    ):
        assert open_stretched(key, blob, other) is None
    assert open_stretched(b"c" * 32, b"", bound) is None


def test_the_content_hash_needs_the_village_key() -> None:
    assert content_hash(b"v" * 32, b"x") != content_hash(b"w" * 32, b"x")
