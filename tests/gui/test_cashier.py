"""出纳 in the window, by keyboard: a statement imported, ticked and matched, confirmed; the cash counted and signed."""

from __future__ import annotations

from concurrent.futures import wait
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import AGENT_NAME, CASHIER_NAME, OTHER_AGENT, Driver, Keyboard
from villagebooks.core.bank import BANK, BOOK, INSIDE, PARTIAL
from villagebooks.core.period import Month
from villagebooks.gui.cashier.row import nothing_words
from villagebooks.services.bank import read_bank
from villagebooks.services.cash import cash_counts
from villagebooks.services.desk import Desk
from villagebooks.services.voucher import list_vouchers

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key
ROWS = (
    "2026-08-31,上期结余,,,105662.00",
    "2026-09-03,代扣电费,386.42,,105275.58",
    "2026-09-19,退汇 户名不符,,3200.00,108475.58",
    "2026-09-22,转账,3200.00,,105275.58",
    "2026-09-30,服务费,12.00,,105263.58",
    "2026-09-30,冲回服务费,,12.00,105275.58",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "对账单.csv"
    path.write_text("\n".join(("日期,摘要,支出,收入,余额", *ROWS)), "utf-8")
    return path


def opened(driver: Driver, file: Path):
    """The bank's tab with the file looked at and imported by Enter."""
    desktop = driver.desktop
    desktop.window.go(desktop.cashier)
    driver.settle()
    panel = desktop.cashier.bank
    panel.look_at(file)
    driver.settle()
    return panel


def test_a_statement_is_imported_matched_ticked_and_confirmed_without_the_mouse(
    desk: Desk, driver: Driver, keyboard: Keyboard, file: Path
) -> None:
    panel = opened(driver, file)
    assert panel.statement.choices["paid_out"].currentText() == "支出"
    assert [one.amount_fen for one in panel.statement.lines.model.records()][:2] == [-38_642, 320_000]
    assert "期初 105,662.00" in panel.statement.told.text()
    keyboard.enter()  # the button that imports has the focus
    driver.settle()
    assert "已导入 5 笔，自动勾对了 2 组" in panel.strip.text()
    assert [one.kind for one in panel.pairs.model.records()] == [INSIDE, INSIDE]
    assert [one.amount_fen for one in panel.bank.model.records()] == [-38_642]
    panel.pairs.view.setFocus()
    panel.pairs.view.selectRow(1)
    keyboard.press(KEY.Key_Delete)
    driver.settle()
    assert "已取消勾对" in panel.strip.text()
    panel.bank.view.setFocus()
    for row in (1, 2):
        panel.bank.view.selectRow(row)
        keyboard.press(KEY.Key_Space)
    assert "银行 0.00　相差 0.00" in panel.chosen.text()
    keyboard.press(KEY.Key_F8)
    driver.settle()
    assert "已勾对 2 笔" in panel.strip.text()
    assert {one.how for one in read_bank(desk, "10201").matches} == {"auto", "manual"}
    panel.foot.ask_confirm()
    assert "未达账项 1 笔。出纳不能签。" in panel.foot.sign.sentence.text()
    driver.sign_as(panel.foot.sign, CASHIER_NAME)
    assert "龙小梅是出纳" in panel.foot.sign.answer.text()
    driver.sign_as(panel.foot.sign, OTHER_AGENT)
    assert "余额调节表已确认" in panel.strip.text()
    assert panel.verdict.text() == "已由谭永川确认 2026-09-02"
    assert "（已确认）" in panel.account.currentText()
    panel.foot.ask_withdraw()
    assert "请在下面写明撤销的原因" in panel.strip.text()
    panel.foot.reason.setText("电费的凭证要补")
    panel.foot.ask_withdraw()
    driver.sign_as(panel.foot.sign, OTHER_AGENT)
    assert read_bank(desk, "10201").confirmed is None


def test_a_line_of_the_bank_becomes_a_voucher_and_the_sheet_is_looked_at(
    driver: Driver, keyboard: Keyboard, file: Path
) -> None:
    panel = opened(driver, file)
    panel.statement.keep()
    driver.settle()
    panel.bank.view.setFocus()
    panel.bank.view.selectRow(0)
    keyboard.press(KEY.Key_Return)
    panel.make_draft()
    driver.settle()
    desktop = driver.desktop
    assert desktop.window.current() is desktop.vouchers
    lines = desktop.vouchers.editor.form.draft().lines
    assert [(one.account, one.debit_fen, one.credit_fen) for one in lines] == [("10201", 0, 38_642), ("", 38_642, 0)]
    desktop.vouchers.leave()
    desktop.window.go(desktop.cashier)
    panel.foot.printed.emit()
    driver.settle()
    driver.settle()
    assert not desktop.preview.sheet.pixmap().isNull()


def test_possible_matches_and_parts_wait_for_a_person(
    desk: Desk, driver: Driver, keyboard: Keyboard, tmp_path: Path, make_voucher: object
) -> None:
    path = tmp_path / "a.csv"
    rows = ("日期,摘要,支出,收入,余额", "2026-08-31,上期结余,,,105662.00", "2026-09-30,x,12.00,,105650.00",
            "2026-09-30,y,,12.00,105662.00")  # fmt: skip
    path.write_text("\n".join(rows), "utf-8")
    panel = opened(driver, path)
    panel.statement.keep()
    driver.settle()
    offer = panel.pairs.model.records()[0]
    assert (offer.match, offer.kind) == (None, INSIDE)
    panel.pairs.view.setFocus()
    panel.pairs.view.selectRow(0)
    keyboard.enter()
    driver.settle()
    assert "已勾对 2 笔" in panel.strip.text()
    assert panel.pairs.model.records()[0].match is not None
    assert [one.side for one in panel.pairs.model.records()[0].items] == [BANK, BANK]
    assert PARTIAL not in {one.kind for one in read_bank(desk, "10201").matches}
    assert BOOK not in {one.side for one in read_bank(desk, "10201").free}


def test_open_items_of_before_and_a_statement_taken_back(desk: Desk, driver: Driver, file: Path) -> None:
    panel = opened(driver, file)
    panel.statement.keep()
    driver.settle()
    panel.ask_opening()
    panel.opening.lines.setPlainText("账上 8月28日 -1 x")
    panel.opening.save()
    driver.settle()
    assert "第 1 行：每行写一笔" in panel.opening.strip.text()
    panel.opening.lines.setPlainText("账上\t2026-08-28\t-120.00\t8月支票 没有兑付\n银行 2026-08-30 -120.00 工本费")
    panel.opening.save()
    driver.settle()
    assert "期初未达账项 2 笔已登记" in panel.strip.text()
    assert [one.amount_fen for one in panel.book.model.records()] == [-12_000]
    panel.foot.void_last()
    assert "请在下面写明原因" in panel.strip.text()
    panel.foot.reason.setText("导错账户")
    panel.foot.void_last()
    driver.settle()
    assert "已作废，它的勾对都取消了" in panel.strip.text()
    assert panel.verdict.text().startswith("还没有对账单")
    assert read_bank(desk, "10201").statements == ()


def test_the_checklist_leads_to_the_cash_which_is_counted_by_keyboard(
    desk: Desk, driver: Driver, keyboard: Keyboard
) -> None:
    desktop = driver.desktop
    desktop.window.go(desktop.closing)
    driver.settle()
    page = desktop.closing
    assert page.table.go_to(lambda one: one.rule == "cash")
    page.table.view.setFocus()
    keyboard.enter()
    driver.settle()
    assert desktop.window.current() is desktop.cashier
    panel = desktop.cashier.cash
    assert desktop.cashier.tabs.currentWidget() is panel
    for number in ("4", "", "1", "1", "1", "1", "1"):
        keyboard.type(number)
        keyboard.enter()
    assert panel.count().counted_fen == 43_650
    driver.settle()
    assert panel.verdict.text() == "账实相符"
    panel.form.entry("holder").setFocus()
    keyboard.commit("向丽蓉")
    panel.ask_sign()
    assert "实点 436.50 元（肆佰叁拾陆元伍角整），账实相符" in panel.sign.sentence.text()
    driver.sign_as(panel.sign, AGENT_NAME)
    assert "已签字" in panel.strip.text()
    assert [(one.holder, one.watched_by, one.difference_fen) for one in cash_counts(desk)] == [
        ("向丽蓉", AGENT_NAME, 0)
    ]  # fmt: skip
    panel.counts.view.setFocus()
    panel.counts.view.selectRow(0)
    keyboard.enter()
    driver.settle()
    driver.settle()
    assert desktop.window.current() is desktop.preview
    assert not desktop.preview.sheet.pixmap().isNull()


def test_a_tab_that_is_being_built_while_the_month_changes_begins_in_the_new_month(driver: Driver) -> None:
    page = driver.desktop.cashier
    driver.desktop.window.go(page)
    driver.settle()
    page.tabs.setCurrentIndex(1)  # built in this turn, put in in a later one
    seat = driver.desktop.seat
    seat.sit_at(month=Month(2026, 10))
    wait([job.future for job in seat.worker._running if job.future])  # its answer comes before that turn
    driver.settle()
    assert page.tabs.currentWidget() is page.cash
    assert page.cash.form.values()["day"].month == 10


def test_what_was_refused_of_one_count_is_not_said_in_the_next_month(driver: Driver) -> None:
    page = driver.desktop.cashier
    driver.desktop.window.go(page)
    driver.settle()
    page.tabs.setCurrentWidget(page.cash)
    driver.settle()
    page.cash.ask_sign()
    assert "请写谁保管现金" in page.cash.strip.text()
    driver.desktop.seat.sit_at(month=Month(2026, 10))
    driver.settle()
    assert page.cash.strip.text() == ""
    assert page.cash.form.entry("holder").property("bad") == "false"


def test_a_shortage_becomes_a_draft(desk: Desk, driver: Driver) -> None:
    desktop = driver.desktop
    desktop.window.go(desktop.cashier)
    desktop.cashier.go_to("cash", "101")
    driver.settle()
    panel = desktop.cashier.cash
    panel.ask_sign()
    assert not panel.sign.isVisible(), "nothing counted, nobody holds it: no passphrase is asked for"
    assert "请写谁保管现金" in panel.strip.text()
    assert "短款 436.50 元：请写明原因，或写“待查”" in panel.strip.text()
    panel.pieces.put({"10000": 4})
    panel.form.put({"holder": "向丽蓉", "reason": "待查"})
    driver.settle()
    assert panel.verdict.text() == "短款 36.50 元"
    panel.ask_sign()
    driver.sign_as(panel.sign, AGENT_NAME)
    panel.make_draft()
    driver.settle()
    assert desktop.window.current() is desktop.vouchers
    lines = desktop.vouchers.editor.form.draft().lines
    assert [(one.account, one.debit_fen, one.credit_fen) for one in lines] == [("113", 3_650, 0), ("101", 0, 3_650)]
    assert list_vouchers(desk) == []
    assert QApplication.focusWidget() is not None


def test_in_the_smallest_window_nothing_lies_over_the_account_and_amounts_are_in_sight(
    driver: Driver, keyboard: Keyboard, file: Path
) -> None:
    panel = opened(driver, file)
    keyboard.enter()
    driver.settle()
    driver.desktop.window.resize(1024, 640)
    driver.settle()
    assert "未达账项" in panel.verdict.text()
    assert not panel.account.geometry().intersects(panel.verdict.geometry())
    assert panel.verdict.geometry().right() <= panel.width()
    for table in (panel.book, panel.bank, panel.pairs):
        assert table.view.horizontalScrollBar().maximum() == 0


def test_the_cashiers_page_of_an_empty_book_does_not_say_that_all_is_matched(driver: Driver, file: Path) -> None:
    desktop = driver.desktop
    desktop.window.go(desktop.cashier)
    desktop.seat.sit_at(desktop.seat.book, Month(2026, 9))
    driver.settle()
    panel = desktop.cashier.bank
    assert not panel.bank.model.rowCount()
    assert panel.bank.nothing() == "还没有对账单。"
    for table in (panel.book, panel.bank, panel.pairs):
        assert "勾对了" not in table.nothing()


def test_all_is_matched_where_something_was(driver: Driver, keyboard: Keyboard, file: Path) -> None:
    panel = opened(driver, file)
    keyboard.enter()
    driver.settle()
    assert [one.kind for one in panel.pairs.model.records()] == [INSIDE, INSIDE]
    assert nothing_words(panel._bank) == (
        "账上没有要勾对的银行收支。", "银行的都勾对了。", "还没有勾对。左右各选几笔（空格），再按 F8。",
    )  # fmt: skip
    assert nothing_words(None)[0] == "没有银行科目，没有要勾对的。"
