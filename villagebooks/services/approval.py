"""Signatures: the centre's on vouchers with keys, the village's on papers as attested ink (SECURITY §4)."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from villagebooks.core.approval import (
    APPROVE,
    BY_KEY,
    BY_PAPER,
    ON_PAPER,
    ON_VOUCHER,
    PREPARE,
    SEND_BACK,
    WITHDRAW,
    Approval,
    check_not_voiding,
    check_signer,
    waiting_step,
)
from villagebooks.core.book import Book
from villagebooks.core.paper import ACCEPTED, SENT, SENT_BACK, SIGNED, WRITTEN, Body, Paper
from villagebooks.core.paper_note import PaperNote
from villagebooks.core.policy import Step, find_ink
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.voucher import APPROVED, DRAFT, SUBMITTED, Voucher, touches_money, voucher_body
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import book as book_rows
from villagebooks.db import journal
from villagebooks.db import paper as paper_rows
from villagebooks.db import paper_note as note_rows
from villagebooks.db import person as person_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.seal import canonical
from villagebooks.seal.approval import (
    ApprovalText,
    BodyText,
    InkText,
    approval_hash,
    peek_ink,
    sign_approval,
)
from villagebooks.services.desk import Act, Desk, acting
from villagebooks.services.key import Unlocked
from villagebooks.services.policy import steps_of_voucher
from villagebooks.services.reason import keep_send_back
from villagebooks.services.registrar import check_key, check_registrar, check_registrar_key
from villagebooks.services.ruling import rule_paper


def seal_voucher(
    connection: Connection, book_uid: str, voucher: Voucher, papers: Sequence[Paper] | None = None
) -> tuple[Voucher, bytes]:
    """The voucher with the digest of its canonical body, and that body: what every approval signs.

    `papers` are the voucher's, if the caller has read them already.
    """
    if papers is None:
        papers = paper_rows.papers_where_uids(connection, voucher.papers)
    images = [
        (image.sha256, image.size, image.media, image.pages)
        for paper in papers
        for document in paper.documents
        for image in document.images
    ]
    payees = [paper.payee for paper in papers if paper.payee]
    body = canonical.dump(voucher_body(voucher, book_uid, payees, images))
    return replace(voucher, digest=hashlib.sha256(body).hexdigest()), body


def seal_paper(book_uid: str, paper: Paper) -> tuple[Paper, bytes]:
    """The paper with the digest of its canonical body, and that body. Names of signers are outside: they come after."""
    body = canonical.dump(
        {
            "v": 1, "book": book_uid, "uid": paper.uid, "rev": paper.rev, "number": paper.number,
            "date": paper.day.isoformat(), "words": paper.words, "class": paper.spending_class,
            "direction": paper.direction, "amount_fen": paper.amount_fen, "payee": paper.payee,
            "paid_how": paper.paid_how, "basis": paper.basis, "group": paper.group,
            **({"policy": paper.policy} if paper.policy else {}),
            "documents": [
                [one.kind, one.number, one.day, one.amount_fen, one.count, [image.sha256 for image in one.images]]
                for one in paper.documents
            ],
        }
    )  # fmt: skip
    return replace(paper, digest=hashlib.sha256(body).hexdigest()), body


def centre_steps(
    connection: Connection, book: Book, voucher: Voucher, moves_money: bool
) -> tuple[tuple[Step, ...], Step | None]:
    """The voucher's steps and the one that is waited for, None when all have signed."""
    papers = paper_rows.papers_where_uids(connection, voucher.papers)
    flow = steps_of_voucher(connection, voucher.policy, papers, book.village, moves_money=moves_money)
    given = [approval for approval, _note in approval_rows.approvals_of(connection, voucher.uid, voucher.rev)]
    return flow, waiting_step(flow, given, voucher.rev)


