"""A drawn page as a phone would have taken it: on a table, not quite straight, a little darker at the edges."""

from __future__ import annotations

import io

from PIL import Image

from villagebooks.formats.photo.form import draw_page
from villagebooks.formats.photo.page import Pens, lot
from villagebooks.formats.photo.record import BOARD, DITCH, Picture

LARGEST_PHOTO = 60 * 1024
"""Bytes of a photo at most."""

_TABLE = (142, 116, 88)
_BORDER = 26
_QUALITIES = (58, 50, 44, 38, 32)


def draw_photo(picture: Picture, pens: Pens) -> bytes:
    """The document's photo as JPEG of at most `LARGEST_PHOTO` bytes; the same record gives the same bytes."""
    image = draw_page(picture, pens).image
    if picture.form not in (BOARD, DITCH):
        image = _lay_down(image, lot(picture.title + picture.day + picture.number, 4) * 2.4 - 1.2)
    while True:
        for quality in _QUALITIES:
            raw = _jpeg(image, quality)
            if len(raw) <= LARGEST_PHOTO:
                return raw
        image = image.resize((image.width * 9 // 10, image.height * 9 // 10), Image.Resampling.LANCZOS)


def _lay_down(paper: Image.Image, turn: float) -> Image.Image:
    """The paper on the table with its shadow, in the light of one window."""
    wide, high = paper.width + 2 * _BORDER, paper.height + 2 * _BORDER
    table = Image.new("RGB", (wide, high), _TABLE)
    mask = Image.new("L", (wide, high), 0)
    mask.paste(255, (_BORDER, _BORDER, _BORDER + paper.width, _BORDER + paper.height))
    laid = Image.new("RGB", (wide, high), _TABLE)
    laid.paste(paper, (_BORDER, _BORDER))
    laid, mask = (one.rotate(turn, Image.Resampling.BILINEAR) for one in (laid, mask))
    shadow = mask.point([value // 3 for value in range(256)])
    table.paste((60, 46, 34), (7, 8), shadow)
    table.paste(laid, (0, 0), mask)
    light = (
        Image.linear_gradient("L").rotate(90).resize((wide, high)).point([240 + value // 17 for value in range(256)])
    )
    return Image.composite(table, Image.new("RGB", (wide, high), (40, 34, 30)), light)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, subsampling="4:2:0")
    return out.getvalue()
