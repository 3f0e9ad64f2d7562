"""No part of a paper that somebody else changed is passed over: every field of the records is walked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest

from villagebooks.core.paper import Body, Document, Image, Paper
from villagebooks.core.unsaved_paper import DocumentText, PaperText, paper_differences

IMAGE = Image("a" * 64, 10, "image/jpeg")
DOCUMENT = DocumentText("数电票", "001", "2026-09-01", "100.00", "1", (IMAGE,))
BODY = Body("监委会", ("甲", "乙"), 3, 3, 3)
PAPER = PaperText(
    "2026-09-01", "修水渠", "工程维修", "支出", "100.00", "陈", "现金", "水利", "", "甲", "乙", "丙",
    (BODY,), (DOCUMENT,),
)  # fmt: skip
PLACES: dict[type, tuple[Any, Callable[[Any], PaperText]]] = {
    PaperText: (PAPER, lambda one: one),
    Body: (BODY, lambda one: replace(PAPER, bodies=(one,))),
    DocumentText: (DOCUMENT, lambda one: replace(PAPER, documents=(one,))),
    Image: (IMAGE, lambda one: replace(PAPER, documents=(replace(DOCUMENT, images=(one,)),))),
}
OTHERS: dict[type, Any] = {bool: True, int: 7, str: "9", tuple: ()}
NOT_TYPED = {"uid", "book", "number", "state", "reason", "vouchers", "digest", "rev", "policy"}
"""What the program says of a paper; nobody types it."""
ON_ITS_WAY = {"awaits"}
"""Which pictures are still being stored: these come to the document by themselves, whoever else saved it."""


@pytest.mark.parametrize(
    ("record", "field"),
    [(record, one.name) for record in PLACES for one in fields(record) if one.name not in ON_ITS_WAY],
    ids=str,
)
def test_each_field_that_differs_is_told_with_both_its_words(record: type, field: str) -> None:
    usual, within = PLACES[record]
    other = within(replace(usual, **{field: OTHERS[type(getattr(usual, field))]}))
    for before, after in ((PAPER, other), (other, PAPER)):
        found = paper_differences(before, after)
        assert found
        assert all(one.where and one.before != one.after for one in found)
    assert paper_differences(other, other) == ()


def test_what_is_typed_of_a_paper_and_its_documents_is_all_that_the_books_keep_of_them() -> None:
    typed = {one.name.replace("amount_fen", "amount") for one in fields(Paper)} - NOT_TYPED
    assert typed == {one.name for one in fields(PaperText)}
    of_document = {one.name.replace("amount_fen", "amount") for one in fields(Document)}
    assert of_document == {one.name for one in fields(DocumentText)} - ON_ITS_WAY


def test_a_picture_that_villagers_may_see_stands_before_everything_else() -> None:
    shown = replace(DOCUMENT, images=(replace(IMAGE, checked=True),))
    after = replace(PAPER, words="修路", payee="王", documents=(shown,))
    first, *rest = paper_differences(PAPER, after)
    assert (first.where, first.before, first.after) == (
        "第 1 件：图片 1", "没有脱敏，编号 aaaaaaaa，JPEG，1 页，10 字节", "已脱敏，编号 aaaaaaaa，JPEG，1 页，10 字节",
    )  # fmt: skip
    assert [one.where for one in rest] == ["用途（张榜用的话）", "收款人（交款人）"]
    added = paper_differences(PAPER, replace(after, documents=(DOCUMENT, shown)))[0]
    assert (added.where, added.after) == ("第 2 件单据", "数电票 001 2026-09-01 100.00 元 1 张 图片 1 已脱敏 1")


def test_two_bodies_of_one_name_are_told_apart_and_a_name_may_hold_braces() -> None:
    named = replace(BODY, name="{组}")
    before = replace(PAPER, bodies=(named, named))
    (one,) = paper_differences(before, replace(PAPER, bodies=(named, replace(named, stamp=True))))
    assert (one.where, one.before, one.after) == ("{组}：盖章", "没有", "有")


def test_an_amount_that_is_written_otherwise_is_the_same() -> None:
    assert paper_differences(PAPER, replace(PAPER, amount="50+50")) == ()
