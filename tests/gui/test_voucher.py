"""The voucher form by its keys alone, as UX §1 and §5 ask for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import (
    AGENT_NAME,
    CASHIER_NAME,
    DIRECTOR_NAME,
    OTHER_AGENT,
    Driver,
    Keyboard,
    begin_voucher,
    focused,
)
from tests.services.conftest import Staff, sign_all
from villagebooks.core.budget import ADOPT, BudgetAct, BudgetLine
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.gui.voucher.correction import REDO
from villagebooks.gui.voucher.form import VoucherForm
from villagebooks.services.account import count_quantity, read_entry_book, set_needs
from villagebooks.services.budget import save_budget_act
from villagebooks.services.desk import Desk
from villagebooks.services.voucher import list_vouchers, post_voucher, read_voucher, read_vouchers, save_voucher

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


@pytest.fixture
def form(driver: Driver, keyboard: Keyboard) -> VoucherForm:
    """A new voucher begun by F5; the key is counted."""
    return begin_voucher(driver, keyboard).form


def test_full_width_keys_do_what_their_half_width_sisters_do(form: VoucherForm, keyboard: Keyboard) -> None:
    keyboard.enter()
    keyboard.commit("买扫把")
    keyboard.enter()
    keyboard.commit("５１４０１")
    keyboard.enter()
    keyboard.commit("１２０")
    keyboard.commit("　")
    assert (form.rows[0].debit.text(), form.rows[0].credit.text()) == ("", "120.00")
    keyboard.commit("　")
    keyboard.enter()
    keyboard.commit("。。")
    assert form.rows[1].summary.text() == "买扫把"
    keyboard.enter()
    keyboard.type("101")
    keyboard.enter()
    keyboard.commit("＝")
    assert form.rows[1].credit.fen() == 12_000
    keyboard.enter()
    keyboard.commit("／／")
    assert form.rows[2].summary.text() == "买扫把"


def test_enter_belongs_to_the_input_method_while_it_composes(form: VoucherForm, keyboard: Keyboard) -> None:
    keyboard.enter()
    summary = focused()
    keyboard.compose("mai")
    keyboard.enter()
    assert focused() is summary
    keyboard.commit("买")
    keyboard.enter()
    assert focused() is form.rows[0].account


def test_letters_that_are_composed_find_the_account_by_initials(form: VoucherForm, keyboard: Keyboard) -> None:
    form.rows[0].account.setFocus()
    keyboard.compose("bgf")
    assert form.rows[0].account.list_is_open()


def test_an_account_is_found_by_code_by_part_of_its_name_and_by_initials(form: VoucherForm, keyboard: Keyboard) -> None:
    for row, typed in enumerate(("5130102", "办公费", "bgf")):
        form.rows[row].account.setFocus()
        keyboard.commit(typed) if not typed.isascii() else keyboard.type(typed)
        keyboard.enter()
        assert form.rows[row].account.key == "5130102", typed


def test_a_parent_account_is_not_taken_but_opens_its_children(form: VoucherForm, keyboard: Keyboard) -> None:
    account = form.rows[0].account
    account.setFocus()
    keyboard.type("151")
    keyboard.press(KEY.Key_Home)
    account.hide_list()
    keyboard.enter()
    assert (account.key, account.list_is_open(), focused()) == ("", True, account)
    keyboard.enter()
    assert account.key == "15101"


def test_an_amount_may_be_a_sum(form: VoucherForm, keyboard: Keyboard) -> None:
    form.rows[0].debit.setFocus()
    keyboard.type("12*350")
    keyboard.enter()
    assert form.rows[0].debit.text() == "4,200.00"


def test_the_cell_of_a_quantity_is_there_where_an_account_counts(
    form: VoucherForm, driver: Driver, keyboard: Keyboard, desk: Desk
) -> None:
    assert not form.rows[0].quantity.isVisible()
    count_quantity(desk, "12102", "公斤")
    driver.desktop.seat.tell_changed()
    driver.settle()
    driver.desktop.vouchers.editor.new()
    keyboard.enter()
    keyboard.commit("收玉米抵承包费")
    keyboard.enter()
    keyboard.type("12102")
    keyboard.enter()
    assert focused() is form.rows[0].quantity
    assert form.rows[0].quantity.placeholderText() == "公斤"
    keyboard.type("1250.5")
    keyboard.enter()
    keyboard.type("2501")
    keyboard.enter()
    keyboard.commit("收玉米抵承包费")
    keyboard.enter()
    keyboard.type("101")
    keyboard.enter()
    assert focused() is form.rows[1].credit
    keyboard.type("=")
    keyboard.press(KEY.Key_F6)
    driver.settle()
    saved = read_vouchers(desk)[0]
    assert [line.quantity_milli for line in saved.lines] == [1_250_500, 0]
    assert form.rows[0].quantity.text() == "1,250.5"
    form.rows[1].debit.setFocus()
    keyboard.press(KEY.Key_Backspace)
    assert focused() is form.rows[1].detail


def test_a_row_that_was_left_is_painted_where_it_is_wrong(
    form: VoucherForm, keyboard: Keyboard, driver: Driver
) -> None:
    keyboard.enter()
    keyboard.commit("买扫把")
    keyboard.enter()
    form.rows[1].summary.setFocus()
    keyboard.commit("付款")
    assert form.rows[0].account.property("bad") == "true"
    assert form.rows[1].account.property("bad") == "false"
    assert "没有科目" in driver.desktop.vouchers.editor.side.problems.text()


def test_an_unbalanced_voucher_is_refused_in_place_and_nothing_is_saved(
    form: VoucherForm, keyboard: Keyboard, driver: Driver, desk: Desk
) -> None:
    keyboard.enter()
    keyboard.commit("买扫把")
    keyboard.enter()
    for key in ("51401", "120"):
        keyboard.type(key)
        keyboard.enter()
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert "借贷不平，借方多 120.00 元" in driver.desktop.vouchers.editor.strip.text()
    assert list_vouchers(desk) == []


def test_a_day_may_be_typed_as_the_day_of_the_month(form: VoucherForm, keyboard: Keyboard) -> None:
    form.day.setFocus()
    keyboard.type("15")
    keyboard.enter()
    assert (form.day.day, focused()) == (date(2026, 9, 15), form.count)


def test_control_delete_takes_a_row_out(form: VoucherForm, keyboard: Keyboard) -> None:
    for row, text in enumerate(("一", "二", "三")):
        form.rows[row].summary.setFocus()
        keyboard.commit(text)
    form.rows[1].summary.setFocus()
    keyboard.press(KEY.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert [row.summary.text() for row in form.rows[:3]] == ["一", "三", ""]


def test_page_up_and_down_walk_the_list_and_escape_comes_back_to_the_same_row(
    driver: Driver, keyboard: Keyboard, make_voucher: Callable[..., Voucher]
) -> None:
    vouchers = [make_voucher(amount) for amount in (100, 200, 300)]
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    page.refresh()
    driver.settle()
    page.list.table.view.selectRow(0)
    keyboard.enter()
    driver.settle()
    keyboard.press(KEY.Key_PageDown)
    driver.settle()
    assert page.editor.uid == vouchers[1].uid
    keyboard.press(KEY.Key_PageDown)
    driver.settle()
    keyboard.press(KEY.Key_PageDown)
    assert page.editor.strip.text() == "已经是最后一张"
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert page.list.table.current().uid == vouchers[2].uid
    assert QApplication.focusWidget() is page.list.table.view


def test_escape_warns_once_before_typed_words_are_given_up(
    form: VoucherForm, keyboard: Keyboard, driver: Driver
) -> None:
    keyboard.enter()
    keyboard.commit("写了一半")
    keyboard.press(KEY.Key_Escape)
    assert "还没有保存" in driver.desktop.vouchers.editor.strip.text()
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert driver.desktop.vouchers.stack.currentIndex() == 0


def test_a_voucher_goes_through_every_signature_to_the_ledger_in_the_window(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk, keyboard: Keyboard
) -> None:
    uid = make_voucher().uid
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.open(uid)
    driver.settle()
    for name in ("冯素芳", OTHER_AGENT, CASHIER_NAME, DIRECTOR_NAME):
        page.editor.ask_signature()
        assert "742.60 元" in page.editor.sign.sentence.text()
        driver.sign_as(page.editor.sign, name)
    page.editor.post()
    driver.settle()
    assert page.editor.posting.told.text() == "101 库存现金：9月10日起差 306.10"
    page.editor.posting.go_on()
    driver.settle()
    posted = read_voucher(desk, uid)
    assert (posted.state, posted.reviewed_by) == ("posted", DIRECTOR_NAME)
    assert page.editor.form.still
    assert not page.editor.acts["save"].isVisible()
    page.editor.corrector.do(REDO)
    driver.settle()
    keyboard.press(KEY.Key_PageUp)
    driver.settle()
    assert page.editor.form.rows[0].debit.text() == "-742.60"
    assert page.editor.form.rows[0].debit.property("red") == "true"


def test_a_wrong_passphrase_is_told_beside_the_signature_and_nothing_is_signed(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk
) -> None:
    uid = make_voucher().uid
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    page.open(uid)
    driver.settle()
    page.editor.ask_signature()
    driver.sign_as(page.editor.sign, "冯素芳", "不是这个口令呀呀呀呀")
    assert "口令不对" in page.editor.sign.answer.text()
    assert "设置—人员与钥匙—钥匙" in page.editor.sign.answer.text()
    assert page.editor.sign.isVisible()
    assert read_voucher(desk, uid).state == "draft"


def test_nobody_signs_what_a_colleague_changed_behind_the_window(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk
) -> None:
    old = make_voucher()
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.open(old.uid)
    driver.settle()
    page.editor.ask_signature()
    changed = save_voucher(desk, Draft(old.day, old.lines, old.word, attachment_count=9, uid=old.uid))
    driver.sign_as(page.editor.sign, AGENT_NAME)
    assert "记-1 在您看过以后又变了，请再看一遍" in page.editor.sign.answer.text()
    page.leave()
    page.list.table.view.selectRow(0)
    page.sign_chosen()
    driver.sign_as(page.sign, AGENT_NAME)
    assert "记-1：在您看过以后又变了，请再看一遍" in page.sign.answer.text()
    assert read_voucher(desk, old.uid) == changed
    page.load()
    driver.settle()
    page.list.table.view.selectRow(0)
    page.sign_chosen()
    driver.sign_as(page.sign, AGENT_NAME)
    assert read_voucher(desk, old.uid).state == "submitted"


def test_enter_alone_takes_no_suggestion(
    desk: Desk, staff: Staff, form: VoucherForm, keyboard: Keyboard, driver: Driver
) -> None:
    old = save_voucher(desk, Draft(date(2026, 9, 1), (Line("买扫把", "51401", 100), Line("买扫把", "101", 0, 100))))
    sign_all(desk, old.uid, staff)
    post_voucher(desk, old.uid)
    keyboard.enter()
    keyboard.commit("买扫把")
    driver.settle()
    assert form.rows[0].summary.list_is_open()
    keyboard.enter()
    assert (form.rows[0].account.key, form.rows[0].summary.text()) == ("", "买扫把")
    assert focused() is form.rows[0].account


def test_an_unknown_party_is_added_in_place_and_chosen_while_the_cursor_goes_on(
    form: VoucherForm, keyboard: Keyboard, driver: Driver, desk: Desk
) -> None:
    detail = form.rows[0].detail
    detail.setFocus()
    keyboard.commit("新来的砂石厂")
    assert detail.list_is_open()
    assert detail._popup.currentItem().text() == "新增往来单位（个人）“新来的砂石厂”"
    keyboard.enter()
    assert focused() is not detail
    driver.settle()
    (party,) = [one for one in read_entry_book(desk).parties.values() if one.name == "新来的砂石厂"]
    assert (detail.key, detail.text()) == (party.code, "新来的砂石厂")
    assert "已新增往来单位（个人）“新来的砂石厂”" in driver.desktop.vouchers.editor.strip.text()
    form.rows[1].detail.setFocus()
    keyboard.type("xldss")  # found by its initials from now on
    assert form.rows[1].detail._popup.currentItem().text() == "新来的砂石厂"


def test_nothing_is_added_when_the_cursor_leaves_or_the_name_is_known(
    form: VoucherForm, keyboard: Keyboard, driver: Driver, desk: Desk
) -> None:
    before = read_entry_book(desk).parties
    form.rows[0].detail.setFocus()
    keyboard.commit("新来的砂石厂")
    form.rows[1].summary.setFocus()
    driver.settle()
    assert read_entry_book(desk).parties == before
    known = next(iter(before.values()))
    form.rows[1].detail.setFocus()
    keyboard.commit(known.name)
    keyboard.enter()
    driver.settle()
    assert form.rows[1].detail.key == known.code
    assert read_entry_book(desk).parties == before


def test_a_project_is_added_by_its_name_and_known_in_the_next_row(
    form: VoucherForm, keyboard: Keyboard, driver: Driver, desk: Desk
) -> None:
    set_needs(desk, "51401", ["project"])
    driver.desktop.seat.tell_changed()
    driver.settle()
    driver.desktop.vouchers.editor.new()
    for row in (0, 1):
        form.rows[row].account.setFocus()
        keyboard.type("51401")
        keyboard.enter()
        assert focused() is form.rows[row].detail
        keyboard.commit("村西水渠" if row == 0 else "水渠")
        keyboard.enter()
        assert form.rows[row].line().project == "村西水渠"


def test_the_side_panel_says_the_balance_the_budget_and_the_last_five(
    desk: Desk, staff: Staff, form: VoucherForm, keyboard: Keyboard, driver: Driver
) -> None:
    plan = (BudgetLine("51401", 10_000),)
    save_budget_act(desk, BudgetAct("", "", 2026, ADOPT, date(2026, 1, 15), "成员代表大会 2026-01-15", plan))
    for day in range(1, 8):
        words = f"买扫把第{day}回"
        lines = (Line(words, "51401", 1_000), Line(words, "101", 0, 1_000))
        posted = save_voucher(desk, Draft(date(2026, 9, day), lines, attachment_count=1))
        sign_all(desk, posted.uid, staff)
        post_voucher(desk, posted.uid)
    form.rows[0].account.setFocus()
    keyboard.type("51401")
    keyboard.enter()
    keyboard.type("45")
    keyboard.enter()
    driver.settle()
    side = driver.desktop.vouchers.editor.side
    before, after = (
        int(re.search(rf"{word}　借 ([\d,.]+)", side.account.text())[1].replace(",", "").replace(".", ""))
        for word in ("账上", "记后")
    )
    assert after - before == 4_500
    assert [day for day in range(1, 8) if f"第{day}回" in side.account.text()] == [3, 4, 5, 6, 7]
    assert "全年 100.00，已用" in side.room.text()
    assert "记后剩 -" in side.room.text()
    assert "！超出预算" in side.room.text()


def test_a_summary_that_enter_took_along_too_far_makes_no_line(
    form: VoucherForm, keyboard: Keyboard, driver: Driver, desk: Desk
) -> None:
    keyboard.enter()
    keyboard.commit("买扫把")
    keyboard.enter()
    for code, amount in (("51401", "120"), ("101", "=")):
        keyboard.type(code)
        keyboard.enter()
        keyboard.type(amount)
        keyboard.enter()
        keyboard.enter()  # the summary comes along
    assert form.rows[2].summary.text() == "买扫把"
    assert focused() is form.rows[2].account
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert [line.account for line in read_vouchers(desk)[0].lines] == ["51401", "101"]


def test_neither_a_neighbour_nor_another_page_takes_the_place_of_what_is_not_saved(
    driver: Driver, keyboard: Keyboard, make_voucher: Callable[..., Voucher], desk: Desk
) -> None:
    first, second = make_voucher(100), make_voucher(200)
    desktop = driver.desktop
    page = desktop.vouchers
    desktop.window.go(page)
    page.refresh()
    driver.settle()
    page.open(first.uid)
    driver.settle()
    page.editor.form.rows[0].summary.setFocus()
    keyboard.commit("写了一半")
    keyboard.press(KEY.Key_PageDown)
    driver.settle()
    assert (page.editor.uid, page.editor.form.rows[0].summary.text()) == (first.uid, "写了一半")
    assert "还没有保存" in page.editor.strip.text()
    page.editor.form.rows[0].summary.setFocus()
    keyboard.commit("，又写一点")
    desktop.window.pick(desktop.ledger)
    driver.settle()
    desktop.open_voucher(second.uid)
    driver.settle()
    assert page.editor.form.rows[0].summary.text() != second.lines[0].summary
    assert "还没有保存" in page.editor.strip.text()
    desktop.open_voucher(second.uid)  # asked once: now it is given up
    driver.settle()
    assert page.editor.uid == second.uid
