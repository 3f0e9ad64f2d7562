"""Corrections as they follow from a voucher: days, differences, opposite entries."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.account import Account
from villagebooks.core.correction import (
    blue_draft,
    correction_day,
    difference_draft,
    name_of,
    prior_year_draft,
    reversal_draft,
    standing_amounts,
    undistributed,
)
from villagebooks.core.period import Month
from villagebooks.core.voucher import Line, Voucher

DAY = date(2026, 9, 10)


def voucher(*lines: Line, day: date = DAY, kind: str = "normal", corrects: str = "") -> Voucher:
    month = Month(day.year, day.month)
    return Voucher("u", "V01", "记", month, 7, day, kind, "posted", 1, 2, lines, corrects=corrects)


def chart(*codes: str) -> dict[str, Account]:
    names = {"32202": "未分配收益"}
    return {code: Account(code, names.get(code, code), 1, "", "D", leaf=True) for code in codes}


FENS = st.lists(st.integers(1, 10**10), min_size=1, max_size=5)


@given(FENS)
def test_red_and_blue_are_the_voucher_taken_back_and_the_voucher_again(fens: list[int]) -> None:
    one = voucher(*(Line("买", "51302", fen) for fen in fens), Line("买", "101", 0, sum(fens)))
    red, blue = reversal_draft(one, DAY), blue_draft(one, "r", DAY)
    assert all(line.net_fen + again.net_fen == 0 for line, again in zip(red.lines, blue.lines, strict=True))
    assert (red.reverses, blue.corrects, red.kind, blue.kind) == ("u", "r", "reversal", "normal")


@given(FENS, FENS)
def test_a_difference_brings_what_stands_to_what_is_right(wrong: list[int], right: list[int]) -> None:
    count = min(len(wrong), len(right))
    bought = [Line("买", f"5130{n}", fen) for n, fen in enumerate(wrong[:count])]
    one = voucher(*bought, Line("付", "101", 0, sum(wrong[:count])))
    wanted = [*right[:count], sum(right[:count])]
    draft = difference_draft(one, standing_amounts(one, []), wanted, DAY)
    assert sum(line.net_fen for line in draft.lines) == 0
    assert standing_amounts(one, [voucher(*draft.lines)]) == wanted


def test_two_lines_alike_are_told_apart_by_their_place() -> None:
    one = voucher(Line("甲", "113", 5, party="张三"), Line("乙", "113", 7, party="张三"), Line("付", "101", 0, 12))
    draft = difference_draft(one, [5, 7, 12], [5, 9, 14], DAY)
    assert [line.debit_fen or line.credit_fen for line in draft.lines] == [2, 2]
    assert [line.summary for line in draft.lines] == ["更正9月10日记7号凭证第2行差额", "更正9月10日记7号凭证差额"]
    assert standing_amounts(one, [voucher(*draft.lines)]) == [5, 9, 14]


@given(st.lists(st.tuples(st.integers(1, 10**10), st.integers(1, 10**10)), min_size=2, max_size=5))
def test_a_second_difference_finds_every_line_as_the_first_one_left_it(pairs: list[tuple[int, int]]) -> None:
    one = voucher(*(Line("买", "51302", fen) for fen, _right in pairs), Line("付", "101", 0, sum(f for f, _r in pairs)))
    wanted = [right for _fen, right in pairs]
    wanted.append(sum(wanted))
    draft = difference_draft(one, standing_amounts(one, []), wanted, DAY)
    assert standing_amounts(one, [voucher(*draft.lines)]) == wanted


def test_income_and_expense_of_a_closed_year_become_one_line_of_undistributed_profit() -> None:
    one = voucher(
        Line("买", "51302", 900), Line("修", "51402", 300), Line("付", "101", 0, 700), Line("欠", "211", 0, 500, "甲"),
        day=date(2025, 12, 5),
    )  # fmt: skip
    draft = prior_year_draft(one, chart("101", "211", "32202", "51302"), date(2026, 1, 9))
    assert [(line.account, line.debit_fen, line.credit_fen, line.party) for line in draft.lines] == [
        ("101", 700, 0, ""), ("211", 500, 0, "甲"), ("32202", 0, 1_200, "")
    ]  # fmt: skip
    assert (draft.kind, draft.lines[0].summary) == ("prior_year", "更正2025年12月5日记7号凭证")
    red = voucher(Line("买", "51302", -900), Line("付", "101", 0, -900), day=date(2025, 12, 5))
    again = prior_year_draft(red, chart("101", "32202"), date(2026, 1, 9))
    assert [(line.account, line.net_fen) for line in again.lines] == [("32202", 900), ("101", -900)]


def test_undistributed_profit_is_found_by_its_name_or_where_there_is_but_one() -> None:
    assert undistributed(chart("101", "32202", "32201")) == "32202"
    assert undistributed(chart("322")) == "322"
    assert undistributed(chart("32201")) == ""


def test_a_correction_is_dated_in_the_first_open_month_and_never_before_its_voucher() -> None:
    one, month = voucher(), Month(2026, 9)
    assert correction_day(date(2026, 9, 20), month, one, {}) == date(2026, 9, 20)
    assert correction_day(date(2026, 9, 2), month, one, {}) == DAY
    assert correction_day(date(2027, 2, 1), month, one, {}) == date(2026, 9, 30)
    assert correction_day(date(2026, 11, 5), month, one, {month: "closed"}) == date(2026, 10, 31)
    states = {Month(2026, 12): "locked"}
    assert correction_day(date(2027, 1, 8), month, one, states) == date(2027, 1, 8)


def test_a_voucher_of_another_year_is_named_with_its_year() -> None:
    assert name_of(voucher(), DAY) == "9月10日记7号凭证"
    assert name_of(voucher(), date(2027, 1, 1)) == "2026年9月10日记7号凭证"
