"""The monthly notice-board sheet (收支公开榜) as a record: money in, money out, what is left, and who signed.

The sheet follows cash and bank lines, not profit and loss: 上月剩下 + 收进来 − 花出去 = 现在剩下, per kind of money.
"""

from villagebooks.core.disclosure.build import Move, build_sheet, funds_of_accounts, money_moves
from villagebooks.core.disclosure.check import check_sheet
from villagebooks.core.disclosure.day import POSTING_DAY, check_days, posting_date
from villagebooks.core.disclosure.sheet import (
    FUNDS,
    OWN,
    PASSING,
    SPECIAL,
    AnchorMark,
    Debt,
    Fund,
    FundRule,
    GroupRule,
    IncomeItem,
    MoneyPlace,
    PutUp,
    Sheet,
    SheetHead,
    SheetNotes,
    SheetRules,
    SheetSource,
    SpendingGroup,
    SpendingItem,
    Transfer,
    read_sheet,
    sheet_record,
)

__all__ = [
    "FUNDS", "OWN", "PASSING", "POSTING_DAY", "SPECIAL",
    "AnchorMark", "Debt", "Fund", "FundRule", "GroupRule", "IncomeItem", "MoneyPlace", "Move", "PutUp", "Sheet",
    "SheetHead", "SheetNotes", "SheetRules", "SheetSource", "SpendingGroup", "SpendingItem", "Transfer",
    "build_sheet", "check_days", "check_sheet", "funds_of_accounts", "money_moves", "posting_date", "read_sheet",
    "sheet_record",
]  # fmt: skip
