"""A voucher that pays another amount than its signed paper: told before it is signed, and by the closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.conftest import Staff, line, sign_all, simple_paper
from villagebooks.core.bare import OwedMove, less_settled, paid_of_owed
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.check import check_books
from villagebooks.services.closing import choose_blocking, close_month, month_checklist
from villagebooks.services.correction import correct_voucher, reverse_only
from villagebooks.services.desk import Desk
from villagebooks.services.hint import batch_hints, save_with_hints, sign_hint
from villagebooks.services.paper import draft_voucher, save_paper
from villagebooks.services.paper_gap import paper_gap
from villagebooks.services.voucher import post_voucher, read_voucher, void_voucher
from villagebooks.services.watch import put_lines, read_lines

APART = "报账单写支出 128.50 元，凭证的现金、银行支出 12,850.00 元，相差 12,721.50 元"


def paid(desk: Desk, staff: Staff, fen: int) -> tuple[Voucher, tuple[str, ...]]:
    """A voucher made of a signed paper of 128.50, saved with another amount; what is told of it."""
    uid = save_paper(desk, replace(simple_paper(), amount_fen=12_850)).uid
    attest_paper(desk, uid, staff.agent, "ab" * 32)
    draft = draft_voucher(desk, [accept_paper(desk, uid).uid])
    first, last = draft.lines
    first = replace(first, account="51302", debit_fen=fen)
    lines = (first, replace(last, credit_fen=fen))
    return save_with_hints(desk, replace(draft, lines=lines), 0)


def apart(texts: tuple[str, ...]) -> list[str]:
    return [one for one in texts if "报账单写" in one]


def test_a_voucher_of_a_hundred_times_its_paper_is_told_on_saving_signing_and_closing(desk: Desk, staff: Staff) -> None:
    put_lines(desk.office, replace(read_lines(desk.office), bare_fen=0))
    voucher, hints = paid(desk, staff, 1_285_000)
    told = [f"{APART}，结账和自查会提示"]
    assert apart(hints) == told
    assert apart(sign_hint(desk, voucher.uid, ()).hints) == told
    assert apart(batch_hints(desk.office, [(desk.book, [voucher.uid])])) == told
    sign_all(desk, voucher.uid, staff)
    post_voucher(desk, voucher.uid)
    (one,) = [one for one in month_checklist(desk) if one.rule == "paper_amount"]
    assert (one.where, one.text, one.ref, one.blocks) == (voucher.title, APART, f"voucher:{voucher.uid}", False)
    assert [one.text for one in check_books(desk.office) if one.rule == "paper_amount"] == [
        "报账单与现金、银行收付相差 12,721.50 元"
    ]
    choose_blocking(desk.office, {"paper_amount": "block"})
    with pytest.raises(Refused, match="相差 12,721"):
        close_month(desk, staff.agent)


def test_a_voucher_of_its_papers_amount_is_not_told(desk: Desk, staff: Staff) -> None:
    voucher, hints = paid(desk, staff, 12_850)
    assert apart(hints) == []
    gap = paper_gap(desk, read_voucher(desk, voucher.uid))
    assert gap is not None
    assert (gap.said_fen, gap.moved_fen, gap.differs) == (-12_850, -12_850, False)
    sign_all(desk, voucher.uid, staff)
    post_voucher(desk, voucher.uid)
    assert [one for one in month_checklist(desk) if one.rule == "paper_amount"] == []


def test_a_payment_above_the_line_beyond_its_paper_is_told_once(desk: Desk, staff: Staff) -> None:
    put_lines(desk.office, replace(read_lines(desk.office), bare_fen=1_000))
    _voucher, hints = paid(desk, staff, 1_285_000)
    assert len([one for one in hints if "12,721.50" in one]) == 1


def in_parts(
    desk: Desk, staff: Staff, paid_fen: int, owed_fen: int, account: str = "113", party: str = "", payee: str = ""
) -> Voucher:
    """A voucher made of a signed paper of 128.50: so much paid, so much booked as owed."""
    paper = replace(simple_paper(), amount_fen=12_850)
    uid = save_paper(desk, replace(paper, payee=payee or paper.payee)).uid
    attest_paper(desk, uid, staff.agent, "ab" * 32)
    draft = draft_voucher(desk, [accept_paper(desk, uid).uid])
    first, last = draft.lines
    lines = (
        replace(first, account="51302", debit_fen=paid_fen + owed_fen), replace(last, credit_fen=paid_fen),
        replace(last, account=account, credit_fen=owed_fen, party=party),
    )  # fmt: skip
    lines = tuple(one for one in lines if one.net_fen)
    voucher, _hints = save_with_hints(desk, replace(draft, lines=lines), 0)
    return voucher


def test_the_first_instalment_is_told_as_a_part_and_is_no_difference(desk: Desk, staff: Staff) -> None:
    uid = in_parts(desk, staff, 5_000, 7_850).uid
    told = "部分支付：报账单 128.50 元，这次付 50.00 元，还有 78.50 元记在应付、往来里"
    assert [one for one in sign_hint(desk, uid, ()).hints if "报账单" in one] == [told]
    gap = paper_gap(desk, read_voucher(desk, uid))
    assert gap is not None
    assert gap.told == told
    sign_all(desk, uid, staff)
    post_voucher(desk, uid)
    assert [one for one in month_checklist(desk) if one.rule == "paper_amount"] == []
    assert [one for one in check_books(desk.office) if one.rule == "paper_amount"] == []


@pytest.mark.parametrize(("paid_fen", "owed_fen", "account", "told"), [
    (5_000, 9_000, "113", "报账单写支出 128.50 元，凭证的现金、银行支出 50.00 元，相差 78.50 元"),
    (13_000, 1_000, "113", "报账单写支出 128.50 元，凭证的现金、银行支出 130.00 元，相差 1.50 元"),
    (5_000, 7_850, "301", "报账单写支出 128.50 元，凭证的现金、银行支出 50.00 元，相差 78.50 元"),
])  # fmt: skip
def test_what_is_owed_beyond_the_paper_or_stands_elsewhere_is_a_difference(
    desk: Desk, staff: Staff, paid_fen: int, owed_fen: int, account: str, told: str
) -> None:
    put_lines(desk.office, replace(read_lines(desk.office), bare_fen=0))
    uid = in_parts(desk, staff, paid_fen, owed_fen, account).uid
    assert apart(sign_hint(desk, uid, ()).hints) == [f"{told}，结账和自查会提示"]
    sign_all(desk, uid, staff)
    post_voucher(desk, uid)
    assert [one.text for one in month_checklist(desk) if one.rule == "paper_amount"] == [told]
    assert len([one for one in check_books(desk.office) if one.rule == "paper_amount"]) == 1


def instalment(desk: Desk, staff: Staff, day: int, fen: int, party: str = "清岑家具店") -> tuple[str, list[str]]:
    """A voucher without a paper that pays what is owed; what of papers is told before it is signed."""
    lines = (line("113", fen, party=party), line("101", credit=fen))
    voucher, _hints = save_with_hints(desk, Draft(date(2026, 9, day), lines), 0)
    told = [one for one in sign_hint(desk, voucher.uid, ()).hints if "报账单" in one]
    sign_all(desk, voucher.uid, staff)
    post_voucher(desk, voucher.uid)
    return voucher.title, told


def bare_told(desk: Desk) -> tuple[list[str], list[str]]:
    """Titles in the month's checklist, and in the self-check."""
    rules = ("paid_bare", "bare_split")
    here = [one.where for one in month_checklist(desk) if one.rule in rules]
    return here, [one.row.removeprefix("2026-09 ") for one in check_books(desk.office) if one.rule in rules]


