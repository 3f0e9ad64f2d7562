"""Print preview inside the window: pages shown, sent to a printer, saved."""

from villagebooks.gui.preview.page import PreviewPage
from villagebooks.gui.preview.render import render_page
from villagebooks.gui.preview.send import Order, print_files, print_pdf, save_moved

__all__ = ["Order", "PreviewPage", "print_files", "print_pdf", "render_page", "save_moved"]
