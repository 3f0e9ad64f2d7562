"""What stands in a voucher's form and is not saved: every cell as it was typed, to be undone or found again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from villagebooks.core.voucher import Line

Slot = tuple[int, int]
"""A cell: its row and column; row -1 is the head."""
HEAD = -1
DAY_SLOT, COUNT_SLOT, WORD_SLOT = (HEAD, 0), (HEAD, 1), (HEAD, 2)
WHOLE_ROW = -1
"""The column that stands for what a row knows beside its cells."""


@dataclass(frozen=True, slots=True)
class RowText:
    """A row: the text of each cell in order, what was chosen in each (empty where nothing can be), and what a
    template or suggestion said of it. `kept` is the line that was put there."""

    texts: tuple[str, ...]
    keys: tuple[str, ...]
    side: int | None
    skipped: bool
    hints: tuple[str, str]
    kept: Line

    def is_blank(self) -> bool:
        """True when nothing stands in any cell."""
        return not any(self.texts)


@dataclass(frozen=True, slots=True)
class SheetText:
    """The whole form: the date as typed and as settled, the count of documents, the word and whether it was chosen by
    hand, the kind, and the rows down to the last that is written."""

    day: tuple[str, str]
    count: str
    word: tuple[str, bool]
    kind: str
    rows: tuple[RowText, ...]


def changed_slots(before: SheetText, after: SheetText) -> set[Slot]:
    """The cells in which two states of a form differ."""
    found = set(_changed_head(before, after))
    for place in range(max(len(before.rows), len(after.rows))):
        old = before.rows[place] if place < len(before.rows) else None
        new = after.rows[place] if place < len(after.rows) else None
        found |= {(place, column) for column in _changed_cells(old, new)}
    return found


def slot_length(sheet: SheetText, slot: Slot) -> int:
    """How many characters stand in a cell."""
    row, column = slot
    if row == HEAD:
        return len((sheet.day[0], sheet.count, sheet.word[0])[column])
    return len(sheet.rows[row].texts[column]) if row < len(sheet.rows) and column != WHOLE_ROW else 0


def _changed_head(before: SheetText, after: SheetText) -> Iterator[Slot]:
    for slot, old, new in (
        (DAY_SLOT, before.day, after.day),
        (COUNT_SLOT, before.count, after.count),
        (WORD_SLOT, (before.word, before.kind), (after.word, after.kind)),
    ):
        if old != new:
            yield slot


def _changed_cells(old: RowText | None, new: RowText | None) -> Iterator[int]:
    if old is None or new is None:
        one = old or new
        if one:
            yield from (column for column, text in enumerate(one.texts) if text)
        return
    for column in range(len(old.texts)):
        if (old.texts[column], old.keys[column]) != (new.texts[column], new.keys[column]):
            yield column
    if (old.side, old.skipped, old.hints, old.kept) != (new.side, new.skipped, new.hints, new.kept):
        yield WHOLE_ROW
