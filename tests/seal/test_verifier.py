"""Two verifiers that share no code agree: on every specimen, on mutations of their bytes, and on files signed anew."""

from __future__ import annotations

import ast
import base64
import hashlib
import importlib.util
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

import pytest
from argon2.low_level import Type, hash_secret_raw

from tests import specimens as made
from tests.specimens import CHEAP, DEVICE, DIRECTOR, GONE, NEXT_ROOT, ROOT, STRANGER, Office, make_office
from villagebooks.core.approval import SIGNED_KINDS
from villagebooks.formats.container import Known, make_known
from villagebooks.formats.proof import build_proof
from villagebooks.formats.verify import verify_file
from villagebooks.seal import canonical, code, disclosure, journal, key, note
from villagebooks.seal.note import sign_note

SCRIPT = Path(__file__).parents[2] / "resources" / "verify" / "verify_villagebooks.py"
VECTORS = Path(__file__).with_name("vectors.json")
MUTATIONS = 1000
OTHER_ROOT = key.fingerprint(STRANGER.public)


def load_verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_villagebooks", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


other = load_verifier()


@dataclass(frozen=True)
class Ask:
    """What both are asked: the file's bytes and what the reader knows."""

    raw: bytes
    root: str = ""
    keys: tuple[bytes, ...] = ()
    code: str = ""
    chain: bytes = b""


@pytest.fixture(scope="module")
def office() -> Office:
    return make_office()


@pytest.fixture(scope="module")
def asks(office: Office) -> dict[str, Ask]:
    """Every specimen with what a reader needs to verify it."""
    root = key.fingerprint(NEXT_ROOT.public)
    found = {name: Ask(raw, root) for name, raw in made.specimens(office).items()}
    keys = (office.directories[2],)
    found["directory-first"] = replace(found["directory-first"], root=key.fingerprint(ROOT.public))
    for name in ("anchor-first", "anchor-second", "approval-of-key"):
        found[name] = replace(found[name], root="", keys=keys)
    found["anchor-first"] = replace(found["anchor-first"], code=office.codes[0], chain=office.chain)
    for name in ("proof", "query-file"):
        found[name] = replace(found[name], code=office.codes[1], chain=office.chain)
    found["chain-file"] = Ask(office.chain, chain=office.chain)
    return found


def program(ask: Ask, path: Path) -> str:
    """verified, unrooted or bad, as the program sees it."""
    path.write_bytes(ask.raw)
    try:
        heads = read_heads(ask.chain) if ask.chain else ()
        report = verify_file(path, make_known(ask.root, ask.keys, ask.code, heads, CHEAP))
    except canonical.FormatError:
        return "bad"
    return verdict(bool(report.problems), report.rooted)


def script(ask: Ask, path: Path) -> str:
    """The same from the standard-library verifier."""
    path.write_bytes(ask.raw)
    try:
        root = other.normal_code(ask.root, "指纹") if ask.root else ""
        printed = other.normal_code(ask.code, "码") if ask.code else ""
        known = other.Known(root, ask.keys, printed, other.read_chain(ask.chain) if ask.chain else (), (1, 8))
        found = other.verify(path, known)
    except other.Bad:
        return "bad"
    return verdict(bool(found.problems), found.rooted)


def verdict(problems: bool, rooted: bool) -> str:
    return "bad" if problems else "verified" if rooted else "unrooted"


def read_heads(raw: bytes) -> tuple[bytes, ...]:
    from villagebooks.formats.chain import read_chain

    return read_chain(raw).heads


def both(ask: Ask, path: Path) -> str:
    one, two = program(ask, path), script(ask, path)
    assert one == two, (one, two, ask.raw[:2000], ask.root, ask.code)
    return one


def test_the_verifier_imports_the_standard_library_only() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        )
    }  # fmt: skip
    assert names <= sys.stdlib_module_names


def test_both_verify_every_specimen(asks: dict[str, Ask], tmp_path: Path) -> None:
    assert {name: both(ask, tmp_path / "a") for name, ask in asks.items()} == dict.fromkeys(asks, "verified")


