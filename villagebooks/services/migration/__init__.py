"""Migration (转换制度) of a book from the 2004 to the 2023 standard, by a working paper that people decide and sign."""

from villagebooks.services.migration.act import (
    begin_migration,
    change_target,
    decide_row,
    drop_account,
    finish_migration,
    give_up_paper,
    open_new_account,
    refresh_paper,
)
from villagebooks.services.migration.check import migration_faults
from villagebooks.services.migration.overview import OldBook, new_charts, old_books
from villagebooks.services.migration.paper import UNIFIED, PaperState, load_map, look_at_paper, read_paper

__all__ = [
    "UNIFIED", "OldBook", "PaperState", "begin_migration", "change_target", "decide_row", "drop_account",
    "finish_migration", "give_up_paper", "load_map", "look_at_paper", "migration_faults", "new_charts", "old_books",
    "open_new_account", "read_paper", "refresh_paper",
]  # fmt: skip
