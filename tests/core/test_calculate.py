"""Sums typed into an amount cell."""

import pytest

from villagebooks.core.money import calculate_yuan


@pytest.mark.parametrize(
    ("text", "fen"),
    [("12*350", 420_000), ("1,234.5", 123_450), ("1+2-0.5", 250), ("2+3*4", 1_400), ("-5", -500), ("3/7", 43),
     ("1.005*1", 101), ("１２＊２", 2_400), ("12×350", 420_000), ("-2*3", -600), ("120-", -12_000), ("-120-", 12_000),
     ("12*3-", -3_600), ("1260。5", 126_050), ("12.3400", 1_234), ("1,234*2", 246_800)],
)  # fmt: skip
def test_a_sum_is_worked_out_and_rounded_half_up(text: str, fen: int) -> None:
    assert calculate_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "＝",
        "1++2",
        "12*",
        "*3",
        "1/0",
        "一百",
        "1.2.3",
        "-",
        "--",
        "12--",
        "99999999999999999",
        "1.234",
        "-1.005",
        "1.005-",
        "1,2,3",
        "1,23",
        "12*1,23",
    ],
)
def test_what_is_no_sum_is_none(text: str) -> None:
    assert calculate_yuan(text) is None