def test_instalments_are_covered_by_the_signed_paper_up_to_what_it_says(desk: Desk, staff: Staff) -> None:
    put_lines(desk.office, replace(read_lines(desk.office), bare_fen=1_000, bare_days=30))
    first = in_parts(desk, staff, 5_000, 7_850, party="清岑家具店", payee="清岑家具店")
    sign_all(desk, first.uid, staff)
    post_voucher(desk, first.uid)
    assert instalment(desk, staff, 15, 4_000)[1] == []
    assert instalment(desk, staff, 16, 3_850)[1] == []
    assert bare_told(desk) == ([], [])
    title, told = instalment(desk, staff, 17, 2_000)
    assert told == ["付出 20.00 元，没有村里签过字的报账单，结账和自查会提示"]
    assert [title in one for one in bare_told(desk)] == [True, True]


def test_what_is_owed_to_one_covers_no_payment_to_another(desk: Desk, staff: Staff) -> None:
    put_lines(desk.office, replace(read_lines(desk.office), bare_fen=1_000))
    first = in_parts(desk, staff, 5_000, 7_850, party="清岑家具店", payee="清岑家具店")
    sign_all(desk, first.uid, staff)
    post_voucher(desk, first.uid)
    title, told = instalment(desk, staff, 15, 7_850, "别的店")
    assert told == ["付出 78.50 元，没有村里签过字的报账单，结账和自查会提示"]
    assert bare_told(desk) == ([title], [title])


