"""Who had to sign is judged by the policy that each voucher and paper names, whatever steps it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Home
from tests.services.conftest import (
    Clock,
    Staff,
    appoint_village,
    desk_of,
    line,
    make_office,
    simple_draft,
    simple_paper,
    sql_for,
    staff_of,
)
from villagebooks.core.paper import Document, Paper
from villagebooks.core.policy import Policy, centre_demands, paper_demands, paper_flow, voucher_flow
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.db import guard
from villagebooks.db.books import open_books
from villagebooks.services.approval import accept_paper, approve_voucher, attest_paper, waiting_for
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office
from villagebooks.services.paper import draft_voucher, save_paper
from villagebooks.services.policy import READY, put_policy, ready_policy
from villagebooks.services.voucher import post_voucher, save_voucher

SCAN = "ab" * 32


def draw_paper() -> Paper:
    """提取备用金: reporter and head on the paper; at the centre no second accountant."""
    return replace(
        simple_paper(date(2026, 9, 2)), words="从银行取备用金", spending_class="提取备用金", direction="转存",
        amount_fen=400_000, payee="向丽蓉", paid_how="现金", documents=(Document("用款申请单"),), witness="",
        approvers=("田维国",), bodies=(), group="",
    )  # fmt: skip


def sign_in_turn(desk: Desk, uid: str, staff: Staff) -> list[str]:
    people = {"prepare": staff.agent, "countersign": staff.other, "cashier": staff.cashier, "review": staff.director}
    steps = []
    while step := waiting_for(desk, uid):
        approve_voucher(desk, uid, people[step.name])
        steps.append(step.name)
    return steps


def book_paper(desk: Desk, staff: Staff, paper: Paper, *accounts: str) -> Voucher:
    uid = save_paper(desk, paper).uid
    attest_paper(desk, uid, staff.agent, SCAN)
    accept_paper(desk, uid)
    draft = draft_voucher(desk, [uid])
    lines = tuple(replace(one, account=account) for one, account in zip(draft.lines, accounts, strict=True))
    return book_draft(desk, staff, replace(draft, lines=lines))


def book_draft(desk: Desk, staff: Staff, draft: Draft) -> Voucher:
    saved = save_voucher(desk, draft)
    sign_in_turn(desk, saved.uid, staff)
    return post_voucher(desk, saved.uid)


@pytest.fixture
def lived(home: Home, tmp_path: Path) -> Iterator[Desk]:
    """One voucher under the built-in policy, then under 白雁河镇's: a draw, an ordinary one, a transfer."""
    place = home.copy("signing", make_lived_office, tmp_path)
    books = open_books(place, Clock())
    yield desk_of(Office(books))
    books.close()
    home.drop(place)


def make_lived_office(place: Path | str) -> None:
    make_office(place)
    office = Office(open_books(place, Clock()))
    desk, staff = desk_of(office), staff_of(office)
    appoint_village(office)
    book_draft(
        desk, staff, Draft(date(2026, 9, 1), (line("10201", 9_000_000), line("301", 0, 9_000_000)), attachment_count=1)
    )
    put_policy(office, ready_policy("baiyanhe"))
    book_paper(desk, staff, draw_paper(), "101", "10201")
    book_paper(desk, staff, simple_paper(), "51302", "101")
    book_draft(desk, staff, Draft(date(2026, 9, 30), (line("51302", 100), line("152", 0, 100)), attachment_count=1))
    office.books.close()


def errors(desk: Desk) -> list[str]:
    return [f"{one.row} {one.text}" for one in check_books(desk.office) if one.severity == "error"]


def spoil(desk: Desk, sql: str) -> list[str]:
    with desk.books.write() as connection:
        guard.drop_guards(connection)
        assert connection.exec_driver_sql(sql_for(desk.office, sql)).rowcount > 0
        guard.make_guards(connection)
    return errors(desk)


def test_a_draw_without_a_second_accountant_is_clean_under_the_policy_that_wants_it_so(lived: Desk) -> None:
    assert errors(lived) == []


