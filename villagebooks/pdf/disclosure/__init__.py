"""The notice-board sheet on paper."""

from villagebooks.pdf.disclosure.cells import SheetCells, sheet_cells
from villagebooks.pdf.disclosure.draw import draw_sheet

__all__ = ["SheetCells", "draw_sheet", "sheet_cells"]
