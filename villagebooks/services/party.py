"""Parties that are met while a voucher is typed: added by name alone, at once."""

from __future__ import annotations

from villagebooks.core.party import Party, check_party, proposed_code
from villagebooks.core.problem import refuse_if
from villagebooks.core.words import plain_text
from villagebooks.db import book as book_rows
from villagebooks.services.desk import Desk, acting


def add_party(desk: Desk, name: str) -> Party:
    """Add a party to the book under the code that is proposed for it; Refused when it has one of that name."""
    with acting(desk) as act:
        row_id = book_rows.book_id(act.connection, desk.book.code)
        known = book_rows.parties(act.connection, row_id)
        name = plain_text(name).strip()
        refuse_if(check_party(name, known))
        party = Party(proposed_code(known, name), name)
        book_rows.add_parties(act.connection, row_id, [party])
        act.record("party", f"parties:{row_id}")
        return party
