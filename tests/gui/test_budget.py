"""预算 and 代理协议 in the settings: typed or pasted, refused with the row, shown with how far it is."""

from __future__ import annotations

from datetime import date

import pytest

from tests.gui.conftest import Driver

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def test_a_budget_is_pasted_adopted_and_changed(driver: Driver) -> None:
    panel = driver.tab("budget")
    panel.lines.setPlainText("50101\t45,880.00\n办公费 8500\n没有的科目 3\n")
    panel.form.put({"day": date(2026, 1, 15), "basis": "成员代表大会 2026-01-15"})
    panel.adopt()
    driver.settle()
    assert "第 3 行：没有科目“没有的科目”" in panel.strip.text()
    panel.lines.setPlainText("50101\t45,880.00\n办公费 8500\n")
    panel.adopt()
    driver.settle()
    assert "预算已通过，2 个科目" in panel.strip.text()
    rows = {one.account: one for one in panel.table.model.records()}
    assert (rows["50101"].plan_fen, rows["5130102"].plan_fen) == (4_588_000, 850_000)
    panel.lines.setPlainText("办公费 -500")
    panel.form.put({"day": date(2026, 7, 1), "basis": "两委会 2026-07-01"})
    panel.change()
    driver.settle()
    assert "没有写调整的原因" in panel.strip.text()
    panel.form.put({"reason": "少买"})
    panel.change()
    driver.settle()
    assert {one.account: one.plan_fen for one in panel.table.model.records()}["5130102"] == 800_000


def test_an_agreement_is_registered_and_ended(driver: Driver) -> None:
    panel = driver.tab("agreements")
    village = driver.desktop.seat.desk.book.village
    panel.form.put({"village": village, "number": "2026-01", "since": date(2026, 1, 1)})
    panel.sign()
    driver.settle()
    assert "没有写由哪次会议同意" in panel.strip.text()
    panel.form.put({"vote": "村民代表会议 2025-12-10", "for_village": "田维国", "for_centre": "邹启明"})
    panel.sign()
    driver.settle()
    assert [one.number for one in panel.table.model.records()] == ["2026-01"]
    panel.table.view.selectRow(0)
    panel.end.put({"reason": "换届后另签"})
    panel.end_it()
    driver.settle()
    assert panel.table.model.records()[0].reason == "换届后另签"
