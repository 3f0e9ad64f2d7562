"""The list of what waits: a line a village with what lies there below it, marked by the space bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from villagebooks.core.inbox import ACCEPT, MINE, PAPER, URGED, VOID_IT, Pile, Waiting, in_order
from villagebooks.core.money import said_yuan
from villagebooks.core.words import _
from villagebooks.gui.table import MONEY, STATE, Column, Table
from villagebooks.gui.theme import ACT, DONE, LATE, PLAIN, WAIT, Mark

Row = Pile | Waiting
FREE = "—"
"""Stands for the village of a matter that belongs to none."""


def can_be_marked(one: Row) -> bool:
    """Whether it may go into one signing with others."""
    if not isinstance(one, Waiting) or one.step == VOID_IT:
        return False  # what is voided is looked at alone, never swept along
    return one.can_be_signed or (one.state, one.step) == (MINE, ACCEPT)


class WaitingTable(Table):
    """`pressed` carries the letter of an act on the current row; `marks_changed` after every mark."""

    pressed = Signal(str)
    marks_changed = Signal()

    def __init__(self, name: str, empty: str, *, late: bool = False) -> None:
        self.marked: dict[tuple[str, int], Waiting] = {}
        self._can_mark = not late
        self.letters = "AOW" if late else "ABSOPW"
        super().__init__(late_columns() if late else self._columns(), name, empty)
        self.view.setSortingEnabled(False)
        self.model.is_strong = _is_pile
        self.model.counts = _is_thing
        self.model.also = lambda one: one.name if isinstance(one, Pile) else one.place

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("", self._mark, STATE, 2),
            Column(_("村、字号"), _title, width=10),
            Column(_("摘要"), _words),
            Column(_("金额"), lambda one: one.amount_fen, MONEY, 10, total=True),
            Column(_("期限"), _term, STATE, 10),
            Column(_("要办的一步"), _step, STATE, 12, spare=True),
            Column(_("等谁"), _people, width=13, spare=True),
            Column(_("日期"), _day, width=11, spare=True),
        )

    def show_waiting(self, waiting: Sequence[Waiting]) -> None:
        """Show these by village; marks stay on what is still there and unchanged, and so does the current row."""
        known = {_key(one): one for one in waiting}
        self.marked = {key: known[key] for key in self.marked if key in known and can_be_marked(known[key])}
        here = self.current()
        self.put(in_order(waiting))
        if here is None or not self.go_to(lambda one: _same(one, here)):
            self._stand_on_a_thing()
        self.marks_changed.emit()

    def current_thing(self) -> Waiting | None:
        """The current row unless it is a village."""
        one = self.current()
        return one if isinstance(one, Waiting) else None

    def unmark(self, things: Sequence[Waiting]) -> None:
        """Take the marks off what was acted on."""
        done = {_key(one) for one in things}
        self.marked = {key: one for key, one in self.marked.items() if key not in done}

    def mark_all(self) -> None:
        """Mark everything that may be signed now and shows, or nothing when all of it was marked."""
        self._mark_these([one for one in self.model.records() if can_be_marked(one)])

    def _take_key(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        letter = chr(event.key()) if Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z else ""
        if event.key() == Qt.Key.Key_Space and self._can_mark:
            self.mark_all() if event.modifiers() & Qt.KeyboardModifier.ControlModifier else self._mark_here()
            return True
        if plain and letter and letter in self.letters:
            self.pressed.emit(letter)
            return True
        return super()._take_key(event)

    def _mark_here(self) -> None:
        """Mark what is selected, a village's line with all that lies there, and go on to the next row."""
        rows = self.selected() or [self.current()]
        things: list[Waiting] = []
        for one in rows:
            if isinstance(one, Pile):
                things += [two for two in self.model.records() if can_be_marked(two) and _code(two) == one.code]
            elif can_be_marked(one):
                things.append(one)
        self._mark_these(things)
        last = self.view.currentIndex().row() + 1
        if len(rows) == 1 and last < self.model.rowCount():
            self.view.selectRow(last)

    def _mark_these(self, things: Sequence[Waiting]) -> None:
        keys = {_key(one): one for one in things}
        if all(key in self.marked for key in keys):
            self.marked = {key: one for key, one in self.marked.items() if key not in keys}
        else:
            self.marked |= keys
        self.view.viewport().update()
        self.marks_changed.emit()

    def _mark(self, one: Row) -> Mark:
        if isinstance(one, Waiting):
            return Mark("", DONE if _key(one) in self.marked else PLAIN)
        return Mark(_pile_text(one))

    def _stand_on_a_thing(self) -> None:
        row = max(0, self.view.currentIndex().row())
        records = self.model.records()
        rows = [place for place, one in enumerate(records) if isinstance(one, Waiting)]
        if rows:
            self.view.selectRow(min(rows, key=lambda place: (place < row, abs(place - row))))

    def _after(self) -> None:
        """The name of a village, and how much lies there, run over the places of the mark, the number and the words."""
        self.view.clearSpans()
        for row, one in enumerate(self.model.records()):
            if isinstance(one, Pile):
                self.view.setSpan(row, 0, 1, 3 if self._can_mark else 2)
        super()._after()

    def _sum_up(self, *_changes: object) -> None:
        """Things are counted, not the lines of villages."""
        chosen = self.selected()
        some = sum(isinstance(one, Waiting) for one in chosen) > 1
        things = [one for one in (chosen if some else self.model.records()) if isinstance(one, Waiting)]
        text = _("选中 {total}") if some else _("共 {total}")
        self.foot.setText(text.format(total=total_text(things)) if things else "")


