"""A sheet of paper to draw on: text, rules, handwriting, seals and fingerprints."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]

BLACK: Colour = (38, 38, 42)
GREY: Colour = (120, 120, 124)
PALE: Colour = (226, 226, 224)
RED: Colour = (190, 44, 40)
BROWN: Colour = (150, 62, 40)
BLUE: Colour = (36, 74, 140)
INK: Colour = (30, 40, 118)
WHITE: Colour = (253, 252, 248)

SERIF, SANS, BOLD = "serif", "sans", "bold"
_FILES = {SERIF: "NotoSerifSC-Regular.ttf", SANS: "NotoSansSC-Regular.ttf", BOLD: "NotoSansSC-Bold.ttf"}
SIZES = (12, 14, 16, 18, 20, 22, 24, 28, 32, 38)
MARK = "演示样张"
_UNIT = re.compile(r"[0-9A-Za-z.%]+|.")
"""What a line is broken between: characters, but not inside a number."""


@dataclass(frozen=True, slots=True)
class Pens:
    """The program's fonts at the sizes that drawing uses, by face and size in pixels."""

    fonts: Mapping[tuple[str, int], ImageFont.FreeTypeFont]

    def width(self, text: str, size: int, face: str = SERIF) -> float:
        """Pixels that the text takes."""
        return self.fonts[face, size].getlength(text)


def load_pens(folder: Path) -> Pens:
    """The fonts of a folder, once for a whole batch of pictures."""
    return Pens({(face, size): ImageFont.truetype(folder / _FILES[face], size) for face in _FILES for size in SIZES})


