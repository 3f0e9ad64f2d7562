"""Words into widths, counted without a PDF: every character one em wide, ASCII half of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from villagebooks.pdf.text import fit, shrink, wrap, wrap_items


def measure(text: str) -> float:
    return sum(0.5 if char < "\u2000" else 1.0 for char in text)


def test_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    lines = wrap("修鱼塘路边沟（匠缘劳务），验收。", measure, 10, 60)
    assert lines == ["修鱼塘路边沟", "（匠缘劳", "务），验收。"]
    assert wrap("收款人（某）", measure, 10, 40) == ["收款人", "（某）"]


def test_figures_and_their_measure_words_stay_whole() -> None:
    assert wrap("每个工100元整", measure, 10, 50) == ["每个工", "100元整"]
    assert wrap("存银行 1\u00a0860.00。", measure, 10, 60) == ["存银行", "1\u00a0860.00。"]
    assert wrap("共收28 560.00元", measure, 10, 60) == ["共收", "28 560.00元"]
    assert wrap("电话0700-1234567转3", measure, 10, 60) == ["电话", "0700-1234567", "转3"]


def test_what_is_wider_than_a_line_is_cut_where_it_must_be() -> None:
    assert wrap("AAAAAAAAAA", measure, 10, 20) == ["AAAA", "AAAA", "AA"]
    assert wrap("", measure, 10, 20) == [""]


def test_shrinking_stops_at_the_least_size() -> None:
    assert shrink("一二三", measure, 12, 100, 6) == 12
    assert shrink("一二三四五", measure, 12, 50, 6) == 10
    assert shrink("一二三四五六七八九十", measure, 12, 20, 6) == 6


def test_a_text_that_never_fits_ends_with_an_ellipsis() -> None:
    assert fit("一二三四", measure, (10, 8), 20, 1) == (8, ["一…"])
    assert fit("一二三四", measure, (10, 8), 20, 2) == (10, ["一二", "三四"])


def test_items_side_by_side_are_broken_between_each_other_first() -> None:
    assert wrap_items(["甲乙", "丙丁", "戊己"], "　", measure, 10, 50) == ["甲乙　丙丁", "戊己"]
    assert wrap_items([], "　", measure, 10, 50) == [""]


@given(st.text(alphabet="一二（），。100.5 元A", max_size=40), st.integers(20, 80))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, measure, 10, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(measure(line) * 10 <= width + 0.01 for line in lines)
