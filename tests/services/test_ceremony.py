"""The root key ceremony step by step, its paper, going over to the next root, the office key from its envelope."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.pdf.reading import words_of
from tests.services.chain import journal_page
from tests.services.conftest import CHEAP, PASSPHRASE
from villagebooks.core.approval import AGENT, CASHIER, DIRECTOR
from villagebooks.core.journal import kind_word
from villagebooks.core.problem import Refused, Trouble
from villagebooks.core.reminder import ROOT_KEY
from villagebooks.db import guard
from villagebooks.db import person as person_rows
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.envelope import read_secret_text, secret_text
from villagebooks.seal.key import directory_hash, make_person_keys, read_directory, sign_directory, valid_signers
from villagebooks.services.ceremony import (
    Ceremony,
    finish_ceremony,
    finish_rotation,
    issue_from_envelope,
    prepare_ceremony,
    prepare_rotation,
    recover_office_key,
    renew_envelopes,
)
from villagebooks.services.check import check_books
from villagebooks.services.desk import Office
from villagebooks.services.directory import key_directory
from villagebooks.services.key import (
    OFFICE_KEY_FILE,
    ROOT,
    hold_root_ceremony,
    issue_key,
    key_boxes,
    load_directory,
    revoke_key,
    unlock,
)
from villagebooks.services.office import appoint, centre
from villagebooks.services.reminder import read_reminders
from villagebooks.services.root import print_envelopes, print_wall_sheet


@pytest.fixture
def held(office: Office) -> Ceremony:
    """A ceremony that was held, and a director with a key."""
    ceremony = prepare_ceremony(office)
    finish_ceremony(office, ceremony, PASSPHRASE, typed(ceremony), CHEAP)
    appoint(office, "邹启明", DIRECTOR, "2026-01-01")
    issue_key(office, ceremony.root.signing, "邹启明", PASSPHRASE, cost=CHEAP)
    return ceremony


def typed(ceremony: Ceremony) -> str:
    return ceremony.fingerprint.split("-")[2].lower()


def findings(office: Office) -> list[str]:
    return [one.rule for one in check_books(office, deep=True) if one.severity == "error"]


def test_nothing_is_written_before_the_fingerprint_was_read_from_the_sheet(office: Office) -> None:
    ceremony = prepare_ceremony(office)
    slips = (("太短", typed(ceremony), "至少要 10 个字"), (PASSPHRASE, "0000", "第 3 组不符"))
    for passphrase, group, sentence in slips:
        with pytest.raises(Refused, match=sentence):
            finish_ceremony(office, ceremony, passphrase, group, CHEAP)
    assert centre(office).root == ""
    assert finish_ceremony(office, ceremony, PASSPHRASE, typed(ceremony), CHEAP) == centre(office).root
    with office.books.read() as connection:
        directory = load_directory(connection)
    assert (directory.version, len(directory.root_next), len(directory.recipients)) == (1, 64, 1)
    assert key_boxes(office) == {}
    with pytest.raises(Refused, match="更换手续"):
        prepare_ceremony(office)
    with pytest.raises(Refused, match="更换手续"):
        finish_ceremony(office, ceremony, PASSPHRASE, typed(ceremony))


def test_the_sheets_carry_fingerprint_and_secrets_once_and_twice(office: Office, tmp_path: Path) -> None:
    ceremony = prepare_ceremony(office)
    wall = "".join(words_of(print_wall_sheet(office, tmp_path / "wall.pdf", ceremony)).split())
    assert "".join(ceremony.fingerprint.split("-")) in wall.replace("-", "")
    pages = words_of(print_envelopes(office, ceremony, tmp_path / "envelopes.pdf")).split("\f")[:-1]
    plain = ["".join(page.split()) for page in pages]
    secrets = {name: text.replace("-", "") for name, text in ceremony.envelopes().items()}
    assert [secrets["root"] in page for page in plain] == [True, False, False]
    assert [secrets["recovery"] in page for page in plain] == [False, True, True]
    assert all(ceremony.fingerprint in page for page in plain)
    with pytest.raises(Refused, match="还没有总钥匙"):
        print_wall_sheet(office, tmp_path / "none.pdf")


def test_the_next_root_from_its_envelope_takes_over_and_announces_another(office: Office, held: Ceremony) -> None:
    rotation = prepare_rotation(office, held.envelopes()["root"].replace("-", " ").lower())
    assert rotation.recovery is None
    before = centre(office).root
    assert finish_rotation(office, rotation, PASSPHRASE + "新", typed(rotation), CHEAP) == centre(office).root != before
    root = unlock(office.books, ROOT, PASSPHRASE + "新").keys.signing
    assert root == rotation.root.signing
    with pytest.raises(FormatError, match="与名录里写的不一致"):
        revoke_key(office, held.root.signing, "邹启明")
    appoint(office, "冯素芳", AGENT, "2026-01-01")
    holder = unlock(office.books, "邹启明", PASSPHRASE)
    issue_key(office, root, "冯素芳", PASSPHRASE, holder.office_key, CHEAP)
    with office.books.read() as connection:
        assert len(valid_signers(load_directory(connection))) == 2
    assert findings(office) == []
    third = prepare_rotation(office, rotation.envelopes()["root"])
    finish_rotation(office, third, PASSPHRASE, typed(third), CHEAP)
    assert findings(office) == []


def test_a_rotation_left_open_in_a_second_window_does_not_void_the_envelope_just_sealed(
    office: Office, held: Ceremony
) -> None:
    first, second = (prepare_rotation(office, held.envelopes()["root"]) for _window in range(2))
    finish_rotation(office, first, PASSPHRASE, typed(first), CHEAP)
    with pytest.raises(Refused, match="总钥匙已经换过了"):
        finish_rotation(office, second, PASSPHRASE, typed(second), CHEAP)
    assert prepare_rotation(office, first.envelopes()["root"])


def test_a_root_that_was_not_announced_is_refused_and_found(office: Office, held: Ceremony) -> None:
    with pytest.raises(Refused, match="不是名录里公布的下一把总钥匙"):
        prepare_rotation(office, secret_text(b"x" * 32))
    with pytest.raises(Refused, match="逐组核对"):
        prepare_rotation(office, held.envelopes()["root"][:-1] + ("0" if held.envelopes()["root"][-1] != "0" else "1"))
    stranger = make_person_keys(held.root.name).signing
    with office.books.write() as connection:
        guard.drop_guards(connection)
        version, raw = person_rows.directory(connection) or (0, b"")
        old = read_directory(raw, held.root.signing.public)
        forged = sign_directory(
            stranger, replace(old, version=version + 1, previous=directory_hash(raw), root=stranger.public)
        )
        person_rows.add_directory(connection, version + 1, forged, directory_hash(forged))
        guard.make_guards(connection)
    found = [one.text for one in check_books(office, deep=True) if one.rule == "directory"]
    assert any("不是墙上公布的那一把" in text for text in found)


def test_the_recovery_envelope_opens_the_office_key_when_nobody_else_can(office: Office, held: Ceremony) -> None:
    known = unlock(office.books, "邹启明", PASSPHRASE).office_key
    assert recover_office_key(office, held.envelopes()["recovery"]) == known
    with pytest.raises(Refused, match="不是本中心现在的恢复钥匙"):
        recover_office_key(office, held.envelopes()["root"])
    root = held.root.signing
    appoint(office, "冯素芳", AGENT, "2026-01-01")
    fresh = issue_from_envelope(office, root, "冯素芳", PASSPHRASE, held.envelopes()["recovery"], CHEAP)
    assert fresh.office_key == known
    for name in ("总钥匙", "恢复钥匙"):
        with pytest.raises(Refused, match="不能给人用"):
            appoint(office, name, AGENT, "2026-01-01")


def test_a_forgotten_passphrase_of_the_last_holder_is_answered_by_a_fresh_key_from_the_envelope(
    office: Office, held: Ceremony
) -> None:
    known, new = unlock(office.books, "邹启明", PASSPHRASE).office_key, "换成谁也没有忘的口令"
    appoint(office, "龙小梅", CASHIER, "2026-01-01")
    root, secret = held.root.signing, held.envelopes()["recovery"]
    for person, passphrase, typed_secret, sentence in (
        ("邹启明", "太短", secret, "至少要 10 个字"),
        ("邹启明", new, secret[:-5], "应是 56 个字符，输了 52 个"),
        ("邹启明", new, held.envelopes()["root"], "“下一把总钥匙”的信封里不是它"),
        ("龙小梅", new, secret, "龙小梅现在不是主任，也不是代理会计"),
        ("谁也不是", new, secret, "谁也不是现在不是主任"),
    ):
        with pytest.raises(Refused, match=sentence):
            issue_from_envelope(office, root, person, passphrase, typed_secret, CHEAP)
    assert unlock(office.books, "邹启明", PASSPHRASE).office_key == known
    assert issue_from_envelope(office, root, "邹启明", new, secret, CHEAP).office_key == known
    assert unlock(office.books, "邹启明", new).office_key == known
    kinds = [one.kind for one in journal_page(office)]
    assert kinds[-5:] == ["envelope", "revoke", "directory", "key", "directory"]
    assert kind_word("envelope") == "用恢复钥匙"
    with pytest.raises(Refused, match="口令不对"):
        unlock(office.books, "邹启明", PASSPHRASE)
    view = key_directory(office)
    assert view is not None
    assert [(one.signs, one.reason) for one in view.rows] == [(True, ""), (False, "口令忘了，用恢复钥匙另发")]
    assert findings(office) == []


def test_an_envelope_that_was_used_is_told_and_reminded_of_until_it_is_made_anew(
    office: Office, held: Ceremony
) -> None:
    def told() -> list[str]:
        return [one.words for one in read_reminders(office) if one.place == ROOT_KEY]

    view = key_directory(office)
    assert view is not None
    assert (view.opened, told()) == (None, [])
    root, secret = held.root.signing, held.envelopes()["recovery"]
    fresh = issue_from_envelope(office, root, "邹启明", "换成谁也没有忘的口令", secret, CHEAP)
    view = key_directory(office)
    assert view is not None
    assert view.opened is not None
    assert view.opened.sentence.startswith("“恢复钥匙”的信封 2026-09-02 由")
    assert told() == [view.opened.sentence]
    renew_envelopes(office, root)
    assert len(told()) == 1, "the next root alone is made anew: what is in the recovery envelope still opens"
    renew_envelopes(office, root, fresh.office_key)
    view = key_directory(office)
    assert view is not None
    assert (view.opened, told()) == (None, [])


def test_a_centre_that_never_made_a_recovery_key_is_told_so(office: Office) -> None:
    hold_root_ceremony(office, PASSPHRASE, CHEAP)
    with pytest.raises(Refused, match="没有做过恢复钥匙"):
        recover_office_key(office, secret_text(b"x" * 32))


def test_a_centre_without_envelopes_makes_them_later_and_old_ones_open_nothing(office: Office) -> None:
    root = hold_root_ceremony(office, PASSPHRASE, CHEAP)
    appoint(office, "邹启明", DIRECTOR, "2026-01-01")
    director = issue_key(office, root, "邹启明", PASSPHRASE, cost=CHEAP)
    first = renew_envelopes(office, root, director.office_key)
    assert recover_office_key(office, first.envelopes()["recovery"]) == director.office_key
    second = renew_envelopes(office, root, director.office_key)
    for act in (prepare_rotation, recover_office_key):
        with pytest.raises(Refused):
            act(office, first.envelopes()["root" if act is prepare_rotation else "recovery"])
    assert renew_envelopes(office, root).envelopes().keys() == {"root"}
    assert recover_office_key(office, second.envelopes()["recovery"]) == director.office_key
    with pytest.raises(Refused, match="不是现在的总钥匙"):
        renew_envelopes(office, director.keys.signing)
    assert findings(office) == []


def test_a_lost_office_key_stops_the_ceremony_with_a_sentence(office: Office) -> None:
    (office.books.files / OFFICE_KEY_FILE).unlink()
    ceremony = prepare_ceremony(office)
    with pytest.raises(Trouble, match=r"office\.key"):
        finish_ceremony(office, ceremony, PASSPHRASE, typed(ceremony), CHEAP)
    assert centre(office).root == ""


def test_a_secret_is_copied_without_a_slip_or_refused() -> None:
    secret = bytes(range(32))
    text = secret_text(secret)
    assert text == "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-2GAH-C5RR-34D1-P70X-3RFG-" + text[-4:]
    assert len(text) == 69
    assert read_secret_text(text.lower().replace("-", " ").replace("0", "o")) == secret
    for place, char in enumerate(text):
        if char != "-":
            wrong = text[:place] + ("1" if char != "1" else "2") + text[place + 1 :]
            with pytest.raises(FormatError):
                read_secret_text(wrong)
    for wrong in ("", text[:-1], text + "0", text.replace("G", "U")):
        with pytest.raises(FormatError):
            read_secret_text(wrong)
