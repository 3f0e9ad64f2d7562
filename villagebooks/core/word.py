"""The voucher word (凭证字): one word 记, or 收, 付, 转 by what a voucher does to cash and bank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.account import BANK, CASH
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import WORDS, Line
from villagebooks.core.words import _

FREE, ONE, THREE = "", "one", "three"
CHOICES = (ONE, THREE)
RECEIPT, PAYMENT, TRANSFER = "收", "付", "转"
_WORDS: Mapping[str, tuple[str, ...]] = {ONE: ("记",), THREE: (RECEIPT, PAYMENT, TRANSFER), FREE: WORDS}
FIRST_YEAR, LAST_YEAR = 1949, 2199


@dataclass(frozen=True, slots=True)
class WordRule:
    """From a year on a book (empty: every book without a rule of its own) numbers by one word or by three."""

    year: int
    choice: str
    book: str = ""


def choice_of(rules: Iterable[WordRule], book: str, year: int) -> str:
    """ONE or THREE by the book's own newest rule, else the township's; FREE while nobody chose."""
    known = [one for one in rules if one.year <= year and one.book in ("", book)]
    own = [one for one in known if one.book]
    newest = max(own or known, key=lambda one: one.year, default=None)
    return newest.choice if newest else FREE


def words_of(rules: Iterable[WordRule], book: str, year: int) -> tuple[str, ...]:
    """The words that vouchers of the book may carry in the year."""
    return _WORDS[choice_of(rules, book, year)]


def proposed_word(lines: Sequence[Line], words: Sequence[str]) -> str:
    """The word that fits the lines: debit of cash or bank 收, credit 付, neither 转, from one to the other 付.

    Where all words are free it is 记. With cash or bank on both sides what moved on the whole decides; a red voucher is
    read as what it takes back.
    """
    if WORDS[0] in words:
        return WORDS[0]
    money = [line for line in lines if line.account.startswith((CASH, BANK))]
    debit, credit = [one for one in money if one.debit_fen], [one for one in money if one.credit_fen]
    if not money:
        return TRANSFER
    if not debit or not credit:
        return RECEIPT if debit or not credit else PAYMENT
    moved = sum(one.net_fen for one in money)
    red = all(one.debit_fen <= 0 and one.credit_fen <= 0 for one in lines)
    return RECEIPT if (-moved if red else moved) > 0 else PAYMENT


def check_word(word: str, lines: Sequence[Line], words: Sequence[str]) -> list[Problem]:
    """Whether the word is one of the year's and says what the lines do."""
    if word not in words:
        text = _("这一年的凭证用“{words}”字，不能用“{word}”字；要改在“设置”的“凭证”里改")
        return [Problem(text.format(words="”“".join(words), word=word), field="word")]
    fitting = proposed_word(lines, words)
    if word == fitting or WORDS[0] in words:
        return []
    why = {
        RECEIPT: _("分录是收进现金、存款"), PAYMENT: _("分录是付出现金、存款"), TRANSFER: _("分录没有现金、存款"),
    }[fitting]  # fmt: skip
    return [Problem(_("{why}，应是“{fit}”字，不是“{word}”字").format(why=why, fit=fitting, word=word), field="word")]


def check_word_rule(rule: WordRule, books: Iterable[str]) -> list[Problem]:
    """Whether a rule may be set: a known book, a year, one word or three."""
    problems = []
    if rule.book and rule.book not in books:
        problems.append(Problem(_("没有账套 {code}").format(code=rule.book), field="book"))
    if not FIRST_YEAR <= rule.year <= LAST_YEAR:
        problems.append(Problem(_("年份写四位数，例如 2027"), field="year"))
    if rule.choice not in CHOICES:
        problems.append(Problem(_("凭证字只能选“记”，或“收、付、转”"), field="choice"))
    return problems


def read_word_rules(kept: object) -> tuple[WordRule, ...]:
    """The rules as the settings keep them, `{book: {year: choice}}`; what is none is left out."""
    rules = []
    for book, years in kept.items() if isinstance(kept, dict) else ():
        for year, choice in years.items() if isinstance(years, dict) else ():
            if str(year).isdecimal() and choice in CHOICES:
                rules.append(WordRule(int(year), str(choice), str(book)))
    return tuple(sorted(rules, key=lambda one: (one.book, one.year)))


def word_rules_record(rules: Iterable[WordRule]) -> dict[str, dict[str, str]]:
    """The rules as the settings keep them."""
    kept: dict[str, dict[str, str]] = {}
    for one in rules:
        kept.setdefault(one.book, {})[str(one.year)] = one.choice
    return kept
