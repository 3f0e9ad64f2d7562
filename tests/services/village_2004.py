"""The village that still keeps its books by the standard of 2004, with what a person decided on its paper."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.services.conftest import Staff
from villagebooks.core.migration import Part
from villagebooks.core.money import read_yuan
from villagebooks.core.period import Month
from villagebooks.services.closing import close_month
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.migration import (
    PaperState,
    begin_migration,
    decide_row,
    read_paper,
)

CASE = Path(__file__).parent.parent / "cases" / "village-2004"
DECEMBER = Month(2025, 12)
JANUARY = Month(2026, 1)


def rows_of(name: str) -> list[dict[str, str]]:
    with (CASE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def fen(words: str) -> int:
    amount = read_yuan(words)
    assert amount is not None
    return amount


def desk_of_old(office: Office) -> Desk:
    return open_desk(Office(office.books, "冯素芳"), "V07", DECEMBER)


def make_old(office: Office, staff: Staff) -> Desk:
    import_history(office, CASE)
    desk = desk_of_old(office)
    close_month(desk, staff.agent)
    return desk


def decide_all(desk: Desk) -> PaperState:
    """Every decision of the case, a row at a time, several parts of a row together."""
    state = read_paper(desk)
    assert state
    wanted: dict[tuple[str, str], list[dict[str, str]]] = {}
    for one in rows_of("decisions.csv"):
        wanted.setdefault((one["account"], one["party"]), []).append(one)
    for (account, party), parts in wanted.items():
        row = next(one for one in state.paper.rows if one.detail.key[:2] == (account, party))
        sign = 1 if row.detail.balance_fen > 0 else -1
        said = "；".join(dict.fromkeys(one["reason"] for one in parts))
        state = decide_row(
            desk, row.line, [Part(one["new_account"], sign * fen(one["amount"])) for one in parts], said
        )  # fmt: skip
    return state


def make_decided(office: Office, staff: Staff) -> Desk:
    old = make_old(office, staff)
    begin_migration(old, "V07-2023", "黄泥坳村")
    decide_all(old)
    return old
