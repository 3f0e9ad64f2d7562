"""Parts of the window that nobody waits for: a module is loaded, and its page built, when somebody first goes there."""

from __future__ import annotations

from importlib import import_module

from villagebooks.gui.page import Page


class LatePage:
    """An attribute of the office's window: the page that `build` of the module `gui/place/{place}.py` makes.

    The module is named, not imported: every page knows its services, and those know half of the program.
    """

    def __init__(self, place: str) -> None:
        self._place, self._name = place, place

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, desktop: object, _owner: type) -> Page:
        """Builds once: what stands in the instance comes before this."""
        page: Page = import_module(f"villagebooks.gui.place.{self._place}").build(desktop)
        vars(desktop)[self._name] = page
        return page
