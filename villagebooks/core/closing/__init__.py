"""Closing (结账): what stands in the way of a month, who closed or reopened it, the transfers of the year's end."""

from villagebooks.core.closing.blocker import (
    BLOCK,
    CHOICES,
    CLOSE,
    FIXED,
    LOCK,
    REOPEN,
    RULES,
    WARN,
    Blocker,
    BookClosing,
    PeriodAct,
    act_word,
    check_choices,
    rule_title,
)
from villagebooks.core.closing.checklist import build_checklist
from villagebooks.core.closing.facts import (
    BankFact,
    CashFact,
    DueFact,
    Fund,
    MonthFacts,
    NumberedVoucher,
    OpenPaper,
    TakenFact,
)
from villagebooks.core.closing.place import Places, find_places
from villagebooks.core.closing.transfer import (
    DetailBalance,
    Distribution,
    Share,
    available_fen,
    build_distribution,
    build_transfers,
    check_distribution,
    check_places,
    read_shares,
)
from villagebooks.core.period import CLOSED, LOCKED, OPEN

__all__ = [
    "BLOCK", "CHOICES", "CLOSE", "CLOSED", "FIXED", "LOCK", "LOCKED", "OPEN", "REOPEN", "RULES", "WARN", "BankFact",
    "Blocker", "BookClosing", "CashFact", "DetailBalance", "Distribution", "DueFact", "Fund", "MonthFacts",
    "NumberedVoucher",
    "OpenPaper", "PeriodAct", "Places", "Share", "TakenFact", "act_word", "available_fen", "build_checklist",
    "build_distribution", "build_transfers", "check_choices", "check_distribution", "check_places", "find_places",
    "read_shares", "rule_title",
]  # fmt: skip
