"""What a fallen program left of a list that was counted for a hand-over: the list is gathered anew from the books, and
what was found, written and named is put into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.kept import FormKeeper, FormRecovery, left_words
from villagebooks.gui.page import Strip
from villagebooks.gui.setting.people.editor import Begun
from villagebooks.services.desk import Desk
from villagebooks.services.post import begin_change, settling
from villagebooks.services.unsaved import HAND_OVER, FoundForm


class ChangeRecovery(FormRecovery):
    """`begin` shows a list that was gathered."""

    def __init__(self, seat: Seat, keeper: FormKeeper, strip: Strip, begin: Callable[[Begun], None]) -> None:
        super().__init__(seat, HAND_OVER, lambda: keeper, found_words, strip)
        self._its_keeper, self._begin = keeper, begin
        self.restored.connect(self._take_up)

    def _take_up(self, found: FoundForm) -> None:
        if not self.may_take(self._its_keeper):
            return
        self.waits = True
        act = partial(gather, self._seat.desk, found.unsaved.uid)
        self._seat.worker.read(act, partial(self._put, found), self._refuse, key=(id(self), "begin"))

    def _put(self, found: FoundForm, begun: Begun) -> None:
        self.waits = False
        if self.is_here and self.may_take(self._its_keeper):
            self._begin(begun)
            self.take(found, self._its_keeper)
        self.let_go()

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self.waits = False
        self._tell.show_problems(problems)
        self.let_go()


def list_key(begun: Begun) -> str:
    """By which a list that is counted is known until it is recorded."""
    return f"{begun.change.old} {begun.change.hand.day}"


def gather(desk: Desk, key: str) -> Begun:
    """The list of a term on a day, from the books as they are now; Refused when the term is over."""
    uid, _blank, day = key.partition(" ")
    change = begin_change(desk.office, uid, date.fromisoformat(day))
    return Begun(change, settling(desk.office, change))


def found_words(found: FoundForm, desk: Desk) -> str:
    """What was left, when, and whose post it was for."""
    one = found.unsaved
    text = _("有岗位移交清单点了没有记下（{when}）：{day} 移交给“{name}”。")
    day, name = one.uid.partition(" ")[2], one.text("people.receiver").strip()
    return text.format(when=left_words(one, desk), day=day, name=name)
