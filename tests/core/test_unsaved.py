"""What an earlier run left is read only when every part of it is what it should be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from villagebooks.core.paper import Body, Image
from villagebooks.core.unsaved import RowText, SheetText, Unsaved, read_unsaved, unsaved_text
from villagebooks.core.unsaved_paper import DocumentText, PaperText, UnsavedPaper, read_unsaved_paper
from villagebooks.core.voucher import Line

ROW = RowText(("电费", "51302 电费", "", "", "1+2", ""), ("",) * 6, 4, True, ("", ""), Line("电费", "51302", 300))
LEFT = Unsaved(
    "run", "2026-09-01T08:00:00+08:00", "", 0, SheetText(("1", "2026-09-01"), "1", ("记", False), "normal", (ROW,)),
    ("paper",), slot=(0, 4),
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
        (("slot",), [0]), (("slot",), [0, 9]), (("slot",), ["0", 1]), (("slot",), 3),
    ],
)  # fmt: skip
def test_a_spoilt_part_makes_it_none_and_no_form_stumbles(path: tuple[str | int, ...], value: object) -> None:
    data = json.loads(unsaved_text(LEFT))
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert read_unsaved(json.dumps(data)) is None


PAPER = UnsavedPaper(
    "run", "2026-09-01T08:00:00+08:00", "", 0,
    PaperText(
        "2026-09-01", "买扫把", "日常运转", "支出", "3x", "王", "备用金", "", "", "李", "", "",
        (Body("监委会", ("张",), 2, 2, 3, True),),
        (DocumentText("数电票", "1", "", "3x", "1", (Image("0" * 64, 5, "image/png"),)),),
    ),
)  # fmt: skip


def test_a_paper_that_was_left_is_read_as_it_was_and_is_no_voucher() -> None:
    assert read_unsaved_paper(unsaved_text(PAPER)) == PAPER
    assert read_unsaved(unsaved_text(PAPER)) is None
    assert read_unsaved_paper(unsaved_text(LEFT)) is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("at",), "yesterday"), (("rev",), True), (("uid",), None), (("token",), 5), (("paper",), []),
        (("paper", "day"), 20260230), (("paper", "words"), 5), (("paper", "words"), ["买"]),
        (("paper", "words"), "\ud800"), (("paper", "other"), ""), (("paper", "bodies"), None),
        (("paper", "bodies", 0, "present"), 10**9), (("paper", "bodies", 0, "agreed"), -1),
        (("paper", "bodies", 0, "size"), "3"), (("paper", "bodies", 0, "people"), [1]),
        (("paper", "bodies", 0, "stamp"), 1), (("paper", "documents", 0), None),
        (("paper", "documents", 0, "amount"), 3), (("paper", "documents", 0, "images"), 5),
        (("paper", "documents", 0, "images", 0, "sha256"), "../" * 21 + "x"),
        (("paper", "documents", 0, "images", 0, "size"), 5.5),
        (("paper", "documents", 0, "images", 0, "checked"), "yes"),
    ],
)  # fmt: skip
def test_a_spoilt_part_of_a_paper_makes_it_none(path: tuple[str | int, ...], value: object) -> None:
    data = json.loads(unsaved_text(PAPER))
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert read_unsaved_paper(json.dumps(data)) is None


@pytest.mark.parametrize("text", ["[" * 100_000, "\0" * 500, "null", "1e999", "9" * 5_000, '{"version": 1}'])
def test_what_is_no_such_text_is_none(text: str) -> None:
    assert read_unsaved(text) is None
    assert read_unsaved_paper(text) is None
