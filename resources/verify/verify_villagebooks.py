#!/usr/bin/env python3
"""核验村账离开办公室的文件，只用 Python 标准库，不用村账程序：

    python3 verify_villagebooks.py 文件 [--root 指纹] [--keys 名录] [--code 本期码] [--journal 日志链]

A second, independent reading of the formats: it shares no code with the program and was written from their description
(primitives by RFC 8032, RFC 7693 and RFC 9106). It reads

* a container (`.vbq` and the like), deterministic ustar with a signed NOTE,
* a signed note: a key directory, an anchor (the text of the QR code in a sheet's foot), an approval,
* a proof of a voucher (`villagebooks/v1/proof`, canonical JSON): body, approvals, journal entries, key directories,
* a chain (`villagebooks/v1/chain`): a line of canonical JSON `{chain, head, seq, type, v}`, then an entry a line.

`--root` is the 20-character fingerprint on the wall, `--keys` a key directory that is trusted, `--journal` a chain that
the file has to agree with, `--code` the 20-character code in a sheet's foot. The code is Argon2id over 64 MiB: plain
Python needs minutes for it. Exit code 0: verified; 4: not verified, or nobody said which root key to trust.

It is one file, because it is handed out by itself, on a stick or in a message, and an auditor reads it once from the
top: a section uses only sections above it. Sections, in that order:

     1  findings and small readings            a sentence says why something does not hold
     2  Ed25519                                RFC 8032: does a signature hold?
     3  canonical JSON                         one spelling of every value
     4  signed notes                           lines of text with signatures below
     5  codes and fingerprints                 what people read on walls and sheets
     6  Argon2id                               RFC 9106: the slow code in a sheet's foot
     7  key directories                        whose key counted, and when
     8  journal, anchor, approval              what may not have been changed since
     9  what the reader knows and finds        options in, sentences out
    10  a note by itself, a chain
    11  proof of a voucher
    12  containers and query files
    13  the command

Who trusts the primitives (2 and 6) and the forms (3 to 5) finds every judgement about the books in 7, 8, 11 and 12.
"""

import argparse
import base64
import binascii
import functools
import hashlib
import json
import re
import struct
import sys
import unicodedata
import uuid
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

# ---------------------------------------------------------------- 1. findings and small readings

VERIFIED, NOT_VERIFIED = 0, 4
QUERY, KEYS = "villagebooks/v1/query", "villagebooks/v1/keys"
ANCHOR, APPROVE = "villagebooks/v1/anchor", "villagebooks/v1/approve"
PROOF, CHAIN = "villagebooks/v1/proof", "villagebooks/v1/chain"
SIGNED_KINDS = ("paper", "voucher", "period", "migration", "merger", "reconciliation", "count", "post")
HEX16, HEX32 = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")
WORDS = {
    "paper": "报账单", "voucher": "凭证", "prepare": "制单", "countersign": "复核", "cashier": "出纳", "review": "审核",
    "approve": "同意", "send_back": "退回", "void": "同意作废", "withdraw": "撤回作废",
}  # fmt: skip
DUTIES = {"director": "中心主任", "agent": "代理会计", "cashier": "总出纳", "archivist": "档案员"}
NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")
MIB = 1024 * 1024


class Bad(Exception):  # noqa: N818  (a finding, not an error of the verifier)
    """The file does not hold; one Chinese sentence says why."""


def need(holds, sentence):
    """Bad with the sentence unless it holds."""
    if not holds:
        raise Bad(sentence)


def number(text, what="数字写法不对"):
    """A decimal number in its one spelling."""
    need(NUMBER.fullmatch(text), what)
    return int(text)


def is_uuid(text):
    """Whether the text is a uuid in its usual spelling."""
    return bool(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text))


def sha256(raw):
    """Hex SHA-256."""
    return hashlib.sha256(raw).hexdigest()


# ---------------------------------------------------------------- 2. Ed25519 (RFC 8032)

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def add_points(one, two):
    """Sum of two points in extended coordinates; it serves doubling too."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def double_point(one):
    """Twice a point, cheaper than the sum."""
    a, b = one[0] * one[0] % P, one[1] * one[1] % P
    h = a + b
    e = h - (one[0] + one[1]) ** 2
    g = a - b
    f = 2 * one[2] * one[2] + g
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def decode_point(raw):
    """The point of 32 bytes, None when there is none."""
    coded = int.from_bytes(raw, "little")
    y, sign = (coded & (2**255 - 1)) % P, coded >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    if x & 1 != sign:
        x = -x % P
    return (x, y, 1, x * y % P)


def encode_point(point):
    """The 32 bytes of a point."""
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def multiples(point):
    """0 to 15 times a point."""
    table = [NEUTRAL]
    for _times in range(15):
        table.append(add_points(table[-1], point))
    return table


BASE = multiples(decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")))


@functools.lru_cache(maxsize=64)
def minus_multiples(public):
    """0 to 15 times the negative of a public key, None when it is no point."""
    point = decode_point(public)
    return multiples((-point[0] % P, point[1], point[2], -point[3] % P)) if point else None


@functools.lru_cache(maxsize=4096)
def signature_holds(public, message, signature):
    """Whether the 64 bytes are the key's signature over the message: s below the order, s·B − h·A is R."""
    s, table = int.from_bytes(signature[32:], "little"), minus_multiples(public)
    if s >= ORDER or table is None:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    point = NEUTRAL
    for shift in range(252, -4, -4):
        for _time in range(4):
            point = double_point(point)
        point = add_points(add_points(point, BASE[s >> shift & 15]), table[h >> shift & 15])
    return encode_point(point) == signature[:32]


EIGHTH = int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little")
SMALL_Y = {0, 1, P - 1, EIGHTH, P - EIGHTH}
"""y of the points of order 1, 2, 4 and 8."""
SMALL_U = {0, 1, P - 1} | {(1 + y) * pow(1 - y, P - 2, P) % P for y in (EIGHTH, P - EIGHTH)}
"""The same points as X25519 knows them, and the one of order 4 on the twist."""


def check_signing_key(public):
    """Refuse a key of small order or in a second spelling."""
    y = int.from_bytes(public, "little") & (2**255 - 1)
    need(y < P and y not in SMALL_Y, "签名公钥无效")


def check_sealing_key(public):
    """Refuse an X25519 key of small order."""
    u = (int.from_bytes(public, "little") & (2**255 - 1)) % P
    need(u not in SMALL_U, "加密公钥无效")


