"""审批单: print it with its code, find the voucher by the code, attest the ink on it with the scan."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.approval import (
    APPROVE,
    BY_PAPER,
    ON_VOUCHER,
    PREPARE,
    Approval,
    check_not_voiding,
    check_signer,
    waiting_step,
)
from villagebooks.core.policy import Step
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.slip import Slip, SlipFound, SlipStep, check_ink_names
from villagebooks.core.statutory import in_chinese
from villagebooks.core.voucher import APPROVED, DRAFT, SUBMITTED, VOID, Voucher, touches_money
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import book as book_rows
from villagebooks.db import paper as paper_rows
from villagebooks.db import person as person_rows
from villagebooks.db import slip as slip_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.paths import make_folder
from villagebooks.pdf.slip import draw_slip
from villagebooks.seal.approval import InkText, peek_ink
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.code import normal_code
from villagebooks.seal.voucher import slip_code
from villagebooks.services.approval import centre_steps, seal_voucher, sign_step
from villagebooks.services.desk import Act, Desk, Office, acting
from villagebooks.services.key import Unlocked
from villagebooks.services.office import centre
from villagebooks.services.registrar import check_registrar


def make_slip(desk: Desk, uid: str) -> Slip:
    """The slip of a voucher as it stands; its code is kept, so that it is found again. Refused for one that is void."""
    with acting(desk) as act:
        voucher = _need(act.connection, act.row, uid)
        if voucher.state == VOID:
            raise Refused([Problem(_("{title} 已作废，没有审批单").format(title=voucher.title))])
        code = slip_code(desk.book.uid, uid, voucher.rev, voucher.digest)
        if slip_rows.find_slip(act.connection, code) is None:
            slip_rows.add_slip(act.connection, code, uid, voucher.rev, act.person, act.at)
            act.record("slip", f"slip:{code}")
        flow, given = _flow(act.connection, desk, voucher)
        payees = [one.payee for one in paper_rows.papers_where_uids(act.connection, voucher.papers) if one.payee]
        steps = tuple(_slip_step(step, given) for step in flow)
        return Slip(code, desk.book.name, voucher, steps, tuple(dict.fromkeys(payees)))


@in_chinese
def print_slip(desk: Desk, uid: str, out: Path) -> Path:
    """Draw the slip of a voucher."""
    slip = make_slip(desk, uid)
    make_folder(out.parent)
    draw_slip(slip, out, centre(desk.office).imprint)
    return out


def find_slip(office: Office, code: str) -> SlipFound:
    """The voucher that a typed or scanned code belongs to; Refused for a slip of the finger, or a code of no slip."""
    normal = normal_code(code)
    if normal is None:
        text = _("审批单号不对，可能抄错了一个字：{code}")
        raise Refused([Problem(text.format(code=code.strip()[:30]), field="code")])
    with office.books.read() as connection:
        found = slip_rows.find_slip(connection, normal)
        if found is None:
            raise Refused([Problem(_("没有打印过号码是 {code} 的审批单").format(code=normal), field="code")])
        row_id = book_rows.book_id(connection, found.book)
        voucher = _need(connection, row_id, found.voucher)
        return SlipFound(found.book, found.voucher, voucher.rev == found.rev)


def open_ink_steps(desk: Desk, uid: str) -> tuple[Step, ...]:
    """The steps that nobody has signed: those that a slip has room for."""
    with desk.books.read() as connection:
        voucher = _need(connection, book_rows.book_id(connection, desk.book.code), uid)
        flow, given = _flow(connection, desk, voucher)
        signed = {one.step for one in given if one.decision == APPROVE}
        return tuple(step for step in flow if step.name not in signed)


def attest_slip(
    desk: Desk, uid: str, code: str, names: Mapping[str, str], scan: str, unlocked: Unlocked
) -> Voucher:  # fmt: skip
    """The registrar attests the ink on a voucher's slip: which person signed which step, with the hash of the scan.

    Kept as 纸质签字, signed by the registrar; keys and ink may take turns on one voucher, each person once. Refused for
    the slip of another voucher or of an earlier revision, and for a scan that was attested to another voucher.
    """
    found = find_slip(desk.office, code)
    with acting(desk) as act:
        voucher = _need(act.connection, act.row, uid)
        if found.voucher != uid:
            text = _("这张审批单是另一张凭证的，不是 {title} 的")
            raise Refused([Problem(text.format(title=voucher.title), field="code")])
        if not found.current:
            text = _("{title} 打印审批单以后改过，请重新打印、重新签")
            raise Refused([Problem(text.format(title=voucher.title), field="code")])
        if voucher.state not in (DRAFT, SUBMITTED):
            raise Refused([Problem(_("{title} 没有要签的一步").format(title=voucher.title))])
        flow, given = _flow(act.connection, desk, voucher)
        signed = [one.step for one in given if one.decision == APPROVE]
        problems = check_not_voiding(voucher.title, given, voucher.rev) + check_registrar(act, unlocked)
        problems += check_ink_names(flow, signed, names) + _scan_faults(act, uid, scan)
        refuse_if(problems)
        _check_body(act, desk, voucher)
        for step in flow:
            who = names.get(step.name, "").strip()
            if who:
                given = _attest_step(act, desk, voucher, step, who, scan, unlocked, given)
        after = waiting_step(flow, given, voucher.rev)
        voucher_rows.set_state(act.connection, uid, SUBMITTED if after else APPROVED)
        act.record("attest", f"voucher:{uid}")
        return _need(act.connection, act.row, uid)


def _attest_step(
    act: Act, desk: Desk, voucher: Voucher, step: Step, who: str, scan: str, unlocked: Unlocked, given: list[Approval]
) -> list[Approval]:  # fmt: skip
    roles = person_rows.duties(act.connection, who, act.at[:10])
    former = person_rows.former_names(act.connection, who)
    problems = check_signer(step, who, roles, given, voucher.rev, former)
    if step.name == PREPARE and voucher.prepared_by != who:
        problems.append(Problem(_("制单人是{name}，要由本人签").format(name=voucher.prepared_by)))
    refuse_if(problems)
    what = (ON_VOUCHER, voucher.uid, voucher.rev, voucher.digest)
    sign_step(act, desk, what, step.name, APPROVE, unlocked, InkText((who,), scan))
    return [one for one, _note in approval_rows.approvals_of(act.connection, voucher.uid, voucher.rev)]


def _check_body(act: Act, desk: Desk, voucher: Voucher) -> None:
    sealed, body = seal_voucher(act.connection, desk.book.uid, voucher)
    if sealed.digest != voucher.digest:
        raise Refused([Problem(_("{title} 的内容与登记的不符，不能签").format(title=voucher.title))])
    approval_rows.put_body(act.connection, voucher.uid, voucher.rev, body, voucher.digest)


def _scan_faults(act: Act, uid: str, scan: str) -> list[Problem]:
    """A scan shows one slip; it was not attested to another voucher of any village before."""
    if not scan:
        return [Problem(_("请选审批单的扫描件或照片"), field="scan")]
    for row_id, other, note in slip_rows.ink_notes(act.connection):
        try:
            ink = peek_ink(note)
        except FormatError:
            continue  # the check tells of it
        if other != uid and ink and ink.scan == scan:
            voucher = voucher_rows.find_voucher(act.connection, row_id, other)
            title = voucher.title if voucher else other
            if voucher and row_id != act.row:
                title = f"{voucher.book} {voucher.month} {title}"
            text = _("这张扫描件已经登记在 {title} 的审批单上，不能再登记到别的凭证")
            return [Problem(text.format(title=title), field="scan")]
    return []


def _slip_step(step: Step, given: list[Approval]) -> SlipStep:
    one = next((one for one in given if one.step == step.name and one.decision == APPROVE), None)
    if one is None:
        return SlipStep(step.name, step.title)
    how = _("纸质签字") if one.mode == BY_PAPER else _("电子签字")
    return SlipStep(step.name, step.title, one.name, how, one.at)


def _flow(connection: Connection, desk: Desk, voucher: Voucher) -> tuple[tuple[Step, ...], list[Approval]]:
    accounts = book_rows.accounts(connection, book_rows.book_id(connection, desk.book.code))
    flow, _waiting = centre_steps(connection, desk.book, voucher, touches_money(voucher.lines, accounts))
    return flow, [one for one, _note in approval_rows.approvals_of(connection, voucher.uid, voucher.rev)]


def _need(connection: Connection, row_id: int, uid: str) -> Voucher:
    return voucher_rows.need_voucher(connection, row_id, uid)
