"""Small corruption as it would go about it: each way past a check that was found, tried through the services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.services.conftest import Staff, line
from tests.services.test_limit import INVOICE, attested, bill, refusal
from villagebooks.core.account import Account
from villagebooks.core.paper import Document, Paper
from villagebooks.core.party import Party
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.receipt import Receipt, ReceiptBook
from villagebooks.core.relative import Relative
from villagebooks.core.village import Village
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.db import book as book_rows
from villagebooks.services.approval import accept_paper, attest_paper, send_back_paper
from villagebooks.services.check import check_books
from villagebooks.services.closing import month_checklist
from villagebooks.services.desk import Desk, acting, open_desk
from villagebooks.services.office import new_book, open_book, put_settings
from villagebooks.services.overdue import excuse_paper
from villagebooks.services.paper import draft_voucher, issue_receipt_book, save_paper, void_receipt
from villagebooks.services.relative import register_relative
from villagebooks.services.ruling import look_at_paper
from villagebooks.services.voucher import save_voucher


def told(desk: Desk, *rules: str) -> list[str]:
    return [f"{one.row} {one.text}" for one in check_books(desk.office) if one.rule in rules]


SHOP = "墨香文具店（县城）"
SUM = "合计 993.00 元，超过村主任一人审批的 500.00 元"


@pytest.mark.parametrize("other", ["墨香文具店(县城)", "墨香 文具店（县城）", "墨香文具店（县城） "])
def test_a_bill_split_between_two_spellings_of_one_payee_is_told(ruled: Desk, staff: Staff, other: str) -> None:
    attested(ruled, staff, bill(49_800, "0451", payee=SHOP))
    second = attested(ruled, staff, bill(49_500, "0452", payee=other))
    assert [SUM in one for one in look_at_paper(ruled, second.uid).hints] == [True]
    assert [SUM in one for one in told(ruled, "split_bill")] == [True]


def test_a_list_stapled_to_an_invoice_does_not_hide_a_split_and_a_list_alone_is_none(ruled: Desk, staff: Staff) -> None:
    roll = Document("领款名册", "", "2026-09-09")
    for number, fen in (("0451", 49_800), ("0452", 49_500)):
        one = bill(fen, number)
        attested(ruled, staff, replace(one, documents=(*one.documents, roll)))
    assert [SUM in one for one in told(ruled, "split_bill")] == [True]


RELATIVE = Relative("", "V01", "田维国", "冉秀英", "配偶", since="2024-01-10")


@pytest.mark.parametrize("payee", ["冉秀英", "冉 秀英", "冉秀英等3人", "冉秀英（代领）", "张三、冉秀英"])
def test_a_relative_among_the_payees_is_told_however_it_is_written(ruled: Desk, staff: Staff, payee: str) -> None:
    register_relative(ruled.office, RELATIVE)
    paper = attested(ruled, staff, bill(40_000, payee=payee))
    assert len([one for one in look_at_paper(ruled, paper.uid).hints if "近亲属要回避" in one]) == 1
    assert len(told(ruled, "relative_payee")) == 1


def test_a_relative_whose_name_holds_the_word_for_and_is_told_among_several(ruled: Desk, staff: Staff) -> None:
    register_relative(ruled.office, replace(RELATIVE, name="冉和平"))
    for payee in ("冉和平、张三", "张三，冉和平等2人", "冉和平（代领）"):
        paper = attested(ruled, staff, bill(40_000, payee=payee))
        assert [one for one in look_at_paper(ruled, paper.uid).hints if "近亲属要回避" in one], payee


@pytest.mark.parametrize("payee", ["冉秀英子", "小冉秀英", "秀英", "冉秀"])
def test_somebody_of_a_name_alike_is_no_relative(ruled: Desk, staff: Staff, payee: str) -> None:
    register_relative(ruled.office, RELATIVE)
    paper = attested(ruled, staff, bill(40_000, payee=payee))
    assert look_at_paper(ruled, paper.uid).hints == ()
    assert told(ruled, "relative_payee") == []


def test_a_relative_who_is_paid_under_the_code_of_a_party_is_told(ruled: Desk, staff: Staff) -> None:
    register_relative(ruled.office, RELATIVE)
    with acting(ruled) as act:
        row = book_rows.book_id(act.connection, "V01")
        book_rows.add_parties(act.connection, row, [Party("P0007", "冉秀英", "person")])
        act.record("party", f"parties:{row}")
    paper = accept_paper(ruled, attested(ruled, staff, bill(40_000, payee="村里")).uid)
    draft = draft_voucher(ruled, [paper.uid])
    save_voucher(ruled, replace(draft, lines=(line("113", 40_000, party="P0007"), line("101", credit=40_000))))
    assert len(told(ruled, "relative_payee")) == 1


def test_whoever_approves_what_he_is_paid_himself_is_told_once(ruled: Desk, staff: Staff) -> None:
    paper = attested(ruled, staff, bill(40_000, payee="田维国"))
    text = "收款人就是审批人田维国：付给自己的钱请别的人审批（提示，不是结论）"
    assert look_at_paper(ruled, paper.uid).hints == (text,)
    assert told(ruled, "own_payee") == ["2026 报账单 1 田维国审批了付给自己的单子（提示，不是结论）"]


def test_who_handled_a_paper_may_be_paid_by_it(ruled: Desk, staff: Staff) -> None:
    paper = attested(ruled, staff, bill(40_000, payee="向丽蓉"))
    assert look_at_paper(ruled, paper.uid).hints == ()
    assert told(ruled, "own_payee") == []


@pytest.fixture
def next_village(ruled: Desk) -> Desk:
    """The desk of another village of the township."""
    accounts = book_accounts(ruled)
    book = new_book("V02", "V02", "槽口村", "代行", "2023", Month(2026, 1))
    open_book(ruled.office, Village("V02", "槽口村"), book, accounts)
    return open_desk(ruled.office, "V02", Month(2026, 9))


def book_accounts(desk: Desk) -> list[Account]:
    with desk.books.read() as connection:
        return list(book_rows.accounts(connection, book_rows.book_id(connection, "V01")).values())


@pytest.mark.parametrize(("kind", "number"), [
    ("数电票", INVOICE + "0451"),
    ("电子发票", INVOICE + "0451"),  # the same paper by another name
    ("数电票", "2699 0000 0000 0000 0451"),  # as it is printed
    ("数电票", "２６９９００００００００００００" + "0451"),
])  # fmt: skip
def test_one_invoice_in_two_villages_is_told_before_it_is_booked(
    ruled: Desk, staff: Staff, next_village: Desk, kind: str, number: str
) -> None:
    attested(ruled, staff, bill(40_000, "0451"))
    again = bill(40_000, documents=(Document(kind, number, "2026-09-09", 40_000),))
    saved = save_paper(next_village, again)
    hints = look_at_paper(next_village, saved.uid).hints
    assert hints == (f"{kind} {INVOICE}0451 在 V01 2026 报账单 1 也有：是不是一张单据报了两次，请对照原件",)
    assert len(told(ruled, "invoice_twice")) == 2


def test_one_invoice_twice_in_one_paper_is_told(ruled: Desk, staff: Staff) -> None:
    one = Document("数电票", INVOICE + "0451", "2026-09-09", 20_000)
    paper = attested(ruled, staff, bill(40_000, documents=(one, one)))
    assert len(look_at_paper(ruled, paper.uid).hints) == 1
    assert told(ruled, "invoice_twice") != []


def test_a_bank_slip_or_a_contract_of_several_papers_is_no_invoice_twice(ruled: Desk, staff: Staff) -> None:
    more = (Document("银行回单", "20260909000000000001", "2026-09-09"), Document("合同", "HT20260001", "2026-01-06"))
    for number in ("0451", "0460"):
        one = bill(10_000, number)
        last = attested(ruled, staff, replace(one, documents=(*one.documents, more[1])))
    assert look_at_paper(ruled, last.uid).hints == ()
    assert told(ruled, "invoice_twice") == []


def test_a_paper_that_is_dated_back_beside_its_old_invoice_needs_the_directors_reason(
    ruled: Desk, staff: Staff
) -> None:
    old = (Document("数电票", INVOICE + "0450", "2026-03-15", 40_000),)
    paper = bill(40_000, documents=old, day=date(2026, 3, 20))
    said = "报账单写的是 2026-03-20，已过 166 天（超过 90 天的要写明原因，由中心主任同意）"
    assert refusal(ruled, staff, paper) == [said]
    uid = save_paper(ruled, paper).uid
    assert look_at_paper(ruled, uid).overdue
    excuse_paper(ruled, uid, "收款人外出打工，九月才交来", staff.director)
    assert attest_paper(ruled, uid, staff.agent, "ab" * 32).state == "signed"


def taken_in(desk: Desk, day: date, number: str) -> Paper:
    income = replace(bill(10_000), direction="收入", documents=(Document("收款收据", number, day.isoformat(), 10_000),))
    receipt = Receipt("B-1", number, "used", day=day.isoformat(), amount_fen=10_000)
    return save_paper(desk, replace(income, day=day, payee=""), [receipt])


def test_receipts_out_of_order_are_told_and_those_of_one_day_are_not(desk: Desk, staff: Staff) -> None:
    issue_receipt_book(desk, ReceiptBook("B-1", "V01", "0012351", "0012375", "2026-01-05", "向丽蓉"))
    for day, number in ((3, "0012351"), (20, "0012352"), (20, "0012353")):
        taken_in(desk, date(2026, 9, day), number)
    assert told(desk, "receipt_order") == []
    taken_in(desk, date(2026, 9, 5), "0012354")
    assert told(desk, "receipt_order") == ["B-1/0012354 日期比前一号 0012353（2026-09-20） 早"]


def test_cash_above_what_may_be_kept_is_told_by_the_closing_where_the_township_set_it(
    desk: Desk, sign_and_post: Callable[[Draft], Voucher]
) -> None:
    for day, fen in ((5, 400_000), (6, 300_000), (9, -600_000)):
        lines = (
            (line("101", fen), line("10201", credit=fen))
            if fen > 0
            else (line("10201", -fen), line("101", credit=-fen))
        )
        sign_and_post(Draft(date(2026, 9, day), lines, attachment_count=1))

    def found(month: int = 0) -> list[str]:
        return [str(one) for one in month_checklist(desk.at(desk.period.plus(month))) if one.rule == "cash_limit"]

    assert found() == []
    put_settings(desk.office, {"disclosure": {"cash_limit_fen": 500_000}})
    text = "2026-09 101 库存现金：9月6日 手里有 7,000.00 元，超过最多可留的 5,000.00 元"
    assert found() == [f"{text}。多的存进银行；限额在“设置”的“公开榜”里定"]
    assert found(1) == []
    put_settings(desk.office, {"disclosure": {"cash_limit_fen": 700_000}})
    assert found() == []


def test_a_receipt_whose_paper_was_sent_back_is_told_until_its_money_is_booked(desk: Desk, staff: Staff) -> None:
    issue_receipt_book(desk, ReceiptBook("B-1", "V01", "0012351", "0012375", "2026-01-05", "向丽蓉"))
    paper = taken_in(desk, date(2026, 9, 3), "0012351")
    send_back_paper(desk, paper.uid, 1)
    for month in (0, 1):
        found = [one.text for one in month_checklist(desk.at(desk.period.plus(month))) if one.rule == "receipt_open"]
        assert found == ["收据 0012351 收的 100.00 元还没有入账"]
    with pytest.raises(Refused, match="已经用过或作废"):  # nor is it made away with as void
        void_receipt(desk, Receipt("B-1", "0012351", "void", day="2026-09-30"))
