"""Drawn documents: small, the same every time, and marked as samples."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from villagebooks.formats.photo import (
    BOARD,
    FORMS,
    INVOICE,
    LARGEST_PHOTO,
    LETTER,
    ROLL,
    Pens,
    Picture,
    draw_photo,
    load_pens,
)
from villagebooks.formats.photo.form import draw_page
from villagebooks.paths import resource


@pytest.fixture(scope="module")
def pens() -> Pens:
    return load_pens(resource("fonts"))


def picture(form: str) -> Picture:
    rows = tuple((str(number), "冉光才", "清边沟", "2.5", "250.00", "冉光才") for number in range(1, 8))
    return Picture(
        form, "8月误工补贴领款名册", "单位：老秤湾村", "0012351", "2026-09-15",
        fields=(("交款人", "冉光才"), ("收款事由", "鱼塘下半年承包费（32.60亩，合同2024-03）")),
        columns=("序", "姓名", "误工事由", "工", "金额", "领款人签字（按印）"), rows=rows,
        words=("经商定，按合同支付。",), amount_fen=165_000,
        signers=(("经手人", "向丽蓉"), ("证明人", "向其昌")), stamps=("白雁河镇老秤湾村民委员会",),
    )  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_a_small_jpeg_that_pillow_reads_back(form: str, pens: Pens) -> None:
    raw = draw_photo(picture(form), pens)
    assert len(raw) <= LARGEST_PHOTO
    image = Image.open(io.BytesIO(raw))
    image.load()
    assert image.format == "JPEG"
    assert image.width >= 600


def test_the_same_record_gives_the_same_bytes_and_another_one_others(pens: Pens) -> None:
    one = picture(INVOICE)
    assert draw_photo(one, pens) == draw_photo(one, load_pens(resource("fonts")))
    assert draw_photo(one, pens) != draw_photo(replace(one, amount_fen=165_001), pens)


def test_the_mark_of_a_sample_lies_across_every_page(pens: Pens) -> None:
    for form in FORMS:
        page = draw_page(picture(form), pens)
        before = page.image.copy()
        page.mark()
        assert page.image.tobytes() != before.tobytes(), form


def test_a_list_too_long_for_the_page_goes_on_in_columns_beside_it(pens: Pens) -> None:
    short = picture(ROLL)
    long = replace(short, rows=tuple((str(n), "冉光才", "清边沟", "2", "84.00", "冉光才") for n in range(1, 55)))
    page = draw_page(long, pens)
    assert page.high < 1000
    assert len(draw_photo(long, pens)) <= LARGEST_PHOTO


def test_a_long_letter_gets_a_longer_page(pens: Pens) -> None:
    letter = picture(LETTER)
    long = replace(letter, words=("一、乙方维修鱼塘路边沟60米，沟底现浇，沟壁浆砌，包工包料，不得转包。" * 3,) * 6)
    assert draw_page(long, pens).high > draw_page(letter, pens).high


def test_a_notice_board_shows_the_list_that_hangs_on_it(pens: Pens) -> None:
    one = replace(picture(BOARD), rows=(("一组 罗长庚", "150"),))
    assert draw_photo(one, pens) != draw_photo(replace(one, rows=()), pens)
