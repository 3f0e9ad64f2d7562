"""账簿 by its keys: every kind of ledger, accounts found by initials, months, the way to a voucher and back, paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Driver, Keyboard
from villagebooks.core.ledger import AGEING, BALANCE, COLUMNS, DETAIL, GENERAL, JOURNAL, PARTIES, QUANTITIES
from villagebooks.core.ledger.sheet import DAY_TOTAL, LINE, MONTH_TOTAL, TOTAL
from villagebooks.core.period import Month
from villagebooks.gui.ledger.asking import KINDS
from villagebooks.gui.ledger.page import LedgerPage
from villagebooks.gui.month import read_typed_month
from villagebooks.services.account import count_quantity
from villagebooks.services.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
AUGUST = Month(2026, 8)


@pytest.fixture
def page(driver: Driver) -> LedgerPage:
    driver.desktop.seat.sit_at(month=AUGUST)
    driver.settle()
    driver.desktop.window.go(driver.desktop.ledger)
    driver.settle()
    return driver.desktop.ledger


@pytest.fixture
def turn(driver: Driver, page: LedgerPage) -> Callable[[str], None]:
    """Choose a kind of ledger."""

    def act(kind: str) -> None:
        page.asking.tabs.setCurrentIndex(KINDS.index(kind))
        driver.settle()

    return act


def roles(page: LedgerPage) -> list[str]:
    return [row.role for row in page.lines.model.records()]


def test_every_kind_shows_a_ledger_of_an_account_that_it_is_kept_of(
    page: LedgerPage, turn: Callable[[str], None]
) -> None:
    wanted = {GENERAL: "101", DETAIL: "101", PARTIES: "113", JOURNAL: "101", COLUMNS: "102", AGEING: ""}
    for kind, account in wanted.items():
        turn(kind)
        assert (page.strip.text(), page.account, page.lines.model.rowCount() > 0) == ("", account, True), kind
        assert page.sheet.sheet.kind == kind
    turn(QUANTITIES)
    assert "账套 V01 还没有记数量的科目" in page.strip.text()
    assert page.lines.model.rowCount() == 0
    turn(BALANCE)
    assert page.stack.currentWidget() is page.balances


def test_the_account_is_found_by_initials_and_the_months_are_typed(
    page: LedgerPage, turn: Callable[[str], None], driver: Driver, keyboard: Keyboard
) -> None:
    turn(COLUMNS)
    page.asking.what.setFocus()
    page.asking.what.selectAll()
    keyboard.type("glfy")
    keyboard.enter()
    driver.settle()
    assert page.account == "513"
    assert page.heading.text() == "513 管理费用　多栏账"
    page.asking.first.setFocus()
    page.asking.first.selectAll()
    keyboard.type("6")
    keyboard.press(KEY.Key_Tab)
    driver.settle()
    assert (page.asking.request().first, page.asking.request().last) == (Month(2026, 6), AUGUST)
    assert page.asking.span.currentText() == "自选月份"
    assert roles(page).count(MONTH_TOTAL) == 2
    assert page.sheet.figures.text() == "期初 平 0.00　本期借方 115,506.19　本期贷方 0.00　期末 借 115,506.19"
    page.asking.level.setCurrentIndex(2)
    driver.settle()
    assert [one.title for one in page.lines.model.columns][-2:] == ["运转支出", "管理资产折旧"]


def test_a_month_of_the_general_ledger_leads_to_its_lines_to_the_voucher_and_back(
    page: LedgerPage, turn: Callable[[str], None], driver: Driver, keyboard: Keyboard
) -> None:
    turn(GENERAL)
    page.asking.span.setCurrentIndex(1)
    driver.settle()
    place = roles(page).index(MONTH_TOTAL)
    page.sheet.go_to(place)
    page.lines.view.setFocus()
    keyboard.enter()
    driver.settle()
    assert (page.asking.kind, page.asking.request().first) == (DETAIL, Month(2026, 6))
    line = roles(page).index(LINE)
    page.sheet.go_to(line + 1)
    uid = page.sheet.current().uid
    keyboard.press(KEY.Key_Return, CONTROL)
    driver.settle()
    assert driver.desktop.vouchers.editor.uid == uid
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert driver.desktop.window.current() is page
    assert page.sheet.current().uid == uid
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert (page.asking.kind, page.asking.span.currentText()) == (GENERAL, "本年累计")
    assert page.lines.view.currentIndex().row() == place
    assert page.lines.view.hasFocus()
    assert not page.come_back.isVisible()


def test_totals_are_bold_add_nothing_to_the_foot_and_may_be_left_out(
    page: LedgerPage, turn: Callable[[str], None], driver: Driver
) -> None:
    turn(JOURNAL)
    assert DAY_TOTAL in roles(page)
    assert "收入（借方） 6,000.00" in page.lines.foot.text()
    page.sheet.totals.setChecked(False)
    assert set(roles(page)) == {LINE}
    assert page.lines.view.isSortingEnabled()
    page.lines.view.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    page.sheet.totals.setChecked(True)
    assert roles(page)[0] == "opening"
    driver.settle()


def test_ages_lead_to_the_ledger_of_the_party(
    page: LedgerPage, turn: Callable[[str], None], driver: Driver, keyboard: Keyboard
) -> None:
    turn(AGEING)
    assert "应收合计 1,860.00　应付合计 15,800.00" in page.sheet.figures.text()
    assert roles(page)[-1] == TOTAL
    page.sheet.table.go_to(lambda row: row.party == "罗显富")
    page.lines.view.setFocus()
    keyboard.enter()
    driver.settle()
    assert page.heading.text() == "113 内部往来（罗显富）　明细账"
    assert page.asking.who.text() == "罗显富"
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert page.sheet.current().party == "罗显富"
    page.asking.bounds.setCurrentIndex(2)
    driver.settle()
    assert "3—6个月" in [one.title for one in page.lines.model.columns]


def test_a_party_s_rows_lead_to_its_own_ledger(
    page: LedgerPage, turn: Callable[[str], None], driver: Driver, keyboard: Keyboard
) -> None:
    turn(PARTIES)
    assert page.sheet.figures.text() == "2 户"
    page.sheet.table.go_to(lambda row: row.party == "第三村民小组" and row.role == "party")
    page.lines.view.setFocus()
    keyboard.enter()
    driver.settle()
    assert page.heading.text() == "113 内部往来（第三村民小组）　明细账"
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert page.asking.kind == PARTIES


def test_the_trial_balance_with_dimensions_is_a_table_of_its_own(page: LedgerPage, driver: Driver) -> None:
    page.asking.dimensions.setCurrentIndex(2)
    driver.settle()
    assert page.stack.currentWidget() is page.sheet
    assert page.sheet.table.go_to(lambda row: row.party == "第三村民小组")
    foot = {part.split(" ")[0]: part for part in page.lines.foot.text().split("　")}
    page.asking.dimensions.setCurrentIndex(0)
    driver.settle()
    assert page.stack.currentWidget() is page.balances
    plain = {part.split(" ")[0]: part for part in page.balances.foot.text().split("　")}
    assert foot["期初余额借方"].split(" ")[1] == plain["期初借方"].split(" ")[1]


def test_quantities_are_shown_with_their_unit(
    page: LedgerPage, turn: Callable[[str], None], driver: Driver, desk: Desk
) -> None:
    count_quantity(desk, "12102", "公斤")
    driver.desktop.seat.tell_changed()
    driver.settle()
    turn(QUANTITIES)
    assert page.account == "12102"
    assert page.sheet.figures.text() == "数量单位：公斤　结存 0　金额 0.00"
    titles = [one.title for one in page.lines.model.columns]
    assert titles[3:] == [f"{over}{head}" for over in ("收入", "发出", "结存") for head in ("数量", "单价", "金额")]


def test_each_kind_is_previewed_on_paper(page: LedgerPage, turn: Callable[[str], None], driver: Driver) -> None:
    for kind in (GENERAL, JOURNAL, COLUMNS, AGEING, BALANCE):
        driver.desktop.window.go(page)
        turn(kind)
        page._print()
        driver.settle()
        preview = driver.desktop.preview
        assert driver.desktop.window.current() is preview
        assert preview.place.text().startswith("第 1 页"), kind


def test_the_ledgers_of_a_year_are_drawn_beside_other_work_and_shown(
    page: LedgerPage, driver: Driver, keyboard: Keyboard
) -> None:
    told: list[tuple[str, int, int]] = []
    driver.desktop.seat.worker.progressed.connect(told.append)
    page._open_year()
    assert page.year.isVisible()
    assert page.year.year.currentText() == "2026年"
    page.year.kinds[DETAIL].setChecked(False)
    page.year.ask()
    driver.settle()
    driver.settle()
    preview = driver.desktop.preview
    assert driver.desktop.window.current() is preview
    assert [path.name for path in preview._files] == ["V01-2026-ledgers.pdf"]
    assert told[0][0] == "画2026年账簿"
    assert told[-1][1] == told[-1][2] > 20
    keyboard.press(KEY.Key_Escape)
    assert driver.desktop.window.current() is page


def test_drawing_a_year_stops_when_it_is_told_to(page: LedgerPage, driver: Driver) -> None:
    worker = driver.desktop.seat.worker
    worker.progressed.connect(lambda _told: worker.cancel())
    page.bound.emit((2026, KINDS))
    driver.settle()
    assert driver.desktop.window.current() is page
    assert not list(Path(driver.desktop.preview.folder).rglob("*.pdf"))


@pytest.mark.parametrize(
    ("text", "month"),
    [("9", Month(2026, 9)), ("２０２５０９", Month(2025, 9)), ("2025.9", Month(2025, 9)), ("13", None), ("", None)],
)
def test_months_are_typed_as_people_type_them(text: str, month: Month | None) -> None:
    assert read_typed_month(text, 2026) == month


def test_the_up_and_down_keys_step_the_month(
    page: LedgerPage, turn: Callable[[str], None], driver: Driver, keyboard: Keyboard
) -> None:
    turn(DETAIL)
    page.asking.last.setFocus()
    keyboard.press(KEY.Key_Down)
    driver.settle()
    assert page.asking.request().last == Month(2026, 9)
    assert QApplication.focusWidget() is page.asking.last
