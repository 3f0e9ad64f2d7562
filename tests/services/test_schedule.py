"""Schedules in the books: drafted once a month, drafted again when the voucher is gone, stopped, never posted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.services.conftest import Staff, line, sign_all, simple_draft
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.schedule import Schedule, Wear, wear_schedule
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.check import check_books
from villagebooks.services.closing import close_month, month_checklist
from villagebooks.services.correction import correct_voucher, corrections_of, reverse_only
from villagebooks.services.desk import Desk
from villagebooks.services.schedule import draft_due, due_drafts, list_schedules, save_schedule, stop_schedule
from villagebooks.services.voucher import post_voucher, read_voucher, save_voucher, void_voucher

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


def rent(total: int = 100_000, first: Month = SEPTEMBER) -> Schedule:
    lines = (
        line("113", total, summary="分摊{月}月租金", party="罗显富"),
        line("50101", credit=total, summary="分摊{月}月租金"),
    )
    return Schedule("", "鱼塘租金", "rent", "total", lines, first, first.plus(2))


def wear(name: str = "电脑", cost: int = 1_200_000) -> Schedule:
    return wear_schedule(name, Wear("management", Month(2026, 8), cost), 12, SEPTEMBER, 1, ("51302", "152"))


def posted(desk: Desk, staff: Staff, one: Voucher) -> Voucher:
    sign_all(desk, one.uid, staff)
    return post_voucher(desk, one.uid)


def sound(desk: Desk) -> None:
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []


def test_one_act_drafts_all_that_is_due_and_each_month_once(desk: Desk) -> None:
    for plan in (rent(), wear(), wear("投影仪", 600_000)):
        save_schedule(desk, plan)
    assert [(one.month, one.names) for one in due_drafts(desk.at(OCTOBER))] == [
        (SEPTEMBER, ("投影仪", "电脑")), (SEPTEMBER, ("鱼塘租金",)), (OCTOBER, ("投影仪", "电脑")),
        (OCTOBER, ("鱼塘租金",)),
    ]  # fmt: skip
    made = draft_due(desk)
    assert [(one.state, one.day, one.total_fen) for one in made] == [
        ("draft", date(2026, 9, 30), 150_000), ("draft", date(2026, 9, 30), 33_333)
    ]  # fmt: skip
    assert [one.summary for one in made[0].lines] == ["计提9月投影仪折旧", "计提9月电脑折旧", "计提9月折旧"]
    with pytest.raises(Refused, match="2026-09 没有到期的计划"):
        draft_due(desk)
    assert [row.progress for row in list_schedules(desk)] == ["1/12 已做", "1/12 已做", "1/3 已做"]
    assert len(draft_due(desk.at(OCTOBER))) == 2
    sound(desk)


def test_only_what_was_chosen_is_drafted(desk: Desk) -> None:
    save_schedule(desk, wear())
    one = save_schedule(desk, rent())
    (made,) = draft_due(desk, [(one.uid, SEPTEMBER)])
    assert made.lines[0].party == "罗显富"
    assert [due.names for due in due_drafts(desk)] == [("电脑",)]


def test_a_month_whose_voucher_was_voided_or_reversed_is_due_again(desk: Desk, staff: Staff) -> None:
    save_schedule(desk, rent())
    (first,) = draft_due(desk)
    void_voucher(desk, first.uid)
    (again,) = draft_due(desk)
    posted(desk, staff, again)
    red = reverse_only(desk, again.uid, date(2026, 9, 30), "租金谈错了")
    assert due_drafts(desk) == []
    posted(desk, staff, red)
    (third,) = draft_due(desk)
    assert third.corrects == red.uid
    assert corrections_of(desk, red.uid).correctors == (third,)
    assert list_schedules(desk)[0].progress == "1/3 已做"
    sound(desk)


def test_a_month_that_was_set_right_by_a_blue_voucher_is_not_due_again(desk: Desk, staff: Staff) -> None:
    save_schedule(desk, rent())
    (first,) = draft_due(desk)
    posted(desk, staff, first)
    made = correct_voucher(desk, first.uid, date(2026, 9, 30))
    posted(desk, staff, made.red)
    assert due_drafts(desk) == []
    void_voucher(desk, made.blue.uid)
    assert len(due_drafts(desk)) == 1
    sound(desk)


def test_what_can_no_longer_be_booked_is_refused_with_its_name_and_nothing_is_drafted(desk: Desk) -> None:
    save_schedule(desk, wear())
    save_schedule(desk, rent())
    save_voucher(desk, simple_draft())
    with desk.books.write() as connection:
        connection.exec_driver_sql("UPDATE account SET leaf = 0 WHERE code = '152'")
    with pytest.raises(Refused, match="电脑 2026-09：第 2 行：科目 152 累计折旧 有下级"):
        draft_due(desk)
    assert len(due_drafts(desk)) == 2


def test_an_asset_that_is_disposed_of_wears_off_through_that_month(desk: Desk) -> None:
    one = save_schedule(desk, wear())
    draft_due(desk.at(OCTOBER))
    with pytest.raises(Refused, match="2026-10 的凭证已经做了"):
        stop_schedule(desk, one.uid, SEPTEMBER)
    stop_schedule(desk, one.uid, Month(2026, 11))
    assert [due.month for due in due_drafts(desk.at(Month(2027, 12)))] == [Month(2026, 11)]
    with pytest.raises(Refused, match="本来到 2026-11 为止"):
        stop_schedule(desk, one.uid, Month(2026, 12))
    with pytest.raises(Refused, match="已经做过凭证，不能再改"):
        save_schedule(desk, replace(one, name="旧电脑"))
    sound(desk)


def test_a_plan_is_changed_while_nothing_was_drafted(desk: Desk) -> None:
    one = save_schedule(desk, rent())
    save_schedule(desk, replace(one, last=one.first.plus(3)))
    assert [row.times for row in list_schedules(desk)] == [4]
    with pytest.raises(Refused, match="已有叫“鱼塘租金”的计划"):
        save_schedule(desk, rent())
    with pytest.raises(Refused, match="没有这个计划"):
        save_schedule(desk, replace(one, uid="x", name="别的"))
    with pytest.raises(Refused, match="请写计划名称"):
        save_schedule(desk, replace(rent(), name=" "))
    sound(desk)


def test_a_closed_month_is_made_up_for_in_the_first_open_one(desk: Desk, staff: Staff) -> None:
    posted(desk, staff, save_voucher(desk, replace(simple_draft(), lines=(line("101", 5), line("301", 0, 5)))))
    close_month(desk, staff.agent)
    save_schedule(desk, rent())
    (made,) = draft_due(desk)
    assert (made.month, made.lines[0].summary) == (OCTOBER, "分摊9月租金")
    assert read_voucher(desk, made.uid).state == "draft"


def test_what_was_due_in_a_closed_year_is_drafted_as_an_earlier_years(desk: Desk, staff: Staff) -> None:
    december = Month(2026, 12)
    posted(desk, staff, save_voucher(desk, replace(simple_draft(), lines=(line("101", 5), line("301", 0, 5)))))
    for month in (SEPTEMBER, december):
        close_month(desk.at(month), staff.agent)
    save_schedule(desk, rent(first=OCTOBER))
    save_schedule(desk, wear())
    (due, *_rest) = [one for one in due_drafts(desk.at(december.next())) if one.month == december]
    assert due.draft.kind == "prior_year"
    made = draft_due(desk.at(december), [(uid, month) for uid, month in due.parts])
    assert [(one.account, one.debit_fen, one.credit_fen) for one in made[0].lines] == [
        ("32202", 100_000, 0), ("152", 0, 100_000)
    ]  # fmt: skip
    assert (made[0].kind, made[0].month) == ("prior_year", december.next())
    (paid, *_more) = [one for one in due_drafts(desk.at(december)) if one.names == ("鱼塘租金",)]
    assert [(one.account, one.party) for one in paid.draft.lines] == [("113", "罗显富"), ("32202", "")]
    sound(desk)


def test_the_months_checklist_tells_what_is_due_and_warns_only(desk: Desk) -> None:
    save_schedule(desk, rent())
    save_schedule(desk, wear())
    told = [one for one in month_checklist(desk) if one.rule == "schedule_due"]
    assert [(one.where, one.text, one.blocks) for one in told] == [
        ("电脑", "2026-09 的计划到期，还没有做凭证", False), ("鱼塘租金", "2026-09 的计划到期，还没有做凭证", False)
    ]  # fmt: skip
    draft_due(desk)
    assert not [one for one in month_checklist(desk) if one.rule == "schedule_due"]


def test_a_draft_that_moves_to_another_month_is_not_due_again(desk: Desk) -> None:
    save_schedule(desk, wear())
    (made,) = draft_due(desk)
    save_voucher(desk, Draft(date(2026, 10, 5), made.lines, uid=made.uid))
    assert due_drafts(desk) == []
    assert list_schedules(desk)[0].progress == "1/12 已做"
    sound(desk)
