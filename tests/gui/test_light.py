"""Window first: what the program has not loaded when its first window can be used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from villagebooks.services.desk import Office

ROOT = Path(__file__).parent.parent.parent
PLACES = ROOT / "villagebooks" / "gui" / "place"
HEAVY = (
    "sqlalchemy", "alembic", "psycopg", "cryptography", "argon2", "reportlab", "PIL", "pypdfium2", "segno",
    "xlsxwriter", "python_calamine", "pypinyin", "flask", "waitress", "jinja2", "asyncio", "ssl", "email",
    "PySide6.QtPrintSupport", "PySide6.QtNetwork",
)  # fmt: skip
"""What the first window needs nothing of."""


@pytest.fixture
def loaded(office: Office, tmp_path: Path) -> set[str]:
    """Modules of a program of its own that has shown these books, when its first window could be used."""
    books = office.books.path
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path / "data")}
    command = [sys.executable, "-m", "tests.bench.starter", str(books), "0"]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=120, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_the_first_window_has_loaded_no_page_but_the_board_and_nothing_heavy(loaded: set[str]) -> None:
    assert "villagebooks.gui.home" in loaded
    places = {f"villagebooks.gui.place.{file.stem}" for file in PLACES.glob("*.py") if file.stem != "__init__"}
    assert places & loaded == {"villagebooks.gui.place.home"}
    pages = [name for name in loaded if name.startswith("villagebooks.gui.") and name.endswith((".page", ".panel"))]
    assert pages == ["villagebooks.gui.page"]
    assert not [name for name in HEAVY if name in loaded]
    floors = {".".join(name.split(".")[:3]) for name in loaded if name.startswith("villagebooks.")}
    below = tuple(f"villagebooks.{floor}." for floor in ("db", "services", "pdf", "formats", "seal"))
    assert {name for name in floors if name.startswith(below)} <= {
        "villagebooks.db.glance", "villagebooks.db.handle", "villagebooks.db.version", "villagebooks.services.glance",
        "villagebooks.services.keymap", "villagebooks.services.place", "villagebooks.services.recent",
        "villagebooks.seal.file",
    }  # fmt: skip
