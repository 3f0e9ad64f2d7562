"""The statutory charts as data files: `resources/charts/2023.csv`, `2004.csv` (RULES §1)."""

from __future__ import annotations

import csv
from pathlib import Path

from villagebooks.core.account import ChartAccount


def read_chart(path: Path) -> tuple[ChartAccount, ...]:
    """Level-1 accounts of a standard in the order of their codes; side D, C or B (either)."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(ChartAccount(row["code"], row["name"], row["kind"], row["side"]) for row in csv.DictReader(file))