# ---------------------------------------------------------------- 3. canonical JSON


def check_value(value, depth):
    """Bad for a type, number, text or depth that canonical JSON does not know."""
    if isinstance(value, str):
        need(not any("\ud800" <= char <= "\udfff" for char in value), "文字里有残缺的字符")
        need(unicodedata.is_normalized("NFC", value), "文字不是 NFC 规范形式")
    elif isinstance(value, (dict, list)):
        need(depth <= 16, "数据嵌套太深")
        need(all(key.isascii() for key in value) if isinstance(value, dict) else True, "字段名只能用 ASCII 字符")
        for one in value.values() if isinstance(value, dict) else value:
            check_value(one, depth + 1)
    elif type(value) is int:
        need(abs(value) < 2**53, "数字超出范围")
    else:
        need(value is None or isinstance(value, bool), "数据里有不允许的类型")


def dump_json(value):
    """The canonical bytes of a value."""
    check_value(value, 1)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def read_pairs(pairs):
    """An object without repeated keys."""
    need(len(dict(pairs)) == len(pairs), "数据里有重复的字段")
    return dict(pairs)


def read_int(text):
    """A number of 16 digits at most."""
    need(re.fullmatch(r"-?[0-9]{1,16}", text), "数字超出范围")
    return int(text)


def refuse(_text):
    """Decimals are refused."""
    raise Bad("数据里不允许小数")


def load_json(raw):
    """The value of canonical bytes; Bad when anything could have been written in another way."""
    need(len(raw) <= 8 * MIB, "数据太大，超过 8 MiB")
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=read_pairs,
            parse_int=read_int,
            parse_float=refuse,
            parse_constant=refuse,
        )
    except (ValueError, RecursionError) as error:
        raise Bad("数据不是有效的 JSON") from error
    need(dump_json(value) == raw, "数据不是规范的写法")
    return value


def fields(value, **types):
    """The values of an object that has exactly these keys, each of its type."""
    need(isinstance(value, dict) and set(value) == set(types), "数据的字段不对")
    for key, kind in types.items():
        need(type(value[key]) is kind, f"数据的字段不对：{key}")
    return [value[key] for key in types]


# ---------------------------------------------------------------- 4. signed notes (C2SP)

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Note:
    """A note: its lines, the signed bytes, and (name, key id, signature) of each signature line."""

    raw: bytes
    lines: tuple
    text: bytes
    signatures: tuple

    @property
    def kind(self):
        """Line 1."""
        return self.lines[0]


def check_name(name):
    """Bad unless a signer's name is free of white space, control characters and plus signs."""
    wrong = "+" in name or CONTROL.search(name) or any(char.isspace() for char in name)
    need(name and len(name) <= 200 and not wrong, f"签名人的名称不能有空格或加号：{name[:40]}")


def read_base64(text, size):
    """The bytes of base64 in its one spelling."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Bad("base64 写法不对") from error
    need(len(raw) == size and base64.b64encode(raw).decode() == text, "base64 写法不对")
    return raw


def read_note(raw):
    """The note with its form checked, no signature verified yet."""
    need(len(raw) <= 16 * MIB, "签名文件太大")
    head, empty, tail = raw.partition(b"\n\n")
    need(empty and tail.endswith(b"\n"), "不是签名文件，或不完整")
    try:
        lines, signed = head.decode("utf-8").split("\n"), tail[:-1].decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise Bad("签名文件的文字编码不对") from error
    need(all(lines), "签名文件的正文里不能有空行")
    need(not any(CONTROL.search(line) for line in lines), "签名文件里有控制字符")
    need(len(signed) <= 16, "签名太多")
    signatures = []
    for line in signed:
        name, space, coded = line[2:].partition(" ")
        need(line.startswith("— ") and space, "签名行的格式不对")
        check_name(name)
        blob = read_base64(coded, 68)
        signatures.append((name, blob[:4], blob[4:]))
    need(len({name for name, _id, _signature in signatures}) == len(signatures), "同一个人签了两次")
    return Note(raw, tuple(lines), head + b"\n", tuple(signatures))


def key_id(name, public):
    """The 4 bytes before every signature of this key."""
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def check_note(note, kind, keys, needed=1):
    """Bad unless the note is of the kind and every signature on it holds under `keys` (name → public key)."""
    need(note.kind == kind, f"文件类型不对：需要 {kind}，实际是 {note.kind[:60]}")
    for name, keyid, signature in note.signatures:
        need(name in keys, f"签名人不在名录里或已停用：{name}")
        good = keyid == key_id(name, keys[name]) and signature_holds(keys[name], note.text, signature)
        need(good, f"{name} 的签名不对，内容可能被改动")
    publics = {keys[name] for name, _id, _signature in note.signatures}
    need(len(publics) == len(note.signatures), "同一把钥匙签了两次")
    need(len(publics) >= needed, f"签名不够：需要 {needed} 人，只有 {len(publics)} 人")


# ---------------------------------------------------------------- 5. codes and fingerprints

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def luhn(values):
    """The Luhn check value in base 32."""
    total = 0
    for place, value in enumerate(reversed(values)):
        total += value if place % 2 else sum(divmod(2 * value, 32))
    return -total % 32


def encode_code(raw):
    """The first 95 bits as four-character groups, the last character a check."""
    bits = int.from_bytes(raw[:12], "big") >> 1
    values = [bits >> shift & 31 for shift in range(90, -1, -5)]
    text = "".join(ALPHABET[value] for value in [*values, luhn(values)])
    return "-".join(text[at : at + 4] for at in range(0, 20, 4))


def normal_code(text, what):
    """A code as typed in its printed form; Bad when its check character does not fit."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(str.maketrans("OIL", "011"))
    plain = "".join(plain.replace("-", "").split())
    need(len(plain) == 20 and all(char in ALPHABET for char in plain), f"{what}输错了，请核对")
    values = [ALPHABET.index(char) for char in plain]
    need(luhn(values[:-1]) == values[-1], f"{what}输错了，请核对")
    return "-".join(plain[at : at + 4] for at in range(0, 20, 4))


def fingerprint(public):
    """A root key's fingerprint as it hangs on the wall."""
    return encode_code(hashlib.sha256(b"vb1/fingerprint\0" + public).digest())


# ---------------------------------------------------------------- 6. Argon2id (RFC 9106), one lane

WORD = 2**64 - 1


