"""逾期清单 as a PDF."""

from __future__ import annotations

from pathlib import Path

from villagebooks.paths import make_folder
from villagebooks.pdf.late import draw_late
from villagebooks.services.account import today
from villagebooks.services.desk import Office
from villagebooks.services.inbox.read import read_late
from villagebooks.services.office import centre


def print_late(office: Office, out: Path) -> Path:
    """Draw what is past its term today."""
    make_folder(out.parent)
    draw_late(read_late(office), today(office), out, centre(office).imprint)
    return out
