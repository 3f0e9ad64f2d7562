"""The demonstration's schedules: the rent that a shop paid for two years, spread over its months."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from villagebooks.core.period import read_month
from villagebooks.core.schedule import Schedule
from villagebooks.core.voucher import Line
from villagebooks.services.demo.data import read_rows
from villagebooks.services.demo.town import Town
from villagebooks.services.schedule import save_schedule


def make_plans(town: Town, file: Path) -> int:
    """Every schedule of the file, kept by the book's agent; how many."""
    count = 0
    for (book, name), group in groupby(read_rows(file), lambda row: (row["book"], row["name"])):
        rows = list(group)
        first = read_month(rows[0]["first"])
        if first is None:
            raise ValueError(rows[0]["first"])
        lines = tuple(
            Line(row["summary"], row["account"], int(row["debit"]), int(row["credit"]), row["party"]) for row in rows
        )
        last = read_month(rows[0]["last"])
        plan = Schedule("", name, rows[0]["kind"], rows[0]["mode"], lines, first, last)
        save_schedule(town.desk(town.agents[book][0], book), plan)
        count += 1
    return count
