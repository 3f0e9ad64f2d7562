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


@pytest.fixture
def loaded(office: Office, tmp_path: Path) -> set[str]:
    """Modules of a program of its own that has shown the board of these books."""
    books = office.books.path
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "VILLAGEBOOKS_DATA": str(tmp_path / "data")}
    command = [sys.executable, "-m", "tests.gui.start_probe", str(books)]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=120, check=True)
    return set(done.stdout.split())


def test_the_first_window_has_loaded_no_page_but_the_board(loaded: set[str]) -> None:
    assert "villagebooks.gui.home" in loaded
    places = {f"villagebooks.gui.place.{file.stem}" for file in PLACES.glob("*.py")} - {
        "villagebooks.gui.place.__init__"
    }
    assert places & loaded == {"villagebooks.gui.place.home"}
    pages = {name for name in loaded if name.startswith("villagebooks.gui.") and name.endswith(".page")}
    assert pages <= {"villagebooks.gui.page"}
