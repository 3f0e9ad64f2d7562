"""The notice-board sheet: prepared from the books, proved, signed with an anchor, put up and printed."""

from villagebooks.services.disclosure.board import (
    PAPERS,
    check_put_up,
    disclose,
    hanging_sheet,
    list_put_ups,
    print_sheet,
    put_up,
    sheet_record_json,
)
from villagebooks.services.disclosure.notes import save_days, save_notes, sheet_notes
from villagebooks.services.disclosure.rules import read_rules
from villagebooks.services.disclosure.sheet import prepare_sheet

__all__ = [
    "PAPERS", "check_put_up", "disclose", "hanging_sheet", "list_put_ups", "prepare_sheet", "print_sheet", "put_up",
    "read_rules", "save_days", "save_notes", "sheet_notes", "sheet_record_json",
]  # fmt: skip
