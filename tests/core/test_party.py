"""New parties: the code that is proposed, the names that are refused."""

from __future__ import annotations

import pytest

from villagebooks.core.party import Party, check_party, party_named, proposed_code


def known(*codes: str) -> dict[str, Party]:
    return {code: Party(code, f"某{code}") for code in codes}


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        ((), "刘三"),
        (("W001", "W009", "G1"), "W010"),
        (("001", "002"), "003"),
        (("99",), "100"),
        (("甲", "乙", "7"), "刘三"),
    ],
)
def test_the_code_follows_the_numbers_of_the_book_or_is_the_name(codes: tuple[str, ...], code: str) -> None:
    assert proposed_code(known(*codes), "刘三") == code


def test_a_name_is_there_once_not_empty_and_not_endless() -> None:
    parties = {"1": Party("1", "刘三"), "2": Party("2", "李四"), "3": Party("3", "李四")}
    assert check_party("王五", parties) == []
    assert [str(one) for one in check_party("刘三", parties)] == ["已经有“刘三”，请直接选"]
    assert check_party("　", parties)
    assert check_party("长" * 61, parties)
    assert party_named(parties, "刘三") == parties["1"]
    assert party_named(parties, "李四") is None