class Page:
    """A blank page of `wide` × `high` pixels; x to the right, y downwards."""

    def __init__(self, wide: int, high: int, pens: Pens, tint: Colour = WHITE) -> None:
        self.wide, self.high, self.pens = wide, high, pens
        self.image = Image.new("RGB", (wide, high), tint)
        self.draw = ImageDraw.Draw(self.image)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: int = 18,
        face: str = SERIF,
        fill: Colour = BLACK,
        anchor: str = "la",
    ) -> None:
        """One line of text; `anchor` is Pillow's: `la` left, `ma` centred, `ra` right, `mm` about the point."""
        self.draw.text((x, y), text, font=self.pens.fonts[face, size], fill=fill, anchor=anchor)

    def paragraph(self, x: float, y: float, text: str, wide: float, size: int = 20, indent: bool = True) -> float:
        """Text in lines of at most `wide` pixels; where the next one may begin."""
        line = "　　" if indent else ""
        for unit in _UNIT.findall(text):
            if self.pens.width(line + unit, size) > wide and unit not in "，。；：、）":
                self.text(x, y, line, size)
                y += size * 1.6
                line = ""
            line += unit
        if line.strip():
            self.text(x, y, line, size)
            y += size * 1.6
        return y

    def rule(self, x: float, y: float, to_x: float, to_y: float, fill: Colour = BLACK, thick: int = 1) -> None:
        """A straight line."""
        self.draw.line((x, y, to_x, to_y), fill=fill, width=thick)

    def box(self, x: float, y: float, wide: float, high: float, fill: Colour = BLACK, thick: int = 1) -> None:
        """A frame."""
        self.draw.rectangle((x, y, x + wide, y + high), outline=fill, width=thick)

    def ink(self, x: float, y: float, name: str, size: int = 24, fill: Colour = INK) -> float:
        """A name as if written by hand: slanted, not quite level; where it ends."""
        font = self.pens.fonts[SERIF, size]
        wide = int(font.getlength(name)) + 2 * size
        layer = Image.new("L", (wide, size * 2), 0)
        ImageDraw.Draw(layer).text((size, size // 2), name, font=font, fill=255)
        slant = 0.18 + lot(name, 0) * 0.14
        layer = layer.transform(
            layer.size, Image.Transform.AFFINE, (1, slant, -slant * size, 0, 1, 0), Image.Resampling.BICUBIC
        )
        layer = layer.rotate(lot(name, 1) * 7 - 2, Image.Resampling.BICUBIC)
        self._lay(layer, round(x) - size, round(y) - size // 2, fill, 0.9)
        return x + wide - 2 * size

    def thumb(self, x: float, y: float, seed: str) -> None:
        """A red fingerprint (按印)."""
        layer = Image.new("L", (44, 52), 0)
        pen = ImageDraw.Draw(layer)
        for step in range(6):
            pen.ellipse((6 + step * 3, 4 + step * 4, 37 - step * 3, 47 - step * 3), outline=190, width=2)
        layer = layer.rotate(lot(seed, 2) * 70 - 35, Image.Resampling.BICUBIC)
        self._lay(layer.resize((28, 33)), round(x), round(y), RED, 0.75)

    def seal(self, x: float, y: float, around: str, below: str = "演示专用", radius: int = 74) -> None:
        """A round red seal about the point; it says that it is none."""
        side = radius * 2 + 8
        layer = Image.new("L", (side, side), 0)
        pen = ImageDraw.Draw(layer)
        middle = side / 2
        pen.ellipse((4, 4, side - 4, side - 4), outline=235, width=4)
        points = [
            (middle + math.sin(turn) * reach, middle - math.cos(turn) * reach)
            for corner in range(10)
            for turn, reach in [(corner * math.pi / 5, radius * (0.30 if corner % 2 == 0 else 0.12))]
        ]
        pen.polygon(points, fill=235)
        size = 12 if radius < 60 else 18 if len(around) <= 12 else 16 if len(around) <= 15 else 14
        span = min(math.radians(270), math.radians(21) * len(around) * size / 18 * 74 / radius)
        for index, char in enumerate(around):
            turn = span * ((index + 0.5) / len(around) - 0.5)
            self._seal_char(layer, char, size, turn, radius - 8 - size / 2)
        pen.text(
            (middle, middle + radius * 0.62),
            below,
            font=self.pens.fonts[SANS, 12 if radius < 60 else 14],
            fill=235,
            anchor="mm",
        )
        layer = layer.rotate(lot(around, 3) * 24 - 12, Image.Resampling.BICUBIC)
        self._lay(layer, round(x - middle), round(y - middle), RED, 0.72)

    def block_seal(self, x: float, y: float, lines: tuple[str, ...]) -> None:
        """A bank's rectangular stamp about the point."""
        layer = Image.new("L", (180, 26 * len(lines) + 16), 0)
        pen = ImageDraw.Draw(layer)
        pen.rectangle((2, 2, 177, layer.height - 3), outline=235, width=3)
        for index, line in enumerate(lines):
            pen.text((90, 20 + index * 26), line, font=self.pens.fonts[SANS, 18], fill=235, anchor="mm")
        layer = layer.rotate(4, Image.Resampling.BICUBIC, expand=True)
        self._lay(layer, round(x - layer.width / 2), round(y - layer.height / 2), RED, 0.75)

    def mark(self, fill: Colour = GREY) -> None:
        """演示样张 across the page and at its foot: nobody can take it for a real document."""
        layer = Image.new("L", (self.wide, self.high), 0)
        word = Image.new("L", (230, 60), 0)
        ImageDraw.Draw(word).text((115, 30), MARK, font=self.pens.fonts[BOLD, 38], fill=255, anchor="mm")
        word = word.rotate(24, Image.Resampling.BICUBIC, expand=True)
        for row, y in enumerate(range(40, self.high - 80, 230)):
            for x in range(60 + row % 2 * 150, self.wide - 120, 330):
                layer.paste(word, (x, y), word)
        self._lay(layer, 0, 0, GREY, 0.16)
        text = f"{MARK} · 姓名、单位、金额都是虚构的 · 不能作报销凭据"
        self.text(self.wide / 2, self.high - 26, text, 14, SANS, fill, "ma")

    def _seal_char(self, layer: Image.Image, char: str, size: int, turn: float, reach: float) -> None:
        cell = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(cell).text((size, size), char, font=self.pens.fonts[SERIF, size], fill=235, anchor="mm")
        cell = cell.rotate(-math.degrees(turn), Image.Resampling.BICUBIC)
        middle = layer.width / 2
        at = (round(middle + math.sin(turn) * reach - size), round(middle - math.cos(turn) * reach - size))
        layer.paste(cell, at, cell)

    def _lay(self, layer: Image.Image, x: int, y: int, fill: Colour, strength: float) -> None:
        mask = layer.point([round(value * strength) for value in range(256)])
        self.image.paste(Image.new("RGB", layer.size, fill), (x, y), mask)


def lot(text: str, place: int) -> float:
    """A fraction of one drawn from the text, the same every time."""
    return hashlib.sha256(text.encode()).digest()[place] / 256
