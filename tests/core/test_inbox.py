"""Working days, reasons, whistles and the order of the inbox, without any books."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.approval import AGENT, CASHIER, DIRECTOR
from villagebooks.core.book import Book
from villagebooks.core.inbox import MINE, OTHERS, VOUCHER, Pile, Waiting, in_order, next_step, piles
from villagebooks.core.paper import REASONS
from villagebooks.core.period import Month
from villagebooks.core.policy import Step
from villagebooks.core.reason import Reason, all_reasons, check_code, check_reason, reason_words
from villagebooks.core.whistle import (
    ANSWERED,
    LATE,
    OPEN,
    TOWNSHIP,
    VILLAGE,
    Whistle,
    check_answer,
    check_whistle,
)
from villagebooks.core.workday import Calendar, read_calendar

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
AUTUMN = read_calendar(["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07", "+2026-10-10", "国庆"])


@pytest.mark.parametrize(
    ("begun", "within", "due"),
    [
        (date(2026, 9, 10), 2, date(2026, 9, 14)),  # Thursday: Friday and Monday
        (date(2026, 9, 12), 1, date(2026, 9, 14)),  # a Saturday
        (date(2026, 9, 30), 2, date(2026, 10, 9)),  # the week of the national day
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # a Saturday that is worked
        (date(2026, 9, 30), 0, date(2026, 9, 30)),
    ],
)
def test_a_term_counts_the_days_on_which_the_centre_works(begun: date, within: int, due: date) -> None:
    assert AUTUMN.due(begun, within) == due


def test_what_is_late_is_late_by_working_days() -> None:
    due = date(2026, 9, 30)
    assert [AUTUMN.late(due, due + timedelta(days=one)) for one in (-3, 0, 1, 7, 8, 9, 10, 11, 12)] == [
        0, 0, 0, 0, 1, 2, 3, 3, 4,
    ]  # fmt: skip
    assert Calendar().late(date(2020, 1, 6), date(2026, 1, 5)) == 6 * 365 // 7 * 5 + 5


@given(DAYS, st.integers(1, 30), st.integers(0, 60))
def test_days_late_are_the_days_that_a_longer_term_would_have_had(begun: date, within: int, more: int) -> None:
    due = AUTUMN.due(begun, within)
    assert AUTUMN.late(due, AUTUMN.due(due, more)) == more


def test_reasons_are_numbered_on_from_sixteen_and_never_again() -> None:
    own = (Reason(17, "合同没有村民代表会议记录"), Reason(16, "照片是翻拍的", stopped_on="2026-09-01"))
    known = all_reasons(own)
    assert [one.code for one in known] == list(range(1, 18))
    assert reason_words(8, known) == "8 超权限没有会议记录"
    assert (reason_words(0, known), reason_words(99, known)) == ("", "99")
    assert [len(check_code(code, known)) for code in (0, 1, 15, 16, 17, 18)] == [1, 0, 0, 1, 0, 1]
    assert "已停用" in str(check_code(16, known)[0])
    assert "第 16 号" in str(check_reason("照片是翻拍的", known)[0])
    assert [bool(check_reason(words, known)) for words in ("", REASONS[3], "字" * 31, "新原因")] == [1, 1, 1, 0]


def whistle(**changes: object) -> Whistle:
    one = Whistle("w", "V03", "", "三季度租金的收据不在登记的号段里", AGENT, "冯素芳", TOWNSHIP, "镇纪委", 5,
                  date(2026, 10, 18))  # fmt: skip
    return replace(one, **changes)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, ""),
        ({"matter": ""}, "matter"),
        ({"from_name": ""}, "from_name"),
        ({"to_name": ""}, "to_name"),
        ({"to_level": "moon"}, "to_level"),
        ({"to_level": CASHIER, "to_name": ""}, "to_level"),
        ({"from_level": DIRECTOR, "to_level": AGENT}, "to_level"),
        ({"from_level": VILLAGE, "to_level": AGENT, "to_name": ""}, ""),
        ({"within": 0}, "within"),
        ({"within": 61}, "within"),
    ],
)
def test_a_lower_level_calls_a_higher_one_within_some_days(changes: dict[str, object], field: str) -> None:
    assert [one.field for one in check_whistle(whistle(**changes))] == ([field] if field else [])


def test_a_whistle_is_late_from_the_day_after_its_term_and_is_answered_once() -> None:
    one = whistle()
    assert [one.state(date(2026, 10, day)) for day in (12, 18, 19)] == [OPEN, OPEN, LATE]
    done = replace(one, answer="移送", answerer="镇纪委", answered_at="2026-10-19T09:00:00+00:00")
    assert (done.state(date(2026, 11, 1)), done.was_late, one.was_late) == (ANSWERED, True, False)
    assert check_answer(one, "移送", "镇纪委") == []
    assert [one.field for one in check_answer(one, "", "")] == ["answer", "answerer"]
    assert check_answer(done, "改口", "镇纪委")


def waiting(book: str, title: str, since: int, late: int = 0, state: str = MINE, fen: int = 100) -> Waiting:
    place = Book(book, book, book, f"{book}村", "代行", "2023", Month(2026, 1))
    month = Month(2026, 9)
    return Waiting(VOUCHER, title, place, month, title, month.first_day, "", fen, "review", "审核", (), state,
                   date(2026, 9, since), late=late)  # fmt: skip


def test_the_village_with_the_latest_thing_stands_first_and_in_it_what_is_mine_and_late() -> None:
    things = [
        waiting("V01", "记-2", 8), waiting("V01", "记-10", 8), waiting("V02", "记-1", 3, 2),
        waiting("V02", "记-4", 2, 5, OTHERS), waiting("V02", "记-3", 1, 2), waiting("V03", "记-1", 7, fen=-50),
    ]  # fmt: skip
    rows = in_order(things)
    assert [one.code if isinstance(one, Pile) else one.title for one in rows] == [
        "V02", "记-3", "记-1", "记-4", "V03", "记-1", "V01", "记-2", "记-10",
    ]  # fmt: skip
    assert piles(things)[0] == Pile("V02", "V02村", 3, 300, 3, 5)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 28), st.integers(0, 9), st.integers(-900, 900))))
def test_piles_hold_everything_once(things: list[tuple[str, int, int, int]]) -> None:
    given_things = [waiting(book, f"记-{n}", since, late, fen=fen) for n, (book, since, late, fen) in enumerate(things)]
    rows = in_order(given_things)
    heads = [one for one in rows if isinstance(one, Pile)]
    assert sorted(one.title for one in rows if isinstance(one, Waiting)) == sorted(one.title for one in given_things)
    assert sum(one.count for one in heads) == len(things)
    assert sum(one.amount_fen for one in heads) == sum(fen for *_rest, fen in things)
    assert [one.latest for one in heads] == sorted((one.latest for one in heads), reverse=True)


def test_the_next_step_is_the_one_behind() -> None:
    flow = [Step(name, name) for name in ("prepare", "countersign", "review")]
    assert [getattr(next_step(flow, name), "name", "") for name in ("prepare", "review", "other")] == [
        "countersign", "", "",
    ]  # fmt: skip
