"""Draws a year's sheets of a township, one file each, as its own process: what that takes of memory is measured."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.sheet_month import september
from villagebooks.core.disclosure import AnchorMark
from villagebooks.pdf.disclosure import draw_sheet
from villagebooks.services.disclosure.rules import read_rules

MARK = AnchorMark(
    "7K2M-9QXW-4TRB-H6ZD-3NPE", "0Q3F-8VYK-2JHT-C5MA-R1WX", "villagebooks/v1/anchor\n" + "中心 V01\n" * 40
)


def draw_notices(folder: Path, count: int) -> int:
    """So many sheets on A3; the number of pages."""
    sheet = september(read_rules("2023"))
    return sum(draw_sheet(sheet, MARK, "A3", folder / f"{number}.pdf") for number in range(count))


if __name__ == "__main__":
    draw_notices(Path(sys.argv[1]), int(sys.argv[2]))
