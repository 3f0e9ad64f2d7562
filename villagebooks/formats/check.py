"""The rules of the self-check as a data file: `resources/check/rules.csv`."""

from __future__ import annotations

import csv
from pathlib import Path

from villagebooks.core.check import CheckRule


def read_rules(path: Path) -> dict[str, CheckRule]:
    """Every rule by its name, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["name"]: CheckRule(**row) for row in csv.DictReader(file)}
