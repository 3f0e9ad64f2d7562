"""更正 and templates from the voucher's page by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.conftest import Driver, Keyboard, focused, office_draft, open_templates
from tests.services.conftest import CHEAP, Staff, reverse_voucher, sign_all
from villagebooks.core.period import Month
from villagebooks.core.voucher import Voucher
from villagebooks.gui.voucher.editor import VoucherEditor
from villagebooks.gui.voucher.page import VoucherPage
from villagebooks.services.closing import close_month, draft_closing_transfers
from villagebooks.services.desk import Desk
from villagebooks.services.disclosure import put_up
from villagebooks.services.template import list_templates
from villagebooks.services.verify import verify
from villagebooks.services.voucher import list_vouchers, post_voucher, read_voucher, read_vouchers, save_voucher

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


@pytest.fixture
def posted(desk: Desk, staff: Staff, make_voucher: Callable[..., Voucher]) -> Voucher:
    uid = make_voucher().uid
    sign_all(desk, uid, staff)
    return post_voucher(desk, uid)


@pytest.fixture
def editor(posted: Voucher, driver: Driver, keyboard: Keyboard) -> VoucherEditor:
    """The posted voucher opened from the list by Enter."""
    return open_first(driver, keyboard)


def open_first(driver: Driver, keyboard: Keyboard) -> VoucherEditor:
    """The first voucher of the list, by Enter."""
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.list.table.view.selectRow(0)
    keyboard.enter()
    driver.settle()
    editor: VoucherEditor = page.editor
    return editor


def choose(editor: VoucherEditor, keyboard: Keyboard, driver: Driver, digit: str) -> None:
    """F12 and the digit of the act."""
    keyboard.press(KEY.Key_F12)
    assert editor.corrector.menu.isVisible()
    keyboard.type(digit)
    driver.settle()


def hang_and_open(driver: Driver, desk: Desk, staff: Staff) -> VoucherPage:
    """The month's sheet is put up while its first voucher stands open."""
    put_up(desk, [staff.director], cost=CHEAP)
    driver.desktop.seat.tell_changed()
    driver.settle()
    page = driver.desktop.vouchers
    page.open(page.list.heads()[0].uid)
    driver.settle()
    return page


def test_red_and_blue_by_three_keys_and_the_blue_one_is_open_to_be_set_right(
    editor: VoucherEditor, keyboard: Keyboard, driver: Driver, desk: Desk, posted: Voucher
) -> None:
    choose(editor, keyboard, driver, "1")
    assert [one.title for one in read_vouchers(desk)] == ["记-1", "记-2", "记-3"]
    assert "已做红字 记-2 号和蓝字 记-3 号" in editor.strip.text()
    assert editor.form.rows[0].summary.text() == "订正9月10日记1号凭证：买打印纸、硒鼓"
    assert "更正的是 2026-09 记-1" in editor.side.corrections.text()
    for row, side in enumerate((editor.form.rows[0].debit, editor.form.rows[1].credit)):
        side.setFocus()
        keyboard.type("80")
        assert editor.form.rows[row].line().debit_fen + editor.form.rows[row].line().credit_fen == 8_000
    keyboard.press(KEY.Key_F6)
    driver.settle()
    blue = read_vouchers(desk)[2]
    assert ([one.net_fen for one in blue.lines], blue.corrects) == ([8_000, -8_000], read_vouchers(desk)[1].uid)
    editor.open(posted.uid)
    driver.settle()
    assert "已用 2026-09 记-2 红字冲销" in editor.side.corrections.text()


def test_f12_in_a_month_whose_sheet_hangs_goes_to_the_next_one_and_corrects_there(
    editor: VoucherEditor, keyboard: Keyboard, driver: Driver, desk: Desk, staff: Staff
) -> None:
    page = hang_and_open(driver, desk, staff)
    choose(editor, keyboard, driver, "1")
    october = desk.at(Month(2026, 10))
    assert [one.title for one in read_vouchers(desk)] == ["记-1"]
    assert [(one.title, one.day) for one in read_vouchers(october)] == [
        ("记-1", date(2026, 10, 31)), ("记-2", date(2026, 10, 31)),
    ]  # fmt: skip
    assert driver.desktop.seat.month == Month(2026, 10)
    assert editor.isVisible()
    assert editor.uid == read_vouchers(october)[1].uid
    assert editor.strip.text().startswith("已做红字 记-1 号和蓝字 记-2 号两张草稿。")
    assert editor.strip.text().endswith("窗口已转到 2026-10。")
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert page.stack.currentIndex() == 0
    assert [f"{one.word}-{one.number}" for one in page.list.heads()] == ["记-1", "记-2"]


