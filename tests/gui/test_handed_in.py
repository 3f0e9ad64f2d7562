"""What is on its way into the books while somebody goes elsewhere, and counts that come back into another account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import SEPTEMBER, Driver
from tests.gui.killed import commit, kept
from tests.gui.person import OFFSCREEN
from villagebooks.core.account import Share, Split, new_account
from villagebooks.gui.cashier.bank import BankPanel
from villagebooks.gui.setting.people.changes import ChangesPanel
from villagebooks.services.account import split_account
from villagebooks.services.bank import read_bank
from villagebooks.services.budget import list_budget_acts
from villagebooks.services.cash import cash_accounts
from villagebooks.services.desk import Desk
from villagebooks.services.office import appoint
from villagebooks.services.post import list_changes

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)


@pytest.fixture(autouse=True)
def nothing_left() -> None:
    for path in kept():
        path.unlink()


@contextmanager
def held_up(driver: Driver) -> Iterator[None]:
    """A long write (a backup) is under way."""
    backup = Event()
    driver.desktop.seat.worker.write(partial(backup.wait, 20), lambda _answer: None)
    yield
    backup.set()
    driver.settle()


def goes_to(driver: Driver, code: str) -> None:
    seat = driver.desktop.seat
    seat.sit_at(next(one for one in seat.books if one.code == code), SEPTEMBER)


def in_the_next_village(driver: Driver, qtbot: QtBot) -> None:
    with qtbot.waitSignal(driver.desktop.seat.moved):
        goes_to(driver, "V02")


def kept_elsewhere(driver: Driver, qtbot: QtBot, closing: int) -> BankPanel:
    """A statement typed from paper, handed in, and another village chosen before it is saved; closing in fen."""
    page = driver.desktop.cashier
    driver.desktop.window.go(page)
    driver.settle()
    panel = page.bank
    panel.ask_paper()
    panel.typed.form.put({"opening": 10_566_200, "closing": closing})
    commit(panel.typed.lines, "9.3 -386.42 代扣电费")
    with held_up(driver):
        panel.typed.keep()
        in_the_next_village(driver, qtbot)
    return panel


def test_a_statement_that_was_saved_while_the_village_changed_was_offered_once_more(
    driver: Driver, desk: Desk, qtbot: QtBot
) -> None:
    panel = kept_elsewhere(driver, qtbot, 10_527_558)
    assert len(read_bank(desk, "10201").statements) == 1
    assert panel.strip.text() == f"{desk.book.code} {desk.book.name} 2026-09 填的已经保存"
    assert kept() == []
    goes_to(driver, "V01")
    driver.settle()
    assert not panel.recovery.isVisible()


def test_a_statement_that_was_refused_while_the_village_changed_is_offered_again(
    driver: Driver, desk: Desk, qtbot: QtBot
) -> None:
    panel = kept_elsewhere(driver, qtbot, 1)
    assert read_bank(desk, "10201").statements == ()
    assert len(kept()) == 1
    goes_to(driver, "V01")
    driver.settle()
    qtbot.waitUntil(panel.recovery.isVisible)


def test_a_budget_that_was_saved_while_the_village_changed_was_offered_once_more(
    driver: Driver, desk: Desk, qtbot: QtBot
) -> None:
    panel = driver.tab("budget")
    commit(panel.lines, "50101 45880.00")
    panel.form.put({"basis": "成员代表大会 2026-01-15"})
    with held_up(driver):
        panel.adopt()
        in_the_next_village(driver, qtbot)
    assert len(list_budget_acts(desk, 2026)) == 1
    assert kept() == []
    assert "填的已经保存" in panel.strip.text()


def test_a_count_came_back_into_another_cash_account_than_the_one_that_was_counted(
    driver: Driver, desk: Desk, qtbot: QtBot
) -> None:
    (only,) = cash_accounts(desk, date(2026, 8, 31))
    parts = (new_account("10101", "村部的"), new_account("10102", "小组的"))
    split_account(desk, Split("101", parts, (Share("10101", only.book_fen),)), date(2026, 9, 1))
    page = driver.desktop.cashier
    driver.desktop.window.go(page)
    driver.settle()
    driver.desktop.money_opened.emit("cash", "")
    driver.settle()
    panel = page.cash
    codes = [panel.account.itemData(place) for place in range(panel.account.count())]
    assert codes[-2:] == ["10101", "10102"]
    panel.account.setCurrentIndex(len(codes) - 1)
    panel.account.activated.emit(len(codes) - 1)
    driver.settle()
    commit(panel.pieces.entry(panel.pieces.fields[0].name), "7")
    goes_to(driver, "V02")
    driver.settle()
    goes_to(driver, "V01")
    driver.settle()
    panel.account.setCurrentIndex(0)
    panel.account.activated.emit(0)
    driver.settle()
    qtbot.waitUntil(panel.recovery.isVisible)
    assert f"：{codes[-1]} " in panel.recovery.sentence.text()
    panel.recovery.restore.click()
    driver.settle()
    assert (panel.count().account, panel.count().counted_fen) == (codes[-1], 70_000)


def test_a_division_that_was_done_put_away_another_one_that_was_begun_meanwhile(
    driver: Driver, desk: Desk, qtbot: QtBot
) -> None:
    panel = driver.tab("accounts")
    panel.open_split(driver.desktop.seat.entry.accounts["5130102"])
    driver.settle()
    commit(panel.split.names, "办公费")
    shares = panel.split.grid.shares
    for row in range(shares.rowCount()):
        shares.setData(shares.index(row, 2), shares.index(row, 1).data())
    with held_up(driver):
        panel.split.split()
        panel.split.leave()
        panel.split.leave()
        panel.open_split(driver.desktop.seat.entry.accounts["5130103"])
        commit(panel.split.names, "水费")
    assert "5130102" in panel.strip.text(), panel.split.strip.text()
    assert panel.stack.currentWidget() is panel.split
    assert panel.split.names.toPlainText() == "水费"
    qtbot.waitUntil(lambda: len(kept()) == 1)


def test_a_list_that_was_recorded_put_away_the_next_one_that_was_begun_meanwhile(
    driver: Driver, desk: Desk, qtbot: QtBot
) -> None:
    appoint(desk.office, "向丽蓉", "报账员", "2024-01-10", "V01")
    changes = begins(driver)
    changes.editor.people.put({"receiver": "覃晓燕", "watcher": "邹启明"})
    with held_up(driver):
        changes.keep()
        changes.leave()
        changes.leave()
        changes.begin()
        qtbot.waitUntil(lambda: changes.stack.currentWidget() is changes.editor)
        commit(changes.editor.remark, "公示牌两块")
    assert "清单记下了" in changes.strip.text(), changes.strip.text()
    assert changes.stack.currentWidget() is changes.editor
    assert changes.editor.remark.text() == "公示牌两块"
    qtbot.waitUntil(lambda: len(kept()) == 1)


def test_a_list_is_recorded_in_an_office_without_a_village(driver: Driver, desk: Desk) -> None:
    appoint(desk.office, "向丽蓉", "报账员", "2024-01-10", "V01")
    changes = begins(driver)
    changes.leave()
    driver.desktop.seat.book = None
    changes.begin()
    driver.settle()
    changes.editor.people.put({"receiver": "覃晓燕", "watcher": "邹启明"})
    changes.keep()
    driver.settle()
    assert len(list_changes(desk.office)) == 1


def begins(driver: Driver) -> ChangesPanel:
    people = driver.tab("people")
    people.tabs.setCurrentWidget(people.changes)
    driver.settle()
    changes: ChangesPanel = people.changes
    changes.acts.forms["begin"].put({"term": "V01 报账员 向丽蓉", "day": date(2026, 9, 2)})
    changes.begin()
    driver.settle()
    table = changes.editor.table
    for row in range(table.rowCount()):
        if table.item(row, 6) is not None and not table.item(row, 6).text():
            table.item(row, 6).setText("0.00")
    return changes
