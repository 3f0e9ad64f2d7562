"""The root key ceremony step by step, and going over to the next root key: nothing is written before the last step."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from villagebooks.core.approval import AGENT, DIRECTOR
from villagebooks.core.post import roles_on
from villagebooks.core.problem import Problem, Refused, Trouble, refuse_if
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import person as person_rows
from villagebooks.db.person import KeyBox
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.envelope import read_secret_text, secret_text
from villagebooks.seal.key import (
    PASSPHRASE_COST,
    Argon2Cost,
    KeyDirectory,
    PersonKeys,
    ReaderEntry,
    SealingKey,
    SigningKey,
    check_succession,
    fingerprint,
    lock_box,
    make_person_keys,
    pack_person,
    root_next_hash,
    sign_directory,
    unwrap,
    wrap,
)
from villagebooks.services.desk import Act, Office, acting_office
from villagebooks.services.key import (
    NO_FILE,
    OFFICE_KEY_FILE,
    OFFICE_PURPOSE,
    RECOVERY,
    ROOT,
    Unlocked,
    check_passphrase,
    has_directory,
    issue_key,
    key_holders,
    load_directory,
    newest_directory_note,
    next_directory,
    publish_directory,
    revoke_key,
    signer_name,
)

ASKED_GROUP = 3
"""Which group of the fingerprint has to be typed from the sheet on the wall, counted from 1."""


@dataclass(frozen=True, slots=True)
class Ceremony:
    """Fresh keys that exist nowhere but here and on what is printed of them. `recovery` is None when the root goes over
    to the next one: the recovery key stays."""

    root: PersonKeys
    following: SigningKey = field(repr=False)
    recovery: SealingKey | None = field(default=None, repr=False)

    @property
    def fingerprint(self) -> str:
        """What hangs on the wall."""
        return fingerprint(self.root.signing.public)

    def envelopes(self) -> dict[str, str]:
        """What goes into each kind of envelope, as printed: `root` once, `recovery` twice."""
        texts = {"root": secret_text(self.following.seed)}
        return texts | ({"recovery": secret_text(self.recovery.seed)} if self.recovery else {})


def prepare_ceremony(office: Office, random: Callable[[int], bytes] = os.urandom) -> Ceremony:
    """Fresh root, next root and recovery key; Refused when the ceremony was held already."""
    with office.books.read() as connection:
        if has_directory(connection):
            raise Refused([Problem(_("总钥匙已经有了，换总钥匙要走更换手续"))])
        centre = book_rows.centre(connection).name
    name = signer_name(centre, ROOT)
    recovery = SealingKey(signer_name(centre, RECOVERY), random(32))
    return Ceremony(make_person_keys(name, random), SigningKey(name, random(32)), recovery)


def check_typed(ceremony: Ceremony, typed: str) -> list[Problem]:
    """Whether the asked group was typed as it stands on the sheet."""
    wanted = ceremony.fingerprint.split("-")[ASKED_GROUP - 1]
    if "".join(typed.split()).upper() == wanted:
        return []
    text = _("与打印的指纹第 {n} 组不符，请看着墙上那张纸输")
    return [Problem(text.format(n=ASKED_GROUP), field="typed")]


def finish_ceremony(
    office: Office, ceremony: Ceremony, passphrase: str, typed: str, cost: Argon2Cost = PASSPHRASE_COST
) -> str:
    """Lock the root key, wrap the office key to the recovery key, sign directory version 1; the fingerprint.

    Refused for a short passphrase, for a fingerprint that was not read from the sheet, and a second time.
    """
    refuse_if([*check_passphrase(passphrase), *check_typed(ceremony, typed)])
    with acting_office(office) as act:
        if has_directory(act.connection):
            raise Refused([Problem(_("总钥匙已经有了，换总钥匙要走更换手续"))])
        centre = book_rows.centre(act.connection).name
        recipients: tuple[ReaderEntry, ...] = ()
        if ceremony.recovery:
            recipients = (ReaderEntry(ceremony.recovery.name, ceremony.recovery.public),)
            _keep_recovery(act, ceremony.recovery, _waiting_office_key(office))
        following = root_next_hash(ceremony.following.public)
        root = ceremony.root.signing
        directory = KeyDirectory(centre, 1, root.public, recipients=recipients, root_next=following)
        _keep_root(act, ceremony.root, passphrase, cost)
        publish_directory(act, root, directory)
        _keep_fingerprint(act, directory)
    return ceremony.fingerprint


def prepare_rotation(office: Office, typed_secret: str, random: Callable[[int], bytes] = os.urandom) -> Ceremony:
    """The root key from the opened envelope and a fresh one for the next; Refused when it is not the announced one."""
    try:
        seed = read_secret_text(typed_secret)
    except FormatError as error:
        raise Refused([Problem(str(error), field="secret")]) from error
    with office.books.read() as connection:
        old = load_directory(connection)
    name = signer_name(old.centre, ROOT)
    root = SigningKey(name, seed)
    if root_next_hash(root.public) != old.root_next:
        raise Refused([Problem(_("这不是名录里公布的下一把总钥匙"), field="secret")])
    return Ceremony(PersonKeys(root, SealingKey(name, random(32))), SigningKey(name, random(32)))


def finish_rotation(
    office: Office, ceremony: Ceremony, passphrase: str, typed: str, cost: Argon2Cost = PASSPHRASE_COST
) -> str:
    """The next root key takes over: it signs the next version, which announces the one after it; the old root signs
    nothing from here on, everybody's keys stay. Answers the new fingerprint for the wall."""
    refuse_if([*check_passphrase(passphrase), *check_typed(ceremony, typed)])
    with acting_office(office) as act:
        old = load_directory(act.connection)
        raw = newest_directory_note(act.connection)
        root = ceremony.root.signing
        if root.public == old.root:
            raise Refused([Problem(_("总钥匙已经换过了：第二次换会让刚封好的信封作废"))])
        following = root_next_hash(ceremony.following.public)
        new = replace(next_directory(act.connection, old), root=root.public, root_next=following)
        try:
            check_succession(raw, old, new)
            sign_directory(root, new)
        except FormatError as error:
            raise Refused([Problem(str(error))]) from error
        _keep_root(act, ceremony.root, passphrase, cost)
        publish_directory(act, root, new)
        _keep_fingerprint(act, new)
    return ceremony.fingerprint