def mix(a, b, c, d):
    """Argon2's quarter round on 64-bit words."""
    for turn_d, turn_b in ((32, 24), (16, 63)):
        a = a + b + 2 * (a & 0xFFFFFFFF) * (b & 0xFFFFFFFF) & WORD
        d ^= a
        d = d >> turn_d | d << 64 - turn_d & WORD
        c = c + d + 2 * (c & 0xFFFFFFFF) * (d & 0xFFFFFFFF) & WORD
        b ^= c
        b = b >> turn_b | b << 64 - turn_b & WORD
    return a, b, c, d


def permute(words, places):
    """The permutation on 16 words at these places."""
    v = [words[place] for place in places]
    for i, j, k, m in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)):
        v[i], v[j], v[k], v[m] = mix(v[i], v[j], v[k], v[m])
    for i, j, k, m in ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
        v[i], v[j], v[k], v[m] = mix(v[i], v[j], v[k], v[m])
    for place, value in zip(places, v, strict=True):
        words[place] = value


ROWS = [range(16 * row, 16 * row + 16) for row in range(8)]
COLUMNS = [[16 * row + 2 * column + half for row in range(8) for half in (0, 1)] for column in range(8)]
BLOCK = struct.Struct("<128Q")


def compress(one, two, old=bytes(1024)):
    """The compression of two blocks of 1 KiB, added to the old block."""
    both = int.from_bytes(one, "little") ^ int.from_bytes(two, "little")
    words = list(BLOCK.unpack(both.to_bytes(1024, "little")))
    for places in (*ROWS, *COLUMNS):
        permute(words, places)
    mixed = int.from_bytes(BLOCK.pack(*words), "little")
    return (mixed ^ both ^ int.from_bytes(old, "little")).to_bytes(1024, "little")


def long_hash(raw, size):
    """BLAKE2b of any length."""
    raw = struct.pack("<I", size) + raw
    if size <= 64:
        return hashlib.blake2b(raw, digest_size=size).digest()
    out, block, left = b"", hashlib.blake2b(raw).digest(), size
    while left > 64:
        out, left = out + block[:32], left - 32
        block = hashlib.blake2b(block, digest_size=min(left, 64)).digest()
    return out + block


def argon2id(secret, salt, t, m_kib, size=32):
    """Argon2id with one lane."""
    seed = struct.pack("<6I", 1, size, m_kib, t, 0x13, 2)
    for part in (secret, salt, b"", b""):
        seed += struct.pack("<I", len(part)) + part
    seed = hashlib.blake2b(seed).digest()
    count = m_kib // 4 * 4
    quarter, blocks = count // 4, [bytes(1024)] * count
    for place in (0, 1):
        blocks[place] = long_hash(seed + struct.pack("<2I", place, 0), 1024)
    for turn in range(t):
        for part in range(4):
            fill_quarter(blocks, turn, part, quarter, t)
    return long_hash(blocks[-1], size)


