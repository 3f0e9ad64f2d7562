"""变动岗位: what an officer hands to the next one, gathered from the books, counted, signed by three.

Source: 会计基础工作规范 art. 25–36 (no one leaves without handing over; the list in three copies; the superior
watches), RULES §6 (cash, advance, blank receipts, open papers, seals, registers); the cases' list of
a reporter's hand-over.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.account import Account
from villagebooks.core.approval import AGENT, APPROVE, ARCHIVIST, CASHIER, Approval
from villagebooks.core.opening import (
    BANK_FOUND,
    CASH_FOUND,
    HandItem,
    HandOver,
    build_shortages,
    check_item,
    check_three,
)
from villagebooks.core.person import Officer
from villagebooks.core.post.term import REPORTER, check_term_end, duty_word
from villagebooks.core.problem import Problem
from villagebooks.core.receipt import IssuedBook, next_number
from villagebooks.core.voucher import Line
from villagebooks.core.words import _

OPEN, DONE, DROPPED = "open", "done", "dropped"
GIVER, RECEIVER, WATCHER = "giver", "receiver", "watcher"
STEPS = (GIVER, RECEIVER, WATCHER)
"""Who signs; the words are in `step_words`."""


@dataclass(frozen=True, slots=True)
class PostChange:
    """One post going from one person to another. `book` is the code of the book whose chain keeps the record, `village`
    empty for the centre; `old` and `new` are uids of the terms that end and begin, `new` empty until it is done."""

    uid: str
    book: str
    village: str
    duty: str
    old: str
    hand: HandOver
    state: str = OPEN
    new: str = ""
    done_at: str = ""

    @property
    def people(self) -> dict[str, str]:
        """Who signs which step."""
        return {GIVER: self.hand.giver, RECEIVER: self.hand.receiver, WATCHER: self.hand.watcher}


@dataclass(frozen=True, slots=True)
class OpenPiece:
    """A paper or voucher that is not finished: its number, what it is about, in which state, fen."""

    number: str
    words: str
    state: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What the program knows of one book on the day: money by account (code, name, fen, last count in words), what the
    leaving person owes on current accounts, receipt books issued to him, papers and vouchers that are open, and how
    many vouchers are kept."""

    code: str
    name: str
    cash: tuple[tuple[str, str, int, str], ...] = ()
    bank: tuple[tuple[str, str, int, str], ...] = ()
    advances: tuple[tuple[str, str, int], ...] = ()
    receipts: tuple[IssuedBook, ...] = ()
    papers: tuple[OpenPiece, ...] = ()
    vouchers: tuple[OpenPiece, ...] = ()
    kept: int = 0


def step_words() -> dict[str, str]:
    """The steps as people call them."""
    return {GIVER: _("移交人"), RECEIVER: _("接收人"), WATCHER: _("监交人")}


def build_items(duty: str, facts: Sequence[BookFacts]) -> tuple[HandItem, ...]:
    """The list as the program knows it; counted figures begin as the books say and are corrected by whoever counts,
    things that nobody can know (seals, U-keys, archives) stand with their words and wait for a number."""
    items: list[HandItem] = []
    for one in facts:
        items += _of_book(duty, one)
    seals = [_("财务专用章"), _("U盾、复核盾")] if duty == CASHIER else [_("印鉴、U盾、口令卡")]
    items += [HandItem("seals", words) for words in seals]
    items.append(HandItem("other", _("办公室、柜子、保险柜的钥匙")))
    return tuple(items)


def _of_book(duty: str, one: BookFacts) -> list[HandItem]:
    place = f"{one.code} "
    items: list[HandItem] = []
    if duty == CASHIER or REPORTER in duty:
        items += [_money(CASH_FOUND, one.code, place, *row) for row in one.cash]
    if duty == CASHIER:
        items += [_money(BANK_FOUND, one.code, place, *row) for row in one.bank]
    for account, name, fen in one.advances:
        words = _("{place}{name}：移交人还欠的备用金、借支").format(place=place, name=name)
        items.append(HandItem("advance", words, account, 0, 0, fen, book=one.code))
    for receipt in one.receipts:
        items += _receipts(one.code, receipt)
    items += [_open(one.code, place, "papers", piece) for piece in one.papers if duty != ARCHIVIST]
    items += [_open(one.code, place, "vouchers", piece) for piece in one.vouchers if duty == AGENT]
    if duty in (AGENT, ARCHIVIST):
        words = _("{place}记账凭证（已记账）").format(place=place)
        items.append(HandItem("archives", words, "", one.kept, book=one.code))
        items.append(HandItem("books", _("{place}总账、明细账、日记账").format(place=place), book=one.code))
    if REPORTER in duty:
        items.append(HandItem("registers", _("{place}现金日记账、往来明细账").format(place=place), book=one.code))
        items.append(HandItem("registers", _("{place}资产、资源、合同登记簿").format(place=place), book=one.code))
    return items


