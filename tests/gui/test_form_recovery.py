"""Statements typed from paper, budgets, schedules and the committee's words survive kill -9: each is offered where it
was typed."""

from __future__ import annotations

import json
from functools import partial
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import AGENT_NAME, OTHER_AGENT, SEPTEMBER, Driver, driven
from tests.gui.killed import commit, kept, typing
from villagebooks.core.period import Month
from villagebooks.core.reminder import BANK, BUDGETS, PLANS, SHEET, TILL
from villagebooks.core.unsaved import unsaved_text
from villagebooks.core.unsaved_form import UnsavedForm, read_unsaved_form
from villagebooks.gui.recovery import KEEP_MS, Keeper
from villagebooks.gui.unsaved import unsaved_in
from villagebooks.services.bank import read_bank
from villagebooks.services.budget import list_budget_acts
from villagebooks.services.desk import Desk, Office
from villagebooks.services.schedule import draft_due, list_schedules
from villagebooks.services.unsaved import unsaved_reminders

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

COMMIT = """
def commit(entry, text):
    entry.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(entry, event)
"""
AT_THE_BANK = (
    COMMIT
    + """
desktop.window.go(desktop.cashier)
rest()
panel = desktop.cashier.bank
while not panel._code():
    QTest.qWait(5)
"""
)
STATEMENT = (
    AT_THE_BANK
    + """
panel.ask_paper()
rest()
panel.typed.form.entry("closing").selectAll()
commit(panel.typed.form.entry("closing"), "105,275.5x")
commit(panel.typed.lines, "9.3 -386.42 代扣电费")
"""
)
ITEMS = (
    AT_THE_BANK
    + """
panel.ask_opening()
commit(panel.opening.lines, "账上 2026-08-28 -120.00 支票没有兑付")
"""
)
BUDGET = (
    COMMIT
    + """
desktop.window.go(desktop.settings)
desktop.settings.tabs.setCurrentWidget(desktop.settings.budget)
rest()
panel = desktop.settings.budget
commit(panel.lines, "50101 45880.00")
commit(panel.form.entry("basis"), "成员代表大会")
"""
)
PLAN = (
    COMMIT
    + """
desktop.open_plans()
rest()
panel = desktop.plans.panel
desktop.plans.new()
commit(panel.plan.form.entry("name"), "门面租金")
panel.plan.form.entry("last").setFocus()
QTest.keyClicks(panel.plan.form.entry("last"), "20280x")
commit(panel.plan.lines.rows[0].summary, "分摊租金")
"""
)
WORDS = (
    COMMIT
    + """
desktop.window.go(desktop.disclosure)
rest()
commit(desktop.disclosure.words, "3人到齐，没有不同意的。")
"""
)


COUNT = (
    COMMIT
    + """
desktop.window.go(desktop.cashier)
rest()
desktop.money_opened.emit("cash", "")
rest()
panel = desktop.cashier.cash
commit(panel.pieces.entry(panel.pieces.fields[0].name), "7")
commit(panel.form.entry("holder"), "王丽")
"""
)


@pytest.fixture(autouse=True)
def nothing_left() -> None:
    for path in kept():
        path.unlink()


def sat(driver: Driver) -> None:
    driver.desktop.seat.sit_at(month=SEPTEMBER)
    driver.settle()


def test_a_statement_that_was_typed_from_paper_survives_kill_9(desk: Desk, office: Office, qtbot: QtBot) -> None:
    with typing(office, STATEMENT, "代扣电费"):
        assert unsaved_reminders(desk.office) == []  # of a window that lives
    (line,) = unsaved_reminders(desk.office)
    assert (line.place, line.book, line.month, line.unsaved) == (BANK, desk.book.code, SEPTEMBER, True)
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        sat(driver)
        panel = driver.desktop.cashier.bank
        driver.desktop.window.go(driver.desktop.cashier)
        qtbot.waitUntil(panel.recovery.isVisible)
        offer = panel.recovery.sentence.text()
        assert panel.recovery.isVisible()
        assert offer.startswith("有纸质对账单录了没有存（")
        assert f"{AGENT_NAME}在“{desk.book.name}”）：10201 2026-09，1 行" in offer
        panel.recovery.restore.click()
        driver.settle()
        assert panel.stack.currentWidget() is panel.typed
        assert panel.typed.form.texts()["closing"] == "105,275.5x"
        assert panel.typed.lines.toPlainText() == "9.3 -386.42 代扣电费"
        assert not panel.recovery.isVisible()
        assert len(kept()) == 1  # the form keeps its own from now on
        assert "恢复了没有保存的" in panel.strip.text()
        panel.typed.form.put({"opening": 10_566_200, "closing": 10_527_558})
        panel.typed.keep()
        driver.settle()
        assert "已导入 1 笔" in panel.strip.text(), panel.typed.strip.text()
        assert len(read_bank(desk, "10201").statements) == 1
        assert kept() == []


