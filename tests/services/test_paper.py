"""Papers between the counter and the voucher: used once, changed only while no voucher holds them."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PIL import Image as Picture
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.services.conftest import Staff, cancel_all, sign_all, simple_paper
from villagebooks.core.account import Account
from villagebooks.core.approval import APPROVE, WITHDRAW
from villagebooks.core.paper import Paper
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.receipt import Receipt, ReceiptBook, next_number
from villagebooks.core.village import Village
from villagebooks.core.voucher import Draft
from villagebooks.services.account import add_account, chart_accounts, set_needs
from villagebooks.services.approval import accept_paper, approvals, attest_paper, send_back_paper
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.office import new_book, open_book
from villagebooks.services.paper import (
    attach_image,
    draft_voucher,
    issue_receipt_book,
    issued_books,
    list_receipt_books,
    propose_voucher,
    read_paper,
    receipt_counts,
    save_paper,
    void_receipt,
)
from villagebooks.services.voucher import post_voucher, save_voucher, void_voucher

Accept = Callable[[], Paper]
RECEIPTS = ReceiptBook("S1", "V01", "0000001", "0000025", "2026-09-01", "向丽蓉")


@pytest.fixture
def accept(desk: Desk, staff: Staff) -> Accept:
    """A paper that the centre has taken."""

    def act() -> Paper:
        paper = save_paper(desk, simple_paper())
        attest_paper(desk, paper.uid, staff.agent, scan="ab" * 32)
        return accept_paper(desk, paper.uid)

    return act


def draft_of(desk: Desk, paper: Paper) -> Draft:
    draft = draft_voucher(desk, [paper.uid])
    return replace(draft, lines=(replace(draft.lines[0], account="51302"), draft.lines[1]))


def test_one_paper_never_makes_two_vouchers(desk: Desk, accept: Accept) -> None:
    draft = draft_of(desk, accept())
    save_voucher(desk, draft)
    with pytest.raises(Refused, match="报账单 1 已做进 2026-09 记-1，不能入账两次"):
        save_voucher(desk, draft)
    with pytest.raises(Refused, match="报账单 1 已做进 2026-09 记-1"):
        draft_voucher(desk, draft.papers)
    with pytest.raises(Refused, match="同一张报账单选了两次"):
        save_voucher(desk, replace(draft, papers=draft.papers * 2))


def test_the_account_of_a_paper_is_filled_as_the_village_booked_such_papers_before(
    desk: Desk, accept: Accept, staff: Staff
) -> None:
    draft = draft_voucher(desk, [accept().uid])
    saved = save_voucher(desk, replace(draft, lines=(replace(draft.lines[0], account="51302"), draft.lines[1])))
    sign_all(desk, saved.uid, staff)
    post_voucher(desk, saved.uid)
    again, why = propose_voucher(desk, [accept().uid])
    assert [(line.account, line.debit_fen, line.credit_fen) for line in again.lines] == [
        ("51302", 74_260, 0), ("101", 0, 74_260),
    ]  # fmt: skip
    assert why == ("第 2 号的科目照 2026-09 记-1 填",)
    assert draft_voucher(desk, again.papers) == again


def test_a_paper_without_precedent_takes_the_template_and_where_none_is_alike_the_cell_is_empty(
    desk: Desk, staff: Staff
) -> None:
    said = []
    for words in ("付水电费", "买鱼苗"):
        paper = save_paper(desk, replace(simple_paper(), words=words, group="", payee=""))
        attest_paper(desk, paper.uid, staff.agent, scan="ab" * 32)
        accept_paper(desk, paper.uid)
        draft, why = propose_voucher(desk, [paper.uid])
        said.append((draft.lines[0].account, *why))
    assert said[1] == ("", "第 2 号的科目没有找到先例，请选")
    assert said[0][0] == "" or said[0][1] == "第 1 号的科目照模板“付水电费”填"


def test_the_payee_of_a_paper_is_the_party_where_the_account_asks_for_one(
    desk: Desk, accept: Accept, staff: Staff
) -> None:
    set_needs(desk, "51302", ["party"])
    draft = draft_voucher(desk, [accept().uid])
    line = replace(draft.lines[0], account="51302", party="清岑墨香文具店")
    saved = save_voucher(desk, replace(draft, lines=(line, draft.lines[1])))
    sign_all(desk, saved.uid, staff)
    post_voucher(desk, saved.uid)
    other = save_paper(desk, replace(simple_paper(), payee="惠邻超市"))
    attest_paper(desk, other.uid, staff.agent, scan="ab" * 32)
    accept_paper(desk, other.uid)
    first = draft_voucher(desk, [other.uid]).lines[0]
    assert (first.account, first.party) == ("51302", "惠邻超市")
    assert save_voucher(desk, draft_voucher(desk, [other.uid])).lines[0].party == "惠邻超市"  # a new party


def test_a_paper_of_a_void_voucher_may_be_used_again(desk: Desk, accept: Accept, staff: Staff) -> None:
    draft = draft_of(desk, accept())
    void_voucher(desk, save_voucher(desk, draft).uid)
    again = save_voucher(desk, draft_of(desk, read_paper(desk, draft.papers[0])))
    sign_all(desk, again.uid, staff)
    assert post_voucher(desk, again.uid).state == "posted"
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []


def test_a_draft_with_papers_keeps_them_when_it_moves_to_another_month(desk: Desk, accept: Accept) -> None:
    paper = accept()
    saved = save_voucher(desk, draft_of(desk, paper))
    draft = Draft(date(2026, 10, 8), saved.lines, papers=saved.papers, uid=saved.uid)
    assert save_voucher(desk, draft).papers == (paper.uid,)


def test_a_paper_under_a_voucher_is_not_sent_back_behind_its_signers(
    desk: Desk, accept: Accept, staff: Staff
) -> None:  # fmt: skip
    paper = accept()
    voucher = save_voucher(desk, draft_of(desk, paper))
    sign_all(desk, voucher.uid, staff)
    with pytest.raises(Refused, match="报账单 1 已做进 2026-09 记-1，请先作废那张凭证，再退回"):
        send_back_paper(desk, paper.uid, 1)
    cancel_all(desk, voucher.uid, staff)
    with pytest.raises(Refused, match=r"报账单 1 已受理：退回要由签过的同样各步（.*）在撤销单上签字"):
        send_back_paper(desk, paper.uid, 1)
    with pytest.raises(Refused, match="龙小梅没有登记签字的职责"):
        send_back_paper(desk, paper.uid, 1, staff.cashier, "ab" * 32)
    with pytest.raises(IntegrityError, match="已受理的报账单"), desk.books.write() as connection:
        connection.execute(text("UPDATE paper SET state = 'sent_back' WHERE state = 'accepted'"))
    with pytest.raises(Refused, match="这是报账单 1 当初签字的扫描件，请放入撤销单的扫描件"):
        send_back_paper(desk, paper.uid, 1, staff.agent, "ab" * 32)
    assert send_back_paper(desk, paper.uid, 1, staff.agent, "cd" * 32).state == "sent_back"
    given = approvals(desk, paper.uid)
    signed = [(one.step, one.name, one.mode) for one in given if one.decision == APPROVE]
    assert [(one.step, one.name, one.mode) for one in given if one.decision == WITHDRAW] == signed
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []


def test_a_paper_is_numbered_within_its_year(desk: Desk) -> None:
    old = save_paper(desk, simple_paper(date(2026, 12, 30)))
    save_paper(desk, simple_paper(date(2027, 1, 2)))
    with pytest.raises(Refused, match="报账单按年编号，日期不能改到别的年份"):
        save_paper(desk, replace(old, day=date(2027, 1, 3)))


def test_words_pasted_from_a_pdf_are_kept_as_they_can_be_signed(desk: Desk) -> None:
    paper = save_paper(desk, replace(simple_paper(), words="奏樂\uf914\n队\u202e补助", payee="e\u0301lan"))
    assert (paper.words, paper.payee) == ("奏樂樂 队补助", "\u00e9lan")
    with pytest.raises(Refused, match="金额太大"):
        save_paper(desk, replace(simple_paper(), amount_fen=10**17))


def test_a_photo_that_was_not_copied_whole_is_refused_at_the_counter(desk: Desk) -> None:
    out = io.BytesIO()
    Picture.effect_noise((800, 600), 40).save(out, "JPEG")
    whole = out.getvalue()
    assert attach_image(desk, whole).size == len(whole)
    with pytest.raises(Refused, match="图片读不出来，可能没有拷完整"):
        attach_image(desk, whole[: len(whole) // 2])
    huge = (
        b"\x89PNG\r\n\x1a\n"
        + bytes.fromhex("0000000d49484452000186a0000186a0080200000027309c9f0000000a49444154")
        + bytes(99)
    )
    with pytest.raises(Refused, match="图片太大，超过 4000 万像素"):
        attach_image(desk, huge)


def test_a_receipt_number_is_handed_in_once_and_a_book_issued_once(desk: Desk) -> None:
    issued = RECEIPTS
    issue_receipt_book(desk, issued)
    with pytest.raises(Refused, match="已经有收据本 S1"):
        issue_receipt_book(desk, replace(issued, first="0000026", last="0000050"))
    receipt = Receipt("S1", "0000001", "used", "", "2026-09-09", 500)
    with pytest.raises(Refused, match="收据 0000001 已经用过或作废"):
        save_paper(desk, simple_paper(), [receipt, receipt])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": " "}, "请写收据本的编号"),
        ({"code": "S/1"}, "请写收据本的编号"),
        ({"first": "0000026"}, "收据起止号不对"),
        ({"last": "025"}, "收据起止号不对"),
        ({"first": "A000001", "last": "A000025"}, "收据起止号不对"),
        ({"last": "9999999"}, "一本收据最多 10000 张"),
        ({"used_before": 26}, "以前用过的张数比这本收据还多"),
        ({"issued_to": ""}, "请写领用人"),
        ({"issued_on": "2026-02-30"}, "没有 2026-02-30 这一天"),
    ],
)
def test_a_receipt_book_without_what_it_needs_is_not_issued(desk: Desk, change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        issue_receipt_book(desk, replace(RECEIPTS, **change))
    assert list_receipt_books(desk) == []


def test_every_number_of_a_receipt_book_is_accounted_for(desk: Desk) -> None:
    issue_receipt_book(desk, replace(RECEIPTS, code=" S1 "))
    used = [Receipt("S1", f"000000{n}", "used", "", "2026-09-09", 500) for n in (1, 2, 5)]
    paper = save_paper(desk, simple_paper(), used)
    void_receipt(desk, Receipt("S1", "0000006", "void", "", "2026-09-30"))
    issued = issued_books(desk)[0]
    count = receipt_counts(desk)[0]
    assert count == issued.count
    assert (len(count.used), count.void, count.left, count.missing) == (3, ("0000006",), 19, ("0000003", "0000004"))
    assert next_number(issued) == "0000007"
    numbers = [(one.number[-1], one.state, one.paper) for one in issued.numbers]
    assert numbers == [
        ("1", "used", paper.uid), ("2", "used", paper.uid), ("3", "missing", ""), ("4", "missing", ""),
        ("5", "used", paper.uid), ("6", "void", ""),
    ]  # fmt: skip
    assert issued_books(desk.at(desk.period.plus(-1)))[0].numbers == ()
    for number in ("0000006", "00000012", "12", "0000026", "000000x"):
        with pytest.raises(Refused, match=r"已经用过或作废|不在本村领用的号段里"):
            void_receipt(desk, Receipt("S1", number, "void", "", "2026-09-30"))
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []


def test_a_transfer_in_a_book_just_opened_goes_over_the_bank_account_it_has(desk: Desk, staff: Staff) -> None:
    office, start = Office(desk.books, desk.person), Month(2026, 9)
    book = new_book("V09", "V09", "新村经济合作社", "集体经济组织", "2023", start)
    open_book(office, Village("V09", "新村"), book, chart_accounts("2023"))
    fresh = open_desk(office, "V09", start)
    paper = save_paper(fresh, replace(simple_paper(), book="V09", paid_how="转账"))
    attest_paper(fresh, paper.uid, staff.agent, scan="ab" * 32)
    accept_paper(fresh, paper.uid)
    assert draft_voucher(fresh, [paper.uid]).lines[1].account == "102"
    add_account(fresh, Account("10201", "基本户", 2, "102", "", True))
    assert draft_voucher(fresh, [paper.uid]).lines[1].account == "10201"


def test_what_the_bank_took_needs_no_approval_and_is_never_paid_out_of_the_till(desk: Desk, staff: Staff) -> None:
    paper = save_paper(desk, replace(simple_paper(), paid_how="银行扣收", approvers=(), bodies=()))
    attest_paper(desk, paper.uid, staff.agent, "ab" * 32)
    draft = draft_of(desk, accept_paper(desk, paper.uid))
    till, bank = (
        replace(draft, lines=(draft.lines[0], replace(draft.lines[1], account=one))) for one in ("101", "10201")
    )
    with pytest.raises(Refused, match="报账单 1 写的是“银行扣收”，没有人审批过，不能用现金付"):
        save_voucher(desk, till)
    assert save_voucher(desk, bank).number == 1
