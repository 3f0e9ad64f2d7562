"""What asks for a signature over the voucher in hand: the step that is waited for, and 退回 with a coded reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from villagebooks.core.money import said_yuan
from villagebooks.core.voucher import DRAFT, SUBMITTED, Voucher
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import SignStrip
from villagebooks.gui.reason import ReasonBox
from villagebooks.services.approval import approve_voucher, send_back_voucher
from villagebooks.services.desk import Desk
from villagebooks.services.hint import SignHint, sign_hint


class SignAsking(QObject):
    """Says what is signed, and asks who signs it."""

    def __init__(self, seat: Seat, reasons: ReasonBox, sign: SignStrip, done: Callable[[Voucher], None]) -> None:
        super().__init__()
        self._seat, self._reasons, self._sign, self._done = seat, reasons, sign, done

    def ask(self, voucher: Voucher) -> None:
        """Sign the step that a draft or submitted voucher waits for."""
        step = _("送签（制单）") if voucher.state == DRAFT else _("签字")
        text = self._sentence(voucher, step)
        act = partial(approve_voucher, self._seat.desk, voucher.uid, seen=(voucher.rev, ""))
        self._sign.ask(text, act, self._done, self._seat.person)
        hints = partial(sign_hint, self._seat.desk, voucher.uid, tuple(self._seat.holders))
        self._sign.read_hints(hints, partial(self._amend, text, voucher))

    def _sentence(self, voucher: Voucher, step: str) -> str:
        text = _("对 {month} {title} 号凭证{step}：{n} 行，{yuan} 元，附单据 {count} 张。签后内容不能再改。")
        return text.format(
            month=voucher.month, title=voucher.title, step=step, n=len(voucher.lines),
            yuan=said_yuan(voucher.total_fen), count=voucher.attachment_count,
        )  # fmt: skip

    def _amend(self, text: str, voucher: Voucher, found: SignHint) -> tuple[str, ...]:
        """The name of the step, somebody who may sign it, and what is to be known before."""
        said = text
        if voucher.state == SUBMITTED and found.step:
            step = _("签字（{step}）").format(step=found.step)
            said = self._sentence(voucher, step)
        person = self._seat.person if self._seat.person in found.people or not found.people else found.people[0]
        self._sign.amend(text, "\n".join((said, *found.hints)), person)
        return found.hints

    def ask_back(self, voucher: Voucher | None) -> None:
        """Send a submitted voucher back to who made it."""
        if voucher is None or voucher.state != SUBMITTED:
            return
        text = _("把 {title} 号凭证退回给{name}修改，已签的字作废。").format(
            title=voucher.title, name=voucher.prepared_by
        )
        self._reasons.ask(text, partial(self._send_back, self._seat.desk, voucher.uid, text))

    def _send_back(self, desk: Desk, uid: str, text: str, reason: int) -> None:
        act = partial(send_back_voucher, desk, uid, reason=reason)
        self._sign.ask(text, act, self._done, self._seat.person, _("退回"))
