"""The first steps of a new centre and which of them are done."""

from __future__ import annotations

from villagebooks.core.beginning import BeginningFacts, Step, build_steps
from villagebooks.db import beginning as beginning_rows
from villagebooks.db import book as book_rows
from villagebooks.db import person as person_rows
from villagebooks.services.account import today
from villagebooks.services.desk import Office
from villagebooks.services.key import key_holders
from villagebooks.services.office import centre

SHEET_SETTING = "disclosure"


def read_beginning(office: Office) -> list[Step]:
    """The steps in the order in which they are taken, each ticked by what the books hold today."""
    day = today(office).isoformat()
    root, holders = centre(office).root, key_holders(office)
    with office.books.read() as connection:
        facts = BeginningFacts(
            root, tuple(one for one in person_rows.officers(connection) if one.holds(day)), holders,
            tuple(one.code for one in book_rows.books(connection)), beginning_rows.filled_books(connection),
            SHEET_SETTING in book_rows.settings(connection, [SHEET_SETTING]), beginning_rows.has_roll(connection),
        )  # fmt: skip
    return build_steps(facts)
