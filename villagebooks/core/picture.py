"""What a person does to a picture of a paper before it is kept: turn it, cut it, blacken a place. Arithmetic only."""

from __future__ import annotations

from dataclasses import dataclass

TURN_LEFT, TURN_RIGHT, CROP, BLACK = "left", "right", "crop", "black"
SMALLEST = 8
"""Fewer pixels a side show nothing; a cut or a black place is at least so large."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, from the picture's upper left corner."""

    left: int
    top: int
    wide: int
    high: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One step; `box` of a cut or a black place counts in the picture as the steps before left it."""

    act: str
    box: Box = Box(0, 0, 0, 0)


def clip_box(box: Box, wide: int, high: int) -> Box | None:
    """The part of the box that lies in a picture of this size; None when that is too small to mean anything."""
    left, top = max(0, min(box.left, wide)), max(0, min(box.top, high))
    right, bottom = max(left, min(box.left + box.wide, wide)), max(top, min(box.top + box.high, high))
    found = Box(left, top, right - left, bottom - top)
    return found if min(found.wide, found.high) >= min(SMALLEST, wide, high) else None
