"""Cells that somebody typed, of a hand-over list and of a division, survive kill -9 and another village."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import AGENT_NAME, SEPTEMBER, Driver, driven
from tests.gui.killed import kept, typing
from tests.gui.person import OFFSCREEN
from tests.gui.test_form_recovery import COMMIT
from villagebooks.core.account import Share, Split, new_account
from villagebooks.core.reminder import ACCOUNTS, HAND_OVERS
from villagebooks.gui.setting.account.panel import AccountsPanel
from villagebooks.services.account import account_standing, split_account
from villagebooks.services.desk import Desk, Office
from villagebooks.services.office import appoint
from villagebooks.services.post import list_changes
from villagebooks.services.unsaved import unsaved_reminders

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)

LIST = (
    COMMIT
    + """
from datetime import date
desktop.window.go(desktop.settings)
people = desktop.settings.people
desktop.settings.tabs.setCurrentWidget(people)
people.tabs.setCurrentWidget(people.changes)
rest()
changes = people.changes
changes.acts.forms["begin"].put({"term": "V01 报账员 向丽蓉", "day": date(2026, 9, 2)})
changes.begin()
rest()
commit(changes.editor.people.entry("receiver"), "覃晓燕")
table = changes.editor.table
table.item(0, 6).setText("12.0x")
changes.editor.add_row()
table.item(table.rowCount() - 1, 2).setText("收费公示牌")
"""
)
DIVISION = (
    COMMIT
    + """
