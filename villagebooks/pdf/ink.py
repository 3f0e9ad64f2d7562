"""A document being drawn: text collected and written once a page, rules, boxes, repeated forms, and the file itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from villagebooks.pdf.font import SANS, font, font_runs
from villagebooks.pdf.text import Measure
from villagebooks.seal.file import write_file_safely

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
A3 = (297 * MM, 420 * MM)
A4 = (210 * MM, 297 * MM)
A4_WIDE = (A4[1], A4[0])
A5_WIDE = (210 * MM, 148 * MM)

IMPRINT_Y, IMPRINT_SIZE = 14.0, 6.0
"""Points from the lower edge (most printers reach 4.2 mm), and the size of the type."""

Colour = tuple[float, float, float]
BLACK: Colour = (0.07, 0.07, 0.07)
GREY: Colour = (0.36, 0.36, 0.36)
PALE: Colour = (0.93, 0.93, 0.92)
RED: Colour = (0.70, 0.07, 0.09)
"""Dark enough (about 25 % luminance) to be read from a grey printer."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A piece of text with its place: x and baseline y in points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float
    name: str
    colour: Colour


class Ink:
    """One PDF document. Text waits until the page is turned, then goes out as one text object, over all fills."""

    def __init__(self, canvas: Canvas, size: tuple[float, float], imprint: str = "") -> None:
        self.canvas = canvas
        self.size = size
        self._imprint = imprint
        self._marks = 0
        self._strokes: list[Stroke] = []
        self._widths: dict[str, dict[str, float]] = {}
        self._plain: dict[str, set[str]] = {}

    def width(self, text: str, size: float = 1.0, name: str = SANS) -> float:
        """Width of the text in points."""
        known = self._widths.setdefault(name, {})
        total = 0.0
        for char in text:
            wide = known.get(char)
            if wide is None:
                wide = known[char] = _char_width(char, name)
            total += wide
        return total * size

    def measure(self, name: str = SANS) -> Measure:
        """The measure that `wrap` and `shrink` take for one font."""
        return lambda text: self.width(text, 1.0, name)

    def text(
        self, x: float, y: float, text: str, size: float, name: str = SANS, colour: Colour = BLACK, at: float = 0.0
    ) -> None:
        """Text on baseline `y`; `at` 0 starts at `x`, 0.5 is centred on it, 1 ends there (figures)."""
        if text:
            left = x - self.width(text, size, name) * at if at else x
            self._strokes.append(Stroke(left, y, text, size, name, colour))

    def lines(
        self, x: float, y: float, lines: list[str], size: float, lead: float, name: str = SANS, colour: Colour = BLACK,
        at: float = 0.0,
    ) -> None:  # fmt: skip
        """Several lines, the first on baseline `y`, each `lead` points below the last."""
        for row, line in enumerate(lines):
            self.text(x, y - row * lead, line, size, name, colour, at)

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, thick: float = 0.5, colour: Colour = BLACK, dash: bool = False
    ) -> None:
        """A straight rule."""
        self.canvas.setStrokeColorRGB(*colour)
        self.canvas.setLineWidth(thick)
        self.canvas.setDash(*((3, 3) if dash else ()))
        self.canvas.line(x1, y1, x2, y2)

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        thick: float = 0.5,
        colour: Colour = BLACK,
        dash: bool = False,
    ) -> None:
        """An open box; `x`, `y` its lower left corner."""
        self.canvas.setStrokeColorRGB(*colour)
        self.canvas.setLineWidth(thick)
        self.canvas.setDash(*((3, 3) if dash else ()))
        self.canvas.rect(x, y, wide, high, stroke=1, fill=0)

    def fill(self, x: float, y: float, wide: float, high: float, colour: Colour = PALE) -> None:
        """A filled area without an edge."""
        self.canvas.setFillColorRGB(*colour)
        self.canvas.rect(x, y, wide, high, stroke=0, fill=1)

    def picture(self, path: Path, x: float, y: float, wide: float, high: float) -> None:
        """A picture from a file; `x`, `y` its lower left corner."""
        self.canvas.drawImage(str(path), x, y, wide, high)

    def form(self, name: str, draw: Callable[[], None]) -> None:
        """Draw once what every page repeats (grid, head); `stamp` places it, at the cost of a few bytes a page."""
        waiting, self._strokes = self._strokes, []
        self.canvas.beginForm(name, 0, 0, *self.size)
        draw()
        self._write()
        self.canvas.endForm()
        self._strokes = waiting

    def stamp(self, name: str) -> None:
        """Put a form on this page."""
        self.canvas.doForm(name)

    def mark(self, title: str, level: int = 0) -> None:
        """An entry of the outline that leads to this page; `level` 0 is the outermost."""
        self._marks += 1
        key = f"mark{self._marks}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(title, key, level, closed=level == 0)

    def turn(self) -> None:
        """Finish the page; where its own words do not say who made it, that stands at its lower edge."""
        if self._imprint and not self._says_imprint():
            self.text(self.size[0] / 2, IMPRINT_Y, self._imprint, IMPRINT_SIZE, colour=GREY, at=0.5)
        self._write()
        self.canvas.showPage()

    def _says_imprint(self) -> bool:
        """Whether the words of the page hold the imprint, on one line or wrapped."""
        whole = "".join([stroke.text for stroke in self._strokes])
        return self._imprint in whole or "".join(self._imprint.split()) in "".join(whole.split())

    def _write(self) -> None:
        """All text of the page in one text object, sorted so that fonts and colours change rarely."""
        if not self._strokes:
            return
        ink: Any = self.canvas.beginText()
        now: tuple[str, float] | None = None
        colour: Colour | None = None
        order = sorted(self._strokes, key=lambda one: (one.colour, one.name, one.size))
        for stroke in order:
            if stroke.colour != colour:
                colour = stroke.colour
                ink.setFillColorRGB(*colour)
            x = stroke.x
            runs = self._runs(stroke.text, stroke.name)
            for name, run in runs:
                if (name, stroke.size) != now:
                    now = (name, stroke.size)
                    ink.setFont(name, stroke.size)
                ink.setTextOrigin(x, stroke.y)
                # textOut would measure every text anew, only to know where the next could begin
                ink._code.append(ink._formatText(run))  # noqa: SLF001  (a fifth of the time of a ledger)
                x += self.width(run, stroke.size, name) if len(runs) > 1 else 0.0
        self.canvas.drawText(ink)
        self._strokes = []

    def _runs(self, text: str, name: str) -> tuple[tuple[str, str], ...]:
        """`font_runs`, asked once for the characters that the font itself draws."""
        plain = self._plain.setdefault(name, set())
        if plain.issuperset(text):
            return ((name, text),)
        runs = tuple(font_runs(text, name))
        if runs == ((name, text),):
            plain.update(text)
        return runs


def _char_width(char: str, name: str) -> float:
    chosen, run = next(font_runs(char, name))
    face = font(chosen).face
    return float(face.charWidths.get(ord(run), face.defaultWidth)) / 1000


@contextmanager
def open_ink(out: Path, title: str, size: tuple[float, float], imprint: str = "") -> Iterator[Ink]:
    """A document that becomes the file `out` when the block ends well; a failure leaves the old file or none.

    `imprint` is who made it, with the root key's fingerprint: every page carries it.
    The same record gives the same bytes: no clock, no random identifier (`invariant`). `Trouble` when the disk refuses.
    """
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  (7 MB, only for who draws)

    font(SANS)
    canvas = Canvas(
        str(out), size, invariant=1, pageCompression=1, lang="zh-CN",
        initialFontName=SANS,  # type: ignore[arg-type]  # a name, though the type package says a number
    )  # fmt: skip
    canvas.setTitle(title)
    canvas.setAuthor(imprint)
    canvas.setCreator("VillageBooks")
    yield Ink(canvas, size, imprint)
    raw: bytes = canvas.getpdfdata()  # type: ignore[no-untyped-call]  # reportlab leaves it untyped
    write_file_safely(out, raw)
