"""Keys of people and of the office: the root key ceremony, issuing, unlocking, enrolling readers (SECURITY §2)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.approval import AGENT, DIRECTOR
from villagebooks.core.post import roles_on
from villagebooks.core.problem import Problem, Refused, Trouble, refuse_if
from villagebooks.core.words import _, plain_text
from villagebooks.db import book as book_rows
from villagebooks.db import journal
from villagebooks.db import person as person_rows
from villagebooks.db import post as post_rows
from villagebooks.db.handle import Books
from villagebooks.db.person import KeyBox
from villagebooks.db.post import RevocationRow
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.file import write_file_safely
from villagebooks.seal.key import (
    PASSPHRASE_COST,
    Argon2Cost,
    KeyDirectory,
    KeyEntry,
    PersonKeys,
    ReaderEntry,
    Revocation,
    SealingKey,
    SigningKey,
    WrongPassphrase,
    check_proof,
    directory_hash,
    lock_box,
    make_person_keys,
    open_box,
    pack_person,
    prove_possession,
    read_directory,
    sign_directory,
    unpack_person,
    unwrap,
    valid_signers,
    wrap,
)
from villagebooks.seal.person import derive
from villagebooks.services.desk import Act, Office, acting_office
from villagebooks.services.stick import (
    find_key_file,
    key_file_name,
    read_key_file,
    remove_key_file,
    write_key_file,
)

SHORTEST_PASSPHRASE = 10
ROOT, RECOVERY = "总钥匙", "恢复钥匙"
"""Names that no person may have: the centre's root key, and what opens the office key when nobody else can."""
OFFICE_KEY_FILE = "office.key"
"""Where the office key waits, beside the attachments, until the first person who may hold it has a key."""
NO_FILE = bytes(16)
OFFICE_PURPOSE = "office"


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A person's keys while unlocked; `office_key` only for those whose duty needs sealed columns."""

    keys: PersonKeys
    office_key: bytes | None = field(default=None, repr=False)

    @property
    def person(self) -> str:
        """The person's name without the centre."""
        return self.keys.name.rpartition("/")[2]


def signer_name(centre: str, person: str) -> str:
    """`<centre>/<person>`: the name in notes."""
    return f"{centre}/{person}"


def check_passphrase(passphrase: str) -> list[Problem]:
    """At least ten characters (SECURITY §2)."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        return [Problem(_("口令至少要 {n} 个字").format(n=SHORTEST_PASSPHRASE), field="passphrase")]
    return []


def hold_root_ceremony(office: Office, passphrase: str, cost: Argon2Cost = PASSPHRASE_COST) -> SigningKey:
    """Make the centre's root key, lock it, publish directory version 1; its fingerprint hangs on the wall."""
    refuse_if(check_passphrase(passphrase))
    with acting_office(office) as act:
        centre = book_rows.centre(act.connection)
        if person_rows.directory(act.connection):
            raise Refused([Problem(_("总钥匙已经有了，换总钥匙要走更换手续"))])
        keys = make_person_keys(signer_name(centre.name, ROOT))
        _store_box(act, keys, passphrase, cost, None)
        directory = KeyDirectory(centre.name, 1, keys.signing.public)
        publish_directory(act, keys.signing, directory)
        book_rows.put_setting(act.connection, "root", directory.fingerprint)
        act.record("root", "setting:root")
    return keys.signing


