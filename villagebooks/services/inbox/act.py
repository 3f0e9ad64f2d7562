"""Acts on what waits: sign or take what was marked, one after another, each in its own transaction; send one back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from villagebooks.core.inbox import ACCEPT, ATTEST, MINE, PAPER, VOID_IT, VOUCHER, Refusal, Signed, Waiting
from villagebooks.core.paper import scan_of
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.words import _
from villagebooks.services.approval import (
    accept_paper,
    approve_voucher,
    attest_paper,
    send_back_paper,
    send_back_voucher,
)
from villagebooks.services.cancellation import cancel_voucher
from villagebooks.services.desk import Desk, Office
from villagebooks.services.key import Unlocked
from villagebooks.services.paper import read_paper


def act_on_each(office: Office, marked: Sequence[Waiting], unlocked: Unlocked) -> Iterator[Waiting | Refusal]:
    """Do the next step of each, one by one: sign a voucher's, attest a paper's ink, take a paper that is signed.

    One that is refused holds up no other: what was done, or why it was not. Somebody may stop between them.
    """
    for one in marked:
        try:
            _act(office, one, unlocked)
        except Refused as refusal:
            yield Refusal(one, tuple(dict.fromkeys(str(problem) for problem in refusal.problems)))
        else:
            yield one


def tally(answers: Iterable[Waiting | Refusal]) -> Signed:
    """What became of them all."""
    signed: list[Waiting] = []
    refused: list[Refusal] = []
    for one in answers:
        if isinstance(one, Refusal):
            refused.append(one)
        else:
            signed.append(one)
    return Signed(tuple(signed), tuple(refused))


def _act(office: Office, one: Waiting, unlocked: Unlocked) -> None:
    desk = _desk(office, one)
    if one.step == VOID_IT:
        cancel_voucher(desk, one.uid, unlocked, seen=one.rev)
    elif one.kind == VOUCHER:
        approve_voucher(desk, one.uid, unlocked, seen=(one.rev, one.step))
    elif one.kind == PAPER and one.step == ATTEST:
        scan = scan_of(read_paper(desk, one.uid))
        refuse_if([] if scan else [Problem(_("还没有图片：先加一张签过字的报账单或单据的照片"))])
        attest_paper(desk, one.uid, unlocked, scan, seen=one.rev)
    elif one.kind == PAPER and one.step == ACCEPT:
        accept_paper(desk, one.uid, seen=one.rev)
    else:
        raise Refused(
            [Problem(_("{title} 现在等的不是签字，是“{step}”").format(title=one.number, step=one.step_title))]
        )


def send_back(office: Office, one: Waiting, reason: int, unlocked: Unlocked | None = None) -> None:
    """Send a voucher back to its preparer, or a paper to its village, for a coded reason; a voucher needs the key."""
    if one.state != MINE or one.step == VOID_IT:
        raise Refused([Problem(_("{title} 现在轮不到您退回").format(title=one.number))])
    if one.kind == VOUCHER and unlocked:
        send_back_voucher(_desk(office, one), one.uid, unlocked, reason)
    elif one.kind == PAPER:
        send_back_paper(_desk(office, one), one.uid, reason)
    else:
        raise Refused([Problem(_("吹哨不能退回，只能答复"))])


def _desk(office: Office, one: Waiting) -> Desk:
    if one.book is None:
        raise Refused([Problem(_("这一件不属于哪个村的账"))])
    return Desk(office.books, office.person, one.book, one.month)
