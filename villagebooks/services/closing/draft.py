"""The year's end as drafts that people sign like any voucher; nothing is posted here."""

from __future__ import annotations

from sqlalchemy import Connection

from villagebooks.core.account import Account
from villagebooks.core.closing import (
    DetailBalance,
    Distribution,
    Places,
    available_fen,
    build_distribution,
    build_transfers,
    check_distribution,
    check_places,
)
from villagebooks.core.period import Month
from villagebooks.core.problem import refuse_if
from villagebooks.core.voucher import Draft
from villagebooks.db import book as book_rows
from villagebooks.db import closing as closing_rows
from villagebooks.services.closing.checklist import places_of
from villagebooks.services.desk import Desk


def draft_closing_transfers(desk: Desk, year: int) -> list[Draft]:
    """结转损益 of the year as drafts of 31 December, in the order to book them; empty when nothing is left.

    Every voucher that is not void counts, drafts too: asking twice drafts nothing twice, and after the distribution
    is drafted, asking again gives its transfer. Source: 财会〔2023〕14号, 本年收益 and 收益分配.
    """
    places, _accounts, held = _held(desk, year)
    refuse_if(check_places(places))
    return build_transfers(Month(year, 12).last_day, places, held)


def distributable_fen(desk: Desk, year: int) -> int:
    """可供分配收益 of the year in fen, what is drafted already taken off; negative when a loss is to be covered."""
    places, _accounts, held = _held(desk, year)
    return available_fen(places, held)


def draft_distribution(desk: Desk, year: int, wanted: Distribution) -> list[Draft]:
    """年终分配 as the assembly decided it, as drafts of 31 December: 提取公积公益金, then 成员分配 by member.

    Refused when it is more than 可供分配收益 or an account is not found by its name.
    """
    places, accounts, held = _held(desk, year)
    refuse_if(check_distribution(wanted, places, accounts, available_fen(places, held)))
    return build_distribution(Month(year, 12).last_day, wanted, places, accounts)


def _held(desk: Desk, year: int) -> tuple[Places, dict[str, Account], tuple[DetailBalance, ...]]:
    with desk.books.read() as connection:
        places, accounts = places_of(connection, desk.book)
        leaves = (*places.year_end, *places.undistributed)
        return places, accounts, closing_rows.left_to_transfer(connection, _row(connection, desk), leaves, year)


def _row(connection: Connection, desk: Desk) -> int:
    return book_rows.book_id(connection, desk.book.code)
