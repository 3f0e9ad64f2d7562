"""The keymaps as they lie in `resources/keymaps/`."""

from __future__ import annotations

import csv
from functools import cache

from villagebooks.core.keymap import KeyMap, read_keymaps
from villagebooks.paths import resource


@cache
def keymaps() -> dict[str, KeyMap]:
    """Every keymap by its name; `Trouble` when the installation lacks the table."""
    with resource("keymaps", "keys.csv").open(encoding="utf-8", newline="") as file:
        return read_keymaps(csv.DictReader(file))