def fill_quarter(blocks, turn, part, quarter, t):
    """Fill one of four slices; the first half of the first pass looks at places that do not depend on the secret."""
    count, blind, places = len(blocks), turn == 0 and part < 2, ()
    for at in range(2 if turn == part == 0 else 0, quarter):
        if blind and (not places or at % 128 == 0):
            head = BLOCK.pack(turn, 0, part, count, t, 2, at // 128 + 1, *[0] * 121)
            places = BLOCK.unpack(compress(bytes(1024), compress(bytes(1024), head)))
        here = part * quarter + at
        before = blocks[here - 1]
        chosen = (places[at % 128] if blind else int.from_bytes(before[:8], "little")) & 0xFFFFFFFF
        seen = (part * quarter if turn == 0 else count - quarter) + at - 1
        start = 0 if turn == 0 else (part + 1) * quarter
        back = seen * (chosen * chosen >> 32) >> 32
        other = blocks[(start + seen - 1 - back) % count]
        blocks[here] = compress(before, other, blocks[here] if turn else bytes(1024))


def anchor_code(raw, t=3, m_kib=65536):
    """本期码 of an anchor's note; takes minutes at full cost."""
    return encode_code(argon2id(hashlib.sha256(raw).digest(), b"vb1/anchor-code\0", t, m_kib))


# ---------------------------------------------------------------- 7. key directories


@dataclass
class Directory:
    """A key directory; keys are (name, roles, public, since), revocations (name, at)."""

    raw: bytes
    centre: str = ""
    version: int = 0
    previous: str = ""
    root: bytes = b""
    keys: list = field(default_factory=list)
    recipients: list = field(default_factory=list)
    readers: list = field(default_factory=list)
    devices: list = field(default_factory=list)
    revocations: list = field(default_factory=list)
    policy: str = ""
    root_next: str = ""


FIRST, LAST = ("centre", "version", "previous", "root"), ("policy", "root-next")
ORDER_OF_LINES = (*FIRST, "key", "recipient", "reader", "device", "revoke", *LAST)


def read_directory(raw, root=None):
    """A directory verified under the root key or fingerprint given, else under the root that it names itself."""
    note = read_note(raw)
    found = parse_directory(note)
    check_directory(found)
    known = found.root if root is None else root
    need(known in (found.root, fingerprint(found.root)), "钥匙名录的总钥匙不是墙上公布的那一把")
    check_note(note, KEYS, {name: found.root for name, _id, _signature in note.signatures})
    return found


def parse_directory(note):
    """The directory of a note's lines, every line in its place."""
    need(note.kind == KEYS, "文件类型不对：不是钥匙名录")
    found, seen, wrong = Directory(note.raw), [], "钥匙名录的写法或次序不规范"
    for line in note.lines[1:]:
        word, *rest = line.split(" ")
        need(word in ORDER_OF_LINES, wrong)
        seen.append(word)
        sizes = {"key": 5, "reader": 3, "recipient": 2, "device": 2, "revoke": 3}
        need(len(rest) == sizes.get(word, 1), wrong)
        if word == "centre":
            found.centre = rest[0]
        elif word == "version":
            found.version = number(rest[0])
        elif word in ("previous", "policy", "root-next"):
            need(HEX32.fullmatch(rest[0]) or line == "previous none", "钥匙名录里的校验值写法不对")
            setattr(found, word.replace("-", "_"), "" if rest[0] == "none" else rest[0])
        elif word == "root":
            found.root = read_base64(rest[0], 32)
        elif word == "key":
            need(rest[3] == "from", wrong)
            found.keys.append((rest[0], tuple(rest[1].split(",")), read_base64(rest[2], 32), number(rest[4])))
        elif word == "reader":
            found.readers.append((rest[0], rest[1], read_base64(rest[2], 32)))
        elif word == "revoke":
            need(rest[1] == "at", wrong)
            found.revocations.append((rest[0], number(rest[2])))
        else:
            (found.recipients if word == "recipient" else found.devices).append((rest[0], read_base64(rest[1], 32)))
    places = [ORDER_OF_LINES.index(word) for word in seen]
    need(places == sorted(places) and all(seen.count(word) == 1 for word in FIRST), wrong)
    need(all(seen.count(word) <= 1 for word in LAST), wrong)
    return found


def check_directory(found):
    """Bad for names, roles, keys that cannot be, and for entries that stand twice."""
    need(found.version >= 1, "钥匙名录的版本从 1 开始")
    names = [one[0] for one in (*found.keys, *found.recipients, *found.devices, *found.revocations)]
    for name in (found.centre, *names, *(one[1] for one in found.readers)):
        check_name(name)
        need(unicodedata.is_normalized("NFC", name), f"名称不是 NFC 规范形式：{name}")
    signing = [(one[0], one[2]) for one in found.keys] + found.devices
    for public in (found.root, *(public for _name, public in signing)):
        check_signing_key(public)
    for public in (one[-1] for one in (*found.recipients, *found.readers)):
        check_sealing_key(public)
    for name, roles, _public, _since in found.keys:
        need(all(re.fullmatch(r"[a-z][a-z0-9_-]{0,31}", role) for role in roles), f"{name} 的职责写法不对")
    need(all(one[0] in ("1", "2") for one in found.readers), "查询设备的类别只有 1 和 2")
    for places in (
        [(one[0], one[3]) for one in found.keys], [one[0] for one in found.devices],
        [one[0] for one in found.recipients], [one[:2] for one in found.readers], found.revocations,
    ):  # fmt: skip
        need(len(set(places)) == len(places), "钥匙名录里有重复的登记")
    owners = {found.root: ""}
    for name, public in signing:
        need(owners.setdefault(public, name) == name, f"一把钥匙登记在两个名称下：{name}")


def newest_directory(root, raws):
    """The highest version of directories that all hold under one root."""
    best = None
    for raw in raws:
        one = read_directory(raw, root)
        root = one.root
        same = best and best.version == one.version and best.raw != raw
        need(not same, "同一版本的钥匙名录有两份，内容不同")
        best = one if best is None or one.version > best.version else best
    return best


def read_succession(raws):
    """The newest of directories that follow each other from version 1, each under its own root."""
    old = None
    for raw in raws:
        new = read_directory(raw)
        before, version = (sha256(old.raw), old.version + 1) if old else ("", 1)
        need((new.previous, new.version) == (before, version), "钥匙名录的版本没有接上")
        changed = old and new.root != old.root and sha256(new.root) != old.root_next
        need(not changed, "钥匙名录换了总钥匙，但不是事先公布的那一把")
        old = new
    need(old, "文件里没有钥匙名录")
    return old


def valid_keys(directory, at=None):
    """Name → (public key, roles) of whose key signs at a position of the office chain (None: now)."""
    at, current = 2**53 - 1 if at is None else at, {}
    for name, roles, public, since in sorted(directory.keys, key=lambda one: one[3]):
        if since <= at:
            current[name] = (public, roles, since)
    for name, gone in directory.revocations:
        if name in current and current[name][2] < gone <= at:
            del current[name]
    return {name: one[:2] for name, one in current.items()}


def valid_signers(directory, role=None, at=None):
    """Name → public key of those who sign at the position, with the role if one is asked."""
    return {name: public for name, (public, roles) in valid_keys(directory, at).items() if role in (None, *roles)}


def ever_valid(directory, note):
    """Keys among all that the directory ever listed, chosen by the note's key ids: for paper that hangs already."""
    signed = {(name, keyid) for name, keyid, _signature in note.signatures}
    return {name: public for name, _roles, public, _at in directory.keys if (name, key_id(name, public)) in signed}


# ---------------------------------------------------------------- 8. journal, anchor, approval


def genesis(chain):
    """The head of an empty chain."""
    return hashlib.sha256(b"vb1/genesis\0" + uuid.UUID(chain).bytes).digest()


def leaf(entry):
    """The leaf of an entry's canonical bytes."""
    return hashlib.sha256(b"vb1/leaf\0" + entry).digest()


def next_head(head, one):
    """The head after one more leaf."""
    return hashlib.sha256(b"vb1/chain\0" + head + one).digest()


def read_entry(raw):
    """A journal entry as a dictionary; Bad unless it has exactly the fields of one."""
    entry = load_json(raw)
    need(isinstance(entry, dict), "日志的格式不对")
    fields(
        {key: value for key, value in entry.items() if key != "office"},
        v=int, chain=str, seq=int, at=str, actor=str, kind=str, ref=str, digest=str, salt=str,
    )  # fmt: skip
    need("office" in entry and entry["v"] == 1 and entry["seq"] >= 1, "日志的格式不对")
    need(HEX16.fullmatch(entry["salt"]), "日志的格式不对")
    office = entry["office"]
    if office is not None:
        need(isinstance(office, list) and len(office) == 2, "日志的格式不对")
        good = type(office[0]) is int and office[0] >= 0 and isinstance(office[1], str) and HEX32.fullmatch(office[1])
        need(good, "日志的格式不对")
    return entry


def read_chain(raw):
    """(uid, heads after 0, 1, 2 … entries) of an exported chain."""
    first, *lines = raw.split(b"\n")
    need(lines and lines[-1] == b"", "日志链不完整")
    kind, version, chain, count, last = fields(load_json(first), type=str, v=int, chain=str, seq=int, head=str)
    need((kind, version) == (CHAIN, 1) and is_uuid(chain), "不是日志链文件")
    heads = [genesis(chain)]
    for seq, line in enumerate(lines[:-1], 1):
        entry = read_entry(line)
        need(entry["chain"] == chain, f"第 {seq} 条日志不属于本链")
        need(entry["seq"] == seq, f"日志缺少第 {seq} 条，或次序不对")
        heads.append(next_head(heads[-1], leaf(line)))
    need((len(heads) - 1, heads[-1].hex()) == (count, last), "日志与链头不符，有日志被改动、增加或删除")
    return chain, heads


def read_anchor(note, keys):
    """(fields of the anchor) after its signatures held."""
    check_note(note, ANCHOR, keys)
    names = ("centre", "book", "seq", "period", "journal", "sheet", "previous")
    values = [line.partition(" ") for line in note.lines[1:]]
    need(tuple(one[0] for one in values) == names and all(one[2] for one in values), "锚定记录的格式不对")
    said = {name: value for name, _space, value in values}
    size, _space, head = said["journal"].partition(" ")
    said["seq"], said["size"], said["head"] = number(said["seq"]), number(size), head
    previous = "" if said["previous"] == "none" else said["previous"]
    hashes = (head, said["sheet"], *([previous] if previous else []))
    need(all(HEX32.fullmatch(one) for one in hashes), "锚定记录里的校验值不对")
    need(said["seq"] >= 1 and (previous == "") == (said["seq"] == 1), "锚定记录没有接上前一期")
    return {**said, "previous": previous}


SIZE, STAMP = "0|[1-9][0-9]{0,15}", "(?:no-)?stamp (?:none|[0-9a-f]{64})"
APPROVAL = (
    ("book", r"(?P<book>\S+)"),
    ("on", rf"(?P<on>{'|'.join(SIGNED_KINDS)}) (?P<uid>\S+) (?P<rev>{SIZE})"),
    (
        "body",
        rf"none|(?P<present>{SIZE}) (?P<agreed>{SIZE}) (?P<of>{SIZE}) {STAMP} (?P<name>.*\S.*)",
    ),
    ("doc", r"(?P<doc>[0-9a-f]{64})"),
    ("step", r"(?P<step>\S+)"),
    ("decision", r"(?P<decision>\S+)"),
    ("mode", r"key|(?P<paper>paper) [0-9a-f]{64} (?P<names>[^\s、]+(?:、[^\s、]+)*)"),
    ("at", r"(?P<at>\S+)"),
    ("prev", r"none|(?P<prev>[0-9a-f]{64})"),
    ("chain", rf"(?P<chain>{SIZE}) (?P<head>[0-9a-f]{{64}})"),
)


def read_approval(note, keys):
    """What an approval says, after its one signature held."""
    check_note(note, APPROVE, keys)
    need(len(note.lines) == len(APPROVAL) + 1, "签批记录的格式不对")
    said = {}
    for line, (name, form) in zip(note.lines[1:], APPROVAL, strict=True):
        match = re.fullmatch(f"{name} (?:{form})", line)
        need(match, f"签批记录的格式不对：{name}")
        said.update({key: value or "" for key, value in match.groupdict().items()})
    for name in ("rev", "chain", *(("present", "agreed", "of") if said["name"] else ())):
        said[name] = int(said[name])
    if said["name"]:
        need(said["agreed"] <= said["present"] <= said["of"], "表决人数不对")
    said["mode"] = said["paper"] or "key"
    return said


# ---------------------------------------------------------------- 9. what the reader knows and finds


@dataclass
class Found:
    """What holds: sentences to show, the root's fingerprint, whether somebody named it, (size, head) to compare."""

    lines: list = field(default_factory=list)
    root: str = ""
    rooted: bool = False
    points: list = field(default_factory=list)
    problems: list = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """What the reader knows beside the file: fingerprint, directories, code, chain (uid, heads), cost of the code."""

    root: str = ""
    keys: tuple = ()
    code: str = ""
    chain: tuple = ()
    cost: tuple = (3, 65536)

    def newest(self, raws=()):
        """The newest directory of the file's and the reader's."""
        root = self.root or None
        if self.keys:
            root = newest_directory(root, self.keys).root
        found = newest_directory(root, [*raws, *self.keys])
        need(found, "没有钥匙名录，不能核对签名：请用 --keys 指明")
        return found


# ---------------------------------------------------------------- 10. a note by itself, a chain


def verify_chain(raw):
    """A chain file: it hangs together; whether it is the true one, only an anchor or another copy can tell."""
    chain, heads = read_chain(raw)
    lines = [f"日志链 {chain}", f"{len(heads) - 1} 条，链值 {heads[-1].hex()}"]
    return Found(lines, points=[(len(heads) - 1, heads[-1].hex())])


def verify_note(raw, known):
    """A key directory, an anchor or an approval by itself."""
    # a scanner's text may have a mark in front, Windows line ends, or lack the last line end
    raw = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n"
    note = read_note(raw)
    lines = list(note.lines[1:]) + [f"签名：{name}" for name, _id, _signature in note.signatures]
    if note.kind == KEYS:
        directory = known.newest([raw])
        return Found(lines, fingerprint(directory.root), bool(known.root or known.keys))
    directory = known.newest()
    if note.kind == ANCHOR:
        said = read_anchor(note, ever_valid(directory, note))
        points = [(said["size"], said["head"])]
        if known.code:
            need(anchor_code(raw, *known.cost) == known.code, "本期码不是这一期公开榜的")
            lines.append("本期码相符")
    else:
        read_approval(note, valid_signers(directory))
        points = []
    return Found(lines, fingerprint(directory.root), True, points)


# ---------------------------------------------------------------- 11. proof of a voucher

ROW = ("id", "uid", "book", "on", "object", "rev", "step", "name", "signer", "decision", "mode", "at", "note", "digest")


def verify_proof(raw, known):
    """A voucher's body with its approvals, each in the journal, by keys that were valid there."""
    value = load_json(raw)
    kind, version, book, chain, notes, target, bodies, start, leaves, approvals, anchor = fields(
        value, type=str, v=int, book=str, chain=str, keys=list, object=dict, bodies=list, start=dict, leaves=str,
        approvals=list, anchor=str,
    )  # fmt: skip
    need((kind, version) == (PROOF, 1) and is_uuid(chain), "不是凭证证明文件")
    need(all(isinstance(one, str) for one in notes), "凭证证明的格式不对")
    directory = known.newest([read_succession([one.encode() for one in notes]).raw])
    on, uid = fields(target, on=str, uid=str)
    digests = read_bodies(bodies, book, uid)
    heads, leaf_list = read_segment(start, leaves)
    entries = [read_approved(one, chain, leaf_list) for one in approvals]
    last, previous = 0, ""
    lines = [f"{WORDS.get(on, on)} {uid} 第 {max(digests)} 稿"]
    for entry, row in entries:
        need(entry["seq"] > last, "签字的次序不对")
        text = check_approval(row, entry, directory, heads, previous)
        need((text["book"], text["on"], text["uid"]) == (book, on, uid), f"{row['signer']}的签字不是签在这张单子上的")
        need(text["doc"] == digests.get(text["rev"]), f"{row['signer']}的签字不是签在这张单子上的")
        lines.append(say_approval(row, entry, text, directory))
        last, previous = entry["seq"], row["digest"]
    check_standing([row for _entry, row in entries], max(digests))
    if anchor:
        lines += check_proof_anchor(anchor, directory, heads, last, known)
    need(anchor or not known.code, "文件里没有公开榜的锚定")
    points = [(seq, heads[seq].hex()) for seq in (min(heads), max(heads))]
    return Found(lines, fingerprint(directory.root), bool(known.root or known.keys), points)


def read_bodies(bodies, book, uid):
    """Revision → hash of its signed bytes."""
    digests = {}
    for one in bodies:
        rev, text = fields(one, rev=int, body=str)
        body = load_json(text.encode())
        said = isinstance(body, dict) and (body.get("book"), body.get("uid"), body.get("rev"))
        need(said == (book, uid, rev) and rev > max(digests, default=-1), "签过的原文不是这张单子的")
        digests[rev] = sha256(text.encode())
    need(digests, "凭证证明里没有签过的原文")
    return digests


def read_segment(start, leaves):
    """({position: head}, {position: leaf}) of a stretch of the journal."""
    seq, head = fields(start, seq=int, head=str)
    need(seq >= 0 and HEX32.fullmatch(head), "凭证证明的格式不对")
    raw = read_base64(leaves, len(leaves) * 3 // 4 - leaves.count("="))
    need(raw and len(raw) % 32 == 0, "凭证证明的格式不对")
    heads, found = {seq: bytes.fromhex(head)}, {}
    for at in range(0, len(raw), 32):
        seq += 1
        found[seq] = raw[at : at + 32]
        heads[seq] = next_head(heads[seq - 1], found[seq])
    return heads, found


def read_approved(one, chain, leaves):
    """(journal entry, row) of an approval, after the entry was found in the stretch and names this very row."""
    row, text = fields(one, row=list, entry=str)
    entry = read_entry(text.encode())
    texts = len(row) >= len(ROW) and all(type(row[at]) is (int if at in (0, 2, 5) else str) for at in range(len(ROW)))
    need(texts and re.fullmatch(r"(?:[0-9a-f]{2})+", row[12]), "凭证证明的格式不对")
    named = dict(zip(ROW, row, strict=False))
    there = entry["chain"] == chain and leaves.get(entry["seq"]) == leaf(text.encode()) and entry["office"]
    of_row = ("sign", f"approval:{named['uid']}", sha256(dump_json([row])))
    same = (entry["kind"], entry["ref"], entry["digest"]) == of_row
    need(there and same, f"{named['signer']}的签字在日志里没有登记")
    return entry, named


def check_approval(row, entry, directory, heads, previous):
    """What the approval's note says; Bad unless it holds, says what its row says, and follows the one before."""
    raw, who = bytes.fromhex(row["note"]), row["signer"]
    note = read_note(raw)
    text = read_approval(note, valid_signers(directory, at=entry["office"][0]))
    text["full"] = note.signatures[0][0]
    said = [text[name] for name in ("on", "uid", "rev", "step", "decision", "mode", "at")]
    kept = [row[name] for name in ("on", "object", "rev", "step", "decision", "mode", "at")]
    same = said == kept and sha256(raw) == row["digest"] and text["full"].rpartition("/")[2] == who
    need(same and row["name"] == (text["names"] or who), f"{who}的签字不是签在这张单子上的")
    need(text["prev"] == previous, f"{who}的签字与前一个签字接不上")
    seen = heads.get(text["chain"], b"").hex()
    need(text["chain"] < entry["seq"] and seen == text["head"], f"{who}签字时看到的日志与现在的日志接不上")
    return text


def say_approval(row, entry, text, directory):
    """The line to show of an approval: its place in the journal, step, decision, who with which duties, when."""
    held = valid_keys(directory, entry["office"][0])[text["full"]][1]
    roles = "、".join(DUTIES.get(role, role) for role in held)
    step, decision = (WORDS.get(text[name], text[name]) for name in ("step", "decision"))
    return f"第 {entry['seq']} 条 {step} {decision} {row['name']}（{row['signer']}：{roles}） {row['at']}"


def check_proof_anchor(anchor, directory, heads, last, known):
    """Lines to show of the sheet that pins the journal; Bad unless it pins this very one, after the last approval."""
    note = read_note(anchor.encode())
    said = read_anchor(note, ever_valid(directory, note))
    size = said["size"]
    need(size >= last and heads.get(size, b"").hex() == said["head"], "公开榜之前的日志被改动过")
    lines = [f"公开榜 {said['book']} {said['period']} 第 {said['seq']} 期"]
    if known.code:
        need(anchor_code(note.raw, *known.cost) == known.code, "本期码不是这一期公开榜的")
        lines.append("本期码相符")
    return lines


def check_standing(rows, rev):
    """Bad unless the newest revision was approved, by different people, not sent back, and no voiding stands: who
    takes a voiding back, takes back every signature for it that was given before."""
    approved, against = [], []
    for row in rows:
        if row["rev"] != rev:
            continue
        if row["decision"] == "approve":
            approved.append(row)
        elif row["decision"] == "withdraw":
            against = [one for one in against if one != "void"]
        else:
            against.append(row["decision"])
    need("void" not in against, "有人签字要作废它，没有撤回")
    need(approved and not against, "这一稿还没有人签，或被退回")
    signers = [row["signer"] for row in approved if row["mode"] == "key"]
    need(len(set(signers)) == len(signers), "同一个人签了两次")


# ---------------------------------------------------------------- 12. containers and query files

HEADER = struct.Struct("100s8s8s8s12s12s8s1s100s8s32s32s8s8s155s12x")
OBJECT = re.compile(r"obj ([a-z]{1,8}(?:/[0-9a-f]{64})?) (0|[1-9][0-9]{0,8}) ([0-9a-f]{64})")
STRANGE = "不是本系统的文件，或已损坏"


def ustar(name, size):
    """The only header that a member of this name and size may have."""
    zero = b"0000000\0"
    parts = [name.encode(), b"0000444\0", zero, zero, b"%011o\0" % size, b"00000000000\0", b" " * 8, b"0"]
    parts += [b"", b"ustar\x0000", *[b""] * 5]
    parts[6] = b"%06o\0 " % sum(HEADER.pack(*parts))
    return HEADER.pack(*parts)


def member_size(handle, at, name, most):
    """The size in the header at a place; Bad unless it is exactly the header that this name and size give."""
    handle.seek(at)
    block = handle.read(512)
    need(len(block) == 512, "拷贝不完整：文件开头就缺了一部分")
    need(re.fullmatch(rb"[0-7]{11}\0", block[124:136]), STRANGE)
    size = int(block[124:135], 8)
    need(size <= most and block == ustar(name, size), STRANGE)
    return size


def verify_container(handle, total, known):
    """A container: form, signatures, every object, and what a query file promises beside."""
    need(total <= 3584 * MIB, "文件超过允许的大小")
    size = member_size(handle, 0, "NOTE", 16 * MIB)
    raw = handle.read(size)
    need(handle.read(-size % 512) == bytes(-size % 512) and len(raw) == size, "文件结构被改动，或不完整")
    note = read_note(raw)
    place = 512 + size + -size % 512
    header, members = read_index(note.lines, place)
    end = max(at + size + -size % 512 for at, size, _hash in members.values()) + 1024
    need(total >= end, f"拷贝不完整，还差 {max(0.1, (end - total) * 100 / end):.1f}%")
    need(total == end, "文件后面多出了内容")
    contents = read_members(handle, members)
    need(handle.read() == bytes(1024), "文件结尾不对")
    directory = known.newest([contents["keys"]])
    signers = valid_signers(directory)
    if note.kind != QUERY:
        gone = {name for name, _at in directory.revocations}
        signers |= {name: public for name, public in directory.devices if name not in gone}
    check_note(note, note.kind, signers, needed=2 if note.kind == QUERY else 1)
    lines = [*header, *(f"签名：{name}" for name, _id, _signature in note.signatures)]
    found = Found(lines, fingerprint(directory.root), bool(known.root or known.keys))
    if note.kind == QUERY:
        verify_query(found, note, header, contents, directory, known)
    else:
        need(not known.code, "这种文件里没有公开榜")
    return found


def read_index(lines, place):
    """Header lines, and {name: (offset, size, hash)} of the members."""
    first = next((at for at, line in enumerate(lines) if line.startswith("obj ")), len(lines))
    members = {}
    need(len(lines) - first <= 100_000, "文件里的对象太多")
    for line in lines[first:]:
        match = OBJECT.fullmatch(line)
        need(match and match[1] not in members and int(match[2]) <= 16 * MIB, "文件目录的格式不对")
        size = int(match[2])
        members[match[1]] = (place + 512, size, match[3])
        place += 512 + size + -size % 512
    need(next(iter(members), "") == "keys", "文件里没有钥匙名录")
    return lines[1:first], members


def read_members(handle, members):
    """Name → bytes of the members that are read further; Bad unless every member has its header, hash and padding."""
    contents = {}
    for name, (at, size, digest) in members.items():
        handle.seek(at - 512)
        need(handle.read(512) == ustar(name, size), f"文件结构被改动：{name}")
        data = handle.read(size)
        need(sha256(data) == digest, f"内容被改动或损坏：{name}")
        need(handle.read(-size % 512) == bytes(-size % 512), "文件结构被改动")
        if name in ("keys", "slots", "journal", "anchors"):
            contents[name] = data
    return contents


QUERY_LINES = ("centre", "book", "file", "seq", "asof", "journal", "anchor", "kdf", "salt", "content")


def verify_query(found, note, header, contents, directory, known):
    """Roles, header, slots, journal and anchors of a query file."""
    names = [name for name, _id, _signature in note.signatures]
    directors, agents = valid_signers(directory, "director"), valid_signers(directory, "agent")
    need(any(name in directors for name in names), "查询文件没有中心主任的签名")
    need(all(name in directors or name in agents for name in names), "查询文件的签名人没有这个职责")
    said = read_query_header([line for line in header if not line.startswith("x-")])
    need({"slots", "journal", "anchors"} <= set(contents), "文件里缺少对象")
    check_slots(contents["slots"])
    heads = read_heads(contents["journal"])
    stated = [number(said["journal"][0]), said["journal"][1]]
    found.points.append(tuple(stated))
    if stated != [len(heads) - 1, heads[-1].hex()]:
        found.problems.append("日志与文件头里的链值不符")
    anchors, problems = read_anchors(contents["anchors"], directory, said, heads)
    found.problems += problems
    if known.code:
        carried = any(anchor_code(one, *known.cost) == known.code for one in reversed(anchors))
        need(carried, "这个公示码不是文件里任何一期公开榜的")
        found.lines.append("本期码相符")


def read_heads(raw):
    """The heads after 0, 1, 2 … entries, from the leaves that a query file carries."""
    need(raw[:4] == b"VBJ1" and len(raw) >= 20 and (len(raw) - 20) % 32 == 0, "日志校验的格式不对")
    heads = [genesis(str(uuid.UUID(bytes=raw[4:20])))]
    for at in range(20, len(raw), 32):
        heads.append(next_head(heads[-1], raw[at : at + 32]))
    return heads


def read_anchors(raw, directory, said, heads):
    """(bytes of the anchors, sentences for what does not fit): each follows the one before and pins this journal."""
    notes = load_json(raw)
    need(isinstance(notes, list) and all(isinstance(one, str) for one in notes), "锚定记录的格式不对")
    anchors, problems, previous = [], [], ""
    for text in notes:
        note = read_note(text.encode())
        anchor = read_anchor(note, ever_valid(directory, note))
        anchors.append(note.raw)
        if (anchor["previous"], anchor["seq"], anchor["book"]) != (previous, len(anchors), said["book"][0]):
            problems.append(f"第 {anchor['seq']} 期公开榜没有接上前一期")
        if anchor["size"] >= len(heads) or heads[anchor["size"]].hex() != anchor["head"]:
            problems.append(f"第 {anchor['seq']} 期公开榜之前的日志被改动过")
        previous = sha256(note.raw)
    if [str(len(anchors)), previous or "none"] != said["anchor"]:
        problems.append("公开榜的期数与文件头不符")
    return anchors, problems


def read_query_header(lines):
    """Key → words of the header's lines, every one in its place and form."""
    values = [line.partition(" ") for line in lines]
    need(all(one[0] in (*QUERY_LINES, "reader") for one in values), "文件里有这个版本不认识的内容，请升级软件")
    names = [one[0] for one in values]
    wrong = "查询文件头的写法不规范"
    need(tuple(names[: len(QUERY_LINES)]) == QUERY_LINES and set(names[len(QUERY_LINES) :]) <= {"reader"}, wrong)
    said = {name: value.split(" ") for name, _space, value in values[: len(QUERY_LINES)]}
    centre, book = values[0][2], values[1][2]
    check_name(centre)
    need(book and book == book.strip(), "账套代码不能为空，前后不能有空格")
    said["book"] = [book]
    sizes = {"file": 1, "seq": 1, "asof": 1, "journal": 2, "anchor": 2, "kdf": 4, "salt": 1, "content": 1}
    need(all(len(said[name]) == size for name, size in sizes.items()), wrong)
    check_query_values(said)
    readers = []
    for _name, _space, value in values[len(QUERY_LINES) :]:
        words = value.split(" ")
        need(len(words) == 3 and words[0] in ("1", "2"), "查询文件头里的查询设备写法不对")
        check_name(words[1])
        read_base64(words[2], 80)
        readers.append(tuple(words[:2]))
    need(len(set(readers)) == len(readers), "查询文件头里有重复的查询设备")
    return said


def check_query_values(said):
    """Bad unless numbers, day, hashes and the cost of the locks have their one spelling and lie in their bounds."""
    wrong = "查询文件头的写法不规范"
    for text in (said["seq"][0], said["journal"][0], said["anchor"][0]):
        number(text)
    try:
        need(date.fromisoformat(said["asof"][0]).isoformat() == said["asof"][0], wrong)
    except ValueError as error:
        raise Bad("查询文件头里的日期写法不对") from error
    need(HEX16.fullmatch(said["file"][0]) and HEX16.fullmatch(said["salt"][0]), "查询文件头里的校验值写法不对")
    hashes = [said["journal"][1], said["content"][0]] + ([] if said["anchor"][1] == "none" else [said["anchor"][1]])
    need(all(HEX32.fullmatch(one) for one in hashes), "查询文件头里的校验值写法不对")
    need((said["anchor"][0] == "0") == (said["anchor"][1] == "none"), wrong)
    need(said["kdf"][0] == "argon2id", "查询文件用了不认识的计算方法，请升级软件")
    t, m_kib, p = (number(one) for one in said["kdf"][1:])
    need(1 <= t <= 16 and 1 <= p <= 8 and 8 * p <= m_kib <= 1024 * 1024, "密钥计算的参数超出范围")


def check_slots(raw):
    """Bad unless the table of slots has its one form."""
    wrong, at, last = "查询名册的格式不对", 5, 0
    need(raw[:4] == b"VBS1" and len(raw) >= 5, wrong)
    for _class in range(raw[4]):
        need(len(raw) >= at + 5, wrong)
        kind, count = struct.unpack_from(">BI", raw, at)
        table = raw[at + 5 : at + 5 + 128 * count]
        at += 5 + 128 * count
        tags = [table[row : row + 16] for row in range(0, len(table), 128)]
        need(kind in (1, 2) and kind > last and len(table) == 128 * count, wrong)
        need(all(one < two for one, two in pairwise(tags)), wrong)
        last = kind
    need(at == len(raw), wrong)


# ---------------------------------------------------------------- 13. the command


def verify(path, known):
    """What holds of the file; Bad with the reason when it does not."""
    with path.open("rb") as handle:
        head = handle.read(64)
    if head.removeprefix(b"\xef\xbb\xbf").startswith(b"villagebooks/v1/"):
        found = verify_note(path.read_bytes(), known)
    elif head.startswith(b"{"):
        raw = path.read_bytes()
        found = verify_proof(raw, known) if b"\n" not in raw else verify_chain(raw)
    else:
        with path.open("rb") as handle:
            found = verify_container(handle, path.stat().st_size, known)
    if known.chain:
        found.problems += compare(found.points, known.chain[1])
        found.rooted = found.rooted or (found.root == "" and not found.problems)
    return found


def compare(points, heads):
    """Sentences for every pinned head that the chain does not have there."""
    problems = []
    for size, head in points:
        if size >= len(heads):
            problems.append(f"给的日志链只有 {len(heads) - 1} 条，没有第 {size} 条")
        elif heads[size].hex() != head:
            problems.append(f"到第 {size} 条为止的日志与给的日志链不一样，有日志被改动过")
    return problems


def read_known(asked):
    """What the options tell."""
    return Known(
        normal_code(asked.root, "总钥匙指纹") if asked.root else "",
        (asked.keys.read_bytes(),) if asked.keys else (),
        normal_code(asked.code, "本期码") if asked.code else "",
        read_chain(asked.journal.read_bytes()) if asked.journal else (),
    )


def main(words=None):
    """Run the command; its exit code."""
    parser = argparse.ArgumentParser(description="核验村账离开办公室的文件（只用 Python 标准库）")
    kinds = "查询库、公开榜的二维码文字、凭证证明、日志链、钥匙名录"
    parser.add_argument("file", type=Path, metavar="文件", help=kinds)
    parser.add_argument("--root", default="", metavar="指纹", help="墙上的总钥匙指纹")
    parser.add_argument("--keys", type=Path, metavar="名录", help="可信的钥匙名录")
    parser.add_argument("--code", default="", metavar="码", help="榜脚的本期码；要算几分钟")
    parser.add_argument("--journal", type=Path, metavar="日志链", help="用来对照的日志链")
    asked = parser.parse_args(words)
    try:
        found = verify(asked.file, read_known(asked))
    except Bad as bad:
        print(f"核验不通过：{bad}", file=sys.stderr)
        return NOT_VERIFIED
    except OSError as error:
        print(f"读不出文件：{error.filename}", file=sys.stderr)
        return NOT_VERIFIED
    for line in found.lines:
        print(line)
    if found.root:
        print(f"总钥匙指纹：{found.root}")
    for problem in found.problems:
        print(f"核验不通过：{problem}", file=sys.stderr)
    if found.problems:
        return NOT_VERIFIED
    if not found.rooted:
        act = "把上面的指纹与墙上的核对" if found.root else "用 --journal 指明另一份日志链，或把链值与公开榜核对"
        print(f"其余都对；没有指明可信的依据，请{act}", file=sys.stderr)
        return NOT_VERIFIED
    print("核验通过")
    return VERIFIED


if __name__ == "__main__":
    sys.exit(main())
