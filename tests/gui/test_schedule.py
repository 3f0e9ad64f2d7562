"""计划 and 凭证号 by the keyboard: a plan is made, told where it is due, drafted in one act, stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.conftest import Driver, Keyboard
from villagebooks.core.period import Month
from villagebooks.core.voucher import Voucher
from villagebooks.gui.voucher.schedule import SchedulePage
from villagebooks.services.desk import Desk
from villagebooks.services.schedule import list_schedules
from villagebooks.services.voucher import read_vouchers, void_voucher

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(driver: Driver, keyboard: Keyboard) -> SchedulePage:
    """The schedules, gone to from the vouchers by Ctrl+J."""
    driver.desktop.window.go(driver.desktop.vouchers)
    driver.settle()
    keyboard.press(KEY.Key_J, CONTROL)
    driver.settle()
    assert driver.desktop.window.current() is driver.desktop.plans
    return driver.desktop.plans


def test_a_rent_received_for_years_becomes_a_plan_and_a_draft(
    page: SchedulePage, driver: Driver, keyboard: Keyboard, desk: Desk
) -> None:
    keyboard.press(KEY.Key_F5)
    form, lines = page.panel.plan.form, page.panel.plan.lines
    keyboard.commit("门面租金")
    kind = form.entry("kind")
    kind.setFocus()
    keyboard.press(KEY.Key_Down)
    assert form.values()["mode"] == "总额，按月分摊"
    assert [row.account.key for row in lines.rows[:2]] == ["211", "50102"]
    form.put({"first": "8", "last": "202807"})
    lines.rows[0].detail.setFocus()
    keyboard.commit("兴农农资店")
    keyboard.enter()
    keyboard.type("24000")
    keyboard.enter()
    lines.rows[1].credit.setFocus()
    keyboard.type("=")
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert page.strip.text() == "已保存计划“门面租金”"
    (row,) = list_schedules(desk)
    assert (row.schedule.first, row.schedule.last, row.progress) == (Month(2026, 8), Month(2028, 7), "0/24 已做")
    assert [one.month for one in page.due.model.records()] == [Month(2026, 8), Month(2026, 9)]
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    vouchers = driver.desktop.vouchers
    assert driver.desktop.window.current() is vouchers
    assert "计划到期 2 张还没有做：2026-08 门面租金；2026-09 门面租金" in vouchers.due.text()
    keyboard.press(KEY.Key_J, CONTROL)
    driver.settle()
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert "已做 2 张草稿：2026-08 记-11、记-1" in page.strip.text()
    (made,) = read_vouchers(desk)
    assert ([one.net_fen for one in made.lines], made.state) == ([100_000, -100_000], "draft")
    assert made.lines[0].summary == "分摊2026年9月租金"
    assert list_schedules(desk)[0].progress == "2/24 已做"
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert vouchers.due.isHidden()
    keyboard.press(KEY.Key_J, CONTROL)
    driver.settle()
    page.plans.view.selectRow(0)
    page.ask_stop()
    keyboard.commit("12")
    keyboard.enter()
    driver.settle()
    assert page.strip.text() == "计划“门面租金”到 2026-12 为止"
    assert list_schedules(desk)[0].times == 5
    assert page.plans.view.hasFocus()


def test_what_one_form_of_a_plan_lacks_is_not_said_over_the_other_and_an_empty_figure_is_asked_for_by_its_name(
    page: SchedulePage, driver: Driver
) -> None:
    page.new()
    page.panel.keep()
    driver.settle()
    assert "请写计划名称" in page.panel.strip.text()
    page.panel.tabs.setCurrentWidget(page.panel.wear)
    assert page.panel.strip.text() == ""
    page.panel.keep()
    assert page.panel.strip.text().splitlines() == ["请写资产名称", "写折旧一共几个月，例如 5 年写 60", "请写原值"]
    page.panel.wear.form.entry("cost_fen").setText("12a")
    page.panel.keep()
    assert "原值（元）：" in page.panel.strip.text()
    page.panel.tabs.setCurrentWidget(page.panel.plan)
    assert page.panel.strip.text() == ""


def test_depreciation_finds_its_accounts_and_says_what_each_time_comes_to(
    page: SchedulePage, driver: Driver, desk: Desk, keyboard: Keyboard
) -> None:
    page.new()
    wear = page.panel.wear
    page.panel.tabs.setCurrentWidget(wear)
    assert wear.debit.key == "51302"
    page.panel.keep()
    assert "写折旧一共几个月" in page.panel.strip.text()
    values = {"name": "路灯", "use": "公益用", "cost_fen": 1_260_000, "residual_fen": 60_000, "months": 60}
    wear.form.put(values | {"added": "2026-08"})
    assert (wear.debit.key, wear.credit.key) == ("51403", "152")
    assert wear.worth.text() == "2026-09 到 2031-08，提 60 次；第一次 200.00 元，末次含尾差"
    keyboard.press(KEY.Key_F6)
    driver.settle()
    (row,) = list_schedules(desk)
    assert (row.schedule.wear, row.schedule.lines[0].debit_fen) == (row.schedule.wear, 1_200_000)
    page.plans.view.selectRow(0)
    page.change()
    assert wear.form.values()["months"] == 60
    page.panel.put_away()
    page.due.opened.emit(page.due.model.records()[0])
    driver.settle()
    assert read_vouchers(desk)[0].lines[1].summary == "计提9月折旧"


def test_a_voucher_that_comes_every_month_begins_a_plan(
    driver: Driver, keyboard: Keyboard, desk: Desk, make_voucher: Callable[..., Voucher]
) -> None:
    make_voucher()
    vouchers = driver.desktop.vouchers
    driver.desktop.window.go(vouchers)
    driver.settle()
    vouchers.list.table.view.selectRow(0)
    keyboard.enter()
    driver.settle()
    keyboard.press(KEY.Key_F12)
    keyboard.type("8")
    driver.settle()
    plans = driver.desktop.plans
    assert driver.desktop.window.current() is plans
    assert [row.account.key for row in plans.panel.plan.lines.rows[:2]] == ["5130102", "101"]
    plans.panel.plan.form.put({"first": "10"})
    keyboard.press(KEY.Key_F6)
    driver.settle()
    assert list_schedules(desk)[0].schedule.name == "买打印纸、硒鼓"
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert driver.desktop.window.current() is vouchers


def test_the_checklist_leads_to_the_plans(driver: Driver) -> None:
    driver.desktop.window.go(driver.desktop.closing)
    driver.settle()
    driver.desktop.open_found("schedule:")
    assert driver.desktop.window.current() is driver.desktop.plans
    driver.desktop.plans.leave()
    assert driver.desktop.window.current() is driver.desktop.closing


def test_void_numbers_are_listed_with_who_and_why_and_saved_as_a_file(
    driver: Driver,
    keyboard: Keyboard,
    desk: Desk,
    make_voucher: Callable[..., Voucher],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    for amount in (100, 200):
        void = make_voucher(amount)
    void_voucher(desk, void.uid, "重复")
    vouchers, page = driver.desktop.vouchers, driver.desktop.numbers
    driver.desktop.window.go(vouchers)
    driver.settle()
    vouchers.numbers_wanted.emit()
    driver.settle()
    assert page.heading.text() == "2026 年凭证号"
    last = page.rows.model.records()[-1]
    assert (last.month, last.word, last.last, last.void, last.missing) == (Month(2026, 9), "记", 2, 1, 0)
    (line,) = page.lines.model.records()
    assert (line.numbers, line.by, line.why) == ("2", "冯素芳", "重复")
    out = tmp_path / "numbers.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_all: (str(out), ""))
    page.ask_file()
    driver.settle()
    assert "2026-09,记,2,2,void,冯素芳," in out.read_text(encoding="utf-8")
    page.lines.view.selectRow(0)
    page.lines.view.setFocus()
    keyboard.enter()
    driver.settle()
    assert vouchers.editor.uid == void.uid
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert driver.desktop.window.current() is page
    keyboard.press(KEY.Key_Escape)
    assert driver.desktop.window.current() is vouchers
    assert QApplication.focusWidget() is not None