def issue_key(
    office: Office,
    root: SigningKey,
    person: str,
    passphrase: str,
    office_key: bytes | None = None,
    cost: Argon2Cost = PASSPHRASE_COST,
) -> Unlocked:
    """A person's first key: enrolled in the directory with proof of possession, the office key wrapped by duty.

    `office_key` comes from somebody unlocked who holds it; the first holder takes it from the file that `new` left.
    """
    refuse_if(check_passphrase(passphrase))
    if person in (ROOT, RECOVERY):
        raise Refused([Problem(_("“{name}”是总钥匙的名字，不能给人用").format(name=person))])
    with acting_office(office) as act:
        centre = book_rows.centre(act.connection)
        roles = roles_on(person_rows.officers(act.connection), person, act.at[:10])
        if not roles:
            raise Refused([Problem(_("{name}没有登记职责，不能发钥匙").format(name=person))])
        keys = make_person_keys(signer_name(centre.name, person))
        secret = _office_key_for(office.books, roles, office_key)
        wrapped = wrap(keys.sealing.public, secret, OFFICE_PURPOSE, NO_FILE, keys.name) if secret else None
        _store_box(act, keys, passphrase, cost, wrapped)
        old = load_directory(act.connection)
        since = journal.head(act.connection, None)[1].seq + 1
        entry = KeyEntry(keys.name, keys.signing.public, tuple(sorted(roles)), since)
        check_proof(prove_possession(keys.signing, entry), entry)
        publish_directory(act, root, next_directory(act.connection, old, keys=(*old.keys, entry)))
    if secret:
        with suppress(FileNotFoundError):
            (office.books.files / OFFICE_KEY_FILE).unlink()
    return Unlocked(keys, secret)


def enrol_reader(office: Office, root: SigningKey, reader: ReaderEntry) -> None:
    """Query files are sealed to this reader from now on (class 1 kiosk, class 2 page)."""
    with acting_office(office) as act:
        old = load_directory(act.connection)
        publish_directory(act, root, next_directory(act.connection, old, readers=(*old.readers, reader)))


def revoke_key(office: Office, root: SigningKey, person: str, reason: str = "") -> None:
    """From now on nothing that this person's key signs is valid; what it signed before stays valid.

    The reason is kept beside the directory; Refused for somebody whose key does not sign.
    """
    with acting_office(office) as act:
        old = load_directory(act.connection)
        name = signer_name(old.centre, person)
        if name not in valid_signers(old):
            raise Refused([Problem(_("{name}没有有效的钥匙").format(name=person))])
        gone = _revocation(act, name, reason)
        publish_directory(act, root, next_directory(act.connection, old, revocations=(*old.revocations, gone)))


def follow_posts(act: Act, root: SigningKey | None, people: Sequence[str], day: str, reason: str) -> None:
    """Let the directory say what the posts say now, inside a larger act: who holds no post any more is revoked, who
    holds other ones signs for those from here on with the same key. Refused without the root key when it is needed."""
    if not has_directory(act.connection):
        return
    old = load_directory(act.connection)
    valid, officers = valid_signers(old), person_rows.officers(act.connection)
    keys, gone = list(old.keys), list(old.revocations)
    for person in people:
        name, roles = signer_name(old.centre, person), roles_on(officers, person, day)
        if name not in valid:
            continue
        now = max((one for one in old.keys if one.name == name), key=lambda one: one.since)
        if not roles:
            gone.append(_revocation(act, name, reason))
        elif roles != now.roles:
            keys.append(replace(now, roles=roles, since=journal.head(act.connection, None)[1].seq + 1))
    if len(keys) == len(old.keys) and len(gone) == len(old.revocations):
        return
    if root is None:
        text = _("{names}的钥匙要随岗位变，请由掌管总钥匙的人输总钥匙口令")
        raise Refused([Problem(text.format(names=_("、").join(people)), field="root")])
    publish_directory(act, root, next_directory(act.connection, old, keys=tuple(keys), revocations=tuple(gone)))


def change_passphrase(
    office: Office, person: str, old: str, new: str, stick: Path | None = None, cost: Argon2Cost = PASSPHRASE_COST
) -> None:
    """Lock the same keys under another passphrase, where they lie; the directory does not change."""
    refuse_if([replace(one, field="new") for one in check_passphrase(new)])
    if old == new:
        raise Refused([Problem(_("新口令和旧口令一样"), field="new")])
    opened = unlock(office.books, person, old, stick)
    raw = lock_box(new, pack_person(opened.keys), cost)
    box = box_of(office.books, person)
    if box.place:
        write_key_file(find_key_file(box.name, box.place, stick), raw)
    with acting_office(office) as act:
        person_rows.put_box(act.connection, replace(box, box=b"" if box.place else raw, made_at=act.at))
        act.record("passphrase", f"key_box:{box.name}")
    office.books.forget()