MOVES = st.lists(st.tuples(st.integers(-9_000, 9_000), st.integers(0, 9_000), st.sampled_from("甲乙")), max_size=12)


@given(MOVES)
def test_no_instalments_are_covered_beyond_what_signed_papers_left_owed_before(
    moves: list[tuple[int, int, str]],
) -> None:
    made = [OwedMove(str(place), "211", party, fen, signed) for place, (fen, signed, party) in enumerate(moves)]
    for end in range(len(made) + 1):
        paid = paid_of_owed(made[:end])
        for who in "甲乙":
            covered = sum(fen for some in paid.values() for party, fen in some if party == who)
            signed = sum(min(one.fen, one.signed_fen) for one in made[:end] if one.party == who and one.fen > 0)
            assert 0 <= covered <= signed
    for uid, some in paid_of_owed(made).items():
        owed = sum(one.fen for one in made[: int(uid)] if one.party == made[int(uid)].party)
        assert 0 < sum(fen for _party, fen in some) <= min(-made[int(uid)].fen, owed)


def book(desk: Desk, staff: Staff, day: int, *lines: Line) -> Voucher:
    """A voucher without a paper, posted."""
    return post(desk, staff, save_with_hints(desk, Draft(date(2026, 9, day), lines, attachment_count=1), 0)[0])


def post(desk: Desk, staff: Staff, voucher: Voucher) -> Voucher:
    sign_all(desk, voucher.uid, staff)
    return post_voucher(desk, voucher.uid)


def changed(desk: Desk, voucher: Voucher, lines: tuple[Line, ...]) -> Voucher:
    """The voucher saved again with other lines."""
    draft = Draft(
        voucher.day, lines, attachment_count=1, papers=voucher.papers, uid=voucher.uid, corrects=voucher.corrects
    )  # fmt: skip
    return save_with_hints(desk, draft, voucher.rev)[0]


@pytest.fixture
def shop(desk: Desk) -> str:
    """The payee of the papers; payments above 10.00 without a paper are told."""
    put_lines(desk.office, replace(read_lines(desk.office), bare_fen=1_000, bare_days=30))
    return "清岑家具店"


def test_a_bill_that_settles_an_advance_covers_no_second_payment(desk: Desk, staff: Staff, shop: str) -> None:
    advance = book(desk, staff, 5, line("113", 12_850, party=shop), line("101", credit=12_850))
    post(desk, staff, in_parts(desk, staff, 0, 12_850, party=shop, payee=shop))
    again, told = instalment(desk, staff, 15, 12_850)
    assert told == ["付出 128.50 元，没有村里签过字的报账单，结账和自查会提示"]
    assert bare_told(desk) == ([advance.title, again], [advance.title, again])


