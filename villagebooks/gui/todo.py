"""Beside the pictures of the first page: what a new centre does first, what is due, what was worked on last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from villagebooks.core.beginning import Step, is_begun
from villagebooks.core.money import said_yuan
from villagebooks.core.recent import RecentPiece
from villagebooks.core.reminder import LATE as IS_LATE
from villagebooks.core.reminder import SOON, Reminder
from villagebooks.core.words import _
from villagebooks.gui.page import label
from villagebooks.gui.tab import Tabs
from villagebooks.gui.theme import ACT, DONE, LATE, TONE_COLOURS, TONE_ICONS, WAIT, icon

RECORD = Qt.ItemDataRole.UserRole
SIGN = QSize(16, 16)
BEGINNING, REMINDERS, RECENT = range(3)


class Sentences(QListWidget):
    """Sentences below each other, wrapped; Enter, the space bar or a click opens one. `opened` carries its record."""

    opened = Signal(object)

    def __init__(self, name: str, empty: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setObjectName("sentences")
        self.setWordWrap(True)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(SIGN)
        self._empty = label(empty, "empty")
        self._empty.setParent(self.viewport())
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self.itemClicked.connect(self._open)

    def put(self, entries: Sequence[tuple[object, str, str]]) -> None:
        """Show (record, sentence, tone) each; the one in hand stays in hand by its place."""
        row = self.currentRow()
        self.clear()
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if entries else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(bar)  # one that came later would take room from what is wrapped already
        for record, words, tone in entries:
            item = QListWidgetItem(words, self)
            item.setData(RECORD, record)
            item.setToolTip(words)
            if tone in TONE_ICONS:
                item.setIcon(icon(TONE_ICONS[tone], TONE_COLOURS[tone], 16))
        if entries:
            self.setCurrentRow(min(max(0, row), len(entries) - 1))
        self._empty.setVisible(not entries)
        self._empty.setGeometry(self.viewport().rect().adjusted(16, 8, -16, -8))

    def records(self) -> list[object]:
        """What can be opened, in order."""
        return [self.item(row).data(RECORD) for row in range(self.count())]

    def texts(self) -> list[str]:
        """What it says."""
        return [self.item(row).text() for row in range(self.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar open."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentItem():
            self._open(self.currentItem())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap again."""
        super().resizeEvent(event)
        self._empty.setGeometry(self.viewport().rect().adjusted(16, 8, -16, -8))

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(RECORD))


class TodoPanel(QWidget):
    """Three tabs; that of the beginning shows only while it is not done. `wanted` carries a `Step`, a `Reminder` or a
    `RecentPiece`."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.steps = Sentences(_("开始的几步"), "")
        self.reminders = Sentences(_("提醒"), _("没有要提醒的：到期的都办了"))
        self.recent = Sentences(_("最近做过的"), _("还没有做过凭证和报账单"))
        self._left = False
        self._done = 0
        self.tabs = Tabs()
        self.tabs.setAccessibleName(_("提醒和最近做过的"))
        for part, title in (
            (self.steps, _("开始")), (self.reminders, _("提醒")), (self.recent, _("最近")),
        ):  # fmt: skip
            self.tabs.addTab(part, title)
            part.opened.connect(self.wanted)
        self.tabs.setTabVisible(BEGINNING, False)
        self.tabs.setCurrentIndex(REMINDERS)
        self.tabs.setTabToolTip(RECENT, _("在哪一页都可以按 Ctrl+R"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.tabs)

    def put_steps(self, steps: Sequence[Step]) -> None:
        """Show what is not begun yet; a tick before what is done."""
        shown = not is_begun(steps)
        new = shown and not self.tabs.isTabVisible(BEGINNING)
        self.tabs.setTabVisible(BEGINNING, shown)
        first = next((one for one in steps if not one.done), None)
        moved, self._done = sum(one.done for one in steps) != self._done, sum(one.done for one in steps)
        self.steps.put(
            [
                (one, f"{number}　{_step_words(one)}", DONE if one.done else ACT if one is first else "")
                for number, one in enumerate(steps, 1)
            ]
        )
        if new:
            self.tabs.setCurrentIndex(BEGINNING)
            if self.tabs.tabBar().hasFocus():  # there are no villages that could have the cursor
                self.steps.setFocus()
        if new or moved:
            self.steps.setCurrentRow(next((row for row, one in enumerate(steps) if not one.done), 0))

    def put_reminders(self, found: Sequence[Reminder]) -> None:
        """Show them, their number in the tab; the tab comes forward for what was typed and not saved, once."""
        tones = {IS_LATE: LATE, SOON: WAIT}
        self.reminders.put([(one, one.words, tones.get(one.state, ACT)) for one in found])
        self.tabs.setTabText(REMINDERS, _("提醒 {n}").format(n=len(found)) if found else _("提醒"))
        left = any(one.unsaved for one in found)
        if left and not self._left:
            self.tabs.setCurrentIndex(REMINDERS)
        self._left = left

    def put_recent(self, found: Sequence[RecentPiece]) -> None:
        """Show them."""
        self.recent.put([(one, piece_words(one), "") for one in found])


def piece_words(one: RecentPiece) -> str:
    """`V01 2026-09 记-12　买打印纸　742.60`."""
    return f"{one.book} {one.month} {one.title}　{one.words}　{said_yuan(one.amount_fen)}"


def _step_words(one: Step) -> str:
    done = _("做好了") if one.done else _("可以以后再做") if not one.needed else ""
    text = _("{where}：{text}").format(where=one.title, text=one.words)
    return text + (_("（{more}）").format(more=done) if done else "")
