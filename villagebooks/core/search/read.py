"""What was typed in a search, part by part: as everything that it may mean, or named as not understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from villagebooks.core.money import read_yuan, said_yuan
from villagebooks.core.period import Month
from villagebooks.core.search.bound import BEFORE, SIGNS, read_bound, say_days, why_no_bound
from villagebooks.core.search.day import Days, read_days
from villagebooks.core.search.numeral import plain_date, read_amount
from villagebooks.core.search.query import Term, VoucherQuery
from villagebooks.core.voucher import STATE_WORDS, WORDS
from villagebooks.core.words import _, plain_text

MOST_TYPED, MOST_WORDS = 200, 20
"""Who pastes a whole letter looks for how it begins; a database compares no longer words and puts no more together."""
EXAMPLES = "记-12　3月 记12　1,260.50　>5000　1000..2000　3月..5月　报12　草稿　科目51302"
"""What the empty page says may be typed."""
_WORDS = "".join(WORDS)
_VOUCHER = re.compile(rf"([{_WORDS}])字?(?:凭证)?第?-?(\d{{1,6}})号?")
_PAPER = re.compile(r"报(?:账单)?第?-?(\d{1,6})号?")
_NUMBER = re.compile(r"第?(\d{1,6})号(?:凭证)?|凭证第?(\d{1,6})号?")
_ACCOUNT = re.compile(r"科目(:?)(.*)")
_LETTERS = re.compile(r"[A-Za-z]{2,12}")
_CODE = re.compile(r"[1-5]\d{4}(?:\d\d){0,3}")
EARLIEST, LATEST = 1950, 2099
"""A bare figure between these may be a year."""
_FIGURE = re.compile(r"[¥+\-]?[\d.,]*\d[\d.,]*[元块]?")
_OF_YEAR = re.compile(r"(\d{1,2})月(?:份)?第?(\d{1,6})号?")
_STUCK_OF_YEAR = re.compile(rf"(\d{{1,2}}月)(?:份)?-?([{_WORDS}报].*)")
_STUCK = re.compile(rf"(\d{{4}}[-./年]\d{{1,2}}月?)(?:份)?-?([{_WORDS}报].*)")
_OF_DAYS = re.compile(r"((?:\d{4}年|前年|去年|今年|本年)(?:\d{1,2}月(?:份)?)?|\d{1,2}月(?:份)?)的?(.+)")
_MONTHS = re.compile(r"((?:\d{4}年)?\d{1,2})(?:月份?)?[-到至~〜—–]+(\d{1,2}月)份?")
_SAID_MONTHS = {"本月": 0, "当月": 0, "这个月": 0, "上月": -1, "上个月": -1}
_AFTER = re.compile(rf"((?:[<>＜＞=＝≥≤≧≦]|{'|'.join(one for one in BEFORE if one[0] not in SIGNS)}))\s+(?=[¥￥\d第])")
_AROUND = re.compile(r"(?<=[\d元块万千百年月日号])\s+(\.\.+|。。+|[~～〜…—–到至]+)\s+(?=[¥￥\d])")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what was typed: what it means (each term must be met) and how that is said, or `why` it means nothing.

    `text` is what is looked for as it stands; `said` is then empty for what is looked for in nothing but words.
    """

    typed: str
    terms: tuple[Term, ...] = ()
    said: str = ""
    text: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All parts in their order; together they are what was typed."""

    parts: tuple[Part, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """What a voucher must meet. Where something was typed and nothing of it understood, nothing meets it."""
        terms = tuple(term for part in self.parts for term in part.terms)
        return terms or ((Term(),) if self.parts else ())

    @property
    def told(self) -> str:
        """One sentence of what is looked for; empty when for nothing."""
        said = [part.said for part in self.parts if part.said]
        texts = dict.fromkeys(part.text for part in self.parts if part.text and not part.said)
        if texts:
            said.append(_say_text(*texts))
        return _("找：{parts}").format(parts=_("；").join(said)) if said else ""

    @property
    def missed(self) -> str:
        """One sentence of what was not understood, and what may be typed instead; empty when all was."""
        whys = [
            _("没看懂“{typed}”：{why}").format(typed=_short(part.typed), why=part.why)
            for part in self.parts if part.why
        ]  # fmt: skip
        if not whys:
            return ""
        used = any(part.terms for part in self.parts)
        after = _("这部分没有用来找。") if used else _("所以什么都没有找。")
        return _("{whys}。{after}").format(whys=_("；").join(whys), after=after)


def terms_of(query: VoucherQuery) -> tuple[Term, ...]:
    """What a voucher must meet to be found by a query's words."""
    return read_search(query.words, query.year, query.month).terms


