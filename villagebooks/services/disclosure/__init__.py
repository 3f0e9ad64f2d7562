"""The notice-board sheet: prepared from the books, proved, signed with an anchor, put up and printed."""
