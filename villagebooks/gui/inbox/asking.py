"""What 审批 asks in place, where things are looked at: a box or a signature, each built when it first asks."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagebooks.core.whistle import Whistle
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.inbox.batch import BatchBox
from villagebooks.gui.inbox.look import LookPanel
from villagebooks.gui.inbox.whistle import AnswerBox, WhistleBox
from villagebooks.gui.key import KeyRing, SignStrip
from villagebooks.gui.page import Page
from villagebooks.gui.reason import ReasonBox

Box = TypeVar("Box", BatchBox, ReasonBox, WhistleBox, AnswerBox)


class InboxAsking(Page):
    """The part beside the lists: `look`, or one of the boxes."""

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        super().__init__(seat)
        self.look, self.sign, self.beside = LookPanel(seat), SignStrip(seat, ring), QWidget()
        self._boxes: list[QWidget] = []
        self._room = QVBoxLayout(self.beside)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._room.addWidget(self.look, 1)

    @cached_property
    def batch(self) -> BatchBox:
        """Before and after many are signed."""
        return self._add_box(BatchBox())

    @cached_property
    def reasons(self) -> ReasonBox:
        """Why something goes back."""
        return self._add_box(ReasonBox(self.seat, tall=True))

    @cached_property
    def blow(self) -> WhistleBox:
        """A whistle about what is in hand."""
        return self._add_box(WhistleBox(self.seat, self._blown))

    @cached_property
    def answer(self) -> AnswerBox:
        """The answer to one."""
        return self._add_box(AnswerBox(self.seat, self._answered))

    def _add_box(self, box: Box) -> Box:
        self._room.addWidget(box, 1)
        self._boxes.append(box)
        box.installEventFilter(self)
        box.left.connect(self.go_on)
        return box

    @property
    def looks(self) -> bool:
        """Whether something is looked at beside the list that shows."""
        return True

    def go_on(self) -> None:
        """Back to where somebody works."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A box that asks something takes the place of what is looked at."""
        if event.type() == QEvent.Type.HideToParent and watched is self.sign:
            self._put_away_batch()
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent) and watched in self._boxes:
            self._share_room()
        return False

    def _put_away_batch(self) -> None:
        if "batch" in vars(self) and self.batch.asks:
            self.batch.hide()

    def _share_room(self) -> None:
        asking = any(not box.isHidden() for box in self._boxes)
        self.look.setVisible(not asking)
        self.beside.setVisible(asking or self.looks)

    def _put_away(self) -> None:
        for box in self._boxes:
            box.hide()
        self.sign.put_away()

    def _blown(self, one: Whistle) -> None:
        self.strip.say(_("已吹哨，{due} 前要有答复").format(due=one.due.isoformat()))
        self.seat.tell_changed()

    def _answered(self, one: Whistle) -> None:
        self.strip.say(_("已登记答复：{matter}").format(matter=one.matter))
        self.seat.tell_changed()
