from __future__ import annotations

import hashlib
import random
import uuid
from dataclasses import replace

import pytest

from villagebooks.seal.canonical import load
from villagebooks.seal.journal import (
    ChainBroken,
    Entry,
    OfficeMark,
    entry_bytes,
    genesis_head,
    head_of_leaves,
    leaf_hash,
    next_head,
    verify_chain,
)

CHAIN = "3f0c1c9a-0000-4000-8000-000000000001"


def entries(count: int) -> list[Entry]:
    source = random.Random(count)
    return [
        Entry(CHAIN, seq, "2026-09-03T10:00:00+08:00", "centre/ann", "voucher.save", f"voucher:{seq}", "ab" * 32,
              OfficeMark(seq // 10, bytes(32)), source.randbytes(16))
        for seq in range(1, count + 1)
    ]  # fmt: skip


def test_head_and_leaf_are_as_written_down() -> None:
    entry = entries(1)[0]
    leaf = hashlib.sha256(b"vb1/leaf\0" + entry_bytes(entry)).digest()
    start = hashlib.sha256(b"vb1/genesis\0" + uuid.UUID(CHAIN).bytes).digest()
    assert genesis_head(CHAIN) == start
    assert leaf_hash(entry) == leaf_hash(entry_bytes(entry)) == leaf
    assert verify_chain(CHAIN, [entry]) == hashlib.sha256(b"vb1/chain\0" + start + leaf).digest()
    assert verify_chain(CHAIN, []) == start


def test_the_entry_is_canonical_json_with_the_office_mark() -> None:
    value = load(entry_bytes(entries(1)[0]))
    assert isinstance(value, dict)
    assert set(value) == {"v", "chain", "seq", "at", "actor", "kind", "ref", "digest", "office", "salt"}
    assert value["office"] == [0, "00" * 32]
    office = load(entry_bytes(replace(entries(1)[0], office=None)))
    assert isinstance(office, dict)
    assert office["office"] is None


def test_any_change_anywhere_gives_another_head() -> None:
    chain = entries(200)
    head = verify_chain(CHAIN, chain)
    heads = []
    at = genesis_head(CHAIN)
    for entry in chain:
        at = next_head(at, leaf_hash(entry))
        heads.append(at)
    assert heads[-1] == head == head_of_leaves(CHAIN, map(leaf_hash, chain))
    for place, entry in enumerate(chain):
        changed = [*chain[:place], replace(entry, digest="cd" * 32), *chain[place + 1 :]]
        assert verify_chain(CHAIN, changed) != head
        with pytest.raises(ChainBroken) as broken:
            verify_chain(CHAIN, changed, heads)
        assert broken.value.seq == entry.seq


def test_a_deleted_inserted_swapped_or_foreign_entry_is_named() -> None:
    chain = entries(30)
    for place in range(29):
        for changed in (
            chain[:place] + chain[place + 1 :],
            [*chain[: place + 1], chain[place], *chain[place + 1 :]],
            [*chain[:place], chain[place + 1], chain[place], *chain[place + 2 :]],
            [*chain[:place], replace(chain[place], chain="other"), *chain[place + 1 :]],
        ):
            with pytest.raises(ChainBroken) as broken:
                verify_chain(CHAIN, changed)
            assert broken.value.seq in (place + 1, place + 2)
