"""Voiding a voucher that was signed: the same steps sign again, each over the same body, before it is void."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.approval import ON_VOUCHER, VOID, WITHDRAW, Approval, check_signer, voids
from villagebooks.core.correction import Remark, last_voiding, next_voiding
from villagebooks.core.policy import Step
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.voucher import APPROVED, POSTED, REVERSAL, SUBMITTED, Voucher
from villagebooks.core.words import _, plain_text
from villagebooks.db import approval as approval_rows
from villagebooks.db import book as book_rows
from villagebooks.db import correction as correction_rows
from villagebooks.db import person as person_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.services.approval import sign_step
from villagebooks.services.desk import Act, Desk, acting
from villagebooks.services.key import Unlocked
from villagebooks.services.voiding import open_steps
from villagebooks.services.voucher import void_in


@dataclass(frozen=True, slots=True)
class Voiding:
    """A voiding under way, or one that may begin: who has signed it, the titles of the steps left, why (empty for one
    that has not begun, or was taken back)."""

    names: tuple[str, ...]
    steps: str
    why: str


def voiding_of(desk: Desk, uid: str) -> Voiding:
    """How far the voiding of a signed voucher is."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        voucher = voucher_rows.need_voucher(connection, row_id, uid)
        steps, given = open_steps(connection, desk.book, row_id, voucher)
        said = last_voiding(correction_rows.remarks_of(connection, uid))
        names = tuple(one.name for one in voids(given, voucher.rev))
        return Voiding(names, _("、").join(_(one.title) for one in steps), said.words if said and names else "")


def cancel_voucher(desk: Desk, uid: str, unlocked: Unlocked, why: str = "", seen: int = 0) -> Voucher:
    """Sign one of the steps that void a signed voucher; the last makes it void, and its number stays.

    Who signs first writes why. Everybody signs once. `seen` is the revision whose voiding the signer found under way:
    Refused when it was taken back since. Source: SECURITY §4 (voiding what was approved takes the same tier).
    """
    with acting(desk) as act:
        voucher = _need(act, uid)
        steps, given = open_steps(act.connection, desk.book, act.row, voucher)
        if seen and (seen != voucher.rev or not voids(given, voucher.rev)):
            text = _("{title} 在您看过以后又变了，请再看一遍")
            raise Refused([Problem(text.format(title=voucher.title))])
        if voucher.state not in (SUBMITTED, APPROVED) or not steps:
            raise Refused([Problem(_("{title} 没有人签过字，直接作废就行").format(title=voucher.title))])
        reason = _reason(act, voucher, why, under_way=bool(voids(given, voucher.rev)))
        refuse_if(_check_followers(act, voucher))
        step = _step_of(act, voucher, steps, given, unlocked)
        what = (ON_VOUCHER, uid, voucher.rev, voucher.digest)
        sign_step(act, desk, what, step.name, VOID, unlocked, role=step.role)
        if len(steps) == 1:
            void_in(act, voucher, reason)
            for blue in correction_rows.correctors(act.connection, uid) if voucher.kind == REVERSAL else ():
                if blue.state != POSTED:
                    void_in(act, blue, reason)
        return _need(act, uid)


def keep_voucher_after_all(desk: Desk, uid: str, unlocked: Unlocked) -> Voucher:
    """Somebody who has signed to void takes it back: the voucher goes on, and a later voiding begins anew."""
    with acting(desk) as act:
        voucher = _need(act, uid)
        given = [one for one, _note in approval_rows.approvals_of(act.connection, uid, voucher.rev)]
        mine = next((one for one in voids(given, voucher.rev) if one.name == unlocked.person), None)
        if mine is None or voucher.state not in (SUBMITTED, APPROVED):
            text = _("{name}没有签过同意作废 {title}，不能撤回")
            raise Refused([Problem(text.format(name=unlocked.person, title=voucher.title))])
        sign_step(act, desk, (ON_VOUCHER, uid, voucher.rev, voucher.digest), mine.step, WITHDRAW, unlocked)
        act.record("withdraw", f"voucher:{uid}")
        return _need(act, uid)


def _step_of(act: Act, voucher: Voucher, steps: list[Step], given: list[Approval], unlocked: Unlocked) -> Step:
    """The first step left that the person may sign; everybody signs one."""
    names = (unlocked.person, *person_rows.former_names(act.connection, unlocked.person))
    if any(one.name in names for one in voids(given, voucher.rev)):
        text = _("{name}已经签过同意作废 {title}，其余各步要由别的人签")
        raise Refused([Problem(text.format(name=unlocked.person, title=voucher.title))])
    roles = person_rows.duties(act.connection, unlocked.person, act.at[:10])
    step = next((one for one in steps if not check_signer(one, unlocked.person, roles, (), voucher.rev)), None)
    if step is None:
        text = _("作废 {title} 还要{steps}签字，{name}没有这些职责")
        words = {"title": voucher.title, "steps": _("、").join(_(one.title) for one in steps), "name": unlocked.person}
        raise Refused([Problem(text.format(**words))])
    return step


def _reason(act: Act, voucher: Voucher, why: str, *, under_way: bool) -> str:
    """Why, as the first signer of this voiding wrote it; it is kept beside the voucher from that signature on. What was
    said of one that was taken back stays beside it."""
    remarks = correction_rows.remarks_of(act.connection, voucher.uid)
    said = last_voiding(remarks)
    words = plain_text(why).strip()
    if said and under_way:
        return said.words if words in ("", said.words) else f"{said.words}；{words}"
    if not words:
        raise Refused([Problem(_("签过字的凭证作废，请写明原因"), field="why")])
    remark = Remark(voucher.uid, next_voiding(remarks), words, act.person, act.at)
    correction_rows.add_remark(act.connection, remark)
    act.record("remark", correction_rows.remark_key(remark))
    return words


def _check_followers(act: Act, voucher: Voucher) -> list[Problem]:
    """A blue voucher goes with its red one, so what was signed of it is voided first."""
    if voucher.kind != REVERSAL:
        return []
    text = _("{title} 是订正它的蓝字凭证，已签过字，请先作废那一张")
    return [
        Problem(text.format(title=blue.title))
        for blue in correction_rows.correctors(act.connection, voucher.uid)
        if blue.state in (SUBMITTED, APPROVED)
    ]


def _need(act: Act, uid: str) -> Voucher:
    return voucher_rows.need_voucher(act.connection, act.row, uid)
