"""What somebody who may wrote on a paper's revision, so that a limit of the policy does not stand against it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from villagebooks.core.paper_note import PaperNote
from villagebooks.db import schema

_note = schema.paper_note.c


def add_note(connection: Connection, note: PaperNote) -> None:
    """A new note; the service journals it."""
    connection.execute(
        insert(schema.paper_note).values(
            uid=note.uid, paper=note.paper, rev=note.rev, kind=note.kind, words=note.words, person=note.person,
            at=note.at,
        )
    )  # fmt: skip


def find_note(connection: Connection, paper: str, rev: int, kind: str) -> PaperNote | None:
    """The newest note of a kind on a revision of a paper."""
    query = select(schema.paper_note).where(_note.paper == paper, _note.rev == rev, _note.kind == kind)
    row = connection.execute(query.order_by(_note.at.desc(), _note.uid)).first()
    return PaperNote(row.uid, row.paper, row.rev, row.kind, row.words, row.person, row.at) if row else None


def noted(connection: Connection, kind: str, papers: Sequence[str]) -> set[tuple[str, int]]:
    """(uid, revision) of those of these papers that have a note of a kind."""
    query = select(_note.paper, _note.rev).where(_note.paper.in_(papers), _note.kind == kind)
    return {(row[0], row[1]) for row in connection.execute(query)} if papers else set()
