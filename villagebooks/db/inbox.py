"""What waits, found by the small indexes of what is under way: a few queries, however many vouchers history holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, TextClause, bindparam, text

from villagebooks.core.approval import Approval
from villagebooks.core.paper import Body, Document, Image, Paper

_MANY = 500
# The conditions are those of the partial indexes voucher_waiting and paper_waiting, in the same words. CROSS JOIN: a
# file's planner, which has no statistics, would else begin with every signature or document that history holds; and
# an ORDER BY would make it walk a whole table in that order, so what needs an order is sorted here.
_UNDER_WAY = "v.state IN ('draft', 'submitted')"
_VOIDING = "v.state = 'approved' AND v.uid IN (SELECT w.object_uid FROM approval w WHERE w.decision = 'void')"
"""Signed by everybody, and somebody has signed to void it: the index approval_void holds these alone."""


def _both(sql: str) -> tuple[TextClause, TextClause]:
    """A query over the vouchers under way, and over those that are being voided."""
    return text(sql.replace("THESE", _UNDER_WAY)), text(sql.replace("THESE", _VOIDING))


_VOUCHERS = _both(
    """SELECT v.id, v.uid, v.book, v.year, v.month, v.word, v.number, v.day, v.state, v.rev, v.prepared_by, v.policy,
      (SELECT l.summary FROM voucher_line l WHERE l.voucher = v.id AND l.line = 1) AS summary,
      (SELECT SUM(l.debit_fen) FROM voucher_line l WHERE l.voucher = v.id) AS total_fen,
      EXISTS (SELECT 1 FROM voucher_line l
        WHERE l.voucher = v.id AND substr(l.account, 1, 3) IN ('101', '102')) AS moves_money
    FROM voucher v WHERE THESE"""
)
_GIVEN = _both(
    """SELECT a.id, a.uid, a.about, a.object_uid, a.rev, a.step, a.name, a.signer, a.decision, a.mode, a.at, a.digest
    FROM voucher v CROSS JOIN approval a WHERE THESE AND a.object_uid = v.uid"""
)
_PAPERS_OF = _both(
    """SELECT j.voucher, p.* FROM voucher v CROSS JOIN paper_voucher j CROSS JOIN paper p
    WHERE THESE AND j.voucher = v.uid AND p.uid = j.paper"""
)
_PAPERS = text(
    """SELECT p.* FROM paper p WHERE p.state IN ('written', 'signed', 'submitted', 'accepted')
      AND NOT EXISTS (SELECT 1 FROM paper_voucher j JOIN voucher v ON v.uid = j.voucher
        WHERE j.paper = p.uid AND v.state <> 'void')"""
)
_DOCUMENTS = text(
    """SELECT d.paper, d.position, d.kind, d.number, d.day, d.amount_fen, d.count AS sheets, i.ordinal, i.sha256
    FROM paper p CROSS JOIN document d
    LEFT JOIN document_image i ON i.paper = d.paper AND i.position = d.position
    WHERE p.state IN ('written', 'signed', 'submitted', 'accepted') AND p.state = 'written' AND d.paper = p.uid"""
)
_ATTESTED = text(
    """SELECT a.object_uid, a.rev, a.at FROM paper p CROSS JOIN approval a
    WHERE p.state IN ('written', 'signed', 'submitted', 'accepted') AND a.object_uid = p.uid"""
)
_RETURNED = text(
    """SELECT b.object_uid FROM paper p CROSS JOIN send_back b
    WHERE p.state IN ('written', 'signed', 'submitted', 'accepted') AND b.object_uid = p.uid"""
)
_SINCE = text(
    "SELECT j.ref, MIN(j.at) AS first, MAX(j.at) AS last FROM journal j WHERE j.ref IN :refs GROUP BY j.ref"
).bindparams(bindparam("refs", expanding=True))


@dataclass(frozen=True, slots=True)
class WaitingVoucher:
    """A voucher that waits for a signature, without its lines; `book` is the row id, amounts fen."""

    uid: str
    book: int
    year: int
    month: int
    word: str
    number: int
    day: date
    state: str
    rev: int
    prepared_by: str
    policy: str
    summary: str
    total_fen: int
    moves_money: bool


def waiting_vouchers(connection: Connection) -> list[WaitingVoucher]:
    """Every voucher of every book that waits for a signature, or for one that voids it."""
    return [
        WaitingVoucher(
            row.uid, row.book, row.year, row.month or 1, row.word, row.number, date.fromisoformat(row.day), row.state,
            row.rev, row.prepared_by, row.policy, row.summary or "", int(row.total_fen or 0), bool(row.moves_money),
        )
        for row in _rows(connection, _VOUCHERS)
    ]  # fmt: skip


def signatures(connection: Connection) -> dict[str, list[Approval]]:
    """Every signature on a voucher that waits, in order, by its uid."""
    given: dict[str, list[Approval]] = {}
    for row in sorted(_rows(connection, _GIVEN), key=lambda found: found.id):
        one = Approval(
            row.uid, row.about, row.object_uid, row.rev, row.step, row.name, row.signer, row.decision, row.mode,
            row.at, row.digest,
        )  # fmt: skip
        given.setdefault(one.object_uid, []).append(one)
    return given


def papers_of_vouchers(connection: Connection) -> dict[str, list[Paper]]:
    """Papers of vouchers that wait, without their documents, by the voucher's uid."""
    found: dict[str, list[Paper]] = {}
    for row in sorted(_rows(connection, _PAPERS_OF), key=lambda one: one.id):
        found.setdefault(row.voucher, []).append(_to_paper(row, ()))
    return found


