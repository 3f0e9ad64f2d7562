"""A page that made room shows what was chosen in it when the accountant comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import REST_MS, Driver, Keyboard
from tests.gui.test_shelf import rest, visit_every_section
from villagebooks.core.beginning import Step
from villagebooks.core.ledger import DETAIL, JOURNAL
from villagebooks.core.period import Month
from villagebooks.core.receipt import ReceiptBook
from villagebooks.core.reminder import ARCHIVE, BANK, INBOX
from villagebooks.core.statement import INCOME
from villagebooks.core.voucher import Voucher
from villagebooks.gui.inbox.page import LATE, WAITING, InboxPage
from villagebooks.gui.ledger.asking import CHOSEN, KINDS, THIS_MONTH, YEAR_TO_DATE
from villagebooks.gui.manual.reader import ChapterReader
from villagebooks.gui.page import Page
from villagebooks.gui.shelf import KEPT
from villagebooks.gui.statement.read import BESIDE, BOOK
from villagebooks.gui.step import BANK as BANK_STEP
from villagebooks.gui.table import NUMBER, Column, Table
from villagebooks.gui.table.looks import give_looks, tell_looks
from villagebooks.services.desk import Desk
from villagebooks.services.paper import issue_receipt_book

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),
    pytest.mark.usefixtures("short_rest"),
]

MOST_MS = 10_000
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
    wait_until_gone(page)


def wait_until_gone(part: QWidget) -> None:
    """A busy machine takes longer."""
    waited = 0
    while shiboken6.isValid(part) and waited < MOST_MS:
        QTest.qWait(REST_MS)
        waited += REST_MS
    assert not shiboken6.isValid(part)


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


def test_approval_comes_back_to_the_late_list_with_what_waits_for_others(driver: Driver) -> None:
    desktop = driver.desktop
    show(driver, "inbox")
    desktop.inbox.everybody.setChecked(True)
    desktop.inbox.bar.setCurrentIndex(LATE)
    driver.settle()
    work_elsewhere(driver, "inbox")
    show(driver, "inbox")
    assert desktop.inbox.bar.currentIndex() == LATE
    assert desktop.inbox.stack.currentWidget() is desktop.inbox.late
    assert desktop.inbox.everybody.isChecked()
    assert desktop.inbox.focusProxy() is desktop.inbox.late.view


def test_the_log_comes_back_with_its_kind_its_person_and_the_entry_in_hand(driver: Driver) -> None:
    desktop = driver.desktop
    show(driver, "journal")
    asking = desktop.journal.asking
    asking.scope.setCurrentIndex(3)
    driver.settle()
    kind, person = desktop.journal._lines[-1].sentence, asking.person.itemText(asking.person.count() - 1)
    asking.person.setCurrentIndex(asking.person.count() - 1)
    asking.kind.setCurrentIndex(1)
    driver.settle()
    asking.kind.setCurrentIndex(0)
    driver.settle()
    assert kind
    desktop.journal.table.view.selectRow(2)
    driver.settle()
    line, asked = desktop.journal.table.current(), asking.filter()
    asked_scope, words = asking.scope.currentText(), desktop.journal.detail.toPlainText()
    work_elsewhere(driver, "journal")
    show(driver, "journal")
    driver.settle()
    page = desktop.journal
    assert page.asking.filter() == asked
    assert (page.asking.scope.currentText(), page.asking.person.currentText()) == (asked_scope, person)
    assert page.table.current() == line
    assert page.detail.toPlainText() == words != ""


def test_the_kind_that_the_log_was_asked_for_stays(driver: Driver) -> None:
    desktop = driver.desktop
    show(driver, "journal")
    desktop.journal.asking.kind.setCurrentIndex(4)
    driver.settle()
    asked = desktop.journal._asked
    work_elsewhere(driver, "journal")
    show(driver, "journal")
    assert desktop.journal._asked == asked
    assert asked.kinds


def test_the_archive_comes_back_with_the_paper_and_the_books_that_were_ticked(driver: Driver) -> None:
    desktop = driver.desktop
    show(driver, "archive")
    batch = desktop.archive.batch
    batch.kind.setCurrentIndex(batch.kind.count() - 1)
    batch.tick_none()
    batch.books.item(0).setCheckState(Qt.CheckState.Checked)
    batch.joined.setChecked(True)
    chosen = batch.choices()
    work_elsewhere(driver, "archive")
    show(driver, "archive")
    assert desktop.archive.batch is not batch
    assert desktop.archive.batch.choices() == chosen
    assert desktop.archive.batch.codes() == batch_codes(desktop.archive.batch)[:1]
    desktop.archive.tabs.setCurrentWidget(desktop.archive.lending)
    work_elsewhere(driver, "archive")
    show(driver, "archive")
    assert desktop.archive.tabs.currentWidget() is desktop.archive.lending


def batch_codes(batch: object) -> tuple[str, ...]:
    return tuple(one.code for one in batch._seat.books)  # type: ignore[attr-defined]  # the archive's


def test_the_query_page_keeps_the_files_that_were_chosen_and_nobody_who_was_looked_up(driver: Driver) -> None:
    desktop = driver.desktop
    show(driver, "query")
    desktop.query.file.setText("V01.vbq")
    desktop.query.reader.setText("reader.key")
    desktop.query.answer.setText("某人")
    work_elsewhere(driver, "query")
    show(driver, "query")
    assert (desktop.query.file.text(), desktop.query.reader.text()) == ("V01.vbq", "reader.key")
    assert desktop.query.answer.text() == ""


def test_the_settings_come_back_to_the_section_and_the_tab_that_showed(driver: Driver) -> None:
    desktop = driver.desktop
    people = driver.tab("people")
    people.tabs.setCurrentWidget(people.keys)
    policy = driver.tab("policy")
    policy.standard.setCurrentIndex(1)
    driver.settle()
    settings = desktop.settings
    work_elsewhere(driver, "settings")
    show(driver, "settings")
    rest(driver)
    assert desktop.settings is not settings
    assert desktop.settings.tabs.currentWidget() is desktop.settings.policy
    assert desktop.settings.policy.standard.currentIndex() == 1
    again = driver.tab("people")
    assert again.tabs.currentWidget() is again.keys
    work_elsewhere(driver, "settings")
    desktop.open_section("budget")
    driver.settle()
    assert desktop.settings.tabs.currentWidget() is desktop.settings.budget


def test_a_section_that_made_room_for_others_comes_back_at_its_tab_and_account(driver: Driver) -> None:
    approval = driver.tab("approval")
    approval.tabs.setCurrentIndex(2)
    approval.base.setCurrentIndex(1)
    base = approval.base.currentData()
    accounts = driver.tab("accounts")
    accounts.chart.table.go_to(lambda one: one.code == "102")
    layouts = driver.tab("layouts")
    layouts.choice.report.setCurrentIndex(1)
    driver.settle()
    visit_every_section(driver)
    visit_every_section(driver)
    wait_until_gone(approval)
    wait_until_gone(accounts)
    approval = driver.tab("approval")
    assert (approval.tabs.currentIndex(), approval.base.currentData()) == (2, base)
    assert driver.tab("accounts").chart.table.current().code == "102"
    assert driver.tab("layouts").choice.report.currentIndex() == 1


def test_dimensions_that_are_ticked_and_not_yet_asked_for_keep_their_section(driver: Driver) -> None:
    accounts = driver.tab("accounts")
    accounts.chart.table.go_to(lambda one: one.code == "102")
    box = next(iter(accounts.chart.cards.needs.boxes.values()))
    box.click()
    ticked = accounts.chart.cards.needs.chosen()
    visit_every_section(driver)
    accounts.load()
    assert driver.tab("accounts") is accounts
    assert accounts.chart.cards.needs.chosen() == ticked
    box.click()
    visit_every_section(driver)
    wait_until_gone(accounts)


def test_what_is_marked_to_be_signed_keeps_its_page(driver: Driver, make_voucher: Callable[..., Voucher]) -> None:
    make_voucher()
    page = show(driver, "inbox")
    assert isinstance(page, InboxPage)
    page.refresh()
    driver.settle()
    page.table.mark_all()
    assert page.table.marked
    for other in [one for one in OTHERS if one != "inbox"]:
        show(driver, other)
    rest(driver)
    assert show(driver, "inbox") is page
    assert page.table.marked


def test_a_list_that_was_sorted_comes_back_sorted(driver: Driver, desk: Desk) -> None:
    for code, first, last in (("B-1", "0012351", "0012400"), ("B-2", "0012401", "0012450")):
        issue_receipt_book(desk, ReceiptBook(code, "V01", first, last, "2026-09-01", "向丽蓉"))
    desktop = driver.desktop
    show(driver, "receipts")
    books = desktop.receipts.books
    books.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    books.go_to(lambda one: one.book.code == "B-1")
    assert [one.book.code for one in books.model.records()] == ["B-2", "B-1"]
    work_elsewhere(driver, "receipts")
    show(driver, "receipts")
    again = desktop.receipts.books
    assert again is not books
    assert [one.book.code for one in again.model.records()] == ["B-2", "B-1"]
    assert again.current().book.code == "B-1"
    assert "B-1" in desktop.receipts.head_of_numbers.text()


def test_a_column_that_was_drawn_wider_comes_back_as_wide(driver: Driver, desk: Desk) -> None:
    issue_receipt_book(desk, ReceiptBook("B-1", "V01", "0012351", "0012400", "2026-09-01", "向丽蓉"))
    desktop = driver.desktop
    show(driver, "receipts")
    head = desktop.receipts.books.view.horizontalHeader()
    usual = head.sectionSize(1)
    head.resizeSection(1, usual + 37)
    work_elsewhere(driver, "receipts")
    show(driver, "receipts")
    head = desktop.receipts.books.view.horizontalHeader()
    assert head.sectionSize(1) == usual + 37
    desktop.window.resize(desktop.window.width() + 60, desktop.window.height())
    driver.settle()
    assert head.sectionSize(1) == usual + 37


def test_a_list_that_is_made_once_something_was_read_comes_back_drawn_as_it_was(driver: Driver) -> None:
    desktop = driver.desktop
    show(driver, "statements")
    table = desktop.statements.stack.currentWidget()
    usual = table.view.columnWidth(0)
    table.view.setColumnWidth(0, usual + 23)
    work_elsewhere(driver, "statements")
    show(driver, "statements")
    again = desktop.statements.stack.currentWidget()
    assert again is not table
    assert again.view.columnWidth(0) == usual + 23


def test_a_list_made_after_reading_comes_back_sorted(qtbot: QtBot) -> None:
    def listed(page: QWidget) -> Table:
        made = Table((Column("号", lambda one: one, NUMBER, 5),), "凭证号")
        made.put((1, 3, 2))
        QVBoxLayout(page).addWidget(made)
        return made

    first, second = QWidget(), QWidget()
    for page in (first, second):
        qtbot.addWidget(page)
    before = listed(first)
    before.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    give_looks(second, (), tell_looks(first, (before,)))
    assert tell_looks(second, ()) == tell_looks(first, (before,))  # not lost while the list is not there
    after = listed(second)
    second.show()
    assert list(after.model.records()) == [3, 2, 1]
    assert tell_looks(second, (after,)) == tell_looks(first, (before,))


def test_who_worked_in_the_rows_of_a_statement_comes_back_to_his_row(driver: Driver, keyboard: Keyboard) -> None:
    desktop = driver.desktop
    show(driver, "statements")
    view = desktop.statements.stack.currentWidget().view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.selectRow(3)
    show(driver, "receipts")
    show(driver, "statements")
    assert QApplication.focusWidget() is view  # it stayed
    work_elsewhere(driver, "statements")
    show(driver, "statements")
    again = desktop.statements.stack.currentWidget().view
    assert again is not view
    assert (QApplication.focusWidget(), again.currentIndex().row()) == (again, 3)
    keyboard.press(Qt.Key.Key_Down)
    assert again.currentIndex().row() == 4
    desktop.statements.tabs.setFocus(Qt.FocusReason.BacktabFocusReason)
    work_elsewhere(driver, "statements")
    show(driver, "statements")
    assert QApplication.focusWidget() is desktop.statements.tabs


def test_the_manual_opens_again_where_somebody_read(driver: Driver, keyboard: Keyboard) -> None:
    desktop = driver.desktop
    desktop.window.resize(900, 640)

    def ask(page: str) -> ChapterReader:
        show(driver, page)
        keyboard.press(Qt.Key.Key_F1)
        driver.settle()
        QTest.qWait(50)
        reader: ChapterReader = desktop.manual.panel.reader
        return reader

    reader = ask("receipts")
    chapter = reader.chapter()
    reader.go_down(0.6)
    place = reader.place()
    assert place > 0.5
    assert ask("receipts").place() == place  # it stayed
    for other in ("people", "query", "disclosure", "closing", "cashier", "inbox", "journal", "receipts"):
        show(driver, other)
    rest(driver)
    wait_until_gone(reader)
    again = ask("receipts")
    assert again is not reader
    assert again.chapter() == chapter
    assert abs(again.place() - place) < 0.02
    assert ask("journal").chapter() != chapter
    assert ask("receipts").place() < 0.1


def test_a_ledger_without_totals_comes_back_without_them(driver: Driver) -> None:
    desktop = driver.desktop
    show(driver, "ledger")
    desktop.ledger.asking.tabs.setCurrentIndex(KINDS.index(DETAIL))
    desktop.ledger.sheet.totals.setChecked(False)
    driver.settle()
    work_elsewhere(driver, "ledger")
    show(driver, "ledger")
    assert desktop.ledger.asking.kind == DETAIL
    assert not desktop.ledger.sheet.totals.isChecked()


def test_who_is_sent_by_a_reminder_or_the_board_sees_what_it_speaks_of(driver: Driver) -> None:
    desktop = driver.desktop
    book = desktop.seat.desk.book.code
    for name in ("inbox", "archive", "cashier"):
        show(driver, name)
    desktop.inbox.bar.setCurrentIndex(LATE)
    desktop.cashier.tabs.setCurrentIndex(1)
    pages = desktop.inbox, desktop.archive, desktop.cashier
    for other in ("people", "query", "receipts", "disclosure", "closing", "journal", "statements"):
        show(driver, other)
    rest(driver)
    for page in pages:
        wait_until_gone(page)
    for place in (INBOX, ARCHIVE, BANK):
        desktop.arrive(Step("", "", place, done=False))
        driver.settle()
    assert desktop.inbox.bar.currentIndex() == WAITING
    assert desktop.archive.tabs.currentWidget() is desktop.archive.lending
    assert desktop.cashier.tabs.currentWidget() is desktop.cashier.bank
    desktop.cashier.tabs.setCurrentIndex(1)
    desktop.go_to_step((book, BANK_STEP))
    driver.settle()
    assert desktop.cashier.tabs.currentWidget() is desktop.cashier.bank
