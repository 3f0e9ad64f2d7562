"""Many vouchers of one book looked at at once, column by column; what is not plainly sound is left to others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, compress, repeat
from operator import add, gt, mul, ne, sub

from villagebooks.core.history import VoucherColumns
from villagebooks.core.money import LARGEST_FEN
from villagebooks.core.period import read_day
from villagebooks.core.quantity import read_quantity
from villagebooks.core.voucher import POSTED, REVERSAL, VOID, WORDS
from villagebooks.formats.voucher.tally import (
    FIRST,
    KINDS,
    LARGEST_NUMBER,
    BookRead,
    Key,
    Place,
    read_title,
    uid_of,
    uids_of,
    whole,
)

Columns = Sequence[Sequence[str] | None]
"""Cells of the rows in the order of `Place`, None for a column that is not in the file."""

_LONGEST_AMOUNT, _LONGEST_PLACE = 16, 9


class Doubt(Exception):  # noqa: N818  (no error: somebody has to look closer)
    """Something that may be a fault or a notice: these rows have to be read one voucher after the other."""


@dataclass(frozen=True, slots=True)
class _Heads:
    """What stands once a voucher; `first` are the places of their first lines."""

    first: list[int]
    days: list[str]
    keys: list[Key]
    kinds: list[str]
    attachments: list[int]
    reverses: dict[int, Key]
    prepared: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Lines:
    """What stands in every line, as numbers where it is one."""

    debits: list[int]
    credits: list[int]
    amounts: list[int]
    quantities: Sequence[int]


class Calendar(dict[str, int]):
    """Year × 100 + month of days as they are written; Doubt for what is no day of a book."""

    def __missing__(self, text: str) -> int:
        day = read_day(text)
        if day is None or day.year < 1900:
            raise Doubt
        self[text] = month = day.year * 100 + day.month
        return month


def read_columns(book: BookRead, columns: Columns, line: int, calendar: Calendar) -> VoucherColumns:
    """The vouchers of these rows, all of one book and none an opening, `line` the first one's number in the file.

    Doubt when any of them is not plainly sound; then nothing was noted in `book`.
    """
    if any(columns[Place.CORRECTS] or ()):
        raise Doubt  # few vouchers put another one right: they are read one after the other
    heads = _heads(book, columns, calendar)
    lines = _amounts(columns, heads)
    _check_places(book, columns, max(heads.days))
    _note(book, columns, heads, lines, line)
    ends = [*heads.first[1:], len(lines.amounts)]
    empty = [""] * len(lines.amounts)
    states = [VOID if kind == "void" else POSTED for kind in heads.kinds]
    reverses = {at: uid_of(book.namespace, key) for at, key in heads.reverses.items()}
    return VoucherColumns(
        book.code,
        uids_of(book.namespace, heads.keys),
        [key[0] // 100 for key in heads.keys],
        [key[0] % 100 for key in heads.keys],
        [key[1] for key in heads.keys],
        [key[2] for key in heads.keys],
        heads.days,
        [KINDS[kind] for kind in heads.kinds],
        states,
        heads.attachments,
        [reverses.get(at, "") for at in range(len(heads.first))] if reverses else [""] * len(heads.first),
        heads.prepared,
        list(map(sub, ends, heads.first)),
        _given(columns, Place.SUMMARY),
        _given(columns, Place.ACCOUNT),
        lines.debits,
        lines.credits,
        columns[Place.PARTY] or empty,
        columns[Place.PROJECT] or empty,
        columns[Place.CONTRACT] or empty,
        columns[Place.BANK] or empty,
        lines.quantities,
    )


def _given(columns: Columns, place: Place) -> Sequence[str]:
    """A required column."""
    column = columns[place]
    if column is None:
        raise Doubt
    return column


def _starts(columns: Columns) -> list[int]:
    """Where vouchers begin: at line 1, and the lines behind it rise and repeat its head."""
    places = _given(columns, Place.LINE)
    numbers = _whole_numbers(places, _LONGEST_PLACE)
    starts = [at for at, place in enumerate(places) if place == FIRST]
    rising = list(map(gt, numbers[1:], numbers))
    if not starts or starts[0] or min(numbers) < 1 or rising.count(False) != len(starts) - 1:
        raise Doubt
    kept = (columns[place] for place in (Place.DATE, Place.NO, Place.KIND, Place.WORD))
    heads = list(zip(*(column for column in kept if column), strict=True))
    changes = compress(range(1, len(heads)), map(ne, heads[1:], heads))
    if any(places[at] != FIRST for at in changes):
        raise Doubt
    return starts


def _whole_numbers(texts: Sequence[str], longest: int) -> list[int]:
    """Plain whole numbers, each with a sign or without, as long as `longest` digits."""
    digits = "".join(texts).replace("-", "")
    if not (digits.isdecimal() and digits.isascii()) or max(map(len, texts)) > longest:
        raise Doubt
    try:
        return list(map(int, texts))
    except ValueError as error:
        raise Doubt from error


def _heads(book: BookRead, columns: Columns, calendar: Calendar) -> _Heads:
    first = _starts(columns)

    def of_vouchers(place: Place) -> list[str]:
        column = columns[place]
        return [column[at] for at in first] if column else [""] * len(first)

    days, kinds = of_vouchers(Place.DATE), of_vouchers(Place.KIND)
    if not set(kinds) <= _PLAIN_KINDS:
        raise Doubt
    months = list(map(calendar.__getitem__, days))
    _check_time(book, date.fromisoformat(min(days)), date.fromisoformat(max(days)))
    numbers = _whole_numbers(of_vouchers(Place.NO), _LONGEST_PLACE)
    words = [word or WORDS[0] for word in of_vouchers(Place.WORD)]
    if min(numbers) < 1 or max(numbers) > LARGEST_NUMBER or not set(words) <= _WORDS:
        raise Doubt
    keys = list(zip(months, words, numbers, strict=True))
    fresh = set(keys)
    if len(fresh) != len(keys) or not fresh.isdisjoint(book.seen):
        raise Doubt
    attachments = _attachments(of_vouchers(Place.ATTACHMENTS))
    reverses = _reverses(book, of_vouchers(Place.REVERSES), kinds)
    return _Heads(first, days, keys, kinds, attachments, reverses, of_vouchers(Place.PREPARED))


_PLAIN_KINDS = frozenset(KINDS) - {"opening"}
_WORDS = frozenset(WORDS)


def _check_time(book: BookRead, first: date, last: date) -> None:
    """Between these days nothing is too early or too late; what is before a given start is turnovers taken over."""
    early = book.given_start and first < book.given_start.first_day
    if early or book.time_fault(first) or book.time_fault(last):
        raise Doubt


def _attachments(texts: Sequence[str]) -> list[int]:
    known = {text: whole(text) if text else 0 for text in set(texts)}
    counts = [known[text] for text in texts]
    if None in known.values():
        raise Doubt
    return [count or 0 for count in counts]


def _reverses(book: BookRead, titles: Sequence[str], kinds: Sequence[str]) -> dict[int, Key]:
    """By the voucher's place here, what it reverses; each at most once."""
    found: dict[int, Key] = {}
    for at in compress(range(len(titles)), titles):
        key = read_title(titles[at])
        if key is None or KINDS[kinds[at]] != REVERSAL or key in book.reversed:
            raise Doubt
        found[at] = key
    if len(set(found.values())) != len(found):
        raise Doubt
    return found


