"""What was chosen in a page that made room: the one that is built when somebody comes back begins with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from villagebooks.gui.part import Part
from villagebooks.gui.table import Table
from villagebooks.gui.table.looks import Look, give_looks, tell_looks


@dataclass(frozen=True, slots=True)
class Kept:
    """What a part told, how its lists looked, and whether another book, month or person came since."""

    name: str
    told: object
    looks: tuple[Look, ...]
    moved: bool = False


class Chosen:
    """What was chosen in parts that went, by their names."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}

    def keep(self, name: str, part: Part) -> None:
        """A part is about to go."""
        told, looks = part.tell_choices(), tell_looks(part, part.findChildren(Table))
        if told is not None or looks:
            self._kept[name] = Kept(name, told, looks)

    def give(self, name: str, part: Part) -> None:
        """A part was built anew: it forgets what it would have forgotten of the last book, had it stayed."""
        kept = self._kept.pop(name, None)
        if kept is not None:
            if kept.told is not None:
                part.take_choices(kept.told)
            give_looks(part, part.findChildren(Table), kept.looks)
            if kept.moved:
                part.moved()

    def move(self) -> None:
        """Another book, month or person came."""
        self._kept = {name: replace(one, moved=True) for name, one in self._kept.items()}

    def records(self) -> tuple[Kept, ...]:
        """All that is kept."""
        return tuple(self._kept.values())

    def put(self, records: tuple[Kept, ...]) -> None:
        """What another kept in its time."""
        self._kept = {one.name: one for one in records}

    def with_those(self, parts: Mapping[str, Part]) -> tuple[Kept, ...]:
        """All that is kept, and what parts tell that are still there, by their names."""
        whole = Chosen()
        whole.put(self.records())
        for name, part in parts.items():
            whole.keep(name, part)
        return whole.records()