def test_an_amount_moved_between_costs_stays_in_the_month_whose_sheet_hangs(
    editor: VoucherEditor, keyboard: Keyboard, driver: Driver, desk: Desk, staff: Staff
) -> None:
    hang_and_open(driver, desk, staff)
    lines = editor.corrector._voucher.lines
    assert editor.corrector._free_day(lines[:1]).month == 9
    assert editor.corrector._free_day(lines).month == 10


def test_a_wrong_amount_is_set_right_line_by_line(
    editor: VoucherEditor, keyboard: Keyboard, driver: Driver, desk: Desk
) -> None:
    choose(editor, keyboard, driver, "2")
    panel = editor.corrector.panel
    assert panel.isVisible()
    assert not editor.form.isVisible()
    assert focused() is panel.amounts[0]
    keyboard.type("700")
    keyboard.enter()
    assert "相差 42.60" in panel.state.text()
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert "借贷不平" in editor.strip.text()
    keyboard.type("700")
    keyboard.press(KEY.Key_F6)
    driver.settle()
    made = read_vouchers(desk)[-1]
    assert [(one.debit_fen, one.credit_fen) for one in made.lines] == [(-4_260, 0), (0, -4_260)]
    assert editor.form.isVisible()
    assert editor.form.rows[0].debit.property("red") == "true"
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert driver.desktop.vouchers.stack.currentIndex() == 0


def test_escape_in_the_panel_does_nothing(
    editor: VoucherEditor, keyboard: Keyboard, driver: Driver, desk: Desk
) -> None:
    choose(editor, keyboard, driver, "2")
    keyboard.press(KEY.Key_Escape)
    assert editor.form.isVisible()
    assert len(list_vouchers(desk)) == 1


def test_reversing_only_asks_why_and_a_lonely_red_voucher_is_told(
    editor: VoucherEditor, keyboard: Keyboard, driver: Driver, desk: Desk
) -> None:
    choose(editor, keyboard, driver, "4")
    keyboard.enter()
    driver.settle()
    assert "请写明为什么不重做" in editor.strip.text()
    keyboard.commit("和记2号重复")
    keyboard.enter()
    driver.settle()
    assert "已做红字凭证 记-2 号" in editor.strip.text()
    assert "不重做：和记2号重复" in editor.side.corrections.text()


