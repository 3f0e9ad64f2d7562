"""Signatures that somebody with the database and a key of his own puts in: each is refused with its sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.services.conftest import CHEAP, Staff, line, sign_all, simple_draft
from tests.services.test_approval import tamper
from villagebooks.core.approval import APPROVE, ON_VOUCHER
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Voucher
from villagebooks.seal.approval import ApprovalText, BodyText, InkText, sign_approval
from villagebooks.seal.key import SigningKey
from villagebooks.services.approval import _store, _text, approve_voucher, send_back_voucher
from villagebooks.services.desk import Desk, acting
from villagebooks.services.key import Unlocked, issue_key, revoke_key
from villagebooks.services.voucher import post_voucher, read_voucher, save_voucher

Change = Callable[[ApprovalText], ApprovalText]


def waiting_for_review(desk: Desk, staff: Staff, draft: Draft | None = None) -> Voucher:
    """A voucher that only the director's signature is missing of."""
    voucher = save_voucher(desk, draft or simple_draft())
    for person in (staff.agent, staff.other, staff.cashier):
        approve_voucher(desk, voucher.uid, person)
    return read_voucher(desk, voucher.uid)


def plant(
    desk: Desk, voucher: Voucher, who: Unlocked, key: SigningKey | None = None, change: Change = lambda text: text
) -> str:
    """Put in a review with a note signed by `key` that says something else, journalled as the program would."""
    with acting(desk) as act:
        text = _text(act, desk, ON_VOUCHER, voucher.uid, voucher.rev, voucher.digest, "review", APPROVE)
        note = sign_approval(change(text), key or who.keys.signing)
        _store(act, note, text, who.person, who)
    tamper(desk, f"UPDATE voucher SET state = 'approved' WHERE uid = '{voucher.uid}'")
    return voucher.uid


def test_what_is_planted_unchanged_is_posted(desk: Desk, staff: Staff) -> None:
    uid = plant(desk, waiting_for_review(desk, staff), staff.director)
    assert post_voucher(desk, uid).state == "posted"


ELSE: dict[str, tuple[Change, str]] = {
    "another village": (lambda text: replace(text, book="00000000-0000-4000-8000-000000000000"), "不是签在这张单子上"),
    "another voucher": (lambda text: replace(text, uid="00000000-0000-4000-8000-000000000000"), "不是签在这张单子上"),
    "a paper": (lambda text: replace(text, on="paper"), "不是签在这张单子上"),
    "an old revision": (lambda text: replace(text, rev=0), "不是签在这张单子上"),
    "another body": (lambda text: replace(text, doc="ab" * 32), "不是签在这张单子上"),
    "another step": (lambda text: replace(text, step="countersign"), "不是签在这张单子上"),
    "another decision": (lambda text: replace(text, decision="send_back"), "不是签在这张单子上"),
    "another time": (lambda text: replace(text, at="2026-01-01T00:00:00+08:00"), "不是签在这张单子上"),
    "ink": (lambda text: replace(text, ink=InkText(("邹启明",), "ab" * 32)), "不是签在这张单子上"),
    "another head": (lambda text: replace(text, head="ab" * 32), "看到的日志与现在的日志接不上"),
    "a later head": (lambda text: replace(text, chain=text.chain + 100), "看到的日志与现在的日志接不上"),
    "no signature before": (lambda text: replace(text, prev=""), "与前一个签字接不上"),
    "another before": (lambda text: replace(text, prev="ab" * 32), "与前一个签字接不上"),
}


@pytest.mark.parametrize("what", ELSE)
def test_a_note_that_says_something_else_than_its_row_is_refused(desk: Desk, staff: Staff, what: str) -> None:
    change, sentence = ELSE[what]
    uid = plant(desk, waiting_for_review(desk, staff), staff.director, change=change)
    with pytest.raises(Refused, match=f"邹启明.*{sentence}"):
        post_voucher(desk, uid)


def test_a_note_signed_by_another_key_under_the_directors_name_is_refused(desk: Desk, staff: Staff) -> None:
    forger = SigningKey(staff.director.keys.name, b"f" * 32)
    uid = plant(desk, waiting_for_review(desk, staff), staff.director, forger)
    with pytest.raises(Refused, match=r"邹启明的签字不成立：.*的签名不对，内容可能被改动"):
        post_voucher(desk, uid)


def test_a_note_signed_by_somebody_nobody_listed_is_refused(desk: Desk, staff: Staff) -> None:
    uid = plant(desk, waiting_for_review(desk, staff), staff.director, SigningKey("白雁河镇/路人", b"f" * 32))
    with pytest.raises(Refused, match="邹启明的签字不成立：签名人不在名录里或已停用：白雁河镇/路人"):
        post_voucher(desk, uid)


