"""`lines.csv` of the three tables: read voucher by voucher, checked as it is read, so that no file is too long."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from villagebooks.core.account import Account
from villagebooks.core.history import HistoryTables
from villagebooks.core.money import LARGEST_FEN
from villagebooks.core.period import Month, month_of, read_day
from villagebooks.core.quantity import read_quantity
from villagebooks.core.voucher import CLOSING, NORMAL, OPENING, POSTED, PRIOR_YEAR, REVERSAL, VOID, WORDS, Line, Voucher
from villagebooks.core.words import _
from villagebooks.formats.table import Faults, TableFile
from villagebooks.formats.voucher.opening import take_over_vouchers
from villagebooks.formats.voucher.tally import (
    BookRead,
    Limit,
    amount_fault,
    read_amount,
    read_title,
    title_of,
    uid_of,
    whole,
)

LINES = "lines.csv"
REQUIRED = ("village", "date", "no", "kind", "line", "summary", "account", "debit", "credit", "party")
OPTIONAL = ("word", "reverses", "attachments", "prepared_by", "project", "contract", "bank", "quantity")
KINDS = {
    "normal": NORMAL, "red": REVERSAL, "closing": CLOSING, "opening": OPENING, "prior": PRIOR_YEAR, "void": NORMAL,
}  # fmt: skip
"""Kinds of the exchange and what they are here; `prior` is our own addition for vouchers that correct earlier years."""
LARGEST_NUMBER = 999_999
LONGEST_HISTORY = 99
"""Years after the opening; a later date is a typing error."""

_Cells = tuple[str, ...]
_Raw = tuple[int, _Cells]
# places of the columns in a row of cells
(VILLAGE, DATE, NO, KIND, LINE, SUMMARY, ACCOUNT, DEBIT, CREDIT, PARTY, WORD, REVERSES, ATTACHMENTS, PREPARED, PROJECT,
 CONTRACT, BANK, QUANTITY) = range(18)  # fmt: skip


class VoucherReader:
    """Reads lines.csv of a folder; `vouchers()` yields what is sound, tells the rest; `finish()` checks the whole."""

    def __init__(
        self, folder: Path, tables: HistoryTables, uids: Mapping[str, str], faults: Faults, notices: Faults
    ) -> None:
        self._table = TableFile(folder / LINES, REQUIRED, OPTIONAL, faults)
        self._tables, self._notices = tables, notices
        self._days: dict[str, date | None] = {}
        self.books: dict[str, BookRead] = {}
        for book in tables.books:
            accounts = tables.accounts_of(book.code)
            leaves = {account.code: account.holds_lines for account in accounts}
            parties = None
            if tables.parties is not None:
                parties = frozenset(party.code for party in tables.parties.get(book.code, ()))
            namespace = uuid.UUID(uids[book.code]).bytes
            self.books[book.code] = BookRead(book.code, namespace, leaves, parties, book.start)
            self.books[book.code].limits = dict(_limits(accounts))

    @property
    def sha256(self) -> str:
        """Hex digest of the file, once it is read to its end."""
        return self._table.sha256

    @property
    def size(self) -> int:
        """Bytes of the file, 0 when it is not there."""
        return self._table.size

    @property
    def bytes_read(self) -> int:
        """How far the file is read, for a progress bar."""
        return self._table.bytes_read

    def vouchers(self) -> Iterator[Voucher]:
        """Sound vouchers, of take-overs first, in the order of the file. `Trouble` when the file cannot be read."""
        for book, take in self._tables.take_overs.items():
            accounts = {one.code: one for one in self._tables.accounts_of(book)}
            yield from take_over_vouchers(take, self.books[book], accounts, self._notices)
        if not self._tables.take_overs or self._table.is_there:
            yield from self._listed()

    def _listed(self) -> Iterator[Voucher]:
        group: list[_Raw] = []
        head: _Cells = ()
        for raw in self._table.rows():
            cells = raw[1]
            if cells[LINE] != "1" and group:
                before = group[-1][1]
                if cells[:4] == head and cells[WORD] == before[WORD]:
                    group.append(raw)
                    continue
                if _key(cells) == _key(before):  # told as two dates or kinds in one voucher
                    group.append(raw)
                    continue
            if group:
                yield from self._voucher(group)
            group, head = [raw], cells[:4]
        if group:
            yield from self._voucher(group)

    def _voucher(self, group: Sequence[_Raw]) -> Iterator[Voucher]:
        at, cells = group[0]
        book = self.books.get(cells[VILLAGE])
        if book is None:
            self._table.tell(at, _("villages.csv 里没有账套 {code}").format(code=cells[VILLAGE][:40]))
            return
        kind = KINDS.get(cells[KIND])
        day, number, word = self._day(cells[DATE]), whole(cells[NO]), cells[WORD] or WORDS[0]
        fault = _head_fault(cells, kind, day, number, word)
        if fault or kind is None or day is None or number is None:
            self._table.tell(at, fault)
            self._lines(book, group, kind or NORMAL)
            return
        sound = self._same_head(group) and self._place_in_time(book, at, kind, day)
        key = (0, "", 0) if kind == OPENING else (day.year * 100 + day.month, word, number)
        sound = self._number(book, at, cells, key) and sound
        lines = self._lines(book, group, kind)
        if book.limits and lines and cells[KIND] != "void":
            sound = self._in_use(book, group, key) and sound
        attachments = whole(cells[ATTACHMENTS]) if cells[ATTACHMENTS] else 0
        if attachments is None:
            self._table.tell(at, _("附单据数“{n}”不是整数").format(n=cells[ATTACHMENTS][:20]))
        reverses = self._reverses(book, at, cells[REVERSES], kind) if cells[REVERSES] else ""
        if not sound or lines is None or attachments is None or reverses is None:
            return
        month = month_of(day + timedelta(days=1)) if kind == OPENING else month_of(day)
        book.vouchers += 1
        book.lines += len(lines)
        yield Voucher(
            uid=uid_of(book.namespace, key), book=book.code, word=word,
            month=Month(month.year, 1) if kind == OPENING else month, number=number, day=day, kind=kind,
            state=VOID if cells[KIND] == "void" else POSTED, rev=1, attachment_count=attachments, lines=lines,
            reverses=reverses, prepared_by=cells[PREPARED],
        )  # fmt: skip

    def _day(self, text: str) -> date | None:
        if text not in self._days:
            self._days[text] = read_day(text)
        return self._days[text]

    def _same_head(self, group: Sequence[_Raw]) -> bool:
        first = group[0][1]
        for at, cells in group:
            if cells[DATE] != first[DATE] or cells[KIND] != first[KIND]:
                self._table.tell(at, _("同一张凭证各行的日期和 kind 要相同"))
                return False
        return True

    def _place_in_time(self, book: BookRead, at: int, kind: str, day: date) -> bool:
        if kind == OPENING:
            if book.opening is not None:
                return True  # told as a number given twice
            book.opening = day
            if (day + timedelta(days=1)).day != 1:
                self._table.tell(
                    at, _("期初凭证的日期应是启用月份的前一天（上月最后一天），这里是 {day}").format(day=day)
                )
                return False
            if book.vouchers and book.earliest[0] <= day.isoformat():
                self._table.tell(book.earliest[1], _("日期 {day} 早于期初").format(day=book.earliest[0]))
                return False
            return True
        text = day.isoformat()
        if text < book.earliest[0]:
            book.earliest = (text, at)
        if text > book.latest[0]:
            book.latest = (text, at)
        start = book.given_start
        if start and day < start.first_day and day != start.plus(-1).last_day:
            self._table.tell(at, _("日期 {day} 早于账套启用月份 {start}").format(day=day, start=start))
            return False
        if book.opening and day <= book.opening:
            self._table.tell(at, _("日期 {day} 不在期初（{opening}）之后").format(day=day, opening=book.opening))
            return False
        if book.opening and text > _latest_day(book.opening.isoformat()):
            self._table.tell(at, _("日期 {day} 在期初之后 99 年以上").format(day=day))
            return False
        return True

    def _number(self, book: BookRead, at: int, cells: _Cells, key: tuple[int, str, int]) -> bool:
        if key not in book.seen:
            book.seen.add(key)
            return True
        title = (
            _("期初凭证")
            if not key[0]
            else _("{month} {word}-{n}").format(month=cells[DATE][:7], word=key[1], n=key[2])
        )
        if whole(cells[LINE]) == 1:
            self._table.tell(at, _("凭证号重复：账套 {book} 已有 {title}").format(book=book.code, title=title))
        else:
            self._table.tell(at, _("账套 {book} 的 {title} 各行没有放在一起").format(book=book.code, title=title))
        return False

    def _in_use(self, book: BookRead, group: Sequence[_Raw], key: tuple[int, str, int]) -> bool:
        sound = True
        for at, cells in group:
            limit = book.limits.get(cells[ACCOUNT])
            if limit and cells[DATE] >= limit.first and (not limit.but or title_of(key) != limit.but):
                sound = self._tell_line(at, limit.text)
        return sound

    def _reverses(self, book: BookRead, at: int, text: str, kind: str) -> str | None:
        """Uid of the voucher that a red one reverses, given as `2026-08-记-7`."""
        key = read_title(text)
        if key is None or kind != REVERSAL:
            self._table.tell(at, _("reverses 只用于红字凭证，写成“2026-08-记-7”"))
            return None
        if key in book.reversed:
            self._table.tell(at, _("{title} 已被第 {line} 行的凭证冲销").format(title=text, line=book.reversed[key]))
            return None
        book.reversed[key] = at
        return uid_of(book.namespace, key)

    def _lines(self, book: BookRead, group: Sequence[_Raw], kind: str) -> tuple[Line, ...] | None:
        lines: list[Line] = []
        sound, negative, position, turnover, difference = True, 0, 0, 0, 0
        leaves, fills = book.leaves, book.filled
        for at, cells in group:
            account, party = cells[ACCOUNT], cells[PARTY]
            left, right, place = cells[DEBIT], cells[CREDIT], cells[LINE]
            # the plain case without a call: 60,000 lines a second come through here
            debit = int(left) if left.isdecimal() and left.isascii() and len(left) < 16 else read_amount(left)
            credit = int(right) if right.isdecimal() and right.isascii() and len(right) < 16 else read_amount(right)
            number = int(place) if place.isdecimal() and place.isascii() and len(place) < 10 else 0
            if number <= position:
                sound = self._tell_line(at, _("line 应从 1 起逐行加大，这里是“{n}”").format(n=cells[LINE][:20]))
            position = number
            if not leaves.get(account) or (party and book.parties is not None and party not in book.parties):
                sound = self._tell_line(at, _place_fault(book, cells))
            if debit is None or credit is None:
                text = amount_fault(cells[DEBIT] if debit is None else cells[CREDIT])
                sound = self._tell_line(at, text)
                continue
            amount = debit or credit
            if not amount or (debit and credit) or (amount > 0 and kind == REVERSAL):
                sound = self._tell_line(at, _sides_fault(debit, credit, kind))
            elif amount < 0 and kind != REVERSAL:
                negative = negative or at
            fill = fills.get(account)
            if fill is None:
                fill = fills[account] = [0, 0, 0, 0, 0]
            fill[0] += 1
            if party:
                fill[1] += 1
                book.used_parties.add(party)
            project, contract, bank, counted = cells[PROJECT:]
            quantity = self._quantity(at, counted, amount) if counted else 0
            sound = sound and quantity is not None
            if project or contract or bank:
                fill[2] += bool(project)
                fill[3] += bool(contract)
                fill[4] += bool(bank)
            turnover += amount if amount > 0 else -amount
            difference += debit - credit
            lines.append(Line(cells[SUMMARY], account, debit, credit, party, project, contract, bank, quantity or 0))
        book.turnover += turnover
        if difference and len(lines) == len(group):
            sound = self._tell_line(group[0][0], _difference_text(group[0][1], difference))
        if sound and negative:
            self._notices.add(_("不是红字凭证，却有负数金额"), LINES, negative)
        return tuple(lines) if sound else None

    def _quantity(self, at: int, text: str, amount: int) -> int | None:
        milli = read_quantity(text)
        if milli is None or milli * amount < 0:
            self._tell_line(at, _quantity_fault(text, milli))
            return None
        return milli

    def _tell_line(self, at: int, text: str) -> bool:
        """Tell a problem of a line; always False, what the line then is."""
        self._table.tell(at, text)
        return False

    def finish(self) -> None:
        """Tell what only the whole file shows: dates far apart, reversals of nothing; notices for gaps."""
        for book in self.books.values():
            if book.opening is None and book.latest[0] > _latest_day(book.earliest[0]):
                self._table.tell(book.latest[1], _("日期 {day} 在第一张凭证之后 99 年以上").format(day=book.latest[0]))
            for key, at in book.reversed.items():
                if key not in book.seen:
                    self._table.tell(at, _("要冲销的凭证 {title} 不在本账套里").format(title=title_of(key)))
            if book.turnover > LARGEST_FEN:
                self._table.tell(0, _("账套 {code} 的金额合计太大，单位可能不是分").format(code=book.code))
            if book.start_fault:
                self._table.tell(0, book.start_fault)
            if not book.vouchers:
                self._notices.add(_("账套 {code} 没有凭证").format(code=book.code), LINES)
            self._tell_gaps(book)

    def _tell_gaps(self, book: BookRead) -> None:
        numbers: dict[tuple[int, str], list[int]] = {}
        for month, word, number in book.seen:
            if month:
                numbers.setdefault((month, word), []).append(number)
        for (month, word), given in sorted(numbers.items()):
            if max(given) != len(given):
                missing = sorted(set(range(1, max(given))) - set(given))
                shown = "、".join(map(str, missing[:5])) + ("…" if len(missing) > 5 else "")
                text = _("账套 {book} {year}-{month:02d} {word}字凭证缺号 {missing}")
                self._notices.add(
                    text.format(book=book.code, year=month // 100, month=month % 100, word=word, missing=shown), LINES
                )


def _limits(accounts: Iterable[Account]) -> Iterator[tuple[str, Limit]]:
    for one in accounts:
        if one.stopped_on:
            text = _("科目 {code} {name} 已从 {day} 起停用").format(code=one.code, name=one.name, day=one.stopped_on)
            yield one.code, Limit(one.stopped_on, "", text)
        elif one.split_on:
            text = _("科目 {code} {name} 已于 {day} 拆分，要记到下级")
            day = date.fromisoformat(one.split_on) + timedelta(days=1)
            text = text.format(code=one.code, name=one.name, day=one.split_on)
            yield one.code, Limit(day.isoformat(), one.split_by, text)


def _key(cells: _Cells) -> tuple[str, str, str, str]:
    return (cells[VILLAGE], cells[NO], cells[DATE][:7], cells[WORD])


def _latest_day(first: str) -> str:
    return f"{int(first[:4]) + LONGEST_HISTORY:04d}{first[4:]}"


def _head_fault(cells: _Cells, kind: str | None, day: date | None, number: int | None, word: str) -> str:
    if kind is None:
        return _("没有这种凭证：kind“{kind}”").format(kind=cells[KIND][:20])
    if day is None or day.year < 1900:
        return _("没有 {day} 这一天").format(day=cells[DATE][:20] or _("（空）"))
    if number is None or number > LARGEST_NUMBER:
        return _("凭证号“{n}”不是整数").format(n=cells[NO][:20])
    if (number == 0) != (kind == OPENING):
        return _("期初凭证的号是 0，其他凭证从 1 起，这里是 {n}").format(n=number)
    if word not in WORDS:
        return _("没有凭证字“{word}”").format(word=word[:20])
    return ""


def _difference_text(cells: _Cells, difference: int) -> str:
    side = _("借方多") if difference > 0 else _("贷方多")
    yuan = f"{abs(difference) // 100}.{abs(difference) % 100:02d}"
    text = _("凭证借贷不平：账套 {book} {month} 第 {n} 号，{side} {yuan} 元")
    return text.format(book=cells[VILLAGE], month=cells[DATE][:7], n=cells[NO], side=side, yuan=yuan)


def _place_fault(book: BookRead, cells: _Cells) -> str:
    leaf = book.leaves.get(cells[ACCOUNT])
    if leaf is None:
        return _("没有科目 {code}").format(code=cells[ACCOUNT][:20] or _("（空）"))
    if not leaf:
        return _("科目 {code} 有下级，要记到末级").format(code=cells[ACCOUNT])
    if book.parties is not None and cells[PARTY] and cells[PARTY] not in book.parties:
        return _("parties.csv 里没有 {code}").format(code=cells[PARTY][:40])
    return ""


def _sides_fault(debit: int, credit: int, kind: str) -> str:
    if debit and credit:
        return _("借方和贷方只能填一边")
    if not debit and not credit:
        return _("没有金额")
    if kind == REVERSAL and debit + credit > 0:
        return _("红字凭证的金额应是负数")
    return ""


def _quantity_fault(text: str, milli: int | None) -> str:
    if milli is None:
        return _("数量“{text}”不是数，最多三位小数").format(text=text[:30])
    return _("数量和金额的正负要一致")
