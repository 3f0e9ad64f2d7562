"""Approvals and the exact bytes that they sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, insert, select

from villagebooks.core.approval import Approval
from villagebooks.db import schema
from villagebooks.db.tuples import fetch_plain

_approval, _body = schema.approval.c, schema.signed_body.c

_BODY = "SELECT body FROM signed_body WHERE object_uid = :object AND rev = :rev"
_GIVEN = (
    "SELECT uid, about, object_uid, rev, step, name, signer, decision, mode, at, digest, note FROM approval "
    "WHERE object_uid = :object ORDER BY id"
)


def put_body(connection: Connection, object_uid: str, rev: int, body: bytes, digest: str) -> None:
    """Keep the signed bytes of a revision once."""
    if body_of(connection, object_uid, rev) is None:
        connection.execute(insert(schema.signed_body).values(object_uid=object_uid, rev=rev, body=body, digest=digest))


def body_of(connection: Connection, object_uid: str, rev: int) -> bytes | None:
    """The bytes that approvals of this revision signed."""
    found = fetch_plain(connection, _BODY, {"object": object_uid, "rev": rev})
    return bytes(found[0][0]) if found else None


def bodies_of(connection: Connection, object_uid: str) -> dict[int, bytes]:
    """Revision → the bytes that were signed, of every revision that anybody signed."""
    query = select(_body.rev, _body.body).where(_body.object_uid == object_uid).order_by(_body.rev)
    return {row.rev: row.body for row in connection.execute(query)}


def notes_with_bodies(connection: Connection) -> Iterator[tuple[str, bytes, str, bytes | None]]:
    """(`object/rev`, note, digest, body) of every signature with what is kept of the text it signed, None when gone."""
    query = (
        select(_approval.object_uid, _approval.rev, _approval.note, _body.digest, _body.body)
        .outerjoin(schema.signed_body, (_body.object_uid == _approval.object_uid) & (_body.rev == _approval.rev))
        .order_by(_approval.object_uid, _approval.rev)
    )
    for row in connection.execute(query):
        yield f"{row.object_uid}/{row.rev}", row.note, row.digest or "", row.body


def add_approval(connection: Connection, book: int, approval: Approval, note: bytes) -> None:
    """One signature with its note."""
    connection.execute(
        insert(schema.approval).values(
            uid=approval.uid, book=book, about=approval.on, object_uid=approval.object_uid, rev=approval.rev,
            step=approval.step, name=approval.name, signer=approval.signer, decision=approval.decision,
            mode=approval.mode, at=approval.at, note=note, digest=approval.digest,
        )
    )  # fmt: skip


def approvals_of(connection: Connection, object_uid: str, rev: int | None = None) -> list[tuple[Approval, bytes]]:
    """Signatures with their notes in the order they were given, of one revision or of all."""
    rows = fetch_plain(connection, _GIVEN, {"object": object_uid})
    given = [(Approval(*values), bytes(note)) for *values, note in rows]
    return [(one, note) for one, note in given if rev is None or one.rev == rev]


def signed_by(connection: Connection, people: Sequence[str]) -> list[tuple[str, str]]:
    """(uid, signer) of everything these people's keys signed, in the order of signing."""
    if not people:
        return []
    query = select(_approval.uid, _approval.signer).where(_approval.signer.in_(people)).order_by(_approval.id)
    return [(row.uid, row.signer) for row in connection.execute(query)]
