"""Sentences that said too little, or too early, and what they say now."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui.conftest import SEPTEMBER, Driver
from tests.gui.person import OFFSCREEN
from villagebooks.gui.setting.people.keys import FOLLOW, ISSUE, STICK, WORD

pytestmark = pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True)


def test_a_difference_stood_red_over_a_paper_statement_before_anything_was_typed(driver: Driver) -> None:
    driver.desktop.seat.sit_at(month=SEPTEMBER)
    page = driver.desktop.cashier
    driver.desktop.window.go(page)
    driver.settle()
    page.bank.ask_paper()
    driver.settle()
    paper = page.bank.typed
    paper.form.put({"opening": 10_566_200})
    assert (paper.told.text(), paper.told.property("tone")) == ("", "")
    paper.lines.setPlainText("9.3 -386.42 代扣电费")
    assert "和纸上差" not in paper.told.text()
    assert paper.told.text() == "1 笔，期末应是 105,275.58"
    paper.form.put({"closing": 10_500_000})
    assert "和纸上差" in paper.told.text()
    assert paper.told.property("tone") == "late"


@pytest.mark.parametrize(
    ("key", "said"),
    [(ISSUE, "请输总钥匙口令"), (FOLLOW, "请输总钥匙口令"), (WORD, "请输旧口令"), (STICK, "请输本人口令")],
)
def test_a_passphrase_that_nobody_typed_was_said_to_be_wrong(
    driver: Driver, tmp_path: Path, key: str, said: str
) -> None:
    driver.desktop.window.go(driver.desktop.settings)
    driver.settle()
    people = driver.desktop.settings.people
    people.tabs.setCurrentWidget(people.keys)
    driver.settle()
    panel = people.keys
    panel.table.view.selectRow(0)
    acts = {ISSUE: panel.issue, FOLLOW: panel.follow, WORD: panel.change_word, STICK: lambda: panel.move_to(tmp_path)}
    acts[key]()
    driver.settle()
    assert panel.strip.text() == said
