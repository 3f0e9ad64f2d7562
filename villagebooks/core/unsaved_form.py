"""What stands in a form that is neither a voucher nor a paper and is not saved: every entry as it was typed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from villagebooks.core.period import Month, month_of, read_month
from villagebooks.core.unsaved import VERSION, Kept, SheetText, check_kept, read_sheet


@dataclass(frozen=True, slots=True)
class UnsavedForm(Kept):
    """Entries by their names, as typed in a `month` (2026-09); `uid` says of what: a bank account, a schedule. `sheet`
    are the lines of a form that has some."""

    month: str
    texts: tuple[tuple[str, str], ...]
    sheet: SheetText | None = None

    @property
    def period(self) -> Month:
        """The month that was in hand."""
        return month_of(self.day)

    @property
    def day(self) -> date:
        """The first of the month that was in hand."""
        month = read_month(self.month)
        if month is None:
            raise ValueError(self.month)
        return month.first_day

    def text(self, name: str) -> str:
        """What stands in an entry, empty for none."""
        return dict(self.texts).get(name, "")


def read_unsaved_form(text: str) -> UnsavedForm | None:
    """From such a text; None when it is none, or of another version, or anything in it is not what it should be."""
    try:
        found = json.loads(text)
        if found.pop("version") != VERSION:
            return None
        texts = tuple((name, said) for name, said in found.pop("texts"))
        told = found.pop("sheet")
        one = UnsavedForm(**found, texts=texts, sheet=None if told is None else read_sheet(told))
        check_kept(one)
        if not all(isinstance(word, str) for pair in texts for word in pair):
            raise TypeError(texts)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return None
    return one
