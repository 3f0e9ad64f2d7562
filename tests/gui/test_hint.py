"""What the form of a voucher tells before it is signed: money that is not there, a missing paper, who signs next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import AGENT_NAME, OTHER_AGENT, Driver, Keyboard, begin_voucher, office_draft, pay_in_cash
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.core.watch import Watch
from villagebooks.gui.voucher.page import VoucherPage
from villagebooks.services.desk import Desk
from villagebooks.services.hint import batch_hints
from villagebooks.services.voucher import list_vouchers, read_voucher, save_voucher
from villagebooks.services.watch import put_lines

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


def pay(driver: Driver, keyboard: Keyboard, amount: str) -> None:
    """A new voucher: 办公费 in cash, then a row more."""
    begin_voucher(driver, keyboard)
    pay_in_cash(keyboard, "买煤", amount)
    driver.settle()


def test_cash_that_is_not_there_stays_told_on_the_next_row_and_is_said_once_on_saving(
    driver: Driver, keyboard: Keyboard, desk: Desk
) -> None:
    pay(driver, keyboard, "600")
    editor = driver.desktop.vouchers.editor
    told = "101 库存现金：账上 436.50，这张付 600.00，差 163.50，记账后钱会变成负数"
    assert QApplication.focusWidget() is editor.form.rows[2].summary
    assert editor.side.short.isVisible()
    assert editor.side.short.text() == told
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert len(list_vouchers(desk)) == 1
    first, *rest = editor.strip.text().splitlines()
    assert first.startswith("已保存为 记-1 号")
    assert rest == [told]
    editor.form.rows[0].debit.setText("436.50")
    editor.form.rows[1].credit.setText("436.50")
    driver.settle()
    assert editor.side.short.text() == ""


def test_a_summary_that_paper_would_cut_off_is_told_on_saving(driver: Driver, keyboard: Keyboard, desk: Desk) -> None:
    pay(driver, keyboard, "12")
    editor = driver.desktop.vouchers.editor
    editor.form.rows[0].summary.setText("买煤" * 40)
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert "记-1 第 1 行的摘要有 80 字，印在凭证上要缩小，过长的印不全" in editor.strip.text()
    editor.form.rows[0].summary.setText("买煤" * 20)
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert "的摘要有" not in editor.strip.text()


def test_a_large_payment_without_a_paper_is_told_on_saving_and_before_signing(
    driver: Driver, keyboard: Keyboard, desk: Desk
) -> None:
    put_lines(desk.office, Watch(bare_fen=50_000))
    driver.settle()
    pay(driver, keyboard, "600")
    keyboard.press(KEY.Key_F6)
    driver.settle()
    editor = driver.desktop.vouchers.editor
    told = "付出 600.00 元，没有村里签过字的报账单，结账和自查会提示"
    assert editor.strip.text().splitlines()[-1] == told
    editor.ask_signature()
    driver.settle()
    assert editor.sign.sentence.text().splitlines()[-1] == told
    assert editor.sign.act.isEnabled()


def test_a_payment_below_the_townships_line_is_not_told(driver: Driver, keyboard: Keyboard, desk: Desk) -> None:
    put_lines(desk.office, Watch(bare_fen=60_000))
    pay(driver, keyboard, "600")
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert "没有村里签过字的报账单" not in driver.desktop.vouchers.editor.strip.text()


def choose_all(driver: Driver) -> VoucherPage:
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.list.table.view.selectAll()
    return page


TOLD = (
    "101 库存现金：账上 436.50，这 2 张合计付 600.00，差 163.50，记账后钱会变成负数",
    "记-1、记-2 付出 600.00 元，没有村里签过字的报账单，结账和自查会提示",
)


def test_several_vouchers_are_told_once_what_they_do_together_before_they_are_signed(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk
) -> None:
    put_lines(desk.office, Watch(bare_fen=20_000))
    for _time in range(2):
        make_voucher(30_000)
    page = choose_all(driver)
    page.sign_chosen()
    driver.settle()
    sentence, *hints = page.sign.sentence.text().splitlines()
    assert sentence.startswith("签 2 张，合计 600.00 元")
    assert tuple(hints) == TOLD
    driver.desktop.window.go(driver.desktop.inbox)
    driver.settle()
    inbox = driver.desktop.inbox
    inbox.table.mark_all()
    inbox.ask_sign_marked()
    driver.settle()
    assert tuple(inbox.sign.sentence.text().splitlines()[1:]) == TOLD


def test_a_voucher_that_pays_nothing_out_of_the_account_is_not_counted(
    make_voucher: Callable[..., Voucher], desk: Desk
) -> None:
    lines = (Line("改记", "51302", 100), Line("改记", "51302", -100))
    other = save_voucher(desk, Draft(date(2026, 9, 11), lines))
    uids = (make_voucher(60_000).uid, other.uid)
    assert batch_hints(desk.office, ((desk.book, uids),))[0] == (
        "101 库存现金：账上 436.50，其中 1 张付 600.00，差 163.50，记账后钱会变成负数"
    )


@pytest.mark.usefixtures("staff")
def test_one_voucher_of_several_that_cannot_be_signed_is_named_with_the_reason_and_the_others_are_signed(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk
) -> None:
    uids = [make_voucher(amount).uid for amount in (100, 200, 300)]
    page = choose_all(driver)
    page.sign_chosen()
    driver.settle()
    changed = read_voucher(desk, uids[1])
    save_voucher(desk, replace(office_draft(250), uid=changed.uid))  # meanwhile, on another PC
    driver.sign_as(page.sign, AGENT_NAME)
    assert page.strip.text().splitlines() == [
        "已签 2 张（记-1、记-3），1 张没有签：", "记-2：在您看过以后又变了，请再看一遍",
    ]  # fmt: skip
    assert [read_voucher(desk, uid).state for uid in uids] == ["submitted", "draft", "submitted"]
    current = page.list.table.current()
    assert current is not None
    assert current.uid == uids[1]


@pytest.mark.usefixtures("staff")
def test_when_none_of_several_can_be_signed_the_reason_stands_where_another_person_is_chosen(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk
) -> None:
    uids = [make_voucher(amount).uid for amount in (100, 200, 300)]
    page = choose_all(driver)
    page.sign_chosen()
    driver.settle()
    driver.sign_as(page.sign, OTHER_AGENT)
    assert page.sign.isVisible()
    assert page.sign.answer.text() == f"记-1 至 记-3：制单人是{AGENT_NAME}，要由本人送签"
    assert [read_voucher(desk, uid).state for uid in uids] == ["draft"] * 3


@pytest.mark.usefixtures("staff")
def test_the_second_signature_names_its_step_and_proposes_who_has_not_signed(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk
) -> None:
    uid = make_voucher().uid
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.open(uid)
    driver.settle()
    editor = page.editor
    editor.ask_signature()
    driver.settle()
    assert "号凭证送签（制单）：" in editor.sign.sentence.text()
    maker = editor.sign.people.currentText()
    assert maker == read_voucher(desk, uid).prepared_by
    driver.sign_as(editor.sign, maker)
    assert QApplication.focusWidget() is editor.acts["sign"]
    editor.ask_signature()
    driver.settle()
    assert "号凭证签字（复核）：" in editor.sign.sentence.text()
    assert editor.sign.people.currentText() == OTHER_AGENT
    driver.sign_as(editor.sign, OTHER_AGENT)
    for _step in range(2):
        editor.ask_signature()
        driver.settle()
        driver.sign_as(editor.sign, editor.sign.people.currentText())
    assert read_voucher(desk, uid).state == "approved"
    assert QApplication.focusWidget() is editor.acts["post"]