def read_search(words: str, year: int = 0, month: int = 0) -> Reading:
    """Each word as what it may mean: 记-12, 2026-03 记12, 1,260.50, >5000, 1000..2000, 报12, 草稿, 科目51302, 电费; in
    a `year` also 9月记6 and 9月6号, in a `month` of it 本月 and 上月."""
    plain = plain_text(words)
    used, cut = plain[:MOST_TYPED], plain[MOST_TYPED:].strip()
    used = _AROUND.sub(r"\1", _AFTER.sub(r"\1", used))
    every = used.split()
    hand = Month(year, month) if year and month else None
    parts = [_read_month_in_hand(typed, hand) or _read_part(typed, year) for typed in every[:MOST_WORDS]]
    if every[MOST_WORDS:]:
        why = _("一次最多找 {n} 个词，后面的没有用").format(n=MOST_WORDS)
        parts.append(Part(" ".join(every[MOST_WORDS:]), why=why))
    if cut:
        parts.append(Part(cut, why=_("一次最多 {n} 个字，后面的没有用").format(n=MOST_TYPED)))
    return Reading(tuple(parts))


def _read_month_in_hand(typed: str, hand: Month | None) -> Part | None:
    if hand is None or typed not in _SAID_MONTHS:
        return None
    month = hand.plus(_SAID_MONTHS[typed])
    days = month.first_day.isoformat(), month.last_day.isoformat()
    return Part(typed, (Term(typed, days=days),), _or(say_days(*days), _in_words(typed)), typed)


def _read_part(typed: str, year: int) -> Part:
    """The first way to read it that fits. What is read as figures and signs stands in the books as it was typed."""
    word = unicodedata.normalize("NFKC", typed)
    for read in _WAYS:
        if part := read(word, typed, year):
            return part
    return Part(typed, (Term(typed),), text=typed)


def _read_stuck(word: str, typed: str, year: int) -> Part | None:
    """A month and a number without a space: 2026-03记12, 9月记6."""
    plain = plain_date(word)
    found = _STUCK.fullmatch(plain)
    of_year = None if found or not year else _STUCK_OF_YEAR.fullmatch(plain)
    if not found and not of_year:
        return None
    month, rest = (found[1], found[2]) if found else (of_year[1], of_year[2]) if of_year else ("", "")
    days, second = read_days(month, year), _read_part(rest, year)
    if days is None or days.wrong or not any(one.voucher or one.paper is not None for one in second.terms):
        return None
    said = _("{days}，{rest}").format(days=say_days(days.first, days.last), rest=second.said)
    return Part(typed, (Term(days=(days.first, days.last)), *second.terms), said)


def _read_day_or_number(word: str, typed: str, year: int) -> Part | None:
    """9月6号: the day, or the number of a voucher of the month."""
    found = _OF_YEAR.fullmatch(plain_date(word)) if year else None
    month = read_days(f"{found[1]}月", year) if found else None
    if not found or not month or month.wrong:
        return None
    number = int(found[2])
    said = _("{days}，凭证 {n} 号").format(days=say_days(month.first, month.last), n=number)
    day = read_days(f"{found[1]}月{number}日", year) if number < 100 else None
    days = None if day is None or day.wrong else (day.first, day.last)
    terms = Term(days=(month.first, month.last)), Term(number=number, days=days)
    return Part(typed, terms, _or(said, say_days(*days)) if days else said)


def _read_months(word: str, typed: str, year: int) -> Part | None:
    """1-6月, which a summary may say too."""
    found = _MONTHS.fullmatch(plain_date(word))
    first = read_days(f"{found[1]}月", year) if found else None
    if not found or not first or first.wrong:
        return None
    last = read_days(found[2], int(first.first[:4]))
    if not last or last.wrong or last.first < first.first:
        return None
    said = _or(say_days(first.first, last.last), _in_words(typed))
    return Part(typed, (Term(typed, days=(first.first, last.last)),), said, typed)


def _read_condition(word: str, typed: str, year: int) -> Part | None:
    if read := read_bound(word, year):
        return Part(typed, (read[0],), read[1])
    why = why_no_bound(word, year)
    return Part(typed, why=why) if why else None


def _read_account(word: str, typed: str, _year: int) -> Part | None:
    found = _ACCOUNT.fullmatch(word)
    if not found or not (found[1] or found[2]):
        return None
    if not found[2]:
        return Part(typed, why=_("“科目”后面写代码、名称或拼音首字母，如 科目51302、科目办公费、科目bgf"))
    said = _("科目 {account}").format(account=found[2])
    if found[1]:
        return Part(typed, (Term(account=found[2]),), said)
    return Part(typed, (Term(typed, account=found[2]),), _or(said, _in_words(typed)), typed)


def _read_voucher(word: str, typed: str, _year: int) -> Part | None:
    if not (found := _VOUCHER.fullmatch(word)):
        return None
    voucher = (found[1], int(found[2]))
    return Part(typed, (Term(voucher=voucher),), _("字号 {title}").format(title=f"{voucher[0]}-{voucher[1]}"))


def _read_paper(word: str, typed: str, _year: int) -> Part | None:
    if not (found := _PAPER.fullmatch(word)):
        return None
    said = _("报账单 {n} 号").format(n=int(found[1]))
    return Part(typed, (Term(typed, paper=int(found[1])),), _or(said, _in_words(typed)), typed)


