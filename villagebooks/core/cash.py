"""Counting the cash (现金盘点): pieces, what should be there, what is missing or too much; a signed sheet a month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from villagebooks.core.account import CASH, CURRENT, Account
from villagebooks.core.money import FEN_PER_YUAN, said_yuan
from villagebooks.core.period import Month, month_of
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import Draft, Line
from villagebooks.core.words import _

FACES = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)
"""Notes and coins in use, fen: 100 yuan to 1 jiao."""

PENDING = "181"
"""待处理财产损溢: where a shortage waits until it is cleared up."""


@dataclass(frozen=True, slots=True)
class CashCount:
    """A count of one cash account for a month, fen. `pieces` are (face, how many).

    `book_fen` is the books' balance at the end of `day`; `unbooked_in_fen` and `unbooked_out_fen` are receipts and
    paid papers that lie with the cash and are not booked yet. `holder` keeps the cash, `watched_by` signed.
    """

    uid: str
    account: str
    month: Month
    day: date
    pieces: tuple[tuple[int, int], ...]
    counted_fen: int
    book_fen: int
    unbooked_in_fen: int = 0
    unbooked_out_fen: int = 0
    holder: str = ""
    counted_by: str = ""
    watched_by: str = ""
    reason: str = ""
    at: str = ""

    @property
    def expected_fen(self) -> int:
        """What should be there: the books' balance, receipts not booked added, papers not booked taken off."""
        return self.book_fen + self.unbooked_in_fen - self.unbooked_out_fen

    @property
    def difference_fen(self) -> int:
        """Counted minus expected: negative for a shortage."""
        return self.counted_fen - self.expected_fen

    def left_fen(self, book_fen: int) -> int:
        """What still differs by the books of now: papers that lay with the cash may have been booked since."""
        since = book_fen - self.book_fen
        still_in = max(self.unbooked_in_fen - max(since, 0), 0)
        still_out = max(self.unbooked_out_fen - max(-since, 0), 0)
        return self.counted_fen - (book_fen + still_in - still_out)

    @property
    def verdict(self) -> str:
        """账实相符, 短款 or 长款 with the amount."""
        if not self.difference_fen:
            return _("账实相符")
        word = _("短款 {yuan} 元") if self.difference_fen < 0 else _("长款 {yuan} 元")
        return word.format(yuan=said_yuan(abs(self.difference_fen)))


def pieces_fen(pieces: tuple[tuple[int, int], ...]) -> int:
    """What notes and coins come to."""
    return sum(face * number for face, number in pieces)


def pieces_text(pieces: tuple[tuple[int, int], ...]) -> str:
    """How they are kept: `10000:3 100:4`."""
    return " ".join(f"{face}:{number}" for face, number in pieces if number)


def read_pieces(text: str) -> tuple[tuple[int, int], ...]:
    """What was kept; ValueError for text that was changed behind the program."""
    return tuple((int(face), int(number)) for face, number in (part.split(":") for part in text.split()))


def check_count(count: CashCount) -> list[Problem]:
    """Whether the sheet may be signed: pieces that come to the sum, who holds the cash, a reason for a difference."""
    problems = []

    def add(text: str, field: str) -> None:
        problems.append(Problem(text, field=field))

    if not count.account.startswith(CASH):
        add(_("只盘点库存现金科目"), "account")
    if any(number < 0 for _face, number in count.pieces):
        add(_("张数不能是负数"), "pieces")
    if count.pieces and pieces_fen(count.pieces) != count.counted_fen:
        text = _("各种面额合计 {sum} 元，实点写的是 {counted} 元")
        add(text.format(sum=said_yuan(pieces_fen(count.pieces)), counted=said_yuan(count.counted_fen)), "counted_fen")
    if min(count.counted_fen, count.unbooked_in_fen, count.unbooked_out_fen) < 0:
        add(_("金额不能是负数"), "counted_fen")
    if not count.holder:
        add(_("请写谁保管现金"), "holder")
    if month_of(count.day) < count.month:
        add(_("盘点日期在 {month} 以前，请选对月份").format(month=count.month), "day")
    if count.difference_fen and not count.reason.strip():
        add(_("{verdict}：请写明原因，或写“待查”").format(verdict=count.verdict), "reason")
    return problems


def difference_draft(count: CashCount, left_fen: int, accounts: dict[str, Account]) -> Draft | None:
    """The voucher for what is missing (or too much): 181, else 113 of whoever holds the cash.

    `left_fen` is counted minus expected as the books stand now; None when nothing is left.
    """
    if not left_fen:
        return None
    leaf = next((code for code, one in accounts.items() if code.startswith(PENDING) and one.leaf), "")
    party = "" if leaf else count.holder
    other = leaf or next((code for code, one in accounts.items() if code.startswith(CURRENT) and one.leaf), "")
    short = max(-left_fen, 0)
    much = max(left_fen, 0)
    words = _("{day} 盘点现金短款") if short else _("{day} 盘点现金长款")
    words = words.format(day=count.day)
    lines = (Line(words, other, short, much, party), Line(words, count.account, much, short))
    return Draft(count.day, lines if short else lines[::-1], attachment_count=1)


def count_body(count: CashCount, book_uid: str) -> object:
    """What is signed, as plain data for canonical JSON."""
    return {
        "v": 1, "act": "count", "book": book_uid, "uid": count.uid, "account": count.account,
        "period": str(count.month), "day": count.day.isoformat(), "pieces": [list(one) for one in count.pieces],
        "counted_fen": count.counted_fen, "book_fen": count.book_fen, "unbooked_in_fen": count.unbooked_in_fen,
        "unbooked_out_fen": count.unbooked_out_fen, "holder": count.holder, "counted_by": count.counted_by,
        "watched_by": count.watched_by, "reason": count.reason,
    }  # fmt: skip


def face_words() -> Iterator[tuple[int, str]]:
    """Every face with its name: 100元, 5角."""
    for face in FACES:
        yield (
            face,
            _("{n}元").format(n=face // FEN_PER_YUAN) if face >= FEN_PER_YUAN else _("{n}角").format(n=face // 10),
        )
