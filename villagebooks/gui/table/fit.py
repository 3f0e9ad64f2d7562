"""How the columns of a list share its width: spare ones give way, then all of them what their own words do not need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QHeaderView, QTableView

from villagebooks.gui.table.column import MONEY, STATE, Column, cell_text
from villagebooks.gui.table.looks import Width
from villagebooks.gui.table.model import ListModel

LEAST_REST = 24
"""Characters that the column without a width should have at least."""
LEAST_WORDS = 20
"""Characters below which it shrinks no further, unless its words are shorter."""
EDGES, TITLE_EDGES = 24, 22
"""Pixels beside the words of a cell, the style sheet's padding and what Qt keeps free around letters before it leaves
some out; and beside a title."""
BARS = 20
"""Pixels of a list that its frame and a scroll bar take."""
SIGN = 24
"""Pixels of a state's sign and the gap after it."""


def share(wide: Sequence[int], narrow: Sequence[int], room: int) -> list[int]:
    """Widths that fill the room: each of `wide` gives away the same part of what it has above `narrow`.

    The wide ones where all have room, the narrow ones where not even these have.
    """
    over, slack = sum(wide) - room, sum(wide) - sum(narrow)
    if over <= 0 or slack <= 0:
        return list(wide)
    if over >= slack:
        return list(narrow)
    return [most - -(-(most - least) * over // slack) for most, least in zip(wide, narrow, strict=True)]


class Fit:
    """The widths of one list. Who drew a column wider or narrower keeps it so."""

    def __init__(self, view: QTableView, model: ListModel) -> None:
        self._view, self._model = view, model
        self._given: dict[int, int] = {}
        self._words: dict[int, int] | None = None

    def forget(self) -> None:
        """Other records are there: they are measured again when room is short."""
        self._words = None

    def drawn(self) -> tuple[Width, ...]:
        """Columns that somebody drew wider or narrower."""
        columns, sizes = self._model.columns, self._view.horizontalHeader().sectionSize
        return tuple(
            Width(place, sizes(place), self.need(columns[place]))
            for place, given in self._given.items()
            if not self._view.isColumnHidden(place) and sizes(place) != given
        )

    def draw(self, widths: Sequence[Width]) -> None:
        """Draw them so again, in the letters on screen."""
        for one in widths:
            need = self.need(self._model.columns[one.place])
            self._view.horizontalHeader().resizeSection(one.place, one.pixels * need // one.need)

    def begin(self) -> None:
        """Widths first: each would else stretch those anew that take the rest. Nothing listens while nothing shows."""
        header, letter = self._view.horizontalHeader(), _letter()
        _quiet = QSignalBlocker(header)
        for place, one in enumerate(self._model.columns):
            if one.width:
                self._give(place, self._need(one, letter))
        for place, one in enumerate(self._model.columns):
            if not one.width:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def need(self, one: Column) -> int:
        """Pixels of a column with a width; its title has room in every language."""
        return self._need(one, _letter())

    def _need(self, one: Column, letter: int) -> int:
        return max(one.width * letter + EDGES, self._title(one))

    def arrange(self, width: int) -> None:
        """Spare columns give way, the last first, until the column that takes the rest has room for its words; then
        every column gives away what its words do not need. A list that has no room for the words scrolls sideways."""
        columns, letter = self._model.columns, _letter()
        # a page may leave a column out, which then takes no room
        need = {
            place: self._need(one, letter)
            for place, one in enumerate(columns) if one.spare or not self._view.isColumnHidden(place)
        }  # fmt: skip
        rest = [place for place in need if not columns[place].width]
        room = width - BARS - sum(size for place, size in need.items() if columns[place].width)
        short = LEAST_REST * letter * len(rest) - room
        hidden = {}
        for place in reversed([place for place, one in enumerate(columns) if one.spare]):
            hidden[place] = short > 0
            short -= need[place] if short > 0 else 0
        room += sum(need[place] for place, gives_way in hidden.items() if gives_way)
        least = {place: max(LEAST_WORDS * letter, need[place]) for place in rest}
        seen = {place: least.get(place, need[place]) for place in need if not hidden.get(place)}
        stretches = room >= sum(least.values())
        if stretches:
            self._lend(seen, room, rest)
        # first the mode: a column that is hidden while another stretches leaves its gap behind
        self._shrink(seen, width - BARS, stretches=stretches)
        for place, is_hidden in hidden.items():
            self._view.setColumnHidden(place, is_hidden)

    def _lend(self, seen: dict[int, int], room: int, rest: Sequence[int]) -> None:
        """Where words would be cut off while others have room: the columns with a width give what their words do not
        need to those that take the rest, or take of what these have left."""
        words = self._needs() if rest else {}
        if not words:
            return
        others = [place for place in seen if place not in rest]
        room -= self._show_amounts(seen, words, room - sum(seen[place] for place in rest))
        spare = room - max(words[place] for place in rest) * len(rest)
        if spare < 0:
            wide = [seen[place] for place in others]
            narrow = [min(seen[place], words[place]) for place in others]
            seen.update(zip(others, share(wide, narrow, sum(wide) + spare), strict=True))
        for place in others:
            more = min(max(0, spare), max(0, words[place] - seen[place]))
            seen[place] += more
            spare -= more

    def _show_amounts(self, seen: dict[int, int], words: Mapping[int, int], slack: int) -> int:
        """What columns of amounts take of the room that others can spare: an amount that is cut off says another."""
        taken = 0
        for place, size in seen.items():
            if self._model.columns[place].kind == MONEY and self._model.columns[place].width:
                more = min(slack - taken, max(0, words[place] - size))
                seen[place] += more
                taken += more
        return taken

    def _shrink(self, wide: Mapping[int, int], room: int, *, stretches: bool) -> None:
        widths = dict(wide)
        if not stretches:
            words = self._needs()
            narrow = [min(size, words.get(place, self._least(place, size))) for place, size in wide.items()]
            widths = dict(zip(wide, share(list(wide.values()), narrow, room), strict=True))
            stretches = sum(narrow) <= room
        header = self._view.horizontalHeader()
        mode = QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.Interactive
        for place, width in widths.items():
            if self._model.columns[place].width:
                self._give(place, width)
            else:
                header.setSectionResizeMode(place, mode)
                if not stretches:
                    header.resizeSection(place, width)

    def _least(self, place: int, size: int) -> int:
        """Pixels that a column keeps where nobody measured its words."""
        one = self._model.columns[place]
        return max(one.least * _letter() + EDGES, self._title(one)) if one.least else size

    def _give(self, place: int, width: int) -> None:
        """This width, unless somebody drew the column to another."""
        header = self._view.horizontalHeader()
        if self._given.get(place) in (None, header.sectionSize(place)) and self._given.get(place) != width:
            header.resizeSection(place, width)
            self._given[place] = header.sectionSize(place)  # which may be the least that a section has

    def _needs(self) -> dict[int, int]:
        """Pixels that title and words need, by place; nothing where records are too many to be measured."""
        records = self._model.measured()
        if records is None:
            return {}
        if self._words is None:
            strong = [one for one in records if self._model.is_strong(one)]
            plain = [one for one in records if not self._model.is_strong(one)] if strong else records
            parts = ((QFontMetrics(QGuiApplication.font()), plain), (QFontMetrics(_bold()), strong))
            self._words = {place: self._widest(one, parts) for place, one in enumerate(self._model.columns)}
        return self._words

    def _widest(self, one: Column, parts: Sequence[tuple[QFontMetrics, Sequence[Any]]]) -> int:
        """Records of each of two fonts; their title."""
        signs = SIGN if one.kind == STATE else 0
        words = max((_widest(font, _candidates(one, records)) for font, records in parts), default=0)
        return max(self._title(one), words + EDGES + signs)

    def _title(self, one: Column) -> int:
        return self._view.horizontalHeader().fontMetrics().horizontalAdvance(one.title) + TITLE_EDGES


def _widest(font: QFontMetrics, texts: Iterable[str]) -> int:
    """Pixels of the widest text; each one once, and none that would not be it if all its letters were full-width ones,
    as wide as any."""
    found, wide = 0, font.horizontalAdvance("账")
    for text in sorted(set(texts), key=len, reverse=True):
        if len(text) * wide <= found:
            break
        found = max(found, font.horizontalAdvance(text))
    return found


def _candidates(one: Column, records: Sequence[Any]) -> Iterable[str]:
    """Texts of which one is the widest. Figures have the same width, so that of many amounts it is the largest or the
    least: all villages beside each other have some ten thousand."""
    if one.kind != MONEY or one.text is not None:
        return (one.shown(record) for record in records)
    amounts = [fen for record in records if (fen := one.value(record)) is not None]
    return [cell_text(MONEY, fen) for fen in (max(amounts), min(amounts))] if amounts else ()


def _letter() -> int:
    return QFontMetrics(QGuiApplication.font()).horizontalAdvance("0")


def _bold() -> QFont:
    font = QFont(QGuiApplication.font())
    font.setBold(True)
    return font
