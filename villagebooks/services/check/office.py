"""Keys against posts, and signatures by keys that were revoked when they signed."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from villagebooks.core.problem import Trouble
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import journal
from villagebooks.db import person as person_rows
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.key import KeyDirectory, valid_signers
from villagebooks.services.check.found import Found
from villagebooks.services.key import ROOT, load_directory, signer_name


def key_faults(connection: Connection, today: str) -> Iterator[Found]:
    """Valid keys of people without a post at the centre, and what revoked keys signed."""
    if person_rows.directory(connection) is None:
        return
    try:
        directory = load_directory(connection)
    except (FormatError, Trouble) as error:
        yield Found("directory", "key_directory", "", str(error))
        return
    for name in valid_signers(directory):
        person = name.rpartition("/")[2]
        if person != ROOT and not person_rows.duties(connection, person, today):
            yield Found("key_without_post", "key_box", person, _("钥匙有效，在中心却没有岗位"))
    yield from _revoked(connection, directory)


def _revoked(connection: Connection, directory: KeyDirectory) -> Iterator[Found]:
    people = sorted({one.name.rpartition("/")[2] for one in directory.revocations})
    for uid, signer in approval_rows.signed_by(connection, people):
        position = journal.office_position(connection, f"approval:{uid}")
        if position is None:
            continue  # told as a row without an entry
        if signer_name(directory.centre, signer) not in valid_signers(directory, None, position):
            yield Found("revoked_key", "approval", uid, _("{name}签字时钥匙已吊销").format(name=signer))
