"""How a list looks: by which column it is sorted, by what filtered, how wide its columns were drawn; a list that is
built anew, now or once something was read, takes it on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

LEFT = "left_looks"
"""Where a part keeps the looks of lists that are not there."""


@dataclass(frozen=True, slots=True)
class Width:
    """A column that somebody drew: its place, its pixels, and those that it would need."""

    place: int
    pixels: int
    need: int


@dataclass(frozen=True, slots=True)
class Look:
    """Of a list by its name, while it has as many columns. `order`: the column that it is sorted by, and which way;
    `words`: what it is filtered by."""

    name: str
    columns: int
    order: tuple[int, Qt.SortOrder] | None
    widths: tuple[Width, ...]
    words: str = ""

    @property
    def is_usual(self) -> bool:
        """Whether nobody touched it."""
        return self.order is None and not self.widths and not self.words


class Listed(Protocol):
    """A list, as far as its look goes."""

    def look(self) -> Look:
        """How it looks."""

    def take_look(self, look: Look) -> None:
        """Look like this."""


def left_looks(part: QWidget) -> dict[str, Look]:
    """Looks of lists of a part, by their names, that were not there when it was built anew. They stand in the part
    itself, which Python keeps: a list asks every part that it stands in, and to look through children takes longer."""
    looks: dict[str, Look] = vars(part).get(LEFT, {})
    return looks


def tell_looks(part: QWidget, lists: Sequence[Listed]) -> tuple[Look, ...]:
    """Of every list of a part that somebody sorted or drew, and of those that were not built again since."""
    found = dict(left_looks(part))
    found |= {look.name: look for look in (one.look() for one in lists) if not look.is_usual}
    return tuple(found.values())


def give_looks(part: QWidget, lists: Sequence[Listed], looks: Sequence[Look]) -> None:
    """To the lists that are there; the others find theirs when they show (`claim_look`)."""
    there = {one.look().name: one for one in lists}
    for look in looks:
        if look.name in there:
            there[look.name].take_look(look)
    left = [one for one in looks if one.name not in there]
    if left:
        vars(part)[LEFT] = left_looks(part) | {one.name: one for one in left}


def claim_look(one: QWidget, name: str) -> Look | None:
    """What was left for a list of this name in the nearest part that it stands in."""
    part = one.parentWidget()
    while part is not None:
        looks = left_looks(part)
        if name in looks:
            return looks.pop(name)
        part = part.parentWidget()
    return None
