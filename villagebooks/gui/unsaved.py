"""What stands in forms and is not saved: where, by the names that people see, and what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QTabWidget, QWidget

from villagebooks.gui.page import Page
from villagebooks.gui.section import Sections
from villagebooks.gui.typed import typed_in, words_of


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A form, a line or a text that was changed by hand: `place` names its page and what of it (“设置→公开榜”), `texts`
    what stands."""

    place: str
    texts: tuple[str, ...]


class CloseAsk(QObject):
    """Hears that a window is closed, and lets it go once it `may`."""

    def __init__(self, window: QWidget, may: Callable[[], bool]) -> None:
        super().__init__(window)
        self._may = may
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The system's own cross and the program's ways out alike."""
        if event.type() != QEvent.Type.Close or self._may():
            return False
        event.ignore()
        return True


def unsaved_in(pages: Iterable[Page]) -> tuple[Unsaved, ...]:
    """Of all pages, in their order."""
    return tuple(Unsaved(_place(page, one), words_of(one)) for page in pages for one in typed_in(page))


def _place(page: Page, one: QWidget) -> str:
    rows: list[QTabWidget | Sections] = [*page.findChildren(Sections), *page.findChildren(QTabWidget)]
    parts = [
        rows_of.tabText(place).strip()
        for rows_of in rows
        for place in range(rows_of.count())
        if (shown := rows_of.widget(place)) is not None and (shown is one or shown.isAncestorOf(one))
    ]
    return "→".join(part for part in (page.title, *parts) if part)
