"""Two states of one paper, side by side (`gui/clash.py`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from villagebooks.core.change import Change
from villagebooks.core.paper import Paper
from villagebooks.core.problem import Problem
from villagebooks.core.unsaved_paper import PaperText, UnsavedPaper, paper_differences
from villagebooks.core.words import _
from villagebooks.gui.clash import TwoStates
from villagebooks.gui.desk import Seat
from villagebooks.gui.keymap import key
from villagebooks.gui.page import Strip, button
from villagebooks.services.change import read_changed_paper
from villagebooks.services.unsaved import FoundPaper


class PaperClash(TwoStates):
    """What was typed stands in the form until something is chosen. `text` is what the form says, `put` shows a text in
    the paper in hand, `apart` makes a new paper of one. Neither state is lost: what was typed can be fetched back until
    the paper is left, and the books' log keeps what was saved over."""

    def __init__(
        self, seat: Seat, strip: Strip, restore: Callable[[FoundPaper], None], text: Callable[[], PaperText],
        put: Callable[[PaperText], None], apart: Callable[[PaperText], None],
    ) -> None:  # fmt: skip
        super().__init__(strip, _("另写一张新的"), (self.take_mine, self.take_apart, self.take_theirs))
        self._seat, self._restore, self._text, self._put, self._apart = seat, restore, text, put, apart
        self._number = 0
        self._now: PaperText | None = None
        self._typed: PaperText | None = None
        self.back = button(_("换回我写的"), self.take_back, "undo-2")
        self._acts.insertWidget(0, self.back)
        self._offer(choosing=True)

    def look(self, found: FoundPaper, now: PaperText) -> None:
        """Ask when the paper was changed since what was typed was begun; `now` is what the books say."""
        if found.paper is None or not found.clashes:
            return
        self._strip.say("")
        self._offer(choosing=True)
        title = _("报账单 {n}").format(n=found.paper.number)
        self.show_states(title, found.change, paper_differences(now, self._text()))
        self._number, self._now = found.paper.number, now

    def meet(self, problems: Sequence[Problem], unsaved: Callable[[], UnsavedPaper]) -> None:
        """Saving was refused because somebody saved the same paper meanwhile: what was typed (`unsaved` says it) comes
        back beside it."""
        uid = unsaved().uid
        if uid and self._begin(problems):
            act = partial(read_changed_paper, self._seat.desk, uid)
            self._seat.worker.read(act, partial(self._meet, unsaved), self._strip.show_problems, key=self)

    def _meet(self, unsaved: Callable[[], UnsavedPaper], found: tuple[Paper, Change | None]) -> None:
        (paper, change), typed = found, unsaved()
        if self._is_awaited(typed, paper.rev):
            self._restore(FoundPaper(typed, paper, 0, change))

    def put_away(self) -> None:
        """Another paper is in hand."""
        super().put_away()
        self._now = self._typed = None

    def is_asking(self) -> bool:
        """While nothing is chosen; what can be fetched back asks nothing."""
        return not self.mine.isHidden() and super().is_asking()

    def take_mine(self) -> None:
        """What was typed is saved over the other one."""
        text = _("核对以后按 {key} 保存。账里原来的那一份（{who}）留在日志里，随时查得到。")
        self.put_away()
        self._strip.hint(text.format(key=key("save"), who=self._who))

    def take_apart(self) -> None:
        """What was typed becomes a paper of its own."""
        typed, number = self._text(), self._number
        self.put_away()
        self._apart(typed)
        self._strip.hint(_("您写的成了一张新报账单，还没有保存；第 {n} 号没有动。").format(n=number))

    def take_theirs(self) -> None:
        """What the books say; what was typed can be fetched back."""
        if self._now is not None:
            self._typed = self._text()
            self._put(self._now)
        self._take(QWidget())
        self._offer(choosing=False)
        self.tell(_("用了账里的。没有离开这张报账单以前，您写的找得回来。"))
        self._strip.say("")
        self.back.setFocus()

    def take_back(self) -> None:
        """What was typed again."""
        typed = self._typed
        if typed is not None:
            self._put(typed)
        self.take_mine()

    def _offer(self, *, choosing: bool) -> None:
        for one in (self.mine, self.apart, self.theirs):
            one.setVisible(choosing)
        self.back.setVisible(not choosing)
