"""What a fallen program left of a division of an account: taken back once what the account holds now is read."""

from __future__ import annotations

from collections.abc import Callable

from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.kept import FormKeeper, FormRecovery, left_words
from villagebooks.gui.page import Strip
from villagebooks.gui.setting.account.split import SplitView
from villagebooks.services.desk import Desk
from villagebooks.services.unsaved import SPLIT, FoundForm


class SplitRecovery(FormRecovery):
    """`open_view` begins the division of an account by its code, and tells `come` once it stands; why not, when it
    cannot."""

    def __init__(self, seat: Seat, tell: Strip, view: Callable[[], SplitView], open_view: Callable[[str], str]) -> None:
        super().__init__(seat, SPLIT, lambda: view().keeper, found_words, tell)
        self._view, self._open_view = view, open_view
        self._left: FoundForm | None = None
        self.restored.connect(self._take_up)

    def come(self) -> None:
        """What an account holds was read: of that which was begun, or of another one that somebody opened instead."""
        if self._left is None:
            return
        found, self._left, self.waits = self._left, None, False
        if self.is_here and self._view().code == found.unsaved.uid and self.may_take(self._own()):
            self.take(found, self._own())
        self.let_go()

    def _own(self) -> FormKeeper:
        return self._view().keeper

    def _take_up(self, found: FoundForm) -> None:
        if not self.may_take(self._own()):
            return
        self._left, self.waits = found, True
        why = self._open_view(found.unsaved.uid)
        if why:
            self._left, self.waits = None, False
            self._tell.hint(why)


def found_words(found: FoundForm, desk: Desk) -> str:
    """What was left, when, and of which account."""
    one = found.unsaved
    text = _("有科目拆分填了没有做（{when}）：{code}，下级 {n} 个。")
    names = [line for line in one.text("names").splitlines() if line.strip()]
    return text.format(when=left_words(one, desk), code=one.uid, n=len(names))
