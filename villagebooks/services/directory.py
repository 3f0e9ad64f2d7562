"""The key directory as the office looks at it, and the minutes after which keys are locked."""

from __future__ import annotations

from sqlalchemy import Connection

from villagebooks.core.key import LONGEST_IDLE, DirectoryView, KeyRow, OpenedEnvelope, check_idle
from villagebooks.core.problem import refuse_if
from villagebooks.db import book as book_rows
from villagebooks.db import journal
from villagebooks.db import person as person_rows
from villagebooks.db import post as post_rows
from villagebooks.seal.key import KeyDirectory, directory_hash, fingerprint, valid_signers
from villagebooks.services.desk import Office
from villagebooks.services.key import RECOVERY, ROOT, has_directory, load_directory, newest_directory_note, signer_name
from villagebooks.services.office import put_settings

OPENED = "envelope"
"""The entry of the journal for an envelope that was used."""
IDLE_SETTING = "idle_minutes"


def key_directory(office: Office) -> DirectoryView | None:
    """The directory in force, None before the root key ceremony."""
    with office.books.read() as connection:
        if not has_directory(connection):
            return None
        directory = load_directory(connection)
        digest = directory_hash(newest_directory_note(connection))
        boxes = {one.name: one.place for one in person_rows.boxes(connection)}
        rows = _rows(connection, directory, boxes)
        root_place = boxes.get(signer_name(directory.centre, ROOT), "")
        fresh = bool(directory.root_next)
        opened = opened_envelope(connection, directory.centre)
        return DirectoryView(directory.version, digest, directory.fingerprint, fresh, root_place, rows, opened)


def opened_envelope(connection: Connection, centre: str) -> OpenedEnvelope | None:
    """The recovery envelope of a centre where it was used and the recovery key is the same since."""
    last = journal.newest_entry(connection, f"key_box:{signer_name(centre, RECOVERY)}")
    return OpenedEnvelope(last[1], last[2]) if last and last[0] == OPENED else None


def _rows(connection: Connection, directory: KeyDirectory, boxes: dict[str, str]) -> tuple[KeyRow, ...]:
    days = journal.days_at(connection, [one.since for one in directory.keys])
    reasons = {(one.at, one.name): one for one in post_rows.revocations(connection)}
    valid = valid_signers(directory)
    rows = []
    for key in directory.keys:
        gone = min((one.at for one in directory.revocations if one.name == key.name and one.at > key.since), default=0)
        later = min((one.since for one in directory.keys if one.name == key.name and one.since > key.since), default=0)
        revoked = gone if gone and (not later or gone <= later) else 0
        why = reasons.get((revoked, key.name))
        ended = bool(later) or (not revoked and valid.get(key.name) != key.public)
        rows.append(
            KeyRow(
                key.name.rpartition("/")[2], key.roles, key.since, days.get(key.since, ""), fingerprint(key.public),
                revoked, why.day if why else "", why.reason if why else "", ended, boxes.get(key.name, ""),
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda one: -one.since))


def idle_minutes(office: Office) -> int:
    """After how many idle minutes keys are locked."""
    with office.books.read() as connection:
        kept = book_rows.settings(connection, [IDLE_SETTING]).get(IDLE_SETTING, LONGEST_IDLE)
    return kept if isinstance(kept, int) and not check_idle(kept) else LONGEST_IDLE


def set_idle_minutes(office: Office, minutes: int) -> None:
    """Lock sooner than after ten minutes; never later."""
    refuse_if(check_idle(minutes))
    put_settings(office, {IDLE_SETTING: minutes})
