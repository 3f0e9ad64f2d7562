"""Fen to text and back, and amounts in capitals as the Ministry's examples have them (RULES §7)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.money import LARGEST_FEN, capital_text, read_yuan, reading_text, retyped, said_yuan, yuan_text

HOUSE = Path(__file__).parent.parent.parent / "villagebooks"

CAPITALS = {
    140_950: "壹仟肆佰零玖元伍角整", 600_714: "陆仟零柒元壹角肆分", 1_640_902: "壹万陆仟肆佰零玖元零贰分",
    32_504: "叁佰贰拾伍元零肆分", 1_000: "壹拾元整", 5: "伍分", 50: "伍角整", 10_000_000_000: "壹亿元整",
    10_700_053: "壹拾万柒仟元零伍角叁分", -140_950: "负壹仟肆佰零玖元伍角整", 0: "零元整",
    10_000_100_000: "壹亿零壹仟元整", 100_000_000_000_000: "壹万亿元整", 2_000_000: "贰万元整",
}  # fmt: skip


@pytest.mark.parametrize(("fen", "capitals"), CAPITALS.items())
def test_capitals_are_those_of_the_examples(fen: int, capitals: str) -> None:
    assert capital_text(fen) == capitals


@pytest.mark.parametrize(
    ("fen", "reading"),
    [
        (10_609_850, "十万六千零九十八元五角"),
        (3_144_637, "三万一千四百四十六元三角七分"),
        (3_132_902, "三万一千三百二十九元零二分"),
        (10_621_585, "十万六千二百一十五元八角五分"),
        (1_000, "十元"),
        (24_390, "二百四十三元九角"),
        (0, "零元"),
    ],
)
def test_readings_are_those_of_the_model_sheet(fen: int, reading: str) -> None:
    assert reading_text(fen) == reading


def _value(text: str) -> int:
    """An independent reader of capitals: fen again."""
    digits = {char: number for number, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
    units = {"拾": 10, "佰": 100, "仟": 1000}
    sign = -1 if text.startswith("负") else 1
    text = text.removeprefix("负").removesuffix("整")
    whole, _, rest = text.partition("元") if "元" in text else ("", "", text)
    total = section = digit = 0
    for char in whole:
        if char in digits:
            digit = digits[char]
        elif char in units:
            section, digit = section + (digit or 1) * units[char], 0
        elif char == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        elif char == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    fen = (total + section + digit) * 100
    for place, char in ((10, "角"), (1, "分")):
        if char in rest:
            fen += digits[rest[rest.index(char) - 1]] * place
    return sign * fen


@given(st.integers(-(10**15), 10**15))
def test_capitals_say_the_amount(fen: int) -> None:
    assert _value(capital_text(fen)) == fen
    assert "零零" not in capital_text(fen)


@given(st.integers(-LARGEST_FEN, LARGEST_FEN))
def test_text_and_back_is_the_same_amount(fen: int) -> None:
    assert read_yuan(yuan_text(fen)) == fen
    assert read_yuan(yuan_text(fen, group=",")) == fen


@pytest.mark.parametrize(
    ("text", "fen"), [("１，２３４．５０", 123_450), ("1 234.5", 123_450), ("−3", -300), ("+7", 700)]
)
def test_what_an_input_method_leaves_is_read(text: str, fen: int) -> None:
    assert read_yuan(text) == fen


@pytest.mark.parametrize(("text", "fen"), [("12.3400", 1_234), ("-5.000", -500), ("1,234,567.80", 123_456_780)])
def test_a_banks_noughts_behind_the_fen_and_commas_between_thousands_are_read(text: str, fen: int) -> None:
    assert read_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    ["", "一百", "1.234", "1e5", "--1", "1.", ".5", "9" * 16, "1,2,3", "1,23", "1234,567", ",123", "1.2,345", "1,2345"],
)
def test_what_is_no_amount_is_none(text: str) -> None:
    assert read_yuan(text) is None


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("1,200.00", "1,2000.00", "12000.00"), ("1,200.00", "1,20.00", "120.00"), ("1,200.00", "2,200.00", "2,200.00"),
        ("1,200", "1,200,5", "1,200,5"), ("1,2", "1,2,3", "1,2,3"), ("", "1,2,3", "1,2,3"),
    ],
)  # fmt: skip
def test_a_digit_put_into_an_amount_with_commas_makes_no_slip_of_it(before: str, after: str, left: str) -> None:
    assert retyped(before, after) == left


def test_an_amount_in_a_sentence_has_commas_between_thousands() -> None:
    assert said_yuan(1_234_500) == "12,345.00"
    assert said_yuan(-100_000_05) == "-100,000.05"
    assert said_yuan(0) == "0.00"


FOR_PROGRAMS = {
    "cli/inbox.py": "JSON", "cli/query.py": "JSON", "services/report.py": "the voucher list as a file",
    "services/demo/month.py": "what photos of the demonstration show", "gui/cashier/opening.py": "lines typed and read",
    "services/statement/notes.py": "figures kept in the notes",
    "services/statement/policy.py": "printed in the notes of statements as it was from the start",
}  # fmt: skip
"""Where an amount is written without commas, beside formats/: what another program or this one reads, and why."""


CUT = re.compile(r"\.\{[^{}]*% ?(100|FEN_PER_YUAN):0?2d\}")


def bare_amounts(name: str, text: str) -> Iterator[str]:
    """Amounts made text without commas: `yuan_text` with no `group`, and fen cut into yuan by hand."""
    yield from (f"{name}: fen cut by hand: {one[0]}" for one in CUT.finditer(text))
    for node in ast.walk(ast.parse(text)):
        called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "yuan_text"
        if called and "group" not in {one.arg for one in node.keywords}:
            yield f"{name}:{node.lineno} yuan_text"


def test_an_amount_that_people_read_is_written_by_the_one_function() -> None:
    texts = {path.relative_to(HOUSE).as_posix(): path.read_text("utf-8") for path in HOUSE.rglob("*.py")}
    bare = {name: found for name, text in texts.items() if (found := list(bare_amounts(name, text)))}
    assert {name for name in bare if not name.startswith("formats/")} == set(FOR_PROGRAMS), "sentences take said_yuan"
    assert not [one for found in bare.values() for one in found if "by hand" in one]
