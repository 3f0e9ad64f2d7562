"""What the first page tells: reminders, what was worked on last, the first steps of a new centre."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event

from tests.services.conftest import Clock, Staff, simple_draft, simple_paper
from villagebooks.core.approval import AGENT, CASHIER, DIRECTOR
from villagebooks.core.beginning import is_begun
from villagebooks.core.period import Month
from villagebooks.core.receipt import ReceiptBook
from villagebooks.core.reminder import BANK, CLOSING, INBOX, LATE, LOG, RECEIPTS, SHEET, SOON, TODO
from villagebooks.core.village import Village
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.account import chart_accounts
from villagebooks.services.beginning import read_beginning
from villagebooks.services.board import read_board
from villagebooks.services.desk import Desk, Office
from villagebooks.services.journal import recent_work
from villagebooks.services.office import appoint, create_office, new_book, open_book, put_settings
from villagebooks.services.paper import issue_receipt_book, save_paper
from villagebooks.services.reminder import read_reminders
from villagebooks.services.voucher import save_voucher


def new_village(office: Office, code: str) -> None:
    """One more village with its book, as a centre takes it over."""
    name = f"村{code}"
    book = new_book(code, code, name, "集体经济组织", "2023", Month(2026, 9))
    open_book(office, Village(code, name), book, chart_accounts("2023"))


def later(desk: Desk, moment: datetime) -> None:
    clock = desk.books.clock
    assert isinstance(clock, Clock)
    clock.moment = moment


def test_reminders_come_from_the_books(desk: Desk, sign_and_post: Callable[[Draft], Voucher]) -> None:
    sign_and_post(simple_draft())
    save_voucher(desk, simple_draft(200))
    issue_receipt_book(desk, ReceiptBook("B-01", "V01", "0012351", "0012400", "2026-09-02", "向丽蓉"))
    found = read_reminders(desk.office)
    assert [(one.state, one.place) for one in found] == [(SOON, INBOX)]
    later(desk, datetime(2026, 12, 11, 9, 0, tzinfo=UTC))
    found = read_reminders(desk.office)
    assert [(one.state, one.place, one.book) for one in found if one.place in (SHEET, RECEIPTS)] == [
        (LATE, SHEET, "V01"), (TODO, RECEIPTS, "V01"),
    ]  # fmt: skip
    assert found[-1].words == "收据本 B-01 发出 100 天，还有 50 张没有用完交回，领用人 向丽蓉"
    assert next(one for one in found if one.place == SHEET).month == Month(2026, 11)


def test_a_clock_that_went_back_is_told_before_anybody_signs_by_it(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher]
) -> None:
    sign_and_post(simple_draft())
    assert LOG not in [one.place for one in read_reminders(desk.office)]
    later(desk, datetime(2020, 1, 1, 8, 0, tzinfo=UTC))  # an empty battery on the mainboard
    first = read_reminders(desk.office)[0]
    assert (first.state, first.place) == (LATE, LOG)
    assert first.words.startswith("这台电脑的时间 2020-01-01 08:")
    assert "比账里最后一次操作 2026-09-02 " in first.words


def test_the_month_before_is_looked_at(desk: Desk, sign_and_post: Callable[[Draft], Voucher]) -> None:
    sign_and_post(simple_draft())
    later(desk, datetime(2026, 10, 2, 9, 0, tzinfo=UTC))
    places = {one.place: one.words for one in read_reminders(desk.office)}
    assert places[CLOSING].startswith("2026-09 还没有结账：V01 ")
    assert BANK not in places


def test_the_first_page_asks_the_same_few_questions_however_many_villages_there_are(desk: Desk) -> None:
    asked: list[str] = []

    def keep(*call: object) -> None:
        asked.append(str(call[2]))

    def count() -> int:
        asked.clear()
        read_board(desk.office, Month(2026, 9))
        read_reminders(desk.office)
        return len(asked)

    event.listen(desk.books.engine, "before_cursor_execute", keep)
    few = count()
    for code in ("W01", "W02", "W03"):
        new_village(desk.office, code)
    assert len(read_board(desk.office, Month(2026, 9))) == 4
    assert count() == few
    event.remove(desk.books.engine, "before_cursor_execute", keep)


def test_what_somebody_worked_on_last_stands_first_and_once(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher]
) -> None:
    assert recent_work(desk.office) == []
    first = sign_and_post(simple_draft())
    later(desk, datetime(2026, 9, 3, 9, 0, tzinfo=UTC))
    paper = save_paper(desk, simple_paper())
    later(desk, datetime(2026, 9, 4, 9, 0, tzinfo=UTC))
    second = save_voucher(desk, simple_draft(200))
    found = recent_work(desk.office)
    assert [one.uid for one in found] == [second.uid, paper.uid, first.uid]
    assert (found[0].book, found[0].month, found[0].title, found[0].amount_fen) == ("V01", Month(2026, 9), "记-2", 200)
    assert found[1].title == f"报账单 {paper.number}"
    assert len(recent_work(desk.office, 2)) == 2
    assert recent_work(Office(desk.books, "龙小梅")) == []


def done(office: Office) -> list[bool]:
    return [one.done for one in read_beginning(office)]


def test_the_steps_of_a_new_centre_tick_themselves(new_place: Callable[[], Path | str]) -> None:
    office = create_office(new_place(), "白雁河镇", clock=Clock())
    assert done(office) == [False] * 8
    for name, duty in (("邹启明", DIRECTOR), ("冯素芳", AGENT), ("龙小梅", CASHIER)):
        appoint(office, name, duty, "2026-01-01")
    assert not done(office)[1]
    appoint(office, "谭永川", AGENT, "2026-01-01")
    new_village(office, "V01")
    appoint(office, "向丽蓉", "报账员", "2026-01-01", "V01")
    put_settings(office, {"disclosure": {"posting_day": 8}})
    assert done(office) == [False, True, False, True, False, True, True, False]
    assert not is_begun(read_beginning(office))
    office.books.close()


def test_a_centre_that_works_needs_no_guide_and_the_roll_may_wait(desk: Desk, staff: Staff) -> None:
    save_voucher(desk, simple_draft())
    appoint(desk.office, "向丽蓉", "报账员", "2026-01-01", "V01")
    put_settings(desk.office, {"disclosure": {"posting_day": 8}})
    steps = read_beginning(desk.office)
    open_ones = [one.title for one in steps if not one.done]
    assert set(open_ones) <= {"录村民名册", "登记中心的人员"}
    assert is_begun([replace(one, done=True) if one.needed else replace(one, done=False) for one in steps])
