"""Pictures as they are kept: nothing of the camera stays, what was clean stays byte for byte, wrong files say why."""

from __future__ import annotations

import io
import random
import struct
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from villagebooks.core.picture import BLACK, CROP, TURN_LEFT, TURN_RIGHT, Box, Edit, clip_box
from villagebooks.core.problem import Trouble
from villagebooks.formats.picture.clean import clean_picture
from villagebooks.formats.picture.edit import edit_picture
from villagebooks.formats.picture.take import MOST_KEPT, small_picture, take_pictures

PLACE = b"GPS-30.123456,109.654321"


def page(wide: int = 640, high: int = 480) -> Image.Image:
    """A sheet with its upper left corner red, so that turning shows."""
    picture = Image.new("RGB", (wide, high), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, wide // 4, high // 4), fill=(200, 0, 0))
    return picture


def jpeg(picture: Image.Image | None = None, orientation: int = 0, **more: object) -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    if orientation:
        exif[0x0112] = orientation
        exif[0x010E] = PLACE.decode()
        exif.get_ifd(0x8825)[29] = "2026:09:01"
        more["exif"] = exif
    (picture or page()).save(out, "JPEG", quality=90, **more)
    return out.getvalue()


def png(picture: Image.Image | None = None) -> bytes:
    out = io.BytesIO()
    (picture or page()).save(out, "PNG")
    return out.getvalue()


def opened(raw: bytes) -> Image.Image:
    return Image.open(io.BytesIO(raw)).convert("RGB")


def red_corner(raw: bytes) -> str:
    picture = opened(raw)
    wide, high = picture.size
    corners = {"左上": (5, 5), "右上": (wide - 6, 5), "左下": (5, high - 6), "右下": (wide - 6, high - 6)}
    return next(name for name, at in corners.items() if picture.getpixel(at)[1] < 90)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_phones_photo_is_kept_upright_without_place_device_and_preview(orientation: int) -> None:
    raw = jpeg(orientation=orientation, comment=PLACE) + b"\x00\x00ftypmp42 moving picture " + PLACE
    (kept,) = take_pictures(raw)
    assert PLACE not in kept
    assert not opened(kept).getexif()
    upright = orientation < 5
    assert opened(kept).size == ((640, 480) if upright else (480, 640))
    # the sheet's own corner shows where the camera's orientation says that it is
    places = {1: "左上", 2: "右上", 3: "右下", 4: "左下", 5: "左上", 6: "右上", 7: "右下", 8: "左下"}
    assert red_corner(kept) == places[orientation]


def test_what_is_clean_already_comes_back_byte_for_byte() -> None:
    for raw in (jpeg(), png(), jpeg(progressive=True)):
        assert take_pictures(raw) == [raw]
        assert clean_picture(raw) == raw


def test_the_pixels_of_an_upright_photo_are_not_coded_again() -> None:
    noise = Image.effect_noise((400, 300), 60).convert("RGB")
    raw = jpeg(noise, orientation=1)
    (kept,) = take_pictures(raw)
    assert len(kept) < len(raw)
    assert opened(kept).tobytes() == opened(raw).tobytes()


def test_a_picture_in_png_loses_its_notes() -> None:
    from PIL.PngImagePlugin import PngInfo

    out, notes = io.BytesIO(), PngInfo()
    notes.add_text("Location", PLACE.decode())
    notes.add_itxt("XML:com.adobe.xmp", PLACE.decode())
    page().save(out, "PNG", pnginfo=notes)
    (kept,) = take_pictures(out.getvalue() + PLACE)
    assert PLACE not in kept
    assert opened(kept).tobytes() == page().tobytes()


def test_a_photo_of_twelve_megapixels_is_kept_as_it_is_and_one_of_fifty_is_made_smaller() -> None:
    raw = jpeg(page(4000, 3000))
    assert take_pictures(raw) == [raw]
    (kept,) = take_pictures(jpeg(page(8160, 6120)))
    assert 39_000_000 < opened(kept).width * opened(kept).height <= 40_000_000


def test_a_heavy_scan_is_kept_as_jpeg_so_that_it_fits_into_a_submission() -> None:
    noise = random.Random(5).randbytes(2200 * 3000 * 3)
    (kept,) = take_pictures(png(Image.frombytes("RGB", (2200, 3000), noise)))
    assert len(kept) <= MOST_KEPT
    assert kept.startswith(b"\xff\xd8\xff")


def scan(pages: int = 2) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number in range(pages):
        canvas.setFillColorRGB(0.8, 0, 0)
        canvas.rect(0, 742, 100, 100, stroke=0, fill=1)
        canvas.drawString(200, 400, f"sheet {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_every_sheet_of_a_pdf_scan_becomes_a_picture() -> None:
    first, second = take_pictures(scan())
    assert opened(first).size == (1653, 2339) or opened(first).width in (1652, 1653, 1654)
    assert red_corner(first) == red_corner(second) == "左上"
    with pytest.raises(Trouble, match="页数太多，一次最多 30 页"):
        take_pictures(scan(31))
    with pytest.raises(Trouble, match="PDF 读不出来"):
        take_pictures(scan()[:300])


def test_scans_in_other_forms_are_kept_as_jpeg_each_sheet_of_a_tiff_for_itself() -> None:
    for form in ("BMP", "WEBP", "GIF"):
        out = io.BytesIO()
        page().save(out, form)
        (kept,) = take_pictures(out.getvalue())
        assert kept.startswith(b"\xff\xd8\xff")
        assert red_corner(kept) == "左上"
    out = io.BytesIO()
    page().save(out, "TIFF", save_all=True, append_images=[page(), page()])
    assert len(take_pictures(out.getvalue())) == 3


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", r"空文件（0 字节）"),
        (b"\0\0\0\x18ftypheic" + bytes(99), "苹果手机的 HEIC 照片"),
        (b"MZ" + bytes(999), "不是图片：这里收 JPEG、PNG 照片和 PDF 扫描件"),
        ("发票".encode() * 99, "不是图片"),
        (jpeg()[:900], "可能没有拷完整"),
        (png()[:-30], "可能没有拷完整"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "可能没有拷完整"),
        (bytes(65 * 1024 * 1024), "有 65 MB，超过 64 MB"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_what_to_do(raw: bytes, sentence: str) -> None:
    with pytest.raises(Trouble, match=sentence):
        take_pictures(raw)


@pytest.mark.parametrize("form", ["jpeg", "png"])
def test_a_turn_brings_the_corner_round_and_a_cut_keeps_the_part(form: str) -> None:
    raw = jpeg() if form == "jpeg" else png()
    assert red_corner(edit_picture(raw, [Edit(TURN_RIGHT)])) == "右上"
    assert red_corner(edit_picture(raw, [Edit(TURN_LEFT)])) == "左下"
    cut = opened(edit_picture(raw, [Edit(TURN_RIGHT), Edit(CROP, Box(100, 50, 200, 300))]))
    assert cut.size == (200, 300)


@pytest.mark.parametrize("form", ["jpeg", "png"])
def test_what_is_blackened_holds_nothing_any_more(form: str) -> None:
    number = page()
    ImageDraw.Draw(number).text((300, 200), "422801199001011234", fill="black", font_size=30)
    raw = jpeg(number, orientation=1) if form == "jpeg" else png(number)
    made = opened(edit_picture(raw, [Edit(BLACK, Box(290, 190, 340, 50))]))
    inside = made.crop((298, 198, 622, 232))
    assert max(high for _low, high in inside.getextrema()) < (4 if form == "jpeg" else 1)
    assert made.getpixel((280, 180)) > (240, 240, 240)


edits = st.lists(
    st.builds(
        Edit, st.sampled_from([TURN_LEFT, TURN_RIGHT, CROP, BLACK]),
        st.builds(Box, st.integers(-50, 700), st.integers(-50, 700), st.integers(-5, 700), st.integers(-5, 700)),
    ),
    max_size=5,
)  # fmt: skip


def size_after(steps: list[Edit], wide: int, high: int) -> tuple[int, int]:
    for one in steps:
        if one.act in (TURN_LEFT, TURN_RIGHT):
            wide, high = high, wide
        elif one.act == CROP and (cut := clip_box(one.box, wide, high)):
            wide, high = cut.wide, cut.high
    return wide, high


@settings(max_examples=60, deadline=None)
@given(edits)
def test_the_size_that_the_window_reckons_with_is_the_size_that_is_kept(steps: list[Edit]) -> None:
    made = opened(edit_picture(png(page(120, 90)), steps))
    assert made.size == size_after(steps, 120, 90)


@given(st.builds(Box, *(st.integers(-99, 999) for _one in range(4))), st.integers(1, 500), st.integers(1, 500))
def test_a_box_never_leaves_its_picture(box: Box, wide: int, high: int) -> None:
    found = clip_box(box, wide, high)
    if found:
        assert 0 <= found.left < found.left + found.wide <= wide
        assert 0 <= found.top < found.top + found.high <= high


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says so of damaged notes, and reads on
@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10_000_000), st.integers(0, 255), st.integers(0, 3))
def test_a_damaged_file_gives_a_sentence_or_a_picture_never_a_fault(at: int, value: int, kind: int) -> None:
    raw = bytearray((jpeg(page(64, 48), orientation=6), png(page(64, 48)), scan(1), jpeg(page(64, 48)))[kind])
    raw[at % len(raw)] = value
    with suppress(Trouble):
        assert all(one.startswith((b"\xff\xd8\xff", b"\x89PNG")) for one in take_pictures(bytes(raw)))


def test_the_demos_own_photos_pass_unchanged() -> None:
    folder = Path(__file__).parent.parent.parent / "resources" / "demo"
    for path in list(folder.rglob("*.jpg"))[:5]:
        assert take_pictures(path.read_bytes()) == [path.read_bytes()]


@pytest.mark.parametrize("size", [(1, 1), (3, 3), (2000, 1), (1, 2000)])
def test_a_photo_of_a_few_pixels_is_taken_as_any_other(size: tuple[int, int]) -> None:
    (kept,) = take_pictures(jpeg(Image.new("RGB", size)))
    assert opened(kept).size == size
    assert max(opened(small_picture(jpeg(Image.new("RGB", size)), 192)).size) <= 192


def test_a_scan_whose_second_sheet_does_not_tell_its_size_is_called_broken() -> None:
    out = io.BytesIO()
    page(40, 30).save(out, "TIFF", save_all=True, append_images=[page(40, 30)])
    first, width, second = out.getvalue().rpartition(struct.pack("<HHI", 256, 4, 1))
    assert width
    with pytest.raises(Trouble, match="图片读不出来"):
        take_pictures(first + struct.pack("<HHI", 9999, 4, 1) + second)
