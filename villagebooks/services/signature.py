"""Whether signatures hold: by keys valid where they were given, over this very body, each linked to the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from villagebooks.core.approval import (
    APPROVE,
    BY_PAPER,
    Approval,
    check_not_voiding,
    voids,
    waiting_step,
)
from villagebooks.core.book import Book
from villagebooks.core.paper import Paper
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import Voucher
from villagebooks.core.words import _
from villagebooks.db import approval as approval_rows
from villagebooks.db import journal
from villagebooks.seal.approval import Said, approval_hash, peek_approval, read_approval
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.key import KeyDirectory, valid_signers
from villagebooks.services.approval import seal_voucher
from villagebooks.services.key import load_directory, registrars
from villagebooks.services.policy import policy_of, steps_of_voucher


@dataclass(frozen=True, slots=True)
class _Known:
    """What the books hold against which signatures on one body are looked at."""

    book: str
    digest: str
    directory: KeyDirectory
    positions: Mapping[str, int]
    heads: Mapping[int, str]
    roles: Mapping[str, str]


Given = Sequence[tuple[Approval, bytes]]
"""Signatures with their notes, in the order they were given."""


def check_signatures(
    connection: Connection, book: Book, row_id: int, voucher: Voucher, papers: Sequence[Paper], moves_money: bool
) -> list[Problem]:
    """Every step signed by a valid key over this revision's body, by different people.

    `row_id` is the book's, `papers` are those that the voucher was made from.
    """
    problems = []
    given = approval_rows.approvals_of(connection, voucher.uid)
    flow = steps_of_voucher(connection, voucher.policy, papers, book.village, moves_money=moves_money)
    missing = waiting_step(flow, [approval for approval, _note in given], voucher.rev)
    if missing:
        problems.append(Problem(_("{title} 还缺{step}签字").format(title=voucher.title, step=missing.title)))
    sealed, body = seal_voucher(connection, book.uid, voucher, papers)
    if sealed.digest != voucher.digest:
        problems.append(Problem(_("{title} 的内容与签字时不符").format(title=voucher.title)))
    if approval_rows.body_of(connection, voucher.uid, voucher.rev) != body:
        problems.append(Problem(_("{title} 签过的原文与现在的内容不符").format(title=voucher.title)))
    problems += _check_links(given, voucher)
    counted = [(approval, note) for approval, note in given if approval.rev == voucher.rev]
    roles = {step.name: step.role for step in flow}
    faults = note_faults(connection, book, row_id, counted, voucher.digest, roles)
    people: set[str] = set()
    for (approval, _note), fault in zip(counted, faults, strict=True):
        twice = approval.decision == APPROVE and approval.name in people
        if fault or twice:
            problems.append(Problem(fault or _("{name}签了两次").format(name=approval.name), voucher.title))
        if approval.decision == APPROVE:
            people.add(approval.name)
    return problems + check_not_voiding(voucher.title, [one for one, _note in given], voucher.rev)


def void_faults(connection: Connection, book: Book, row_id: int, voucher: Voucher) -> list[str]:
    """Why a void voucher may not be void: a step that signed it did not sign its voiding, a signature is untrue, or one
    that was taken back is counted again."""
    every = approval_rows.approvals_of(connection, voucher.uid)
    given = [one for one in every if one[0].rev == voucher.rev]
    if not given:
        return []
    approvals = [approval for approval, _note in given]
    done = {one.step for one in voids(approvals, voucher.rev)}
    missing = {one.step for one in approvals if one.decision == APPROVE} - done
    text = _("{title} 作废了，{steps}签过字却没有签同意作废")
    problems = [text.format(title=voucher.title, steps=_("、").join(sorted(missing)))] if missing else []
    roles = {step.name: step.role for step in policy_of(connection, voucher.policy).steps.values()}
    faults = note_faults(connection, book, row_id, given, voucher.digest, roles)
    problems += [str(one.text) for one in _check_links(every, voucher)]
    return problems + [fault for fault in faults if fault]


def _check_links(given: Given, voucher: Voucher) -> list[Problem]:
    """Every signature quotes the one before it, over all revisions, so that none is taken out or put between."""
    previous, problems = "", []
    for (approval, _note), said in zip(given, _peek(given), strict=True):
        if said is None or said.prev != previous:
            problems.append(Problem(_("{name}的签字与前一个签字接不上").format(name=approval.signer), voucher.title))
        previous = approval.digest
    return problems


def _peek(given: Given) -> list[Said | None]:
    """What each note says of itself, None where it is no approval."""
    told: list[Said | None] = []
    for _approval, note in given:
        try:
            told.append(peek_approval(note))
        except FormatError:
            told.append(None)
    return told


def note_faults(
    connection: Connection, book: Book, row_id: int, given: Given, digest: str, roles: Mapping[str, str] | None = None
) -> list[str]:
    """Why each of these signatures on one body does not hold, empty where it does.

    `digest` is the body's, `roles` the duty that a step asks of its signer. The directory, the places in the office
    chain and the heads that the signers saw are looked up once for all.
    """
    if not given:
        return []
    try:
        directory = load_directory(connection)
    except FormatError as error:
        text = _("{name}的签字不成立：{why}")
        return [text.format(name=approval.signer, why=error) for approval, _note in given]
    positions = journal.office_positions(connection, [f"approval:{approval.uid}" for approval, _note in given])
    told = _peek(given)
    heads = journal.heads_at(connection, row_id, [said.chain for said in told if said])
    known = _Known(book.uid, digest, directory, positions, heads, roles or {})
    faults = [
        _note_fault(known, approval, note, said.signer if said else "")
        for (approval, note), said in zip(given, told, strict=True)
    ]
    seen: set[str] = set()
    for place, (approval, note) in enumerate(given):
        own = approval_hash(note)
        if own in seen and not faults[place]:
            faults[place] = _("{name}的同一个签字用了两次").format(name=approval.signer)
        seen.add(own)
    return faults


def _note_fault(known: _Known, approval: Approval, note: bytes, signer: str) -> str:
    position = known.positions.get(f"approval:{approval.uid}")
    if position is None:
        return _("{name}的签字在日志里没有登记").format(name=approval.signer)
    # ink is attested by the registrar, whose duty is another than that of the step
    role = None if approval.mode == BY_PAPER else known.roles.get(approval.step) or None
    valid = valid_signers(known.directory, role, position)
    if approval.mode == BY_PAPER and signer in valid and signer not in registrars(known.directory, position):
        return _("{name}没有登记签字的职责，登记的纸质签字不算").format(name=approval.signer)
    try:
        text = read_approval(note, valid)
    except FormatError as error:
        return _("{name}的签字不成立：{why}").format(name=approval.signer, why=error)
    said = (text.book, text.on, text.uid, text.rev, text.step, text.decision, text.at, text.mode, approval_hash(note))
    kept = (
        known.book, approval.on, approval.object_uid, approval.rev, approval.step, approval.decision, approval.at,
        approval.mode, approval.digest,
    )  # fmt: skip
    names = "、".join(text.ink.names) if text.ink else approval.signer
    if (
        said != kept
        or names != approval.name
        or text.doc != known.digest
        or signer.rpartition("/")[2] != approval.signer
    ):
        return _("{name}的签字不是签在这张单子上的").format(name=approval.signer)
    if known.heads.get(text.chain) != text.head:
        return _("{name}签字时看到的日志与现在的日志接不上").format(name=approval.signer)
    return ""
