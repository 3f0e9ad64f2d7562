"""设置 → 审批办法: a draft is begun from a ready policy, changed by keyboard, painted, tried, and put in force."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.gui.conftest import Driver, Keyboard
from tests.pdf.reading import words_of
from villagebooks.gui.setting.approval.panel import ApprovalPanel
from villagebooks.services.desk import Desk
from villagebooks.services.policy import current_policy, list_policies, put_policy, ready_policy

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


def open_panel(driver: Driver) -> ApprovalPanel:
    driver.desktop.window.go(driver.desktop.settings)
    driver.settle()
    settings = driver.desktop.settings
    settings.tabs.setCurrentWidget(settings.approval)
    driver.settle()
    return settings.approval


def begin_from(panel: ApprovalPanel, name: str) -> None:
    panel.base.setCurrentIndex(panel.base.findData(name))
    panel.start.setFocus()
    panel.start.click()


def trial_of(panel: ApprovalPanel, spending_class: str, amount: str) -> list[tuple[str, str, str]]:
    panel.trial.form.entry("spending_class").setCurrentText(spending_class)
    panel.trial.form.entry("amount_fen").setText(amount)
    return [(row.what, row.draft, row.now) for row in panel.trial.table.model.records()]


def test_a_ready_policy_is_tried_beside_the_one_in_force_and_put_in_force_in_two_presses(
    driver: Driver, desk: Desk
) -> None:
    panel = open_panel(driver)
    assert panel.state.text() == "现在用的是 自带的通用办法。草稿和它一样。"
    begin_from(panel, "baiyanhe")
    rows = trial_of(panel, "日常运转", "6000")
    assert ("村里 3", "联席会(2/3+记录)", "审批人") in rows
    assert ("报镇", "要：联村干部", "不用") in rows
    assert ("中心 3", "出纳", "出纳") in rows
    panel.put_in_force()
    assert "新增 8 条规则" in panel.strip.text()
    assert "再按一次就启用" in panel.strip.text()
    assert current_policy(desk.office).version == 0
    panel.put_in_force()
    driver.settle()
    assert panel.strip.text() == "第 1 版审批办法已启用，从现在起新写的单据按它办"
    assert current_policy(desk.office).policy == ready_policy("baiyanhe")
    assert [one.version for one in panel.history.model.records()] == [1, 0]
    assert panel.state.text() == "现在用的是 第 1 版 白雁河镇审批办法。草稿和它一样。"


def test_a_gap_is_painted_while_the_amount_is_typed_and_keeps_the_draft_out_of_force(
    driver: Driver, keyboard: Keyboard, desk: Desk
) -> None:
    panel = open_panel(driver)
    begin_from(panel, "baiyanhe")
    panel.rules.table.view.selectRow(1)
    entry = panel.rules.entry("from_fen")
    entry.setFocus()
    entry.selectAll()
    keyboard.type("501.01")
    assert [str(one.problem) for one in panel.faults.model.records() if one.bars] == [
        "日常运转：500.01 元到 501.00 元没有规定由谁签"
    ]
    assert entry.property("bad") == "true"
    assert [row.good for row in panel.rules.table.model.records()][:6] == [False] * 5 + [True]
    panel.put_in_force()
    assert "500.01 元到 501.00 元没有规定由谁签" in panel.strip.text()
    panel.faults.view.selectRow(0)
    panel.faults.view.setFocus()
    keyboard.enter()
    assert panel.rules.entry("from_fen").hasFocus()
    panel.rules.table.view.selectRow(1)
    entry.setText("500.01")
    assert panel.draft.policy == ready_policy("baiyanhe")
    assert entry.property("bad") == "false"
    assert current_policy(desk.office).version == 0


def test_rules_and_steps_are_added_changed_and_removed(driver: Driver, desk: Desk) -> None:
    panel = open_panel(driver)
    begin_from(panel, "three-signatures")
    panel.tabs.setCurrentWidget(panel.steps)
    panel.steps.add_step()
    assert any("没有名称" in one.text for one in panel.draft.faults)
    panel.steps.form.put({"title": "乡贤会", "kind": "集体表决"})
    panel.steps.counts.entry("quorum").setText("3/2")
    assert panel.steps.counts.entry("quorum").property("bad") == "true"
    panel.steps.counts.put({"quorum": ">1/2", "stamp": "要", "within": 3})
    assert [str(one) for one in panel.draft.faults] == ["签字步骤“乡贤会”没有一条规则用到"]
    panel.tabs.setCurrentWidget(panel.rules)
    panel.rules.table.view.selectRow(0)
    panel.rules.put({"to_fen": 100_000})
    panel.rules.add_rule()
    assert panel.rules.values()["from_fen"] == 100_001
    panel.rules.more.setCurrentText("乡贤会")
    panel.rules.append_step()
    panel.rules.put({"note": "大额", "papers": "发票/名册、会议记录"})
    assert panel.draft.faults == []
    added = panel.draft.policy.rules[1]
    assert (added.steps[-1], added.papers, added.note) == ("step1", (("发票", "名册"), ("会议记录",)), "大额")
    panel.put_in_force()
    panel.put_in_force()
    driver.settle()
    assert current_policy(desk.office).policy.steps["step1"].within == 3
    panel.rules.table.view.selectRow(1)
    panel.rules.drop()
    assert any("没有规定由谁签" in one.text or "没有一条规则用到" in one.text for one in panel.draft.faults)
    assert not panel.may_leave()
    assert "还没有启用" in panel.strip.text()


def test_a_rule_of_one_village_needs_all_its_bands_and_shows_its_name(driver: Driver, desk: Desk) -> None:
    panel = open_panel(driver)
    begin_from(panel, "three-signatures")
    village = panel.draft.facts.villages[0]
    panel.rules.table.view.selectRow(0)
    panel.rules.add_rule()
    panel.rules.put({"villages": village.name, "from_fen": 1, "to_fen": 500_000})
    assert panel.draft.policy.rules[1].villages == (village.code,)
    assert panel.rules.table.model.records()[1].villages == village.name
    panel.rules.put({"to_fen": 0, "steps": "经手人 > 审批人"})
    assert panel.draft.faults == []
    assert [row[1] for row in trial_of(panel, "日常运转", "30")][:2] == ["经手人", "审批人"]
    panel.rules.entry("to_fen").setText("不是数")
    assert any("止额小于起额" in one.text for one in panel.draft.faults)


def test_limits_pairs_and_groups_are_words_and_come_back_the_same(driver: Driver, desk: Desk) -> None:
    panel = open_panel(driver)
    begin_from(panel, "baiyanhe")
    form = panel.general.form
    assert form.values()["apart"].startswith("经手人/证明人、经手人/验收人、经手人/验收人（5人）")
    form.put({"holidays": "2026-10-01、2026-10-02"})
    drafted = panel.draft.policy
    assert drafted.holidays == ("2026-10-01", "2026-10-02")
    form.put({"holidays": ""})
    assert panel.draft.policy == ready_policy("baiyanhe")
    form.put({"centre": ""})
    assert any("没有写明中心由谁签凭证" in one.text for one in panel.draft.faults)


def test_an_earlier_version_comes_back_by_enter_and_a_changed_draft_is_asked_for_once(
    driver: Driver, keyboard: Keyboard, desk: Desk
) -> None:
    put_policy(desk.office, ready_policy("baiyanhe"))
    put_policy(desk.office, ready_policy("small-village"))
    panel = open_panel(driver)
    panel.general.form.put({"age_days": 45})
    panel.tabs.setCurrentWidget(panel.history)
    panel.history.go_to(lambda one: one.version == 1)
    panel.history.view.setFocus()
    keyboard.enter()
    assert "再按一次就换" in panel.strip.text()
    panel.history.view.setFocus()
    keyboard.enter()
    assert panel.draft.policy == ready_policy("baiyanhe")
    panel.put_in_force()
    panel.put_in_force()
    driver.settle()
    assert [one.version for one in list_policies(desk.office)] == [3, 2, 1, 0]


def test_the_notice_of_the_draft_or_of_the_policy_in_force_shows_in_the_preview(
    driver: Driver, desk: Desk, tmp_path: Path
) -> None:
    panel = open_panel(driver)
    asked: list[tuple[str, Callable[[Path], list[Path]]]] = []
    panel.printed.connect(lambda title, draw: asked.append((title, draw)))
    panel.ask_print()
    driver.settle()
    assert driver.desktop.window.current() is driver.desktop.preview
    begin_from(panel, "baiyanhe")
    panel.ask_print()
    driver.settle()
    assert [title for title, _draw in asked] == ["村级财务权责清单"] * 2
    texts = ["".join(words_of(draw(tmp_path)[0]).split()) for _title, draw in asked]
    assert ["草稿，还没有启用" in text for text in texts] == [False, True]
