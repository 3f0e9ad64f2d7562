"""Signatures that were forged, copied, taken out, or made with a key that was no longer valid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.services.conftest import CHEAP, PASSPHRASE, Staff, sign_all, simple_draft, simple_paper
from villagebooks.core.paper import Body
from villagebooks.core.problem import Refused
from villagebooks.db import guard
from villagebooks.services.approval import (
    accept_paper,
    approvals,
    approve_voucher,
    attest_paper,
    send_back_paper,
)
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, Office
from villagebooks.services.key import issue_key, revoke_key, unlock
from villagebooks.services.office import appoint, create_office
from villagebooks.services.paper import save_paper
from villagebooks.services.voucher import post_voucher, save_voucher

SCAN = "ab" * 32


def tamper(desk: Desk, *statements: str) -> None:
    with desk.books.write() as connection:
        guard.drop_guards(connection)
        for sql in statements:
            assert connection.execute(text(sql)).rowcount > 0
        guard.make_guards(connection)


def signed(desk: Desk, staff: Staff, day: date = date(2026, 9, 10)) -> str:
    voucher = save_voucher(desk, simple_draft(day=day))
    sign_all(desk, voucher.uid, staff)
    return voucher.uid


def test_a_voucher_changed_after_signing_is_not_posted(desk: Desk, staff: Staff) -> None:
    uid = signed(desk, staff)
    tamper(
        desk,
        "UPDATE voucher_line SET debit_fen = 1 WHERE line = 1",
        "UPDATE voucher_line SET credit_fen = 1 WHERE line = 2",
    )
    with pytest.raises(Refused, match="内容与签字时不符"):
        post_voucher(desk, uid)


def test_signatures_copied_from_another_voucher_do_not_count(desk: Desk, staff: Staff) -> None:
    signed(desk, staff)
    other = save_voucher(desk, simple_draft(99_999))
    tamper(
        desk,
        f"UPDATE approval SET object_uid = '{other.uid}'",
        f"UPDATE signed_body SET object_uid = '{other.uid}'",
        f"UPDATE voucher SET state = 'approved' WHERE uid = '{other.uid}'",
    )
    with pytest.raises(Refused, match="不是签在这张单子上的"):
        post_voucher(desk, other.uid)


def test_a_signature_taken_out_is_missed(desk: Desk, staff: Staff) -> None:
    uid = signed(desk, staff)
    tamper(desk, "DELETE FROM approval WHERE step = 'countersign'")
    with pytest.raises(Refused, match="还缺复核签字"):
        post_voucher(desk, uid)


def test_a_signature_put_in_from_outside_is_not_in_the_journal(desk: Desk, staff: Staff) -> None:
    uid = signed(desk, staff)
    tamper(desk, "UPDATE approval SET uid = 'x' WHERE step = 'review'")
    with pytest.raises(Refused, match="在日志里没有登记"):
        post_voucher(desk, uid)


def test_a_revoked_key_signs_nothing_more_but_what_it_signed_stays(desk: Desk, staff: Staff) -> None:
    posted = signed(desk, staff)
    post_voucher(desk, posted)
    revoke_key(desk.office, staff.root, "谭永川")
    assert [one for one in check_books(desk.office, deep=True) if one.severity == "error"] == []
    with pytest.raises(Refused, match="谭永川的钥匙已吊销"):
        post_voucher(desk, signed(desk, staff))
    with pytest.raises(Refused, match="谭永川没有有效的钥匙"):
        revoke_key(desk.office, staff.root, "谭永川")


def test_a_forgotten_passphrase_gets_a_new_key_and_the_old_one_is_worthless(desk: Desk, staff: Staff) -> None:
    with pytest.raises(Refused, match="冯素芳的口令不对"):
        unlock(desk.books, "冯素芳", "忘记了的口令一二三四")
    revoke_key(desk.office, staff.root, "冯素芳")
    fresh = issue_key(desk.office, staff.root, "冯素芳", PASSPHRASE, staff.director.office_key, CHEAP)
    with pytest.raises(Refused, match="冯素芳的钥匙已吊销"):
        post_voucher(desk, signed(desk, staff))
    voucher = save_voucher(desk, simple_draft())
    sign_all(desk, voucher.uid, replace(staff, agent=fresh))
    assert post_voucher(desk, voucher.uid).state == "posted"


def test_a_duty_given_later_is_no_duty_of_the_old_key(desk: Desk, staff: Staff) -> None:
    appoint(desk.office, staff.director.person, "agent", "2026-09-01")
    voucher = save_voucher(desk, simple_draft())
    approve_voucher(desk, voucher.uid, staff.agent)
    with pytest.raises(Refused, match="名录里没有这项职责"):
        approve_voucher(desk, voucher.uid, staff.director)


def test_an_officer_serves_to_the_last_day_of_the_term(desk: Desk, staff: Staff) -> None:
    voucher = save_voucher(desk, simple_draft())
    end = text("UPDATE officer SET until = :day WHERE name = '冯素芳'")
    with desk.books.write() as connection:
        connection.execute(end, {"day": "2026-09-01"})
    with pytest.raises(Refused, match="冯素芳没有制单的职责"):
        approve_voucher(desk, voucher.uid, staff.agent)
    with desk.books.write() as connection:
        guard.drop_guards(connection)
        connection.execute(end, {"day": "2026-09-02"})
    assert approve_voucher(desk, voucher.uid, staff.agent).state == "submitted"


def test_a_short_passphrase_and_a_person_without_a_post_get_no_key(desk: Desk, staff: Staff) -> None:
    with pytest.raises(Refused, match="口令至少要 10 个字"):
        issue_key(desk.office, staff.root, "谷丹", "短", cost=CHEAP)
    with pytest.raises(Refused, match="谷丹没有登记职责"):
        issue_key(desk.office, staff.root, "谷丹", PASSPHRASE, cost=CHEAP)


@pytest.mark.parametrize(("counts", "why"), [
    ((2, 9, 3), "监委会：同意 9 人，比到会的 2 人多"), ((9, 2, 5), "监委会：到会 9 人，比应到的 5 人多"),
])  # fmt: skip
def test_a_paper_with_counts_that_cannot_be_is_not_saved(desk: Desk, counts: tuple[int, int, int], why: str) -> None:
    with pytest.raises(Refused, match=why):
        save_paper(desk, replace(simple_paper(), bodies=(Body("监委会", ("谭德胜",), *counts, stamp=True),)))


def test_one_committee_member_is_no_quorum_and_a_missing_stamp_is_seen(desk: Desk, staff: Staff) -> None:
    alone = replace(simple_paper(), bodies=(Body("监委会", ("谭德胜",), 1, 1, 3, stamp=True),))
    paper = save_paper(desk, alone)
    with pytest.raises(Refused, match="监委会要三分之二以上同意：3 人中到会 1 人，同意 1 人"):
        attest_paper(desk, paper.uid, staff.agent, SCAN)
    unstamped = replace(simple_paper(), bodies=(Body("监委会", ("谭德胜", "田茂林"), 2, 2, 3),))
    paper = save_paper(desk, unstamped)
    with pytest.raises(Refused, match="没有监委会章"):
        attest_paper(desk, paper.uid, staff.agent, SCAN)


def test_ink_is_kept_as_ink_signed_by_the_registrar(desk: Desk, staff: Staff) -> None:
    paper = save_paper(desk, simple_paper())
    with pytest.raises(Refused, match="还没有签完字，不能受理"):
        accept_paper(desk, paper.uid)
    attest_paper(desk, paper.uid, staff.agent, SCAN)
    given = approvals(desk, paper.uid)
    assert [(one.step, one.name, one.signer, one.mode) for one in given] == [
        ("handler", "向丽蓉", "冯素芳", "paper"),
        ("witness", "向其昌", "冯素芳", "paper"),
        ("approve", "田维国、冉启珍", "冯素芳", "paper"),
        ("committee", "谭德胜、田茂林", "冯素芳", "paper"),
    ]
    with pytest.raises(Refused, match="签字已经登记过"):
        attest_paper(desk, paper.uid, staff.agent, SCAN)


def test_a_paper_sent_back_must_be_signed_again(desk: Desk, staff: Staff) -> None:
    paper = save_paper(desk, simple_paper())
    attest_paper(desk, paper.uid, staff.agent, SCAN)
    back = send_back_paper(desk, paper.uid, 2)
    assert (back.state, back.reason, back.rev) == ("sent_back", 2, 2)
    with pytest.raises(Refused, match="还没有签完字"):
        accept_paper(desk, paper.uid)
    attest_paper(desk, paper.uid, staff.agent, SCAN)
    assert accept_paper(desk, paper.uid).state == "accepted"


def test_a_cashier_does_not_prepare(desk: Desk, staff: Staff) -> None:
    voucher = save_voucher(replace(desk, person="龙小梅"), simple_draft())
    with pytest.raises(Refused, match="龙小梅没有制单的职责"):
        approve_voucher(desk, voucher.uid, staff.cashier)


def test_nobody_is_named_as_no_signature_could_carry_or_as_the_root_key(office: Office, tmp_path: Path) -> None:
    for name in ("张 三", "张\u3000三", "张三\n", "A/B", "甲+乙", "e\u0301", "长" * 41):
        with pytest.raises(Refused, match="姓名不能有空格、加号、斜线"):
            appoint(office, name, "agent", "2026-01-01")
    with pytest.raises(Refused, match="“总钥匙”是总钥匙的名字"):
        appoint(office, "总钥匙", "agent", "2026-01-01")
    with pytest.raises(Refused, match="没有 2026-02-30 这一天"):
        appoint(office, "阿不都·热依木", "agent", "2026-02-30")
    for township in ("", " ", "甲+乙镇"):
        with pytest.raises(Refused, match="乡镇名称"):
            create_office(tmp_path / "b.vbooks", township)
    assert not (tmp_path / "b.vbooks").exists()