def move_key_to_stick(office: Office, person: str, passphrase: str, folder: Path) -> Path:
    """The box goes to a folder of a stick and leaves the books, which keep the public halves; the file's path.

    Written, read back and opened there before the books let go of it. Refused when it lies there already.
    """
    box = box_of(office.books, person)
    if box.place:
        text = _("{name}的钥匙已经在U盘上：{place}")
        raise Refused([Problem(text.format(name=person, place=box.place), field="stick")])
    unlock(office.books, person, passphrase)
    path = folder / key_file_name(box.name)
    if path.exists():
        raise Refused([Problem(_("那里已经有 {file}，请换一个文件夹").format(file=path.name), field="stick")])
    write_key_file(path, box.box)
    with acting_office(office) as act:
        person_rows.put_box(act.connection, replace(box, box=b"", place=str(folder)))
        act.record("key_to_stick", f"key_box:{box.name}")
    office.books.forget()
    return path


def move_key_to_books(office: Office, person: str, passphrase: str, stick: Path | None = None) -> bool:
    """The box comes back from its stick; whether the file could be taken off the stick as well."""
    box = box_of(office.books, person)
    if not box.place:
        raise Refused([Problem(_("{name}的钥匙就在账套里").format(name=person), field="stick")])
    unlock(office.books, person, passphrase, stick)
    path = find_key_file(box.name, box.place, stick)
    raw = read_key_file(path)
    with acting_office(office) as act:
        person_rows.put_box(act.connection, replace(box, box=raw, place=""))
        act.record("key_to_books", f"key_box:{box.name}")
    return remove_key_file(path)


def box_of(books: Books, person: str) -> KeyBox:
    """The person's key box; Refused without one."""
    with books.read() as connection:
        centre = book_rows.centre(connection)
        box = person_rows.find_box(connection, signer_name(centre.name, person))
    if box is None:
        raise Refused([Problem(_("{name}还没有钥匙").format(name=person))])
    return box


def unlock(books: Books, person: str, passphrase: str, stick: Path | None = None) -> Unlocked:
    """Open a person's box with the passphrase; Refused when it is wrong, there is none, or it lies on a stick that is
    not here. `stick` is the folder to look in first."""
    box = box_of(books, person)
    raw = read_key_file(find_key_file(box.name, box.place, stick)) if box.place else box.box
    try:
        keys = unpack_person(open_box(passphrase, raw))
    except WrongPassphrase as error:
        raise Refused([Problem(_("{name}的口令不对").format(name=person), field="passphrase")]) from error
    except FormatError as error:
        raise Refused([Problem(_("{name}的钥匙文件读不出来：{why}").format(name=person, why=error))]) from error
    if (keys.name, keys.signing.public) != (box.name, box.signing_public):
        raise Refused([Problem(_("这不是{name}现在用的钥匙：U盘上的可能是旧的").format(name=person))])
    secret = unwrap(keys.sealing, box.office_wrap, OFFICE_PURPOSE, NO_FILE, keys.name) if box.office_wrap else None
    return Unlocked(keys, secret)


def _revocation(act: Act, name: str, reason: str) -> Revocation:
    """A line of the directory, with its reason kept and journalled."""
    at = journal.head(act.connection, None)[1].seq + 1
    words = plain_text(reason).strip()
    post_rows.add_revocation(act.connection, RevocationRow(at, name, words, act.at[:10], act.person))
    act.record("revoke", f"revocation:{at}/{name}")
    return Revocation(name, at)


