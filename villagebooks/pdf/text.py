"""Words into a width: wrapping by the rules of Chinese line ends (避头尾), shrinking, cutting. Only arithmetic."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Measure = Callable[[str], float]
"""Width of a text in points at size 1."""

_NO_START = "。，、；：？！）》」』】〕”’％%·…—～〉,.;:?!)]}"
_NO_END = "（《「『【〔“‘〈([{＋－＝"
_UNIT = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9])[!-~]*|[!-~\u00a0]+|[^\S\u00a0]+|.", re.DOTALL)
_KEEP_DIGIT = "元角分张笔户人个亩号年月日"


def wrap(text: str, measure: Measure, size: float, width: float) -> list[str]:
    """The text in lines no wider than `width` points at `size`; no line starts with a closing mark or ends with an
    opening one, figures and Latin words stay whole unless one alone is too wide. An empty text is one empty line."""
    lines: list[str] = []
    line, used = "", 0.0
    for unit in _units(text, measure, width / size):
        wide = measure(unit) * size
        if line and used + wide > width + 0.01:
            lines.append(line.rstrip())
            line, used = "", 0.0
        if not line and unit.isspace():
            continue
        line += unit
        used += wide
    if line.rstrip() or not lines:
        lines.append(line.rstrip())
    return lines


def wrap_items(items: Sequence[str], gap: str, measure: Measure, size: float, width: float) -> list[str]:
    """Items side by side with `gap` between, an item broken only when it is wider than a whole line."""
    lines: list[str] = []
    for item in items:
        joined = lines[-1] + gap + item if lines else item
        if lines and measure(joined) * size <= width:
            lines[-1] = joined
        else:
            lines += wrap(item, measure, size, width)
    return lines or [""]


def shrink(text: str, measure: Measure, size: float, width: float, least: float) -> float:
    """The largest size down to `least` at which the text fits one line of `width`; `least` when it never fits."""
    wide = measure(text)
    return size if wide * size <= width else max(least, int(width / wide * 4) / 4)


def fit(text: str, measure: Measure, sizes: Sequence[float], width: float, most: int) -> tuple[float, list[str]]:
    """The first of `sizes` at which the text needs at most `most` lines, and the lines; at the last size the rest is
    cut with …, since a cell that runs over its neighbour is worse."""
    for size in sizes:
        lines = wrap(text, measure, size, width)
        if len(lines) <= most:
            return size, lines
    last = lines[most - 1]
    while last and measure(last + "…") * size > width:
        last = last[:-1]
    return size, [*lines[: most - 1], last + "…"]


def _units(text: str, measure: Measure, limit: float) -> list[str]:
    """Pieces between which a line may break; none wider than `limit`."""
    units: list[str] = []
    for piece in _UNIT.findall(text):
        glued = units and not units[-1].isspace() and not piece.isspace() and _sticks(units[-1], piece)
        if glued and measure(units[-1] + piece) <= limit:
            units[-1] += piece
        else:
            units += _split(piece, measure, limit)
    return units


def _sticks(before: str, after: str) -> bool:
    if before[-1] in _NO_END:
        return True
    if after[0] in _KEEP_DIGIT:
        return before[-1].isascii() and before[-1].isdigit()
    return after[0] in _NO_START


def _split(piece: str, measure: Measure, limit: float) -> list[str]:
    """A piece wider than a line, cut where it must be."""
    if len(piece) < 2 or measure(piece) <= limit:
        return [piece]
    parts, part = [], ""
    for char in piece:
        if part and measure(part + char) > limit:
            parts.append(part)
            part = ""
        part += char
    return [*parts, part]
