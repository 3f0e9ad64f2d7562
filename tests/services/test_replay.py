"""Signatures that are true but do not count: a voiding taken back and counted again, ink attested without the duty."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

import pytest

from tests.services.conftest import CHEAP, PASSPHRASE, Staff, sign_all, simple_draft
from tests.services.whole_office import png
from villagebooks.core.approval import APPROVE, ARCHIVIST, ON_VOUCHER, VOID
from villagebooks.core.problem import Refused
from villagebooks.db import approval as approval_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.seal.approval import InkText
from villagebooks.services import approval as signing
from villagebooks.services.approval import approve_voucher, seal_voucher, sign_step
from villagebooks.services.cancellation import cancel_voucher, keep_voucher_after_all
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk, acting
from villagebooks.services.key import issue_key
from villagebooks.services.office import appoint, officers
from villagebooks.services.paper import attach_image
from villagebooks.services.post import attest_change, begin_change, finish_change, record_change, rename_officer
from villagebooks.services.slip import attest_slip, make_slip
from villagebooks.services.voucher import post_voucher, read_voucher, save_voucher


def errors(desk: Desk) -> list[str]:
    return [str(one) for one in check_books(desk.office, deep=True) if one.severity == "error"]


def test_who_took_back_a_voiding_is_not_counted_again_by_a_copy_of_the_signature(desk: Desk, staff: Staff) -> None:
    uid = save_voucher(desk, simple_draft()).uid
    sign_all(desk, uid, staff)
    cancel_voucher(desk, uid, staff.agent, "付重了")
    keep_voucher_after_all(desk, uid, staff.agent)
    with acting(desk) as act:
        for approval, note in approval_rows.approvals_of(act.connection, uid):
            if approval.decision == VOID and act.book is not None:
                copy = replace(approval, uid=str(uuid.uuid4()))
                approval_rows.add_approval(act.connection, act.book, copy, note)
                act.record("sign", f"approval:{copy.uid}")
    for person in (staff.other, staff.cashier):
        cancel_voucher(desk, uid, person)
    with pytest.raises(Refused, match="冯素芳的同一个签字用了两次"):
        cancel_voucher(desk, uid, staff.director)
    assert read_voucher(desk, uid).state == "approved"


def test_ink_that_the_archivist_attested_posts_nothing(
    desk: Desk, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    appoint(desk.office, "谷丹", ARCHIVIST, "2026-01-01")
    archivist = issue_key(desk.office, staff.root, "谷丹", PASSPHRASE, cost=CHEAP)
    voucher = save_voucher(desk, simple_draft())
    people = {"prepare": "冯素芳", "countersign": "谭永川", "cashier": "龙小梅", "review": "邹启明"}
    what = (ON_VOUCHER, voucher.uid, voucher.rev, voucher.digest)
    with acting(desk) as act:
        body = seal_voucher(act.connection, desk.book.uid, voucher)[1]
        approval_rows.put_body(act.connection, voucher.uid, voucher.rev, body, voucher.digest)
        with pytest.raises(Refused, match="谷丹的钥匙已吊销，或名录里没有这项职责"):
            sign_step(act, desk, what, "prepare", APPROVE, archivist, InkText(("冯素芳",), "ab" * 32))
        monkeypatch.setattr(signing, "check_registrar_key", lambda *_: [])
        for step, name in people.items():
            sign_step(act, desk, what, step, APPROVE, archivist, InkText((name,), "ab" * 32))
        voucher_rows.set_state(act.connection, voucher.uid, "approved")
        act.record("attest", f"voucher:{voucher.uid}")
    with pytest.raises(Refused, match="谷丹没有登记签字的职责，登记的纸质签字不算"):
        post_voucher(desk, voucher.uid)
    assert any("谷丹没有登记签字的职责" in one for one in errors(desk))


def test_who_changed_the_name_does_not_countersign_what_he_prepared_under_the_old_one(desk: Desk, staff: Staff) -> None:
    uid = save_voucher(desk, simple_draft()).uid
    approve_voucher(desk, uid, staff.agent)
    term = next(one for one in officers(desk.office) if one.name == "冯素芳")
    rename_officer(desk.office, term.uid, "冯素芬", "2026-09-02", "派出所改名", staff.root)
    renamed = issue_key(desk.office, staff.root, "冯素芬", PASSPHRASE, staff.director.office_key, CHEAP)
    with pytest.raises(Refused, match="冯素芬已经签过这张凭证"):
        approve_voucher(desk, uid, renamed)
    code = make_slip(desk, uid).code
    with pytest.raises(Refused, match="冯素芬已经签过这张凭证"):
        attest_slip(desk, uid, code, {"countersign": "冯素芬"}, "ab" * 32, staff.director)
    approve_voucher(desk, uid, staff.other)
    assert errors(desk) == []


def test_who_took_over_a_post_is_not_taken_for_the_one_who_left_it(desk: Desk, staff: Staff) -> None:
    uid = save_voucher(desk, simple_draft()).uid
    approve_voucher(desk, uid, staff.agent)
    office, image = desk.office, attach_image(desk, png(7)).sha256
    term = next(one for one in officers(office) if one.name == "冯素芳")
    change = begin_change(office, term.uid, date(2026, 9, 2))
    change = record_change(office, replace(change, hand=replace(change.hand, receiver="覃晓燕", watcher="邹启明")))
    attest_change(office, change.uid, ["giver", "receiver", "watcher"], staff.other, image)
    finish_change(office, change.uid, staff.root)
    new = issue_key(office, staff.root, "覃晓燕", PASSPHRASE, staff.director.office_key, CHEAP)
    assert approve_voucher(desk, uid, new).state == "submitted"