def first_office_key(office: Office, holders: Sequence[str], passphrase: str) -> bytes | None:
    """The office key of the first of `holders` whose passphrase this is; None without one, the last refusal when it is
    nobody's."""
    if not passphrase:
        return None
    refused = Refused([Problem(_("没有主任或会计持有办公室钥匙：开“恢复钥匙”的信封，照输里面的字符"))])
    for name in holders:
        try:
            return unlock(office.books, name, passphrase).office_key
        except Refused as error:
            refused = error
    raise refused


def key_holders(office: Office) -> list[str]:
    """People of the centre whose key signs, without the root."""
    return [name for name, signs in key_boxes(office).items() if signs]


def key_boxes(office: Office) -> dict[str, bool]:
    """Everybody of the centre who was given a key, without the root, and whether it still signs or was revoked."""
    with office.books.read() as connection:
        names = person_rows.box_names(connection)
        valid = valid_signers(load_directory(connection)) if has_directory(connection) else {}
    short = {name.rpartition("/")[2]: name in valid for name in names}
    return {name: signs for name, signs in short.items() if name not in (ROOT, RECOVERY)}


def registrars(directory: KeyDirectory, at: int | None = None) -> dict[str, bytes]:
    """Name → public key of those who may attest the ink of others at an office position (None: now)."""
    return valid_signers(directory, AGENT, at) | valid_signers(directory, DIRECTOR, at)


def has_directory(connection: Connection) -> bool:
    """Whether the root key ceremony was held."""
    return person_rows.directory(connection) is not None


def load_directory(connection: Connection) -> KeyDirectory:
    """The newest key directory, verified under the root these books remember; Trouble when there is none."""
    raw = newest_directory_note(connection)
    root = book_rows.settings(connection, ["root"]).get("root")
    return read_directory(raw, str(root) if root else None)


def newest_directory_note(connection: Connection) -> bytes:
    """The newest key directory as the signed note that travels in every container."""
    found = person_rows.directory(connection)
    if found is None:
        raise Trouble(_("还没有总钥匙：请先在“设置”里做总钥匙仪式"))
    return found[1]


def intake_key(office_key: bytes) -> SealingKey:
    """The key that opens what an import sealed while nobody had unlocked the office key."""
    return SealingKey("intake", derive(office_key, b"vb1/intake"))


def _office_key_for(books: Books, roles: tuple[str, ...], given: bytes | None) -> bytes | None:
    if DIRECTOR not in roles and AGENT not in roles:
        return None
    if given:
        return given
    try:
        return (books.files / OFFICE_KEY_FILE).read_bytes()
    except FileNotFoundError as error:
        text = _("办公室钥匙已有人保管：请主任或会计输自己的口令；他们都忘了口令的，开“恢复钥匙”的信封，照输里面的字符")
        raise Refused([Problem(text)]) from error


def keep_office_key(books: Books, secret: bytes) -> None:
    """Put the fresh office key where the first holder will find it, readable by this user only."""
    path = books.files / OFFICE_KEY_FILE
    write_file_safely(path, secret)
    path.chmod(0o600)


def _store_box(act: Act, keys: PersonKeys, passphrase: str, cost: Argon2Cost, wrapped: bytes | None) -> None:
    box = lock_box(passphrase, pack_person(keys), cost)
    person_rows.put_box(
        act.connection, KeyBox(keys.name, box, keys.signing.public, keys.sealing.public, wrapped, act.at)
    )
    act.record("key", f"key_box:{keys.name}")


def next_directory(connection: Connection, old: KeyDirectory, **changes: object) -> KeyDirectory:
    """The version after the newest one, with changes; not signed yet."""
    previous = directory_hash(newest_directory_note(connection))
    return replace(old, version=old.version + 1, previous=previous, **changes)  # type: ignore[arg-type]  # field by name


def publish_directory(act: Act, root: SigningKey, directory: KeyDirectory) -> None:
    """Sign a version, keep and journal it, inside a larger act."""
    note = sign_directory(root, directory)
    person_rows.add_directory(act.connection, directory.version, note, directory_hash(note))
    act.record("directory", f"key_directory:{directory.version}")