def test_without_a_root_the_rest_is_checked_and_the_verdict_is_not_verified(
    asks: dict[str, Ask], tmp_path: Path
) -> None:
    for name in ("directory-first", "proof", "query-file", "backup-file"):
        assert both(replace(asks[name], root="", code="", chain=b""), tmp_path / "a") == "unrooted"
    assert both(replace(asks["chain-file"], chain=b""), tmp_path / "a") == "unrooted"
    for name in ("anchor-first", "approval-of-key"):
        assert both(replace(asks[name], keys=()), tmp_path / "a") == "bad"


def test_another_root_code_or_chain_is_refused(asks: dict[str, Ask], office: Office, tmp_path: Path) -> None:
    wrong = office.entries[4].replace(b"voucher:5", b"voucher:6")
    changed = [*office.entries[:4], wrong, *office.entries[5:]]
    heads = [office.heads[0]]
    for raw in changed:
        heads.append(journal.next_head(heads[-1], journal.leaf_hash(raw)))
    lines = made.chain_parts(made.CHAIN, made.Head(made.LONG, heads[-1].hex()), changed)
    rewritten = b"".join(lines)
    for name, ask in asks.items():
        if name != "chain-file":
            assert both(replace(ask, root=OTHER_ROOT), tmp_path / "a") == "bad"
            assert both(replace(ask, root="1234"), tmp_path / "a") == "bad"
        if ask.code:
            assert both(replace(ask, code=code.encode_code(b"x" * 32)), tmp_path / "a") == "bad"
        if ask.chain and name != "anchor-first":
            assert both(replace(ask, chain=rewritten), tmp_path / "a") == "bad"
    assert both(replace(asks["anchor-first"], chain=rewritten), tmp_path / "a") == "verified"


def test_the_text_of_a_scanned_code_may_have_other_line_ends(asks: dict[str, Ask], tmp_path: Path) -> None:
    ask = asks["anchor-second"]
    for raw in (ask.raw.rstrip(b"\n"), ask.raw.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + ask.raw):
        assert both(replace(ask, raw=raw), tmp_path / "a") == "verified"


Mutate = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def flip(source: random.Random, raw: bytes, _others: Sequence[bytes]) -> bytes:
    at = source.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ 1 << source.randrange(8)]) + raw[at + 1 :]


def cut(source: random.Random, raw: bytes, _others: Sequence[bytes]) -> bytes:
    return raw[: source.randrange(len(raw))]


def insert(source: random.Random, raw: bytes, _others: Sequence[bytes]) -> bytes:
    at = source.randrange(len(raw) + 1)
    return raw[:at] + source.choice([b"\n", b" ", b"0", b"\0", "村".encode()]) + raw[at:]


def delete(source: random.Random, raw: bytes, _others: Sequence[bytes]) -> bytes:
    at = source.randrange(len(raw))
    return raw[:at] + raw[at + source.choice([1, 1, 2, 32, 512]) :]


def swap_lines(source: random.Random, raw: bytes, _others: Sequence[bytes]) -> bytes:
    lines = raw.split(b"\n")
    one, two = source.randrange(len(lines)), source.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"\n".join(lines)


def double_line(source: random.Random, raw: bytes, _others: Sequence[bytes]) -> bytes:
    lines = raw.split(b"\n")
    at = source.randrange(len(lines))
    return b"\n".join([*lines[:at], lines[at], *lines[at:]])


def splice(source: random.Random, raw: bytes, others: Sequence[bytes]) -> bytes:
    tail = source.choice(others)
    return raw[: source.randrange(len(raw))] + tail[source.randrange(len(tail)) :]


WAYS: Sequence[Mutate] = (flip, flip, cut, insert, delete, swap_lines, double_line, splice)


