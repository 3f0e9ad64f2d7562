"""What stands in forms and is not saved: where, by the names that people see, and what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtWidgets import QTabWidget, QWidget

from villagebooks.gui.form import Form
from villagebooks.gui.page import Page
from villagebooks.gui.section import Sections


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A form that was changed by hand: `place` names its page and what of it (“设置→公开榜”), `texts` what stands."""

    place: str
    texts: tuple[str, ...]


def unsaved_in(pages: Iterable[Page]) -> tuple[Unsaved, ...]:
    """Of all pages, in their order."""
    return tuple(
        Unsaved(_place(page, form), tuple(form.texts().values()))
        for page in pages
        for form in page.findChildren(Form)
        if form.touched
    )


def _place(page: Page, form: QWidget) -> str:
    rows: list[QTabWidget | Sections] = [*page.findChildren(Sections), *page.findChildren(QTabWidget)]
    parts = [
        rows_of.tabText(place).strip()
        for rows_of in rows
        for place in range(rows_of.count())
        if (shown := rows_of.widget(place)) is not None and shown.isAncestorOf(form)
    ]
    return "→".join(part for part in (page.title, *parts) if part)
