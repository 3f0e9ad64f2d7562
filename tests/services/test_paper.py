"""Papers between the counter and the voucher: used once, changed only while no voucher holds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.services.conftest import Staff, sign_all, simple_paper
from villagebooks.core.paper import Paper
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft
from villagebooks.services.approval import accept_paper, attest_paper, send_back_paper
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk
from villagebooks.services.paper import draft_voucher, read_paper, save_paper
from villagebooks.services.voucher import post_voucher, save_voucher, void_voucher

Accept = Callable[[], Paper]


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
    void_voucher(desk, voucher.uid)
    assert send_back_paper(desk, paper.uid, 1).state == "sent_back"


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