def waiting_for(desk: Desk, uid: str) -> Step | None:
    """The step that a voucher of this book waits for, None when everybody has signed."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        voucher = voucher_rows.need_voucher(connection, row_id, uid)
        accounts = book_rows.accounts(connection, row_id)
        return centre_steps(connection, desk.book, voucher, touches_money(voucher.lines, accounts))[1]


def approve_voucher(desk: Desk, uid: str, unlocked: Unlocked, seen: tuple[int, str] | None = None) -> Voucher:
    """Sign the step that is waited for; preparing submits the voucher, the last step approves it.

    `seen` is the revision and step that the signer looked at ("": whichever is waited for): Refused when the voucher
    has gone on since.
    """
    with acting(desk) as act:
        voucher, step = _waiting(act, desk.book, uid)
        if seen and (seen[0] != voucher.rev or seen[1] not in ("", step.name)):
            raise Refused([Problem(_("{title} 在您看过以后又变了，请再看一遍").format(title=voucher.title))])
        given = [one for one, _note in approval_rows.approvals_of(act.connection, uid, voucher.rev)]
        refuse_if(check_not_voiding(voucher.title, given, voucher.rev))
        roles = person_rows.duties(act.connection, unlocked.person, act.at[:10])
        former = person_rows.former_names(act.connection, unlocked.person)
        problems = check_signer(step, unlocked.person, roles, given, voucher.rev, former)
        if step.name == PREPARE and voucher.prepared_by != unlocked.person:
            text = _("制单人是{name}，要由本人送签").format(name=voucher.prepared_by)
            problems.append(Problem(text))
        refuse_if(problems + check_key(act.connection, unlocked, step.role))
        sealed, body = seal_voucher(act.connection, desk.book.uid, voucher)
        if sealed.digest != voucher.digest:
            raise Refused([Problem(_("{title} 的内容与登记的不符，不能签").format(title=voucher.title))])
        approval_rows.put_body(act.connection, uid, voucher.rev, body, voucher.digest)
        text_to_sign = _text(act, desk, ON_VOUCHER, uid, voucher.rev, voucher.digest, step.name, APPROVE)
        _store(act, sign_approval(text_to_sign, unlocked.keys.signing), text_to_sign, unlocked.person, unlocked)
        after = centre_steps(act.connection, desk.book, voucher, _moves_money(act, voucher))[1]
        voucher_rows.set_state(act.connection, uid, SUBMITTED if after else APPROVED)
        act.record("approve", f"voucher:{uid}")
        return _voucher(act, uid)


def send_back_voucher(desk: Desk, uid: str, unlocked: Unlocked, reason: int) -> Voucher:
    """Send a submitted voucher back to its preparer for a coded reason (core/reason.py): signed, and the earlier
    signatures no longer count."""
    with acting(desk) as act:
        voucher, step = _waiting(act, desk.book, uid)
        roles = person_rows.duties(act.connection, unlocked.person, act.at[:10])
        if voucher.state != SUBMITTED or (step.role and step.role not in roles):
            raise Refused([Problem(_("现在不由您退回这张凭证"))])
        refuse_if(check_key(act.connection, unlocked, step.role))
        keep_send_back(act, ON_VOUCHER, uid, voucher.rev, reason)
        text = _text(act, desk, ON_VOUCHER, uid, voucher.rev, voucher.digest, step.name, SEND_BACK)
        _store(act, sign_approval(text, unlocked.keys.signing), text, unlocked.person, unlocked)
        back = replace(voucher, state=DRAFT, rev=voucher.rev + 1)
        back, _body = seal_voucher(act.connection, desk.book.uid, back)
        voucher_rows.replace_voucher(act.connection, act.row, back)
        act.record("send_back", f"voucher:{uid}")
        return _voucher(act, uid)


def attest_paper(
    desk: Desk, uid: str, unlocked: Unlocked, scan: str, bodies: Sequence[Body] = (), seen: int = 0
) -> Paper:
    """The registrar attests the ink on a paper, step by step of the village's chain; `scan` is the hash of its scan.

    It is kept as 纸质签字 signed by the registrar, never as an electronic signature of those who wrote the ink.
    `seen` is the revision that the registrar looked at: Refused when the paper was changed since.
    """
    with acting(desk) as act:
        paper = _paper(act, uid)
        if seen and seen != paper.rev:
            raise Refused([Problem(_("报账单 {n} 在您看过以后又变了，请再看一遍").format(n=paper.number))])
        if paper.state not in (WRITTEN, SENT_BACK):
            raise Refused([Problem(_("这张报账单的签字已经登记过"))])
        refuse_if(check_registrar(act, unlocked))
        # what the registrar saw counts before what the reporter wrote
        shown = replace(paper, bodies=(*bodies, *paper.bodies))
        ruling = rule_paper(act.connection, desk.book, shown, act.at[:10])
        # several are registered in one go: each says which paper it is about
        refuse_if([replace(one, where=one.where or _("报账单 {n}").format(n=paper.number)) for one in ruling.problems])
        _sealed, raw = seal_paper(desk.book.uid, paper)
        if ruling.flow:
            # the centre's own calculation sheets need no ink, so no signed text is kept of them
            approval_rows.put_body(act.connection, uid, paper.rev, raw, paper.digest)
        for step in ruling.flow:
            ink = find_ink(shown, step, ruling.flow)
            _attest(act, desk, paper, step, ink.names or (step.title,), ink.body, scan, unlocked)
        paper_rows.set_state(act.connection, uid, SIGNED)
        act.record("attest", f"paper:{uid}")
        return _paper(act, uid)


def sign_note(act: Act, desk: Desk, paper: Paper, kind: str, words: str, unlocked: Unlocked) -> None:
    """Keep words on this revision of a paper, signed by who wrote them; the kind is the step."""
    note = PaperNote(str(uuid.uuid4()), paper.uid, paper.rev, kind, words, unlocked.person, act.at)
    note_rows.add_note(act.connection, note)
    act.record("note", f"paper_note:{note.uid}")
    approval_rows.put_body(act.connection, paper.uid, paper.rev, seal_paper(desk.book.uid, paper)[1], paper.digest)
    text = _text(act, desk, ON_PAPER, paper.uid, paper.rev, paper.digest, kind, APPROVE)
    _store(act, sign_approval(text, unlocked.keys.signing), text, unlocked.person, unlocked)


def accept_paper(desk: Desk, uid: str, seen: int = 0) -> Paper:
    """受理: the centre takes a signed paper; from now on a voucher may be made of it.

    `seen` is the revision that was looked at: Refused when the paper was changed since.
    """
    with acting(desk) as act:
        paper = _paper(act, uid)
        if seen and seen != paper.rev:
            raise Refused([Problem(_("报账单 {n} 在您看过以后又变了，请再看一遍").format(n=paper.number))])
        if paper.state not in (SIGNED, SENT):
            raise Refused([Problem(_("报账单 {n} 还没有签完字，不能受理").format(n=paper.number))])
        paper_rows.set_state(act.connection, uid, ACCEPTED)
        act.record("accept", f"paper:{uid}")
        return _paper(act, uid)


def send_back_paper(
    desk: Desk, uid: str, reason: int, unlocked: Unlocked | None = None, scan: str = ""
) -> Paper:  # fmt: skip
    """退回 with one of the coded reasons (core/reason.py).

    What the centre has accepted goes back only with the ink of the same steps that had signed it: on a slip whose scan
    (its hash) the registrar attests. The people may be others, the steps not.
    """
    with acting(desk) as act:
        paper = _paper(act, uid)
        if paper.state in ("booked",):
            raise Refused([Problem(_("已入账的报账单不能退回"))])
        title = voucher_rows.title_with_paper(act.connection, uid)
        if title:
            text = _("报账单 {n} 已做进 {title}，请先作废那张凭证，再退回")
            raise Refused([Problem(text.format(n=paper.number, title=title))])
        keep_send_back(act, ON_PAPER, uid, paper.rev, reason)
        if paper.state == ACCEPTED:
            _withdraw_acceptance(act, desk, paper, unlocked, scan)
        back, _body = seal_paper(desk.book.uid, replace(paper, rev=paper.rev + 1, state=SENT_BACK, reason=reason))
        paper_rows.replace_paper(act.connection, back)
        act.record("send_back", f"paper:{uid}")
        return _paper(act, uid)


def _withdraw_acceptance(act: Act, desk: Desk, paper: Paper, unlocked: Unlocked | None, scan: str) -> None:
    given = [one for one, _note in approval_rows.approvals_of(act.connection, paper.uid, paper.rev)]
    signed = {one.step: one for one in given if one.decision == APPROVE and one.mode == BY_PAPER}
    if not signed:
        return  # the centre's own calculation: nobody in the village signed it
    if unlocked is None or not scan:
        people = "、".join(dict.fromkeys(one.name for one in signed.values()))
        text = _("报账单 {n} 已受理：退回要由签过的同样各步（{people}）在撤销单上签字，扫描后由登记人用钥匙登记")
        raise Refused([Problem(text.format(n=paper.number, people=people), field="scan")])
    refuse_if(check_registrar(act, unlocked) + _check_slip_scan(act, paper, scan))
    for one in signed.values():
        ink = InkText(tuple(one.name.split("、")), scan)
        sign_step(act, desk, (ON_PAPER, paper.uid, paper.rev, paper.digest), one.step, WITHDRAW, unlocked, ink)


def _check_slip_scan(act: Act, paper: Paper, scan: str) -> list[Problem]:
    """The scan shows the slip of the withdrawal, not the paper as it was signed."""
    inks = [peek_ink(note) for _one, note in approval_rows.approvals_of(act.connection, paper.uid, paper.rev)]
    if scan not in {ink.scan for ink in inks if ink}:
        return []
    text = _("这是报账单 {n} 当初签字的扫描件，请放入撤销单的扫描件")
    return [Problem(text.format(n=paper.number), field="scan")]


def sign_step(
    act: Act, desk: Desk, what: tuple[str, str, int, str], step: str, decision: str, unlocked: Unlocked,
    ink: InkText | None = None, role: str = "",
) -> None:  # fmt: skip
    """Sign one step of a body that is kept (`what`: kind, uid, revision, digest), inside a larger act.

    With `ink` the signer attests what others wrote on paper; else the key must be listed with the step's `role`.
    """
    key_faults = check_registrar_key(act.connection, unlocked) if ink else check_key(act.connection, unlocked, role)
    refuse_if(key_faults)
    text = replace(_text(act, desk, *what, step, decision), ink=ink)
    name = "、".join(ink.names) if ink else unlocked.person
    _store(act, sign_approval(text, unlocked.keys.signing), text, name, unlocked)


def sign_body(
    act: Act, desk: Desk, on: str, uid: str, body: bytes, step: str, unlocked: Unlocked, ink: InkText | None = None
) -> None:  # fmt: skip
    """Sign a body that is neither paper nor voucher (a closing), inside a larger act; several people sign the same.

    With `ink` the signer attests what others wrote on paper. The caller has checked the signer's duty; Refused when the
    key is no longer in the directory.
    """
    digest = hashlib.sha256(body).hexdigest()
    approval_rows.put_body(act.connection, uid, 1, body, digest)
    sign_step(act, desk, (on, uid, 1, digest), step, APPROVE, unlocked, ink)


def approvals(desk: Desk, object_uid: str) -> list[Approval]:
    """Every signature on a voucher or paper of this book, in order."""
    with desk.books.read() as connection:
        return [approval for approval, _note in approval_rows.approvals_of(connection, object_uid)]


def _attest(
    act: Act,
    desk: Desk,
    paper: Paper,
    step: Step,
    names: tuple[str, ...],
    body: Body | None,
    scan: str,
    unlocked: Unlocked,
) -> None:
    text = _text(act, desk, ON_PAPER, paper.uid, paper.rev, paper.digest, step.name, APPROVE)
    signed_body = (
        BodyText(body.name, body.present, body.agreed, body.size, body.stamp, _minutes(paper)) if body else None
    )
    text = replace(text, ink=InkText(names, scan), body=signed_body)
    _store(act, sign_approval(text, unlocked.keys.signing), text, "、".join(names), unlocked)


def _minutes(paper: Paper) -> str:
    """The hash of the first picture of the minutes that lie with the paper, empty when there is none."""
    scans = (one.images[0].sha256 for one in paper.documents if one.images and any(w in one.kind for w in _MINUTES))
    return next(scans, "")


_MINUTES = ("会议记录", "决议", "四议两公开", "五步议事")
"""Kinds of documents that hold what a body decided."""


def _text(act: Act, desk: Desk, on: str, uid: str, rev: int, digest: str, step: str, decision: str) -> ApprovalText:
    given = approval_rows.approvals_of(act.connection, uid)
    state = journal.head(act.connection, act.book)[1]
    return ApprovalText(
        book=desk.book.uid, on=on, uid=uid, rev=rev, doc=digest, step=step, decision=decision, at=act.at,
        chain=state.seq, head=state.head, prev=given[-1][0].digest if given else "",
    )  # fmt: skip


def _store(act: Act, note: bytes, text: ApprovalText, name: str, unlocked: Unlocked) -> None:
    approval = Approval(
        uid=str(uuid.uuid4()), on=text.on, object_uid=text.uid, rev=text.rev, step=text.step, name=name,
        signer=unlocked.person, decision=text.decision, mode=BY_PAPER if text.ink else BY_KEY, at=text.at,
        digest=approval_hash(note),
    )  # fmt: skip
    approval_rows.add_approval(act.connection, act.row, approval, note)
    act.record("sign", f"approval:{approval.uid}")


def _waiting(act: Act, book: Book, uid: str) -> tuple[Voucher, Step]:
    voucher = _voucher(act, uid)
    step = centre_steps(act.connection, book, voucher, _moves_money(act, voucher))[1]
    if step is None or voucher.state not in (DRAFT, SUBMITTED):
        raise Refused([Problem(_("{title} 没有要签的一步").format(title=voucher.title))])
    return voucher, step


def _moves_money(act: Act, voucher: Voucher) -> bool:
    return touches_money(voucher.lines, book_rows.accounts(act.connection, act.row))


def _voucher(act: Act, uid: str) -> Voucher:
    return voucher_rows.need_voucher(act.connection, act.row, uid)


def _paper(act: Act, uid: str) -> Paper:
    found = paper_rows.find_paper(act.connection, act.row, uid)
    if found is None:
        raise Refused([Problem(_("这个账套里没有这张报账单"))])
    return found
