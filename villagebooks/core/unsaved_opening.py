"""What stands in the grid of opening balances before the book is opened: the lines that have an amount."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from villagebooks.core.opening import OpeningRow
from villagebooks.core.unsaved import VERSION, Kept, check_kept

_USUAL = asdict(OpeningRow("", 0, 0, 0))


@dataclass(frozen=True, slots=True)
class UnsavedOpening(Kept):
    """Opening balances that were typed and not taken over."""

    rows: tuple[OpeningRow, ...]


def read_unsaved_opening(text: str) -> UnsavedOpening | None:
    """From such a text; None when it is none, or of another version, or anything in it is not what it should be."""
    try:
        found = json.loads(text)
        if found.pop("version") != VERSION:
            return None
        rows = tuple(_read_row(one) for one in found.pop("rows"))
        one = UnsavedOpening(**found, rows=rows)
        check_kept(one)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return None
    return one


def _read_row(told: dict[str, Any]) -> OpeningRow:
    quantities = tuple(told.pop("quantities"))
    row = OpeningRow(**told, quantities=quantities)
    kinds = {name: type(usual) for name, usual in _USUAL.items()}
    if any(type(part) is not kinds[name] for name, part in asdict(row).items()):
        raise TypeError(told)
    if len(quantities) != len(_USUAL["quantities"]) or any(type(one) is not int for one in quantities):
        raise ValueError(told)
    return row
