"""`lines.csv` of the three tables: read voucher by voucher, checked as it is read, so that no file is too long."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, groupby
from pathlib import Path

from villagebooks.core.history import HistoryTables, VoucherColumns, columns_of
from villagebooks.core.money import LARGEST_FEN
from villagebooks.core.period import Month, month_of, read_day
from villagebooks.core.quantity import read_quantity
from villagebooks.core.voucher import NORMAL, OPENING, POSTED, REVERSAL, VOID, WORDS, Line, Voucher
from villagebooks.core.words import _
from villagebooks.formats.table import Faults, PlainPiece, RowPiece, TableFile
from villagebooks.formats.voucher.column import Calendar, Doubt, read_columns
from villagebooks.formats.voucher.fault import (
    difference_text,
    head_fault,
    limits_of,
    place_fault,
    quantity_fault,
    sides_fault,
)
from villagebooks.formats.voucher.opening import take_over_vouchers
from villagebooks.formats.voucher.tally import (
    FIRST,
    KINDS,
    BookRead,
    Cells,
    Place,
    amount_fault,
    latest_day,
    read_amount,
    read_title,
    title_of,
    uid_of,
    whole,
)

LINES = "lines.csv"
REQUIRED = ("village", "date", "no", "kind", "line", "summary", "account", "debit", "credit", "party")
OPTIONAL = ("word", "reverses", "attachments", "prepared_by", "project", "contract", "bank", "quantity", "corrects")
FEWEST = 40
"""Rows that are worth looking at as columns; fewer are read voucher by voucher."""
MOST = 5000
"""Vouchers read one by one that go on together, and rows that wait for the end of a voucher."""

_Raw = tuple[int, Cells]
# places of the columns in a row of cells
(VILLAGE, DATE, NO, KIND, LINE, SUMMARY, ACCOUNT, DEBIT, CREDIT, PARTY, WORD, REVERSES, ATTACHMENTS, PREPARED, PROJECT,
 CONTRACT, BANK, QUANTITY, CORRECTS) = (place.value for place in Place)  # fmt: skip


class VoucherReader:
    """Reads lines.csv of a folder; `batches()` yields what is sound, tells the rest; `finish()` checks the whole.

    Rows are looked at many at a time, column by column; where anything is not plainly sound they are read again one
    voucher after the other, and every fault is told with its line.
    """

    def __init__(
        self,
        folder: Path,
        tables: HistoryTables,
        uids: Mapping[str, str],
        faults: Faults,
        notices: Faults,
        fewest: int = FEWEST,
    ) -> None:
        self._fewest = fewest
        self._table = TableFile(folder / LINES, REQUIRED, OPTIONAL, faults)
        self._tables, self._notices = tables, notices
        self._days: dict[str, date | None] = {}
        self._calendar = Calendar()
        self.books: dict[str, BookRead] = {}
        for book in tables.books:
            accounts = tables.accounts_of(book.code)
            leaves = {account.code: account.holds_lines for account in accounts}
            parties = None
            if tables.parties is not None:
                parties = frozenset(party.code for party in tables.parties.get(book.code, ()))
            namespace = uuid.UUID(uids[book.code]).bytes
            self.books[book.code] = BookRead(book.code, namespace, leaves, parties, book.start)
            self.books[book.code].limits = dict(limits_of(accounts))

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

    def batches(self) -> Iterator[VoucherColumns]:
        """Sound vouchers, of take-overs first, in the order of the file. `Trouble` when the file cannot be read."""
        for book, take in self._tables.take_overs.items():
            accounts = {one.code: one for one in self._tables.accounts_of(book)}
            yield columns_of(list(take_over_vouchers(take, self.books[book], accounts, self._notices)))
        if not self._tables.take_overs or self._table.is_there:
            yield from self._listed()

    def _listed(self) -> Iterator[VoucherColumns]:
        """The last voucher of a piece waits for rows to come, in `rest` as it stands or in `waiting` as read."""
        waiting: list[_Raw] = []
        rest: PlainPiece | None = None
        for piece in self._table.pieces():
            if isinstance(piece, PlainPiece) and (not waiting or piece.cell(0, LINE) == FIRST):
                yield from self._one_by_one(waiting, None)
                joined, waiting = rest.and_then(piece) if rest else piece, []
                end = _last_start(joined)
                rest = joined.part(end)
                yield from self._plain(joined.part(0, end))
                if len(rest.found) <= MOST:
                    continue
                piece = RowPiece(iter(()))
            before, waiting, rest = chain(rest.rows() if rest else (), waiting), [], None
            yield from self._one_by_one(chain(before, piece.rows()), waiting)
        yield from self._one_by_one(chain(rest.rows() if rest else (), waiting), None)

    def _plain(self, piece: PlainPiece) -> Iterator[VoucherColumns]:
        """Rows that begin and end with whole vouchers, a book after the other."""
        start = 0
        for code, rows in groupby(piece.column(VILLAGE)):
            part = piece.part(start, start + len(list(rows)))
            start += len(part.found)
            yield from self._part(code, part)

    def _part(self, code: str, part: PlainPiece) -> Iterator[VoucherColumns]:
        book = self.books.get(code)
        while part.found and part.cell(0, KIND) == "opening":
            rows = range(1, len(part.found))
            end = next((at for at in rows if part.cell(at, LINE) == FIRST), len(part.found))
            yield from self._one_by_one(part.part(0, end).rows(), None)
            part = part.part(end)
        if book and len(part.found) >= self._fewest:
            try:
                yield read_columns(book, part.columns(), part.line, self._calendar)
                return
            except Doubt:
                pass
        yield from self._one_by_one(part.rows(), None)

    def _one_by_one(self, raws: Iterable[_Raw], waiting: list[_Raw] | None) -> Iterator[VoucherColumns]:
        """Voucher by voucher; the last one waits in `waiting` for rows to come, if there may be any."""
        vouchers: list[Voucher] = []
        for group in self._groups(raws, waiting):
            for voucher in self._voucher(group):
                if vouchers and (voucher.book != vouchers[0].book or len(vouchers) == MOST):
                    yield columns_of(vouchers)
                    vouchers = []
                vouchers.append(voucher)
        if vouchers:
            yield columns_of(vouchers)

    def _groups(self, raws: Iterable[_Raw], waiting: list[_Raw] | None) -> Iterator[list[_Raw]]:
        """The rows of each voucher."""
        group: list[_Raw] = []
        head: Cells = ()
        for raw in raws:
            cells = raw[1]
            if cells[LINE] != FIRST and group:
                before = group[-1][1]
                if cells[:4] == head and cells[WORD] == before[WORD]:
                    group.append(raw)
                    continue
                if _key(cells) == _key(before):  # told as two dates or kinds in one voucher
                    group.append(raw)
                    continue
            if group:
                yield group
            group, head = [raw], cells[:4]
        if waiting is not None:
            waiting += group
        elif group:
            yield group

    def _voucher(self, group: Sequence[_Raw]) -> Iterator[Voucher]:
        at, cells = group[0]
        book = self.books.get(cells[VILLAGE])
        if book is None:
            self._table.tell(at, _("villages.csv 里没有账套 {code}").format(code=cells[VILLAGE][:40]))
            return
        kind = KINDS.get(cells[KIND])
        day, number, word = self._day(cells[DATE]), whole(cells[NO]), cells[WORD] or WORDS[0]
        fault = head_fault(cells, kind, day, number, word)
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
        corrects = self._corrects(book, at, cells[CORRECTS], kind) if cells[CORRECTS] else ""
        if not sound or lines is None or attachments is None or reverses is None or corrects is None:
            return
        month = month_of(day + timedelta(days=1)) if kind == OPENING else month_of(day)
        book.vouchers += 1
        book.lines += len(lines)
        yield Voucher(
            uid=uid_of(book.namespace, key), book=book.code, word=word,
            month=Month(month.year, 1) if kind == OPENING else month, number=number, day=day, kind=kind,
            state=VOID if cells[KIND] == "void" else POSTED, rev=1, attachment_count=attachments, lines=lines,
            reverses=reverses, prepared_by=cells[PREPARED], corrects=corrects,
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
        book.note_day(day.isoformat(), at)
        fault = book.time_fault(day)
        if fault:
            self._table.tell(at, fault)
        return not fault

    def _number(self, book: BookRead, at: int, cells: Cells, key: tuple[int, str, int]) -> bool:
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

    def _corrects(self, book: BookRead, at: int, text: str, kind: str) -> str | None:
        """Uid of the voucher that this one puts right, given as `2026-08-记-7`."""
        key = read_title(text)
        if key is None or kind in (REVERSAL, OPENING):
            self._table.tell(at, _("corrects 写更正哪张凭证，如“2026-08-记-7”；红字凭证写在 reverses"))
            return None
        book.corrected.setdefault(key, at)
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
                sound = self._tell_line(at, place_fault(book, cells))
            if debit is None or credit is None:
                text = amount_fault(cells[DEBIT] if debit is None else cells[CREDIT])
                sound = self._tell_line(at, text)
                continue
            amount = debit or credit
            if not amount or (debit and credit) or (amount > 0 and kind == REVERSAL):
                sound = self._tell_line(at, sides_fault(debit, credit, kind))
            elif amount < 0 and kind != REVERSAL:
                negative = negative or at
            fill = fills.get(account)
            if fill is None:
                fill = fills[account] = [0, 0, 0, 0, 0]
            fill[0] += 1
            if party:
                fill[1] += 1
                book.used_parties.add(party)
            project, contract, bank, counted = cells[PROJECT:CORRECTS]
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
            sound = self._tell_line(group[0][0], difference_text(group[0][1], difference))
        if sound and negative and not group[0][1][CORRECTS]:
            self._notices.add(_("不是红字凭证，却有负数金额"), LINES, negative)
        return tuple(lines) if sound else None

    def _quantity(self, at: int, text: str, amount: int) -> int | None:
        milli = read_quantity(text)
        if milli is None or milli * amount < 0:
            self._tell_line(at, quantity_fault(text, milli))
            return None
        return milli

    def _tell_line(self, at: int, text: str) -> bool:
        """Tell a problem of a line; always False, what the line then is."""
        self._table.tell(at, text)
        return False

    def finish(self) -> None:
        """Tell what only the whole file shows: dates far apart, reversals of nothing; notices for gaps."""
        for book in self.books.values():
            if book.opening is None and book.latest[0] > latest_day(book.earliest[0]):
                self._table.tell(book.latest[1], _("日期 {day} 在第一张凭证之后 99 年以上").format(day=book.latest[0]))
            for named, text in ((book.reversed, _("要冲销的凭证 {title} 不在本账套里")),
                                (book.corrected, _("要更正的凭证 {title} 不在本账套里"))):  # fmt: skip
                for key in named.keys() - book.seen:
                    self._table.tell(named[key], text.format(title=title_of(key)))
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
                shown = _("、").join(map(str, missing[:5])) + ("…" if len(missing) > 5 else "")
                text = _("账套 {book} {year}-{month:02d} {word}字凭证缺号 {missing}")
                text = text.format(book=book.code, year=month // 100, month=month % 100, word=word, missing=shown)
                self._notices.add(text, LINES)


def _last_start(piece: PlainPiece) -> int:
    """The place of the last row that begins a voucher."""
    return next((at for at in range(len(piece.found) - 1, 0, -1) if piece.cell(at, LINE) == FIRST), 0)


def _key(cells: Cells) -> tuple[str, str, str, str]:
    return (cells[VILLAGE], cells[NO], cells[DATE][:7], cells[WORD])
