"""What a policy limits whoever signs: refused with numbers and what to do, a hint, or excused by the director."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from tests.services.conftest import Staff, simple_paper
from villagebooks.core.paper import Body, Document, Paper
from villagebooks.core.problem import Refused
from villagebooks.core.relative import Relative
from villagebooks.services.approval import approvals, attest_paper, send_back_paper
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office
from villagebooks.services.inbox import read_inbox
from villagebooks.services.overdue import excuse_paper, excuse_papers, unexcused_among
from villagebooks.services.paper import save_paper
from villagebooks.services.relative import register_relative
from villagebooks.services.ruling import look_at_paper

SCAN = "ab" * 32
INVOICE = "2699000000000000"


def bill(amount_fen: int, number: str = "0451", **change: object) -> Paper:
    document = Document("数电票", INVOICE + number, "2026-09-09", amount_fen)
    one = replace(simple_paper(), amount_fen=amount_fen, approvers=("田维国",), documents=(document,))
    return replace(one, **change)


def slip(amount_fen: int, *more: Document, **change: object) -> Paper:
    documents = (Document("白条", "", "2026-09-10", amount_fen), Document("误工登记表"), *more)
    return bill(amount_fen, documents=documents, payee="罗长庚", words="清渠误工", **change)


def refusal(desk: Desk, staff: Staff, paper: Paper) -> list[str]:
    saved = save_paper(desk, paper)
    with pytest.raises(Refused) as refused:
        attest_paper(desk, saved.uid, staff.agent, SCAN)
    return [one.text for one in refused.value.problems]


def attested(desk: Desk, staff: Staff, paper: Paper) -> Paper:
    return attest_paper(desk, save_paper(desk, paper).uid, staff.agent, SCAN)


def test_a_slip_without_an_explanation_is_refused(ruled: Desk, staff: Staff) -> None:
    assert refusal(ruled, staff, slip(30_000)) == ["白条要附情况说明：写明为什么没有发票、谁收的钱、谁可以证明"]
    assert attested(ruled, staff, slip(30_000, Document("情况说明"))).state == "signed"


def test_a_second_slip_of_the_same_person_and_day_is_refused_with_the_sum(ruled: Desk, staff: Staff) -> None:
    attested(ruled, staff, slip(30_000, Document("情况说明")))
    assert refusal(ruled, staff, slip(25_000, Document("情况说明"))) == [
        "罗长庚2026-09-10 的白条合计 550.00 元，一人一天最多 500.00 元；多的要开发票"
    ]
    tomorrow = slip(25_000, Document("情况说明"), day=date(2026, 9, 11))
    assert attested(ruled, staff, tomorrow).state == "signed"


def test_a_slip_that_was_sent_back_is_not_counted(ruled: Desk, staff: Staff) -> None:
    first = attested(ruled, staff, slip(30_000, Document("情况说明")))
    send_back_paper(ruled, first.uid, 1)
    assert attested(ruled, staff, slip(25_000, Document("情况说明"))).state == "signed"


def test_cash_over_a_thousand_to_one_payee_goes_through_the_bank(ruled: Desk, staff: Staff) -> None:
    assert "单笔现金 1,200.00 元，超过 1,000.00 元的要从银行付" in refusal(ruled, staff, listed(bill(120_000)))


def listed(paper: Paper, *bodies: Body) -> Paper:
    return replace(paper, approvers=("田维国", "冉启珍"), bodies=(*bodies, *paper.bodies))


def wages(payee: str, amount_fen: int) -> Paper:
    bodies = (Body("名册公示", (), 0, 0, 0, minutes="2026-09-01"), Body("两委会", (), 5, 5, 5, minutes="2026-09-01"))
    documents = (Document("领款名册", "", "2026-09-10", amount_fen),)
    return listed(bill(amount_fen, documents=documents, payee=payee, spending_class="补助慰问名册"), *bodies)


def test_wages_of_seven_by_list_may_be_paid_in_cash_and_a_list_without_a_number_asks_for_it(
    ruled: Desk, staff: Staff
) -> None:
    assert attested(ruled, staff, wages("误工7人", 165_000)).state == "signed"
    assert refusal(ruled, staff, wages("误工人员", 165_000)) == [
        "单笔现金 1,650.00 元，超过 1,000.00 元的要从银行付；发给几个人的，收款人里写明人数，例如“误工7人”"
    ]
    assert refusal(ruled, staff, wages("误工2人", 240_000)) == [
        "2 人平均每人现金 1,200.00 元，超过 1,000.00 元的要从银行付"
    ]


def test_tobacco_and_spirits_are_refused_by_the_word(ruled: Desk, staff: Staff) -> None:
    paper = bill(48_000, words="接待用烟酒")
    assert refusal(ruled, staff, paper) == ["“烟酒”不许列支"]


def test_an_invoice_of_last_spring_needs_the_directors_reason_and_a_contract_of_any_year_does_not(
    ruled: Desk, staff: Staff
) -> None:
    old = (Document("数电票", INVOICE + "0450", "2026-05-10", 40_000), Document("合同", "2021-01", "2021-01-06"))
    paper = save_paper(ruled, bill(40_000, documents=old))
    said = "数电票 2026-05-10 已过 123 天（超过 90 天或跨年的要写明原因，由中心主任同意）"
    with pytest.raises(Refused) as refused:
        attest_paper(ruled, paper.uid, staff.agent, SCAN)
    assert [one.text for one in refused.value.problems] == [said]
    look = look_at_paper(ruled, paper.uid)
    assert (look.problems, look.overdue, look.note) == ((said,), True, None)
    with pytest.raises(Refused, match="单据过期要由中心主任写明原因，冯素芳不是"):
        excuse_paper(ruled, paper.uid, "收款人外出打工", staff.agent)
    with pytest.raises(Refused, match="请写清楚为什么现在才报"):
        excuse_paper(ruled, paper.uid, " 迟 ", staff.director)
    excuse_paper(ruled, paper.uid, "收款人外出打工，九月才交来", staff.director)
    look = look_at_paper(ruled, paper.uid)
    assert look.note is not None
    assert (look.problems, look.note.words, look.note.person) == ((), "收款人外出打工，九月才交来", "邹启明")
    attest_paper(ruled, paper.uid, staff.agent, SCAN)
    assert next((one.step, one.signer, one.mode) for one in approvals(ruled, paper.uid)) == ("overdue", "邹启明", "key")
    assert [one for one in check_books(ruled.office, deep=True) if one.severity == "error"] == []


def test_one_reason_for_a_batch_is_a_note_a_signature_and_an_entry_of_the_journal_for_each_paper(
    ruled: Desk, staff: Staff
) -> None:
    papers = [
        save_paper(ruled, bill(40_000, documents=(Document("数电票", f"{INVOICE}{n}", "2026-05-10", 40_000),)))
        for n in ("0450", "0452")
    ]
    timely = save_paper(ruled, bill(30_000))
    uids = [one.uid for one in (*papers, timely)]
    assert [one.uid for one in unexcused_among(ruled, uids)] == uids[:2]
    with pytest.raises(Refused, match="报账单 3 的单据没有过期"):
        excuse_papers(ruled, uids, "补录积压的单据", staff.director)
    assert [one.uid for one in unexcused_among(ruled, uids)] == uids[:2]
    excuse_papers(ruled, uids[:2], "补录积压的单据", staff.director)
    assert unexcused_among(ruled, uids) == ()
    for paper in papers:
        attest_paper(ruled, paper.uid, staff.agent, SCAN)
        assert next(one.step for one in approvals(ruled, paper.uid)) == "overdue"
    with ruled.books.read() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM journal WHERE kind = 'note'")).scalar() == 2
    assert [one for one in check_books(ruled.office, deep=True) if one.severity == "error"] == []


def test_the_reason_does_not_count_for_a_paper_that_was_changed_after_it(ruled: Desk, staff: Staff) -> None:
    old = (Document("数电票", INVOICE + "0450", "2026-05-10", 40_000),)
    paper = save_paper(ruled, bill(40_000, documents=old))
    excuse_paper(ruled, paper.uid, "收款人外出打工，九月才交来", staff.director)
    changed = save_paper(ruled, replace(paper, amount_fen=49_000))
    with pytest.raises(Refused, match="已过 123 天"):
        attest_paper(ruled, changed.uid, staff.agent, SCAN)


def test_an_old_paper_waits_for_the_director_and_after_the_reason_for_the_accountants(
    ruled: Desk, staff: Staff
) -> None:
    old = (Document("数电票", INVOICE + "0450", "2026-05-10", 40_000),)
    paper = save_paper(ruled, bill(40_000, documents=old))
    (waiting,) = read_inbox(Office(ruled.books, "邹启明"))
    assert (waiting.step_title, waiting.people, waiting.state) == ("写明过期原因", ("邹启明",), "mine")
    excuse_paper(ruled, paper.uid, "收款人外出打工，九月才交来", staff.director)
    (waiting,) = read_inbox(ruled.office)
    assert (waiting.step_title, waiting.people) == ("登记签字", ("冯素芳", "谭永川"))


def test_a_paper_in_time_needs_no_reason(ruled: Desk, staff: Staff) -> None:
    paper = save_paper(ruled, bill(40_000))
    with pytest.raises(Refused, match="的单据没有过期，不用写原因"):
        excuse_paper(ruled, paper.uid, "收款人外出打工", staff.director)


F1 = "同一收款人（清岑墨香文具店）同一天连号 2 张（第 1、2 号），合计 993.00 元，超过村主任一人审批的 500.00 元"


def test_two_bills_of_one_shop_under_the_heads_limit_are_told_with_their_sum_and_may_be_registered(
    ruled: Desk, staff: Staff
) -> None:
    first = attested(ruled, staff, bill(49_800, "0451"))
    assert look_at_paper(ruled, first.uid).hints == ()
    second = save_paper(ruled, bill(49_500, "0452"))
    assert look_at_paper(ruled, second.uid).hints == (F1,)
    assert attest_paper(ruled, second.uid, staff.agent, SCAN).state == "signed"
    assert look_at_paper(ruled, first.uid).hints == (F1,)


def test_a_payee_near_to_who_signed_is_a_hint_and_stops_nobody(ruled: Desk, staff: Staff) -> None:
    kin = Relative("", "V01", "田维国", "清岑匠缘劳务服务部", "配偶的兄弟姐妹", unit=True, since="2026-01-01")
    register_relative(ruled.office, kin)
    paper = save_paper(ruled, bill(40_000, payee="清岑匠缘劳务服务部"))
    assert look_at_paper(ruled, paper.uid).hints == (
        "收款人清岑匠缘劳务服务部登记为田维国的配偶的兄弟姐妹，田维国在这张单子上签了字：近亲属要回避（提示，不是结论）",
    )
    assert attest_paper(ruled, paper.uid, staff.agent, SCAN).state == "signed"


def test_the_director_s_reason_was_signed_for_a_paper_that_somebody_changed_behind_the_question(
    ruled: Desk, staff: Staff
) -> None:
    late = (Document("数电票", f"{INVOICE}0450", "2026-05-10", 40_000),)
    asked = save_paper(ruled, bill(40_000, documents=late))
    changed = save_paper(ruled, replace(asked, amount_fen=39_000, documents=(replace(late[0], amount_fen=39_000),)))
    assert changed.rev > asked.rev
    with pytest.raises(Refused, match="报账单 1 在您看过以后又变了，请再看一遍"):
        excuse_papers(ruled, [asked.uid], "补录积压的单据", staff.director, {asked.uid: asked.rev})
    assert [one.uid for one in unexcused_among(ruled, [asked.uid])] == [asked.uid]
    twice = [asked.uid, asked.uid]
    assert len(excuse_papers(ruled, twice, "补录积压的单据", staff.director, {asked.uid: changed.rev})) == 1
