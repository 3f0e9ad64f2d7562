"""A statement that came on paper: typed lines are read as they were meant, and tie or are refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.conftest import Staff
from villagebooks.core.bank import BankLine, read_typed_statement
from villagebooks.core.money import yuan_text
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.services.bank import read_bank, type_statement, void_statement
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk

SEPTEMBER = Month(2026, 9)
TEXT = "9.3 -386.42 代扣电费 县供电公司\n２　14400　转入 冉光才\n\n2026-09-21 186.37 结息"


def test_days_amounts_and_words_are_read_in_every_way_they_are_typed() -> None:
    lines, problems = read_typed_statement(TEXT, SEPTEMBER)
    assert problems == []
    assert [(one.day, one.amount_fen, one.summary) for one in lines] == [
        (date(2026, 9, 2), 1_440_000, "转入 冉光才"), (date(2026, 9, 3), -38_642, "代扣电费 县供电公司"),
        (date(2026, 9, 21), 18_637, "结息"),
    ]  # fmt: skip


@pytest.mark.parametrize("row", ["9.31 5 结息", "3 五元 结息", "3 5", "结息", "3 0 结息", "13.1 5 结息"])
def test_a_line_that_is_none_is_told_with_its_number(row: str) -> None:
    _lines, (problem,) = read_typed_statement(f"3 5 结息\n{row}", SEPTEMBER)
    assert str(problem).startswith("第 2 行：每行写一笔：日期、金额（付出写负数）、摘要")


WORDS = st.sampled_from(["结息", "转入 某人", "代扣"])
LINES = st.lists(st.tuples(st.integers(1, 30), st.integers(-(10**9), 10**9).filter(bool), WORDS))


@given(LINES)
def test_what_is_typed_is_what_is_kept_to_the_fen(rows: list[tuple[int, int, str]]) -> None:
    text = "\n".join(f"{day} {yuan_text(fen)} {words}" for day, fen, words in rows)
    lines, problems = read_typed_statement(text, SEPTEMBER)
    assert problems == []
    assert [(one.day.day, one.amount_fen, one.summary) for one in lines] == sorted(rows, key=lambda row: row[0])


def lines_of(text: str) -> tuple[BankLine, ...]:
    return read_typed_statement(text, SEPTEMBER)[0]


def test_a_paper_that_does_not_tie_is_refused_and_one_that_does_is_kept_once(desk: Desk, staff: Staff) -> None:
    with pytest.raises(Refused, match=r"期初 100.00 元加收减支应是 14,299.95 元，期末写的是 14,300.00 元"):
        type_statement(desk, "10201", lines_of(TEXT), 10_000, 1_430_000)
    kept = type_statement(desk, "10201", lines_of(TEXT), 10_000, 1_429_995)
    assert (kept.name, kept.first_day, kept.until) == ("照纸录入 2026-09", date(2026, 9, 1), date(2026, 9, 30))
    with pytest.raises(Refused, match="不能导入两次"):
        type_statement(desk, "10201", lines_of(TEXT), 10_000, 1_429_995)
    october = desk.at(Month(2026, 10))
    with pytest.raises(Refused, match="接不上"):
        type_statement(october, "10201", lines_of("2026-10-05 5 结息"), 10_000, 10_500)
    void_statement(desk, kept.uid, "录错了")
    assert read_bank(desk, "10201").statements == ()
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []
    assert staff.agent.person