def test_a_proof_for_outsiders_is_saved_from_the_menu(
    editor: VoucherEditor,
    keyboard: Keyboard,
    driver: Driver,
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "证明.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(out), ""))
    choose(editor, keyboard, driver, "9")
    assert "已存为 证明.json" in editor.strip.text()
    assert verify(out, office=desk.office).problems == ()


def test_the_list_reminds_of_a_red_voucher_that_nothing_follows_until_it_is_done_over(
    editor: VoucherEditor, keyboard: Keyboard, driver: Driver, desk: Desk, posted: Voucher
) -> None:
    red = reverse_voucher(desk, posted.uid, date(2026, 9, 20))
    keyboard.press(KEY.Key_Escape)
    driver.desktop.seat.tell_changed()
    driver.settle()
    page = driver.desktop.vouchers
    assert "红字凭证 记-2 后面还没有蓝字订正" in page.due.text()
    page.open(red.uid)
    driver.settle()
    assert "还没有蓝字订正" in editor.side.corrections.text()
    choose(editor, keyboard, driver, "5")
    assert "已做更正凭证 记-3 号的草稿" in editor.strip.text()
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert (page.stack.currentIndex(), page.due.isHidden()) == (0, True)


def test_any_voucher_becomes_a_template_and_f4_fills_the_next_one(
    editor: VoucherEditor, keyboard: Keyboard, driver: Driver, desk: Desk
) -> None:
    choose(editor, keyboard, driver, "7")
    keyboard.commit("买办公用品")
    keyboard.enter()
    driver.settle()
    assert "已存为模板“买办公用品”" in editor.strip.text()
    assert list_templates(desk.office)[0].name == "买办公用品"
    keyboard.press(KEY.Key_F5)
    driver.settle()
    keyboard.press(KEY.Key_F4)
    driver.settle()
    keyboard.type("mbgyp")
    assert editor.templates.edit.list_is_open()
    keyboard.enter()
    rows = editor.form.rows
    assert [row.account.key for row in rows[:2]] == ["5130102", "101"]
    assert focused() is rows[0].debit
    keyboard.type("30")
    keyboard.enter()
    assert focused() is rows[1].credit
    keyboard.type("=")
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert [one.net_fen for one in read_vouchers(desk)[-1].lines] == [3_000, -3_000]


def test_a_supplied_template_asks_for_whom_it_needs_and_says_what_it_rests_on(
    driver: Driver, keyboard: Keyboard, desk: Desk
) -> None:
    editor = open_templates(driver, keyboard)
    keyboard.commit("应收承包费（成员")
    keyboard.enter()
    form = editor.form
    assert "有出处　财会〔2004〕12号" in editor.strip.text()
    assert form.rows[0].detail.placeholderText() == "成员"
    assert [row.account.key for row in form.rows[:2]] == ["113", "50101"]
    keyboard.type("500")
    keyboard.enter()
    assert focused() is form.rows[0].detail
    keyboard.commit("罗显富")
    keyboard.enter()
    keyboard.enter()
    assert focused() is form.rows[1].credit
    keyboard.type("=")
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert read_vouchers(desk)[-1].lines[0].party == "罗显富"


def test_escape_leaves_the_list_of_templates_and_the_voucher_as_they_were(driver: Driver, keyboard: Keyboard) -> None:
    editor = open_templates(driver, keyboard)
    keyboard.press(KEY.Key_Escape)
    assert not editor.templates.isVisible()
    assert driver.desktop.vouchers.stack.currentIndex() == 1
    assert QApplication.focusWidget() is editor.form.rows[0].summary


def test_a_void_voucher_keeps_its_number_and_its_reason(
    driver: Driver, keyboard: Keyboard, desk: Desk, make_voucher: Callable[..., Voucher]
) -> None:
    uid = make_voucher().uid
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.open(uid)
    driver.settle()
    page.editor.acts["void"].setFocus()
    keyboard.enter()
    keyboard.commit("发票抬头不是本村")
    keyboard.enter()
    driver.settle()
    assert read_voucher(desk, uid).state == "void"
    assert "作废原因：发票抬头不是本村" in page.editor.side.corrections.text()
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    (head,) = page.list.heads()
    assert (head.state, head.number) == ("void", 1)


def test_a_closed_years_voucher_offers_the_correction_through_undistributed_profit(
    desk: Desk, staff: Staff, driver: Driver, keyboard: Keyboard
) -> None:
    desk.books.clock.moment = datetime(2027, 1, 8, 9, 0, tzinfo=UTC)
    old = save_voucher(desk, office_draft(10_000, date(2026, 12, 5), "5130102"))
    sign_all(desk, old.uid, staff)
    post_voucher(desk, old.uid)
    for draft in draft_closing_transfers(desk, 2026):
        uid = save_voucher(desk, draft).uid
        sign_all(desk, uid, staff)
        post_voucher(desk, uid)
    close_month(desk.at(Month(2026, 12)), staff.agent)
    driver.desktop.seat.sit_at(month=Month(2026, 12))
    driver.settle()
    editor = open_first(driver, keyboard)
    keyboard.press(KEY.Key_F12)
    menu = editor.corrector.menu
    assert [name for name, one in menu.acts.items() if one.isEnabled()] == ["earlier", "template", "repeat", "proof"]
    keyboard.type("3")
    driver.settle()
    assert "已做更正凭证 记-1 号的草稿" in editor.strip.text()
    form = editor.form
    assert (form.kind.text(), form.day.day) == ("以前年度", date(2027, 1, 8))
    assert [row.account.key for row in form.rows[:2]] == ["101", "32202"]
    assert "更正的是 2026-12 记-1" in editor.side.corrections.text()
