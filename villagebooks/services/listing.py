"""Any list of the window as an Excel file or on paper."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.listing import Listing
from villagebooks.formats.record import Table
from villagebooks.formats.xlsx import xlsx_bytes
from villagebooks.pdf.listing import draw_listing
from villagebooks.services.desk import Office
from villagebooks.services.file import save_file
from villagebooks.services.office import centre


def write_listing(listing: Listing, path: Path) -> Path:
    """The list as an Excel file: amounts as numbers, everything else as text. Never refused."""
    table = Table(tuple(one.title for one in listing.columns), listing.rows)
    save_file(path, xlsx_bytes(table, listing.title))
    return path


def print_listing(office: Office, listing: Listing, whose: str, out: Path) -> Path:
    """The list as a PDF; `whose` is the village it is of, empty for the whole centre."""
    moment = office.books.now()[:16].replace("T", " ")
    name = centre(office).name
    draw_listing(listing, whose or name, moment, out, name)
    return out
