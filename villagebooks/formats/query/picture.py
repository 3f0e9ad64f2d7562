"""The small picture that a query file carries in place of a photo or scan: no metadata, one size, always JPEG."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from villagebooks.core.problem import Trouble
from villagebooks.core.words import _

MEDIA = "image/jpeg"
READABLE = ("image/jpeg", "image/png")

_LONGEST_SIDE = 1600
_MOST_PIXELS = 40_000_000
_QUALITY = 72


def derive_picture(raw: bytes) -> bytes:
    """A JPEG of at most 1600 pixels a side, upright, without camera data or place; Trouble when it is no picture."""
    try:
        with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG")) as source:
            if source.width * source.height > _MOST_PIXELS:
                raise Trouble(_("图片太大，超过 4000 万像素"))
            upright = ImageOps.exif_transpose(source).convert("RGB")
            upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            out = io.BytesIO()
            upright.save(out, "JPEG", quality=_QUALITY, optimize=True)
            return out.getvalue()
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise Trouble(_("图片读不出来")) from error
