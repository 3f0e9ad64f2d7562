"""What the foot of the window knows of the books' safety: when they were checked last, whether they were backed up."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtWidgets import QLabel, QWidget

from villagebooks.core.words import _
from villagebooks.gui.window import Window

CHECKED = "checked"
BETWEEN = 8
"""Pixels between two parts of the foot."""


class Foot(QObject):
    """The last check is kept on this computer for each office's books; a backup is not made by the program yet."""

    def __init__(self, window: Window, kept: QSettings | None) -> None:
        super().__init__(window)
        self._window, self._kept = window, kept
        self._key = ""
        self.backup = QLabel(_("没有备份记录"))
        window.statusBar().insertPermanentWidget(1, self.backup)
        window.installEventFilter(self)
        window.seat.opened.connect(self._look)

    def _look(self) -> None:
        books, kept = self._window.seat.office.books, self._kept
        self._key = f"{CHECKED}/{hashlib.sha256(str(books.place).encode()).hexdigest()[:16]}"
        self.backup.setToolTip(_backup_words(books.address, books.path.name))
        self.backup.setAccessibleDescription(self.backup.toolTip())
        kept_text = str(kept.value(self._key, "")) if kept else ""
        if kept_text:
            day, _stroke, text = kept_text.partition("|")
            self._show(text, day)

    def say_checked(self, text: str) -> None:
        """What the last check found."""
        day = self._window.seat.office.books.now()[:16].replace("T", " ")
        if self._kept:
            self._kept.setValue(self._key, f"{day}|{text}")
        self._show(text, day)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A foot too narrow for all leaves out what matters least."""
        if watched is self._window and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            parts = self._window.statusBar().findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            need = sum(one.sizeHint().width() + BETWEEN for one in parts if one is self.backup or not one.isHidden())
            self.backup.setVisible(need <= self._window.width())
        return False

    def _show(self, text: str, day: str) -> None:
        self._window.say_checked(text)
        words = _("{day} 在这台电脑上查的").format(day=day)
        self._window.checked.setToolTip(words)
        self._window.checked.setAccessibleDescription(words)


def _backup_words(address: str, name: str) -> str:
    if address:
        return _("程序还不会自己备份：请管理员用 pg_dump 存一份数据库，再拷一份共享文件夹")
    text = _("程序还不会自己备份：关掉程序，把“{name}”和“{name}.files”文件夹一起拷到别的盘上，就是一份完整的备份")
    return text.format(name=name)
