"""Every voucher and paper of a book by the policy that it was made under: who had to sign, and did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection

from villagebooks.core.book import Book
from villagebooks.core.policy import (
    Policy,
    Term,
    centre_demands,
    paper_bands,
    paper_demands,
    post_holders,
    signed_outside,
)
from villagebooks.core.problem import Refused
from villagebooks.core.words import _
from villagebooks.db import check as check_rows
from villagebooks.db import person as person_rows
from villagebooks.services.check.found import Found
from villagebooks.services.check.watch import spending_findings, watch_findings
from villagebooks.services.policy import policy_of


def signing_findings(connection: Connection, book: Book, row_id: int) -> Iterator[Found]:
    """One policy after the other: vouchers and papers of the book that name it."""
    for sha256 in check_rows.policies_used(connection, row_id):
        try:
            policy = policy_of(connection, sha256)
        except Refused as refused:
            yield Found("policy_kept", "policy", sha256[:12], refused.problems[0].text)
        else:
            yield from _unsigned(connection, book, row_id, sha256, policy)
            yield from _posts(connection, book, row_id, sha256, policy)
            yield from spending_findings(connection, book, row_id, sha256, policy)
    yield from watch_findings(connection, row_id)


def _unsigned(connection: Connection, book: Book, row_id: int, sha256: str, policy: Policy) -> Iterator[Found]:
    centre = centre_demands(policy, book.village)
    for row, title in check_rows.unsigned_vouchers(connection, row_id, sha256, centre):
        yield Found("unsigned", "voucher", row, _("已记账，没有{title}签字").format(title=title))
    demands = paper_demands(policy, book.village)
    for row, title in check_rows.unsigned_papers(connection, row_id, sha256, demands):
        yield Found("paper_unsigned", "paper", row, _("已受理，没有登记{title}的签字").format(title=title))
    bands = paper_bands(policy, book.village)
    for row, name in check_rows.unruled_papers(connection, row_id, sha256, bands, demands):
        text = _("审批办法里没有“{name}”这一档，不知道该由谁签")
        yield Found("paper_unsigned", "paper", row, text.format(name=name))


def _posts(connection: Connection, book: Book, row_id: int, sha256: str, policy: Policy) -> Iterator[Found]:
    """Ink of people who held no post of their step, and steps whose post nobody was ever registered in."""
    steps = {name: one for name, one in policy.steps.items() if one.posts}
    officers = person_rows.officers(connection)
    known = {name: post_holders(one, officers, book.village) for name, one in steps.items()}
    bare: dict[str, list[str]] = defaultdict(list)
    for row, day, name, ink, at in check_rows.paper_signers(connection, row_id, sha256, list(steps)):
        if not known[name]:
            bare[name].append(row)
            continue
        term = Term(day, max(day, at[:10]))
        for person in signed_outside(steps[name], ink.split("、"), known[name], term):
            text = _("{person}以{title}签字，那几天却没有登记他任{posts}")
            said = {"person": person, "title": steps[name].title, "posts": _("或").join(steps[name].posts)}
            yield Found("post_signer", "paper", row, text.format(**said))
    for name, rows in bare.items():
        text = _("{n} 张报账单有{title}签字，村里却没有登记过谁任{posts}")
        said = {"n": str(len(rows)), "title": steps[name].title, "posts": _("或").join(steps[name].posts)}
        yield Found("post_signer", "officer", book.village, text.format(**said))
