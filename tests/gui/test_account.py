"""设置 → 科目 through its widgets: divide, stop, rename, needs, bank accounts, the unified accounts of all villages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import AGENT_NAME, SEPTEMBER, Driver, Keyboard
from tests.services.conftest import Staff
from villagebooks.core.account import Account, RegisteredBank, new_account
from villagebooks.core.voucher import Line
from villagebooks.gui.choice import find_choices
from villagebooks.gui.setting.account.panel import AccountsPanel
from villagebooks.gui.setting.page import SettingPage
from villagebooks.gui.voucher.row import LineRow, account_choices, detail_choices
from villagebooks.services.account import (
    account_standing,
    add_account,
    bank_number,
    compare_books,
    keep_unified,
    read_entry_book,
    register_bank,
    rename_account,
    set_needs,
    stop_account,
)
from villagebooks.services.desk import Desk, open_desk
from villagebooks.services.voucher import list_vouchers, read_voucher, void_voucher

KEY = Qt.Key
OFFICE = "5130102"
"""办公费, which the history of V01 has lines on."""


@pytest.fixture
def panel(driver: Driver) -> AccountsPanel:
    page = driver.desktop.settings
    assert isinstance(page, SettingPage)
    driver.desktop.window.go(page)
    page.tabs.setCurrentWidget(page.accounts)
    driver.settle()
    return page.accounts


def account(desk: Desk, code: str) -> Account:
    return read_entry_book(desk).accounts[code]


def choose(panel: AccountsPanel, code: str) -> None:
    assert panel.chart.table.go_to(lambda one: one.code == code)


def test_a_leaf_is_divided_by_the_keyboard_and_the_transfer_waits_to_be_signed(
    driver: Driver, desk: Desk, panel: AccountsPanel, keyboard: Keyboard
) -> None:
    held = account_standing(desk, OFFICE).holdings
    choose(panel, OFFICE)
    panel.chart.cards.split.setFocus()
    keyboard.press(KEY.Key_Space)
    driver.settle()
    split = panel.split
    assert panel.stack.currentWidget() is split
    assert split.heading.text() == "拆分 5130102 办公费"
    assert QApplication.focusWidget() is split.names
    keyboard.commit("纸张")
    keyboard.enter()
    keyboard.commit("硒鼓")
    assert [one.code for one in split.wanted()] == ["513010201", "513010202"]
    grid = split.grid
    assert grid.shares.columnCount() == 5
    grid.setFocus()
    grid.setCurrentIndex(grid.shares.index(0, 2))
    grid.shares.setData(grid.shares.index(0, 2), "100")
    assert split.rest.text() == "还有 1 笔没有分完"
    grid.setCurrentIndex(grid.shares.index(0, 3))
    keyboard.type("=")
    assert split.rest.text() == "余额都分完了"
    split.day.setText("2026-09-30")
    split.split()
    driver.settle()
    assert panel.stack.currentWidget() is panel.chart
    assert "5130102 办公费 已拆分；转账凭证 2026-09 记-" in panel.chart.strip.text()
    assert account(desk, OFFICE).split_on == "2026-09-30"
    made = read_voucher(desk, account(desk, OFFICE).split_by)
    assert sum(line.debit_fen for line in made.lines) == sum(one.net_fen for one in held)
    assert {line.account for line in made.lines} == {OFFICE, "513010201", "513010202"}
    assert panel.chart.table.model.record(0).code == "101"


def test_what_does_not_tie_is_told_in_place_and_escape_leaves(
    driver: Driver, desk: Desk, panel: AccountsPanel, keyboard: Keyboard
) -> None:
    choose(panel, OFFICE)
    panel.chart.split_one()
    driver.settle()
    panel.split.names.setPlainText("纸张\n纸张")
    panel.split.split()
    driver.settle()
    assert "同一个上级下已有科目 513010202 纸张" in panel.split.strip.text()
    panel.split.setFocus()
    keyboard.press(KEY.Key_Escape)
    assert panel.stack.currentWidget() is panel.chart
    assert account(desk, OFFICE).leaf


def test_a_voided_transfer_is_made_again_from_the_same_place(driver: Driver, desk: Desk, panel: AccountsPanel) -> None:
    choose(panel, OFFICE)
    panel.chart.split_one()
    driver.settle()
    panel.split.names.setPlainText("纸张\n硒鼓")
    panel.split.day.setText("2026-09-30")
    panel.split.split()
    driver.settle()
    void_voucher(desk, account(desk, OFFICE).split_by)
    driver.desktop.seat.tell_changed()
    driver.settle()
    choose(panel, OFFICE)
    assert panel.chart.cards.split.text() == "重做转账…"
    panel.chart.split_one()
    driver.settle()
    assert panel.split.heading.text() == "重做转账：5130102 办公费"
    panel.split.day.setText("2026-09-30")
    panel.split.split()
    driver.settle()
    assert [one.state for one in list_vouchers(desk)][-2:] == ["void", "draft"]


def test_stop_use_again_rename_needs_and_delete(driver: Driver, desk: Desk, panel: AccountsPanel) -> None:
    add_account(desk, new_account("51399", "村里自己的"))
    driver.desktop.seat.tell_changed()
    driver.settle()
    cards = panel.chart.cards
    choose(panel, OFFICE)
    panel.chart.stop_one()
    driver.settle()
    assert "5130102 办公费 还有余额" in panel.chart.strip.text()
    cards.name.form.put({"name": "办公用品费", "since": date(2026, 9, 1)})
    panel.chart.rename_one()
    driver.settle()
    assert "科目 5130102 现在叫 办公用品费" in panel.chart.strip.text()
    cards.needs.boxes["project"].setChecked(True)
    panel.chart.need_one()
    driver.settle()
    assert "从现在起按新的要求填；以前的分录有" in panel.chart.strip.text()
    assert account(desk, OFFICE).needs == ("project",)
    choose(panel, "51399")
    panel.chart.stop_one()
    driver.settle()
    assert panel.chart.strip.text() == "已停用 51399 村里自己的"
    assert cards.stop.act.text() == "恢复使用"
    assert not cards.split.isEnabled()
    panel.chart.stop_one()
    driver.settle()
    assert panel.chart.strip.text() == "已恢复使用 51399 村里自己的"
    panel.chart.remove_one()
    driver.settle()
    assert "51399" not in read_entry_book(desk).accounts


def test_accounts_are_found_by_initials(panel: AccountsPanel) -> None:
    panel.chart.table.search.setText("bgf")
    assert [one.code for one in panel.chart.table.model.records()] == [OFFICE]
    panel.chart.table.search.clear()


def test_a_bank_account_is_registered_with_a_sealed_number(
    driver: Driver, desk: Desk, staff: Staff, panel: AccountsPanel
) -> None:
    panel.open_banks()
    driver.settle()
    banks = panel.banks
    banks.form.put({"label": "信用社基本户", "bank": "清岑信用社", "number": "6228480012345678"})
    banks.account.put("10201")
    banks.register()
    assert banks.sign.isVisible()
    driver.sign_as(banks.sign, AGENT_NAME)
    found = banks.table.model.records()
    assert [(one.label, one.account, one.has_number) for one in found] == [("信用社基本户", "10201", True)]
    assert banks.form.values()["number"] == ""
    banks.show_number()
    driver.sign_as(banks.sign, AGENT_NAME, "")
    assert "6228480012345678" in banks.strip.text()
    assert bank_number(desk, found[0].uid, staff.agent) == "6228480012345678"
    banks.leave()
    assert banks.strip.text() == ""
    panel.open_banks()
    driver.settle()
    banks.form.put({"label": "信用社基本户"})
    banks.register()
    driver.settle()
    assert "已经登记过“信用社基本户”" in banks.strip.text()
    banks.shut()
    driver.settle()
    assert isinstance(banks.table.current(), RegisteredBank)
    assert banks.table.current().closed_on


def test_the_unified_accounts_of_the_township_and_where_villages_differ(
    driver: Driver, desk: Desk, panel: AccountsPanel, tmp_path: Path
) -> None:
    rename_account(open_desk(desk.office, "V02", SEPTEMBER), OFFICE, "办公经费")
    panel.open_unified()
    driver.settle()
    view = panel.unified
    assert "还没有统一科目" in view.version.text()
    assert view.empty.isVisible()
    assert "按“用本账套的科目”定第一版" in view.empty.text()
    assert not view.act.isVisible()
    view.take_book()
    driver.settle()
    assert view.strip.text().startswith("2023 年制度的统一科目定为第 1 版")
    cells = view.matrix.cells
    assert OFFICE in cells.codes
    books = [one.book for one in cells.books]
    at = cells.index(cells.codes.index(OFFICE), books.index("V02"))
    assert cells.data(at) == "名称"
    view.matrix.setCurrentIndex(at)
    assert "V02 石磨坪村" in view.about.text()
    assert "统一科目“办公费”，本村“办公经费”" in view.about.text()
    assert view.plan.text().startswith("选中的 1 个账套要改 ")
    view.search.setText("bgf")
    assert cells.codes == [OFFICE]
    view.search.clear()
    view.matrix.clearSelection()
    assert view.plan.text().startswith("全部 ")
    view.apply()
    driver.settle()
    assert "个账套统一了" in view.strip.text()
    assert read_entry_book(open_desk(desk.office, "V02", SEPTEMBER)).accounts[OFFICE].name == "办公费"
    assert not any(one.applies for book in compare_books(desk.office) for one in book.deviations)
    view.print()
    driver.settle()
    assert driver.desktop.window.current() is driver.desktop.preview


def test_an_account_that_must_be_divided_leads_to_the_division_in_that_village(
    driver: Driver, desk: Desk, panel: AccountsPanel
) -> None:
    more = [
        *read_entry_book(desk).accounts.values(),
        Account("513010201", "纸张", 4, OFFICE, "D", leaf=True),
        Account("513010202", "硒鼓", 4, OFFICE, "D", leaf=True),
    ]  # fmt: skip
    keep_unified(desk.office, "2023", more)
    panel.open_unified()
    driver.settle()
    view = panel.unified
    cells = view.matrix.cells
    books = [one.book for one in cells.books]
    at = cells.index(cells.codes.index("513010201"), books.index("V02"))
    assert cells.data(at) == "要拆分"
    view.matrix.setCurrentIndex(at)
    QTest.keyClick(view.matrix, KEY.Key_Return)
    driver.settle()
    assert driver.desktop.seat.book
    assert driver.desktop.seat.book.code == "V02"
    assert panel.stack.currentWidget() is panel.split
    assert [(one.code, one.name) for one in panel.split.wanted()] == [("513010201", "纸张"), ("513010202", "硒鼓")]


def test_a_voucher_s_row_offers_the_bank_accounts_of_the_register(driver: Driver, desk: Desk) -> None:
    set_needs(desk, "10201", ["bank"])
    register_bank(desk, RegisteredBank("信用社基本户", "清岑信用社", "10201"))
    driver.desktop.seat.tell_changed()
    driver.settle()
    details = detail_choices(driver.desktop.seat.entry)
    assert [one.text for one in details["bank"]] == ["信用社基本户"]
    assert [one.key for one in find_choices(details["bank"], "xys")] == ["信用社基本户"]
    row = LineRow(1)
    row.offer(account_choices(driver.desktop.seat.entry), details)
    row.put(Line("取现", "10201", credit_fen=100), driver.desktop.seat.entry)
    assert row.detail.placeholderText() == "银行账户"
    row.detail.setText("信用社基本户")
    assert row.detail.take()
    assert row.line().bank == "信用社基本户"


def test_what_is_out_of_use_is_named_where_it_stands_and_not_offered(driver: Driver, desk: Desk) -> None:
    add_account(desk, new_account("51399", "村里自己的"))
    stop_account(desk, "51399", date(2026, 9, 1))
    driver.desktop.seat.tell_changed()
    driver.settle()
    choices = account_choices(driver.desktop.seat.entry)
    assert "51399" not in [one.key for one in find_choices(choices, "")]
    assert find_choices(choices, "村里自己的") == []
    row = LineRow(1)
    row.offer(choices, {})
    row.put(Line("旧账", "51399", 100), driver.desktop.seat.entry)
    assert row.account.text() == "51399 管理费用／村里自己的"