def late_columns() -> tuple[Column, ...]:
    """逾期清单: how late, with whom it lies, to whom it goes now."""
    return (
        Column(_("村、字号"), _indented, width=12),
        Column(_("摘要"), _words),
        Column(_("金额"), lambda one: one.amount_fen, MONEY, 12, total=True),
        Column(_("期限"), _term, STATE, 12),
        Column(_("卡在"), _step, STATE, 12),
        Column(_("等谁"), _people, width=14),
        Column(_("催到"), lambda one: _("、").join(one.urged) if isinstance(one, Waiting) else "", width=14),
        Column(_("从哪天起"), _since, width=11, spare=True),
    )


def _same(one: Row, other: Row) -> bool:
    if isinstance(one, Waiting) and isinstance(other, Waiting):
        return one.ref == other.ref
    return isinstance(one, Pile) and isinstance(other, Pile) and one.code == other.code


def _key(one: Waiting) -> tuple[str, int]:
    return one.ref, one.rev


def _code(one: Row) -> str:
    return one.code if isinstance(one, Pile) else one.book.code if one.book else ""


def _is_pile(one: Row) -> bool:
    return isinstance(one, Pile)


def _is_thing(one: Row) -> bool:
    return isinstance(one, Waiting)


def _title(one: Row) -> str:
    return _place(one) if isinstance(one, Pile) else one.number


def _indented(one: Row) -> str:
    return _pile_text(one) if isinstance(one, Pile) else f"　{one.number}"


def _place(pile: Pile) -> str:
    return pile.name or _("不属哪个村")


def _pile_text(pile: Pile) -> str:
    return f"{_place(pile)}　{_words(pile)}"


def pile_facts(pile: Pile) -> str:
    """A village, what lies there of it, and the sum."""
    total = _("合计 {yuan} 元").format(yuan=said_yuan(pile.amount_fen))
    late = [_("最迟的迟 {n} 天").format(n=pile.latest)] if pile.late else []
    return "\n".join([_place(pile), "", _words(pile), total, *late])


def _words(one: Row) -> str:
    if isinstance(one, Pile):
        text = _("{n} 件") if not one.late else _("{n} 件，{late} 件逾期")
        return text.format(n=one.count, late=one.late)
    return one.words


def _step(one: Row) -> Mark:
    if isinstance(one, Pile):
        return Mark("")
    if one.state == URGED:
        return Mark(_("催办：{step}").format(step=one.step_title), LATE)
    words = _("同意作废") if one.step == VOID_IT else one.step_title
    return Mark(words, ACT if one.state == MINE else WAIT)


def _term(one: Row) -> Mark:
    if isinstance(one, Pile):
        return Mark("")
    if one.late:
        return Mark(_("迟 {n} 天").format(n=one.late), LATE)
    return Mark(_("{m}月{d}日止").format(m=one.due.month, d=one.due.day) if one.due else FREE)


def _day(one: Row) -> str:
    return one.day.isoformat() if isinstance(one, Waiting) else ""


def _since(one: Row) -> str:
    return one.since.isoformat() if isinstance(one, Waiting) else ""


def _people(one: Row) -> str:
    if isinstance(one, Pile):
        return ""
    return _("、").join(one.people) or _("没有人有这个职责")


def total_text(things: Sequence[Waiting]) -> str:
    """`{n} 件，合计 {yuan} 元` of what is to be signed."""
    total = said_yuan(sum(one.amount_fen for one in things))
    return _("{n} 件，合计 {yuan} 元").format(n=len(things), yuan=total)


def kind_word(one: Waiting) -> str:
    """Where it lies and what it is, as people say it."""
    if one.kind == PAPER:
        return f"{one.place} {one.number}"
    return _("{place} {title} 号{kind}").format(place=one.place, title=one.number, kind=_("凭证"))