def renew_envelopes(
    office: Office, root: SigningKey, office_key: bytes | None = None, random: Callable[[int], bytes] = os.urandom
) -> Ceremony:
    """Fresh envelopes: for a centre whose ceremony made none, after one was opened, or when one is lost. The next
    version announces another next root; with the `office_key` of somebody unlocked the recovery key is another one too.

    What the old envelopes hold opens nothing from here on. Answers what is to be printed, which stands nowhere else.
    """
    with acting_office(office) as act:
        old = load_directory(act.connection)
        if root.public != old.root:
            raise Refused([Problem(_("这不是现在的总钥匙"), field="root")])
        following = SigningKey(root.name, random(32))
        recovery = SealingKey(signer_name(old.centre, RECOVERY), random(32)) if office_key else None
        new = replace(next_directory(act.connection, old), root_next=root_next_hash(following.public))
        if recovery and office_key:
            others = tuple(one for one in old.recipients if one.name != recovery.name)
            new = replace(new, recipients=(*others, ReaderEntry(recovery.name, recovery.public)))
            _keep_recovery(act, recovery, office_key)
        publish_directory(act, root, new)
    return Ceremony(PersonKeys(root, SealingKey(root.name, random(32))), following, recovery)


def issue_from_envelope(
    office: Office,
    root: SigningKey,
    person: str,
    passphrase: str,
    typed_secret: str,
    cost: Argon2Cost = PASSPHRASE_COST,
) -> Unlocked:
    """A key for the director or an agent when nobody is left who opens the office key: it comes from the recovery
    envelope. A key of this person that still signs is revoked first: its passphrase is lost.

    Refused before anything is written: for a secret that is not the recovery key's, a short passphrase, and somebody
    whose duty needs no office key. The envelope was opened, so it is made anew afterwards (`renew_envelopes`).
    """
    refuse_if(check_passphrase(passphrase))
    secret = recover_office_key(office, typed_secret)
    with office.books.read() as connection:
        roles = roles_on(person_rows.officers(connection), person, office.books.now()[:10])
    if not {DIRECTOR, AGENT} & set(roles):
        text = _("{name}现在不是主任，也不是代理会计：先用恢复钥匙给主任或会计发钥匙，再给{name}发")
        raise Refused([Problem(text.format(name=person), field="person")])
    with acting_office(office) as act:  # first: that it was opened stays, whatever comes about of the rest
        act.record("envelope", f"key_box:{signer_name(book_rows.centre(act.connection).name, RECOVERY)}")
    if person in key_holders(office):
        revoke_key(office, root, person, _("口令忘了，用恢复钥匙另发"))
    return issue_key(office, root, person, passphrase, secret, cost)


def recover_office_key(office: Office, typed_secret: str) -> bytes:
    """The office key by the recovery key from its envelope; Refused when it is another's, or mistyped."""
    try:
        seed = read_secret_text(typed_secret)
    except FormatError as error:
        raise Refused([Problem(str(error), field="recovery")]) from error
    with office.books.read() as connection:
        centre = book_rows.centre(connection).name
        box = person_rows.find_box(connection, signer_name(centre, RECOVERY))
    if box is None or box.office_wrap is None:
        raise Refused([Problem(_("这个中心没有做过恢复钥匙：只有主任或会计想起口令才行"), field="recovery")])
    key = SealingKey(signer_name(centre, RECOVERY), seed)
    if key.public != box.sealing_public:
        text = _("这不是本中心现在的恢复钥匙：信封重做过的，用最近一次封的那份；“下一把总钥匙”的信封里不是它")
        raise Refused([Problem(text, field="recovery")])
    return unwrap(key, box.office_wrap, OFFICE_PURPOSE, NO_FILE, key.name)


def _waiting_office_key(office: Office) -> bytes:
    """The office key as `new` left it for the first holder; `Trouble` when somebody took the file away."""
    try:
        return (office.books.files / OFFICE_KEY_FILE).read_bytes()
    except OSError as error:
        text = _("办公室钥匙不在附件文件夹里（{file}），找回来再做仪式")
        raise Trouble(text.format(file=OFFICE_KEY_FILE)) from error


def _keep_recovery(act: Act, key: SealingKey, secret: bytes) -> None:
    wrapped = wrap(key.public, secret, OFFICE_PURPOSE, NO_FILE, key.name)
    person_rows.put_box(act.connection, KeyBox(key.name, b"", b"", key.public, wrapped, act.at))
    act.record("key", f"key_box:{key.name}")


def _keep_root(act: Act, keys: PersonKeys, passphrase: str, cost: Argon2Cost) -> None:
    box = lock_box(passphrase, pack_person(keys), cost)
    person_rows.put_box(act.connection, KeyBox(keys.name, box, keys.signing.public, keys.sealing.public, None, act.at))
    act.record("key", f"key_box:{keys.name}")


def _keep_fingerprint(act: Act, directory: KeyDirectory) -> None:
    book_rows.put_setting(act.connection, "root", directory.fingerprint)
    act.record("root", "setting:root")
