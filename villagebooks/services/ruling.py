"""A paper under its policy: what stands against its signatures being registered, and what somebody should know."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from villagebooks.core.book import Book
from villagebooks.core.paper import BOOKED, SENT_BACK, WRITTEN, Paper
from villagebooks.core.paper_note import OVERDUE, PaperNote
from villagebooks.core.payee import LISTS, is_shop, names_in, plain_name
from villagebooks.core.person import Officer
from villagebooks.core.policy import (
    Policy,
    Step,
    check_ink,
    check_papers,
    check_posts,
    find_ink,
    find_splits,
    is_overdue,
    paper_flow,
)
from villagebooks.core.policy.limit import OUT
from villagebooks.core.policy.step import APPROVER
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.relative import find_relatives
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import paper as paper_rows
from villagebooks.db import paper_note as note_rows
from villagebooks.db import person as person_rows
from villagebooks.db import relative as relative_rows
from villagebooks.db.check.invoice import same_invoices
from villagebooks.db.check.query import row_name
from villagebooks.services.desk import Desk
from villagebooks.services.policy import policy_of


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a policy says of a paper: its steps, what stands against registering the ink, the director's note on its
    age (empty: none was asked for or written); `overdue` when one is asked for."""

    policy: Policy
    flow: tuple[Step, ...]
    problems: tuple[Problem, ...]
    overdue: bool
    note: PaperNote | None


@dataclass(frozen=True, slots=True)
class PaperLook:
    """For a screen: what stands against the paper while it is not registered, and hints (提示), none of which stops
    anybody. `overdue`: the director may write why it comes so late; `note` is what stands there."""

    uid: str
    problems: tuple[str, ...]
    hints: tuple[str, ...]
    overdue: bool
    note: PaperNote | None


def rule_paper(connection: Connection, book: Book, paper: Paper, today: str) -> Ruling:
    """Judge a paper by the policy that it was written under; `today` (ISO) is when its ink would be registered."""
    policy = policy_of(connection, paper.policy)
    flow = paper_flow(policy, paper, book.village)
    note = note_rows.find_note(connection, paper.uid, paper.rev, OVERDUE)
    slips = paper_rows.other_slips_fen(connection, book.village, paper)
    handed_in = today if paper.state in (WRITTEN, SENT_BACK) else ""
    problems = check_papers(policy, paper, book.village, note.words if note else "", slips, handed_in)
    problems += check_ink(paper, flow, policy) + _check_posts(connection, book, paper, flow, today)
    return Ruling(policy, flow, tuple(problems), is_overdue(policy, paper, handed_in), note)


def _check_posts(connection: Connection, book: Book, paper: Paper, flow: tuple[Step, ...], today: str) -> list[Problem]:
    """Ink of people who do not hold the post that a step wants; nobody may override it, the registrar neither."""
    names = {one.code: one.name for one in book_rows.villages(connection)}
    village = (book.village, names.get(book.village) or book.village)
    known: list[Officer] = person_rows.officers(connection)
    return check_posts(paper, flow, known, village, today, must_register=bool(paper.policy))


def look_at_paper(desk: Desk, uid: str) -> PaperLook:
    """The same for a screen, with the hints that stop nobody; Refused when this book has no such paper."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        paper = paper_rows.find_paper(connection, row_id, uid)
        if paper is None:
            raise Refused([Problem(_("这个账套里没有这张报账单"))])
        found = rule_paper(connection, desk.book, paper, desk.books.now()[:10])
        is_open = paper.state in (WRITTEN, SENT_BACK)
        hints = (
            *_split_hints(connection, desk.book, row_id, paper, found), *_relative_hints(connection, paper, found),
            *_own_hints(paper, found), *_invoice_hints(connection, paper), *_list_hints(paper), *_bare_hints(paper),
        )  # fmt: skip
        told = tuple(str(one) for one in found.problems) if is_open else ()
        return PaperLook(uid, told, hints, is_open and found.overdue, found.note)


def _split_hints(connection: Connection, book: Book, row_id: int, paper: Paper, found: Ruling) -> list[str]:
    days = found.policy.limits.split_days
    near = paper_rows.papers_to(connection, row_id, paper.payee, paper.day, days) if days and paper.payee else []
    return [
        one.sentence for one in find_splits(found.policy, near, book.village)
        if paper.uid in {other.uid for other in one.papers}
    ]  # fmt: skip


def _relative_hints(connection: Connection, paper: Paper, found: Ruling) -> list[str]:
    """近亲属: a payee who is registered as near to somebody whose ink stands on the paper."""
    signers = {name for step in found.flow for name in find_ink(paper, step, found.flow).names}
    text = _("收款人{payee}登记为{officer}的{kinship}，{officer}在这张单子上签了字：近亲属要回避（提示，不是结论）")
    return [
        text.format(payee=paper.payee, officer=one.officer, kinship=one.kinship)
        for one in find_relatives(paper.payee, relative_rows.relatives(connection), paper.day.isoformat())
        if one.officer in signers
    ]


def _own_hints(paper: Paper, found: Ruling) -> list[str]:
    """Who approves what he is paid himself: nobody looks over him."""
    steps = [one for one in found.flow if one.kind == APPROVER and paper.direction == OUT]
    approvers = dict.fromkeys(name for one in steps for name in find_ink(paper, one, found.flow).names)
    text = _("收款人就是审批人{person}：付给自己的钱请别的人审批（提示，不是结论）")
    return [text.format(person=one) for one in approvers if plain_name(one) in names_in(paper.payee)]


def _list_hints(paper: Paper) -> list[str]:
    """A list in the place of an invoice: it says who got goods, not that the shop sold them."""
    kinds = [one.kind for one in paper.documents]
    listed = any(word in kind for kind in kinds for word in LISTS)
    if paper.direction != OUT or not listed or not is_shop(paper.payee) or any("票" in kind for kind in kinds):
        return []
    text = _("付给{payee}的附了名册，没有发票：店里卖的东西要发票，名册只说明发给了谁，抵不了付给别人的钱")
    return [text.format(payee=paper.payee)]


def _bare_hints(paper: Paper) -> list[str]:
    """An invoice of which nothing is told: the form begins with a row for one, and it may have been left as it was."""
    if any(one.images for one in paper.documents):
        return []
    bare = (one.kind for one in paper.documents if "票" in one.kind and not (one.number or one.day or one.amount_fen))
    text = _("{kind}没有写号码、日期、金额，也没有图片：有这张票就写上号码，没有就去掉这一件")
    return [text.format(kind=_(kind)) for kind in dict.fromkeys(bare)]


def _invoice_hints(connection: Connection, paper: Paper) -> list[str]:
    """一票两报: told while the money may still be kept; of what is booked the self-check tells."""
    found = same_invoices(connection, paper.uid) if paper.state != BOOKED else []
    text = _("{kind} {number} 在 {other} 也有：是不是一张单据报了两次，请对照原件")
    return [text.format(kind=kind, number=number, other=row_name(other)) for kind, number, other in found]