def test_income_spent_at_once_leaves_nothing_owed_of_the_bill_it_paid(desk: Desk, staff: Staff, shop: str) -> None:
    voucher = in_parts(desk, staff, 2_850, 10_000, party=shop, payee=shop)
    expense, *rest = voucher.lines
    lines = (replace(expense, debit_fen=22_850), *rest, line("50101", credit=10_000))
    voucher = changed(desk, voucher, lines)
    gap = "报账单写支出 128.50 元，凭证的现金、银行支出 28.50 元，相差 100.00 元"
    assert apart(sign_hint(desk, voucher.uid, ()).hints) == [f"{gap}，结账和自查会提示"]  # no part payment
    post(desk, staff, voucher)
    assert [one.text for one in month_checklist(desk) if one.rule == "paper_amount"] == [gap]
    assert len([one for one in check_books(desk.office) if one.rule == "paper_amount"]) == 1
    title, told = instalment(desk, staff, 15, 10_000)
    assert told == ["付出 100.00 元，没有村里签过字的报账单，结账和自查会提示"]
    assert bare_told(desk) == ([title], [title])


def test_a_debt_that_is_waived_covers_no_cash_for_something_else(desk: Desk, staff: Staff, shop: str) -> None:
    post(desk, staff, in_parts(desk, staff, 5_000, 7_850, party=shop, payee=shop))
    title = book(
        desk, staff, 15, line("113", 7_850, party=shop), line("50101", credit=7_850),
        line("51302", 7_850), line("101", credit=7_850),
    ).title  # fmt: skip
    assert bare_told(desk) == ([title], [title])
    title, _told = instalment(desk, staff, 16, 2_000)  # and nothing is owed any more
    assert title in bare_told(desk)[0][1]


def test_a_first_voucher_that_was_taken_back_covers_nothing_until_it_is_done_over(
    desk: Desk, staff: Staff, shop: str
) -> None:
    first = post(desk, staff, in_parts(desk, staff, 5_000, 7_850, party=shop, payee=shop))
    later, _told = instalment(desk, staff, 15, 7_850)
    assert bare_told(desk) == ([], [])
    redone = correct_voucher(desk, first.uid, date(2026, 9, 20))
    post(desk, staff, redone.red)
    assert bare_told(desk) == ([later], [later])
    blue = changed(desk, redone.blue, redone.blue.lines)
    assert [one for one in sign_hint(desk, blue.uid, ()).hints if "报账单" in one] == []
    post(desk, staff, blue)  # its paper is that of the first
    assert bare_told(desk) == ([], [])


def test_a_voucher_done_over_is_covered_by_the_papers_of_what_it_does_over_and_no_farther(
    desk: Desk, staff: Staff, shop: str
) -> None:
    first = post(desk, staff, in_parts(desk, staff, 12_850, 0, payee=shop))
    redone = correct_voucher(desk, first.uid, date(2026, 9, 20))
    post(desk, staff, redone.red)
    expense, money = redone.blue.lines
    lines = (replace(expense, debit_fen=17_850), replace(money, credit_fen=17_850))
    blue = post(desk, staff, changed(desk, redone.blue, lines))
    told = "付出 178.50 元，签过字的报账单只有 128.50 元，差 50.00 元没有报账单"
    assert [one.text for one in month_checklist(desk) if one.rule == "paid_bare"] == [told]
    again = correct_voucher(desk, blue.uid, date(2026, 9, 21))
    post(desk, staff, again.red)
    lines = (replace(expense, debit_fen=12_850), replace(money, credit_fen=12_850))
    post(desk, staff, changed(desk, again.blue, lines))
    assert bare_told(desk) == ([], [])


def october(desk: Desk) -> Desk:
    return desk.at(desk.period.plus(1))


def take_back(desk: Desk, staff: Staff, uid: str, day: date = date(2026, 10, 12)) -> Voucher:
    return post(desk, staff, reverse_only(desk, uid, day, "村里退回了报账单"))


def told_in(desk: Desk) -> list[tuple[str, str, str]]:
    rules = ("paid_bare", "bare_split")
    return [(one.where, one.text, one.ref) for one in month_checklist(desk) if one.rule in rules]


