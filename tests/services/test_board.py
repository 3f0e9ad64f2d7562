"""The board of the month, the inbox and the year in figures, from a small real office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from tests.services.conftest import Clock, Staff, simple_draft, simple_paper
from villagebooks.core.board import LateSteps
from villagebooks.core.graph import MonthFigures
from villagebooks.core.period import Month
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.core.whistle import TOWNSHIP, VILLAGE, Whistle
from villagebooks.services.account import chart_accounts, initials, last_month, read_entry_book, today
from villagebooks.services.approval import approve_voucher
from villagebooks.services.board import read_board
from villagebooks.services.desk import Desk
from villagebooks.services.graph import read_incomes
from villagebooks.services.habit import alike_vouchers
from villagebooks.services.paper import save_paper
from villagebooks.services.voucher import save_voucher
from villagebooks.services.whistle import blow_whistle

Post = Callable[[Draft], Voucher]


def test_a_book_shows_its_papers_and_vouchers_by_state(desk: Desk, sign_and_post: Post) -> None:
    save_paper(desk, simple_paper())
    sign_and_post(simple_draft())
    save_voucher(desk, simple_draft(200))
    row = read_board(desk.office, Month(2026, 9))[0]
    assert dict(row.papers) == {"written": 1}
    assert dict(row.vouchers) == {"posted": 1, "draft": 1}
    assert (row.waiting, row.is_late, row.has_stood) == (2, False, False)


def test_a_sheet_that_does_not_hang_by_its_day_is_late_and_stands_first(desk: Desk) -> None:
    clock = desk.books.clock
    assert isinstance(clock, Clock)
    clock.moment = datetime(2026, 10, 11, 9, 0, tzinfo=UTC)
    row = read_board(desk.office, Month(2026, 9))[0]
    assert row.is_late
    assert str(row.due) == "2026-10-10"


def test_a_month_before_the_book_began_has_no_row(desk: Desk) -> None:
    assert read_board(desk.office, Month(2025, 12)) == []


def test_the_year_counts_expense_by_month(desk: Desk, sign_and_post: Post) -> None:
    sign_and_post(simple_draft())
    months = read_incomes(desk.office, "V01", Month(2026, 9))
    assert months[-1] == MonthFigures(9, 0, 74_260)
    assert len(months) == 9


def test_past_vouchers_are_found_by_their_words_once_for_each_set_of_accounts(desk: Desk, sign_and_post: Post) -> None:
    sign_and_post(simple_draft())
    later = sign_and_post(simple_draft(500))
    assert [one.uid for one in alike_vouchers(desk, "打印")] == [later.uid]
    assert alike_vouchers(desk, "打") == []
    assert alike_vouchers(desk, "打%") == []


def test_names_are_found_by_their_pinyin_initials(desk: Desk) -> None:
    assert initials("老秤湾村") == "lcwc"
    assert initials("鹭背村A") == "lbca"
    assert initials("银行存款") == "yhck yxck", "a character of several readings, in a word that has one"
    assert initials("银行手续费") == "yhsxf yxsxf"
    assert initials("长期借款") == "cqjk zqjk"
    assert initials("行政会计") == "xzkj xzhj"
    assert read_entry_book(desk).initials["办公费"] == "bgf"
    assert read_entry_book(desk).paths["51302"] == "管理费用／办公费"


def test_people_go_on_in_the_last_month_that_has_a_voucher(desk: Desk) -> None:
    assert last_month(desk.office) == Month(2026, 9)
    save_voucher(desk, simple_draft(day=today(desk.office).replace(month=11)))
    assert last_month(desk.office) == Month(2026, 11)
    slip = save_voucher(desk, simple_draft(day=today(desk.office).replace(year=2027)))
    assert last_month(desk.office).year == 2027
    save_voucher(desk, replace(simple_draft(day=today(desk.office)), uid=slip.uid))
    assert last_month(desk.office) == Month(2026, 11), (
        "the void number that a wrong year leaves is no month to go on in"
    )


def test_a_chart_gives_its_level_one_accounts_as_leaves() -> None:
    accounts = {one.code: one for one in chart_accounts("2023")}
    assert (accounts["101"].name, accounts["101"].leaf, accounts["501"].side) == ("库存现金", True, "C")


def test_a_step_past_its_term_shows_on_the_board_with_who_holds_it(desk: Desk, staff: Staff) -> None:
    approve_voucher(desk, save_voucher(desk, simple_draft()).uid, staff.agent)
    approve_voucher(desk, save_voucher(desk, simple_draft(90)).uid, staff.agent)
    save_paper(desk, simple_paper())
    call = Whistle("", "V01", "", "来看渠道", VILLAGE, "向丽蓉", TOWNSHIP, "分管副镇长", 1, date.max)
    blow_whistle(desk.office, call)
    assert read_board(desk.office, Month(2026, 9))[0].late_steps == 0
    clock = desk.books.clock
    assert isinstance(clock, Clock)
    clock.moment = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)
    row = read_board(desk.office, Month(2026, 9))[0]
    assert row.late_signing == LateSteps(3, 5, ("分管副镇长",))
    assert row.late_papers == LateSteps(1, 4, ("冯素芳", "谭永川"))
    assert read_board(desk.office, Month(2026, 10))[0].late_steps == 1