def test_what_is_taken_back_while_somebody_goes_elsewhere_is_put_nowhere_and_offered_there_again(
    desk: Desk, office: Office, qtbot: QtBot
) -> None:
    """A backup holds up what writes; by the time it is the restoring's turn, another month, or another person, is in
    hand."""
    with typing(office, STATEMENT, "代扣电费"):
        pass
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        sat(driver)
        seat, panel = driver.desktop.seat, driver.desktop.cashier.bank
        driver.desktop.window.go(driver.desktop.cashier)
        for leave, come_back in (
            (lambda: seat.sit_at(month=SEPTEMBER.next()), lambda: seat.sit_at(month=SEPTEMBER)),
            (lambda: seat.work_as(OTHER_AGENT), lambda: seat.work_as(AGENT_NAME)),
        ):
            qtbot.waitUntil(panel.recovery.isVisible)
            backup = Event()
            seat.worker.write(partial(backup.wait, 20), lambda _answer: None)
            panel.recovery.restore.click()
            with qtbot.waitSignal(seat.moved):
                leave()
            backup.set()
            driver.settle()
            assert panel.stack.currentWidget() is not vars(panel).get("typed")
            assert not list(unsaved_in([driver.desktop.cashier]))
            come_back()
            driver.settle()
        qtbot.waitUntil(panel.recovery.isVisible)
        panel.recovery.restore.click()
        driver.settle()
        assert panel.typed.lines.toPlainText() == "9.3 -386.42 代扣电费"
        panel.typed.leave()
        driver.settle()


def test_what_was_left_behind_is_kept_where_it_was_typed_alone_when_a_signal_ends_the_program(
    desk: Desk, qtbot: QtBot
) -> None:
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        sat(driver)
        panel = driver.desktop.cashier.bank
        driver.desktop.window.go(driver.desktop.cashier)
        driver.settle()
        panel.ask_paper()
        commit(panel.typed.lines, "9.3 -386.42 代扣电费")
        driver.desktop.seat.sit_at(month=SEPTEMBER.next())
        driver.settle()
        assert unsaved_in([driver.desktop.cashier]) == ()
        for keeper in driver.desktop.window.findChildren(Keeper):
            keeper.keep()
        driver.settle()
        (only,) = kept()
        one = read_unsaved_form(only.read_text(encoding="utf-8"))
        assert one is not None
        assert one.period == SEPTEMBER
        only.unlink()


def test_open_items_that_were_typed_survive_kill_9(desk: Desk, office: Office, qtbot: QtBot) -> None:
    with typing(office, ITEMS, "支票没有兑付"):
        pass
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        sat(driver)
        panel = driver.desktop.cashier.bank
        driver.desktop.window.go(driver.desktop.cashier)
        qtbot.waitUntil(panel.recovery.isVisible)
        assert panel.recovery.sentence.text().startswith("有期初未达账项写了没有存（")
        panel.recovery.restore.click()
        driver.settle()
        assert panel.stack.currentWidget() is panel.opening
        assert panel.opening.lines.toPlainText() == "账上 2026-08-28 -120.00 支票没有兑付"
        panel.opening.leave()
        assert "再做一次就不要了" in panel.opening.strip.text()
        panel.opening.leave()
        driver.settle()
        assert kept() == []


def test_a_budget_that_was_typed_survives_kill_9(desk: Desk, office: Office, qtbot: QtBot) -> None:
    with typing(office, BUDGET, "成员代表大会"):
        pass
    (line,) = unsaved_reminders(desk.office)
    assert (line.place, line.book) == (BUDGETS, desk.book.code)
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        sat(driver)
        panel = driver.tab("budget")
        driver.settle()
        assert panel.recovery.isVisible()
        assert "：2026 年，1 行。" in panel.recovery.sentence.text()
        panel.recovery.restore.click()
        driver.settle()
        assert panel.lines.toPlainText() == "50101 45880.00"
        assert panel.form.values()["basis"] == "成员代表大会"
        assert [one.place for one in unsaved_in([driver.desktop.settings])] == ["设置→预算"] * 2
        assert len(kept()) == 1
        panel.form.put({"basis": "成员代表大会 2026-01-15"})
        panel.adopt()
        driver.settle()
        assert panel.strip.text() == "预算已通过，1 个科目"
        assert len(list_budget_acts(desk, 2026)) == 1
        assert kept() == []
        driver.settle()
        assert not panel.recovery.isVisible()


