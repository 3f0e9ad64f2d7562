"""Papers that come too late: the director writes why, once for a batch, and signs for each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from villagebooks.core.approval import DIRECTOR
from villagebooks.core.paper import SENT_BACK, WRITTEN, Paper
from villagebooks.core.paper_note import OVERDUE, check_note
from villagebooks.core.policy import is_overdue
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.words import _, plain_text
from villagebooks.db import book as book_rows
from villagebooks.db import paper as paper_rows
from villagebooks.db import paper_note as note_rows
from villagebooks.db import person as person_rows
from villagebooks.services.approval import sign_note
from villagebooks.services.desk import Act, Desk, acting
from villagebooks.services.key import Unlocked
from villagebooks.services.policy import policy_of
from villagebooks.services.registrar import check_key


def excuse_paper(desk: Desk, uid: str, words: str, unlocked: Unlocked) -> Paper:
    """The director writes why a paper comes so late, and signs for it; counts for this revision of the paper only."""
    return excuse_papers(desk, [uid], words, unlocked)[0]


def excuse_papers(
    desk: Desk, uids: Sequence[str], words: str, unlocked: Unlocked, seen: Mapping[str, int] | None = None
) -> list[Paper]:
    """The same words for a batch that comes late for one reason: a note, a signature and an entry in the journal for
    each paper; all or none. Refused where one of them is not late, or registered already, or changed since its revision
    was `seen` (by uid)."""
    words = plain_text(words).strip()
    with acting(desk) as act:
        papers = [_late_paper(act, desk, uid) for uid in dict.fromkeys(uids)]
        refuse_if(
            [
                Problem(_("报账单 {n} 在您看过以后又变了，请再看一遍").format(n=one.number))
                for one in papers if seen and seen.get(one.uid, one.rev) != one.rev
            ]
        )  # fmt: skip
        if DIRECTOR not in person_rows.duties(act.connection, unlocked.person, act.at[:10]):
            raise Refused([Problem(_("单据过期要由中心主任写明原因，{name}不是").format(name=unlocked.person))])
        refuse_if(check_note(words) + check_key(act.connection, unlocked, DIRECTOR))
        for paper in papers:
            sign_note(act, desk, paper, OVERDUE, words, unlocked)
        return papers


def unexcused_among(desk: Desk, uids: Sequence[str]) -> tuple[Paper, ...]:
    """Of papers of the desk's book: those that are late, not registered, and that nobody wrote a reason for yet."""
    with desk.books.read() as connection:
        papers = [one for one in paper_rows.papers_where_uids(connection, uids) if one.book == desk.book.code]
        told = note_rows.noted(connection, OVERDUE, [one.uid for one in papers])
        policies = {sha256: policy_of(connection, sha256) for sha256 in {one.policy for one in papers}}
        day = desk.books.now()[:10]
        return tuple(
            one for one in papers
            if one.state in (WRITTEN, SENT_BACK) and (one.uid, one.rev) not in told
            and is_overdue(policies[one.policy], one, day)
        )  # fmt: skip


def _late_paper(act: Act, desk: Desk, uid: str) -> Paper:
    paper = paper_rows.find_paper(act.connection, book_rows.book_id(act.connection, desk.book.code), uid)
    if paper is None:
        raise Refused([Problem(_("这个账套里没有这张报账单"))])
    if paper.state not in (WRITTEN, SENT_BACK):
        raise Refused([Problem(_("报账单 {n} 的签字已经登记过").format(n=paper.number))])
    if not is_overdue(policy_of(act.connection, paper.policy), paper, act.at[:10]):
        raise Refused([Problem(_("报账单 {n} 的单据没有过期，不用写原因").format(n=paper.number))])
    return paper
