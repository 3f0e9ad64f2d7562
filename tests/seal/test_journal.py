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
    assert heads[-1] == head
    for place, entry in enumerate(chain):
        changed = [*chain[:place], replace(entry, digest="cd" * 32), *chain[place + 1 :]]
        assert verify_chain(CHAIN, changed) != head
        with pytest.raises(ChainBroken) as broken:
            verify_chain(CHAIN, changed, heads)
        assert broken.value.seq == entry.seq


def test_change_deletion_insertion_and_swap_at_every_position_of_5000_entries_differ() -> None:
    """20,000 rewritten chains: at the place itself another head than the one kept, and no way back to the old ones.

    Heads after the place only meet again if SHA-256 collides; that is counted to the end for one position in fifty.
    """
    count = 5000
    leaves = [leaf_hash(entry) for entry in entries(count)]
    heads = [genesis_head(CHAIN)]
    for leaf in leaves:
        heads.append(next_head(heads[-1], leaf))
    kept, strange, tried = set(heads), hashlib.sha256(b"strange").digest(), 0
    for place in range(count):
        after = leaves[place + 1 : place + 2]
        ways = {
            "change": ([strange], 1), "delete": (after, 1 + len(after)), "insert": ([strange, leaves[place]], 1),
            "swap": ([*after, leaves[place]] if after else [leaves[place - 1], leaves[place - 1]], 1 + len(after)),
        }  # fmt: skip
        for way, (new, gone) in ways.items():
            tried += 1
            at = heads[place]
            for leaf in new:
                at = next_head(at, leaf)
                assert at not in kept, (way, place)
            tail = leaves[place + gone :] if place % 50 == 0 else leaves[place + gone : place + gone + 3]
            for leaf in tail:
                at = next_head(at, leaf)
            assert new == [] or at not in kept, (way, place)
            # the last entry taken away leaves an older head: the size that stands with the head tells
            assert (place + len(new), at) != (count, heads[-1])
    assert tried == 20_000


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
