"""What waits for whom over all villages, read in a few queries; what is late goes to the level above (催办)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from villagebooks.core.approval import (
    AGENT,
    DIRECTOR,
    PREPARE,
    SEND_BACK,
    Approval,
    check_signer,
    void_steps,
    voids,
    waiting_step,
)
from villagebooks.core.book import Book
from villagebooks.core.correction import last_voiding
from villagebooks.core.inbox import (
    ACCEPT,
    ANSWER,
    ATTEST,
    DRAFT_IT,
    MINE,
    OTHERS,
    PAPER,
    URGED,
    VOID_IT,
    VOUCHER,
    WHISTLE,
    Waiting,
    in_order,
    next_step,
)
from villagebooks.core.paper import ACCEPTED, WRITTEN, Paper
from villagebooks.core.paper_note import OVERDUE
from villagebooks.core.period import Month, month_of
from villagebooks.core.person import Officer
from villagebooks.core.policy import Policy, Step, check_ink, check_papers, is_overdue, paper_flow, voucher_flow
from villagebooks.core.whistle import LEVEL_WORDS, TOWNSHIP, Whistle
from villagebooks.core.words import _
from villagebooks.core.workday import Calendar, read_calendar
from villagebooks.db import book as book_rows
from villagebooks.db import inbox as inbox_rows
from villagebooks.db import paper_note as note_rows
from villagebooks.db import person as person_rows
from villagebooks.db import whistle as whistle_rows
from villagebooks.db.correction import remarks_of
from villagebooks.db.inbox import WaitingVoucher
from villagebooks.services.account import today
from villagebooks.services.desk import Office
from villagebooks.services.policy import in_force, policy_of


@dataclass(frozen=True, slots=True)
class _Facts:
    """What turns are judged by: who looks and when, books by row id, who holds which post, policies by hash."""

    person: str
    day: date
    books: Mapping[int, Book]
    centre: Mapping[str, frozenset[str]]
    villages: Mapping[str, tuple[Officer, ...]]
    calendar: Calendar
    policies: Callable[[str], Policy]

    def duties(self, name: str) -> list[str]:
        return [duty for duty, names in self.centre.items() if name in names]


def read_inbox(office: Office) -> list[Waiting]:
    """Everything that waits in every book: by village, the latest and oldest first; `state` says whose turn it is."""
    with office.books.read() as connection:
        return waiting_in(connection, office)


def waiting_in(connection: Connection, office: Office) -> list[Waiting]:
    """The same inside a larger read."""
    facts = _read_facts(connection, office)
    found = [*_vouchers(connection, facts), *_papers(connection, facts), *_whistles(connection, facts)]
    return [one for one in in_order(found) if isinstance(one, Waiting)]


def read_late(office: Office) -> list[Waiting]:
    """逾期清单: what is past its term, with whom it is and to whom it goes; in the order of the inbox."""
    return [one for one in read_inbox(office) if one.late]


def _read_facts(connection: Connection, office: Office) -> _Facts:
    day = today(office)
    centre: dict[str, set[str]] = {}
    villages: dict[str, list[Officer]] = {}
    for one in person_rows.officers(connection):
        if one.since <= day.isoformat() and (not one.until or one.until >= day.isoformat()):
            if one.village:
                villages.setdefault(one.village, []).append(one)
            else:
                centre.setdefault(one.duty, set()).add(one.name)
    known: dict[str, Policy] = {}

    def policies(sha256: str) -> Policy:
        if sha256 not in known:
            known[sha256] = policy_of(connection, sha256)
        return known[sha256]

    return _Facts(
        office.person, day, book_rows.books_by_id(connection),
        {duty: frozenset(names) for duty, names in centre.items()},
        {code: tuple(posts) for code, posts in villages.items()},
        read_calendar(in_force(connection).policy.holidays), policies,
    )  # fmt: skip


def _vouchers(connection: Connection, facts: _Facts) -> list[Waiting]:
    heads = inbox_rows.waiting_vouchers(connection)
    given, papers = inbox_rows.signatures(connection), inbox_rows.papers_of_vouchers(connection)
    unsigned = [f"voucher:{one.uid}" for one in heads if one.uid not in given]
    begun = {ref: first for ref, (first, _last) in inbox_rows.entry_times(connection, unsigned).items()}
    found = []
    for one in heads:
        book, policy = facts.books[one.book], facts.policies(one.policy)
        flow = voucher_flow(policy, papers.get(one.uid, ()), book.village, moves_money=one.moves_money)
        signed = given.get(one.uid, [])
        step = waiting_step(flow, signed, one.rev)
        if voids(signed, one.rev):
            found.append(_voiding(connection, one, book, flow, signed, facts))
        elif step:
            since = _since(one, given.get(one.uid, ()), begun, facts)
            found.append(_voucher(one, book, flow, step, given.get(one.uid, ()), since, facts))
    return found


def _voiding(
    connection: Connection, one: WaitingVoucher, book: Book, flow: Sequence[Step], given: Sequence[Approval],
    facts: _Facts,
) -> Waiting:  # fmt: skip
    """Somebody has signed to void it: the other steps that had signed it are waited for, each by another person."""
    standing, steps = voids(given, one.rev), void_steps(flow, given, one.rev)
    done = {void.name for void in standing}
    able = {
        name for step in steps for name in facts.centre.get(step.role, frozenset()) - done
        if not check_signer(step, name, facts.duties(name), (), one.rev)
    }  # fmt: skip
    said = last_voiding(remarks_of(connection, one.uid))
    why = said.words if said else ""
    title = _("同意作废（{steps}）").format(steps="、".join(step.title for step in steps))
    found = Waiting(
        VOUCHER, one.uid, book, Month(one.year, one.month), f"{one.word}-{one.number}", one.day,
        _("作废：{why}").format(why=why), one.total_fen, VOID_IT, title, tuple(sorted(able)), OTHERS,
        date.fromisoformat(standing[-1].at[:10]), rev=one.rev,
    )  # fmt: skip
    within = max((step.within for step in steps), default=0)
    return _timed(found, within, facts, _above(AGENT, frozenset(able), facts))


def _since(one: WaitingVoucher, given: Sequence[Approval], begun: Mapping[str, str], facts: _Facts) -> date:
    """The day of the last signature, or of the sending back; of a draft that nobody signed, when it was first saved."""
    if not given:
        at = begun.get(f"voucher:{one.uid}", "")
    else:
        counted = [two for two in given if two.rev == one.rev or two.decision == SEND_BACK]
        at = (counted or list(given))[-1].at
    return date.fromisoformat(at[:10]) if at else facts.day


def _voucher(
    one: WaitingVoucher, book: Book, flow: Sequence[Step], step: Step, given: Sequence[Approval], since: date,
    facts: _Facts,
) -> Waiting:  # fmt: skip
    able = _able(step, one, given, facts)
    after = next_step(flow, step.name)
    above = _able(after, one, given, facts) - able if after else frozenset[str]()
    found = Waiting(
        VOUCHER, one.uid, book, Month(one.year, one.month), f"{one.word}-{one.number}", one.day, one.summary,
        one.total_fen, step.name, step.title, tuple(sorted(able)), OTHERS, since, rev=one.rev,
    )  # fmt: skip
    return _timed(found, step.within, facts, above or _above(step.role, able, facts))


def _able(step: Step, one: WaitingVoucher, given: Sequence[Approval], facts: _Facts) -> frozenset[str]:
    """Who may sign the step: who holds its duty and has signed nothing else; a draft is handed in by its preparer."""
    if step.name == PREPARE:
        return frozenset({one.prepared_by})
    names = facts.centre.get(step.role, frozenset()) - {one.prepared_by}
    return frozenset(name for name in names if not check_signer(step, name, facts.duties(name), given, one.rev))


def _above(role: str, able: frozenset[str], facts: _Facts) -> frozenset[str]:
    """Who presses when nobody comes after: the director, and above him the township."""
    directors = facts.centre.get(DIRECTOR, frozenset()) - able
    if role not in (DIRECTOR, TOWNSHIP) and directors:
        return directors
    return frozenset({_(LEVEL_WORDS[TOWNSHIP])})


def _papers(connection: Connection, facts: _Facts) -> list[Waiting]:
    papers = inbox_rows.waiting_papers(connection)
    attested = inbox_rows.attested(connection)
    times = inbox_rows.entry_times(connection, [f"paper:{paper.uid}" for _row, paper in papers])
    returned = inbox_rows.returned(connection)
    written = [paper.uid for _row, paper in papers if paper.state == WRITTEN]
    excused = note_rows.noted(connection, OVERDUE, written)
    found = []
    for row, paper in papers:
        first, last = times.get(f"paper:{paper.uid}", ("", ""))
        at = attested.get((paper.uid, paper.rev)) or (last if paper.uid in returned else first)
        since = date.fromisoformat(at[:10]) if at else facts.day
        found.append(_paper(paper, facts.books[row], since, facts, is_excused=(paper.uid, paper.rev) in excused))
    return found


def _paper(paper: Paper, book: Book, since: date, facts: _Facts, *, is_excused: bool) -> Waiting:
    """A paper waits for the village until its ink is whole, then for the agents: to attest, to accept, to draft; one
    whose documents are too old first for the director, to write why."""
    policy, agents = facts.policies(paper.policy), facts.centre.get(AGENT, frozenset())
    centre = policy.steps.get(PREPARE)
    within = centre.within if centre else 0
    directors = facts.centre.get(DIRECTOR, frozenset())
    found = Waiting(
        PAPER, paper.uid, book, month_of(paper.day), _("报账单 {n}").format(n=paper.number), paper.day, paper.words,
        paper.amount_fen, DRAFT_IT, _("做凭证"), tuple(sorted(agents)), OTHERS, since,
        rev=paper.rev,
    )  # fmt: skip
    if paper.state == WRITTEN:
        flow = paper_flow(policy, paper, book.village)
        missing = _missing(paper, flow, policy)
        if missing:
            held = {one.name for one in facts.villages.get(book.village, ()) if one.duty in missing.posts}
            who = tuple(sorted(held)) or (missing.title,)
            found = replace(found, step=missing.name, step_title=missing.title, people=who)
            return _timed(found, _term(flow, missing), facts, agents)
        found = replace(found, step=ATTEST, step_title=_("登记签字"))
        if not is_excused and is_overdue(policy, paper, facts.day.isoformat()):
            found = replace(found, step=OVERDUE, step_title=_("写明过期原因"), people=tuple(sorted(directors)))
            return _timed(found, within, facts, _above(DIRECTOR, directors, facts))
        if check_papers(policy, paper, book.village, OVERDUE):
            found = replace(found, step_title=_("补单据"), step="documents", people=(paper.handler,))
            return _timed(found, within, facts, agents)
    elif paper.state != ACCEPTED:
        found = replace(found, step=ACCEPT, step_title=_("受理"))
    return _timed(found, within, facts, directors)


def _missing(paper: Paper, flow: Sequence[Step], policy: Policy) -> Step | None:
    """The first step of the village whose ink is not whole."""
    return next((step for place, step in enumerate(flow) if check_ink(paper, flow[: place + 1], policy)), None)


def _term(flow: Sequence[Step], step: Step) -> int:
    """Working days up to and with a step, of those steps that have a term: when each one signed is not on the paper."""
    until = [one.within for one in flow[: flow.index(step) + 1]]
    return sum(until) if step.within else 0


def _whistles(connection: Connection, facts: _Facts) -> list[Waiting]:
    by_village: dict[str, Book] = {}
    for book in facts.books.values():
        # a village that changed over or was merged has a stopped book too: what it asks stands at the one in use
        if book.stopped is None or book.village not in by_village:
            by_village[book.village] = book
    return [_whistle(one, by_village.get(one.village), facts) for one in whistle_rows.open_whistles(connection)]


def _whistle(one: Whistle, book: Book | None, facts: _Facts) -> Waiting:
    named = frozenset({one.to_name}) if one.to_name else frozenset[str]()
    held = facts.centre.get(one.to_level, frozenset())
    able = (named & held) or held or named or frozenset({_(LEVEL_WORDS.get(one.to_level, one.to_level))})
    day = date.fromisoformat(one.raised_at[:10])
    found = Waiting(
        WHISTLE, one.uid, book, month_of(day), _("吹哨"), day, one.matter, 0, ANSWER, _("答复"), tuple(sorted(able)),
        OTHERS, day, one.due,
    )  # fmt: skip
    late = facts.calendar.late(one.due, facts.day)
    # the township has no key here: the centre's director writes its answer down
    mine = facts.person in able or (one.to_level == TOWNSHIP and DIRECTOR in facts.duties(facts.person))
    above = _above(one.to_level, able, facts) if late else frozenset[str]()
    return _turned(replace(found, late=late, urged=tuple(sorted(above))), facts, mine=mine)


def _timed(one: Waiting, within: int, facts: _Facts, above: frozenset[str]) -> Waiting:
    """With the end of its term, how late it is, and to whom it goes when it is late."""
    due = facts.calendar.due(one.since, within) if within else None
    late = facts.calendar.late(due, facts.day) if due else 0
    urged = tuple(sorted(above)) if late else ()
    return _turned(replace(one, due=due, late=late, urged=urged), facts, mine=facts.person in one.people)


def _turned(one: Waiting, facts: _Facts, *, mine: bool) -> Waiting:
    urged = facts.person in one.urged
    return replace(one, state=MINE if mine else URGED if urged else OTHERS)