def test_the_month_of_the_red_voucher_tells_the_payments_of_earlier_months_that_it_left_without_a_paper(
    desk: Desk, staff: Staff, shop: str
) -> None:
    first = post(desk, staff, in_parts(desk, staff, 5_000, 7_850, party=shop, payee=shop))
    title, _told = instalment(desk, staff, 15, 7_850)
    assert told_in(october(desk)) == []
    red = take_back(october(desk), staff, first.uid)
    (one,) = told_in(october(desk))
    said = "付出 78.50 元，没有村里签过字的报账单"
    assert one[:2] == (
        f"2026-09 {title}",
        f"本月 {red.title} 冲销了用报账单做的凭证，这张付款靠的就是那张报账单：{said}",
    )
    assert [one[:2] for one in told_in(desk)] == [(title, said)]
    assert told_in(desk.at(desk.period.plus(2))) == []
    choose_blocking(desk.office, {"paid_bare": "block"})
    with pytest.raises(Refused, match="靠的就是那张报账单"):
        close_month(october(desk), staff.agent)


def test_a_red_voucher_tells_nothing_of_payments_that_never_had_a_paper_or_have_one_still(
    desk: Desk, staff: Staff, shop: str
) -> None:
    bare, _told = instalment(desk, staff, 14, 9_000, "别的店")
    post(desk, staff, in_parts(desk, staff, 5_000, 7_850, party=shop, payee=shop))
    instalment(desk, staff, 15, 7_850)
    other = post(desk, staff, in_parts(desk, staff, 12_850, 0, payee="又一家店"))
    take_back(october(desk), staff, other.uid)
    assert told_in(october(desk)) == []
    assert [one[0] for one in told_in(desk)] == [bare]


def test_small_payments_that_a_red_voucher_left_without_a_paper_are_told_together(
    desk: Desk, staff: Staff, shop: str
) -> None:
    first = post(desk, staff, in_parts(desk, staff, 5_000, 7_850, party=shop, payee=shop))
    for day in (15, 16):
        last, _told = instalment(desk, staff, day, 900)
    red = take_back(october(desk), staff, first.uid)
    (one,) = told_in(october(desk))
    assert one[0] == f"2026-09 {last}"
    assert one[1].startswith(f"本月 {red.title} 冲销了用报账单做的凭证，这张付款靠的就是那张报账单：2 天内分 2 张付给")


def test_done_over_in_the_month_of_the_red_voucher_nothing_is_told(desk: Desk, staff: Staff, shop: str) -> None:
    first = post(desk, staff, in_parts(desk, staff, 5_000, 7_850, party=shop, payee=shop))
    instalment(desk, staff, 15, 7_850)
    redone = correct_voucher(october(desk), first.uid, date(2026, 10, 12))
    post(october(desk), staff, redone.red)
    assert len(told_in(october(desk))) == 1
    post(october(desk), staff, redone.blue)
    assert (told_in(desk), told_in(october(desk))) == ([], [])


def test_a_voucher_not_posted_yet_covers_nothing_that_is(desk: Desk, staff: Staff, shop: str) -> None:
    first = in_parts(desk, staff, 5_000, 7_850, party=shop, payee=shop)
    title, told = instalment(desk, staff, 15, 7_850)
    text = "这次付的有 78.50 元，报账单在还没有记账的凭证里：那张作废，结账和自查就会提示"
    assert told == [text]
    assert bare_told(desk) == ([title], [title])
    void_voucher(desk, first.uid, "填错")
    assert bare_told(desk) == ([title], [title])


def test_a_payee_of_another_name_is_not_covered_by_what_is_booked_as_owed(desk: Desk, staff: Staff, shop: str) -> None:
    post(desk, staff, in_parts(desk, staff, 5_000, 7_850, party="别的店", payee=shop))
    title, _told = instalment(desk, staff, 15, 7_850, "别的店")
    assert bare_told(desk) == ([title], [title])


def test_what_is_set_off_is_no_cash() -> None:
    assert less_settled([("甲", 3), ("乙", 5)], 4) == [("乙", 4)]
    assert less_settled([("甲", 3)], 0) == [("甲", 3)]
    assert less_settled([("甲", 3)], 9) == []


