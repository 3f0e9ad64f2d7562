"""What the log is asked for: whose chains, whose acts, from when to when, which kind, which object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from villagebooks.core.journal import LogFilter, kind_words, kinds_of
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem, refuse_if
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.day import read_typed_day
from villagebooks.gui.flow import FlowRow
from villagebooks.gui.page import CROSS, button, label, room_for
from villagebooks.gui.theme import px, set_tone
from villagebooks.services.journal import ALL, OFFICE

BOOK_AND_OFFICE = "both"


@dataclass(frozen=True, slots=True)
class LogChoices:
    """Whose chains, whose acts, which kind; days and words that are typed keep their page."""

    scope: int
    person: tuple[str, str]
    kind: int


class LogAsking(QWidget):
    """The line above the log. `asked` is emitted when something else is to be shown."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scope, self.person, self.kind = Combo(), Combo(), Combo()
        self.since, self.until, self.words = QLineEdit(), QLineEdit(), QLineEdit()
        self._month = Month(2000, 1)
        self._offer()
        line = FlowRow()
        line.setSpacing(px("gap_px"))
        self.setLayout(line)
        for entry, name in (
            (self.scope, _("范围")), (self.person, _("谁")), (self.kind, _("事项")),
            (self.since, _("从哪天")), (self.until, _("到哪天")),
        ):  # fmt: skip
            entry.setAccessibleName(name)
            if isinstance(entry, QLineEdit):
                entry.setFixedWidth(room_for(entry, "2026-09-12"))
            line.addWidget(entry)
            if entry is self.since:
                line.addWidget(label("—", "muted"))
        for entry, name in ((self.since, _("从哪天")), (self.until, _("到哪天"))):
            entry.setPlaceholderText(name)
            entry.setToolTip(_("可以写 9.12、2026-09-12，或只写日号；不写就不限"))
        self.words.setAccessibleName(_("找什么"))
        self.words.setPlaceholderText(_("凭证号（记6）、金额或文字"))
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(room_for(self.words, self.words.placeholderText()) + CROSS)
        line.addWidget(self.words, 1)
        line.addWidget(button(_("查（回车）"), self.asked.emit, "search"))
        for combo in (self.scope, self.person, self.kind):
            combo.currentIndexChanged.connect(self._changed)
        for text in (self.since, self.until, self.words):
            text.returnPressed.connect(self.asked)

    def use(self, month: Month) -> None:
        """Days typed alone are of this month."""
        self._month = month

    def offer_people(self, people: Sequence[str]) -> None:
        """Who has acted; the choice stays where it can."""
        chosen = self.person.currentText()
        self.person.blockSignals(True)
        self.person.clear()
        self.person.addItem(_("所有人"), "")
        for name in people:
            self.person.addItem(_("（未登录）") if name == "local" else name, name)
        self.person.setCurrentIndex(max(0, self.person.findText(chosen)))
        self.person.blockSignals(False)

    def choices(self) -> LogChoices:
        """What is chosen, for `choose` of another."""
        person = (self.person.currentText(), str(self.person.currentData() or ""))
        return LogChoices(self.scope.currentIndex(), person, self.kind.currentIndex())

    def choose(self, kept: LogChoices) -> None:
        """Ask as another did, without saying so."""
        boxes = (self.scope, self.person, self.kind)
        quiet = [QSignalBlocker(box) for box in boxes]
        name, key = kept.person
        if self.person.findText(name) < 0:  # who acted is not read yet
            self.person.addItem(name, key)
        for box, place in zip(boxes, (kept.scope, self.person.findText(name), kept.kind), strict=True):
            box.setCurrentIndex(place)
        for one in quiet:
            one.unblock()

    def scopes(self, book: str) -> tuple[str, ...]:
        """Whose chains, with the book in hand; without one the office's."""
        chosen = self.scope.currentData()
        if chosen == ALL:
            return (ALL,)
        if chosen == OFFICE or not book:
            return (OFFICE,)
        return (book, OFFICE) if chosen == BOOK_AND_OFFICE else (book,)

    def filter(self) -> LogFilter:
        """What is asked for; Refused for what is no day."""
        problems: list[Problem] = []
        since, until = (self._day(entry, problems) for entry in (self.since, self.until))
        refuse_if(problems)
        kinds = kinds_of(self.kind.currentText()) if self.kind.currentIndex() else ()
        words = self.words.text().strip()
        return LogFilter(self.person.currentData() or "", since, until, kinds, words)

    def _day(self, entry: QLineEdit, problems: list[Problem]) -> str:
        typed = entry.text().strip()
        found: date | None = read_typed_day(typed, self._month) if typed else None
        bad = bool(typed) and found is None
        set_tone(entry, "bad", "true" if bad else "false")
        if bad:
            text = _("没有“{text}”这一天：日期写成 2026-09-12，也可以写 9.12，或只写日号 12")
            problems.append(Problem(text.format(text=typed[:20]), field="day"))
        return found.isoformat() if found else ""

    def _offer(self) -> None:
        for text, data in (
            (_("本账套"), "book"), (_("办公室"), OFFICE), (_("本账套和办公室"), BOOK_AND_OFFICE),
            (_("全部账套"), ALL),
        ):  # fmt: skip
            self.scope.addItem(text, data)
        self.kind.addItems([_("所有事项"), *sorted(set(kind_words().values()))])
        self.offer_people(())

    def _changed(self, _place: int) -> None:
        self.asked.emit()