def _amounts(columns: Columns, heads: _Heads) -> _Lines:
    """One amount a line, negative in red vouchers and only there, and as much debit as credit in every voucher."""
    debits = _fen(_given(columns, Place.DEBIT))
    opposite = _fen(_given(columns, Place.CREDIT))
    amounts = list(map(add, debits, opposite))
    if debits.count(0) + opposite.count(0) != len(amounts) or not all(amounts):
        raise Doubt
    if "red" in heads.kinds or min(amounts) < 0:
        red = [kind == "red" for kind in _given(columns, Place.KIND)]
        if red != [amount < 0 for amount in amounts]:
            raise Doubt
    sums = list(accumulate(map(sub, debits, opposite)))
    if sums[-1] or any(sums[at - 1] for at in heads.first[1:]):
        raise Doubt
    return _Lines(debits, opposite, amounts, _quantities(columns[Place.QUANTITY], amounts))


def _fen(texts: Sequence[str]) -> list[int]:
    """Amounts; an empty cell is zero."""
    numbers = _whole_numbers([text or "0" for text in texts] if "" in texts else texts, _LONGEST_AMOUNT)
    if max(numbers) > LARGEST_FEN or min(numbers) < -LARGEST_FEN:
        raise Doubt
    return numbers


def _quantities(texts: Sequence[str] | None, amounts: Sequence[int]) -> Sequence[int]:
    if texts is None or not any(texts):
        return [0] * len(amounts)
    known = {text: read_quantity(text) if text else 0 for text in set(texts)}
    if None in known.values():
        raise Doubt
    quantities = [known[text] or 0 for text in texts]
    if min(map(mul, quantities, amounts)) < 0:
        raise Doubt
    return quantities


def _check_places(book: BookRead, columns: Columns, last: str) -> None:
    """Every account takes lines, up to the last day, and every party is listed."""
    accounts = set(_given(columns, Place.ACCOUNT))
    if not all(map(book.leaves.get, accounts)):
        raise Doubt
    if any(last >= book.limits[account].first for account in accounts & book.limits.keys()):
        raise Doubt
    if book.parties is not None and not set(_given(columns, Place.PARTY)) <= {*book.parties, ""}:
        raise Doubt


def _note(book: BookRead, columns: Columns, heads: _Heads, lines: _Lines, line: int) -> None:
    """Everything is sound: count it into what was read of the book."""
    book.seen.update(heads.keys)
    book.vouchers += len(heads.first)
    book.lines += len(lines.amounts)
    book.turnover += sum(map(abs, lines.amounts))
    book.used_parties.update(filter(None, _given(columns, Place.PARTY)))
    for day in (min(heads.days), max(heads.days)):
        book.note_day(day, line + heads.first[heads.days.index(day)])
    for at, key in heads.reverses.items():
        book.reversed[key] = line + heads.first[at]
    accounts = _given(columns, Place.ACCOUNT)
    filled: Iterable[tuple[int, Iterable[str] | None]] = enumerate(
        (repeat("1", len(accounts)), *(columns[at] for at in (Place.PARTY, Place.PROJECT, Place.CONTRACT, Place.BANK)))
    )
    for place, column in filled:
        for account, count in Counter(compress(accounts, column or ())).items():
            book.filled.setdefault(account, [0, 0, 0, 0, 0])[place] += count
