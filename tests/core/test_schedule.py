"""Schedules: amounts to the fen whatever the total and the months, what is due when, depreciation by the months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.account import Account, level_of, parent_code
from villagebooks.core.period import Month
from villagebooks.core.schedule import (
    EACH,
    EVERY,
    RECURRING,
    RENT,
    TOTAL,
    Schedule,
    Wear,
    build_due,
    check_schedule,
    check_stop,
    due_lines,
    dues,
    times,
    wear_accounts,
    wear_schedule,
)
from villagebooks.core.voucher import Line

START, OCTOBER, END = Month(2026, 1), Month(2026, 10), Month(2028, 9)


def rent(total: int = 4_800_000, first: Month = OCTOBER, last: Month = END, every: int = 1) -> Schedule:
    lines = (
        Line("分摊{年}年{月}月门面租金", "211", total, party="兴农农资店"),
        Line("分摊{年}年{月}月门面租金", "50102", 0, total),
    )
    return Schedule("r", "门面租金", RENT, TOTAL, lines, first, last, every)


def accounts(*codes: str) -> dict[str, Account]:
    parents = {parent_code(code) for code in codes}
    return {code: Account(code, code, level_of(code), parent_code(code), "D", code not in parents) for code in codes}


BOOK = accounts("101", "152", "211", "401", "501", "50102", "513", "51302")


@given(
    st.lists(st.integers(1, 10**12), min_size=1, max_size=4), st.integers(1, 400), st.integers(0, 11),
    st.sampled_from(EVERY), st.booleans(),
)  # fmt: skip
def test_the_spread_sums_to_the_total_to_the_fen(
    totals: list[int], months: int, offset: int, every: int, debit_single: bool
) -> None:
    first = START.plus(offset)
    many = [
        Line("多", "50102", *((0, fen) if debit_single else (fen, 0)), project=str(n)) for n, fen in enumerate(totals)
    ]
    one = Line("一", "211", *((sum(totals), 0) if debit_single else (0, sum(totals))))
    plan = Schedule("x", "分摊", RENT, TOTAL, (*many, one), first, first.plus(months - 1), every)
    made = [due_lines(plan, due) for due in dues(plan, plan.last)]  # type: ignore[arg-type]  # it has an end
    assert all(sum(line.net_fen for line in lines) == 0 for lines in made)
    assert all(line.debit_fen >= 0 <= line.credit_fen for lines in made for line in lines)
    for wanted in (*many, one):
        key = (wanted.account, wanted.project)
        mine = [line for lines in made for line in lines if (line.account, line.project) == key]
        assert sum(line.debit_fen + line.credit_fen for line in mine) == wanted.debit_fen + wanted.credit_fen
    assert sum(due.months for due in dues(plan, first.plus(2_000))) == months


def test_the_last_month_takes_what_is_left_over() -> None:
    plan = rent(total=10_000, last=Month(2026, 12))
    assert [due_lines(plan, due)[0].debit_fen for due in dues(plan, Month(2030, 1))] == [3_333, 3_333, 3_334]
    assert [line.summary for line in due_lines(plan, dues(plan, Month(2026, 12))[2])] == ["分摊2026年12月门面租金"] * 2


def test_twice_a_year_falls_on_june_and_december_and_on_the_last_month() -> None:
    plan = rent(last=Month(2027, 9), every=6)
    assert [(due.month, due.months, due.final) for due in dues(plan, Month(2029, 1))] == [
        (Month(2026, 12), 3, False), (Month(2027, 6), 6, False), (Month(2027, 9), 3, True)
    ]  # fmt: skip
    assert due_lines(plan, dues(plan, Month(2027, 6))[1])[0].summary == "分摊2027年1—6月门面租金"
    assert times(plan) == 3


def test_what_comes_again_without_an_end_has_the_same_amount_each_time() -> None:
    lines = (Line("付{月}月宽带费", "51302", 10_000), Line("付{月}月宽带费", "101", 0, 10_000))
    plan = Schedule("n", "宽带费", RECURRING, EACH, lines, START, day=25)
    assert times(plan) is None
    drafts = build_due([plan], {"n": frozenset([START])}, Month(2026, 3), START)
    assert [(one.month, one.draft.day, one.draft.lines[0].debit_fen) for one in drafts] == [
        (Month(2026, 2), date(2026, 2, 25), 10_000), (Month(2026, 3), date(2026, 3, 25), 10_000)
    ]  # fmt: skip


def test_depreciation_begins_the_month_after_addition_and_ends_with_the_month_of_disposal() -> None:
    wear = Wear("management", Month(2026, 3), 1_200_000, 60_000)
    plan = wear_schedule("电脑", wear, 60, START, 1, ("51302", "152"))
    assert (plan.first, plan.last, plan.lines[0].debit_fen) == (Month(2026, 4), Month(2031, 3), 1_140_000)
    assert due_lines(plan, dues(plan, Month(2026, 4))[0])[0].debit_fen == 19_000
    gone = replace(plan, stop=Month(2027, 8))
    assert [due.month for due in dues(gone, Month(2030, 1))][-1] == Month(2027, 8)
    assert not dues(gone, Month(2030, 1))[-1].final


def test_an_asset_that_was_taken_over_wears_off_what_is_left_over_the_months_that_are_left() -> None:
    wear = Wear("welfare", Month(2020, 12), 1_000_000, 0, 500_000)
    plan = wear_schedule("路灯", wear, 120, START, 6, ("51403", "152"))
    assert (plan.first, plan.last) == (START, Month(2030, 12))
    assert due_lines(plan, dues(plan, Month(2026, 6))[0])[0].debit_fen == 50_000


def test_depreciation_of_one_month_makes_one_voucher_with_one_line_of_worn_off() -> None:
    plans = [
        replace(wear_schedule(name, Wear("management", START, cost), 12, START, 1, (debit, "152")), uid=name)
        for name, cost, debit in (("办公楼", 624_000, "51302"), ("村道", 2_616_000, "51403"))
    ]
    (one,) = build_due(plans, {}, Month(2026, 2), START)
    assert [(line.account, line.debit_fen, line.credit_fen, line.summary) for line in one.draft.lines] == [
        ("51302", 52_000, 0, "计提2月办公楼折旧"), ("51403", 218_000, 0, "计提2月村道折旧"),
        ("152", 0, 270_000, "计提2月折旧"),
    ]  # fmt: skip
    assert one.parts == (("办公楼", Month(2026, 2)), ("村道", Month(2026, 2)))
    assert one.draft.day == date(2026, 2, 28)


def test_what_was_due_in_a_closed_month_is_dated_in_the_first_open_one() -> None:
    drafts = build_due([rent()], {}, Month(2026, 11), Month(2026, 11))
    assert [one.draft.day for one in drafts] == [date(2026, 11, 30), date(2026, 11, 30)]
    assert [one.draft.lines[0].summary for one in drafts] == ["分摊2026年10月门面租金", "分摊2026年11月门面租金"]


def test_accounts_of_depreciation_are_found_by_the_word_below_the_expense_of_the_use() -> None:
    chart = {
        code: Account(code, name, level_of(code), parent_code(code), "D", leaf)
        for code, name, leaf in (
            ("152", "累计折旧", True), ("401", "生产（劳务）成本", True), ("513", "管理费用", False),
            ("51301", "运转支出", True), ("51302", "管理资产折旧", True), ("514", "公益支出", False),
            ("51401", "环境卫生", True), ("51402", "道路设施维护", True),
        )
    }  # fmt: skip
    assert wear_accounts(chart, "2023", "management") == ("51302", "152")
    assert wear_accounts(chart, "2023", "production") == ("401", "152")
    assert wear_accounts(chart, "2023", "welfare") == ("", "152")
    assert wear_accounts(chart, "2004", "other") == ("", "152")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ({"name": ""}, "请写计划名称"), ({"kind": "loan"}, "没有这种计划"), ({"every": 2}, "每 1、3、6、12 个月"),
        ({"day": 32}, "31 是月末"), ({"last": None}, "要写最后一个月"), ({"last": Month(2026, 1)}, "早于第一个月"),
        ({"last": Month(2199, 1)}, "超过一百年"), ({"first": Month(2025, 12)}, "账套从 2026-01 开始"),
        ({"lines": rent().lines[:1]}, "借贷不平"), ({"attachment_count": -1}, "不能是负数"),
        ({"wear": Wear("x", START, 0, -1)}, "没有这种计划"),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_kept_says_why(spoil: dict[str, object], words: str) -> None:
    assert list(map(str, check_schedule(rent(), BOOK, START))) == []
    assert words in "".join(map(str, check_schedule(replace(rent(), **spoil), BOOK, START)))  # type: ignore[arg-type]


def test_a_total_is_spread_from_one_line_to_many_or_from_many_to_one() -> None:
    pairs = (Line("甲", "211", 1), Line("乙", "101", 1), Line("丙", "50102", 0, 1), Line("丁", "152", 0, 1))
    assert "只能有一行" in "".join(map(str, check_schedule(replace(rent(), lines=pairs), BOOK, START)))
    assert check_schedule(replace(rent(), lines=pairs, mode=EACH), BOOK, START) == []


def test_nothing_left_to_wear_off_is_told() -> None:
    plan = wear_schedule("旧车", Wear("other", START, 100, 50, 50), 12, START, 1, ("401", "152"))
    assert "没有要提的了" in "".join(map(str, check_schedule(plan, BOOK, START)))


def test_a_plan_is_not_stopped_before_what_it_drafted() -> None:
    assert "已经做了" in str(check_stop(rent(), Month(2026, 10), [Month(2026, 11)])[0])
    assert "本来到 2028-09 为止" in str(check_stop(rent(), Month(2028, 9), [])[0])
    assert check_stop(rent(), Month(2026, 11), [Month(2026, 11)]) == []