desktop.window.go(desktop.settings)
panel = desktop.settings.accounts
desktop.settings.tabs.setCurrentWidget(panel)
rest()
panel.open_split(desktop.seat.entry.accounts["5130102"])
rest()
commit(panel.split.names, "纸张\\n硒鼓")
shares = panel.split.grid.shares
shares.setData(shares.index(0, 2), "1.25")
"""
)


@pytest.fixture(autouse=True)
def nothing_left() -> None:
    for path in kept():
        path.unlink()


def test_a_hand_over_list_that_was_counted_survives_kill_9(desk: Desk, office: Office, qtbot: QtBot) -> None:
    appoint(desk.office, "向丽蓉", "报账员", "2024-01-10", "V01")
    with typing(office, LIST, "收费公示牌"):
        pass
    (line,) = unsaved_reminders(desk.office)
    assert (line.place, line.book) == (HAND_OVERS, desk.book.code)
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        driver.desktop.seat.sit_at(month=SEPTEMBER)
        driver.settle()
        driver.desktop.arrive(line)
        driver.settle()
        changes = driver.desktop.settings.people.changes
        qtbot.waitUntil(changes.recovery.isVisible)
        assert "2026-09-02 移交给“覃晓燕”" in changes.recovery.sentence.text()
        changes.recovery.restore.click()
        driver.settle()
        table = changes.editor.table
        assert changes.stack.currentWidget() is changes.editor
        assert changes.editor.people.values()["receiver"] == "覃晓燕"
        assert (table.item(0, 6).text(), table.item(table.rowCount() - 1, 2).text()) == ("12.0x", "收费公示牌")
        assert table.item(0, 5).text() != "0.00"
        assert len(kept()) == 1
        changes.leave()
        assert "再做一次就不要了" in changes.strip.text()
        assert changes.stack.currentWidget() is changes.editor
        table.item(0, 6).setText("0.00")
        assert table.item(0, 7).text().startswith("少 ")
        changes.editor.people.put({"watcher": "邹启明"})
        table.item(table.rowCount() - 1, 4).setText("1")
        changes.keep()
        driver.settle()
        assert "清单记下了" in changes.strip.text(), changes.strip.text()
        assert len(list_changes(desk.office)) == 1
        assert kept() == []


def test_a_division_that_was_filled_in_survives_kill_9(desk: Desk, office: Office, qtbot: QtBot) -> None:
    with typing(office, DIVISION, "硒鼓"):
        pass
    (line,) = unsaved_reminders(desk.office)
    assert (line.place, line.book) == (ACCOUNTS, desk.book.code)
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        driver.desktop.seat.sit_at(month=SEPTEMBER)
        driver.settle()
        driver.desktop.arrive(line)
        driver.settle()
        panel = driver.desktop.settings.accounts
        qtbot.waitUntil(panel.recovery.isVisible)
        assert panel.recovery.sentence.text().endswith("：5130102，下级 2 个。")
        panel.recovery.restore.click()
        driver.settle()
        assert panel.stack.currentWidget() is panel.split
        assert [one.name for one in panel.split.wanted()] == ["纸张", "硒鼓"]
        shares = panel.split.grid.shares
        assert shares.index(0, 2).data() == "1.25"
        assert len(kept()) == 1
        goes_elsewhere_and_comes_back(driver)
        panel.recovery.restore.click()
        driver.settle()
        assert shares.index(0, 2).data() == "1.25"
        panel.split.leave()
        assert "再做一次就不要了" in panel.split.strip.text()
        panel.split.leave()
        driver.settle()
        assert panel.stack.currentWidget() is panel.chart
        assert kept() == []


def test_a_division_came_back_into_another_account_that_was_opened_instead(
    desk: Desk, office: Office, qtbot: QtBot
) -> None:
    with typing(office, DIVISION, "硒鼓"):
        pass
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        driver.desktop.seat.sit_at(month=SEPTEMBER)
        driver.settle()
        panel: AccountsPanel = driver.tab("accounts")
        qtbot.waitUntil(panel.recovery.isVisible)
        other = driver.desktop.seat.entry.accounts["5130103"]
        panel.recovery.restored.connect(lambda _found: panel.open_split(other))  # faster than what is read of the first
        panel.recovery.restore.click()
        driver.settle()
        assert panel.split.code == "5130103"
        assert panel.split.wanted() == []
        assert len(kept()) == 1
        panel.split.leave()
        driver.settle()
        qtbot.waitUntil(panel.recovery.isVisible)


def test_a_division_that_somebody_else_did_meanwhile_was_taken_up_as_if_it_waited(
    desk: Desk, office: Office, qtbot: QtBot
) -> None:
    with typing(office, DIVISION, "硒鼓"):
        pass
    there = desk.at(SEPTEMBER)
    held = account_standing(there, "5130102").holdings
    shares = tuple(Share("513010201", one.net_fen, one.key) for one in held)
    split_account(there, Split("5130102", (new_account("513010201", "纸张"),), shares), SEPTEMBER.last_day)
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        driver.desktop.seat.sit_at(month=SEPTEMBER)
        driver.settle()
        panel: AccountsPanel = driver.tab("accounts")
        qtbot.waitUntil(panel.recovery.isVisible)
        panel.recovery.restore.click()
        driver.settle()
        assert panel.stack.currentWidget() is panel.chart
        assert panel.strip.text() == "科目 5130102 办公费 的转账凭证已经做了"
        qtbot.waitUntil(panel.recovery.isVisible)


def test_a_hand_over_list_that_was_gathered_slowly_is_offered_in_its_village_again_not_kept_in_the_next_one(
    desk: Desk, office: Office, qtbot: QtBot
) -> None:
    appoint(desk.office, "向丽蓉", "报账员", "2024-01-10", "V01")
    with typing(office, LIST, "收费公示牌"):
        pass
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        seat = driver.desktop.seat
        seat.sit_at(month=SEPTEMBER)
        driver.settle()
        people = driver.tab("people")
        people.tabs.setCurrentWidget(people.changes)
        driver.settle()
        changes = people.changes
        qtbot.waitUntil(changes.recovery.isVisible)
        begun: list[tuple[object, ...]] = []
        changes.recovery._put = lambda *told: begun.append(told)  # the answer is slow
        changes.recovery.restore.click()
        driver.settle()
        del changes.recovery._put
        seat.sit_at(next(one for one in seat.books if one.code == "V02"), SEPTEMBER)
        driver.settle()
        changes.recovery.look()
        driver.settle()
        changes.recovery._put(*begun[0])
        driver.settle()
        assert changes.keeper.typed_at is None
        seat.sit_at(next(one for one in seat.books if one.code == "V01"), SEPTEMBER)
        driver.settle()
        changes.recovery.look()
        driver.settle()
        assert changes.recovery.isVisible()


def goes_elsewhere_and_comes_back(driver: Driver) -> None:
    """Asked about: what was typed is offered in its village again."""
    seat, panel = driver.desktop.seat, driver.desktop.settings.accounts
    for code in ("V02", "V01"):
        seat.sit_at(next(one for one in seat.books if one.code == code), SEPTEMBER)
        driver.settle()
        assert panel.stack.currentWidget() is panel.chart
        assert panel.recovery.isVisible() == (code == "V01")
