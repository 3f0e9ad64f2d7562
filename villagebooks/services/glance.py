"""What the window shows of a file's books while they are being opened."""

from __future__ import annotations

from pathlib import Path

from villagebooks.core.glance import Glance
from villagebooks.db import glance as rows
from villagebooks.db.handle import system_clock


def glance(path: Path) -> Glance | None:
    """Whose books they are and who works there today; None when only opening them can tell (`open_office`)."""
    return rows.glance(path, system_clock().date().isoformat())
