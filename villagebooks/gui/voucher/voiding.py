"""Voiding a voucher that was signed: the same steps sign it, one by one; who has signed can take it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from villagebooks.core.voucher import APPROVED, DRAFT, SUBMITTED, Voucher
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import SignStrip
from villagebooks.gui.page import Strip, button
from villagebooks.gui.voucher.correction import WordsStrip
from villagebooks.services.cancellation import Voiding, cancel_voucher, keep_voucher_after_all, voiding_of
from villagebooks.services.desk import Desk
from villagebooks.services.voucher import read_voucher, void_voucher


class VoidAsking(QObject):
    """Asks for signatures over a voiding. `keep` is the button that takes one back, shown while one is under way."""

    def __init__(
        self, seat: Seat, strip: Strip, words: WordsStrip, sign: SignStrip, done: Callable[[Voucher], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self._seat, self._strip, self._words, self._sign, self._done = seat, strip, words, sign, done
        self._voucher: Voucher | None = None
        self.keep = button(_("撤回作废…"), self.ask_keep, "undo-2")
        self.keep.hide()

    def look(self, voucher: Voucher | None) -> None:
        """Another voucher: say whether somebody has signed to void it."""
        self._voucher = voucher
        self.keep.hide()
        if voucher and voucher.state in (SUBMITTED, APPROVED):
            act = partial(voiding_of, self._seat.desk, voucher.uid)
            self._seat.worker.read(act, self._tell, key=(id(self), "look"))

    def ask(self) -> None:
        """A draft: why, if one likes; a signed one: why, unless somebody has signed already, then a signature."""
        if self._voucher and self._voucher.state == DRAFT:
            text = _("作废 {title}：号码保留，不能再用，也不能恢复。写不写原因都行，写了断号报告里看得见。")
            self._words.ask(text.format(title=self._voucher.title), _("作废原因"), self.void, _("作废"))
        elif self._voucher and self._voucher.state in (SUBMITTED, APPROVED):
            act = partial(voiding_of, self._seat.desk, self._voucher.uid)
            self._seat.worker.read(act, self._ask, key=(id(self), "ask"))

    def void(self, why: str = "") -> None:
        """Void a draft; the reason stands in the number report."""
        if self._voucher:
            self._words.hide()
            act = partial(_void, self._seat.desk, self._voucher.uid, why)
            self._seat.worker.write(act, self._done, self._strip.show_problems, _("作废"))

    def ask_keep(self) -> None:
        """Who has signed takes it back."""
        if self._voucher:
            text = _("撤回对作废 {title} 的同意：凭证照常签字、记账；以后要作废得从头签。")
            act = partial(keep_voucher_after_all, self._seat.desk, self._voucher.uid)
            said = text.format(title=self._voucher.title)
            self._sign.ask(said, act, self._done, self._seat.person, _("撤回"))

    def _tell(self, found: Voiding) -> None:
        self.keep.setVisible(bool(found.names))
        if found.names and self._voucher:
            text = _("正在作废：{names}已签字同意，还差{steps}。原因：{why}")
            self._strip.hint(text.format(names=_("、").join(found.names), steps=found.steps, why=found.why))

    def _ask(self, found: Voiding) -> None:
        voucher = self._voucher
        if voucher is None:
            return
        if found.names:
            self._ask_signature(found.why)
            return
        text = _("{title} 已由{steps}签字：作废要由同样各步的人都签字同意，号码保留。请写明原因，再签第一步。")
        said = text.format(title=voucher.title, steps=found.steps)
        self._words.ask(said, _("作废原因"), self._ask_signature, _("去签字"))

    def _ask_signature(self, why: str) -> None:
        if self._voucher:
            self._words.hide()
            text = _("同意作废 {month} {title}。原因：{why}")
            said = text.format(month=self._voucher.month, title=self._voucher.title, why=why or "—")
            act = partial(cancel_voucher, self._seat.desk, self._voucher.uid, why=why)
            self._sign.ask(said, act, self._done, self._seat.person, _("同意作废"))


def _void(desk: Desk, uid: str, why: str) -> Voucher:
    void_voucher(desk, uid, why)
    return read_voucher(desk, uid)
