"""Parties added while a voucher is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.services.conftest import line
from villagebooks.core.party import Party
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft
from villagebooks.db import book as book_rows
from villagebooks.services.account import read_entry_book
from villagebooks.services.desk import Desk, acting
from villagebooks.services.party import add_party
from villagebooks.services.voucher import save_voucher


def test_a_party_is_added_by_its_name_alone_and_only_once(desk: Desk) -> None:
    party = add_party(desk, " 白雁河新砂石厂 ")
    assert party.name == "白雁河新砂石厂"
    assert read_entry_book(desk).parties[party.code] == party
    with pytest.raises(Refused, match="已经有“白雁河新砂石厂”"):
        add_party(desk, "白雁河新砂石厂")
    with pytest.raises(Refused, match="写往来单位"):
        add_party(desk, " ")


def test_a_line_that_names_a_known_party_gets_its_code_and_no_second_one(desk: Desk) -> None:
    with acting(desk) as act:
        row_id = book_rows.book_id(act.connection, desk.book.code)
        book_rows.add_parties(act.connection, row_id, [Party("W001", "新砂石厂")])
    draft = Draft(date(2026, 9, 3), (line("51302", 10_000), line("101", credit=10_000)))
    named = tuple(replace(one, party="新砂石厂") for one in draft.lines)
    saved = save_voucher(desk, replace(draft, lines=named))
    assert {one.party for one in saved.lines} == {"W001"}
    assert [one.code for one in read_entry_book(desk).parties.values() if one.name == "新砂石厂"] == ["W001"]
