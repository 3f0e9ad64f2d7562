"""The program before somebody restless: pages, books, months, papers, themes one after another; then it is closed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gui.scene import copy_demo

ROOT = Path(__file__).parent.parent.parent
LONG = bool(os.environ.get("VILLAGEBOOKS_SOAK"))
SEEDS, SECONDS = (range(1, 25), 60) if LONG else ([1, 2], 6)
"""`make soak` goes on for half an hour; every run is another one, since threads run as they like."""
QUIET = ("This plugin does not support", "setHighDpiScaleFactorRoundingPolicy must be called before")
"""What Qt says without a screen, and of an application that stands before the program begins."""
SPOIL = {"MALLOC_PERTURB_": "165"}
"""What is freed is filled with noise: who looks at it once more falls at once."""


@pytest.mark.parametrize("seed", SEEDS)
def test_the_program_neither_falls_nor_stands_still_nor_says_a_fault(seed: int, township: Path, tmp_path: Path) -> None:
    books = copy_demo(township, tmp_path / "demo")
    command = [sys.executable, "-m", "tests.gui.restless", str(books), str(seed), str(SECONDS)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | SPOIL, capture_output=True, text=True, check=False, timeout=SECONDS + 300
    )
    said = "\n".join(line for line in done.stderr.splitlines() if not line.startswith(QUIET))
    assert (done.returncode, said) == (0, ""), f"{said}\n{done.stdout}"
