"""The chains of the operation log: append in the act's own transaction, what stood there before, pages, verify."""

from villagebooks.db.journal.before import UPGRADE, before_faults, states_of
from villagebooks.db.journal.chain import (
    chain_faults,
    chain_length,
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

__all__ = [
    "UPGRADE",
    "before_faults",
    "chain_faults",
    "chain_length",
    "entries",
    "entry_of",
    "has_office",
    "head",
    "head_at",
    "heads",
    "heads_at",
    "heads_in",
    "leaves",
    "make_chain",
    "office_position",
    "office_positions",
    "raw_entries",
    "record",
    "states_of",
]
