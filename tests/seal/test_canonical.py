from __future__ import annotations

import json
import unicodedata
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from villagebooks.seal.canonical import DEEPEST, LARGEST_BYTES, LARGEST_INT, FormatError, dump, load

TEXT = st.text(st.characters(exclude_categories=("Cs",))).map(partial(unicodedata.normalize, "NFC"))
KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
LEAVES = st.none() | st.booleans() | st.integers(-LARGEST_INT, LARGEST_INT) | TEXT
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@given(VALUES)
@settings(max_examples=300, deadline=None)
def test_what_is_dumped_is_loaded_unchanged_and_dumped_to_the_same_bytes(value: object) -> None:
    raw = dump(value)
    assert load(raw) == value
    assert dump(load(raw)) == raw


@given(VALUES, st.data())
@settings(max_examples=300, deadline=None)
def test_a_changed_byte_is_refused_or_is_another_value(value: object, data: st.DataObject) -> None:
    raw = bytearray(dump(value))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    try:
        other = load(bytes(raw))
    except FormatError:
        return
    assert dump(other) == bytes(raw)


@given(st.binary(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_value_or_the_format_error(raw: bytes) -> None:
    try:
        value = load(raw)
    except FormatError:
        return
    assert dump(value) == raw


def test_keys_are_sorted_and_chinese_stays_readable() -> None:
    assert dump({"b": 1, "a": "村", "c": [True, None]}) == '{"a":"村","b":1,"c":[true,null]}'.encode()


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b"1.0",
        b"1e3",
        b"NaN",
        b"Infinity",
        b"-0",
        b"01",
        b"9007199254740992",
        b"9" * 5000,
        b'"\\u0041"',
        b'"\\ud800"',
        '"e\u0301"'.encode(),
        b'"\xff"',
        b"\xef\xbb\xbf1",
        b"1\n",
        b" 1",
        b"",
        b"[1,]",
        b"[" * 100_000,
        '{"é":1}'.encode(),
        ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)).encode(),
    ],
)
def test_a_second_spelling_and_everything_else_is_refused(raw: bytes) -> None:
    with pytest.raises(FormatError):
        load(raw)


def test_the_deepest_value_is_read_and_one_deeper_is_not_written() -> None:
    raw = ("[" * DEEPEST + "]" * DEEPEST).encode()
    assert dump(load(raw)) == raw
    with pytest.raises(FormatError):
        dump([load(raw)])


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), {1: 2}, {"é": 1}, b"x", "\ud800", "e\u0301", 2**53, {"a": {1, 2}}]
)
def test_what_has_no_canonical_form_is_not_written(value: object) -> None:
    with pytest.raises(FormatError):
        dump(value)


def test_more_than_eight_mebibytes_are_refused_both_ways() -> None:
    with pytest.raises(FormatError):
        dump("x" * LARGEST_BYTES)
    with pytest.raises(FormatError):
        load(json.dumps("x" * LARGEST_BYTES).encode())
