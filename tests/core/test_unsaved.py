"""What an earlier run left is read only when every part of it is what it should be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from villagebooks.core.unsaved import RowText, SheetText, Unsaved, read_unsaved, unsaved_text
from villagebooks.core.voucher import Line

ROW = RowText(("电费", "51302 电费", "", "", "1+2", ""), ("",) * 6, 4, True, ("", ""), Line("电费", "51302", 300))
LEFT = Unsaved(
    "run", "2026-09-01T08:00:00+08:00", "", 0, SheetText(("1", "2026-09-01"), "1", ("记", False), "normal", (ROW,)),
    ("paper",),
)  # fmt: skip


def test_what_was_left_is_read_as_it_was() -> None:
    assert read_unsaved(unsaved_text(LEFT)) == LEFT


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("at",), "yesterday"), (("at",), 5), (("rev",), "a"), (("papers",), [1]), (("sheet", "count"), 5),
        (("sheet", "day"), ["1", "2026-09-01", "x"]), (("sheet", "day", 0), None), (("sheet", "word"), ["记"]),
        (("sheet", "word"), [3, False]), (("sheet", "rows", 0, "texts", 4), 7), (("sheet", "rows", 0, "side"), "x"),
        (("sheet", "rows", 0, "skipped"), 1), (("sheet", "rows", 0, "kept", "debit_fen"), "300"),
        (("sheet", "rows", 0, "kept", "debit_fen"), 3.5), (("sheet", "rows", 0, "kept", "party"), None),
        (("sheet", "rows"), 5), (("sheet", "rows", 0), None), (("token",), {}),
    ],
)  # fmt: skip
def test_a_spoilt_part_makes_it_none_and_no_form_stumbles(path: tuple[str | int, ...], value: object) -> None:
    data = json.loads(unsaved_text(LEFT))
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert read_unsaved(json.dumps(data)) is None


@pytest.mark.parametrize("text", ["[" * 100_000, "\0" * 500, "null", "1e999", "9" * 5_000, '{"version": 1}'])
def test_what_is_no_such_text_is_none(text: str) -> None:
    assert read_unsaved(text) is None
