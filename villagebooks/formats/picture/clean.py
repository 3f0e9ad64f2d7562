"""A JPEG or PNG without what a camera writes beside the picture: place, device, owner, preview, comments, sound.

The picture itself is not coded again where it stands upright already: what was clean comes back byte for byte.
"""

from __future__ import annotations

import io
import re
import struct

from PIL import Image

JPEG_START, PNG_START = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
QUALITY = 92

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
_SOS, _EOI = 0xDA, 0xD9
_ALONE = {0x01, *range(0xD0, 0xD8)}
"""Markers of a JPEG that have no content."""
_NOTES = {*range(0xE0, 0xF0), 0xFE}
_KEPT_NOTES = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
"""Notes without which a picture shows in other colours or another size."""
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG_PARTS = {
    b"IHDR",
    b"PLTE",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"iCCP",
    b"pHYs",
    b"sBIT",
    b"bKGD",
    b"IDAT",
    b"IEND",
}


def clean_picture(raw: bytes) -> bytes:
    """The same picture upright and without notes; OSError or ValueError from Pillow when it cannot be read."""
    with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG")) as source:
        turned = upright(source)
        if turned is not source:
            raw = encode_picture(turned, str(source.format))
    return _without_notes(raw)


def upright(picture: Image.Image) -> Image.Image:
    """As the camera was held; the picture itself where it says nothing, or nothing that can be read."""
    turn = _TURNS.get(_orientation(picture))
    return picture if turn is None else picture.transpose(turn)


def orientation(raw: bytes) -> int:
    """How the camera was held, 1 (upright) to 8 as Exif numbers it; 1 where nothing is said or can be read."""
    try:
        with Image.open(io.BytesIO(raw)) as picture:
            found = _orientation(picture)
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
        return 1
    return found if found in _TURNS else 1


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except (OSError, TypeError, ValueError, SyntaxError, struct.error):
        return 1


def encode_picture(picture: Image.Image, form: str) -> bytes:
    """The picture's bytes, as JPEG or PNG, with no note of where it came from."""
    out = io.BytesIO()
    picture.info = {key: value for key, value in picture.info.items() if key in ("dpi", "icc_profile", "transparency")}
    if form == "JPEG":
        kept = picture if picture.mode in ("RGB", "L", "CMYK") else flat(picture)
        kept.save(out, "JPEG", quality=QUALITY, icc_profile=picture.info.get("icc_profile"))
    else:
        picture.save(out, "PNG")
    return _without_notes(out.getvalue())


def flat(picture: Image.Image) -> Image.Image:
    """Without transparency: what shows through is white paper."""
    if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
        return picture.convert("RGB")
    sheet = Image.new("RGB", picture.size, "white")
    seen = picture.convert("RGBA")
    sheet.paste(seen, mask=seen.getchannel("A"))
    return sheet


def _without_notes(raw: bytes) -> bytes:
    return _jpeg(raw) if raw.startswith(JPEG_START) else _png(raw)


def _jpeg(raw: bytes) -> bytes:
    parts, at = [raw[:2]], 2
    while at + 4 <= len(raw):
        if raw[at] != 0xFF:
            raise ValueError("no marker where one should stand")
        kind = raw[at + 1]
        if kind == 0xFF:  # a fill byte
            at += 1
            continue
        if kind == _EOI:
            break
        end = at + 2 + (0 if kind in _ALONE else int.from_bytes(raw[at + 2 : at + 4], "big"))
        if kind == _SOS:
            found = _NEXT_MARKER.search(raw, end)
            end = found.start() if found else len(raw)
        if kind not in _NOTES or any(kind == one and raw.startswith(start, at + 4) for one, start in _KEPT_NOTES):
            parts.append(raw[at:end])
        at = end
    return b"".join([*parts, bytes([0xFF, _EOI])])


def _png(raw: bytes) -> bytes:
    parts, at = [PNG_START], len(PNG_START)
    while at + 12 <= len(raw):
        kind, end = raw[at + 4 : at + 8], at + 12 + int.from_bytes(raw[at : at + 4], "big")
        if kind in _PNG_PARTS:
            parts.append(raw[at:end])
        if kind == b"IEND":
            break
        at = end
    return b"".join(parts)
