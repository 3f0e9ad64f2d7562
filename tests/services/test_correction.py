"""Corrections: red and blue in one act, the difference of amounts, an earlier year through 未分配收益."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.services.conftest import Staff, line, reverse_voucher, sign_all, simple_draft
from villagebooks.core.correction import NOT_REDONE, VOIDED
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.core.word import WordRule
from villagebooks.pdf.voucher import voucher_cells
from villagebooks.services.check import check_books
from villagebooks.services.closing import close_month, month_checklist
from villagebooks.services.correction import (
    correct_difference,
    correct_prior_year,
    correct_voucher,
    corrections_of,
    leave_undone,
    redo_voucher,
    reverse_only,
    standing,
)
from villagebooks.services.desk import Desk
from villagebooks.services.ledger import trial_balance
from villagebooks.services.printout import voucher_pages
from villagebooks.services.voucher import list_vouchers, post_voucher, read_voucher, save_voucher, void_voucher
from villagebooks.services.word import set_word_rule

Post = Callable[[Draft], Voucher]
DAY = date(2026, 9, 24)


def finish(desk: Desk, staff: Staff, *vouchers: Voucher) -> list[Voucher]:
    for one in vouchers:
        sign_all(desk, one.uid, staff)
    return [post_voucher(desk, one.uid) for one in vouchers]


def nets(desk: Desk, year: int = 2026) -> dict[str, int]:
    rows = trial_balance(desk.office, "V01", desk.book.start, Month(year, 12)).rows
    return {
        one.account: one.closing_debit_fen - one.closing_credit_fen
        for one in rows
        if one.closing_debit_fen or one.closing_credit_fen
    }


def errors(desk: Desk, *expected: str) -> None:
    found = {one.rule for one in check_books(desk.office, deep=True)}
    assert found - {"no_document", "cash_negative", "wrong_side", "future_day"} == set(expected)


def test_red_and_blue_are_made_in_one_act_and_linked(desk: Desk, sign_and_post: Post, staff: Staff) -> None:
    old = sign_and_post(simple_draft())
    made = correct_voucher(desk, old.uid, DAY)
    assert (made.red.kind, made.red.reverses) == ("reversal", old.uid)
    assert made.red.lines[0].summary == "注销9月10日记1号凭证"
    assert (made.blue.kind, made.blue.corrects) == ("normal", made.red.uid)
    assert made.blue.lines[0].summary == "订正9月10日记1号凭证：买打印纸"
    assert [made.red.number, made.blue.number] == [2, 3]
    right = save_voucher(desk, replace(simple_draft(80_000, DAY), uid=made.blue.uid, corrects=made.red.uid))
    sign_all(desk, right.uid, staff)
    with pytest.raises(Refused, match="请先把红字凭证 记-2 记账"):
        post_voucher(desk, right.uid)
    sign_all(desk, made.red.uid, staff)
    post_voucher(desk, made.red.uid)
    post_voucher(desk, right.uid)
    assert nets(desk) == {"101": -80_000, "513": 80_000, "51302": 80_000}
    errors(desk)


def test_either_both_or_none(desk: Desk, sign_and_post: Post) -> None:
    old = sign_and_post(simple_draft())
    with desk.books.write() as connection:  # the account is split later on: the blue voucher cannot stand on it
        connection.execute(text("UPDATE account SET needs = 'party' WHERE code = '51302'"))
    with pytest.raises(Refused, match="要填往来"):
        correct_voucher(desk, old.uid, DAY)
    assert [one.state for one in list_vouchers(desk)] == ["posted"]


def test_what_was_reversed_is_not_reversed_or_corrected_again(desk: Desk, sign_and_post: Post) -> None:
    old = sign_and_post(simple_draft())
    correct_voucher(desk, old.uid, DAY)
    with pytest.raises(Refused, match="记-1 已经冲销过一次"):
        correct_voucher(desk, old.uid, DAY)
    with pytest.raises(Refused, match="已经红字冲销，不能再更正"):
        correct_difference(desk, old.uid, [1, 1], DAY)


def test_a_red_draft_stays_a_red_one(desk: Desk, sign_and_post: Post) -> None:
    old = sign_and_post(simple_draft())
    red = reverse_voucher(desk, old.uid, DAY)
    with pytest.raises(Refused, match="不能在红字凭证和别的凭证之间改"):
        save_voucher(desk, replace(simple_draft(), day=DAY, uid=red.uid))


def test_voiding_the_red_voucher_takes_the_blue_one_with_it(desk: Desk, sign_and_post: Post) -> None:
    old = sign_and_post(simple_draft())
    made = correct_voucher(desk, old.uid, DAY)
    void_voucher(desk, made.red.uid, "记错了行")
    assert [one.state for one in list_vouchers(desk)] == ["posted", "void", "void"]
    assert [(one.kind, one.words) for one in corrections_of(desk, made.blue.uid).remarks] == [(VOIDED, "记错了行")]
    assert correct_voucher(desk, old.uid, DAY).red.number == 4


def test_a_red_voucher_alone_is_told_until_it_is_done_over_or_somebody_says_why_not(
    desk: Desk, sign_and_post: Post, staff: Staff
) -> None:
    first, second = sign_and_post(simple_draft()), sign_and_post(simple_draft(100))
    red = reverse_voucher(desk, first.uid, DAY)
    other = reverse_voucher(desk, second.uid, DAY)
    finish(desk, staff, red, other)
    assert corrections_of(desk, red.uid).alone
    errors(desk, "red_alone")
    blue = redo_voucher(desk, red.uid, date(2026, 9, 1))
    assert (blue.day, blue.corrects) == (DAY, red.uid)
    with pytest.raises(Refused, match="已经有更正凭证"):
        redo_voucher(desk, red.uid, DAY)
    with pytest.raises(Refused, match="请写明为什么不重做"):
        leave_undone(desk, other.uid, " ")
    with pytest.raises(Refused, match="已经有蓝字订正凭证"):
        leave_undone(desk, red.uid, "重复记账")
    said = leave_undone(desk, other.uid, "重复记账")
    assert (said.kind, said.words, said.person) == (NOT_REDONE, "重复记账", "冯素芳")
    with pytest.raises(Refused, match="已经写过不重做"):
        leave_undone(desk, other.uid, "再说一次")
    errors(desk)


def test_reversing_only_wants_a_reason_in_the_same_act(desk: Desk, sign_and_post: Post) -> None:
    old = sign_and_post(simple_draft())
    with pytest.raises(Refused, match="请写明为什么不重做"):
        reverse_only(desk, old.uid, DAY, "")
    assert len(list_vouchers(desk)) == 1
    red = reverse_only(desk, old.uid, DAY, "和记2号重复")
    assert not corrections_of(desk, red.uid).alone


def test_only_the_amount_wrong_makes_a_voucher_of_the_difference(desk: Desk, sign_and_post: Post, staff: Staff) -> None:
    old = sign_and_post(simple_draft(74_260))
    less = correct_difference(desk, old.uid, [70_000, 70_000], DAY)
    assert [(one.debit_fen, one.credit_fen) for one in less.lines] == [(-4_260, 0), (0, -4_260)]
    assert (less.lines[0].summary, less.corrects, less.kind) == ("更正9月10日记1号凭证差额", old.uid, "normal")
    with pytest.raises(Refused, match="已经有更正凭证 记-2"):
        correct_difference(desk, old.uid, [80_000, 80_000], DAY)
    finish(desk, staff, less)
    assert standing(desk, old.uid) == [70_000, 70_000]
    more = correct_difference(desk, old.uid, [80_000, 80_000], DAY)
    assert [one.net_fen for one in more.lines] == [10_000, -10_000]
    finish(desk, staff, more)
    assert nets(desk) == {"101": -80_000, "513": 80_000, "51302": 80_000}
    with pytest.raises(Refused, match="请先冲销差额凭证"):
        correct_voucher(desk, old.uid, DAY)
    errors(desk)


def test_a_difference_changes_amounts_only(desk: Desk, sign_and_post: Post) -> None:
    old = sign_and_post(simple_draft())
    with pytest.raises(Refused, match="没有差额"):
        correct_difference(desk, old.uid, [74_260, 74_260], DAY)
    with pytest.raises(Refused, match="借贷不平"):
        correct_difference(desk, old.uid, [80_000, 74_260], DAY)
    draft = correct_difference(desk, old.uid, [80_000, 80_000], DAY)
    other = (line("51302", 100), line("10201", credit=100))
    with pytest.raises(Refused, match="第 2 行：差额凭证只改 记-1 的金额"):
        save_voucher(desk, Draft(DAY, other, uid=draft.uid, corrects=old.uid))


def shut_2026(desk: Desk, staff: Staff, *, lines: tuple[Line, ...] = ()) -> Voucher:
    """A voucher of 2026 whose year is transferred and closed."""
    draft = Draft(date(2026, 12, 5), lines) if lines else simple_draft(day=date(2026, 12, 5))
    old = finish(desk, staff, save_voucher(desk, draft))[0]
    if not lines:
        amount = old.lines[0].debit_fen
        close = Draft(
            date(2026, 12, 31), (line("32202", amount), line("51302", credit=amount)), kind="closing_transfer"
        )
        finish(desk, staff, save_voucher(desk, close))
    finish(desk, staff, save_voucher(desk, Draft(date(2026, 12, 5), (line("101", 900_000), line("301", 0, 900_000)))))
    close_month(desk.at(Month(2026, 12)), staff.agent)
    return old


def test_a_closed_year_is_corrected_through_undistributed_profit(desk: Desk, staff: Staff) -> None:
    desk.books.clock.moment = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    old = shut_2026(desk, staff)
    day = date(2027, 2, 3)
    with pytest.raises(Refused, match="请用“以前年度更正”"):
        reverse_voucher(desk, old.uid, day)
    draft = correct_prior_year(desk, old.uid, day)
    assert [(one.account, one.net_fen, one.summary) for one in draft.lines] == [
        ("101", 74_260, "更正2026年12月5日记1号凭证"), ("32202", -74_260, "更正2026年12月5日记1号凭证")
    ]  # fmt: skip
    assert (draft.kind, draft.corrects) == ("prior_year", old.uid)
    with pytest.raises(Refused, match="已经有更正凭证"):
        correct_prior_year(desk, old.uid, day)
    finish(desk, staff, draft)
    found = nets(desk, 2027)
    assert (found["101"], found.get("32202", 0)) == (900_000, 0)
    errors(desk)


def test_an_open_earlier_year_is_corrected_in_itself(desk: Desk, sign_and_post: Post) -> None:
    old = sign_and_post(simple_draft())
    with pytest.raises(Refused, match="红字凭证的日期请写在 2026 年"):
        reverse_voucher(desk, old.uid, date(2027, 1, 3))
    with pytest.raises(Refused, match="2026 年还没有结完账"):
        correct_prior_year(desk, old.uid, date(2027, 1, 3))
    with pytest.raises(Refused, match="是今年的凭证"):
        correct_prior_year(desk, old.uid, DAY)


def test_a_closed_years_voucher_without_income_and_expense_is_turned_round(desk: Desk, staff: Staff) -> None:
    desk.books.clock.moment = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    old = shut_2026(desk, staff, lines=(line("113", 500), line("101", credit=500)))
    draft = correct_prior_year(desk, old.uid, date(2027, 2, 3))
    assert draft.kind == "normal"
    assert [(one.account, one.net_fen) for one in draft.lines] == [("101", 500), ("113", -500)]


def test_a_prior_year_voucher_touches_no_income_and_needs_undistributed_profit(desk: Desk) -> None:
    with pytest.raises(Refused, match="要有一行记“未分配收益”"):
        save_voucher(desk, Draft(DAY, (line("101", 1), line("301", credit=1)), kind="prior_year"))
    with pytest.raises(Refused, match="第 1 行：以前年度更正不能记收入、支出"):
        save_voucher(desk, Draft(DAY, (line("51302", 1), line("32202", credit=1)), kind="prior_year"))


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(1, 10**9))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_amounts_the_books_say_what_is_right(
    desk: Desk, staff: Staff, wrong: int, right: int, last: int
) -> None:
    """Reversal, blue and difference after one another leave the trial balance with the last right amount."""
    before = nets(desk).get("51302", 0)
    (old,) = finish(desk, staff, save_voucher(desk, simple_draft(wrong)))
    made = correct_voucher(desk, old.uid, DAY)
    blue = save_voucher(desk, replace(simple_draft(right, DAY), uid=made.blue.uid, corrects=made.red.uid))
    finish(desk, staff, made.red)
    finish(desk, staff, blue)
    assert read_voucher(desk, blue.uid).corrects == made.red.uid
    if last != right:
        finish(desk, staff, correct_difference(desk, blue.uid, [last, last], DAY))
    found = nets(desk)
    assert (found["51302"] - before, sum(net for code, net in found.items() if len(code) == 3)) == (last, 0)


def test_the_printed_vouchers_name_what_they_take_back_and_set_right(desk: Desk, sign_and_post: Post) -> None:
    old = sign_and_post(simple_draft())
    made = correct_voucher(desk, old.uid, DAY)
    spoilt = save_voucher(desk, simple_draft(500))
    void_voucher(desk, spoilt.uid, "发票抬头不是本村")
    pages = {one.voucher.uid: voucher_cells(one)[0] for one in voucher_pages(desk, Span(desk.period, desk.period))}
    assert pages[made.red.uid].mark == "红字　冲销9月记-1号　未记账"
    assert pages[made.blue.uid].mark == "订正9月记-1号　未记账"
    assert pages[spoilt.uid].mark == "作废（发票抬头不是本村）"
    signs = ("会计主管：邹启明", "记账：冯素芳", "复核：谭永川", "出纳：龙小梅", "制单：冯素芳")
    assert (pages[old.uid].signs, pages[old.uid].attachments) == (signs, "附单据 2 张")


def test_every_word_has_its_own_printed_title(desk: Desk) -> None:
    set_word_rule(desk.office, WordRule(2026, "three"))
    for debit, credit in (("101", "50101"), ("51302", "101"), ("51302", "152")):
        save_voucher(desk, Draft(DAY, (line(debit, 5), line(credit, credit=5))))
    cells = [voucher_cells(one)[0] for one in voucher_pages(desk, Span(desk.period, desk.period))]
    assert {(one.title, one.number) for one in cells} == {
        ("收款凭证", "收字第 1 号"), ("付款凭证", "付字第 1 号"), ("转账凭证", "转字第 1 号")
    }  # fmt: skip


def test_the_months_checklist_tells_a_red_voucher_that_nothing_follows(desk: Desk, sign_and_post: Post) -> None:
    old = sign_and_post(simple_draft())
    red = reverse_voucher(desk, old.uid, DAY)
    found = [one for one in month_checklist(desk) if one.rule == "red_alone"]
    assert [(one.where, one.ref, one.blocks) for one in found] == [("记-2", f"voucher:{red.uid}", False)]
    later = [one.where for one in month_checklist(desk.at(Month(2026, 10))) if one.rule == "red_alone"]
    assert later == ["2026-09 记-2"]
    redo_voucher(desk, red.uid, DAY)
    assert not [one for one in month_checklist(desk) if one.rule == "red_alone"]


def test_a_red_voucher_takes_back_all_and_is_not_taken_back(desk: Desk, sign_and_post: Post, staff: Staff) -> None:
    old = sign_and_post(simple_draft())
    red = reverse_only(desk, old.uid, DAY, "重复")
    part = (line("51302", -1), line("101", credit=-1))
    with pytest.raises(Refused, match="原样冲回"):
        save_voucher(desk, Draft(DAY, part, "", "reversal", reverses=old.uid, uid=red.uid))
    finish(desk, staff, red)
    with pytest.raises(Refused, match="记-2 是红字凭证，不能再冲销"):
        reverse_only(desk, red.uid, DAY, "冲错了")


def test_the_blue_voucher_goes_along_when_the_red_one_moves_to_another_month(
    desk: Desk, sign_and_post: Post, staff: Staff
) -> None:
    old = sign_and_post(simple_draft())
    made = correct_voucher(desk, old.uid, DAY)
    day = date(2026, 10, 9)
    moved = save_voucher(desk, Draft(day, made.red.lines, "", "reversal", reverses=old.uid, uid=made.red.uid))
    (blue,) = corrections_of(desk, moved.uid).correctors
    assert (blue.day, blue.corrects, blue.state) == (day, moved.uid, "draft")
    assert read_voucher(desk, made.blue.uid).state == "void"
    finish(desk, staff, moved, blue)
    errors(desk)
