"""A paper (报账单): what the village brings, signed layer by layer before the centre makes a voucher of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from villagebooks.core.money import LARGEST_FEN
from villagebooks.core.problem import Problem
from villagebooks.core.words import N_, _, plain_text

CLASSES = (
    N_("日常运转"),
    N_("工程维修"),
    N_("补助慰问名册"),
    N_("专项资金"),
    N_("土地补偿"),
    N_("偿还旧债"),
    N_("提取备用金"),
    N_("收入"),
    N_("转账凭证"),
)
DIRECTIONS = (N_("收入"), N_("支出"), N_("转存"), N_("转账"))
"""Money in, money out, money that only changes its place, and entries that move no money."""

WRITTEN, SIGNED, SENT, ACCEPTED, SENT_BACK, BOOKED = "written", "signed", "submitted", "accepted", "sent_back", "booked"

REASONS = (
    N_("没有审批人签字"),
    N_("没有监委会章"),
    N_("经手人和证明人是同一人"),
    N_("发票抬头不是本村"),
    N_("大小写金额不符"),
    N_("发票没有明细清单"),
    N_("名册有人没签字或代签"),
    N_("超权限没有会议记录"),
    N_("工程没有验收单"),
    N_("超合同或超进度"),
    N_("票据过期"),
    N_("发票号别处已报"),
    N_("用途不许列支"),
    N_("照片看不清"),
    N_("预算没有这一项"),
)
"""Coded reasons for sending a paper back: code n is REASONS[n − 1]."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture or scan by the SHA-256 (hex) of its bytes; `checked`: 已脱敏检查, may be shown to villagers."""

    sha256: str
    size: int
    media: str
    pages: int = 1
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a paper: invoice, receipt, bank slip, list, contract… `count` sheets."""

    kind: str
    number: str = ""
    day: str = ""
    amount_fen: int = 0
    count: int = 1
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A body's consent: 监委会 with `present` of `size`, `agreed` for, stamp, minutes."""

    name: str
    people: tuple[str, ...]
    present: int
    agreed: int
    size: int
    stamp: bool = False
    minutes: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with its documents. `words` is what the notice board says; amount in fen, always positive; `policy` the
    SHA-256 of the approval policy it was written under, empty for the built-in one."""

    uid: str
    book: str
    number: int
    day: date
    words: str
    spending_class: str
    direction: str
    amount_fen: int
    payee: str
    paid_how: str
    documents: tuple[Document, ...]
    handler: str
    witness: str = ""
    approvers: tuple[str, ...] = ()
    bodies: tuple[Body, ...] = ()
    basis: str = ""
    group: str = ""
    state: str = WRITTEN
    reason: int = 0
    vouchers: tuple[str, ...] = ()
    digest: str = ""
    rev: int = 1
    policy: str = ""


def tidy_paper(paper: Paper) -> Paper:
    """The paper with every text as it can be signed: what was pasted may hold compatibility or unseen characters."""
    documents = tuple(
        replace(one, kind=plain_text(one.kind), number=_tidy_number(plain_text(one.number)), day=plain_text(one.day))
        for one in paper.documents
    )
    return replace(
        paper, words=plain_text(paper.words), payee=plain_text(paper.payee), paid_how=plain_text(paper.paid_how),
        handler=plain_text(paper.handler), witness=plain_text(paper.witness), basis=plain_text(paper.basis),
        group=plain_text(paper.group), approvers=tuple(map(plain_text, paper.approvers)), documents=documents,
    )  # fmt: skip


def _tidy_number(number: str) -> str:
    """An invoice's number without the blanks that are printed or typed into it: it is looked for as it stands."""
    plain = "".join(unicodedata.normalize("NFKC", number).split())
    return plain if plain.isascii() and plain.isalnum() and len(plain) >= INVOICE_DIGITS else number


def check_paper(paper: Paper, classes: Sequence[str] = CLASSES) -> list[Problem]:
    """Whether the paper may be signed and handed in (RULES §6; cases 1, 3); `classes` are the policy's."""
    problems = []

    def add(text: str, field: str) -> None:
        problems.append(Problem(text, field=field))

    if not paper.words.strip():
        add(_("没有写明用途"), "words")
    if paper.spending_class not in classes:
        add(_("没有这个支出类别：{name}").format(name=paper.spending_class), "spending_class")
    if paper.direction not in DIRECTIONS:
        add(_("没有写明是收入、支出还是转存"), "direction")
    if paper.amount_fen <= 0 and paper.direction != "转账":
        add(_("金额要大于零"), "amount_fen")
    if max([paper.amount_fen, *(abs(document.amount_fen) for document in paper.documents)]) > LARGEST_FEN:
        add(_("金额太大"), "amount_fen")
    if not paper.handler:
        add(_("没有经手人"), "handler")
    if paper.handler and paper.handler == paper.witness:
        add(_("经手人和证明人是同一人"), "witness")
    if not paper.documents:
        add(_("没有单据"), "documents")
    if any(document.count < 1 for document in paper.documents):
        add(_("单据张数至少是一张"), "documents")
    for body in paper.bodies:
        problems += check_counts(body)
    return problems


def check_counts(body: Body) -> list[Problem]:
    """Whether so many can have come and agreed: no signature holds other counts (seal/approval.py)."""
    problems = []
    if body.present > body.size:
        text = _("到会 {present} 人，比应到的 {size} 人多")
        problems.append(Problem(text.format(present=body.present, size=body.size), body.name, field="present"))
    if body.agreed > body.present:
        text = _("同意 {agreed} 人，比到会的 {present} 人多")
        problems.append(Problem(text.format(agreed=body.agreed, present=body.present), body.name, field="agreed"))
    return problems


def sheet_count(papers: Sequence[Paper]) -> int:
    """Sheets of all documents: the voucher's 附单据数."""
    return sum(document.count for paper in papers for document in paper.documents)


INVOICE_DIGITS = 8
"""An invoice's number has 8 or 20 digits; shorter ones are receipts, contracts and minutes that a village numbers."""
SCAN = N_("报账单扫描件")
"""The kind of the document that is the signed paper itself."""


def scan_of(paper: Paper) -> str:
    """Hash of the picture where the ink is seen: the scanned paper itself, else the first picture; empty without."""
    ordered = sorted(paper.documents, key=lambda document: document.kind != SCAN)
    return next((image.sha256 for document in ordered for image in document.images), "")