def test_of_a_bill_larger_than_the_advance_in_the_opening_only_the_rest_is_owed() -> None:
    opening, bill, paid = (
        OwedMove("0", "113", "甲", -60),
        OwedMove("1", "113", "甲", 100, 100),
        OwedMove("2", "113", "甲", -100),
    )
    assert paid_of_owed([opening, bill, paid]) == {"2": [("甲", 40)]}
    assert paid_of_owed([replace(opening, fen=-100), bill, paid]) == {}
    assert paid_of_owed([replace(opening, account="112"), bill, paid]) == {"2": [("甲", 100)]}


def test_instalments_that_are_signed_with_their_bill_lean_on_nothing_else(desk: Desk, staff: Staff, shop: str) -> None:
    first = in_parts(desk, staff, 5_000, 7_850, party=shop, payee=shop)
    lines = (line("113", 7_850, party=shop), line("101", credit=7_850))
    second, _hints = save_with_hints(desk, Draft(date(2026, 9, 15), lines), 0)
    both = batch_hints(desk.office, [(desk.book, [first.uid, second.uid])])
    assert [one for one in both if "还没有记账" in one] == []
    (alone,) = [one for one in batch_hints(desk.office, [(desk.book, [second.uid])]) if "还没有记账" in one]
    assert alone.startswith("这次付的有 78.50 元，报账单在还没有记账的凭证里")


def test_whoever_signs_a_red_voucher_hears_which_payments_it_leaves_without_a_paper(
    desk: Desk, staff: Staff, shop: str
) -> None:
    first = post(desk, staff, in_parts(desk, staff, 5_000, 7_850, party=shop, payee=shop))
    title, _told = instalment(desk, staff, 15, 7_850)
    red = reverse_only(october(desk), first.uid, date(2026, 10, 12), "村里退回了报账单")
    told = f"红字记账以后，2026-09 {title} 付出 78.50 元，没有村里签过字的报账单，结账和自查会提示"
    assert [one for one in sign_hint(desk, red.uid, ()).hints if "报账单" in one] == [told]
    void_voucher(october(desk), red.uid, "不退了")
    redone = correct_voucher(october(desk), first.uid, date(2026, 10, 12))
    assert [one for one in sign_hint(desk, redone.red.uid, ()).hints if "报账单" in one] == []


def test_a_split_with_payments_that_are_not_posted_names_them(desk: Desk, staff: Staff, shop: str) -> None:
    lines = (line("113", 900, party=shop), line("101", credit=900))
    for day in (5, 6):
        voucher, _hints = save_with_hints(desk, Draft(date(2026, 9, day), lines, attachment_count=1), 0)
    (told,) = [one for one in sign_hint(desk, voucher.uid, ()).hints if "2 张" in one]
    assert told.endswith("合计 18.00 元没有村里签过字的报账单（其中 2026-09 记-1 还没有记账），结账和自查会提示")


def test_a_day_below_zero_is_told_before_signing_though_the_month_ends_above(desk: Desk, staff: Staff) -> None:
    put_lines(desk.office, replace(read_lines(desk.office), bare_fen=0))
    save_with_hints(desk, Draft(date(2026, 9, 20), (line("101", 50_000), line("50101", credit=50_000))), 0)
    early = Draft(date(2026, 9, 5), (line("51302", 9_000), line("101", credit=9_000)), attachment_count=1)
    book(desk, staff, 20, line("101", 50_000), line("50101", credit=50_000))
    voucher, hints = save_with_hints(desk, early, 0)
    told = "101 库存现金：9月5日起差 90.00（没有记账的凭证也算在内），结账和自查会提示"
    assert hints == (told,)
    sign_all(desk, voucher.uid, staff)
    post_voucher(desk, voucher.uid)
    assert [one.text for one in month_checklist(desk) if one.rule == "money"] == [
        "1 天结存为负，最多是 9月5日 −90.00 元"
    ]
