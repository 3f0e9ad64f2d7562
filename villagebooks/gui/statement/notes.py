"""附注 on screen: sections at the left, at the right what the books say and what the accountant writes beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from villagebooks.core.statement import Notes, NoteSection
from villagebooks.core.words import _, pgettext
from villagebooks.gui.page import button, label
from villagebooks.gui.statement.columns import figure_name
from villagebooks.gui.table import MONEY, STATE, Column, Table
from villagebooks.gui.theme import DONE, WAIT, Mark, px

SIDE = 350
TALL = 130


@dataclass(frozen=True, slots=True)
class Topic:
    """A section that may have a text: what the program has for it, what is kept, what is typed and not kept yet."""

    topic: str
    title: str
    section: NoteSection
    kept: str
    typed: str

    @property
    def mark(self) -> Mark | None:
        """Whether somebody wrote here."""
        if self.typed != self.kept:
            return Mark(_("没有保存"), WAIT)
        return Mark(_("有说明"), DONE) if self.kept else None


class NotesPanel(QWidget):
    """`saved` carries {topic: text} that the accountant wants kept."""

    saved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._typed: dict[str, str] = {}
        self._topics: tuple[Topic, ...] = ()
        self._shown = ""
        columns = (
            Column(pgettext("row", "项目"), lambda one: one.title),
            Column(_("说明"), lambda one: one.mark, STATE, 10),
        )
        self.list = Table(columns, _("附注项目"), filtered=False)
        self.list.foot.hide()
        self.list.view.setSortingEnabled(False)
        self.list.setFixedWidth(SIDE)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._go_to_text)
        self.heading, self.given = label("", "heading"), label("")
        self.given.setWordWrap(True)
        self.given.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.rows = QVBoxLayout()
        self.table: Table | None = None
        self.words = QPlainTextEdit()
        self.words.setAccessibleName(_("会计写的说明"))
        self.words.setMaximumHeight(TALL)
        self.words.setTabChangesFocus(True)
        self.words.textChanged.connect(self._type)
        self.save = button(_("保存说明"), self._save, "save", primary=True)
        right = QVBoxLayout()
        right.setSpacing(px("gap_px"))
        right.addWidget(self.heading)
        right.addWidget(self.given)
        right.addLayout(self.rows, 1)
        right.addWidget(label(_("另外要说明的（随附注印出，按账套和年度保存）"), "muted"))
        right.addWidget(self.words)
        right.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px") * 2)
        box.addWidget(self.list)
        box.addLayout(right, 1)
        self.setFocusProxy(self.list.view)

    @property
    def unsaved(self) -> dict[str, str]:
        """Texts that are typed and not kept."""
        kept = {one.topic: one.kept for one in self._topics}
        return {topic: text for topic, text in self._typed.items() if text != kept.get(topic, "")}

    def show_notes(self, notes: Notes, texts: dict[str, str], topics: dict[str, str]) -> None:
        """Show the notes of a book and year; what is typed stays until it is kept or forgotten."""
        sections = {one.topic: one for one in notes.sections}
        self._topics = tuple(
            Topic(topic, title, sections.get(topic, NoteSection(topic, title)), texts.get(topic, ""),
                  self._typed.get(topic, texts.get(topic, "")))
            for topic, title in topics.items()
        )  # fmt: skip
        self.list.put(self._topics)
        if self.list.current() is None and self._topics:
            self.list.view.selectRow(0)
        elif self.list.current() is not None:
            self._choose(self.list.current())

    def forget(self) -> None:
        """Another book or year, or everything is kept: nothing is typed."""
        self._typed.clear()

    def _choose(self, one: Topic) -> None:
        self._shown = one.topic
        self.heading.setText(one.title)
        self.given.setText("\n".join(one.section.given))
        self.given.setVisible(bool(one.section.given))
        self._show_table(one.section)
        text = self._typed.get(one.topic, one.kept)
        if self.words.toPlainText() != text:
            self.words.blockSignals(True)
            self.words.setPlainText(text)
            self.words.blockSignals(False)

    def _show_table(self, section: NoteSection) -> None:
        if self.table is not None:
            self.rows.removeWidget(self.table)
            self.table.deleteLater()
        columns = (
            Column(_("名称"), lambda row: row.name),
            *(Column(figure_name(name) if name != "amount" else _("金额"), partial(_amount, place), MONEY, 15)
              for place, name in enumerate(section.columns)),
        )  # fmt: skip
        empty = _("这一项没有数，只有上面写的。") if section.given else _("这一项账上没有数。")
        self.table = Table(columns, section.title, empty, filtered=False)
        self.table.foot.hide()
        self.table.view.setSortingEnabled(False)
        self.table.model.is_strong = _is_strong
        self.table.put(section.rows)
        self.rows.addWidget(self.table, 1)

    def _go_to_text(self, _one: Topic) -> None:
        self.words.setFocus()

    def _type(self) -> None:
        if self._shown:
            self._typed[self._shown] = self.words.toPlainText()

    def _save(self) -> None:
        self.saved.emit(self.unsaved)


def _amount(place: int, row: object) -> int:
    return int(row.amounts_fen[place])  # type: ignore[attr-defined]  # a NoteRow


def _is_strong(row: object) -> bool:
    return bool(row.strong)  # type: ignore[attr-defined]  # a NoteRow
