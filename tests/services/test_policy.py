"""The approval policy in the books: put in force, counted for what is prepared later, never changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.services.conftest import Staff, appoint_village, simple_draft, simple_paper
from villagebooks.core.paper import Body, Document
from villagebooks.core.problem import Refused
from villagebooks.services.approval import approvals, attest_paper, waiting_for
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office
from villagebooks.services.office import appoint
from villagebooks.services.paper import save_paper
from villagebooks.services.policy import READY, current_policy, find_faults, list_policies, put_policy, ready_policy
from villagebooks.services.voucher import save_voucher

SCAN = "ab" * 32


@pytest.mark.parametrize("name", READY)
def test_every_ready_policy_can_be_put_in_force(name: str) -> None:
    assert find_faults(ready_policy(name)) == []


def test_a_policy_counts_for_papers_written_later_and_the_old_one_stays_with_the_old(desk: Desk, staff: Staff) -> None:
    appoint_village(desk.office)
    before = save_paper(desk, simple_paper())
    kept = put_policy(desk.office, ready_policy("baiyanhe"))
    after = save_paper(desk, replace(simple_paper(), approvers=("田维国",)))
    assert (before.policy, after.policy) == ("", kept.sha256)
    attest_paper(desk, before.uid, staff.agent, SCAN)
    with pytest.raises(Refused, match=r"没有支书会签签字：“审批人”一栏按先后写 2 个人（.+、支书会签），名字用顿号隔开"):
        attest_paper(desk, after.uid, staff.agent, SCAN)
    both = save_paper(desk, simple_paper())
    attest_paper(desk, both.uid, staff.agent, SCAN)
    assert [one.step for one in approvals(desk, both.uid)] == ["handler", "witness", "head", "secretary", "committee"]
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []


def test_a_work_of_ten_thousand_needs_acceptors_a_meeting_and_the_liaison(desk: Desk, staff: Staff) -> None:
    appoint_village(desk.office)
    put_policy(desk.office, ready_policy("baiyanhe"))
    documents = (Document("合同"), Document("验收单"), Document("数电票", "1", "2026-09-09"))
    work = replace(
        simple_paper(), spending_class="工程维修", amount_fen=980_000, paid_how="转账", witness="", documents=documents,
        approvers=("田维国",),
    )  # fmt: skip
    paper = save_paper(desk, work)
    with pytest.raises(Refused) as refused:
        attest_paper(desk, paper.uid, staff.agent, SCAN)
    assert [one.text for one in refused.value.problems] == [
        "没有验收人签字", "没有联席会的意见（要三分之二以上同意）", "没有联村干部签字",
    ]  # fmt: skip
    bodies = (
        Body("验收组", ("甲", "乙", "丙", "丁", "戊"), 5, 5, 5), Body("联席会议", (), 12, 12, 14, minutes="2026-08-21"),
        *work.bodies, Body("联村干部", ("何立秋",), 1, 1, 1),
    )  # fmt: skip
    attest_paper(desk, paper.uid, staff.agent, SCAN, bodies)
    steps = ["handler", "acceptors", "joint_meeting", "head", "committee", "liaison"]
    assert [one.step for one in approvals(desk, paper.uid)] == steps


def test_the_centre_signs_a_voucher_without_papers_by_the_usual_chain(desk: Desk) -> None:
    put_policy(desk.office, ready_policy("baiyanhe"))
    voucher = save_voucher(desk, simple_draft(day=date(2026, 9, 10)))
    step = waiting_for(desk, voucher.uid)
    assert step is not None
    assert step.name == "prepare"
    assert voucher.policy == current_policy(desk.office).sha256


def test_the_same_policy_is_not_put_twice_and_none_is_changed(office: Office) -> None:
    first = put_policy(office, ready_policy("baiyanhe"))
    with pytest.raises(Refused, match="一样"):
        put_policy(office, ready_policy("baiyanhe"))
    second = put_policy(office, ready_policy("small-village"))
    assert [one.version for one in list_policies(office)] == [2, 1, 0]
    assert current_policy(office).sha256 == second.sha256 != first.sha256
    with pytest.raises(IntegrityError, match="审批办法不能修改"), office.books.write() as connection:
        connection.execute(text("UPDATE policy SET put_by = 'x'"))


def test_a_gap_between_two_bands_is_refused_with_its_ends(office: Office) -> None:
    good = ready_policy("baiyanhe")
    rules = [replace(one, from_fen=50_100) if one.from_fen == 50_001 else one for one in good.rules]
    with pytest.raises(Refused, match=r"日常运转：500\.01 元到 500\.99 元没有规定由谁签"):
        put_policy(office, replace(good, rules=tuple(rules)))


def test_nobody_is_given_a_second_post_that_the_policy_keeps_apart(office: Office, staff: Staff) -> None:
    cashier = staff.cashier.person
    with pytest.raises(Refused, match=f"{cashier}同时是总出纳和代理会计，这两个职责不能一人兼"):
        appoint(office, cashier, "agent", "2026-09-01")
    appoint(office, "田春", "报账员", "2026-09-01", "V01")
    appoint(office, "田春", "监委会主任", "2026-09-01", "V02")
    put_policy(office, ready_policy("baiyanhe"))
    with pytest.raises(Refused, match="田春同时是报账员和监委会主任"):
        appoint(office, "田春", "监委会主任", "2026-09-01", "V01")