def plain(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").rstrip(b"\n")


def test_both_refuse_the_same_of_a_thousand_mutations(asks: dict[str, Ask], tmp_path: Path) -> None:
    source, verdicts = random.Random(2026), Counter[str]()
    others = [ask.raw for ask in asks.values()]
    for turn in range(MUTATIONS):
        ask = source.choice(list(asks.values()))
        raw = source.choice(WAYS)(source, ask.raw, others)
        root = OTHER_ROOT if turn % 40 == 0 and ask.root else ask.root
        said = both(replace(ask, raw=raw, root=root), tmp_path / "a")
        verdicts[said] += 1
        assert said == "bad" or plain(raw) == plain(ask.raw), raw
    assert verdicts["bad"] > 0.9 * MUTATIONS


def test_a_directory_signed_anew_with_lines_changed_is_judged_alike(office: Office, tmp_path: Path) -> None:
    """The root signs whatever stands there: now the rules of the lines decide, not the signature."""
    source, verdicts = random.Random(7), Counter[str]()
    lines = note.peek_note(office.directories[2]).lines
    small = base64.b64encode((2**255 - 19 - 1).to_bytes(32, "little")).decode()
    large = base64.b64encode((2**255 - 19 + 9).to_bytes(32, "little")).decode()
    zero = base64.b64encode(bytes(32)).decode()
    twin = base64.b64encode(DIRECTOR.public).decode()
    more = (
        f"key {made.CENTRE}/x agent {small} from 1", f"key {made.CENTRE}/x agent {large} from 1",
        f"key {made.CENTRE}/x agent {twin} from 1", f"key {made.CENTRE}/x a,,b {lines[4].split(' ')[1]} from 1",
        f"recipient {made.CENTRE}/x {zero}", f"recipient {made.CENTRE}/x {large}", f"recipient {made.CENTRE}/x {small}",
        f"revoke {made.CENTRE}/x at 01", f"revoke {made.CENTRE}/x at 7", f"reader 3 k {twin}", f"reader 2 k {twin}",
        f"device {made.CENTRE}/e\u0301 {twin}", "policy none", "root-next " + "ab" * 32, "x-later 1", "version 3",
    )  # fmt: skip
    for turn in range(400):
        changed = list(lines)
        at, to = source.randrange(1, len(changed)), source.randrange(1, len(changed))
        match turn % 5:
            case 0:
                changed.insert(at, source.choice(more))
            case 1:
                changed[at], changed[to] = changed[to], changed[at]
            case 2:
                del changed[at]
            case 3:
                changed.insert(to, changed[at])
            case 4:
                place = source.randrange(len(changed[at]))
                changed[at] = changed[at][:place] + source.choice("0 1a,=+/Z村") + changed[at][place + 1 :]
        if not all(changed):
            continue
        raw = sign_note(changed, [NEXT_ROOT])
        verdicts[both(Ask(raw, key.fingerprint(NEXT_ROOT.public)), tmp_path / "a")] += 1
    assert verdicts["verified"] > 10
    assert verdicts["bad"] > 200


def test_anchors_and_approvals_signed_anew_are_judged_alike(office: Office, tmp_path: Path) -> None:
    source, verdicts = random.Random(8), Counter[str]()
    for turn in range(300):
        raw = source.choice([office.anchors[1], office.approvals[1], office.approvals[0]])
        lines = list(note.peek_note(raw).lines)
        at = source.randrange(len(lines))
        match turn % 3:
            case 0:
                place = source.randrange(len(lines[at]))
                lines[at] = lines[at][:place] + source.choice("0 1a-、村") + lines[at][place + 1 :]
            case 1:
                lines[at] = source.choice(
                    ["seq 0", "seq 1", "body 3 4 5 stamp none 会", "body 3 2 5 stamp none 会", "mode paper"]
                )
            case 2:
                lines.insert(at, lines[source.randrange(len(lines))])
        signer = source.choice([DIRECTOR, DIRECTOR, GONE, STRANGER, DEVICE])
        signed = sign_note(lines, [signer])
        verdicts[both(Ask(signed, keys=(office.directories[2],)), tmp_path / "a")] += 1
    assert verdicts["verified"] > 10
    assert verdicts["bad"] > 100


def test_a_proof_with_any_value_changed_is_refused_by_both(asks: dict[str, Ask], tmp_path: Path) -> None:
    """Every place of the file in turn, written canonically again: nothing in it is without a meaning."""
    ask = asks["proof"]

    def places(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        return [path, *(one for name, inner in items for one in places(inner, (*path, name)))]

    value = json.loads(ask.raw)
    for path in places(value)[1:]:
        for new in (None, True, 0, 1, "", "none", [], {}, "ab" * 32):
            changed = json.loads(ask.raw)
            inner = changed
            for name in path[:-1]:
                inner = inner[name]
            if inner[path[-1]] == new and type(inner[path[-1]]) is type(new):
                continue
            inner[path[-1]] = new
            said = both(replace(ask, raw=canonical.dump(changed)), tmp_path / "a")
            # without the anchor no code is found, without a row's id its digest is another
            assert said == "bad", (path, new)


def test_signatures_of_a_proof_taken_out_swapped_or_doubled_are_refused(office: Office, tmp_path: Path) -> None:
    proof, root = office.proof, key.fingerprint(NEXT_ROOT.public)
    rows = proof.approvals
    changes = (
        rows[1:], rows[:1] + rows[2:], (rows[1], rows[0], *rows[2:]), (rows[0], *rows), (),
        (replace(rows[0], entry=rows[1].entry), *rows[1:]), (replace(rows[0], row=rows[1].row), *rows[1:]),
    )  # fmt: skip
    for changed in changes:
        assert both(Ask(build_proof(replace(proof, approvals=changed)), root), tmp_path / "a") == "bad"
    assert both(Ask(build_proof(replace(proof, approvals=rows[:3], anchor=b"")), root), tmp_path / "a") == "verified"
    for keys in (proof.keys[1:], (proof.keys[0], proof.keys[2]), proof.keys[:2], ()):
        said = both(Ask(build_proof(replace(proof, keys=keys)), root), tmp_path / "a")
        assert said == "bad", keys
    assert both(Ask(build_proof(proof), keys=proof.keys[2:]), tmp_path / "a") == "verified"
    assert both(Ask(build_proof(proof), keys=proof.keys[:1]), tmp_path / "a") == "bad"


def test_primitives_give_the_vectors() -> None:
    raw = {name: bytes.fromhex(value) for name, value in json.loads(VECTORS.read_text()).items()}
    keys = {"石岭镇/周会计": raw["signing-public"], "石岭镇/李主任": other.read_directory(raw["directory"]).keys[1][2]}
    for name, kind in (
        ("note-one", "test"), ("note-two", "test"), ("anchor", "anchor"), ("approval-key", "approve"),
        ("approval-paper", "approve"), ("key-proof", "key-proof"),
    ):  # fmt: skip
        other.check_note(other.read_note(raw[name]), f"villagebooks/v1/{kind}", keys)
    assert other.key_id("石岭镇/周会计", raw["signing-public"]) == raw["note-keyid"]
    assert other.dump_json(other.load_json(raw["canonical"])) == raw["canonical"]
    found = other.read_directory(raw["directory"])
    assert other.fingerprint(found.root) == raw["fingerprint"].decode()
    assert other.sha256(raw["directory"]) == raw["directory-hash"].decode()
    assert found.root_next == raw["root-next"].decode()
    assert other.encode_code(hashlib.sha256(b"code").digest()) == raw["code"].decode()
    assert other.genesis("3f0c1c9a-1111-4222-8333-444455556666") == raw["genesis"]
    assert other.leaf(raw["entry"]) == raw["leaf"]
    assert other.next_head(raw["genesis"], raw["leaf"]) == raw["head-1"]
    assert other.read_entry(raw["entry"])["seq"] == 1
    assert other.sha256(raw["anchor"]) == raw["anchor-hash"].decode()
    assert other.read_anchor(other.read_note(raw["anchor"]), keys)["size"] == 1
    assert other.read_approval(other.read_note(raw["approval-paper"]), keys)["names"] == "王大山"
    assert other.argon2id(raw["credential-1"], bytes(range(16)), 1, 8) == raw["stretched"]
    assert other.ustar("b/" + "0f" * 32, 12345) == raw["member-header"]
    # a test vector of RFC 8032 (test 2)
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert other.signature_holds(public, b"\x72", signature)
    assert not other.signature_holds(public, b"\x73", signature)


def test_argon2_in_plain_python_equals_the_library_and_its_full_cost_gives_the_same_code(office: Office) -> None:
    for t, m_kib in ((1, 8), (2, 37), (3, 64), (1, 600)):
        expected = hash_secret_raw(b"secret", b"salt" * 4, t, m_kib, 1, 32, Type.ID)
        assert other.argon2id(b"secret", b"salt" * 4, t, m_kib) == expected
    assert other.anchor_code(office.anchors[0], 2, 64) == disclosure.anchor_code(
        office.anchors[0], key.Argon2Cost(2, 64, 1)
    )
    assert (other.Known().cost, Known().cost) == ((3, 64 * 1024), disclosure.CODE_COST)
    assert key.Argon2Cost(3, 64 * 1024, 1) == disclosure.CODE_COST


def test_signatures_at_the_edge_are_judged_alike() -> None:
    """s beyond the order, R and A in a second spelling, keys of small order: as the library does."""
    order = other.ORDER
    public, message = DIRECTOR.public, b"edge"
    good = DIRECTOR.sign(message)
    s = int.from_bytes(good[32:], "little")
    late = (2**255 - 19 + 1).to_bytes(32, "little")
    small = [bytes(32), (1).to_bytes(32, "little"), (2**255 - 20).to_bytes(32, "little"), late, b"\xff" * 32]
    signatures = [
        good,
        good[:32] + (s + order).to_bytes(32, "little"),
        bytes(64),
        good[:31] + bytes(33),
        late + bytes(32),
    ]
    signatures += [one + bytes(32) for one in small]
    for signature in signatures:
        for one in (public, *small):
            expected = note.Verifier("x", one).verify(message, signature)
            assert other.signature_holds(one, message, signature) == expected, (signature.hex(), one.hex())
    for one in (*small, public, other.EIGHTH.to_bytes(32, "little")):
        refused = []
        for check, error in ((key.check_signing_public, canonical.FormatError), (other.check_signing_key, other.Bad)):
            try:
                check(one)
                refused.append(False)
            except error:
                refused.append(True)
        assert refused[0] == refused[1] == (one != public)


def run(path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A process without our packages: `-I -S` knows the standard library only."""
    command = [sys.executable, "-I", "-S", str(SCRIPT), str(path), *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_it_runs_alone_and_says_in_chinese_what_it_found(asks: dict[str, Ask], office: Office, tmp_path: Path) -> None:
    path, keys, chain = tmp_path / "证明.json", tmp_path / "keys", tmp_path / "chain.jsonl"
    path.write_bytes(asks["proof"].raw)
    keys.write_bytes(office.directories[2])
    chain.write_bytes(office.chain)
    done = run(path, "--root", asks["proof"].root, "--journal", str(chain))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("核验通过\n")
    assert "复核 同意 谭会计（谭会计：代理会计）" in done.stdout
    done = run(path)
    assert (done.returncode, done.stderr) == (4, "其余都对；没有指明可信的依据，请把上面的指纹与墙上的核对\n")
    assert run(path, "--keys", str(keys)).returncode == 0
    path.write_bytes(flip(random.Random(1), asks["proof"].raw, ()))
    done = run(path, "--keys", str(keys))
    assert done.returncode == 4
    assert done.stderr.startswith("核验不通过：")
    assert run(tmp_path / "none").returncode == 4


def test_it_knows_every_kind_of_object_that_is_signed() -> None:
    assert other.SIGNED_KINDS == SIGNED_KINDS
