"""To undo what was signed takes the steps that signed it; what was undone stands in one report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.pdf.reading import words_of
from tests.services.conftest import Staff, reverse_voucher, sign_all, simple_draft
from tests.services.test_approval import tamper
from villagebooks.core.approval import ON_VOUCHER, VOID
from villagebooks.core.cancellation import RED, REOPENED, VOIDED
from villagebooks.core.journal import LogFilter
from villagebooks.core.period import Month, Span
from villagebooks.core.problem import Refused, Trouble
from villagebooks.core.voucher import Voucher
from villagebooks.seal.approval import sign_approval
from villagebooks.services.approval import _store, _text, approvals, approve_voucher
from villagebooks.services.cancellation import cancel_voucher, cancellations, keep_voucher_after_all, voiding_of
from villagebooks.services.cancellation.printing import cancellation_bytes, print_cancellations
from villagebooks.services.check import check_books
from villagebooks.services.closing import close_month, reopen_month
from villagebooks.services.correction import corrections_of
from villagebooks.services.desk import Desk, acting
from villagebooks.services.inbox import read_inbox
from villagebooks.services.journal import read_detail, read_log
from villagebooks.services.number import number_report
from villagebooks.services.voucher import post_voucher, read_voucher, save_voucher, void_voucher

YEAR = Span(Month(2026, 1), Month(2026, 12))


def signed(desk: Desk, staff: Staff) -> Voucher:
    voucher = save_voucher(desk, simple_draft())
    sign_all(desk, voucher.uid, staff)
    return read_voucher(desk, voucher.uid)


def test_a_draft_that_nobody_has_signed_is_voided_by_its_preparer_alone(desk: Desk) -> None:
    voucher = save_voucher(desk, simple_draft())
    void_voucher(desk, voucher.uid, "重复")
    assert read_voucher(desk, voucher.uid).state == "void"


def test_a_signed_voucher_is_void_only_when_the_same_steps_have_signed(desk: Desk, staff: Staff) -> None:
    voucher = signed(desk, staff)
    with pytest.raises(Refused, match="已由制单、复核、出纳、审核签字：作废要由同样的各步签字"):
        void_voucher(desk, voucher.uid, "重复")
    with pytest.raises(Refused, match="请写明原因"):
        cancel_voucher(desk, voucher.uid, staff.agent)
    cancel_voucher(desk, voucher.uid, staff.other, "发票是假的")
    with pytest.raises(Refused, match="谭永川已经签过同意作废"):
        cancel_voucher(desk, voucher.uid, staff.other)
    cancel_voucher(desk, voucher.uid, staff.cashier)
    cancel_voucher(desk, voucher.uid, staff.director)
    assert read_voucher(desk, voucher.uid).state == "approved"
    assert voiding_of(desk, voucher.uid).steps == "复核"
    assert cancel_voucher(desk, voucher.uid, staff.agent).state == "void"
    given = [one for one in approvals(desk, voucher.uid) if one.decision == VOID]
    assert {(one.step, one.name) for one in given} == {
        ("prepare", "谭永川"), ("cashier", "龙小梅"), ("review", "邹启明"), ("countersign", "冯素芳"),
    }  # fmt: skip
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []


def test_as_many_steps_as_signed_are_asked_and_no_more(desk: Desk, staff: Staff) -> None:
    voucher = save_voucher(desk, simple_draft())
    approve_voucher(desk, voucher.uid, staff.agent)
    assert cancel_voucher(desk, voucher.uid, staff.agent, "填错").state == "void"


def test_a_person_without_the_duty_signs_no_voiding(desk: Desk, staff: Staff) -> None:
    voucher = save_voucher(desk, simple_draft())
    approve_voucher(desk, voucher.uid, staff.agent)
    with pytest.raises(Refused, match="龙小梅没有这些职责"):
        cancel_voucher(desk, voucher.uid, staff.cashier, "填错")


def test_nothing_goes_on_while_a_voiding_is_under_way_and_it_can_be_taken_back(desk: Desk, staff: Staff) -> None:
    voucher = signed(desk, staff)
    cancel_voucher(desk, voucher.uid, staff.director, "付重了")
    with pytest.raises(Refused, match="正在作废（邹启明已签字同意）"):
        post_voucher(desk, voucher.uid)
    with pytest.raises(Refused, match="谭永川没有签过同意作废"):
        keep_voucher_after_all(desk, voucher.uid, staff.other)
    keep_voucher_after_all(desk, voucher.uid, staff.director)
    assert voiding_of(desk, voucher.uid).steps.count("、") == 3
    assert post_voucher(desk, voucher.uid).state == "posted"
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []


def test_a_voiding_that_begins_again_says_its_own_reason_everywhere_and_the_journal_keeps_both(
    desk: Desk, staff: Staff, tmp_path: Path
) -> None:
    voucher = signed(desk, staff)
    cancel_voucher(desk, voucher.uid, staff.director, "付重了")
    assert voiding_of(desk, voucher.uid).why == "付重了"
    keep_voucher_after_all(desk, voucher.uid, staff.director)
    assert voiding_of(desk, voucher.uid).why == ""
    with pytest.raises(Refused, match="请写明原因"):
        cancel_voucher(desk, voucher.uid, staff.cashier)
    cancel_voucher(desk, voucher.uid, staff.cashier, "发票是假的")
    assert voiding_of(desk, voucher.uid).why == "发票是假的"
    waiting = read_inbox(desk.office)
    assert [one.words for one in waiting if one.uid == voucher.uid] == ["作废：发票是假的"]
    for person in (staff.director, staff.other, staff.agent):
        cancel_voucher(desk, voucher.uid, person)
    report = cancellations(desk.office, "V01", YEAR)
    assert [one.why for one in report.rows] == ["发票是假的"]
    assert [one.why for one in number_report(desk, YEAR) if one.what == "void"] == ["发票是假的"]
    said = [(one.kind, one.words) for one in corrections_of(desk, voucher.uid).remarks]
    assert said == [("voiding", "付重了"), ("voiding-2", "发票是假的"), ("void", "发票是假的")]
    log = read_log(desk.office, ["V01"], LogFilter(kinds=("remark",), words="记1"))
    refs = [one.entry.ref.rpartition("/")[2] for one in log.lines]
    assert refs == ["void", "voiding-2", "voiding"]
    seen = [str(read_detail(desk.office, one.entry.chain, one.entry.seq)) for one in log.lines]
    assert "付重了" in seen[2]
    assert "发票是假的" in seen[1]
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []


def test_a_voiding_planted_with_the_wrong_duty_or_for_another_body_is_found(desk: Desk, staff: Staff) -> None:
    voucher = signed(desk, staff)
    for person, step in ((staff.agent, "prepare"), (staff.other, "countersign"), (staff.director, "review")):
        with acting(desk) as act:
            text = _text(act, desk, ON_VOUCHER, voucher.uid, voucher.rev, voucher.digest, step, VOID)
            _store(act, sign_approval(text, person.keys.signing), text, person.person, person)
    with acting(desk) as act:
        text = _text(act, desk, ON_VOUCHER, voucher.uid, voucher.rev, voucher.digest, "cashier", VOID)
        forged = replace(text, doc="ab" * 32)
        _store(act, sign_approval(forged, staff.cashier.keys.signing), text, "龙小梅", staff.cashier)
    with pytest.raises(Refused, match="正在作废"):
        post_voucher(desk, voucher.uid)
    with pytest.raises(Refused, match="龙小梅的签字不是签在这张单子上的"):
        void_voucher(desk, voucher.uid)
    tamper(desk, f"UPDATE voucher SET state = 'void' WHERE uid = '{voucher.uid}'")
    found = [one.text for one in check_books(desk.office, deep=True) if one.rule == "void_tier"]
    assert any("龙小梅的签字不是签在这张单子上的" in one for one in found)


def test_the_database_itself_refuses_to_void_what_was_signed(desk: Desk, staff: Staff) -> None:
    voucher = signed(desk, staff)
    from sqlalchemy import text

    with pytest.raises((Trouble, Exception), match="签过字的凭证"), desk.books.write() as connection:
        connection.execute(text("UPDATE voucher SET state = 'void' WHERE uid = :uid"), {"uid": voucher.uid})
    tamper(desk, f"UPDATE voucher SET state = 'void' WHERE uid = '{voucher.uid}'")
    assert "void_tier" in {one.rule for one in check_books(desk.office, deep=True)}


def test_a_month_closed_by_the_director_is_reopened_with_a_director(desk: Desk, staff: Staff) -> None:
    uid = signed(desk, staff).uid
    post_voucher(desk, uid)
    close_month(desk, staff.director)
    with pytest.raises(Refused, match="是由中心主任（邹启明）结的账，反结账的两人里也要有中心主任"):
        reopen_month(desk, staff.agent, staff.other, "漏记")
    reopen_month(desk, staff.agent, staff.director, "漏记")
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []
    close_month(desk, staff.agent)
    reopen_month(desk, staff.agent, staff.other, "又漏记")
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []


def test_the_report_lists_everything_that_was_undone(desk: Desk, staff: Staff, tmp_path: Path) -> None:
    voided = signed(desk, staff)
    for person in (staff.agent, staff.other, staff.cashier, staff.director):
        cancel_voucher(desk, voided.uid, person, "发票是假的")
    unsigned = save_voucher(desk, simple_draft())
    void_voucher(desk, unsigned.uid)
    posted = signed(desk, staff)
    post_voucher(desk, posted.uid)

    red = reverse_voucher(desk, posted.uid, date(2026, 9, 20))
    sign_all(desk, red.uid, staff)
    post_voucher(desk, red.uid)
    close_month(desk, staff.agent)
    reopen_month(desk, staff.agent, staff.director, "漏记电费")
    report = cancellations(desk.office, "V01", YEAR)
    assert [(one.what, one.object, one.amount_fen) for one in report.rows] == [
        (VOIDED, "记-1", 74_260), (RED, "记-4", -74_260), (REOPENED, "2026-09", 0),
    ]  # fmt: skip
    assert report.rows[0].people == "冯素芳、谭永川、龙小梅、邹启明"
    assert report.rows[0].why == "发票是假的"
    assert report.rows[2].why == "漏记电费"
    assert cancellations(desk.office, "all", Span(Month(2025, 1), Month(2025, 12))).rows == ()
    text = words_of(print_cancellations(desk.office, report, tmp_path / "undone.pdf"))
    assert "作废与撤销清单" in text
    assert "发票是假的" in text
    assert "−742.60" in text
    rows = cancellation_bytes(report, "csv").decode().splitlines()
    assert rows[1].startswith("V01,2026-09,voided,作废凭证,记-1,742.60,冯素芳、谭永川、龙小梅、邹启明,")
