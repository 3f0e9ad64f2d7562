"""What a registrar and the director see beside a paper, and the numbers of the self-check, by hand in the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.gui.conftest import Driver
from tests.services.conftest import Staff, appoint_village, simple_paper
from tests.services.whole_office import png
from villagebooks.core.paper import Document, Paper
from villagebooks.core.watch import Watch
from villagebooks.gui.setting.page import SettingPage
from villagebooks.services.approval import attest_paper
from villagebooks.services.desk import Desk
from villagebooks.services.paper import attach_image, save_paper
from villagebooks.services.policy import put_policy, ready_policy
from villagebooks.services.ruling import look_at_paper
from villagebooks.services.watch import read_lines

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def bill(day: str, number: str, amount_fen: int = 49_800) -> Paper:
    documents = (Document("数电票", "2699000000000000" + number, day, amount_fen),)
    return replace(simple_paper(date(2026, 9, 1)), amount_fen=amount_fen, approvers=("田维国",), documents=documents)


@pytest.fixture
def ruled(desk: Desk, staff: Staff) -> Desk:
    appoint_village(desk.office)
    put_policy(desk.office, ready_policy("baiyanhe"))
    return desk


def test_the_director_signs_beside_the_paper_why_it_comes_so_late(driver: Driver, ruled: Desk, staff: Staff) -> None:
    paper = save_paper(ruled, bill("2026-05-10", "0451"))
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    detail = page.detail
    assert "数电票 2026-05-10 已过 114 天" in detail.missing.text()
    assert detail.reason.isVisible()
    detail.reason.setText("迟")
    detail.excuse.click()
    assert "请写清楚为什么现在才报" in page.strip.text()
    detail.reason.setText("收款人外出打工，九月才交来")
    detail.excuse.click()
    driver.settle()
    assert "收款人外出打工" in page.sign.sentence.text()
    driver.sign_as(page.sign, "邹启明")
    assert "过期的原因已由主任签字" in page.strip.text()
    assert detail.late.text().strip() == "单据过期的原因（邹启明）：收款人外出打工，九月才交来"
    assert not detail.missing.isVisible()
    assert not detail.reason.isVisible()
    attest_paper(ruled, paper.uid, staff.agent, "ab" * 32)


def test_the_director_writes_once_why_a_backlog_comes_late_and_signs_for_each_paper(
    driver: Driver, ruled: Desk, staff: Staff
) -> None:
    late = [save_paper(ruled, bill("2026-05-10", f"{number}451")) for number in range(3)]
    timely = save_paper(ruled, bill("2026-08-30", "9451"))
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    page.table.view.selectAll()
    driver.settle()
    page.ask_excuse("补录去年的积压单据，收款人当时不在")
    driver.settle()
    assert "第 1、2、3 号报账单（共 1,494.00 元）的单据过期" in page.sign.sentence.text()
    driver.sign_as(page.sign, "邹启明")
    assert "第 1、2、3 号：过期的原因已由主任签字" in page.strip.text()
    for paper in late:
        note = look_at_paper(ruled, paper.uid).note
        assert note is not None
        assert note.words == "补录去年的积压单据，收款人当时不在"
    assert look_at_paper(ruled, timely.uid).note is None
    page.ask_excuse("补录去年的积压单据，收款人当时不在")
    driver.settle()
    assert page.strip.text() == "选上的报账单没有要写原因的：没有过期，或者已经写过、登记过了"
    assert page.sign.isHidden()


def test_bills_that_look_split_are_told_beside_the_paper_and_before_the_ink_is_registered(
    driver: Driver, ruled: Desk, staff: Staff
) -> None:
    first = save_paper(ruled, bill("2026-09-01", "0451"))
    attest_paper(ruled, first.uid, staff.agent, "ab" * 32)
    second = bill("2026-09-01", "0452", 49_500)
    seen = replace(second.documents[0], images=(attach_image(ruled, png(200)),))
    save_paper(ruled, replace(second, documents=(seen,)))
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    page.table.go_to(lambda paper: paper.number == 2)
    driver.settle()
    assert "同一天连号 2 张（第 1、2 号），合计 993.00 元，超过村主任一人审批的 500.00 元" in page.detail.hints.text()
    assert not page.detail.missing.isVisible()
    page.ask_attest()
    driver.settle()
    assert "提示：同一收款人（清岑墨香文具店）同一天连号 2 张" in page.sign.sentence.text()
    driver.sign_as(page.sign, "冯素芳")
    assert page.table.current().state == "signed"


def test_of_several_papers_the_refusal_names_the_one_that_is_not_signed_by_the_head(
    driver: Driver, ruled: Desk
) -> None:
    for number, approver in (("0451", "田维国"), ("0470", "冉启珍")):
        one = bill("2026-09-01", number, 4_900)
        seen = replace(one.documents[0], images=(attach_image(ruled, png(200)),))
        save_paper(ruled, replace(one, documents=(seen,), approvers=(approver,)))
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    page.table.view.selectAll()
    page.ask_attest()
    driver.sign_as(page.sign, "冯素芳")
    assert "报账单 2：老秤湾村" in page.sign.answer.text()
    assert "没有冉启珍，这一步不能由冉启珍签" in page.sign.answer.text()


def test_the_township_sets_the_numbers_of_the_self_check(driver: Driver, desk: Desk) -> None:
    page = driver.desktop.settings
    assert isinstance(page, SettingPage)
    driver.desktop.window.go(page)
    page.tabs.setCurrentWidget(page.check)
    driver.settle()
    watch = page.check.watch
    assert not watch.isVisible()
    page.check.lines.click()
    assert watch.form.values()["fast_seconds"] == 30
    watch.form.put({"fast_seconds": 60, "night_from": 25})
    watch.save()
    assert "钟点要写 0 到 23" in watch.strip.text()
    assert watch.form.entry("bare_fen").text() == "1,000.00"
    watch.form.put({"night_from": 21, "bare_fen": 50_000, "taken_fen": 0})
    watch.save()
    driver.settle()
    assert read_lines(desk.office) == Watch(fast_seconds=60, night_from=21, bare_fen=50_000, taken_fen=0)
    assert "从下一次自查起用" in watch.strip.text()


def test_the_inbox_shows_what_a_paper_misses_and_the_hints_to_whoever_signs_next(
    driver: Driver, ruled: Desk, staff: Staff
) -> None:
    first = save_paper(ruled, bill("2026-09-01", "0451"))
    attest_paper(ruled, first.uid, staff.agent, "ab" * 32)
    save_paper(ruled, replace(bill("2026-09-01", "0452", 49_500), approvers=("冉启珍",)))
    page = driver.desktop.inbox
    driver.desktop.window.go(page)
    driver.settle()
    looks = {}
    for row in range(page.table.model.rowCount()):
        page.table.view.selectRow(row)
        driver.settle()
        if page.look.look is not None:
            looks[page.look.look.waiting.uid] = (page.look.missing.text(), page.look.hints.text())
    told = "提示：同一收款人（清岑墨香文具店）同一天连号 2 张（第 1、2 号）"
    assert len(looks) == 2
    assert looks[first.uid][0] == ""
    assert all(hints.startswith(told) for _missing, hints in looks.values())
    assert [missing for missing, _hints in looks.values() if "没有冉启珍，这一步不能由冉启珍签" in missing]
