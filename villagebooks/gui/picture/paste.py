"""Ctrl+V of pictures wherever the cursor stands in a form, without taking the key from those who paste words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from villagebooks.core.words import _
from villagebooks.gui.picture.source import files_of, image_of, is_picture, pictures_of
from villagebooks.gui.worker import Worker

TakeFiles = Callable[[list[Path]], None]
TakeImage = Callable[[QImage], None]


class Paster(QObject):
    """Serves Ctrl+V in a form: pictures and picture files go where the form takes them, words where the cursor is."""

    def __init__(
        self, form: QWidget, worker: Worker, take_files: TakeFiles, take_image: TakeImage, say: Callable[[str], None]
    ) -> None:
        """`say` tells what cannot be taken."""
        super().__init__(form)
        self._worker, self._say = worker, say
        self._form, self._take_files, self._take_image = form, take_files, take_image
        shortcut = QShortcut(QKeySequence("Ctrl+V"), form)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.paste)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._watch)

    def paste(self) -> bool:
        """Take what lies on the clipboard; False when that is no picture."""
        mime: QMimeData | None = QGuiApplication.clipboard().mimeData()  # none where nobody ever copied anything
        return mime is not None and self.take(mime)

    def take(self, mime: QMimeData) -> bool:
        """Take pictures that were pasted or dropped; False when there are none. What may be a folder is looked into off
        the screen's thread, and said later when there is no picture in it."""
        files = files_of(mime)
        picture = QImage() if files else image_of(mime)
        if files and all(map(is_picture, files)):
            self._take_files(files)
        elif files:
            self._worker.read(partial(pictures_of, files), self._listed, key=self)
        elif not picture.isNull():
            self._take_image(picture)
        return bool(files) or not picture.isNull()

    def _listed(self, files: list[Path]) -> None:
        if files:
            self._take_files(files)
        else:
            self._say(_("这里收照片（JPEG、PNG）和 PDF 扫描件，别的文件放不进来"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In an entry: files are pictures, but a table copied from Excel, words and picture in one, is words."""
        if isinstance(event, QKeyEvent) and _is_paste(event):
            mime = QGuiApplication.clipboard().mimeData()
            return (bool(files_of(mime)) or not mime.hasText()) and self.take(mime)
        return super().eventFilter(watched, event)

    def _watch(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._form.isAncestorOf(now):
            now.installEventFilter(self)


def let_through(form: QWidget) -> None:
    """A file dropped on an entry is no words: it falls through to the form."""
    for entry in form.findChildren(QLineEdit):
        entry.setAcceptDrops(False)


def _is_paste(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.KeyPress and event.matches(QKeySequence.StandardKey.Paste)
