"""A page that made room shows what was chosen in it when the accountant comes back."""

from __future__ import annotations

import pytest
import shiboken6

from tests.gui.conftest import Driver
from tests.gui.test_shelf import rest
from villagebooks.core.ledger import DETAIL, JOURNAL
from villagebooks.core.period import Month
from villagebooks.core.statement import INCOME
from villagebooks.gui.ledger.asking import CHOSEN, KINDS, THIS_MONTH, YEAR_TO_DATE
from villagebooks.gui.page import Page
from villagebooks.gui.shelf import KEPT
from villagebooks.gui.statement.read import BESIDE, BOOK

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

OTHERS = ("people", "query", "receipts", "disclosure", "closing", "cashier", "inbox", "journal")


def show(driver: Driver, name: str) -> Page:
    """By the rail."""
    page: Page = getattr(driver.desktop, name)
    driver.desktop.window.pick(page)
    driver.settle()
    return page


def work_elsewhere(driver: Driver, name: str) -> None:
    """Go to so many other pages that this one makes room."""
    page = getattr(driver.desktop, name)
    for other in [one for one in OTHERS if one != name][: KEPT + 1]:
        show(driver, other)
    rest(driver)
    assert not shiboken6.isValid(page)


def test_the_ledger_shows_the_journal_of_the_months_that_were_asked_for(driver: Driver) -> None:
    desktop = driver.desktop
    show(driver, "ledger")
    desktop.ledger.asking.tabs.setCurrentIndex(KINDS.index(JOURNAL))
    desktop.ledger.asking.span.setCurrentIndex(YEAR_TO_DATE)
    driver.settle()
    asked = desktop.ledger.asking.request()
    work_elsewhere(driver, "ledger")
    show(driver, "ledger")
    assert desktop.ledger.asking.request() == asked
    assert desktop.ledger.asking.span.currentIndex() == YEAR_TO_DATE
    assert desktop.ledger.stack.currentWidget() is desktop.ledger.sheet
    assert "日记账" in desktop.ledger.heading.text()


def test_the_ledger_keeps_levels_dimensions_and_months_picked_by_hand(driver: Driver) -> None:
    desktop = driver.desktop
    asking = show(driver, "ledger").asking  # type: ignore[attr-defined]  # of the ledger
    asking.level.setCurrentIndex(2)
    asking.dimensions.setCurrentIndex(1)
    asking.first.put(Month(2026, 7))
    asking.span.setCurrentIndex(CHOSEN)
    driver.settle()
    asked = asking.request()
    work_elsewhere(driver, "ledger")
    show(driver, "ledger")
    assert desktop.ledger.asking.request() == asked
    assert asked.first == Month(2026, 7)


def test_who_is_sent_to_an_account_sees_it_and_not_what_was_chosen_before(driver: Driver) -> None:
    desktop = driver.desktop
    show(driver, "ledger")
    desktop.ledger.asking.tabs.setCurrentIndex(KINDS.index(JOURNAL))
    driver.settle()
    work_elsewhere(driver, "ledger")
    desktop.open_account("102")
    driver.settle()
    asked = desktop.ledger.asking.request()
    assert (asked.kind, asked.account) == (DETAIL, "102")
    assert "102" in desktop.ledger.heading.text() or desktop.ledger.account == "102"


def test_the_way_from_balances_to_a_ledger_is_kept_until_another_month_comes(driver: Driver) -> None:
    desktop = driver.desktop
    show(driver, "ledger")
    desktop.ledger.open_account("101")
    driver.settle()
    work_elsewhere(driver, "ledger")
    show(driver, "ledger")
    assert desktop.ledger.account == "101"
    assert desktop.ledger.come_back.isVisible()
    work_elsewhere(driver, "ledger")
    desktop.seat.sit_at(month=desktop.seat.month.plus(-1))
    driver.settle()
    show(driver, "ledger")
    assert desktop.ledger.account == "101"
    assert not desktop.ledger.come_back.isVisible()
    assert desktop.ledger.asking.span.currentIndex() == THIS_MONTH
    assert desktop.ledger.asking.request().first == desktop.seat.month


def test_the_income_statement_of_villages_side_by_side_comes_back_for_its_year(driver: Driver) -> None:
    desktop = driver.desktop
    show(driver, "statements")
    page = desktop.statements
    page.tabs.setCurrentIndex(list(page._kinds).index(INCOME))
    page.scope.setCurrentIndex(BESIDE)
    page.span.setCurrentIndex(2)
    driver.settle()
    page.figure.setCurrentIndex(page.figure.count() - 1)
    driver.settle()
    asked = page.asked()
    assert asked.scope == BESIDE != BOOK
    work_elsewhere(driver, "statements")
    show(driver, "statements")
    assert desktop.statements is not page
    assert desktop.statements.asked() == asked
    assert desktop.statements._found == asked


def test_the_cashier_comes_back_to_the_count_of_the_cash(driver: Driver) -> None:
    desktop = driver.desktop
    show(driver, "cashier")
    desktop.cashier.tabs.setCurrentWidget(desktop.cashier.cash)
    driver.settle()
    work_elsewhere(driver, "cashier")
    show(driver, "cashier")
    assert desktop.cashier.tabs.currentWidget() is desktop.cashier.cash
    work_elsewhere(driver, "cashier")
    desktop.open_found("bank:102")
    driver.settle()
    assert desktop.cashier.tabs.currentWidget() is desktop.cashier.bank
