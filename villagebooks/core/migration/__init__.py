"""Migration (转换制度) of a book from the 2004 to the 2023 standard: a working paper that people decide row by row."""

from villagebooks.core.migration.chart import (
    base_chart,
    follow,
    names_below,
    open_below,
    propose_accounts,
    with_accounts,
)
from villagebooks.core.migration.check import (
    NEW,
    OLD,
    check_decision,
    check_paper,
    check_start,
    odd_parts,
    opening_lines,
    side_yuan,
)
from villagebooks.core.migration.paper import (
    DRAFT,
    FINISHED,
    GIVEN_UP,
    Decision,
    MigrationPaper,
    OldDetail,
    PaperHead,
    PaperRow,
    Part,
    build_row,
)
from villagebooks.core.migration.rule import CHOOSE, NONE, PART, WHOLE, MapRow, confidence_word, plain_name, rules_for
from villagebooks.core.migration.sheet import (
    ASSETS_TOTAL,
    OTHER_TOTAL,
    SheetPair,
    Sheets,
    side_by_side,
    total_of,
)

__all__ = [
    "ASSETS_TOTAL", "CHOOSE", "DRAFT", "FINISHED", "GIVEN_UP", "NEW", "NONE", "OLD", "OTHER_TOTAL", "PART", "WHOLE",
    "Decision", "MapRow", "MigrationPaper", "OldDetail", "PaperHead", "PaperRow", "Part", "SheetPair", "Sheets",
    "base_chart", "build_row", "check_decision", "check_paper", "check_start", "confidence_word", "follow",
    "names_below", "odd_parts", "open_below", "opening_lines", "plain_name", "propose_accounts", "rules_for",
    "side_by_side", "side_yuan", "total_of", "with_accounts",
]  # fmt: skip