NUMBER = "(SELECT uid FROM voucher WHERE number = {n})"


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("DELETE FROM approval WHERE step = 'countersign' AND object_uid = " + NUMBER.format(n=1),
         ["2026-09 记-1 已记账，没有复核签字"]),
        ("DELETE FROM approval WHERE step = 'review' AND object_uid = " + NUMBER.format(n=2),
         ["2026-09 记-2 已记账，没有审核签字"]),
        ("DELETE FROM approval WHERE step = 'countersign' AND object_uid = " + NUMBER.format(n=3),
         ["2026-09 记-3 已记账，没有复核签字"]),
        ("DELETE FROM approval WHERE object_uid = " + NUMBER.format(n=4),
         [f"2026-09 记-4 已记账，没有{step}签字" for step in ("制单", "复核", "审核")]),
        ("UPDATE approval SET decision = 'send_back' WHERE step = 'cashier' AND object_uid = " + NUMBER.format(n=2),
         ["2026-09 记-2 已记账，没有出纳签字"]),
        ("DELETE FROM approval WHERE step = 'secretary'", ["2026 报账单 2 已受理，没有登记支书会签的签字"]),
        ("UPDATE approval SET step = 'witness' WHERE step = 'head'", [
            "2026 报账单 1 已受理，没有登记村主任的签字", "2026 报账单 2 已受理，没有登记村主任的签字",
        ]),
        ("UPDATE paper SET spending_class = '别的' WHERE number = 1", [
            "2026-09 记-2 已记账，没有复核签字", "2026 报账单 1 审批办法里没有“别的”这一档，不知道该由谁签",
        ]),
    ],
)  # fmt: skip
def test_a_step_that_the_policy_wants_and_nobody_signed_is_named(lived: Desk, sql: str, told: list[str]) -> None:
    assert sorted(spoil(lived, sql)) == sorted(told)


def test_a_draw_that_was_made_larger_behind_the_program_needs_the_deputy_mayor(lived: Desk) -> None:
    found = spoil(lived, "UPDATE paper SET amount_fen = 600000 WHERE number = 1")
    assert "2026 报账单 1 已受理，没有登记分管副镇长的签字" in found
    assert "2026-09 记-2 已记账，没有复核签字" in found


def test_a_policy_that_was_taken_out_of_the_books_is_missed_by_its_hash(lived: Desk) -> None:
    (found,) = spoil(lived, "UPDATE policy SET sha256 = 'ab'")[:1]
    assert "账套里没有这张单子所用的审批办法" in found


def sample(spending_class: str, amount_fen: int, paid_how: str) -> Paper:
    return replace(simple_paper(), spending_class=spending_class, amount_fen=amount_fen, paid_how=paid_how)


@pytest.mark.parametrize("name", READY)
def test_what_the_check_demands_is_what_the_flow_asks_for_every_class_and_amount(name: str) -> None:
    policy = ready_policy(name)
    for rule in policy.rules:
        for amount in {rule.from_fen, rule.to_fen or rule.from_fen + 1}:
            for paid_how in ("转账", *policy.payments):
                paper = sample(rule.spending_class, amount, paid_how)
                assert demanded(policy, paper) == {one.name for one in paper_flow(policy, paper, "V01")}
                for money in (True, False):
                    asked = {one.name for one in voucher_flow(policy, [paper], "V01", moves_money=money)}
                    assert centre_demanded(policy, paper, money) == asked


def inside(paper: Paper, bands: object) -> bool:
    amount = paper.amount_fen
    return any(one.spending_class == paper.spending_class and one.low_fen <= amount <= one.high_fen for one in bands)


def demanded(policy: Policy, paper: Paper) -> set[str]:
    demands = paper_demands(policy, "V01")
    if paper.paid_how in policy.payments:
        return {one.step for one in demands if one.paid_how == paper.paid_how}
    return {one.step for one in demands if one.band and inside(paper, (one.band,))}


def centre_demanded(policy: Policy, paper: Paper, money: bool) -> set[str]:
    centre = centre_demands(policy, "V01")
    usual = not inside(paper, centre.own)
    return {
        one.step
        for one in centre.steps
        if (one.always or (one.usual and usual) or inside(paper, one.bands))
        and (money or one.step != centre.money_step)
    }


def test_the_usual_voucher_of_before_is_still_judged_by_the_built_in_policy(desk: Desk, staff: Staff) -> None:
    assert sign_in_turn(desk, save_voucher(desk, simple_draft()).uid, staff) == [
        "prepare", "countersign", "cashier", "review",
    ]  # fmt: skip
