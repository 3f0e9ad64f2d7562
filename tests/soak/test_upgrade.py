"""An upgrade killed hundreds of times, on more books; `make soak`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.story.upgrade import kill_upgrades


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_upgrade_killed_hundreds_of_times_never_leaves_half_of_it(tmp_path: Path, seed: int) -> None:
    kill_upgrades(tmp_path, 2_400, 150, seed)
