"""Templates as a data file: `resources/templates/usual.csv`, one row a line, the rows of a template together."""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

from villagebooks.core.template import Template, TemplateLine

COLUMNS = (
    "key", "standard", "name", "kind", "mark", "basis", "summary", "side", "account", "account_name", "party",
    "project",
)  # fmt: skip


def read_templates(path: Path) -> tuple[Template, ...]:
    """Every template in the order of the file; what is said of the whole stands in its first row."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{name: row.get(name) or "" for name in COLUMNS} for row in csv.DictReader(file)]
    templates = []
    for (key, standard), group in groupby(rows, lambda row: (row["key"], row["standard"])):
        own = list(group)
        first = own[0]
        lines = tuple(
            TemplateLine(row["summary"], row["account"], row["account_name"], row["side"], row["party"], row["project"])
            for row in own
        )
        templates.append(
            Template(key, first["name"], standard, lines, first["kind"] or "normal", first["mark"], first["basis"])
        )
    return tuple(templates)
