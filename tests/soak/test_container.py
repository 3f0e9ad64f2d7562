"""The long adversarial runs on containers; `make soak`."""

from __future__ import annotations

import random
import resource
import time
from pathlib import Path

import pytest

from villagebooks.seal.canonical import FormatError
from villagebooks.seal.container import BLOCK, open_container, write_container
from villagebooks.seal.key import SigningKey

KIND = "villagebooks/v1/test"
KEYS = [SigningKey("centre/ann", b"a" * 32), SigningKey("centre/ben", b"b" * 32)]
KNOWN = {key.name: key.public for key in KEYS}
MUTATIONS = 1_000_000
PATIENCE = 1.0
MEMORY_KIB = 200 * 1024


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("soak") / "a"
    objects = [("keys", b"directory"), ("db", b"x" * 9000), ("b/" + "ab" * 32, b"y" * 2000), ("slots", bytes(512))]
    write_container(path, ["centre c", "seq 1"], objects, KEYS, KIND)
    return path.read_bytes()


def accepted(raw: bytes, path: Path) -> bool:
    path.write_bytes(raw)
    try:
        open_container(path, KIND, KNOWN, needed=2).verify_all()
    except FormatError:
        return False
    return True


def test_no_single_bit_flip_is_accepted(raw: bytes, tmp_path: Path) -> None:
    assert len(raw) * 8 >= 100_000
    changed = bytearray(raw)
    for bit in range(len(raw) * 8):
        changed[bit // 8] ^= 1 << bit % 8
        assert not accepted(changed, tmp_path / "b"), bit
        changed[bit // 8] ^= 1 << bit % 8
    assert accepted(changed, tmp_path / "b")


def test_no_truncation_and_nothing_appended_is_accepted(raw: bytes, tmp_path: Path) -> None:
    source = random.Random(1)
    for end in range(len(raw)):
        assert not accepted(raw[:end], tmp_path / "b"), end
    for _turn in range(2000):
        assert not accepted(raw + source.randbytes(source.randint(1, 3000)), tmp_path / "b")
    assert accepted(raw, tmp_path / "b")


def test_no_structured_mutation_is_accepted_or_costs_time_or_memory(raw: bytes, tmp_path: Path) -> None:
    source = random.Random(2)
    pieces = [
        b"../",
        b"..",
        b"/etc/passwd",
        b"\n\n",
        b"\0" * 512,
        b"obj ",
        b"77777777777\0",
        b"\xff" * 12,
        b"NOTE",
        b"keys",
    ]
    for turn in range(MUTATIONS):
        changed = bytearray(raw)
        for _step in range(source.randint(1, 3)):
            at, size = source.randrange(len(changed)), source.choice((1, 12, BLOCK, source.randint(1, 4000)))
            change = source.randrange(5)
            if change == 0:
                del changed[at : at + size]
            elif change == 1:
                changed[at:at] = source.choice(pieces)
            elif change == 2:
                start = source.randrange(len(raw))
                changed[at : at + size] = raw[start : start + size]
            elif change == 3:
                changed[124:136] = b"%011o\0" % source.getrandbits(33)
            else:
                changed[at : at + size] = source.randbytes(min(size, 64))
        if changed == raw or not changed:
            continue
        start_at = time.perf_counter()
        assert not accepted(changed, tmp_path / "b"), turn
        assert time.perf_counter() - start_at < PATIENCE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < MEMORY_KIB
