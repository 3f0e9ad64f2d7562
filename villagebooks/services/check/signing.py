"""Every voucher and paper of a book by the policy that it was made under: who had to sign, and did."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from villagebooks.core.book import Book
from villagebooks.core.policy import Policy, centre_demands, paper_bands, paper_demands
from villagebooks.core.problem import Refused
from villagebooks.core.words import _
from villagebooks.db import check as check_rows
from villagebooks.services.check.found import Found
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
