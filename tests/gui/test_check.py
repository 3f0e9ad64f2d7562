"""自查 in the settings: every finding carries its rule's title, and the chosen one says why and what to do."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.gui.conftest import Driver
from villagebooks.db import guard
from villagebooks.gui.setting.page import SettingPage
from villagebooks.services.check import check_rules
from villagebooks.services.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def test_a_finding_is_shown_with_its_rule_and_explained(desk: Desk, driver: Driver) -> None:
    page = driver.desktop.settings
    assert isinstance(page, SettingPage)
    panel = page.check
    assert f"{len(check_rules())} 条规则" in panel.why.text()
    with desk.books.write() as connection:
        guard.drop_guards(connection)
        spoiled = "UPDATE balance SET debit_fen = debit_fen + 1 WHERE account = '10201' AND month = 8 AND book = 1"
        assert connection.execute(text(spoiled)).rowcount == 1
        guard.make_guards(connection)
    panel.run()
    driver.settle()
    found = panel.table.model.records()
    assert f"自查：{len(found)} 处错误" in panel.strip.text()
    assert {"余额表等于分录重新加总", "报表与科目余额一致"} <= {one.title for one in found}
    places = [panel.table.model.index(row, 3).data() for row in range(panel.table.model.rowCount())]
    assert [place for place in places if place.startswith("余额 ")]
    assert not [place for place in places if "balance" in place]
    panel.table.go_to(lambda one: one.rule == "balance")
    assert "余额表只是算出来的" in panel.why.text()
    assert "财会〔2024〕12号 第21条" in panel.why.text()


def test_an_empty_list_says_whether_it_was_looked(desk: Desk, driver: Driver) -> None:
    panel = driver.tab("check")
    assert panel.table.nothing() == "还没有自查。按“自查”查一遍。"
    panel.run()
    driver.settle()
    assert "0 处错误" in panel.strip.text()
    assert panel.table.nothing() == "查过了，没有查出什么。"
