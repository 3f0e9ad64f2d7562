"""A paper that is made out to a party covers nothing that another was paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.conftest import Staff, line, sign_all, simple_paper
from villagebooks.core.paper import Document, Paper
from villagebooks.core.party import Party
from villagebooks.core.payee import Cover, Payees, Strayed, find_strayed
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.db import book as book_rows
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.check import check_books
from villagebooks.services.closing import month_checklist
from villagebooks.services.desk import Desk, acting
from villagebooks.services.hint import batch_hints, save_with_hints, sign_hint
from villagebooks.services.paper import draft_voucher, save_paper
from villagebooks.services.ruling import look_at_paper
from villagebooks.services.voucher import post_voucher
from villagebooks.services.watch import put_lines, read_lines

SHOP, MILL = "清岑家具店", "老秤湾粮油店"


@pytest.fixture
def village(desk: Desk) -> Desk:
    """Two parties; payments above 10.00 without a paper are told."""
    put_lines(desk.office, replace(read_lines(desk.office), bare_fen=1_000))
    with acting(desk) as act:
        row = book_rows.book_id(act.connection, desk.book.code)
        book_rows.add_parties(
            act.connection,
            row,
            [Party("P0007", SHOP, "unit"), Party("P0008", MILL, "unit"), Party("P0009", "贺小满", "person")],
        )
        act.record("party", f"parties:{row}")
    return desk


def made_of(desk: Desk, staff: Staff, papers: dict[str, int], *lines: Line) -> Voucher:
    """A voucher of signed papers by payee (fen) with these lines, all of it paid in cash; saved."""
    made = [replace(simple_paper(), payee=payee, amount_fen=fen) for payee, fen in papers.items()]
    return booked(desk, staff, made, *lines, line("101", credit=sum(one.debit_fen for one in lines)))


def booked(desk: Desk, staff: Staff, papers: Sequence[Paper], *lines: Line) -> Voucher:
    """A voucher of these papers, signed by the village, with these lines; saved."""
    uids = []
    for paper in papers:
        uid = save_paper(desk, paper).uid
        attest_paper(desk, uid, staff.agent, "ab" * 32)
        uids.append(accept_paper(desk, uid).uid)
    draft = draft_voucher(desk, uids) if uids else Draft(desk.period.last_day, (), attachment_count=1)
    return save_with_hints(desk, replace(draft, lines=lines), 0)[0]


def told(desk: Desk, staff: Staff, voucher: Voucher) -> str:
    """What is told of papers before it is signed; the closing and the self-check say the same once it is posted."""
    (*_other, hint) = ("", *(one for one in sign_hint(desk, voucher.uid, ()).hints if "没有报账单" in one))
    sign_all(desk, voucher.uid, staff)
    post_voucher(desk, voucher.uid)
    listed = [one.text for one in month_checklist(desk) if one.rule == "paid_bare" and one.where == voucher.title]
    found = [
        one.text for one in check_books(desk.office) if one.rule == "paid_bare" and one.row.endswith(voucher.title)
    ]
    sentence = hint.removesuffix("，结账和自查会提示")
    assert listed == found == ([sentence] if sentence else [])
    return sentence


def test_a_paper_of_one_payee_covers_nothing_that_another_is_paid(village: Desk, staff: Staff) -> None:
    lines = (line("113", 10_000, party="P0007"), line("113", 20_000, party="P0008"))
    voucher = made_of(village, staff, {SHOP: 30_000}, *lines)
    text = f"付出 300.00 元，报账单是付给{SHOP}的，付给{MILL}的 200.00 元没有报账单"
    assert told(village, staff, voucher) == text


@pytest.mark.parametrize("papers", [
    {SHOP: 10_000, MILL: 20_000},  # each its own
    {SHOP: 10_000, "两户合计": 20_000},  # a payee that is no party may be anybody
    {" 清岑 家具店": 10_000, "P0008": 20_000},  # as people write names
    {SHOP: 9_500, MILL: 19_500},  # short by no more than the line
])  # fmt: skip
def test_papers_that_may_cover_whom_they_name_are_not_told(village: Desk, staff: Staff, papers: dict[str, int]) -> None:
    lines = (line("113", 10_000, party="P0007"), line("113", 20_000, party="P0008"))
    assert told(village, staff, made_of(village, staff, papers, *lines)) == ""


def test_a_line_without_a_party_may_be_anybodys(village: Desk, staff: Staff) -> None:
    assert told(village, staff, made_of(village, staff, {SHOP: 30_000}, line("51302", 30_000))) == ""


def test_a_party_that_says_what_the_money_is_for_is_no_payee(village: Desk, staff: Staff) -> None:
    lines = (line("51302", 30_000, party="P0008"),)  # a project, a fund, the autumn tea
    assert told(village, staff, made_of(village, staff, {SHOP: 30_000}, *lines)) == ""


def test_whoever_handled_a_paper_may_be_paid_back(village: Desk, staff: Staff) -> None:
    lines = (line("113", 30_000, party="向丽蓉"),)  # the reporter, who paid for it
    assert told(village, staff, made_of(village, staff, {SHOP: 30_000}, *lines)) == ""


@pytest.mark.parametrize(("payee", "parties"), [
    ("惠邻超市", ["惠邻超市（押金）"]),  # two accounts of one shop in the register
    ("滕大山", ["滕大山〔原桐油村〕"]),
    ("墨香文具店", ["清岑墨香文具店"]),  # both came into the register
    ("清岑县供电公司", ["县供电公司"]),
    ("贺小满（代领）", ["贺小满"]),
    ("村干部5人", ["罗显富", "冉光才"]),  # a list of names is stapled to it
    ("第四组六户", ["罗显富", "冉光才"]),
    ("贺小满等3人", ["罗显富", "冉光才"]),
    ("罗显富、冉光才", ["罗显富", "冉光才"]),
    ("罗显富", ["保洁员4人"]),  # who may be one of them
])  # fmt: skip
def test_nobody_is_accused_who_may_be_one_of_those_a_paper_is_made_out_to(payee: str, parties: list[str]) -> None:
    known = {
        name: name for name in ("惠邻超市", "滕大山", "村干部5人", "第四组六户", "罗显富、冉光才", *parties, payee)
    }
    spent = {(party, "202"): 100 for party in parties}
    assert find_strayed(spent, Payees(known), [Cover(payee, 100 * len(parties))]) is None


def test_a_list_of_names_covers_those_and_nobody_else() -> None:
    known = Payees({name: name for name in ("罗显富", "冉光才", "滕大山")})
    papers = [Cover("罗显富、冉光才", 100)]
    assert find_strayed({("小满", "202"): 100}, Payees({"1": "小满", "2": "贺小满"}), [Cover("贺小满", 100)])
    assert find_strayed({("滕大山", "202"): 100}, known, papers) == Strayed(100, ("罗显富、冉光才",), ("滕大山",))
    papers = [Cover("冉光才、罗显富", 100), Cover("冉光才、滕大山", 100)]  # whichever way they are taken
    assert find_strayed({("冉光才", "202"): 100, ("罗显富", "202"): 100}, known, papers) is None


def test_one_of_several_who_handled_a_paper_may_be_paid_back() -> None:
    known = Payees({name: name for name in ("清岑家具店", "向丽蓉")})
    assert find_strayed({("向丽蓉", "113"): 100}, known, [Cover("清岑家具店", 100, "向其昌、向丽蓉")]) is None


def test_instalments_of_a_paper_for_several_are_not_told_as_without_one(village: Desk, staff: Staff) -> None:
    uid = save_paper(village, replace(simple_paper(), payee=f"{SHOP}、{MILL}", amount_fen=30_000)).uid
    attest_paper(village, uid, staff.agent, "ab" * 32)
    draft = draft_voucher(village, [accept_paper(village, uid).uid])
    rest = [line("113", credit=10_000, party="P0007"), line("113", credit=15_000, party="P0008")]
    lines = (line("51302", 30_000), line("101", credit=5_000), *rest)
    for one in (
        replace(draft, lines=lines),
        replace(draft, papers=(), lines=(line("113", 10_000, party="P0007"), line("101", credit=10_000))),
        replace(draft, papers=(), lines=(line("113", 15_000, party="P0008"), line("101", credit=15_000))),
    ):
        assert told(village, staff, save_with_hints(village, one, 0)[0]) == ""


ROLL, BILL = Document("领款名册"), Document("数电票", "26990000000000012345", "2026-09-09", 30_000)


def a_list(*documents: Document, payee: str = "贺小满") -> Paper:
    return replace(simple_paper(), payee=payee, amount_fen=30_000, paid_how="转账", documents=documents)


def test_a_list_is_made_out_to_all_on_it_unless_it_is_stapled_to_an_invoice(village: Desk, staff: Staff) -> None:
    lines = (line("113", 10_000, party="P0007"), line("113", 20_000, party="P0008"), line("101", credit=30_000))
    assert told(village, staff, booked(village, staff, [a_list(ROLL)], *lines)) == ""
    text = f"付出 300.00 元，报账单是付给{SHOP}的，付给{MILL}的 200.00 元没有报账单"
    assert told(village, staff, booked(village, staff, [a_list(ROLL, BILL, payee=SHOP)], *lines)) == text


def test_what_a_list_left_owed_to_each_is_paid_later_without_another_paper(village: Desk, staff: Staff) -> None:
    owed = (line("113", credit=10_000, party="P0007"), line("113", credit=20_000, party="P0008"))
    first = booked(village, staff, [a_list(ROLL)], line("51302", 30_000), *owed)
    assert told(village, staff, first) == ""
    paid = (line("113", 10_000, party="P0007"), line("113", 20_000, party="P0008"), line("101", credit=30_000))
    assert told(village, staff, booked(village, staff, [], *paid)) == ""
    again = (line("113", 20_000, party="P0008"), line("101", credit=20_000))
    voucher = booked(village, staff, [], *again)
    bare = "付出 200.00 元，没有村里签过字的报账单，结账和自查会提示"
    assert [one for one in sign_hint(village, voucher.uid, ()).hints if "付出" in one] == [bare]


def test_several_vouchers_that_are_signed_at_once_say_whose_paper_covers_nothing(village: Desk, staff: Staff) -> None:
    one = made_of(village, staff, {SHOP: 30_000}, line("113", 30_000, party="P0008"))
    other = made_of(village, staff, {SHOP: 30_000}, line("113", 30_000, party="P0007"))
    hints = batch_hints(village.office, [(village.book, [one.uid, other.uid])])
    assert [hint for hint in hints if "没有报账单" in hint] == [
        f"2026-09 {one.title}：付出 300.00 元，报账单是付给{SHOP}的，付给{MILL}的 300.00 元没有报账单，结账和自查会提示"
    ]


NAMES = {"1": "甲店", "2": "乙店", "3": "丙店"}
SPENT = st.dictionaries(
    st.tuples(st.sampled_from(["", "1", "2", "3"]), st.sampled_from(["113", "514"])), st.integers(-900, 900)
)
PAPERS = st.lists(st.tuples(st.sampled_from(["", "甲店", "乙 店", "3", "某某"]), st.integers(1, 900)), max_size=6)


@given(SPENT, PAPERS, st.sampled_from(["", "1", "乙店", "某某"]))
def test_what_strays_is_what_neither_its_payee_nor_lines_of_nobody_could_take(
    spent: dict[tuple[str, str], int], papers: list[tuple[str, int]], handler: str
) -> None:
    payees = Payees(NAMES)
    mine = {code: sum(fen for who, fen in papers if payees.key(who) == payees.key(code)) for code in NAMES}
    over = {code: max(0, mine[code] - max(0, spent.get((code, "113"), 0))) for code in NAMES}
    anybodys = sum(max(0, fen) for (party, account), fen in spent.items() if not party or account == "514")
    expected = max(0, sum(over.values()) - anybodys)
    found = find_strayed(spent, payees, [Cover(*one) for one in papers])
    assert (found.fen if found else 0) == expected
    if found:
        assert set(found.payees) <= {NAMES[code] for code, fen in over.items() if fen}
        assert set(found.others) == {
            NAMES[code] for code in NAMES if max(0, spent.get((code, "113"), 0)) > mine[code]
        }  # fmt: skip
    handled = find_strayed(spent, payees, [Cover(*one, handler) for one in papers])
    assert (handled.fen if handled else 0) <= expected  # who handled it makes nobody suspect


def test_nobody_is_named_where_papers_say_more_than_is_paid() -> None:
    assert find_strayed({("1", "113"): 50}, Payees(NAMES), [Cover("甲店", 80)]) == Strayed(30, ("甲店",), ())


def listed(payee: str, *kinds: str) -> Paper:
    documents = tuple(Document(kind, f"{n}", "2026-09-01", 20_000) for n, kind in enumerate(kinds))
    return replace(simple_paper(), payee=payee, amount_fen=20_000, documents=documents)


def test_a_list_stapled_to_the_bill_of_a_shop_covers_nothing_that_another_is_paid(village: Desk, staff: Staff) -> None:
    paper = listed(SHOP, "发放表", "收据")
    uid = save_paper(village, paper).uid
    assert [one for one in look_at_paper(village, uid).hints if "名册只说明发给了谁" in one]
    voucher = booked(village, staff, [paper], line("113", 20_000, party="P0008"), line("101", credit=20_000))
    text = f"付出 200.00 元，报账单是付给{SHOP}的，付给{MILL}的 200.00 元没有报账单"
    assert told(village, staff, voucher) == text


def test_lists_of_people_and_shops_that_are_paid_themselves_are_left_alone(village: Desk, staff: Staff) -> None:
    for paper, party in (
        (listed("老秤湾村民小组", "领款表"), "P0008"), (listed(SHOP, "发放表"), "P0007"),
        (listed("清岑农村商业银行", "工资表"), "P0008"), (listed("匠缘劳务公司", "考勤表"), "P0008"),
    ):  # fmt: skip
        voucher = booked(village, staff, [paper], line("113", 20_000, party=party), line("101", credit=20_000))
        assert told(village, staff, voucher) == ""
    uid = save_paper(village, listed(SHOP, "发放表", "数电票")).uid
    assert [one for one in look_at_paper(village, uid).hints if "名册" in one] == []
