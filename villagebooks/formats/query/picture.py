"""The small picture that a query file carries in place of a photo or scan: no metadata, one size, always JPEG."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, UnidentifiedImageError

from villagebooks.core.problem import Trouble
from villagebooks.core.words import _
from villagebooks.formats.picture.clean import upright

MEDIA = "image/jpeg"
READABLE = ("image/jpeg", "image/png")

FORM = "jpeg 1600 72 b"
"""Names how a small picture is made; changes with it, so that one kept from before is not taken for today's."""

_LONGEST_SIDE = 1600
_MOST_PIXELS = 40_000_000
_QUALITY = 72


def derive_picture(raw: bytes) -> bytes:
    """A JPEG of at most 1600 pixels a side, upright, without camera data or place; Trouble when it is no picture."""
    with _opened(raw) as source:
        share = min(1.0, _LONGEST_SIDE / max(source.size))
        # a JPEG decodes at half or a quarter of its size, never below what is asked for, in less than half the time
        source.draft("RGB", (max(1, int(source.width * share)), max(1, int(source.height * share))))
        small = upright(source).convert("RGB")
        small.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        out = io.BytesIO()
        small.save(out, "JPEG", quality=_QUALITY, optimize=True)
        return out.getvalue()


def check_picture(raw: bytes) -> None:
    """Trouble now for what `derive_picture` would refuse later, when its paper can be changed no more (0.05 s)."""
    with _opened(raw) as source:
        source.draft("RGB", (_LONGEST_SIDE // 4, _LONGEST_SIDE // 4))
        upright(source).convert("RGB")


@contextmanager
def _opened(raw: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG")) as source:
            if source.width * source.height > _MOST_PIXELS:
                raise Trouble(_too_large())
            yield source
    except Image.DecompressionBombError as error:
        raise Trouble(_too_large()) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        # Pillow calls a broken PNG a SyntaxError
        raise Trouble(_("图片读不出来，可能没有拷完整")) from error


def _too_large() -> str:
    return _("图片太大，超过 4000 万像素")
