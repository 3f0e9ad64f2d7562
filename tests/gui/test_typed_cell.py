"""Cells of lists that somebody typed are asked about before another theme, and no longer once they were saved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver, Keyboard, driven
from tests.gui.test_look import kept, ordinary, program
from tests.gui.test_look import settle as settle_program
from tests.gui.test_opening import make_empty, opened
from villagebooks.gui.page import Page
from villagebooks.gui.program import Program
from villagebooks.gui.unsaved import Unsaved, unsaved_in
from villagebooks.services.desk import Desk
from villagebooks.services.office import appoint

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

__all__ = ("kept", "ordinary", "program")


def held(page: Page) -> list[Unsaved]:
    return list(unsaved_in([page]))


def places(page: Page) -> list[str]:
    return [one.place for one in unsaved_in([page])]


def test_things_that_are_handed_over_are_asked_about_while_they_are_counted(
    driver: Driver, desk: Desk, keyboard: Keyboard
) -> None:
    appoint(desk.office, "向丽蓉", "报账员", "2024-01-10", "V01")
    page, people = driver.desktop.settings, driver.tab("people")
    changes = people.changes
    people.tabs.setCurrentWidget(changes)
    changes.load()
    driver.settle()
    changes.acts.forms["begin"].put({"term": "V01 报账员 向丽蓉", "day": date(2026, 9, 2)})
    changes.begin()
    driver.settle()
    table = changes.editor.table
    assert places(page) == []
    whole = table.item(0, 6).text()
    table.item(0, 6).setText("0.00")
    (one,) = held(page)
    assert one.place == "设置→人员与钥匙→岗位移交"
    assert "0.00" in one.texts
    table.item(0, 6).setText(whole)
    assert places(page) == []  # as the program gathered it
    changes.editor.add_row()
    assert len(places(page)) == 1
    changes.editor.take_row()
    assert places(page) == []
    table.item(0, 6).setText("0.00")
    changes.editor.people.put({"receiver": "覃晓燕"})
    changes.keep()
    driver.settle()
    assert "清单记下了" in changes.strip.text()
    assert places(page) == []


def test_shares_of_an_account_that_is_divided_are_asked_about(driver: Driver, desk: Desk, keyboard: Keyboard) -> None:
    page, panel = driver.desktop.settings, driver.tab("accounts")
    assert panel.chart.table.go_to(lambda one: one.code == "5130102")
    panel.chart.split_one()
    driver.settle()
    panel.split.names.setPlainText("纸张\n硒鼓")
    assert places(page) == []  # columns that the program made are no figures
    grid = panel.split.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.shares.index(0, 2))
    grid.shares.setData(grid.shares.index(0, 2), "100")
    (one,) = held(page)
    assert one.place.startswith("设置→科目")
    assert "100.00" in one.texts
    panel.split.names.setPlainText("纸张\n硒鼓\n笔")
    assert len(places(page)) == 1
    panel.split.leave()
    driver.settle()
    assert "再做一次就不要了" in panel.split.strip.text()
    assert len(places(page)) == 1
    panel.split.leave()
    driver.settle()
    assert places(page) == []


def test_volumes_that_are_put_together_are_asked_about_until_they_are_lent(driver: Driver) -> None:
    page = driver.desktop.archive
    driver.desktop.window.go(page)
    driver.settle()
    page.tabs.setCurrentWidget(page.lending)
    driver.settle()
    panel = page.lending
    panel.volume.put({"when": "2026-08"})
    panel.add_volume()
    assert len(places(page)) == 1
    panel.form.put({"borrower": "石磊", "unit": "县审计局", "purpose": "离任审计", "approved_by": "邹启明"})
    panel.lend()
    driver.settle()
    assert "借 1 册" in panel.strip.text()
    assert places(page) == []


def test_things_of_an_opening_are_asked_about(tmp_path: Path, qtbot: QtBot) -> None:
    office = make_empty(tmp_path / "a.vbooks")
    with driven(office, qtbot) as driver:
        page = opened(driver)
        page.tabs.setCurrentWidget(page.found)
        driver.settle()
        assert places(page) == []
        page.found.things.item(0, 3).setText("50")
        (one,) = held(page)
        assert "50" in one.texts
        page.found.settle()
        assert places(page) == []
    office.books.close()


def test_another_theme_is_refused_once_while_a_list_is_counted(program: Program, qtbot: QtBot) -> None:
    desktop = program.desktop
    assert desktop is not None
    page = desktop.settings
    desktop.window.go(page)
    page.tabs.setCurrentWidget(page.people)
    settle_program(program, qtbot)
    changes = page.people.changes
    page.people.tabs.setCurrentWidget(changes)
    settle_program(program, qtbot)
    changes.acts.forms["begin"].entry("term").setCurrentIndex(0)
    changes.begin()
    settle_program(program, qtbot)
    changes.editor.add_row()
    page.tabs.setCurrentWidget(page.look)
    page.look.choices["contrast"].click()
    assert program.desktop is desktop
    assert page.strip.text().startswith("设置→人员与钥匙→岗位移交：填的还没有保存")
    page.look.choices["contrast"].click()
    settle_program(program, qtbot)
    assert program.desktop is not desktop
