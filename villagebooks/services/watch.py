"""Where the township draws the lines for what the self-check watches signing for."""

from __future__ import annotations

from sqlalchemy import Connection

from villagebooks.core.problem import refuse_if
from villagebooks.core.watch import Watch, check_watch, read_watch, watch_data
from villagebooks.db import book as book_rows
from villagebooks.services.desk import Office, acting_office

SETTING = "watch"


def watch_of(connection: Connection) -> Watch:
    """The lines as they are set."""
    return read_watch(book_rows.settings(connection, [SETTING]).get(SETTING))


def read_lines(office: Office) -> Watch:
    """The same for a screen."""
    with office.books.read() as connection:
        return watch_of(connection)


def put_lines(office: Office, watch: Watch) -> None:
    """Set them; journalled as every setting. Refused when they make no sense."""
    refuse_if(check_watch(watch))
    with acting_office(office) as act:
        book_rows.put_setting(act.connection, SETTING, watch_data(watch))
        act.record("setting", f"setting:{SETTING}")