def test_a_schedule_that_was_typed_survives_kill_9(desk: Desk, office: Office, qtbot: QtBot) -> None:
    with typing(office, PLAN, "分摊租金"):
        pass
    (line,) = unsaved_reminders(desk.office)
    assert (line.place, line.book) == (PLANS, desk.book.code)
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        sat(driver)
        driver.desktop.open_plans()
        driver.settle()
        page = driver.desktop.plans
        assert page.recovery.isVisible()
        assert page.recovery.sentence.text().endswith("：“门面租金”。")
        page.recovery.restore.click()
        driver.settle()
        form, lines = page.panel.plan.form, page.panel.plan.lines
        assert (form.texts()["name"], form.texts()["last"]) == ("门面租金", "20280x")
        assert lines.rows[0].summary.text() == "分摊租金"
        assert len(kept()) == 1
        page.leave()
        assert page.panel.isVisible()
        assert "再做一次就不要了" in page.panel.strip.text()
        page.leave()
        driver.settle()
        assert page.panel.isHidden()
        assert kept() == []
        assert list_schedules(desk) == []


def test_words_for_the_board_survive_kill_9(desk: Desk, office: Office, qtbot: QtBot) -> None:
    with typing(office, WORDS, "没有不同意的"):
        pass
    (line,) = unsaved_reminders(desk.office)
    assert (line.place, line.book, line.month) == (SHEET, desk.book.code, SEPTEMBER)
    assert unsaved_reminders(Office(desk.books, OTHER_AGENT)) == []
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        sat(driver)
        page = driver.desktop.disclosure
        driver.desktop.window.go(page)
        driver.settle()
        page.recovery.restore.click()
        driver.settle()
        assert page.words.toPlainText() == "3人到齐，没有不同意的。"
        page.save_words()
        driver.settle()
        assert page.words.toPlainText() == "3人到齐，没有不同意的。"
        assert kept() == []


def test_a_count_of_cash_survives_kill_9(desk: Desk, office: Office, qtbot: QtBot) -> None:
    with typing(office, COUNT, "王丽"):
        pass
    (line,) = unsaved_reminders(desk.office)
    assert (line.place, line.book, line.month) == (TILL, desk.book.code, SEPTEMBER)
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        sat(driver)
        driver.desktop.arrive(line)
        page = driver.desktop.cashier
        qtbot.waitUntil(lambda: "cash" in vars(page) and page.cash.recovery.isVisible())
        assert page.tabs.currentWidget() is page.cash
        assert "，实点 700.00 元。" in page.cash.recovery.sentence.text()
        page.cash.recovery.restore.click()
        driver.settle()
        assert page.cash.count().counted_fen == 70_000
        assert page.cash.form.values()["holder"] == "王丽"
        assert len(kept()) == 1
        for form in (page.cash.pieces, page.cash.form):
            form.settle()
        page.cash.keeper.look()
        driver.settle()
        assert kept() == []


def test_what_is_typed_for_a_book_stays_kept_there_when_another_is_shown(
    driver: Driver, desk: Desk, qtbot: QtBot
) -> None:
    panel, seat = driver.tab("budget"), driver.desktop.seat
    sat(driver)
    commit(panel.lines, "50101 1")
    seat.sit_at(month=Month(2026, 8))
    driver.settle()
    assert panel.lines.toPlainText() == "50101 1"  # the same year
    seat.sit_at(next(one for one in seat.books if one.code == "V02"), SEPTEMBER)
    driver.settle()
    assert panel.lines.toPlainText() == ""
    assert "V01 老秤湾村" in panel.strip.text()
    assert not panel.recovery.isVisible()
    assert len(kept()) == 1
    seat.sit_at(next(one for one in seat.books if one.code == "V01"), SEPTEMBER)
    driver.settle()
    qtbot.waitUntil(panel.recovery.isVisible)
    commit(panel.lines, "50101 2")
    panel.recovery.restore.click()
    driver.settle()
    assert panel.lines.toPlainText() == "50101 2"  # nothing is written over
    assert "先保存或清掉" in panel.strip.text()
    panel.lines.clear()
    panel.form.settle()
    qtbot.wait(KEEP_MS + 300)
    driver.settle()
    panel.recovery.restore.click()
    driver.settle()
    assert panel.lines.toPlainText() == "50101 1"
    panel.lines.clear()
    driver.settle()
    assert kept() == []


