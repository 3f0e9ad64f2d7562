"""Two states of one draft voucher, side by side (`gui/clash.py`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from villagebooks.core.change import Change
from villagebooks.core.problem import Problem
from villagebooks.core.unsaved import SheetText, Unsaved, differences
from villagebooks.core.voucher import Voucher
from villagebooks.core.words import _
from villagebooks.gui.clash import TwoStates
from villagebooks.gui.desk import Seat
from villagebooks.gui.keymap import key
from villagebooks.gui.page import Strip
from villagebooks.gui.voucher.form import VoucherForm
from villagebooks.services.change import read_changed
from villagebooks.services.unsaved import FoundUnsaved


class ClashPanel(TwoStates):
    """What was typed stands in the form until something is chosen; `apart` makes a new voucher of it. Neither is lost:
    the form can be undone, and the books' log keeps what was saved over."""

    def __init__(
        self, seat: Seat, form: VoucherForm, strip: Strip, restore: Callable[[FoundUnsaved], None],
        apart: Callable[[SheetText], None],
    ) -> None:  # fmt: skip
        super().__init__(strip, _("另做一张新的"), (self.take_mine, self.take_apart, self.take_theirs))
        self._seat, self._form, self._restore, self._apart = seat, form, restore, apart
        self._title = ""
        self._now: SheetText | None = None

    def look(self, found: FoundUnsaved, now: SheetText) -> None:
        """Ask when the draft was changed since what was typed was begun; `now` is what the books say."""
        if found.voucher and found.clashes:
            self._strip.say("")
            self.ask(found.voucher.title, found.change, now)

    def meet(self, problems: Sequence[Problem], unsaved: Callable[[], Unsaved]) -> None:
        """Saving was refused because somebody saved the same draft meanwhile: what was typed (`unsaved` says it) comes
        back beside it."""
        uid = unsaved().uid
        if uid and self._begin(problems):
            act = partial(read_changed, self._seat.desk, uid)
            self._seat.worker.read(act, partial(self._meet, unsaved), self._strip.show_problems, key=self)

    def _meet(self, unsaved: Callable[[], Unsaved], found: tuple[Voucher, Change | None]) -> None:
        typed = unsaved()
        if self._is_awaited(typed, found[0].rev):
            self._restore(FoundUnsaved(typed, *found))

    def ask(self, title: str, change: Change | None, now: SheetText) -> None:
        """Ask between `now`, which the books say, and what stands in the form."""
        self.show_states(title, change, differences(now, self._form.text()))
        self._title, self._now = title, now

    def put_away(self) -> None:
        """Another voucher is in hand."""
        super().put_away()
        self._now = None

    def take_mine(self) -> None:
        """What was typed is saved over the other one."""
        text = _("核对以后按 {key} 保存。账里原来的那一份（{who}）留在日志里，随时查得到。")
        self.put_away()
        self._strip.hint(text.format(key=key("save"), who=self._who))
        self._form.rows[0].summary.setFocus()

    def take_apart(self) -> None:
        """What was typed becomes a voucher of its own."""
        typed = self._form.text()
        self.put_away()
        self._apart(typed)
        self._strip.hint(_("您打的成了一张新凭证，还没有保存；{title} 没有动。").format(title=self._title))

    def take_theirs(self) -> None:
        """What the books say; undoing brings back what was typed."""
        now = self._now
        self.put_away()
        if now is not None:
            self._form.note()
            self._form.put_text(now)
        self._strip.hint(_("用了账里的。没有离开这张凭证以前，{key} 找得回您打的。").format(key=key("undo")))
        self._form.rows[0].summary.setFocus()
