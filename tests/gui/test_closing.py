"""结账 in the window: the checklist leads to what it found, one person closes, two reopen, December drafts the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import AGENT_NAME, DIRECTOR_NAME, OTHER_AGENT, PASSPHRASE, Driver, Keyboard, office_draft
from tests.services.conftest import Staff, sign_all, simple_paper
from villagebooks.core.period import Month
from villagebooks.gui.board import closing_mark
from villagebooks.services.board import read_board
from villagebooks.services.closing import choose_blocking, month_checklist, month_states, period_acts
from villagebooks.services.desk import Desk
from villagebooks.services.paper import save_paper
from villagebooks.services.voucher import post_voucher, read_voucher, save_voucher

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def test_the_checklist_leads_to_the_voucher_and_the_month_is_closed_and_reopened(
    desk: Desk, staff: Staff, driver: Driver
) -> None:
    uid = save_voucher(desk, office_draft(10_000)).uid
    desktop = driver.desktop
    assert [closing_mark(row).word for row in read_board(desk.office, desk.period)] == ["还不能结"] + ["—"] * 5
    desktop.go_to_step(("V01", "closing"))
    page = desktop.closing
    driver.settle()
    assert desktop.window.current() is page
    assert "未结账　凭证 1 张　挡住的 1 条" in page.state.text()
    page.ask_close()
    assert "记-1：还没有送签" in page.strip.text()
    assert page.sign.isHidden()
    page.table.opened.emit(page.table.model.records()[0])
    driver.settle()
    assert desktop.window.current() is desktop.vouchers
    sign_all(desk, uid, staff)
    post_voucher(desk, uid)
    desktop.go_back()
    desktop.seat.tell_changed()
    driver.settle()
    page.ask_close()
    assert "1 张凭证" in page.sign.sentence.text()
    driver.sign_as(page.sign, "龙小梅")
    assert "没有结账的职责" in page.sign.answer.text()
    driver.sign_as(page.sign, AGENT_NAME)
    assert month_states(desk)[Month(2026, 9)] == "closed"
    assert "已结账" in page.state.text()
    assert desktop.window.state.text() == "● 已结账"
    notes = [page.register.model.index(row, 4).data() for row in range(page.register.model.rowCount())]
    assert "没有凭证" in notes
    assert not any(len(note) == 64 for note in notes)
    assert "已结账" in [closing_mark(row).word for row in read_board(desk.office, desk.period)]
    page.ask_reopen()
    assert page.strip.text() == "请写明反结账的原因"
    page.reason.setText("漏记9月电费发票一张")
    page.ask_reopen()
    driver.sign_as(page.sign, AGENT_NAME)
    assert "冯素芳已同意，第二个人" in page.sign.sentence.text()
    assert page.sign.people.currentText() in (DIRECTOR_NAME, OTHER_AGENT)
    driver.sign_as(page.sign, AGENT_NAME)
    assert "不能都是冯素芳" in page.sign.answer.text()
    driver.sign_as(page.sign, DIRECTOR_NAME, PASSPHRASE)
    assert month_states(desk).get(Month(2026, 9)) is None
    driver.settle()
    assert desktop.window.current() is desktop.preview  # the record of the reopening, to be signed and kept
    assert not desktop.preview.sheet.pixmap().isNull()
    desktop.go_back()
    driver.settle()
    assert period_acts(desk)[-1].reason == "漏记9月电费发票一张"
    assert page.register.model.records()[0].signers == (AGENT_NAME, DIRECTOR_NAME)
    page.printed.emit()
    driver.settle()
    driver.settle()
    assert not desktop.preview.sheet.pixmap().isNull()


def test_december_drafts_transfers_and_distribution_for_people_to_sign(desk: Desk, driver: Driver) -> None:
    desktop = driver.desktop
    desktop.seat.sit_at(month=Month(2026, 12))
    page = desktop.closing
    desktop.window.go(page)
    driver.settle()
    assert not page.year.isHidden()
    assert [one.rule for one in page.table.model.records()] == ["bank", "cash", "old_claim", "transfer"]
    page.table.view.selectRow(2)
    page.turn_choice()
    driver.settle()
    assert "全镇的结账检查已改：旧欠有人管" in page.strip.text()
    assert [one.blocks for one in page.table.model.records()] == [True, False, False, False]
    page.table.view.selectRow(0)
    page.turn_choice()
    driver.settle()
    assert not any(one.blocks for one in page.table.model.records())
    page.year.reserve.setText("abc")
    page.year.members.setPlainText("罗显富\n")
    page.draft_shares()
    driver.settle()
    assert "第 1 行：每行写一个人" in page.strip.text()
    assert "金额写得不对" in page.strip.text()
    page.draft_transfers()
    driver.settle()
    assert "已生成 3 张草稿：记-1、记-2、记-3" in page.strip.text()
    page.draft_transfers()
    driver.settle()
    assert page.strip.text() == "没有要结转的余额了"
    page.year.reserve.setText("100")
    page.year.members.setPlainText("罗显富 50.00\n冉光才 25.00")
    page.draft_shares()
    driver.settle()
    assert "记-4、记-5" in page.strip.text()
    uid = next(one.ref for one in page.table.model.records() if one.where == "记-5").partition(":")[2]
    assert [(one.account, one.party, one.net_fen) for one in read_voucher(desk, uid).lines] == [
        ("3220102", "", 7_500), ("113", "罗显富", -5_000), ("113", "冉光才", -2_500)
    ]  # fmt: skip
    assert read_voucher(desk, uid).day == date(2026, 12, 31)


def test_the_township_chooses_in_the_settings_what_blocks(desk: Desk, driver: Driver) -> None:
    desktop = driver.desktop
    panel = driver.tab("closing")
    assert "unposted" not in panel.choices
    for rule in ("bank", "cash"):
        panel.choices[rule].setCurrentIndex(panel.choices[rule].findData("block"))
    panel.save()
    driver.settle()
    assert "还有 2 条会挡住结账" in panel.strip.text()
    assert {one.rule for one in month_checklist(desk) if one.blocks} == {"bank", "cash"}
    desktop.window.go(desktop.closing)
    driver.settle()
    desktop.closing.table.view.selectRow(0)
    assert not desktop.closing._go.isHidden()
    desktop.closing.go_there()
    driver.settle()
    assert desktop.window.current() is desktop.cashier
    assert desktop.cashier.tabs.currentWidget() is desktop.cashier.bank


def test_what_the_bank_took_stops_blocking_once_the_director_signed_on_what_it_stands(
    desk: Desk, driver: Driver, staff: Staff, keyboard: Keyboard
) -> None:
    taken = replace(simple_paper(), paid_how="银行扣收", approvers=(), bodies=(), amount_fen=250_000)
    save_paper(desk, taken)
    choose_blocking(desk.office, {"bank_taken": "block"})
    page = driver.desktop.closing
    driver.desktop.window.go(page)
    driver.settle()
    assert page.ground.isHidden() == page._explain.isHidden()
    assert page.table.go_to(lambda one: one.rule == "bank_taken")
    assert page.ground.isVisible()
    page._explain.click()
    assert "凭哪份扣款协议、哪张回单" in page.strip.text()
    assert QApplication.focusWidget() is page.ground
    keyboard.commit("2026年供电代扣协议，9月28日回单")
    keyboard.enter()
    assert "看过协议和回单，属实，2026年供电代扣协议" in page.sign.sentence.text()
    driver.sign_as(page.sign, DIRECTOR_NAME)
    assert "已由主任写明依据、签字" in page.strip.text()
    assert not page.table.go_to(lambda one: one.rule == "bank_taken")
    assert page.ground.isHidden()
