"""From the bytes of a file to the pictures that are kept of it: photos as they are, sheets of a PDF drawn."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageSequence, UnidentifiedImageError

from villagebooks.core.problem import Trouble
from villagebooks.core.words import _
from villagebooks.formats.picture.clean import JPEG_START, PNG_START, clean_picture, encode_picture, flat, upright
from villagebooks.formats.picture.sheet import draw_sheets, draw_small

MOST_BYTES = 64 * 1024 * 1024
"""A larger file is no photo and no scan of a paper."""
MOST_KEPT = 12 * 1024 * 1024
"""A larger picture is coded again: an object of the program's files holds 16 MiB."""
MOST_PIXELS, MOST_READ = 40_000_000, 89_000_000
"""What may be kept, and what is made smaller to be kept."""
MOST_SHEETS = 30

_OTHERS = ("BMP", "TIFF", "WEBP", "GIF")
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif")


def take_pictures(raw: bytes) -> list[bytes]:
    """Every picture of a file, upright, clean and small enough; Trouble says what is wrong and what to do."""
    _check_kind(raw)
    if _is_pdf(raw):
        return [_fitted(one) for one in draw_sheets(raw, MOST_SHEETS)]
    with _readable(raw):
        return [_fitted(one) for one in _drawn(raw)]


def _is_pdf(raw: bytes) -> bool:
    return raw[:1024].lstrip()[:5] == b"%PDF-"


def _check_kind(raw: bytes) -> None:
    if not raw:
        raise Trouble(_("是空文件（0 字节），可能没有拷完，请重新拷一次"))
    if len(raw) > MOST_BYTES:
        raise Trouble(too_heavy(len(raw)))
    if raw[4:8] == b"ftyp" and raw[8:12] in _HEIC:
        raise Trouble(
            _("是苹果手机的 HEIC 照片，程序读不了：手机“设置—相机—格式”里选“兼容性最佳”再拍，或者在电脑上另存为 JPEG")
        )


def small_picture(raw: bytes, side: int) -> bytes:
    """A PNG of the first picture, no side longer than `side`; Trouble as `take_pictures` says it."""
    _check_kind(raw)
    if _is_pdf(raw):
        return draw_small(raw, side)
    with _readable(raw):
        _check_size(raw, "JPEG", "PNG", *_OTHERS)
        with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG", *_OTHERS)) as source:
            source.draft("RGB", (side, side))
            small = flat(upright(source))
            small.thumbnail((side, side))
            return encode_picture(small, "PNG")


def too_heavy(size: int) -> str:
    """The sentence about a file of so many bytes."""
    text = _("有 {size} MB，超过 {most} MB：照片先压缩，PDF 先拆开，再放进来")
    return text.format(size=-(-size // 1_048_576), most=MOST_BYTES // 1_048_576)


def _drawn(raw: bytes) -> list[bytes]:
    if raw.startswith((JPEG_START, PNG_START)):
        _check_size(raw, "JPEG", "PNG")
        return [clean_picture(raw)]
    _check_size(raw, *_OTHERS)
    with Image.open(io.BytesIO(raw), formats=_OTHERS) as source:
        if getattr(source, "n_frames", 1) > MOST_SHEETS:
            raise Trouble(_("页数太多，一次最多 {n} 页：请拆开再放进来").format(n=MOST_SHEETS))
        # of a moving picture the first is enough; a TIFF has one for each sheet
        frames = ImageSequence.Iterator(source) if source.format == "TIFF" else [source]
        return [encode_picture(flat(upright(one)), "JPEG") for one in frames]


def _check_size(raw: bytes, *forms: str) -> None:
    """Read the head, then every pixel at a quarter of the size: what was not copied whole is found here."""
    with Image.open(io.BytesIO(raw), formats=forms) as source:
        if source.width * source.height > MOST_READ:
            raise Trouble(_("图片太大，超过 {n} 万像素").format(n=MOST_READ // 10_000))
        source.draft("RGB", (max(1, source.width // 4), max(1, source.height // 4)))
        source.load()


def _fitted(picture: bytes) -> bytes:
    """The picture itself, or the same with fewer pixels or bytes where it is too large to be kept."""
    with Image.open(io.BytesIO(picture), formats=("JPEG", "PNG")) as source:
        count = source.width * source.height
        if count <= MOST_PIXELS and len(picture) <= MOST_KEPT:
            return picture
        share = min(1.0, (MOST_PIXELS / count) ** 0.5)
        wide, high = int(source.width * share), int(source.height * share)
        source.draft("RGB", (wide, high))
        smaller = flat(source).resize((wide, high), Image.Resampling.LANCZOS)
    made = encode_picture(smaller, "JPEG")
    return made if len(made) <= MOST_KEPT else encode_picture(smaller.resize((wide // 2, high // 2)), "JPEG")


@contextmanager
def _readable(raw: bytes) -> Iterator[None]:
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Trouble(_("图片太大，超过 {n} 万像素").format(n=MOST_READ // 10_000)) from error
    except (OSError, ValueError, SyntaxError, IndexError, TypeError) as error:
        # Pillow calls a broken PNG a SyntaxError, and a TIFF without its size a TypeError
        if isinstance(error, UnidentifiedImageError) and not raw.startswith((JPEG_START, PNG_START)):
            raise Trouble(_("不是图片：这里收 JPEG、PNG 照片和 PDF 扫描件")) from error
        raise Trouble(_("图片读不出来，可能没有拷完整")) from error
