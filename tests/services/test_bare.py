"""Money that left without the village's signatures: told by the self-check and by the checklist of the closing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.conftest import Staff, line, sign_all, simple_draft, simple_paper
from villagebooks.core.bare import BarePart, BarePayment, bare_parts, find_bare_splits
from villagebooks.core.paper import Paper
from villagebooks.core.party import Party
from villagebooks.core.payee import Cover, Payees
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.db import book as book_rows
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.check import check_books
from villagebooks.services.closing import choose_blocking, close_month, month_checklist
from villagebooks.services.correction import reverse_only
from villagebooks.services.desk import Desk, acting
from villagebooks.services.hint import batch_hints, sign_hint
from villagebooks.services.paper import draft_voucher, save_paper
from villagebooks.services.taken import explain_taken
from villagebooks.services.voucher import post_voucher, save_voucher
from villagebooks.services.watch import put_lines, read_lines

RULES = {"paid_bare", "bare_split", "bank_taken"}
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


def take_back(desk: Desk, staff: Staff, uid: str) -> str:
    red = reverse_only(desk, uid, date(2026, 9, 12), "补办报账单")
    sign_all(desk, red.uid, staff)
    return post_voucher(desk, red.uid).uid


def test_a_blue_voucher_is_told_in_full_in_place_of_the_one_taken_back(
    desk: Desk, staff: Staff, sign_and_post: Book
) -> None:
    red = take_back(desk, staff, sign_and_post(simple_draft(90_000)).uid)
    assert told(desk) == []
    blue = replace(simple_draft(190_000, date(2026, 9, 12)), corrects=red)
    saved = save_voucher(desk, blue)
    text = "付出 1,900.00 元，没有村里签过字的报账单"
    assert sign_hint(desk, saved.uid, ()).hints[-1].startswith(text)
    sign_all(desk, saved.uid, staff)
    post_voucher(desk, saved.uid)
    assert told(desk) == [f"paid_bare 2026-09 记-3 {text}"]
    assert listed(desk) == [f"paid_bare 记-3 {text}"]


def test_the_paper_of_a_blue_voucher_counts_once(desk: Desk, staff: Staff, sign_and_post: Book) -> None:
    red = take_back(desk, staff, sign_and_post(simple_draft(90_000, date(2026, 9, 2))).uid)
    paid_by(desk, staff, 90_000, 270_000, red, 25)
    text = "付出 2,700.00 元，签过字的报账单只有 900.00 元，差 1,800.00 元没有报账单"
    assert told(desk) == [f"paid_bare 2026-09 记-3 {text}"]
    assert listed(desk) == [f"paid_bare 记-3 {text}"]


def test_done_over_with_a_paper_of_one_yuan_a_payment_stays_in_its_split_on_its_first_day(
    desk: Desk, staff: Staff, sign_and_post: Book
) -> None:
    sign_and_post(simple_draft(90_000, date(2026, 9, 3)))
    one = sign_and_post(simple_draft(90_000, date(2026, 9, 5)))
    (before,) = told(desk)
    assert "3 天内分 2 张" in before
    red = take_back(desk, staff, one.uid)
    assert told(desk) == []
    blue = paid_by(desk, staff, 100, 90_000, red, 12)
    (after,) = told(desk)
    assert "记-4 3 天内分 2 张" in after
    assert "（2026-09 记-1、记-4），合计 1,799.00 元没有" in after
    paid_by(desk, staff, 90_000, 90_000, take_back(desk, staff, blue.uid), 13)
    assert (told(desk), listed(desk)) == ([], [])


def test_what_a_blue_voucher_pays_more_left_on_its_own_day(desk: Desk, staff: Staff, sign_and_post: Book) -> None:
    red = take_back(desk, staff, sign_and_post(simple_draft(100, date(2026, 9, 1))).uid)
    sign_and_post(replace(simple_draft(90_100, date(2026, 9, 20)), corrects=red))
    sign_and_post(simple_draft(60_000, date(2026, 9, 21)))
    (split,) = told(desk)
    assert "2 天内分 2 张付给同一科目 51302 办公费（2026-09 记-3、记-4），合计 1,500.00 元" in split


def test_a_payment_that_was_taken_back_is_told_again_only_when_it_is_done_over_without_a_paper(
    desk: Desk, staff: Staff, sign_and_post: Book
) -> None:
    first = sign_and_post(simple_draft(900_000))
    assert len(told(desk)) == len(listed(desk)) == 1

    red = take_back(desk, staff, first.uid)
    assert (told(desk), listed(desk)) == ([], [])
    blue = sign_and_post(replace(simple_draft(900_000, date(2026, 9, 12)), corrects=red))
    assert told(desk) == ["paid_bare 2026-09 记-3 付出 9,000.00 元，没有村里签过字的报账单"]
    red = take_back(desk, staff, blue.uid)
    assert told(desk) == []
    draft = draft_voucher(desk, [accepted(desk, staff, replace(simple_paper(), amount_fen=900_000))])
    lines = (replace(draft.lines[0], account="51302"), draft.lines[1])
    saved = save_voucher(desk, replace(draft, lines=lines, day=date(2026, 9, 12), corrects=red))
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


def paid_by(desk: Desk, staff: Staff, paper_fen: int, paid_fen: int, corrects: str = "", day: int = 10) -> Voucher:
    """A voucher made of a signed paper that says one amount and pays another."""
    draft = draft_voucher(desk, [accepted(desk, staff, replace(simple_paper(), amount_fen=paper_fen))])
    expense, money = draft.lines
    lines = (replace(expense, account="51302", debit_fen=paid_fen), replace(money, credit_fen=paid_fen))
    saved = save_voucher(desk, replace(draft, lines=lines, day=date(2026, 9, day), corrects=corrects))
    sign_all(desk, saved.uid, staff)
    return post_voucher(desk, saved.uid)


def test_one_small_paper_does_not_hide_a_large_payment(desk: Desk, staff: Staff) -> None:
    paid_by(desk, staff, 50_000, 150_000)
    assert told(desk) == []  # above the paper by the line, and no more
    paid_by(desk, staff, 60_000, 900_000)
    text = "付出 9,000.00 元，签过字的报账单只有 600.00 元，差 8,400.00 元没有报账单"
    assert told(desk) == [f"paid_bare 2026-09 记-2 {text}"]
    assert listed(desk) == [f"paid_bare 记-2 {text}"]


def test_a_payment_taken_back_and_done_over_with_too_small_a_paper_is_told_again(
    desk: Desk, staff: Staff, sign_and_post: Book
) -> None:
    first = sign_and_post(simple_draft(900_000))
    paid_by(desk, staff, 60_000, 900_000, take_back(desk, staff, first.uid), 12)
    text = "付出 9,000.00 元，签过字的报账单只有 600.00 元，差 8,400.00 元没有报账单"
    assert told(desk) == [f"paid_bare 2026-09 记-3 {text}"]


def test_payments_without_a_paper_that_were_split_over_a_few_days_are_told_together(
    desk: Desk, sign_and_post: Book
) -> None:
    for day in (1, 3):
        sign_and_post(simple_draft(50_000, date(2026, 9, day)))
    assert told(desk) == []
    uid = sign_and_post(simple_draft(60_000, date(2026, 9, 7))).uid
    text = "7 天内分 3 张付给同一科目 51302 办公费（2026-09 记-1、记-2、记-3），合计 1,600.00 元没有村里签过字的报账单"
    assert told(desk) == [f"bare_split 2026-09 记-3 {text}"]
    assert listed(desk) == [f"paid_bare 记-3 {text}"]
    assert [one.ref for one in month_checklist(desk) if one.rule in RULES] == [f"voucher:{uid}"]
    assert listed(desk.at(desk.period.plus(1))) == []
    put_lines(desk.office, replace(read_lines(desk.office), bare_days=6))
    assert told(desk) == [
        f"bare_split 2026-09 记-3 {text}".replace("7 天内分 3", "5 天内分 2")
        .replace("记-1、", "")
        .replace("1,600.00", "1,100.00")
    ]
    put_lines(desk.office, replace(read_lines(desk.office), bare_days=4))
    assert told(desk) == []
    put_lines(desk.office, replace(read_lines(desk.office), bare_days=0))
    assert (told(desk), listed(desk)) == ([], [])


def test_split_payments_are_told_to_who_signs_the_last_of_them(desk: Desk, sign_and_post: Book) -> None:
    sign_and_post(simple_draft(60_000, date(2026, 9, 28)))
    waiting = save_voucher(desk, simple_draft(60_000, date(2026, 9, 29)))

    def hints(uid: str) -> list[str]:
        return [one for one in sign_hint(desk, uid, ()).hints if "报账单" in one]

    (hint,) = hints(waiting.uid)
    assert "2 天内分 2 张付给同一科目 51302 办公费（2026-09 记-1、记-2），合计 1,200.00 元" in hint
    apart = save_voucher(desk, simple_draft(60_000, date(2026, 9, 10)))
    assert hints(apart.uid) == []
    of_both = batch_hints(desk.office, ((desk.book, (waiting.uid, apart.uid)),))
    assert [one for one in of_both if "报账单" in one] == [hint]


@pytest.mark.parametrize("second", [25, 26])
def test_a_split_over_the_end_of_a_month_is_told_alike_by_both_months_and_the_self_check(
    desk: Desk, sign_and_post: Book, second: int
) -> None:
    for day in (date(2026, 9, 20), date(2026, 9, second), date(2026, 9, 30), date(2026, 10, 3)):
        sign_and_post(simple_draft(60_000, day))
    text = (
        "14 天内分 4 张付给同一科目 51302 办公费（2026-09 记-1、记-2、记-3、2026-10 记-1），"
        "合计 2,400.00 元没有村里签过字的报账单"
    )
    assert told(desk) == [f"bare_split 2026-10 记-1 {text}"]
    assert listed(desk) == [f"paid_bare 记-3 {text}"]
    assert listed(desk.at(desk.period.plus(1))) == [f"paid_bare 记-1 {text}"]


def test_the_days_roll_on_behind_what_was_told(desk: Desk, sign_and_post: Book) -> None:
    for day, fen in ((1, 60_000), (3, 60_000), (9, 90_000), (25, 90_000)):
        sign_and_post(simple_draft(fen, date(2026, 9, day)))
    (split,) = told(desk)
    assert "9 天内分 3 张付给同一科目 51302 办公费（2026-09 记-1、记-2、记-3），合计 2,100.00 元" in split


def with_parties(desk: Desk) -> None:
    with acting(desk) as act:
        row = book_rows.book_id(act.connection, desk.book.code)
        book_rows.add_parties(
            act.connection, row, [Party("P0007", "清岑家具店", "unit"), Party("P0008", "老秤湾粮油店", "unit")]
        )
        act.record("party", f"parties:{row}")


def paying(day: int, parts: dict[str, int]) -> Draft:
    spent = tuple(replace(line("51302", fen), party=party) for party, fen in parts.items())
    return Draft(date(2026, 9, day), (*spent, line("101", credit=sum(parts.values()))), attachment_count=1)


def test_a_split_says_the_name_of_the_payee_and_counts_what_each_was_paid(desk: Desk, sign_and_post: Book) -> None:
    with_parties(desk)
    sign_and_post(paying(3, {"P0007": 60_000, "P0008": 100}))
    sign_and_post(paying(4, {"P0008": 39_900}))
    assert told(desk) == []
    sign_and_post(paying(5, {"P0007": 60_000}))
    text = "3 天内分 2 张付给清岑家具店（2026-09 记-1、记-3），合计 1,200.00 元没有村里签过字的报账单"
    assert told(desk) == [f"bare_split 2026-09 记-3 {text}"]
    assert listed(desk) == [f"paid_bare 记-3 {text}"]


def test_a_paper_made_out_to_one_payee_covers_what_that_one_was_paid(desk: Desk) -> None:
    spent = {("P0007", "51302"): 90_000, ("P0008", "51302"): 80_000, ("", "51303"): 500}
    names = {"P0007": "清岑家具店", "P0008": "老秤湾粮油店"}
    left = bare_parts(spent, Payees(names), [Cover("老秤湾粮油店", 80_000), Cover("旁人", 1)])
    assert left == (BarePart("", "51303", 500), BarePart("P0007", "", 90_000))
    payment = BarePayment("u", "记-1", date(2026, 9, 1), 170_500, 80_001, left)
    assert sum(fen for _part, _day, fen in payment.pieces()) in (90_498, 90_499)


def test_a_run_over_many_vouchers_names_the_first_of_them() -> None:
    part = (BarePart("甲", "", 60_000),)
    days = [date(2026, 9, day) for day in range(1, 13)]
    payments = [BarePayment(str(one.day), f"2026-09 记-{one.day}", one, 60_000, 0, part) for one in days]
    (split,) = find_bare_splits(payments, 100_000, 7)
    assert split.sentence.startswith(
        "12 天内分 12 张付给甲（2026-09 记-1、记-2、记-3、记-4、记-5、记-6、记-7、记-8等），"
    )


amounts = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 120_000), st.sampled_from("甲乙")), max_size=12)


@given(amounts, st.integers(1, 10), st.randoms())
def test_splits_are_those_of_every_span_of_days_above_the_line_in_whatever_order_payments_come(
    told_of: list[tuple[int, int, str]], days: int, chance: Random
) -> None:
    start = date(2026, 9, 1)
    payments = [
        BarePayment(str(n), str(n), start + timedelta(day), fen, 0, (BarePart(payee, "", fen),))
        for n, (day, fen, payee) in enumerate(told_of)
    ]
    found = find_bare_splits(payments, 100_000, days)
    groups: set[frozenset[str]] = set()
    for payee, begin in product("甲乙", range(-10, 61)):
        span = [
            one
            for one in payments
            if one.parts[0].party == payee and one.bare_fen <= 100_000 and 0 <= (one.day - start).days - begin < days
        ]
        if sum(one.bare_fen for one in span) > 100_000:
            joined = frozenset(one.uid for one in span)
            for other in [other for other in groups if other & joined]:
                groups.remove(other)
                joined |= other
            groups.add(joined)
    assert {frozenset(one.uid for one in split.payments) for split in found} == groups
    for split in found:
        assert split.fen == sum(one.bare_fen for one in split.payments)
        assert (split.first, split.last) == (split.payments[0].day, split.payments[-1].day)
    chance.shuffle(payments)
    assert find_bare_splits(payments, 100_000, days) == found


many = st.lists(st.integers(1, 90_000), min_size=1, max_size=4)


@given(many, st.lists(st.integers(0, 200_000), max_size=3))
def test_no_fen_of_a_payment_is_lost_among_payees_and_days(parts: list[int], before: list[int]) -> None:
    start = date(2026, 9, 1)
    payment = BarePayment(
        "u", "记-1", start + timedelta(9), sum(parts), 0,
        tuple(BarePart(str(n), "", fen) for n, fen in enumerate(parts)),
        tuple((start + timedelta(n), fen) for n, fen in enumerate(before)),
    )  # fmt: skip
    for n, fen in enumerate(parts):
        assert sum(piece for part, _day, piece in payment.pieces() if part.party == str(n)) == fen


def test_what_the_bank_took_blocks_until_the_director_signs_on_what_it_stands(desk: Desk, staff: Staff) -> None:
    taken = replace(simple_paper(), paid_how="银行扣收", approvers=(), bodies=(), amount_fen=250_000)
    uid = save_paper(desk, taken).uid
    choose_blocking(desk.office, {"bank_taken": "block"})
    (one,) = [one for one in month_checklist(desk) if one.rule in RULES]
    assert (one.blocks, one.ref) == (True, f"paper:{uid}")
    with pytest.raises(Refused, match="请写清楚凭哪份扣款协议、哪张回单"):
        explain_taken(desk, uid, "属实", staff.director)
    with pytest.raises(Refused, match="要由中心主任写明、签字，冯素芳不是"):
        explain_taken(desk, uid, "供电代扣协议，9月28日回单", staff.agent)
    other = save_paper(desk, replace(simple_paper(), amount_fen=10_000)).uid
    with pytest.raises(Refused, match="不是银行扣收的，按平常的付款补审批"):
        explain_taken(desk, other, "供电代扣协议，9月28日回单", staff.director)
    explain_taken(desk, uid, "供电代扣协议，9月28日回单", staff.director)
    assert (told(desk), listed(desk)) == ([], [])
    assert check_books(desk.office, deep=True) == check_books(desk.office)
    later = save_paper(desk, replace(taken, amount_fen=1)).uid  # more of it: told again
    assert [one.ref for one in month_checklist(desk) if one.rule in RULES] == [f"paper:{later}"]
