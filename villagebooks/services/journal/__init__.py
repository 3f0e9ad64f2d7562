"""操作日志: pages by filter, where chains stand and whether they hold, one entry before and after, print, export."""

from villagebooks.services.journal.detail import read_detail
from villagebooks.services.journal.printing import filter_words, log_bytes, print_log
from villagebooks.services.journal.read import (
    ALL,
    OFFICE,
    Scopes,
    all_lines,
    chain_states,
    log_people,
    read_log,
    verify_chains,
)
from villagebooks.services.journal.recent import recent_work

__all__ = [
    "ALL",
    "OFFICE",
    "Scopes",
    "all_lines",
    "chain_states",
    "filter_words",
    "log_bytes",
    "log_people",
    "print_log",
    "read_detail",
    "read_log",
    "recent_work",
    "verify_chains",
]
