"""The voucher word by what a voucher does to cash and bank."""

from __future__ import annotations

import pytest

from villagebooks.core.voucher import WORDS, Line
from villagebooks.core.word import (
    WordRule,
    check_word,
    check_word_rule,
    choice_of,
    proposed_word,
    read_word_rules,
    word_rules_record,
    words_of,
)

THREE_WORDS = ("收", "付", "转")


def entry(*lines: tuple[str, int, int]) -> list[Line]:
    return [Line("摘要", account, debit, credit) for account, debit, credit in lines]


@pytest.mark.parametrize(
    ("word", "lines"),
    [
        ("收", entry(("10201", 900, 0), ("50101", 0, 900))),
        ("付", entry(("5130102", 900, 0), ("101", 0, 900))),
        ("转", entry(("51302", 900, 0), ("152", 0, 900))),
        ("付", entry(("101", 900, 0), ("10201", 0, 900))),
        ("付", entry(("10201", 900, 0), ("101", 0, 900))),
        ("收", entry(("10201", 900, 0), ("101", 0, 200), ("50101", 0, 700))),
        ("付", entry(("101", 200, 0), ("5130102", 700, 0), ("10201", 0, 900))),
        ("收", entry(("10201", -900, 0), ("50101", 0, -900))),
        ("付", entry(("5130102", -900, 0), ("101", 0, -900))),
        ("收", entry(("10201", -900, 0), ("101", 0, -200), ("50101", 0, -700))),
    ],
)
def test_the_word_follows_from_the_lines(word: str, lines: list[Line]) -> None:
    assert proposed_word(lines, THREE_WORDS) == word
    assert check_word(word, lines, THREE_WORDS) == []
    others = [one for one in THREE_WORDS if one != word]
    assert all(check_word(one, lines, THREE_WORDS)[0].field == "word" for one in others)


def test_a_contradiction_says_what_the_lines_do() -> None:
    lines = entry(("10201", 900, 0), ("50101", 0, 900))
    assert str(check_word("付", lines, THREE_WORDS)[0]) == "分录是收进现金、存款，应是“收”字，不是“付”字"
    assert "用“收”“付”“转”字，不能用“记”字" in str(check_word("记", lines, THREE_WORDS)[0])


def test_while_nobody_chose_every_word_is_free_and_one_word_is_proposed() -> None:
    words = words_of((), "V01", 2026)
    lines = entry(("10201", 900, 0), ("50101", 0, 900))
    assert (words, proposed_word(lines, words)) == (WORDS, "记")
    assert [check_word(word, lines, words) for word in WORDS] == [[]] * 4


def test_a_book_of_its_own_mind_and_the_year_from_which_it_counts() -> None:
    rules = (WordRule(2027, "three"), WordRule(2028, "one", "V03"), WordRule(2030, "three", "V03"))
    assert [choice_of(rules, "V01", year) for year in (2026, 2027, 2031)] == ["", "three", "three"]
    assert [choice_of(rules, "V03", year) for year in (2027, 2028, 2029, 2030)] == ["three", "one", "one", "three"]
    assert read_word_rules(word_rules_record(rules)) == rules


def test_settings_that_somebody_spoiled_are_left_out() -> None:
    assert read_word_rules({"": {"20x7": "three", "2027": "four"}, "V01": 7}) == ()
    assert read_word_rules("three") == ()


def test_a_rule_needs_a_known_book_a_year_and_a_choice() -> None:
    assert [one.field for one in check_word_rule(WordRule(26, "two", "V9"), ["V01"])] == ["book", "year", "choice"]
    assert check_word_rule(WordRule(2027, "three", "V01"), ["V01"]) == []
