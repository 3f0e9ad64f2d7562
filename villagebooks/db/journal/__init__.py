"""The chains of the operation log: append in the act's own transaction, what stood there before, pages, verify."""

from villagebooks.db.journal.before import UPGRADE, before_faults, is_old, states_of
from villagebooks.db.journal.chain import (
    chain_faults,
    chain_length,
    days_at,
    entries,
    entry_of,
    has_office,
    head,
    head_at,
    heads,
    heads_at,
    heads_in,
    leaves,
    make_chain,
    office_position,
    office_positions,
    raw_entries,
    record,
)
from villagebooks.db.journal.name import find_refs, name_refs
from villagebooks.db.journal.page import LAST, chains, log_page, one_entry, people_in
from villagebooks.db.journal.state import Told, tell_states

__all__ = [
    "LAST",
    "UPGRADE",
    "Told",
    "before_faults",
    "chain_faults",
    "chain_length",
    "chains",
    "days_at",
    "entries",
    "entry_of",
    "find_refs",
    "has_office",
    "head",
    "head_at",
    "heads",
    "heads_at",
    "heads_in",
    "is_old",
    "leaves",
    "log_page",
    "make_chain",
    "name_refs",
    "office_position",
    "office_positions",
    "one_entry",
    "people_in",
    "raw_entries",
    "record",
    "states_of",
    "tell_states",
]