def _read_number(word: str, typed: str, _year: int) -> Part | None:
    if not (found := _NUMBER.fullmatch(word)):
        return None
    number = int(found[1] or found[2])
    said = _("凭证或报账单 {n} 号").format(n=number)
    return Part(typed, (Term(typed, number=number),), _or(said, _in_words(typed)), typed)


def _read_day(word: str, typed: str, year: int) -> Part | None:
    days = read_days(word, year)
    if days is None or (not days.wrong and read_yuan(word) is not None):
        return None  # 20260912 is an amount too
    if days.wrong:
        return Part(typed, (Term(typed),), _("{said}（没有这个日期，当文字找）").format(said=_say_text(typed)), typed)
    said = _or(say_days(days.first, days.last), _in_words(typed))
    return Part(typed, (Term(typed, days=(days.first, days.last)),), said, typed)


def _read_state(word: str, typed: str, _year: int) -> Part | None:
    for state, name in STATE_WORDS.items():
        if word in (name, _(name)):
            said = _or(_("状态 {state}").format(state=_(name)), _in_words(typed))
            return Part(typed, (Term(typed, state=state),), said, typed)
    return None


def _read_figure(word: str, typed: str, year: int) -> Part | None:
    """An amount, and everything else that a figure may be."""
    plain = word.strip("¥元块整钱")
    fen = read_amount(word) if word[0].isdigit() or plain != word or read_yuan(plain) is not None else None
    if fen is None:
        if not _FIGURE.fullmatch(word) or word.isdigit():
            return None
        return Part(typed, (Term(typed),), _("{said}（不像金额，当文字找）").format(said=_say_text(typed)), typed)
    low, high = _begins(plain, abs(fen))
    said = [_("金额 {yuan} 元").format(yuan=said_yuan(low))]
    if high > low:
        said = [_("金额 {low} 到 {high} 元").format(low=said_yuan(low), high=said_yuan(high))]
    bare = plain == word and plain.isascii() and plain.isdigit()
    number = int(plain) if bare and len(plain) <= 6 else None
    days = _bare_days(plain, year) if bare else None
    code = plain if bare and _CODE.fullmatch(plain) else ""
    said += [_("凭证或报账单 {n} 号").format(n=number)] if number is not None else []
    said += [say_days(days.first, days.last)] if days else []
    said += [_("科目 {account}").format(account=code)] if code else []
    span = (days.first, days.last) if days else None
    term = Term(typed, (low, high), number=number, days=span, code=code)
    return Part(typed, (term,), _or(*said, _in_words(typed)), typed)


def _bare_days(plain: str, year: int) -> Days | None:
    """2026, or 20260912."""
    if len(plain) == 4:
        return read_days(f"{plain}年", year) if EARLIEST <= int(plain) <= LATEST else None
    days = read_days(plain, year)
    return days if days and EARLIEST <= int(days.first[:4]) <= LATEST else None


def _begins(plain: str, fen: int) -> tuple[int, int]:
    """The amounts that a person may be typing: 1260 becomes 1,260.50."""
    if read_yuan(plain) is None:
        return fen, fen  # 5万
    decimals = len(plain.partition(".")[2])
    return fen, fen + (99, 9, 0)[min(decimals, 2)]


def _read_letters(word: str, typed: str, _year: int) -> Part | None:
    if not _LETTERS.fullmatch(word):
        return None
    said = _("村、往来或科目的拼音首字母 {letters}").format(letters=word.lower())
    return Part(typed, (Term(typed, letters=word.lower()),), _or(said, _in_words(typed)), typed)


def _read_of_days(word: str, typed: str, year: int) -> Part | None:
    """9月电费: what is of September, or says so, and has 电费. A date is not begun with, and the rest is no date."""
    found = _OF_DAYS.fullmatch(word)
    first = _read_day(found[1], found[1], year) if found else None
    if not found or not first or not first.terms[0].days or found[2][0].isdigit():
        return None
    second = _read_part(found[2], 0)
    if not second.terms:
        return None
    said = second.said or _say_text(second.text)
    return Part(typed, (*first.terms, *second.terms), _("；").join((first.said, said)))


_WAYS: tuple[Callable[[str, str, int], Part | None], ...] = (
    _read_stuck, _read_day_or_number, _read_months, _read_condition, _read_account, _read_voucher, _read_paper,
    _read_day, _read_number, _read_state, _read_figure, _read_letters, _read_of_days,
)  # fmt: skip


def _or(*meanings: str) -> str:
    return _("，或").join(meanings)


def _say_text(*texts: str) -> str:
    quoted = _("和").join(_("“{text}”").format(text=_short(one)) for one in texts)
    return _("摘要、名称或单据号有{quoted}").format(quoted=quoted)


def _in_words(text: str) -> str:
    return _("文字里有“{text}”").format(text=_short(text))


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"
