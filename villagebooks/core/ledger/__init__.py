"""What is built of balances and posted lines: trial balance and ledgers, pure functions from records to records."""

from villagebooks.core.ledger.account import Ledger, LedgerLine, Movement, build_ledger, side_of
from villagebooks.core.ledger.ageing import (
    CURRENT_ACCOUNTS,
    Ageing,
    AgeingRow,
    Move,
    ageing_sheet,
    bound_names,
    build_ageing,
)
from villagebooks.core.ledger.balance import (
    ALL_BOOKS,
    Detail,
    TrialBalance,
    TrialBalanceRow,
    Turnover,
    build_trial_balance,
    sum_trial_balances,
)
from villagebooks.core.ledger.book import counter_names, detail_sheet, general_sheet, journal_sheet
from villagebooks.core.ledger.column import columns_sheet
from villagebooks.core.ledger.dimension import (
    DimensionDetail,
    DimensionRow,
    build_dimension_balance,
    dimension_sheet,
)
from villagebooks.core.ledger.quantity import quantity_sheet, quantity_sums
from villagebooks.core.ledger.request import (
    AGEING,
    BALANCE,
    COLUMNS,
    DETAIL,
    GENERAL,
    JOURNAL,
    OF_AN_ACCOUNT,
    QUANTITIES,
    YEARS,
    LedgerRequest,
    check_request,
    kind_names,
)
from villagebooks.core.ledger.sheet import Sheet, SheetColumn, SheetRow

__all__ = [
    "AGEING",
    "ALL_BOOKS",
    "BALANCE",
    "COLUMNS",
    "CURRENT_ACCOUNTS",
    "DETAIL",
    "GENERAL",
    "JOURNAL",
    "OF_AN_ACCOUNT",
    "QUANTITIES",
    "YEARS",
    "Ageing",
    "AgeingRow",
    "Detail",
    "DimensionDetail",
    "DimensionRow",
    "Ledger",
    "LedgerLine",
    "LedgerRequest",
    "Move",
    "Movement",
    "Sheet",
    "SheetColumn",
    "SheetRow",
    "TrialBalance",
    "TrialBalanceRow",
    "Turnover",
    "ageing_sheet",
    "bound_names",
    "build_ageing",
    "build_dimension_balance",
    "build_ledger",
    "build_trial_balance",
    "check_request",
    "columns_sheet",
    "counter_names",
    "detail_sheet",
    "dimension_sheet",
    "general_sheet",
    "journal_sheet",
    "kind_names",
    "quantity_sheet",
    "quantity_sums",
    "side_of",
    "sum_trial_balances",
]
