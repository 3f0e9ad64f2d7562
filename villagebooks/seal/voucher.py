"""The canonical bytes of a voucher without papers, written at once: an import and the deep check digest very many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import repeat
from json.encoder import encode_basestring as quote

from villagebooks.core.history import VoucherColumns
from villagebooks.core.voucher import REVERSAL
from villagebooks.seal import canonical
from villagebooks.seal.code import encode_code


def voucher_digests(book: str, columns: VoucherColumns) -> list[str]:
    """Hex SHA-256 of the canonical bytes of each voucher of revision 1; `book` is the book's uid.

    The same bytes as `voucher_bytes` gives (a test compares them), with whatever is the same in many lines made once.
    """
    codes = {code: quote(code) for code in {*columns.accounts, *columns.parties}}
    tails = _line_tails(columns)
    lines = [
        f"[{summary},{codes[account]},{debit},{credit},{codes[party]},{tail}]"
        for summary, account, debit, credit, party, tail in zip(
            map(quote, columns.summaries), columns.accounts, columns.debits, columns.credits, columns.parties, tails,
            strict=False,
        )
    ]  # fmt: skip
    prepared = {name: quote(name) for name in set(columns.prepared)}
    digests, start = [], 0
    for uid, year, month, word, number, day, kind, attachments, link, by, count in zip(
        columns.uids, columns.years, columns.months, columns.words, columns.numbers, columns.days, columns.kinds,
        columns.attachments, columns.links, columns.prepared, columns.counts, strict=True,
    ):  # fmt: skip
        end = start + count
        reverses = link if kind == REVERSAL else ""
        corrected = f'"corrects":"{link}",' if link and not reverses else ""
        body = (
            f'{{"att":[],"attachments":{attachments},"book":"{book}",{corrected}"date":"{day}","kind":"{kind}",'
            f'"lines":[{",".join(lines[start:end])}],"number":{number},"payees":[],"period":"{year:04d}-{month:02d}",'
            f'"prepared_by":{prepared[by]},"rev":1,"reverses":"{reverses}","total_fen":{sum(columns.debits[start:end])},'
            f'"uid":"{uid}","v":1,"word":"{word}"}}'
        )
        digests.append(hashlib.sha256(body.encode()).hexdigest())
        start = end
    return digests


def _line_tails(columns: VoucherColumns) -> Iterable[str]:
    """What stands behind the party in each line: rarely more than three empty texts."""
    rare = (columns.projects, columns.contracts, columns.banks, columns.quantities)
    if not any(map(any, rare)):
        return repeat('"","",""')
    return [
        f"{quote(project)},{quote(contract)},{quote(bank)}{f',{quantity}' if quantity else ''}"
        for project, contract, bank, quantity in zip(*rare, strict=True)
    ]


LineFields = tuple[str, str, int, int, str, str, str, str, int]
"""Summary, account, debit and credit in fen, party, project, contract, bank, quantity: the fields of `Line`."""


def voucher_bytes(
    book: str,
    uid: str,
    rev: int,
    word: str,
    period: str,
    number: int,
    day: str,
    kind: str,
    reverses: str,
    attachments: int,
    prepared_by: str,
    lines: Iterable[LineFields],
    policy: str = "",
    corrects: str = "",
) -> bytes:
    """The bytes of `canonical.dump(core.voucher.voucher_body(…))`, many times as fast (a test compares them).

    `period` is `2026-09`, of an opening `2026-00`; `book` is the book's uid. Nothing is checked: text that is not
    NFC or an amount beyond the limits gives bytes that `canonical.load` refuses.
    """
    total, parts = 0, []
    for summary, account, debit, credit, party, project, contract, bank, quantity in lines:
        total += debit
        parts.append(
            f"[{quote(summary)},{quote(account)},{debit},{credit},{quote(party)},"
            f"{quote(project)},{quote(contract)},{quote(bank)}{f',{quantity}' if quantity else ''}]"
        )
    policy_part = f'"policy":{quote(policy)},' if policy else ""
    corrected = f'"corrects":{quote(corrects)},' if corrects else ""
    return (
        f'{{"att":[],"attachments":{attachments},"book":{quote(book)},{corrected}"date":{quote(day)},"kind":{quote(kind)},'
        f'"lines":[{",".join(parts)}],"number":{number},"payees":[],"period":"{period}",'
        f'{policy_part}"prepared_by":{quote(prepared_by)},"rev":{rev},"reverses":{quote(reverses)},"total_fen":{total},'
        f'"uid":{quote(uid)},"v":1,"word":{quote(word)}}}'
    ).encode()


def slip_code(book: str, uid: str, rev: int, digest: str) -> str:
    """The 20 characters on the approval slip of one revision of a voucher: another body, another code."""
    body = canonical.dump({"v": 1, "book": book, "uid": uid, "rev": rev, "doc": digest})
    return encode_code(hashlib.sha256(b"vb1/slip\0" + body).digest())
