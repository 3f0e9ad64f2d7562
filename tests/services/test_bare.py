"""Money that left without the village's signatures: told by the self-check and by the checklist of the closing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.services.conftest import Staff, line, sign_all, simple_draft, simple_paper
from villagebooks.core.paper import Paper
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.check import check_books
from villagebooks.services.closing import choose_blocking, close_month, month_checklist
from villagebooks.services.correction import reverse_only
from villagebooks.services.desk import Desk
from villagebooks.services.paper import draft_voucher, save_paper
from villagebooks.services.voucher import post_voucher, save_voucher
from villagebooks.services.watch import put_lines, read_lines

RULES = {"paid_bare", "bank_taken"}
Book = Callable[[Draft], Voucher]


def told(desk: Desk) -> list[str]:
    return [f"{one.rule} {one.row} {one.text}" for one in check_books(desk.office) if one.rule in RULES]


def listed(desk: Desk) -> list[str]:
    return [f"{one.rule} {one.where} {one.text}" for one in month_checklist(desk) if one.rule in RULES]


def accepted(desk: Desk, staff: Staff, paper: Paper) -> str:
    uid = save_paper(desk, paper).uid
    attest_paper(desk, uid, staff.agent, "ab" * 32)
    return accept_paper(desk, uid).uid


def test_a_payment_above_the_line_without_a_paper_is_told(desk: Desk, sign_and_post: Book) -> None:
    sign_and_post(simple_draft(100_000))
    assert (told(desk), listed(desk)) == ([], [])
    uid = sign_and_post(simple_draft(100_001)).uid
    assert told(desk) == ["paid_bare 2026-09 记-2 付出 1,000.01 元，没有村里签过字的报账单"]
    (one,) = [one for one in month_checklist(desk) if one.rule in RULES]
    assert (one.where, one.ref, one.blocks) == ("记-2", f"voucher:{uid}", False)
    assert listed(desk.at(desk.period.plus(1))) == []


def test_the_township_says_how_much_and_whether_it_blocks(desk: Desk, staff: Staff, sign_and_post: Book) -> None:
    sign_and_post(simple_draft(100_001))
    choose_blocking(desk.office, {"paid_bare": "block"})
    with pytest.raises(Refused, match="没有村里签过字的报账单"):
        close_month(desk, staff.agent)
    put_lines(desk.office, replace(read_lines(desk.office), bare_fen=200_000))
    assert (told(desk), listed(desk)) == ([], [])
    put_lines(desk.office, replace(read_lines(desk.office), bare_fen=0))
    assert told(desk) == []
    with pytest.raises(Refused, match="要写 0 到"):
        put_lines(desk.office, replace(read_lines(desk.office), bare_fen=-1))


def test_a_signed_paper_a_transfer_between_accounts_and_income_are_silent(
    desk: Desk, staff: Staff, sign_and_post: Book
) -> None:
    day = date(2026, 9, 10)
    sign_and_post(Draft(day, (line("10201", 900_000), line("50101", credit=900_000)), attachment_count=1))
    sign_and_post(Draft(day, (line("101", 200_000), line("10201", credit=200_000)), attachment_count=1))
    draft = draft_voucher(desk, [accepted(desk, staff, replace(simple_paper(), amount_fen=120_000))])
    saved = save_voucher(desk, replace(draft, lines=(replace(draft.lines[0], account="51302"), draft.lines[1])))
    sign_all(desk, saved.uid, staff)
    post_voucher(desk, saved.uid)
    assert told(desk) == []


def test_a_blue_voucher_is_told_by_what_it_pays_beyond_the_one_taken_back(
    desk: Desk, staff: Staff, sign_and_post: Book
) -> None:
    first = sign_and_post(simple_draft(90_000))
    red = reverse_only(desk, first.uid, date(2026, 9, 12), "金额记错")
    sign_all(desk, red.uid, staff)
    red = post_voucher(desk, red.uid)
    sign_and_post(replace(simple_draft(190_000, date(2026, 9, 12)), corrects=red.uid))
    assert told(desk) == []
    second = sign_and_post(simple_draft(10_000))
    red = reverse_only(desk, second.uid, date(2026, 9, 12), "金额记错")
    sign_all(desk, red.uid, staff)
    red = post_voucher(desk, red.uid)
    sign_and_post(replace(simple_draft(900_000, date(2026, 9, 12)), corrects=red.uid))
    assert [one for one in told(desk) if "8,900.00" in one] == [
        "paid_bare 2026-09 记-6 付出 8,900.00 元，没有村里签过字的报账单"
    ]


def test_a_payment_that_was_taken_back_is_told_again_only_when_it_is_done_over_without_a_paper(
    desk: Desk, staff: Staff, sign_and_post: Book
) -> None:
    first = sign_and_post(simple_draft(900_000))
    assert len(told(desk)) == len(listed(desk)) == 1

    def take_back(uid: str) -> Voucher:
        red = reverse_only(desk, uid, date(2026, 9, 12), "补办报账单")
        sign_all(desk, red.uid, staff)
        return post_voucher(desk, red.uid)

    red = take_back(first.uid)
    assert (told(desk), listed(desk)) == ([], [])
    blue = sign_and_post(replace(simple_draft(900_000, date(2026, 9, 12)), corrects=red.uid))
    assert told(desk) == ["paid_bare 2026-09 记-1 付出 9,000.00 元，没有村里签过字的报账单"]
    red = take_back(blue.uid)
    assert told(desk) == []
    draft = draft_voucher(desk, [accepted(desk, staff, replace(simple_paper(), amount_fen=900_000))])
    lines = (replace(draft.lines[0], account="51302"), draft.lines[1])
    saved = save_voucher(desk, replace(draft, lines=lines, day=date(2026, 9, 12), corrects=red.uid))
    sign_all(desk, saved.uid, staff)
    post_voucher(desk, saved.uid)
    assert (told(desk), listed(desk)) == ([], [])


def test_what_the_bank_took_is_summed_by_payee_and_month(desk: Desk, staff: Staff) -> None:
    taken = replace(simple_paper(), paid_how="银行扣收", approvers=(), bodies=(), amount_fen=150_000)
    save_paper(desk, taken)
    save_paper(desk, replace(taken, payee="县供电公司"))
    save_paper(desk, replace(taken, day=date(2026, 10, 10)))
    assert (told(desk), listed(desk)) == ([], [])
    uid = save_paper(desk, replace(taken, amount_fen=50_001)).uid
    text = "2026-09 不经审批由银行扣给清岑墨香文具店 2 次，共 2,000.01 元"
    assert told(desk) == [f"bank_taken 2026 报账单 4 {text}"]
    assert listed(desk) == [f"bank_taken 报账单 4 {text}"]
    assert [one.ref for one in month_checklist(desk) if one.rule in RULES] == [f"paper:{uid}"]
    put_lines(desk.office, replace(read_lines(desk.office), taken_fen=0))
    assert (told(desk), listed(desk)) == ([], [])
