"""What is typed and cannot be read is told, and never counts as nothing or as something nobody meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.gui.conftest import Driver, Keyboard, begin_voucher, pay_in_cash
from tests.services.conftest import Staff, sign_all
from villagebooks.core.paper import Document
from villagebooks.core.period import Month
from villagebooks.core.receipt import Receipt, ReceiptBook
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.gui.voucher.editor import VoucherEditor
from villagebooks.services.closing import close_month
from villagebooks.services.desk import Desk, open_desk
from villagebooks.services.paper import issue_receipt_book, list_papers, receipt_counts, void_receipt
from villagebooks.services.voucher import list_vouchers, post_voucher, read_vouchers, save_voucher

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


@pytest.fixture
def editor(driver: Driver, keyboard: Keyboard) -> VoucherEditor:
    """A new voucher begun by F5."""
    return begin_voucher(driver, keyboard)


def fill(keyboard: Keyboard, amount: str = "12") -> None:
    """Two rows: 办公费 by cash."""
    pay_in_cash(keyboard, "买笔", amount)


def save(keyboard: Keyboard, driver: Driver) -> None:
    keyboard.press(KEY.Key_F6)
    driver.settle()


@pytest.mark.parametrize("typed", ["2026-13-01", "2026-02-30", "明天"])
def test_a_day_that_does_not_exist_is_told_and_no_other_day_is_taken_for_it(
    editor: VoucherEditor, driver: Driver, keyboard: Keyboard, desk: Desk, typed: str
) -> None:
    fill(keyboard)
    editor.form.day.setFocus()
    keyboard.commit(typed)
    keyboard.enter()
    assert f"没有“{typed}”这一天" in editor.strip.text()
    assert (editor.form.day.text(), editor.form.day.property("bad")) == (typed, "true")
    save(keyboard, driver)
    assert f"没有“{typed}”这一天" in editor.strip.text()
    assert list_vouchers(desk) == []
    editor.form.day.setFocus()
    keyboard.commit("１２")
    keyboard.enter()
    assert (editor.strip.text(), editor.form.day.property("bad")) == ("", "false")
    save(keyboard, driver)
    assert [one.day for one in read_vouchers(desk)] == [date(2026, 9, 12)]


@pytest.mark.parametrize("typed", ["壹佰元", "abc", "99999999999999999999"])
def test_what_is_no_amount_is_called_so_and_not_a_missing_one(
    editor: VoucherEditor, driver: Driver, keyboard: Keyboard, desk: Desk, typed: str
) -> None:
    fill(keyboard, typed)
    save(keyboard, driver)
    assert f"第 1 行：“{typed}”不是金额" in editor.strip.text()
    assert "第 1 行：没有金额" not in editor.strip.text()
    assert list_vouchers(desk) == []


def test_the_number_of_documents_takes_full_width_digits(
    editor: VoucherEditor, driver: Driver, keyboard: Keyboard, desk: Desk
) -> None:
    keyboard.commit("３")
    fill(keyboard)
    save(keyboard, driver)
    assert [one.attachment_count for one in read_vouchers(desk)] == [3]


def test_a_difference_typed_as_no_amount_takes_nothing_out_of_the_books(
    driver: Driver, keyboard: Keyboard, desk: Desk, staff: Staff, make_voucher: Callable[..., Voucher]
) -> None:
    uid = make_voucher().uid
    sign_all(desk, uid, staff)
    post_voucher(desk, uid)
    driver.desktop.window.go(driver.desktop.vouchers)
    driver.desktop.vouchers.open(uid)
    driver.settle()
    keyboard.press(KEY.Key_F12)
    keyboard.type("2")
    driver.settle()
    panel = driver.desktop.vouchers.editor.corrector.panel
    for _line in range(2):
        keyboard.type("abc")
        keyboard.enter()
    assert "“abc”不是金额" in panel.state.text()
    panel.amounts[0].setFocus()
    save(keyboard, driver)
    assert panel.isVisible()
    assert len(list_vouchers(desk)) == 1


def test_a_month_that_is_closed_is_told_before_anything_is_typed(
    driver: Driver, keyboard: Keyboard, desk: Desk, staff: Staff
) -> None:
    close_month(desk, staff.agent)
    driver.desktop.seat.tell_changed()
    driver.desktop.window.go(driver.desktop.vouchers)
    driver.settle()
    keyboard.press(KEY.Key_F5)
    driver.settle()
    assert "2026-09 已经结账，不能再记凭证" in driver.desktop.vouchers.editor.strip.text()


def test_a_voucher_saved_into_another_month_says_which(
    editor: VoucherEditor, driver: Driver, keyboard: Keyboard, desk: Desk
) -> None:
    fill(keyboard)
    editor.form.day.setFocus()
    keyboard.type("2026-10-05")
    keyboard.enter()
    save(keyboard, driver)
    assert "日期 2026-10-05 还没有到（今天是 2026-09-02）" in editor.strip.text()
    october = open_desk(desk.office, "V01", Month(2026, 10))
    assert not list_vouchers(october), "a wrong month or year would leave a number there"
    save(keyboard, driver)
    assert "已保存到 2026-10：记-1 号，不在上面选的月份里" in editor.strip.text()


def test_a_short_voucher_after_a_long_one_shows_its_first_line(
    editor: VoucherEditor, driver: Driver, desk: Desk
) -> None:
    many = tuple(Line("买笔", "5130102", 100) for _row in range(30))
    long = save_voucher(desk, Draft(date(2026, 9, 10), (*many, Line("买笔", "101", 0, 3_000))))
    short = save_voucher(desk, Draft(date(2026, 9, 11), (many[0], Line("买笔", "101", 0, 100))))
    editor.open(long.uid)
    driver.settle()
    editor.form.rows[30].credit.setFocus()
    driver.settle()
    assert editor.form.area.verticalScrollBar().value() > 0
    editor.open(short.uid)
    driver.settle()
    assert editor.form.area.verticalScrollBar().value() == 0


def test_a_paper_s_amount_and_its_document_s_that_cannot_be_read_are_told_by_name(driver: Driver, desk: Desk) -> None:
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    page.form.new(date(2026, 9, 10))
    driver.settle()
    page.form.facts.entry("amount_fen").setText("一百")
    page.form.documents.put((Document("数电票", "26990000000000012345", "2026-09-09", 100),))
    page.form.documents.rows[0].amount.setText("一百")
    page.form.save()
    driver.settle()
    assert "金额（元）：“一百”不是金额" in page.form.strip.text()
    assert "单据 26990000000000012345：“一百”不是金额" in page.form.strip.text()
    assert list_papers(desk) == []


def test_a_cash_count_with_an_unreadable_amount_is_not_signed(driver: Driver) -> None:
    page = driver.desktop.cashier
    driver.desktop.window.go(page)
    page.tabs.setCurrentWidget(page.cash)
    driver.settle()
    entry = page.cash.form.entry("unbooked_in_fen")
    entry.setFocus()
    entry.setText("一百")
    assert entry.property("bad") == "true"
    page.cash.ask_sign()
    assert "收了还没有入账的：“一百”不是金额" in page.cash.strip.text()
    assert not page.cash.sign.isVisible()


def test_a_month_or_an_account_that_is_none_is_told_on_the_page_of_ledgers(driver: Driver, keyboard: Keyboard) -> None:
    page = driver.desktop.ledger
    driver.desktop.window.go(page)
    driver.settle()
    first = page.asking.first
    first.setFocus()
    first.selectAll()
    keyboard.type("2026-13")
    keyboard.enter()
    assert "没有“2026-13”这个月" in page.strip.text()
    assert (first.text(), first.property("bad")) == ("2026-13", "true")
    first.selectAll()
    keyboard.commit("８")
    keyboard.enter()
    driver.settle()
    assert (first.text(), first.property("bad"), page.strip.text()) == ("2026-08", "false", "")
    page.asking.tabs.setCurrentIndex(2)
    driver.settle()
    page.asking.what.setFocus()
    page.asking.what.selectAll()
    keyboard.type("zzz")
    keyboard.enter()
    assert "没有“zzz”：写代码、名称的一部分或拼音首字母" in page.strip.text()
    keyboard.press(KEY.Key_Backspace)
    assert page.asking.what.property("bad") == "false"


def test_numbers_of_receipts_are_taken_in_full_width(desk: Desk) -> None:
    issued = issue_receipt_book(desk, ReceiptBook("S1", "V01", "０００１", "0050", "2026-09-01", "向丽蓉"))
    assert (issued.first, issued.last) == ("0001", "0050")
    void_receipt(desk, Receipt("S1", "０００３", "void", day="2026-09-30"))
    assert receipt_counts(desk)[0].void == ("0003",)


def test_a_schedule_with_an_unreadable_amount_says_so(driver: Driver, keyboard: Keyboard) -> None:
    driver.desktop.window.go(driver.desktop.vouchers)
    driver.settle()
    keyboard.press(KEY.Key_J, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    keyboard.press(KEY.Key_F5)
    panel = driver.desktop.plans.panel
    panel.plan.form.put({"name": "电费"})
    row = panel.plan.lines.rows[0]
    row.summary.setText("付电费")
    row.account.put("5130103")
    row.debit.setText("五十")
    panel.keep()
    driver.settle()
    assert "第 1 行：“五十”不是金额" in panel.strip.text()


@pytest.mark.parametrize("typed", ["1.5", "−3", "三十五"])
def test_a_number_of_documents_that_is_none_stays_as_typed_and_red_and_is_not_saved_as_another(
    editor: VoucherEditor, driver: Driver, keyboard: Keyboard, desk: Desk, typed: str
) -> None:
    keyboard.commit(typed)
    fill(keyboard)
    count = editor.form.count
    assert (count.text(), count.property("bad")) == (typed, "true")
    assert f"附单据数：“{typed}”不是" in editor.side.problems.text()
    save(keyboard, driver)
    assert f"“{typed}”不是 0 到 9999 的整数" in editor.strip.text()
    assert list_vouchers(desk) == []
    count.setFocus()
    count.selectAll()
    keyboard.commit("２")
    keyboard.enter()
    assert (count.text(), count.property("bad")) == ("2", "false")
    save(keyboard, driver)
    assert [one.attachment_count for one in read_vouchers(desk)] == [2]


@pytest.mark.parametrize("typed", ["--5", "1e5", "十元", "1.234", "1,2,3"])
def test_an_amount_that_is_none_is_red_and_listed_when_enter_leaves_its_cell(
    editor: VoucherEditor, driver: Driver, keyboard: Keyboard, typed: str
) -> None:
    keyboard.enter()
    keyboard.commit("买笔")
    keyboard.enter()
    keyboard.type("5130102")
    keyboard.enter()
    keyboard.commit(typed)
    keyboard.enter()
    driver.settle()
    cells = editor.form.rows[0].cells
    bad = next(cell for cell in cells if cell.text() == typed)
    assert bad.property("bad") == "true"
    assert f"“{typed}”不是金额" in bad.toolTip()
    assert [cell.property("bad") for cell in cells].count("true") == 1
    assert f"第 1 行：“{typed}”不是金额" in editor.side.problems.text()


def test_receipts_used_before_that_are_no_count_are_told_and_no_book_is_issued(
    driver: Driver, keyboard: Keyboard, desk: Desk
) -> None:
    page = driver.desktop.receipts
    driver.desktop.window.go(page)
    driver.settle()
    page.new.put({"code": "B1", "first": "0001", "last": "0050", "issued_to": "柯守田"})
    entry = page.new.entry("used_before")
    for typed in ("1.5", "−3", "三十五"):
        entry.setFocus()
        keyboard.commit(typed)
        page.new.entry("code").setFocus()
        told = [one.text() for one in page.new.findChildren(QLabel) if typed in one.text()]
        assert (entry.text(), entry.property("bad")) == (typed, "true")
        assert told == [f"以前用过几张：“{typed}”不是 0 到 9999 的整数：只写数字，例如 3"]
        page.issue()
        driver.settle()
        assert f"以前用过几张：“{typed}”不是" in page.strip.text()
        assert receipt_counts(desk) == []
        entry.clear()


def test_days_on_the_board_that_are_none_are_told_and_nothing_is_saved(driver: Driver, keyboard: Keyboard) -> None:
    tab = driver.tab("sheet")
    tab.load()
    driver.settle()
    entry = tab.form.entry("stay_days")
    before = entry.text()
    entry.setFocus()
    entry.selectAll()
    keyboard.commit("−1")
    tab.form.entry("answer_days").setFocus()
    assert (entry.text(), entry.property("bad")) == ("−1", "true")
    tab.save()
    driver.settle()
    assert "至少贴几天：“−1”不是" in tab.strip.text()
    tab.load()
    driver.settle()
    assert entry.text() == "−1"  # a reading takes nothing away
    tab.form.settle()
    tab.load()
    driver.settle()
    assert (entry.text(), entry.property("bad")) == (before, "false")


def test_people_at_a_meeting_that_are_no_count_are_told_and_the_paper_is_not_saved(
    driver: Driver, keyboard: Keyboard, desk: Desk
) -> None:
    driver.desktop.window.go(driver.desktop.papers)
    driver.settle()
    keyboard.press(KEY.Key_F5)
    driver.settle()
    form = driver.desktop.papers.form
    step = next(
        one for one in form.signing.steps if any(f.name == "present" for f in form.signing.form(one.name).fields)
    )
    entry = form.signing.form(step.name).entry("present")
    entry.setFocus()
    entry.selectAll()
    keyboard.commit("三十五")
    form.signing.form(step.name).entry("agreed").setFocus()
    assert (entry.text(), entry.property("bad")) == ("三十五", "true")
    form.save()
    driver.settle()
    assert "到会人数：“三十五”不是" in form.strip.text()
    assert list_papers(desk) == []
