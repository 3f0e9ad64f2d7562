"""Pictures of papers: taken from files and clipboards, edited while nothing is signed, marked as fit for villagers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from villagebooks.core.paper import Image
from villagebooks.core.picture import Edit
from villagebooks.core.problem import Problem, Refused, Trouble, why
from villagebooks.core.words import _
from villagebooks.db import attachment
from villagebooks.formats.picture.clean import orientation
from villagebooks.formats.picture.edit import edit_picture as draw_edits
from villagebooks.formats.picture.sheet import PDFIUM
from villagebooks.formats.picture.take import MOST_BYTES, small_picture, take_pictures, too_heavy
from villagebooks.services.desk import Desk, acting
from villagebooks.services.paper import attach_image, read_image

ONE_PDF_AT_A_TIME = PDFIUM
"""The preview draws by PDFium too."""


@dataclass(frozen=True, slots=True)
class TakenFiles:
    """Files that were taken with their pictures, and why others were not."""

    paths: tuple[Path, ...]
    images: tuple[Image, ...]
    problems: tuple[Problem, ...]


def held_how(raw: bytes) -> int:
    """How the camera was held, 1 (upright) to 8 as Exif numbers it."""
    return orientation(raw)


def take_files(desk: Desk, paths: Sequence[Path]) -> tuple[Image, ...]:
    """Store every picture of these files, once each, in their order; all of them or, with its reason, none is hung.

    Refused names each file that cannot be taken and why: the others wait until it is left out or put right.
    """
    made, _good, problems = _read_all(paths)
    if problems:
        raise Refused(problems)
    return _kept(desk, made)


def take_good_files(desk: Desk, paths: Sequence[Path]) -> TakenFiles:
    """Store every picture of those files that can be taken; the others are named with the reason, and hold up none."""
    made, good, problems = _read_all(paths)
    return TakenFiles(good, _kept(desk, made), problems)


def take_scan(desk: Desk, path: Path) -> Image:
    """Store the one picture of a file: a slip or list with the ink that somebody attests."""
    made = take_files(desk, [path])
    if len(made) > 1:
        raise Refused([Problem(_("有 {n} 页，这里只收一页").format(n=len(made)), path.name, field="images")])
    return made[0]


def take_bytes(desk: Desk, raw: bytes) -> tuple[Image, ...]:
    """Store what a clipboard held."""
    try:
        return _kept(desk, take_pictures(raw))
    except Trouble as error:
        raise Refused([Problem(str(error), _("剪贴板"), field="images")]) from error


def read_scan(path: Path) -> bytes:
    """The bytes of a file, unless it is too large to be a photo."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Trouble(too_heavy(size))
        return path.read_bytes()
    except OSError as error:
        raise Trouble(_("读不到：{why}").format(why=why(error))) from error


def look_at_scan(path: Path, side: int) -> tuple[str, bytes]:
    """The SHA-256 (hex) of a file and a small PNG of what it shows; Trouble when it cannot be taken, or not yet."""
    raw = read_scan(path)
    return hashlib.sha256(raw).hexdigest(), small_picture(raw, side)


def edit_image(desk: Desk, sha256: str, edits: Sequence[Edit]) -> Image:
    """A new picture, with its own hash, of a stored one; nobody has looked at it for digits yet.

    The stored one is not touched: what was signed over its hash still is what it was.
    """
    return attach_image(desk, draw_edits(read_image(desk, sha256), edits))


def mark_image(desk: Desk, sha256: str, checked: bool) -> Image:
    """Say 已脱敏, or take it back: whether villagers may be shown these bytes. It is no part of what is signed."""
    with acting(desk) as act:
        stored = attachment.find(act.connection, sha256)
        if stored is None:
            raise Refused([Problem(_("没有登记这张图片"), field="images")])
        if stored.checked != checked:
            attachment.set_checked(act.connection, sha256, checked)
            act.record("attach", f"attachment:{sha256}")
        return replace(stored, checked=checked)


def _kept(desk: Desk, made: Sequence[bytes]) -> tuple[Image, ...]:
    once = {hashlib.sha256(one).hexdigest(): one for one in made}
    return tuple(attach_image(desk, one) for one in once.values())


def _read_all(paths: Sequence[Path]) -> tuple[list[bytes], tuple[Path, ...], tuple[Problem, ...]]:
    """The pictures of files, the files that have them, and what is wrong with the others."""
    made: list[bytes] = []
    good: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            made += take_pictures(read_scan(path))
        except Trouble as error:
            problems.append(Problem(str(error), path.name, field="images"))
        else:
            good.append(path)
    return made, tuple(good), tuple(problems)
