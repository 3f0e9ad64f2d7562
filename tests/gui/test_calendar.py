"""What an accountant typed for a date, and which date was taken for it: the one that was meant, or none."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver
from tests.gui.person import OFFSCREEN, Person
from tests.services.conftest import PASSPHRASE
from villagebooks.core.period import Month
from villagebooks.core.receipt import ReceiptBook
from villagebooks.gui.calendar import CalendarDay
from villagebooks.gui.form import DAY, TEXT, Field, Form
from villagebooks.services.desk import Desk
from villagebooks.services.paper import issue_receipt_book, list_papers, receipt_counts

pytestmark = [pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)]
KEY = Qt.Key
ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
NO_DAYS = [
    "2026-02-30", "20260230", "2026年2月30日", "2026-2-30", "2026-04-31", "2026-13-05", "2月30日", "26.10.15", "32",
    "明天", "十五", "99999999999", "15号吧",
]  # fmt: skip
DAYS = [
    ("10.15", date(2026, 10, 15)), ("10/15", date(2026, 10, 15)), ("15", date(2026, 9, 15)),
    ("20261015", date(2026, 10, 15)), ("2026年10月15日", date(2026, 10, 15)), ("１０．１５", date(2026, 10, 15)),
    ("10月15日", date(2026, 10, 15)), ("1015", date(2026, 10, 15)), ("2026-2-3", date(2026, 2, 3)),
    ("2099-01-01", date(2099, 1, 1)),
]  # fmt: skip


@pytest.fixture
def person(driver: Driver) -> Person:
    return Person(driver.desktop.window, driver.desktop.seat.worker, PASSPHRASE)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    """A date and a line after it, the cursor in the date."""
    made = Form((Field("day", "日期", DAY), Field("words", "用途", TEXT)))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.put({"day": date(2026, 9, 28)})
    made.entry("day").setFocus(Qt.FocusReason.TabFocusReason)
    return made


def the_day(form: Form) -> CalendarDay:
    day = form.entry("day")
    assert isinstance(day, CalendarDay)
    return day


def type_over(day: CalendarDay, text: str) -> None:
    QTest.keyClick(day, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    day.insert(text)
    QTest.keyClick(day, KEY.Key_Tab)


@pytest.mark.parametrize("text", NO_DAYS)
def test_a_date_that_does_not_exist_stays_as_typed_is_red_and_told_and_is_not_taken(form: Form, text: str) -> None:
    day = the_day(form)
    type_over(day, text)
    assert (day.text(), day.property("bad")) == (text, "true")
    assert [one.field for one in form.misread()] == ["day"]
    assert f"没有“{text}”这一天" in str(form.misread()[0])
    assert f"没有“{text}”这一天" in day.toolTip()
    told: list[object] = []
    assert form.refuse_misread(told.extend)
    assert day.hasFocus()
    assert len(told) == 1
    type_over(day, "10.15")
    assert (day.text(), day.property("bad"), day.toolTip()) == ("2026-10-15", "false", "")
    assert not form.refuse_misread(told.extend)


@pytest.mark.parametrize(("text", "meant"), DAYS)
def test_a_date_is_read_as_the_date_cell_of_a_voucher_reads_it(form: Form, text: str, meant: date) -> None:
    type_over(the_day(form), text)
    assert form.values()["day"] == meant
    assert form.texts()["day"] == the_day(form).text() == meant.isoformat()
    assert form.misread() == []


def test_an_emptied_date_is_told_and_not_the_last_one(form: Form) -> None:
    type_over(the_day(form), "")
    assert "没有写日期" in str(form.misread()[0])
    assert the_day(form).property("bad") == "true"


def test_what_was_no_date_comes_back_as_it_was_typed(form: Form) -> None:
    type_over(the_day(form), "2026-02-30")
    kept = form.texts()
    form.put({"day": date(2026, 9, 1)})
    assert the_day(form).property("bad") == "false"
    form.put_texts(kept)
    assert (the_day(form).text(), the_day(form).property("bad")) == ("2026-02-30", "true")


@pytest.mark.parametrize(
    ("place", "up", "down"),
    [(0, date(2025, 3, 31), date(2023, 3, 31)), (6, date(2024, 4, 30), date(2024, 2, 29)),
     (9, date(2024, 4, 1), date(2024, 3, 30))],
)  # fmt: skip
def test_the_arrow_keys_turn_the_part_under_the_cursor(form: Form, place: int, up: date, down: date) -> None:
    for key, turned in ((KEY.Key_Up, up), (KEY.Key_Down, down)):
        form.put({"day": date(2024, 3, 31)})
        the_day(form).setCursorPosition(place)
        QTest.keyClick(the_day(form), key)
        assert form.values()["day"] == turned
        assert the_day(form).text() == turned.isoformat()


def test_the_arrow_keys_leave_alone_what_is_no_date(form: Form) -> None:
    the_day(form).setText("2026-02-30")
    QTest.keyClick(the_day(form), KEY.Key_Up)
    assert the_day(form).text() == "2026-02-30"


def test_the_calendar_opens_by_the_keyboard_and_its_day_is_taken(form: Form) -> None:
    day = the_day(form)
    QTest.keyClick(day, KEY.Key_Down, ALT)
    calendar = day.calendarWidget()
    assert calendar.isVisible()
    here = QApplication.focusWidget()
    assert here is not None
    QTest.keyClick(here, KEY.Key_Left, NONE)
    QTest.keyClick(here, KEY.Key_Return, NONE)
    assert not calendar.isVisible()
    assert form.values()["day"] == date(2026, 9, 27)
    assert form.touched


@pytest.mark.parametrize("text", NO_DAYS[:6])
def test_a_paper_with_a_date_that_does_not_exist_is_not_saved_and_says_why(
    driver: Driver, person: Person, desk: Desk, text: str
) -> None:
    person.goes_to("报账")
    person.hits(KEY.Key_F5)
    person.types_into("用途（张榜用的话）", "买打印纸")
    person.types_into("金额（元）", "36")
    person.types_into("日期", text)
    person.hits(KEY.Key_F6)
    assert f"没有“{text}”这一天" in driver.desktop.papers.form.strip.text()
    assert person.reads("日期") == text
    assert list_papers(desk) == []


def test_a_receipt_is_not_voided_on_a_day_that_does_not_exist(driver: Driver, desk: Desk) -> None:
    issue_receipt_book(desk, ReceiptBook("S1", "V01", "0001", "0050", "2026-09-01", "向丽蓉"))
    page = driver.desktop.receipts
    driver.desktop.window.go(page)
    driver.settle()
    page.books.view.selectRow(0)
    day = page.void.entry("day")
    assert isinstance(day, CalendarDay)
    for text, voided in (("2026-02-30", ()), ("9.30", ("0001",))):
        day.setFocus()
        type_over(day, text)
        for _press in range(2):
            page.void_number()
            driver.settle()
        assert receipt_counts(desk)[0].void == voided
        assert ("没有“2026-02-30”这一天" in page.strip.text()) == (not voided)


@pytest.mark.parametrize(("text", "meant"), [("2月30日", None), ("9月9日", "2026-09-09")])
def test_a_document_dated_the_30th_of_february_is_told_and_its_paper_is_not_saved(
    driver: Driver, desk: Desk, text: str, meant: str | None
) -> None:
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    page.form.new(date(2026, 2, 10))
    driver.settle()
    page.form.facts.put({"words": "买打印纸", "amount_fen": 3_600})
    page.form.people.put({"handler": "向丽蓉"})
    row = page.form.documents.rows[0]
    row.day.setText(text)
    page.form.save()
    driver.settle()
    assert row.day.property("bad") == ("false" if meant else "true")
    assert [one.documents[0].day for one in list_papers(desk.at(Month(2026, 2)))] == ([meant] if meant else [])
    assert ("没有“2月30日”这一天" in page.form.strip.text()) == (meant is None)
    assert ("记在 2026-02" in page.strip.text()) == (meant is not None)


@pytest.mark.parametrize(
    ("month", "typed", "meant"),
    [
        (Month(2026, 1), "12.30", "2025-12-30"), (Month(2026, 9), "9.30", "2026-09-30"),
        (Month(2026, 9), "15", "2026-09-15"), (Month(2026, 9), "2027-01-05", "2027-01-05"),
        (Month(2026, 9), "8月3日", "2026-08-03"),
    ],
)  # fmt: skip
def test_a_bill_of_december_that_is_entered_in_january_is_not_of_the_december_to_come(
    driver: Driver, month: Month, typed: str, meant: str
) -> None:
    driver.desktop.seat.sit_at(month=month)
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    page.form.new(month.first_day)
    driver.settle()
    row = page.form.documents.rows[0]
    row.day.setFocus()
    row.day.clear()
    QTest.keyClicks(row.day, typed) if typed.isascii() else row.day.insert(typed)
    assert row.document().day == meant
    QTest.keyClick(row.day, KEY.Key_Tab)
    if typed.isascii():  # as which day it was read is seen at once
        assert row.day.text() == meant
