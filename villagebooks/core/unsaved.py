"""What stands in a form and is not saved; of a voucher's every cell as it was typed, to be undone or found again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from villagebooks.core.voucher import Line
from villagebooks.core.words import _

Slot = tuple[int, int]
"""A cell: its row and column; row -1 is the head."""
HEAD = -1
DAY_SLOT, COUNT_SLOT, WORD_SLOT = (HEAD, 0), (HEAD, 1), (HEAD, 2)
COLUMNS = 6
VERSION = 1
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


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell in words, and what two states of a form say in it."""

    where: str
    before: str
    after: str


def differences(before: SheetText, after: SheetText) -> tuple[Difference, ...]:
    """Every cell in which two states of a form read differently, from the head down."""
    found = []
    for slot in sorted(changed_slots(before, after)):
        old, new = _slot_text(before, slot), _slot_text(after, slot)
        if old != new:
            found.append(Difference(_slot_words(slot), old, new))
    return tuple(found)


def _slot_text(sheet: SheetText, slot: Slot) -> str:
    row, column = slot
    if row == HEAD:
        return (sheet.day[1], sheet.count, sheet.word[0])[column]
    return sheet.rows[row].texts[column] if row < len(sheet.rows) and column != WHOLE_ROW else ""


def _slot_words(slot: Slot) -> str:
    row, column = slot
    if row == HEAD:
        return (_("日期"), _("附单据数"), _("凭证字"))[column]
    names = (_("摘要"), _("科目"), _("往来、项目"), _("数量"), _("借方"), _("贷方"))
    return _("第 {n} 行{what}").format(n=row + 1, what=names[column])


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed and not saved, as a computer keeps it. `token` names the form that kept it, `at`
    (ISO) the last keeping; `uid` and `rev` what was being changed, empty and 0 for a new one."""

    token: str
    at: str
    uid: str
    rev: int

    @property
    def day(self) -> date:
        """The date that was typed."""
        return datetime.fromisoformat(self.at).date()


@dataclass(frozen=True, slots=True)
class Unsaved(Kept):
    """A voucher. `slot` is the cell that the cursor was in, if it was in any."""

    sheet: SheetText
    papers: tuple[str, ...] = ()
    reverses: str = ""
    corrects: str = ""
    slot: Slot | None = None

    @property
    def day(self) -> date:
        """Its date as settled."""
        return date.fromisoformat(self.sheet.day[1])


def unsaved_text(one: Kept) -> str:
    """As text for a file."""
    return json.dumps({"version": VERSION, **asdict(one)}, ensure_ascii=False, indent=1)


def read_unsaved(text: str) -> Unsaved | None:
    """From such a text; None when it is none, or of another version, or anything in it is not what it should be."""
    try:
        found = json.loads(text)
        if found.pop("version") != VERSION:
            return None
        sheet = read_sheet(found.pop("sheet"))
        papers = tuple(found.pop("papers"))
        slot = _read_slot(found.pop("slot", None))
        one = Unsaved(**found, papers=papers, slot=slot, sheet=sheet)
        check_kept(one)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return None
    return one if _is_sound(one) else None


def read_sheet(told: dict[str, Any]) -> SheetText:
    """The cells of a voucher from such a file; ValueError, TypeError or KeyError when any is not what it should be: a
    form must not stumble over a file that was spoilt."""
    rows = tuple(_read_row(row) for row in told.pop("rows"))
    day, word = tuple(told.pop("day")), tuple(told.pop("word"))
    found = SheetText(day=day, word=word, rows=rows, **told)
    kinds = list(map(type, found.word)) == [str, bool] and len(found.day) == len(DAY_SLOT)
    words = (*found.day, found.count, found.kind)
    if not kinds or not all(isinstance(one, str) for one in words) or not all(map(_is_sound_row, found.rows)):
        raise TypeError(told)
    return found


def check_kept(one: Kept) -> None:
    """ValueError or TypeError when what every record has is not what it should be, or a text is none that can be
    written."""
    _moment = one.day, datetime.fromisoformat(one.at)
    if not all(isinstance(word, str) for word in (one.token, one.at, one.uid)) or type(one.rev) is not int:
        raise TypeError(one)
    unsaved_text(one).encode()


def _read_slot(told: Any) -> Slot | None:
    """A cell of the head or of a row, whether or not it is there; None for none."""
    if told is None:
        return None
    row, column = told
    if type(row) is not int or type(column) is not int or row < HEAD or not 0 <= column < COLUMNS:
        raise ValueError(told)
    return row, column


def _is_sound(one: Unsaved) -> bool:
    """Whether every part beside the cells is of its kind."""
    return all(isinstance(word, str) for word in (one.reverses, one.corrects, *one.papers))


def _is_sound_row(row: RowText) -> bool:
    kept = asdict(row.kept)
    kinds = {name: type(usual) for name, usual in asdict(Line("", "")).items()}
    return (
        all(isinstance(word, str) for word in (*row.texts, *row.keys, *row.hints))
        and (row.side is None or type(row.side) is int)
        and isinstance(row.skipped, bool)
        and all(type(kept[name]) is kind for name, kind in kinds.items())
    )


def _read_row(row: dict[str, Any]) -> RowText:
    kept = Line(**row["kept"])
    whole = RowText(tuple(row["texts"]), tuple(row["keys"]), row["side"], row["skipped"], tuple(row["hints"]), kept)
    if len(whole.texts) != COLUMNS or len(whole.keys) != COLUMNS or len(whole.hints) != len(("detail", "account")):
        raise ValueError(whole)
    return whole
