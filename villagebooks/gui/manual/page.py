"""使用手册 as a page of the window: read, printed, written as one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.keymap import keymap
from villagebooks.gui.manual.panel import ManualPanel, Reading
from villagebooks.gui.page import Page

PDF = "*.pdf"


class ManualPage(Page):
    """`returned`: Escape, back to the page that asked; `printed` (title, draw) asks for paper in the preview."""

    returned = Signal()
    printed = Signal(str, object)
    needs_book = False

    def __init__(self, seat: Seat) -> None:
        self.title = _("使用手册")
        super().__init__(seat)
        self.panel = ManualPanel()
        self.body.addWidget(self.panel, 1)
        self.setFocusProxy(self.panel.reader)
        self.panel.left.connect(self.returned)
        self.add_act(_("返回（Esc）"), self.panel.leave, "undo-2")
        self.add_act(_("打印这一章"), self.print_chapter, "printer")
        self.add_act(_("打印整本"), self.print_all, "printer")
        self.add_act(_("整本存成 PDF…"), self.save_all, "download", primary=True)

    def load(self) -> None:
        """Nothing of the books shows here."""

    def explain(self, pages: Sequence[str]) -> None:
        """Open the chapter for the first of the window's classes that one explains."""
        self.strip.say("")
        self.panel.explain(pages)

    def tell_choices(self) -> Reading | None:
        """Where somebody reads."""
        return self.panel.reading()

    def take_choices(self, kept: Reading) -> None:
        """Read on there."""
        self.panel.read_on(kept)

    def print_chapter(self) -> None:
        """The chapter that shows, in the preview."""
        self.printed.emit(self.title, partial(draw_chapter, self.panel.reader.chapter()))

    def print_all(self) -> None:
        """The whole manual in the preview."""
        self.printed.emit(self.title, _draw)

    def save_all(self) -> None:
        """The whole manual as a PDF file where the person says."""
        path, _kind = QFileDialog.getSaveFileName(self, _("整本存成 PDF"), _("村账使用手册.pdf"), f"PDF ({PDF})")
        if path:
            self.seat.worker.read(partial(_save, Path(path)), self._saved)

    def _saved(self, path: Path) -> None:
        self.strip.say(_("已存成 {path}").format(path=path))


def _draw(folder: Path) -> list[Path]:
    return [_save(folder / "manual.pdf")]


def draw_chapter(name: str, folder: Path) -> list[Path]:
    """A chapter as paper, with the keys of the keymap in use."""
    from villagebooks.services.manual.paper import print_chapter  # noqa: PLC0415  (reportlab: window first)

    return [print_chapter(name, folder / f"{name}.pdf", keymap().name)]


def _save(path: Path) -> Path:
    from villagebooks.services.manual.paper import print_manual  # noqa: PLC0415  (reportlab: window first)

    return print_manual(path, keymap().name)
