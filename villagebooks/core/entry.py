"""What an entry form knows of a book: accounts and parties, by code, part of the name or initials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from villagebooks.core.account import Account
from villagebooks.core.party import Party
from villagebooks.core.period import Month
from villagebooks.core.word import WordRule, words_of


@dataclass(frozen=True, slots=True)
class EntryBook:
    """Accounts and parties by code, months that are closed or locked, and the pinyin initials of every name.

    Reports may begin with `reports_from`: the book's first month, or January when it took over that year's turnovers.
    `word_rules` say by which words its vouchers are numbered. `gone` are accounts that the month in hand cannot use
    any more; `names` the projects, contracts and bank accounts to choose from. `hung` is the last month whose sheet was
    hung up: no money is booked into it or before it any more.
    """

    accounts: Mapping[str, Account]
    paths: Mapping[str, str]
    parties: Mapping[str, Party]
    states: Mapping[Month, str]
    initials: Mapping[str, str]
    reports_from: Month | None = None
    word_rules: tuple[WordRule, ...] = ()
    book: str = ""
    gone: frozenset[str] = frozenset()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hung: Month | None = None

    def words_in(self, year: int) -> tuple[str, ...]:
        """The words that vouchers of the year may carry."""
        return words_of(self.word_rules, self.book, year)


NO_ENTRIES = EntryBook({}, {}, {}, {}, {})
