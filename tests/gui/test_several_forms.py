"""Pages with several forms: what was typed in one stays while another one saves, and when the page reads."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from tests.gui.conftest import Driver
from villagebooks.gui.form import COUNT, DAY, MONEY, Field, Form
from villagebooks.gui.page import Page, Strip
from villagebooks.gui.setting.people.relatives import END as END_KIN
from villagebooks.gui.unsaved import unsaved_in
from villagebooks.services.account import today

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def type_into(entry: QWidget, text: str) -> None:
    """By hand, over what stands there."""
    line = entry.lineEdit() if isinstance(entry, QComboBox) else entry
    assert isinstance(line, QLineEdit)
    entry.setFocus()
    line.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)
    QTest.keyClick(line, Qt.Key.Key_Tab)


def places(driver: Driver, page: Page) -> list[str]:
    driver.settle()
    return [one.place for one in unsaved_in([page])]


def test_a_reading_fills_only_what_nobody_typed(driver: Driver) -> None:
    page = driver.desktop.window.current()
    form = Form((Field("name", "名"), Field("day", "日", DAY), Field("n", "数", COUNT)))
    page.body.addWidget(form)
    driver.settle()
    assert form._told.text().startswith("日：没有写日期")
    form.fill({"name": "甲", "day": date(2026, 9, 1), "n": 1})
    assert (form.touched, form._told.text()) == (False, "")
    type_into(form.entry("name"), "乙")
    form.fill({"name": "丙", "day": date(2026, 9, 2), "n": 2})
    assert form.values() == {"name": "乙", "day": date(2026, 9, 2), "n": 2}
    form.put({"n": 3})
    assert form.touched
    form.fill({"name": "丁"}, of="V02")
    assert (form.values()["name"], form.touched) == ("丁", False)
    type_into(form.entry("name"), "戊")
    form.settle()
    type_into(form.entry("day"), "2026-13-01")
    assert "没有“2026-13-01”这一天" in form._told.text()
    form.entry("day").setText("2026-12-01")
    assert form._told.text() == ""
    form.settle()
    form.fill({"name": "己"}, of="V02")
    assert form.values()["name"] == "己"
    form.deleteLater()


def test_a_refused_field_is_forgiven_once_it_says_something_else(driver: Driver) -> None:
    page = driver.desktop.window.current()
    form, strip = Form((Field("fen", "金额", MONEY), Field("name", "名"))), Strip()
    page.body.addWidget(strip)
    page.body.addWidget(form)
    driver.settle()
    form.put({"name": "甲"})
    type_into(form.entry("fen"), "12x")
    assert form.refuse_misread(strip.show_problems)
    assert "不是金额" in strip.text()
    type_into(form.entry("name"), "乙")
    assert "不是金额" in strip.text()
    type_into(form.entry("fen"), "12y")
    assert "不是金额" in strip.text()
    type_into(form.entry("fen"), "12")
    assert strip.text() == ""
    assert form.entry("fen").property("bad") == "false"
    for part in (form, strip):
        part.deleteLater()


def test_terms_dates_that_were_typed_stay_while_another_act_saves_and_the_page_reads(driver: Driver) -> None:
    page = driver.desktop.settings
    panel = driver.tab("people").posts
    driver.desktop.window.go(page)
    driver.settle()
    acts = panel.acts
    panel.table.view.selectRow(0)
    acts.choose("rename")
    type_into(acts.forms["rename"].entry("name"), "新名字")
    type_into(acts.forms["rename"].entry("until"), "2026-09-03")
    acts.choose("add")
    add = acts.forms["add"]
    add.entry("village").setCurrentIndex(1)
    type_into(add.entry("duty"), "委员")
    type_into(add.entry("name"), "田小满")
    type_into(add.entry("since"), "2026-09-02")
    panel.load()
    driver.settle()
    assert add.values()["since"] == date(2026, 9, 2)
    assert add.values()["duty"] == "委员"
    panel.add()
    driver.settle()
    assert panel.strip.text() == "已登记田小满"
    assert not add.touched
    assert (add.values()["name"], add.values()["since"]) == ("", today(driver.desktop.seat.office))
    assert acts.forms["rename"].values()["name"] == "新名字"
    assert acts.forms["rename"].values()["until"] == date(2026, 9, 3)
    assert len(places(driver, page)) == 1
    acts.forms["rename"].settle()


def test_an_agreement_that_is_registered_leaves_the_end_of_another_as_typed(driver: Driver) -> None:
    panel = driver.tab("agreements")
    driver.desktop.window.go(driver.desktop.settings)
    driver.settle()
    type_into(panel.end.entry("reason"), "并村")
    type_into(panel.end.entry("ended_on"), "2026-09-30")
    for name, text in (("number", "1"), ("vote", "会 2026"), ("for_village", "甲"), ("for_centre", "乙")):
        type_into(panel.form.entry(name), text)
    panel.sign()
    driver.settle()
    assert panel.strip.text().startswith("已登记")
    assert panel.form.values()["number"] == ""
    assert not panel.form.touched
    assert panel.end.values() == {"ended_on": date(2026, 9, 30), "reason": "并村"}
    panel.end.settle()


def test_receipts_that_are_issued_leave_the_number_to_void_as_typed(driver: Driver) -> None:
    page = driver.desktop.receipts
    driver.desktop.window.go(page)
    driver.settle()
    for code in ("A1", "A2"):
        type_into(page.void.entry("day"), "2026-09-11")
        for name, text in (
            ("code", code),
            ("first", f"{code[1]}01"),
            ("last", f"{code[1]}50"),
            ("issued_to", "向丽蓉"),
        ):
            type_into(page.new.entry(name), text)
        page.issue()
        driver.settle()
        assert f"已发放收据本 {code}" in page.strip.text()
        assert not page.new.touched
        assert page.void.values()["day"] == date(2026, 9, 11)
    type_into(page.void.entry("number"), "222")
    page.refresh()
    driver.settle()
    assert page.void.values()["number"] == "222"
    page.void.settle()


def test_relatives_dates_that_were_typed_stay_when_the_page_reads(driver: Driver) -> None:
    panel = driver.tab("people").relatives
    driver.desktop.window.go(driver.desktop.settings)
    driver.settle()
    for form, name in ((panel.acts.forms["add"], "since"), (panel.acts.forms[END_KIN], "ended_on")):
        form.show()
        day = form.entry(name)
        type_into(day, "2026-09-02")
        panel.load()
        driver.settle()
        assert form.values()[name] == date(2026, 9, 2)
        form.settle()
        panel.load()
        driver.settle()
        assert form.values()[name] == today(driver.desktop.seat.office)
