"""What the bank took by itself, looked at: the director signs which agreement and which slip it stands on."""

from __future__ import annotations

from villagebooks.core.approval import DIRECTOR
from villagebooks.core.paper import Paper
from villagebooks.core.paper_note import TAKEN, check_note
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.words import _, plain_text
from villagebooks.db import book as book_rows
from villagebooks.db import paper as paper_rows
from villagebooks.db import person as person_rows
from villagebooks.services.approval import sign_note
from villagebooks.services.desk import Desk, acting
from villagebooks.services.key import Unlocked
from villagebooks.services.policy import policy_of
from villagebooks.services.registrar import check_key


def explain_taken(desk: Desk, uid: str, words: str, unlocked: Unlocked) -> Paper:
    """The director writes why the bank took so much from the village by itself, and signs for it on the last paper of
    the payee and month; another one that comes later is told again, and so is a changed one."""
    words = plain_text(words).strip()
    with acting(desk) as act:
        paper = paper_rows.find_paper(act.connection, book_rows.book_id(act.connection, desk.book.code), uid)
        if paper is None:
            raise Refused([Problem(_("这个账套里没有这张报账单"))])
        if DIRECTOR not in person_rows.duties(act.connection, unlocked.person, act.at[:10]):
            raise Refused([Problem(_("银行扣收属实要由中心主任写明、签字，{name}不是").format(name=unlocked.person))])
        if paper.paid_how not in policy_of(act.connection, paper.policy).payments:
            raise Refused([Problem(_("报账单 {n} 不是银行扣收的，按平常的付款补审批").format(n=paper.number))])
        refuse_if(check_note(words, TAKEN) + check_key(act.connection, unlocked, DIRECTOR))
        sign_note(act, desk, paper, TAKEN, words, unlocked)
        return paper
