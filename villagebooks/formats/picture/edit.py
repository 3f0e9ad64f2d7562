"""A picture with a person's steps done to it: turned, cut, blackened. What is black holds nothing any more."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, UnidentifiedImageError

from villagebooks.core.picture import BLACK, CROP, TURN_LEFT, TURN_RIGHT, Edit, clip_box
from villagebooks.core.problem import Trouble
from villagebooks.core.words import _
from villagebooks.formats.picture.clean import encode_picture, flat, upright

_TURNS = {TURN_LEFT: Image.Transpose.ROTATE_90, TURN_RIGHT: Image.Transpose.ROTATE_270}


def edit_picture(raw: bytes, edits: Sequence[Edit]) -> bytes:
    """A new picture of the same form, coded afresh from its pixels; Trouble when it cannot be read."""
    try:
        with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG")) as source:
            form, picture = str(source.format), flat(upright(source))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Trouble(_("图片读不出来，可能没有拷完整")) from error
    for one in edits:
        picture = _done(picture, one)
    return encode_picture(picture, form)


def _done(picture: Image.Image, edit: Edit) -> Image.Image:
    if edit.act in _TURNS:
        return picture.transpose(_TURNS[edit.act])
    box = clip_box(edit.box, *picture.size)
    if box is None:
        return picture
    corners = (box.left, box.top, box.left + box.wide, box.top + box.high)
    if edit.act == CROP:
        return picture.crop(corners)
    if edit.act == BLACK:
        picture.paste((0, 0, 0), corners)
    return picture