def waiting_papers(connection: Connection) -> list[tuple[int, Paper]]:
    """(book's row id, paper) of papers under way that no voucher holds yet; documents only of those not attested."""
    documents: dict[str, dict[int, Document]] = {}
    for row in sorted(connection.execute(_DOCUMENTS), key=lambda one: (one.paper, one.position, one.ordinal or 0)):
        of_paper = documents.setdefault(row.paper, {})
        known = of_paper.get(row.position)
        images = known.images if known else ()
        if row.sha256:
            images = (*images, Image(row.sha256, 0, ""))
        of_paper[row.position] = Document(row.kind, row.number, row.day, row.amount_fen, row.sheets, images)
    rows = sorted(connection.execute(_PAPERS), key=lambda one: one.id)
    return [(row.book, _to_paper(row, tuple(documents.get(row.uid, {}).values()))) for row in rows]


def attested(connection: Connection) -> dict[tuple[str, int], str]:
    """(paper, revision) → when its ink was registered last, of papers under way."""
    return {(row.object_uid, row.rev): row.at for row in sorted(connection.execute(_ATTESTED), key=lambda one: one.at)}


def returned(connection: Connection) -> set[str]:
    """Papers under way that were sent back before and came again."""
    return set(connection.execute(_RETURNED).scalars())


def entry_times(connection: Connection, refs: Sequence[str]) -> dict[str, tuple[str, str]]:
    """When each of these was journalled first and last."""
    found: dict[str, tuple[str, str]] = {}
    for some in _chunks(refs):
        found |= {row.ref: (row.first, row.last) for row in connection.execute(_SINCE, {"refs": some})}
    return found


def _rows(connection: Connection, queries: Iterable[TextClause]) -> list[Row[tuple[Any, ...]]]:
    return [row for query in queries for row in connection.execute(query)]


def _chunks(items: Sequence[str]) -> Iterator[Sequence[str]]:
    return (items[start : start + _MANY] for start in range(0, len(items), _MANY))


def _to_paper(row: Row[tuple[object, ...]], documents: tuple[Document, ...]) -> Paper:
    """The paper as the policy asks for it; its book is known by its row id elsewhere."""
    bodies = tuple(Body(**{**one, "people": tuple(one["people"])}) for one in json.loads(row.bodies or "[]"))
    return Paper(
        uid=row.uid, book="", number=row.number, day=date.fromisoformat(row.day), words=row.words,
        spending_class=row.spending_class, direction=row.direction, amount_fen=row.amount_fen, payee=row.payee,
        paid_how=row.paid_how, documents=documents, handler=row.handler, witness=row.witness,
        approvers=tuple(json.loads(row.approvers or "[]")), bodies=bodies, basis=row.basis, group=row.heading,
        state=row.state, reason=row.reason, digest=row.digest, rev=row.rev, policy=row.policy,
    )  # fmt: skip