def test_a_key_without_the_duty_reviews_nothing(desk: Desk, staff: Staff) -> None:
    draft = Draft(simple_draft().day, (line("51302", 270_000), line("152", credit=270_000)))
    voucher = save_voucher(desk, draft)
    for person in (staff.agent, staff.other):
        approve_voucher(desk, voucher.uid, person)
    uid = plant(desk, read_voucher(desk, voucher.uid), staff.cashier)
    with pytest.raises(Refused, match="龙小梅的签字不成立：签名人不在名录里或已停用"):
        post_voucher(desk, uid)


def test_the_director_does_not_sign_for_two(desk: Desk, staff: Staff) -> None:
    voucher = waiting_for_review(desk, staff)
    where = f"WHERE object_uid = '{voucher.uid}' AND step = 'countersign'"
    tamper(desk, f"UPDATE approval SET signer = '邹启明', name = '邹启明' {where}")
    uid = plant(desk, voucher, staff.director)
    with pytest.raises(Refused, match="邹启明签了两次"):
        post_voucher(desk, uid)


def test_a_revoked_key_cannot_sign_back_into_the_time_before(desk: Desk, staff: Staff) -> None:
    """Whoever found the old seed signs over an old head; the journal tells when it was really put in."""
    voucher = waiting_for_review(desk, staff)
    revoke_key(desk.office, staff.root, "邹启明")
    uid = plant(desk, voucher, staff.director)
    with pytest.raises(Refused, match="邹启明的签字不成立：签名人不在名录里或已停用"):
        post_voucher(desk, uid)


def test_the_key_that_replaced_another_does_not_cover_what_the_old_one_signs_later(desk: Desk, staff: Staff) -> None:
    voucher = waiting_for_review(desk, staff)
    revoke_key(desk.office, staff.root, "邹启明")
    issue_key(desk.office, staff.root, "邹启明", "新的口令一二三四五六七", staff.director.office_key, CHEAP)
    uid = plant(desk, voucher, staff.director)
    with pytest.raises(Refused, match=r"邹启明的签字不成立：.*的签名不对"):
        post_voucher(desk, uid)


def test_signatures_in_another_order_do_not_link(desk: Desk, staff: Staff) -> None:
    voucher = save_voucher(desk, simple_draft())
    sign_all(desk, voucher.uid, staff)
    one, two = (f"(SELECT id FROM approval WHERE step = '{step}')" for step in ("countersign", "cashier"))
    tamper(
        desk,
        f"UPDATE approval SET id = 9001 WHERE id = {one}",
        f"UPDATE approval SET id = 9002 WHERE id = {two}",
        "UPDATE approval SET id = 9003 WHERE step = 'review'",
        "UPDATE approval SET id = 9004 WHERE id = 9001",
        "UPDATE approval SET id = 9005 WHERE id = 9003",
    )
    with pytest.raises(Refused, match="与前一个签字接不上"):
        post_voucher(desk, voucher.uid)


def test_signatures_of_the_revision_before_are_not_played_again(desk: Desk, staff: Staff) -> None:
    voucher = save_voucher(desk, simple_draft())
    approve_voucher(desk, voucher.uid, staff.agent)
    approve_voucher(desk, voucher.uid, staff.other)
    send_back_voucher(desk, voucher.uid, staff.cashier, 8)
    again = read_voucher(desk, voucher.uid)
    assert again.rev == 2
    tamper(
        desk,
        "UPDATE approval SET rev = 2 WHERE decision = 'approve'",
        "UPDATE signed_body SET rev = 2",
        f"UPDATE voucher SET state = 'submitted' WHERE uid = '{voucher.uid}'",
    )
    uid = plant(desk, again, staff.director)
    with pytest.raises(Refused, match="不是签在这张单子上的"):
        post_voucher(desk, uid)


def test_a_sending_back_is_no_approval_though_its_row_says_so(desk: Desk, staff: Staff) -> None:
    voucher = save_voucher(desk, simple_draft())
    for person in (staff.agent, staff.other, staff.cashier):
        approve_voucher(desk, voucher.uid, person)
    send_back_voucher(desk, voucher.uid, staff.director, 8)
    tamper(
        desk,
        "UPDATE approval SET decision = 'approve' WHERE decision = 'send_back'",
        f"UPDATE voucher SET rev = 1, state = 'approved', digest = "
        f"(SELECT digest FROM signed_body WHERE object_uid = '{voucher.uid}') WHERE uid = '{voucher.uid}'",
    )
    with pytest.raises(Refused, match="邹启明的签字不是签在这张单子上的"):
        post_voucher(desk, voucher.uid)


def test_a_vote_that_could_not_be_is_not_even_signed(desk: Desk, staff: Staff) -> None:
    body = BodyText("监委会", 2, 3, 3, stamp=True)
    with pytest.raises(Exception, match="同意的不能多于到会的"):
        plant(desk, waiting_for_review(desk, staff), staff.director, change=lambda text: replace(text, body=body))
