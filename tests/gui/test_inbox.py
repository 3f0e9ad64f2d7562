"""审批 as people use it: each sees what is theirs, signs it or sends it back, whistles, and finds what is late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import AGENT_NAME, DIRECTOR_NAME, OTHER_AGENT, Driver, Keyboard
from tests.services.conftest import PASSPHRASE, Clock, Staff, simple_paper
from tests.services.whole_office import png
from villagebooks.core.inbox import Pile, Waiting
from villagebooks.core.paper import Document
from villagebooks.core.voucher import Voucher
from villagebooks.gui.inbox.page import LATE, WAITING, WHISTLES, InboxPage
from villagebooks.services.approval import approve_voucher
from villagebooks.services.cancellation import cancel_voucher
from villagebooks.services.desk import Desk
from villagebooks.services.paper import attach_image, list_papers, read_paper, save_paper
from villagebooks.services.reason import add_reason, list_reasons, why_sent_back
from villagebooks.services.voucher import list_vouchers, read_voucher
from villagebooks.services.whistle import list_whistles

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


def go_to(driver: Driver, person: str = AGENT_NAME) -> InboxPage:
    desktop = driver.desktop
    desktop.window.go(desktop.inbox)
    desktop.seat.work_as(person)
    driver.settle()
    desktop.inbox.go_on()
    return desktop.inbox


def titles(page: InboxPage) -> list[str]:
    rows = page.table.model.records()
    return [one.name if isinstance(one, Pile) else one.number for one in rows]


def press(driver: Driver, keyboard: Keyboard, *keys: Qt.Key) -> None:
    for key in keys:
        keyboard.press(key)
        driver.settle()


def sign(driver: Driver, keyboard: Keyboard) -> None:
    """Type the passphrase where it is asked for, or press the button that has the focus."""
    if driver.desktop.inbox.sign.passphrase.isVisible():
        keyboard.commit(PASSPHRASE)
    press(driver, keyboard, KEY.Key_Return)


def test_each_sees_what_is_theirs_signs_it_and_sends_it_back_with_a_reason(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk, keyboard: Keyboard
) -> None:
    uid = make_voucher().uid
    page = go_to(driver)
    assert titles(page)[1:] == ["9月记-1"]
    assert page.look.look is not None
    assert page.look.look.voucher is not None
    assert page.look.signed.text() == "还没有人签"
    press(driver, keyboard, KEY.Key_A)
    assert "742.60 元" in page.sign.sentence.text()
    sign(driver, keyboard)
    assert (read_voucher(desk, uid).state, titles(page)) == ("submitted", [])
    assert page.strip.text() == "已签 1 件，合计 742.60 元"
    page = go_to(driver, OTHER_AGENT)
    assert titles(page)[1:] == ["9月记-1"]
    assert "制单 冯素芳" in page.look.signed.text()
    press(driver, keyboard, KEY.Key_B)
    assert QApplication.focusWidget() is page.reasons.list
    keyboard.type("1")
    assert page.reasons.list.currentItem().text() == "1　没有审批人签字"  # not 10, the next that begins so
    keyboard.type("1")
    assert page.reasons.list.currentItem().text() == "11　票据过期"
    keyboard.type("12")  # no number goes on so: another begins
    assert page.reasons.list.currentItem().text() == "12　发票号别处已报"
    press(driver, keyboard, KEY.Key_Return)
    assert "原因第 12 条：发票号别处已报" in page.sign.sentence.text()
    sign(driver, keyboard)
    assert read_voucher(desk, uid).state == "draft"
    assert [one.reason for one in why_sent_back(desk, uid)] == [12]
    page = go_to(driver)
    assert "谭永川 退回：12 发票号别处已报" in page.look.signed.text()


def test_escape_leaves_every_box_and_the_list_has_the_keys_again(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk, staff: Staff, keyboard: Keyboard
) -> None:
    approve_voucher(desk, make_voucher().uid, staff.agent)
    page = go_to(driver, OTHER_AGENT)
    for key in (KEY.Key_A, KEY.Key_B, KEY.Key_W):
        press(driver, keyboard, key)
        assert QApplication.focusWidget() is not page.table.view
        press(driver, keyboard, KEY.Key_Escape)
        assert QApplication.focusWidget() is page.table.view, key
    press(driver, keyboard, KEY.Key_Space, KEY.Key_S)
    assert page.batch.asks
    press(driver, keyboard, KEY.Key_Escape)
    assert not page.batch.isVisible()
    assert page.look.isVisible()


def test_a_paper_is_attested_and_taken_from_the_inbox_or_sent_back_for_an_own_reason(
    driver: Driver, desk: Desk, keyboard: Keyboard
) -> None:
    add_reason(desk.office, "照片是翻拍的")
    image = attach_image(desk, png(9))
    whole = replace(simple_paper(), documents=(Document("数电票", "1", images=(image,)), Document("清单")))
    first, second = save_paper(desk, whole), save_paper(desk, whole)
    page = go_to(driver)
    assert titles(page)[1:] == ["报账单 1", "报账单 2"]
    assert "监委会" in page.look.facts.text()
    assert page.look.pictures.count() == 1
    press(driver, keyboard, KEY.Key_P)
    assert QApplication.focusWidget() is page.look.pictures
    press(driver, keyboard, KEY.Key_Return)
    assert page.look.pictures._viewer.isVisible()
    QTest.keyClick(page.look.pictures._viewer, KEY.Key_Escape)
    driver.desktop.window.activateWindow()
    driver.settle()
    page.look.pictures.setFocus()
    press(driver, keyboard, KEY.Key_Escape)
    assert QApplication.focusWidget() is page.table.view
    press(driver, keyboard, KEY.Key_A)
    sign(driver, keyboard)
    assert read_paper(desk, first.uid).state == "signed"
    press(driver, keyboard, KEY.Key_B)
    keyboard.type("16")
    press(driver, keyboard, KEY.Key_Return)
    back = [one for one in list_papers(desk) if one.state == "sent_back"]
    assert [(one.reason, one.uid in (first.uid, second.uid)) for one in back] == [(16, True)]


def test_a_whistle_is_blown_about_what_is_in_hand_and_answered_by_the_one_above(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk, keyboard: Keyboard
) -> None:
    make_voucher()
    page = go_to(driver)
    press(driver, keyboard, KEY.Key_W)
    assert page.blow.form.values()["to_level"] == "中心主任"
    page.blow.act.setFocus()
    press(driver, keyboard, KEY.Key_Return)
    (one,) = list_whistles(desk.office)
    assert (one.about, one.village) == (f"voucher:{list_vouchers(desk)[-1].uid}", "V01")
    page = go_to(driver, DIRECTOR_NAME)
    assert titles(page)[1:] == ["吹哨"]
    press(driver, keyboard, KEY.Key_Return)
    keyboard.commit("已看过，照办")
    press(driver, keyboard, KEY.Key_Return)
    page.answer.act.setFocus()
    press(driver, keyboard, KEY.Key_Return)
    (one,) = list_whistles(desk.office)
    assert (one.answer, one.answerer, one.answered_by) == ("已看过，照办", DIRECTOR_NAME, DIRECTOR_NAME)
    press(driver, keyboard, KEY.Key_F6, KEY.Key_F6)
    assert page.bar.currentIndex() == WHISTLES
    assert page.whistles.model.rowCount() == 1
    press(driver, keyboard, KEY.Key_A)
    assert page.strip.text() == "已经答复过"
    press(driver, keyboard, KEY.Key_W)
    assert page.blow.isVisible()
    assert page.blow.form.values()["matter"] == ""
    press(driver, keyboard, KEY.Key_Escape)
    assert QApplication.focusWidget() is page.whistles.view


def test_what_is_late_is_listed_with_its_holder_and_comes_to_the_next_as_an_urging(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk, staff: Staff, keyboard: Keyboard
) -> None:
    approve_voucher(desk, make_voucher().uid, staff.agent)
    clock = desk.books.clock
    assert isinstance(clock, Clock)
    clock.moment = datetime(2026, 9, 9, 9, 0, tzinfo=UTC)
    page = go_to(driver, "龙小梅")
    one = page.table.current_thing()
    assert isinstance(one, Waiting)
    assert [column.shown(one) for column in page.table.model.columns][4:6] == ["迟 3 天", "催办：复核"]
    press(driver, keyboard, KEY.Key_A)
    assert page.strip.text() == "9月记-1 等谭永川复核，轮不到您"
    press(driver, keyboard, KEY.Key_F6)
    assert page.bar.currentIndex() == LATE
    row = [column.shown(page.late.current_thing()) for column in page.late.model.columns]
    assert row[2:] == ["742.60", "迟 3 天", "催办：复核", "谭永川", "龙小梅", "2026-09-02"]
    page._print.setFocus()
    press(driver, keyboard, KEY.Key_Return)
    assert driver.desktop.window.current() is driver.desktop.preview
    press(driver, keyboard, KEY.Key_Escape)
    assert driver.desktop.window.current() is page
    page.go_on()
    press(driver, keyboard, KEY.Key_Return)
    assert page.bar.currentIndex() == WAITING
    assert page.look.isVisible()


def test_a_voucher_of_another_village_is_opened_whole_and_escape_comes_back(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk, keyboard: Keyboard
) -> None:
    uid = make_voucher().uid
    desktop = driver.desktop
    desktop.seat.sit_at(desktop.seat.books[1])
    driver.settle()
    page = go_to(driver)
    press(driver, keyboard, KEY.Key_O)
    assert desktop.window.current() is desktop.vouchers
    assert (desktop.seat.book.code, desktop.vouchers.editor.uid) == ("V01", uid)
    press(driver, keyboard, KEY.Key_Escape)
    assert desktop.window.current() is page


def test_who_stops_a_long_signing_is_told_what_was_not_signed(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk, keyboard: Keyboard
) -> None:
    for n in range(40):
        make_voucher(1_000 + n)
    page = go_to(driver)
    press(driver, keyboard, KEY.Key_Space)
    page.table.mark_all()
    press(driver, keyboard, KEY.Key_S)
    keyboard.commit(PASSPHRASE)
    worker = driver.desktop.seat.worker
    worker.progressed.connect(lambda told: worker.cancel() if told[1] == 3 else None)
    press(driver, keyboard, KEY.Key_Return)
    states = [read_voucher(desk, one.uid).state for one in list_vouchers(desk)]
    signed = states.count("submitted")
    assert 3 <= signed < 40
    assert page.strip.text().endswith(f"{40 - signed} 件没有签")
    refused = page.batch.after.model.records()
    assert {one.why for one in refused} == {("您停下了，还没有签",)}
    assert page.sign.act.isEnabled()


def test_marks_stay_when_another_one_is_signed_alone(
    driver: Driver, make_voucher: Callable[..., Voucher], keyboard: Keyboard
) -> None:
    make_voucher(100)
    make_voucher(200)
    page = go_to(driver)
    press(driver, keyboard, KEY.Key_Space)
    assert page.table.current_thing().title == "记-2"
    press(driver, keyboard, KEY.Key_A)
    sign(driver, keyboard)
    assert [one.title for one in page.table.marked.values()] == ["记-1"]


def test_nobody_signs_what_another_marked(driver: Driver, make_voucher: Callable[..., Voucher]) -> None:
    make_voucher()
    page = go_to(driver)
    page.table.mark_all()
    assert page.table.marked
    go_to(driver, OTHER_AGENT)
    assert not page.table.marked


def test_own_reasons_are_added_stopped_and_offered_again_in_the_settings(
    driver: Driver, desk: Desk, keyboard: Keyboard
) -> None:
    panel = driver.tab("reasons")
    panel.form.entry("words").setFocus()
    keyboard.commit("没有审批人签字")
    panel.add()
    driver.settle()
    assert "已经有这一条：第 1 号" in panel.strip.text()
    panel.form.put({"words": "收款人不是合同对方"})
    panel.add()
    driver.settle()
    assert panel.table.model.records()[-1].code == 16
    panel.table.view.selectRow(15)
    panel.stop()
    driver.settle()
    assert "停用" in panel.table.model.columns[-1].shown(panel.table.model.records()[-1])
    panel.stop()
    driver.settle()
    assert list_reasons(desk.office)[-1].stopped_on == ""
    panel.table.view.selectRow(0)
    assert not panel._stop.isEnabled()


def test_the_board_names_who_holds_what_is_late(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk, staff: Staff
) -> None:
    approve_voucher(desk, make_voucher().uid, staff.agent)
    clock = desk.books.clock
    assert isinstance(clock, Clock)
    clock.moment = datetime(2026, 9, 9, 9, 0, tzinfo=UTC)
    home = driver.desktop.home
    home.refresh()
    driver.settle()
    row = home.table.model.record(0)
    assert (row.book, home.table.model.columns[2].shown(row)) == ("V01", "迟 3 天 谭永川")
    assert "逾期 1 件" in home.summary.text()


def test_who_agreed_to_void_is_told_apart_from_who_signed(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk, staff: Staff
) -> None:
    uid = make_voucher().uid
    for keys in (staff.agent, staff.other):
        approve_voucher(desk, uid, keys)
    cancel_voucher(desk, uid, staff.agent, why="发票是假的")
    page = go_to(driver, OTHER_AGENT)
    assert titles(page)[1:] == ["9月记-1"]
    told = [line.partition("　")[2] for line in page.look.signed.text().splitlines()]
    assert sorted(told) == ["制单 冯素芳", "制单同意作废 冯素芳", "复核 谭永川"]
    model = page.table.model
    shown = [column.shown(model.record(1)) for column in model.columns]
    assert "同意作废" in shown


def test_the_first_vouchers_of_two_months_are_told_apart(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk
) -> None:
    make_voucher()
    make_voucher(day=date(2026, 10, 9))
    page = go_to(driver)
    assert titles(page)[1:] == ["9月记-1", "10月记-1"]


def test_a_village_s_line_shows_what_lies_there_and_no_voucher(
    driver: Driver, make_voucher: Callable[..., Voucher]
) -> None:
    make_voucher()
    page = go_to(driver)
    page.table.view.selectRow(1)
    page.table.view.selectRow(0)  # before the voucher is read
    driver.settle()
    assert isinstance(page.table.current(), Pile)
    assert page.look.look is None
    assert "合计 742.60 元" in page.look.facts.text()
    assert page.look._below.isHidden()
