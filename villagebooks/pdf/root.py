"""What the root key ceremony prints: the fingerprint for the wall, and the sheets for the sealed envelopes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from villagebooks.core.words import _
from villagebooks.pdf.disclosure.qr import draw_qr
from villagebooks.pdf.font import BOLD, SANS
from villagebooks.pdf.ink import A4, BLACK, GREY, MM, Ink, open_ink
from villagebooks.pdf.text import shrink, wrap

LEFT, WIDE = 22 * MM, A4[0] - 44 * MM
QR = 52 * MM
PER_ROW = 7


@dataclass(frozen=True, slots=True)
class EnvelopeSheet:
    """A sheet that goes into an envelope unread: title, what it opens, the secret in groups, which copy."""

    title: str
    words: tuple[str, ...]
    secret: str
    copy: str


def draw_wall(fingerprint: str, centre: str, imprint: str, day: str, out: Path) -> int:
    """The fingerprint in groups that are read from two metres, with its QR; the number of pages."""
    with open_ink(out, _("总钥匙指纹"), A4, imprint) as ink:
        high = A4[1]
        ink.text(A4[0] / 2, high - 38 * MM, centre, shrink(centre, ink.measure(BOLD), 22, WIDE, 12), BOLD, at=0.5)
        ink.text(A4[0] / 2, high - 54 * MM, _("总钥匙指纹"), 30, BOLD, at=0.5)
        groups = fingerprint.split("-")
        y = high - 86 * MM
        for row in (groups[:3], groups[3:]):
            ink.text(A4[0] / 2, y, "　".join(row), 40, BOLD, at=0.5)
            y -= 24 * MM
        draw_qr(ink, (A4[0] - QR) / 2, y - QR + 8 * MM, QR, fingerprint)
        y -= QR + 8 * MM
        for line in _wall_words():
            y = _paragraph(ink, line, 13, y)
        ink.text(LEFT, 26 * MM, _("中心主任：　　　　　　　　监委会代表："), 12)
        ink.text(LEFT + WIDE, 26 * MM, day, 12, at=1)
        ink.turn()
    return 1


def draw_envelopes(sheets: Sequence[EnvelopeSheet], centre: str, imprint: str, day: str, out: Path) -> int:
    """Each sheet on a page of its own; the number of pages."""
    with open_ink(out, _("密封信封"), A4, imprint) as ink:
        for sheet in sheets:
            _draw_envelope(ink, sheet, centre, day)
            ink.turn()
    return len(sheets)


def _wall_words() -> tuple[str, ...]:
    return (
        _("这 20 个字符是本中心总钥匙的指纹。每一张凭证、账簿、报表、公开榜的下边都印着它，必须和这里一模一样。"),
        _("哪一组对不上，就是假的，或者钥匙被换过：请当场问中心主任，或找监委会、镇纪委。"),
        _("请拍照存着，各村公开栏旁也贴一张。换总钥匙时，新旧两张并排贴满一年。"),
    )


def _draw_envelope(ink: Ink, sheet: EnvelopeSheet, centre: str, day: str) -> None:
    high = A4[1]
    ink.text(A4[0] / 2, high - 30 * MM, sheet.title, 24, BOLD, at=0.5)
    ink.text(A4[0] / 2, high - 40 * MM, f"{centre}　{sheet.copy}", 12, SANS, GREY, at=0.5)
    y = high - 54 * MM
    for line in sheet.words:
        y = _paragraph(ink, line, 12, y)
    groups = sheet.secret.split("-")
    y -= 12 * MM
    ink.box(LEFT, y - 26 * MM, WIDE, 36 * MM, 0.9, BLACK)
    for start in range(0, len(groups), PER_ROW):
        ink.text(A4[0] / 2, y, "  ".join(groups[start : start + PER_ROW]), 19, BOLD, at=0.5)
        y -= 16 * MM
    draw_qr(ink, (A4[0] - QR) / 2, y - QR - 2 * MM, QR, sheet.secret)
    y -= QR + 18 * MM
    ink.text(LEFT, y, _("信封封口处三人签名，盖骑缝章。开封要两人以上在场，记下日期和原因。"), 12)
    ink.text(LEFT, y - 18 * MM, _("封存人：　　　　　　　　见证人：　　　　　　　　见证人："), 12)
    ink.text(LEFT + WIDE, y - 34 * MM, day, 12, at=1)


def _paragraph(ink: Ink, text: str, size: float, y: float) -> float:
    """Wrapped lines from `y` down; where the next one begins."""
    lines = wrap(text, ink.measure(), size, WIDE)
    ink.lines(LEFT, y, lines, size, size * 1.5)
    return y - len(lines) * size * 1.5 - size * 0.5
