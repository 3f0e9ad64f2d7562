"""Verifying any file that left the program: a container, a signed note (the QR's text), a proof, a chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from villagebooks.core.approval import FOOT
from villagebooks.core.duty import DUTY_WORDS
from villagebooks.core.problem import Trouble, why
from villagebooks.core.query import FileReport
from villagebooks.core.words import _
from villagebooks.formats.chain import CHAIN_KIND, compare_heads, read_chain
from villagebooks.formats.container import Known, verify_container
from villagebooks.formats.proof import PROOF_KIND, Proven, prove
from villagebooks.seal.approval import read_approval
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.disclosure import ANCHOR_KIND, anchor_code, read_anchor
from villagebooks.seal.key import DIRECTORY_KIND, ever_valid, valid_signers
from villagebooks.seal.note import peek_note

_LARGEST = 512 * 1024 * 1024
_MARK = b"\xef\xbb\xbf"


def verify_file(path: Path, known: Known) -> FileReport:
    """What holds of the file; FormatError when it does not hold at all, Trouble when it cannot be read.

    With no root known everything else is checked and the fingerprint stands in the report to compare with the wall.
    """
    try:
        with path.open("rb") as handle:
            head = handle.read(64)
            small = head if not _is_small(head) else head + handle.read(_LARGEST)
    except OSError as error:
        text = _("文件读写失败：{name}（{reason}）")
        raise Trouble(text.format(name=path.name, reason=why(error))) from error
    report = _verify_bytes(small, known) if _is_small(head) else verify_container(path, known)
    if known.heads:
        problems = compare_heads(report.points, known.heads)
        # a chain carries no signature: that it agrees with another copy is all that can be said of it
        rooted = report.rooted or (not report.root and not problems)
        report = replace(report, problems=(*report.problems, *problems), rooted=rooted)
    return report


def _is_small(head: bytes) -> bool:
    """Whether the file is text that is read whole, and no container."""
    return head.startswith(b"{") or head.removeprefix(_MARK).startswith(b"villagebooks/v1/")


def _verify_bytes(raw: bytes, known: Known) -> FileReport:
    if not raw.startswith(b"{"):
        return _verify_note(raw, known)
    if b"\n" in raw:
        found = read_chain(raw)
        size = len(found.heads) - 1
        lines = (_("日志链 {uid}").format(uid=found.chain), f"{size} {found.heads[-1].hex()}")
        points = ((size, found.heads[-1].hex()),)
        return FileReport(CHAIN_KIND, "", False, (), lines, size, len(raw), chain=found.chain, points=points)
    return _verify_proof(raw, known)


def _verify_note(raw: bytes, known: Known) -> FileReport:
    """A key directory, an anchor or an approval by itself."""
    # a scanner's text may have a mark in front, Windows line ends, or lack the last line end
    raw = raw.removeprefix(_MARK).replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n"
    note = peek_note(raw)
    directory = known.newest([raw] if note.kind == DIRECTORY_KIND else ())
    report = FileReport(
        note.kind, directory.fingerprint, known.rooted, note.signers, note.lines[1:], 0, len(raw)
    )  # fmt: skip
    if note.kind == DIRECTORY_KIND:
        return report
    if note.kind == ANCHOR_KIND:
        anchor = read_anchor(raw, ever_valid(directory, raw))
        report = replace(report, book=anchor.book, points=((anchor.size, anchor.head),))
        return _with_code(report, raw, anchor.period, known)
    read_approval(raw, valid_signers(directory))
    return report


def _with_code(report: FileReport, anchor: bytes, period: str, known: Known) -> FileReport:
    if not known.code:
        return report
    if not anchor or anchor_code(anchor, known.cost) != known.code:
        raise FormatError(_("本期码不是这一期公开榜的。"))
    return replace(report, code_found=period)


def _verify_proof(raw: bytes, known: Known) -> FileReport:
    proven = prove(raw, lambda newest: known.newest([newest]))
    report = FileReport(
        PROOF_KIND, proven.directory.fingerprint, known.rooted, (), _proof_lines(proven), len(proven.signatures),
        len(raw), chain=proven.proof.chain, points=proven.points,
    )  # fmt: skip
    return _with_code(report, proven.proof.anchor, proven.anchor.period if proven.anchor else "", known)


def _proof_lines(proven: Proven) -> tuple[str, ...]:
    """What a proof says, for people."""
    proof, anchor = proven.proof, proven.anchor
    lines = [_("单据 {uid}，第 {rev} 稿").format(uid=proof.uid, rev=max(proof.bodies))]
    decisions: Mapping[str, str] = {
        "approve": _("同意"), "send_back": _("退回"), "void": _("同意作废"), "withdraw": _("撤回作废"),
    }  # fmt: skip
    for one in proven.signatures:
        text = one.text
        names = _("、").join(text.ink.names) + _("（纸质）") if text.ink else ""
        said = _("第 {rev} 稿 {step} {decision}：{names}{signer}（{roles}），{at}，日志第 {seq} 条")
        step, decision = FOOT.get(text.step, text.step), decisions.get(text.decision, text.decision)
        roles = _("、").join(_(DUTY_WORDS.get(role, role)) for role in one.roles)
        told = {"step": _(step), "decision": decision, "names": names, "signer": one.signer, "roles": roles}
        lines.append(said.format(rev=text.rev, at=text.at, seq=one.seq, **told))
    if anchor:
        pinned = _("钉在公开榜上：{book} {period} 第 {seq} 期")
        lines.append(pinned.format(book=anchor.book, period=anchor.period, seq=anchor.seq))
    return tuple(lines)
