from __future__ import annotations

import hashlib
import random

from villagebooks.seal.code import (
    ALPHABET,
    check_code,
    encode_code,
    make_household_code,
    normal_code,
    normal_household_code,
)


def test_a_code_is_twenty_crockford_characters_in_five_groups() -> None:
    code = encode_code(hashlib.sha256(b"x").digest())
    assert [len(group) for group in code.split("-")] == [4] * 5
    assert set(code) <= set(ALPHABET + "-")
    assert check_code(code)


def test_the_first_95_bits_decide_and_the_96th_does_not() -> None:
    assert encode_code(bytes(12)) == encode_code(bytes(11) + b"\x01") == "0000-0000-0000-0000-0000"
    assert encode_code(bytes(11) + b"\x02") != encode_code(bytes(12))


def test_a_code_is_read_as_people_write_it() -> None:
    code = encode_code(hashlib.sha256(b"y").digest())
    assert normal_code(code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == code


def test_every_single_wrong_character_of_a_code_is_found() -> None:
    code = encode_code(hashlib.sha256(b"z").digest()).replace("-", "")
    for place, right in enumerate(code):
        for wrong in ALPHABET.replace(right, ""):
            assert not check_code(code[:place] + wrong + code[place + 1 :])


def test_short_long_and_foreign_text_is_no_code() -> None:
    for text in ("", "0000", "0000-0000-0000-0000-000", "0000-0000-0000-0000-00000", "U" * 20, "村" * 20):
        assert not check_code(text)


def test_a_household_code_has_twelve_digits_and_finds_every_single_slip() -> None:
    source = random.Random(7)
    for _turn in range(50):
        code = make_household_code(source.randbytes)
        assert len(code) == 12
        assert code.isdigit()
        assert normal_household_code(f"{code[:4]}-{code[4:8]} {code[8:]}") == code
        for place in range(12):
            for digit in set("0123456789") - {code[place]}:
                assert normal_household_code(code[:place] + digit + code[place + 1 :]) is None


def test_a_household_code_in_full_width_digits_is_read() -> None:
    code = make_household_code(random.Random(1).randbytes)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    assert normal_household_code(wide) == code
    assert normal_household_code("²" * 12) in (None, "222222222222")
    assert normal_household_code("") is None