def test_a_statement_is_taken_back_into_the_account_that_it_was_typed_for(
    driver: Driver, desk: Desk, qtbot: QtBot
) -> None:
    sat(driver)
    page = driver.desktop.cashier
    driver.desktop.window.go(page)
    driver.settle()
    panel = page.bank
    codes = [panel.account.itemData(place) for place in range(panel.account.count())]
    panel.ask_paper()
    commit(panel.typed.lines, "9.3 -386.42 代扣电费")
    qtbot.wait(KEEP_MS + 300)
    driver.settle()
    driver.desktop.seat.sit_at(month=Month(2026, 8))
    driver.settle()
    assert panel.stack.currentIndex() == 0
    assert not panel.recovery.isVisible()  # of another month
    assert unsaved_in([page]) == ()
    sat(driver)
    qtbot.waitUntil(panel.recovery.isVisible)
    if len(codes) > 1:
        panel.go_to(codes[-1])
        driver.settle()
    panel.recovery.restore.click()
    driver.settle()
    assert panel.account.currentData() == codes[0]
    assert panel.typed.lines.toPlainText() == "9.3 -386.42 代扣电费"
    assert len(kept()) == 1
    panel.typed.leave()
    assert panel.stack.currentWidget() is panel.typed
    commit(panel.typed.lines, " 县供电公司")
    panel.typed.leave()  # something else stands there: asked again
    assert "再做一次就不要了" in panel.typed.strip.text()
    panel.typed.leave()
    assert panel.stack.currentIndex() == 0
    driver.settle()
    assert kept() == []


def test_a_spoilt_file_is_none() -> None:
    whole = UnsavedForm("a" * 32, "2026-10-09T09:00:00+08:00", "10201", 0, "2026-09", (("lines", "9.3 1"),))
    text = unsaved_text(whole)
    assert read_unsaved_form(text) == whole
    for part, value in (
        ("month", "x"), ("month", 3), ("texts", [["a"]]), ("texts", [["a", 3]]), ("sheet", {}), ("uid", None),
    ):  # fmt: skip
        told = json.loads(text)
        told[part] = value
        assert read_unsaved_form(json.dumps(told)) is None, part
    assert read_unsaved_form(text[:-2]) is None
    assert read_unsaved_form('{"version": 99}') is None


def test_a_schedule_that_was_being_changed_is_taken_back_into_it_or_becomes_a_new_one(
    driver: Driver, desk: Desk, qtbot: QtBot
) -> None:
    sat(driver)
    desktop, seat = driver.desktop, driver.desktop.seat
    here, there = (next(one for one in seat.books if one.code == code) for code in ("V01", "V02"))
    desktop.open_plans()
    driver.settle()
    page = desktop.plans
    page.new()
    wear = page.panel.wear
    page.panel.tabs.setCurrentWidget(wear)
    wear.form.put(
        {
            "name": "路灯",
            "use": "公益用",
            "cost_fen": 1_260_000,
            "residual_fen": 60_000,
            "months": 60,
            "added": "2026-08",
        }
    )
    page.panel.keep()
    driver.settle()
    (row,) = list_schedules(desk)
    page.plans.view.selectRow(0)
    page.change()
    assert page.panel.keeper.typed_at is None  # what the books say is no typing
    commit(wear.form.entry("name"), "二期")
    seat.sit_at(there, SEPTEMBER)
    driver.settle()
    assert page.panel.isHidden()
    seat.sit_at(here, SEPTEMBER)
    driver.settle()
    qtbot.waitUntil(page.recovery.isVisible)
    page.recovery.restore.click()
    driver.settle()
    assert page.panel.tabs.currentWidget() is wear
    assert "二期" in wear.form.values()["name"]
    assert wear.debit.key == "51403"
    assert len(kept()) == 1
    page.panel.keep()
    driver.settle()
    (changed,) = list_schedules(desk)
    assert (changed.schedule.uid, changed.schedule.name) == (row.schedule.uid, wear.form.values()["name"])
    assert kept() == []
    page.plans.view.selectRow(0)
    page.change()
    commit(wear.form.entry("name"), "三期")
    seat.sit_at(there, SEPTEMBER)
    driver.settle()
    seat.sit_at(here, SEPTEMBER)
    driver.settle()
    draft_due(desk)  # from now on it may not be changed
    page.recovery.look()
    driver.settle()
    page.recovery.restore.click()
    driver.settle()
    assert "原来的那一份已经不在或不能再改，恢复成一份新的。" in page.strip.text()
    assert page.panel._uid == ""
    assert "三期" in wear.form.values()["name"]
    page.panel.put_away()
    page.panel.put_away()
    driver.settle()
    assert kept() == []
