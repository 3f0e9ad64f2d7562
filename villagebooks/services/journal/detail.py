"""One entry of the log: what was before it, what after it, in words per field."""

from __future__ import annotations

from villagebooks.core.journal import Detail, changes
from villagebooks.core.problem import Problem, Unknown
from villagebooks.core.words import _
from villagebooks.db import journal
from villagebooks.services.desk import Office
from villagebooks.services.journal.read import lines_of


def read_detail(office: Office, chain: str, seq: int) -> Detail:
    """An entry with its changes; Unknown when the chain has none of this number.

    The state after it is the one before the next entry on the same object, or the object as it stands; both are
    compared with what the log says (`sound`).
    """
    with office.books.read() as connection:
        found = journal.one_entry(connection, chain, seq)
        if found is None:
            raise Unknown([Problem(_("日志里没有第 {seq} 条").format(seq=seq))])
        entry, head = found
        line = next(iter(lines_of(connection, [entry])))
        told = journal.tell_states(connection, entry.ref, chain, seq)
        table = entry.ref.partition(":")[0]
        if told is None:
            return Detail(line, head, (), known=False, sound=True, inserted=False)
        return Detail(
            line, head, changes(table, told.before, told.after), told.known, told.sound, told.inserted, told.raw
        )
