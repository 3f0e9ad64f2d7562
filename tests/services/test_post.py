"""Ink of people who do not hold the post is refused with a sentence; who registers the ink may override nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from tests.services.conftest import Staff, appoint_village, simple_draft, simple_paper
from villagebooks.core.paper import Body, Paper
from villagebooks.core.policy import missing_posts
from villagebooks.core.problem import Refused
from villagebooks.services.approval import approvals, approve_voucher, attest_paper
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk
from villagebooks.services.office import appoint, officers
from villagebooks.services.paper import save_paper
from villagebooks.services.policy import put_policy, ready_policy
from villagebooks.services.voucher import save_voucher

SCAN = "ab" * 32


def small_paper(**change: object) -> Paper:
    """49 yuan: handler, witness, head, committee."""
    return replace(simple_paper(), amount_fen=4_900, approvers=("田维国",), **change)


def refusal(desk: Desk, staff: Staff, paper: Paper) -> list[str]:
    saved = save_paper(desk, paper)
    with pytest.raises(Refused) as refused:
        attest_paper(desk, saved.uid, staff.agent, SCAN)
    return [one.text for one in refused.value.problems]


def test_a_deputy_who_signs_as_the_head_is_refused_and_told_who_the_head_is(ruled: Desk, staff: Staff) -> None:
    paper = replace(small_paper(), approvers=("冉启珍",))
    assert refusal(ruled, staff, paper) == [
        ("老秤湾村登记的村主任是田维国（支书兼主任），没有冉启珍，这一步不能由冉启珍签。"
        "换了人的，先到“设置—人员与钥匙”办离任、登记新人")
    ]  # fmt: skip


def test_the_head_who_left_office_before_the_paper_is_refused_with_the_day(ruled: Desk, staff: Staff) -> None:
    end_of_term(ruled, "田维国", "2026-09-09")
    assert refusal(ruled, staff, small_paper()) == [
        "田维国的支书兼主任任到 2026-09-09 为止，2026-09-10 的单子不能由他以村主任签字"
    ]


def test_the_head_who_left_after_the_papers_day_still_counts(ruled: Desk, staff: Staff) -> None:
    end_of_term(ruled, "田维国", "2026-09-10")
    paper = save_paper(ruled, small_paper())
    assert attest_paper(ruled, paper.uid, staff.agent, SCAN).state == "signed"


def end_of_term(desk: Desk, name: str, day: str) -> None:
    with desk.books.write() as connection:
        connection.execute(text("UPDATE officer SET until = :day WHERE name = :name"), {"day": day, "name": name})


def test_a_head_who_is_only_appointed_later_is_refused_with_the_day(ruled: Desk, staff: Staff) -> None:
    appoint(ruled.office, "向国平", "村主任", "2027-01-01", "V01")
    assert refusal(ruled, staff, replace(small_paper(), approvers=("向国平",))) == [
        "向国平从 2027-01-01 起才任村主任，这以前不能以村主任签字"
    ]


def test_everybody_of_the_committee_must_sit_on_it(ruled: Desk, staff: Staff) -> None:
    guests = (Body("监委会", ("谭德胜", "向其昌"), 2, 2, 3, stamp=True),)
    (said,) = refusal(ruled, staff, small_paper(bodies=guests))
    assert "谭德胜（监委会主任），没有向其昌，这一步不能由向其昌签" in said


def test_a_committee_of_three_that_is_written_as_one_does_not_reach_two_thirds(ruled: Desk, staff: Staff) -> None:
    alone = (Body("监委会", ("谭德胜",), 1, 1, 1, stamp=True),)
    assert refusal(ruled, staff, small_paper(bodies=alone)) == [
        "监委会登记在任的有 3 人（冉光秀、田茂林、谭德胜），单子上全体只写了 1 人"
    ]
    twice = (Body("监委会", ("谭德胜", "谭德胜"), 2, 2, 3, stamp=True),)
    assert refusal(ruled, staff, small_paper(bodies=twice)) == ["监委会里谭德胜写了两次"]


def test_the_post_of_another_village_does_not_count(ruled: Desk, staff: Staff) -> None:
    appoint(ruled.office, "覃守田", "主任", "2024-01-10", "V02")
    assert "没有覃守田，这一步不能由覃守田签" in refusal(ruled, staff, replace(small_paper(), approvers=("覃守田",)))[0]


def test_where_nobody_is_registered_the_refusal_says_what_to_register_and_where(desk: Desk, staff: Staff) -> None:
    put_policy(desk.office, ready_policy("small-village"))
    paper = replace(small_paper(), paid_how="备用金")
    assert refusal(desk, staff, paper) == [
        ("老秤湾村还没有登记谁是村主任：请先到“设置—人员与钥匙”登记他的职务（主任、支书兼主任、理事长兼主任、村主任、财务审批人），"
        "任职日期写到签字那天以前")
    ]  # fmt: skip


def test_under_the_built_in_policy_a_village_without_posts_works_and_is_reminded(desk: Desk, staff: Staff) -> None:
    paper = save_paper(desk, simple_paper())
    attest_paper(desk, paper.uid, staff.agent, SCAN)
    with desk.books.write() as connection:
        connection.execute(text("UPDATE paper SET state = 'accepted'"))
    assert [one.text for one in check_books(desk.office) if one.rule == "post_signer"] == [
        "1 张报账单有审批人签字，村里却没有登记过谁任主任或支书兼主任或理事长兼主任或村主任或财务审批人"
    ]
    appoint(desk.office, "覃守田", "主任", "2024-01-10", "V01")
    assert refusal(desk, staff, simple_paper(date(2026, 9, 11)))[0].startswith(
        "老秤湾村登记的审批人是覃守田（主任），没有田维国"
    )


def test_the_registrar_cannot_bring_another_head_in_with_what_was_seen(ruled: Desk, staff: Staff) -> None:
    paper = save_paper(ruled, replace(small_paper(), approvers=("向其昌",)))
    seen = (Body("村主任", ("田维国",), 1, 1, 1),)
    with pytest.raises(Refused, match="没有向其昌，这一步不能由向其昌签"):
        attest_paper(ruled, paper.uid, staff.director, SCAN, seen)
    assert approvals(ruled, paper.uid) == []


def test_a_key_without_the_post_that_a_step_of_the_centre_wants_is_refused(desk: Desk, staff: Staff) -> None:
    policy = ready_policy("baiyanhe")
    steps = {**policy.steps, "review": replace(policy.steps["review"], posts=("会计主管",))}
    put_policy(desk.office, replace(policy, steps=steps))
    voucher = save_voucher(desk, simple_draft())
    for keys in (staff.agent, staff.other, staff.cashier):
        approve_voucher(desk, voucher.uid, keys)
    with pytest.raises(Refused, match="审核要由会计主管签，邹启明在中心没有登记这个职务"):
        approve_voucher(desk, voucher.uid, staff.director)
    appoint(desk.office, "邹启明", "会计主管", "2026-01-01")
    assert approve_voucher(desk, voucher.uid, staff.director).state == "approved"


def test_a_policy_says_before_it_is_in_force_whose_posts_are_not_registered(desk: Desk) -> None:
    villages = [("V01", "老秤湾村"), ("V02", "石磨坪村"), ("V03", "双柿垭村"), ("V04", "桐油槽村"), ("V05", "鹭背村")]
    appoint_village(desk.office)
    appoint(desk.office, "覃守田", "财务审批人", "2024-01-12", "V02")
    said = [str(one) for one in missing_posts(ready_policy("baiyanhe"), officers(desk.office), villages, "2026-09-10")]
    assert said[0] == (
        "“村主任”在双柿垭村、桐油槽村、鹭背村还没有人能签："
        "到“设置—人员与钥匙”登记主任或支书兼主任或理事长兼主任或村主任或财务审批人"
    )
    assert "“监委会”在石磨坪村、双柿垭村、桐油槽村等 4 个村还没有人能签" in said[3]
    assert not any("联村干部" in one for one in said)
    assert any("“分管副镇长”在老秤湾村" in one for one in said)
