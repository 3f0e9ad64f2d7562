"""报表格式 in the window: copied, changed, checked while it is typed, tried, put to use, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.gui.conftest import Driver
from villagebooks.core.period import Month, Span
from villagebooks.core.statement import NONZERO
from villagebooks.gui.setting.layout.panel import LayoutPanel
from villagebooks.gui.setting.page import SettingPage
from villagebooks.services.desk import Desk
from villagebooks.services.statement import accounting_policy, list_layouts, statement

AUGUST = Month(2026, 8)


@pytest.fixture
def panel(driver: Driver) -> LayoutPanel:
    desktop = driver.desktop
    desktop.seat.sit_at(month=AUGUST)
    driver.settle()
    page = settings_of(driver)
    desktop.window.go(page)
    page.tabs.setCurrentWidget(page.layouts)
    driver.settle()
    return page.layouts


def settings_of(driver: Driver) -> SettingPage:
    page = driver.desktop.settings
    assert isinstance(page, SettingPage)
    return page


def put(panel: LayoutPanel, row: int, column: int, text: str) -> None:
    assert panel.model.setData(panel.model.index(row, column), text)


def tried(panel: LayoutPanel) -> bool:
    return panel.preview is not None


def said(panel: LayoutPanel) -> list[str]:
    return [str(one) for _tone, one in panel.faults.model.records()]


def test_the_official_layout_shows_with_the_figures_of_the_book_and_stays(driver: Driver, panel: LayoutPanel) -> None:
    assert panel.choice.version.currentText() == "官方格式"
    assert not panel.keep.isEnabled()
    assert panel.model.still
    assert panel.preview is not None
    shown = {row.label: row.amounts_fen[0] for row in panel.preview.model.records() if row.amounts_fen}
    assert shown["资产总计"] == shown["负债和所有者权益总计"] > 0
    assert not panel.model.setData(panel.model.index(1, 1), "别的")
    assert said(panel) == []


def test_what_is_wrong_is_named_while_it_is_typed(driver: Driver, panel: LayoutPanel) -> None:
    panel.copy()
    driver.settle()
    assert not panel.choice.isEnabled()
    put(panel, 1, 2, "D(101)+SUM(1)")
    driver.settle()
    assert said(panel) == ["第 1 行：公式有错：没有函数“SUM”（第 8 个字）"]
    assert not tried(panel)
    panel.faults.opened.emit(panel.faults.model.records()[0])
    assert (panel.view.currentIndex().row(), panel.view.currentIndex().column()) == (1, 2)
    assert panel.model.data(panel.model.index(1, 2), Qt.ItemDataRole.ForegroundRole) is not None
    put(panel, 1, 2, "D(101)+D(102)+D(101)")
    driver.settle()
    assert said(panel) == ["101 库存现金：算了不止一次（第 1 行）"]
    put(panel, 1, 2, "D(101)+D(102)+D(999)")
    driver.settle()
    assert said(panel) == ["第 1 行：没有科目 999，按 0 计算"]
    assert tried(panel)
    panel.drop()
    driver.settle()
    assert panel.choice.isEnabled()
    assert panel.model.still


def test_a_layout_is_saved_put_to_use_and_taken_back(driver: Driver, panel: LayoutPanel, desk: Desk) -> None:
    panel.copy()
    put(panel, 1, 1, "现金和存款")
    panel.use()
    assert panel.strip.text() == "先保存草稿，再启用"
    panel.save()
    driver.settle()
    assert panel.choice.version.currentText() == "第 1 版（草稿）"
    panel.use()
    assert "再按一次就启用" in panel.strip.text()
    panel.use()
    driver.settle()
    assert panel.choice.version.currentText() == "第 1 版（2026-08 起用）"
    august = Span(AUGUST, AUGUST)
    assert statement(desk, "balance-sheet", august).rows[1].label == "现金和存款"
    panel.reset()
    panel.reset()
    driver.settle()
    assert statement(desk, "balance-sheet", august).rows[1].label == "货币资金"
    assert len(list_layouts(desk.office)) == 2


def test_lines_are_inserted_moved_ticked_and_taken_out(driver: Driver, panel: LayoutPanel) -> None:
    panel.copy()
    before = panel.model.lines()
    panel.view.setCurrentIndex(panel.model.index(1, 0))
    panel.lines_acts[0].click()
    put(panel, 2, 0, "1a")
    put(panel, 2, 1, "其中：现金")
    put(panel, 2, 2, "D(101)")
    assert panel.model.setData(panel.model.index(2, 3), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert panel.model.lines()[2].show == NONZERO
    driver.settle()
    assert said(panel) == []
    panel.lines_acts[2].click()
    assert [line.line_no for line in panel.model.lines()[:3]] == ["", "1a", "1"]
    panel.lines_acts[3].click()
    panel.lines_acts[1].click()
    assert panel.model.lines() == before
    panel.drop()
    driver.settle()


def test_a_report_of_ones_own_needs_a_name_and_is_then_a_tab(driver: Driver, panel: LayoutPanel) -> None:
    panel.choice.report.setCurrentIndex(2)
    driver.settle()
    assert panel.head.code.isVisible()
    panel.lines_acts[0].click()
    for column, text in enumerate(("1", "办公费", "PD(513)")):
        put(panel, 0, column, text)
    panel.save()
    driver.settle()
    assert "请写报表名称" in panel.strip.text()
    panel.head.title.setText("办公费表")
    panel.head.code.setText("office")
    panel.head.changed.emit()
    driver.settle()
    panel.save()
    driver.settle()
    panel.use()
    panel.use()
    driver.settle()
    desktop = driver.desktop
    desktop.window.go(desktop.statements)
    driver.settle()
    page = desktop.statements
    assert page.tabs.tabText(page.tabs.count() - 1) == "办公费表"


def test_layouts_go_out_and_come_in_as_files(
    driver: Driver, panel: LayoutPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "表.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(path), ""))
    panel.take_out()
    driver.settle()
    text = path.read_text("utf-8").replace("货币资金", "钱")
    path.write_text(text, "utf-8")
    panel.copy()
    panel.bring_in()
    driver.settle()
    assert panel.model.lines()[1].label == "钱"
    path.write_text("a,b", "utf-8")
    panel.bring_in()
    driver.settle()
    assert "第一行应是" in panel.strip.text()
    assert not settings_of(driver).may_leave()
    assert settings_of(driver).may_leave()


def test_accounting_policies_are_kept_for_each_standard(driver: Driver, panel: LayoutPanel, desk: Desk) -> None:
    page = settings_of(driver)
    page.tabs.setCurrentWidget(page.policy)
    form = page.policy.form
    form.put({"threshold_fen": 100_000, "method": "工作量法", "lives": "房屋 20 年", "stock": ""})
    page.policy.save()
    driver.settle()
    assert accounting_policy(desk.office, "2023")["threshold_fen"] == 100_000
    page.policy.standard.setCurrentIndex(1)
    driver.settle()
    assert form.values()["threshold_fen"] == 50_000
    assert form.values()["method"] == "年限平均法"