def _open(book: str, place: str, kind: str, piece: OpenPiece) -> HandItem:
    return HandItem(kind, f"{place}{piece.words}（{piece.state}）", piece.number, 1, 0, piece.amount_fen, book=book)


def _money(kind: str, book: str, place: str, account: str, name: str, fen: int, told: str) -> HandItem:
    words = f"{place}{name}" + (f"（{told}）" if told else "")
    return HandItem(kind, words, account, 0, fen, fen, book=book)


def _receipts(book: str, one: IssuedBook) -> list[HandItem]:
    """The blank numbers of a receipt book, and its used stubs."""
    items = []
    blank = next_number(one)
    if blank:
        words = _("收据本 {code}：空白").format(code=one.book.code)
        items.append(HandItem("receipts", words, f"{blank}—{one.book.last}", one.count.left, book=book))
    used = len(one.numbers)
    if used:
        words = _("收据本 {code}：已用、作废的存根").format(code=one.book.code)
        items.append(HandItem("receipts", words, "", used, book=book))
    if one.count.missing:
        words = _("收据本 {code}：去向不明").format(code=one.book.code)
        items.append(HandItem("receipts", words, "、".join(one.count.missing[:5]), len(one.count.missing), book=book))
    return items


def check_change(
    change: PostChange, term: Officer, accounts: Mapping[str, Mapping[str, Account]], today: str
) -> list[Problem]:
    """Whether the list may be recorded: the term still runs, three different people, every difference goes somewhere.

    `accounts` are those of each book on the list by its code.
    """
    day = change.hand.day.isoformat()
    problems = check_term_end(term, day, change.hand.remark or "-", today)
    if change.hand.giver != term.name:
        problems.append(Problem(_("移交人应是现任的{name}").format(name=term.name), field="giver"))
    problems += check_three(change.hand)
    if not change.hand.items:
        problems.append(Problem(_("移交清单是空的"), field="items"))
    for row, item in enumerate(change.hand.items):
        problems += check_item(row, item, accounts.get(item.book, {}))
        if not item.words.strip():
            problems.append(Problem(_("请写名称"), _("移交第 {n} 行").format(n=row + 1), row, "words"))
    return problems


def check_step(change: PostChange, step: str, given: Collection[Approval]) -> list[Problem]:
    """Whether a step is still to be signed."""
    if change.state != OPEN:
        return [Problem(_("这份移交清单已经办完或放弃，不能再签"))]
    if step not in STEPS:
        return [Problem(_("没有这个签字步骤：{name}").format(name=step))]
    if any(one.step == step and one.decision == APPROVE for one in given):
        return [Problem(_("{who}已经签过").format(who=step_words()[step]))]
    return []


def missing_steps(given: Collection[Approval]) -> tuple[str, ...]:
    """Steps that nobody has signed."""
    signed = {one.step for one in given if one.decision == APPROVE}
    return tuple(step for step in STEPS if step not in signed)


def shortage_lines(change: PostChange, book: str) -> list[Line]:
    """The lines of the voucher for what a book lacks at the hand-over: Dr 113 of who handed over or 181, Cr cash."""
    mine = tuple(item for item in change.hand.items if item.book == book)
    hand = HandOver("", change.hand.day, change.hand.giver, "", "", mine)
    return [line for one in build_shortages(hand) for line in one.lines()]


def change_body(change: PostChange) -> object:
    """What is signed, as plain data for canonical JSON."""
    hand = change.hand
    return {
        "v": 1, "act": "post", "uid": change.uid, "book": change.book, "village": change.village, "duty": change.duty,
        "term": change.old, "day": hand.day.isoformat(), "giver": hand.giver, "receiver": hand.receiver,
        "watcher": hand.watcher, "remark": hand.remark,
        "items": [
            [one.book, one.kind, one.words, one.number, one.count, one.book_fen, one.found_fen, one.settled_on]
            for one in hand.items
        ],
    }  # fmt: skip


def title_of(change: PostChange) -> str:
    """V01 报账员：向丽蓉 → 覃晓燕."""
    place = change.village or _("中心")
    return _("{where}：{text}").format(
        where=f"{place} {duty_word(change.duty)}", text=f"{change.hand.giver} → {change.hand.receiver}"
    )
