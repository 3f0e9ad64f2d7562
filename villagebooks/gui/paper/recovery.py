"""What is kept of a paper that is being written, and the sentences that offer it after a fall of the program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from villagebooks.core.change import change_words
from villagebooks.core.money import calculate_yuan, said_yuan
from villagebooks.core.paper import Paper
from villagebooks.core.unsaved_paper import PaperText, UnsavedPaper
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.recovery import Keeper
from villagebooks.services.desk import Desk
from villagebooks.services.unsaved import PAPER, FoundPaper


class PaperKeeper(Keeper):
    """Keeps what the form of papers says: its `text`, while it `is_changed`."""

    def __init__(
        self, seat: Seat, form: QWidget, text: Callable[[], PaperText], is_changed: Callable[[], bool]
    ) -> None:
        super().__init__(seat, form, PAPER)
        self._text, self._is_changed = text, is_changed
        self._paper: Paper | None = None

    def begin(self, paper: Paper | None) -> None:
        """Another paper is in hand: what was kept of the last one goes."""
        self.drop()
        self._paper = paper

    def is_changed(self) -> bool:
        """As the form says."""
        return self._is_changed()

    def unsaved(self) -> UnsavedPaper:
        """What the form says now, of which paper and revision."""
        paper = self._paper
        return UnsavedPaper("", "", paper.uid if paper else "", paper.rev if paper else 0, self._text())


def found_words(found: FoundPaper, desk: Desk) -> str:
    """What an earlier run left, when, in whose book, and how the paper stands that was being changed."""
    one = found.unsaved
    at, day = datetime.fromisoformat(one.at), one.day
    what = _("改第 {n} 号时").format(n=found.paper.number) if found.paper else _("新写一张时")
    text = _("有一张报账单写了没有保存（{m}月{d}日 {time}）：{name}在“{book}”{what}写的，日期 {day}，{words}。")
    said = text.format(
        m=at.month, d=at.day, time=f"{at:%H:%M}", name=desk.person, book=desk.book.name, what=what,
        day=day.isoformat(), words=_paper_words(one.paper),
    )  # fmt: skip
    return said + standing_words(found)


def standing_words(found: FoundPaper) -> str:
    """What became of the paper that was being changed and of the pictures; empty when nothing did."""
    paper, said = found.paper, ""
    if found.unsaved.uid and paper is None:
        said = _("原来的那张报账单已经不在这个账套里，恢复成一张新的。")
    elif paper and not found.is_open:
        said = _("原来的第 {n} 号已经登记签字，不能再改；恢复成一张新的，不要就不保存。").format(n=paper.number)
    elif paper and found.clashes:
        text = _("第 {n} 号后来又改过（{who}）；恢复时两份对照着给您选。")
        said = text.format(n=paper.number, who=change_words(found.change))
    if found.lost:
        said += _("有 {n} 张图片不在账里了，要重新加。").format(n=found.lost)
    return said


def _paper_words(text: PaperText) -> str:
    amount = _("{yuan} 元").format(yuan=said_yuan(calculate_yuan(text.amount) or 0))
    pictures = sum(len(document.images) for document in text.documents)
    parts = [_("“{words}”").format(words=text.words.strip()[:20])] if text.words.strip() else []
    parts += [amount] + ([_("图片 {n}").format(n=pictures)] if pictures else [])
    return _("，").join(parts)
