"""September 2026 as it happens: papers with pictures, the village's signatures, vouchers, the centre's signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from villagebooks.core.approval import PREPARE
from villagebooks.core.money import yuan_text
from villagebooks.core.paper import Document, Image, Paper
from villagebooks.core.period import Month
from villagebooks.core.receipt import Receipt
from villagebooks.core.voucher import REVERSAL, Draft
from villagebooks.core.words import _
from villagebooks.formats.photo import TABLE, Pens, Picture, draw_photo, load_pens
from villagebooks.paths import resource
from villagebooks.services.approval import accept_paper, approve_voucher, attest_paper, waiting_for
from villagebooks.services.demo.clock import working_day
from villagebooks.services.demo.data import PaperPlan, VoucherPlan, read_vouchers
from villagebooks.services.demo.town import Town
from villagebooks.services.desk import Desk
from villagebooks.services.paper import attach_image, draft_voucher, save_paper
from villagebooks.services.voucher import list_vouchers, post_voucher, save_voucher
from villagebooks.services.voucher import read_vouchers as vouchers_of_month

Progress = Callable[[str], None]
"""Told in one sentence what is being done."""

_IN_THE_MORNING, _IN_THE_AFTERNOON = 9, 14
_LOOKING = 4
"""Minutes until the next person has looked at a voucher and signs."""


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that happens on a day: a village writes its papers, or the centre makes the voucher."""

    day: date
    hour: int
    plan: VoucherPlan
    at_centre: bool


def enter_month(town: Town, data: Path, progress: Progress) -> int:
    """Everything of the month in the order of days; how many vouchers were posted."""
    pens = load_pens(resource("fonts"))
    plans = read_vouchers(data)
    written: dict[tuple[str, int], list[Paper]] = {}
    done = 0
    for event in sorted(_events(plans), key=lambda one: (one.day, one.hour, one.plan.book, one.plan.number)):
        town.clock.go_to(event.day, event.hour)
        key = (event.plan.book, event.plan.number)
        if not event.at_centre:
            written[key] = [_write_paper(town, plan, pens) for plan in event.plan.papers]
            continue
        _take_and_book(town, event.plan, written.get(key, []), pens)
        done += 1
        if done % 5 == 0:
            text = _("九月凭证：已记账 {done}/{total} 张")
            progress(text.format(done=done, total=len(plans)))
    return done


BLUE = "订正"
"""How the summary of a voucher begins that does a red one over."""


def _events(plans: Sequence[VoucherPlan]) -> Iterator[_Event]:
    for plan in plans:
        own = any(one.paper.spending_class != "转账凭证" for one in plan.papers)
        yield _Event(plan.day, _IN_THE_MORNING, plan, at_centre=False)
        # what a village brings reaches the centre on the next working day; the centre's own is booked at once
        day = working_day(plan.day + timedelta(days=1)) if own else plan.day
        yield _Event(day, _IN_THE_AFTERNOON, plan, at_centre=True)


def _write_paper(town: Town, plan: PaperPlan, pens: Pens) -> Paper:
    """The reporter photographs the documents and writes the paper."""
    desk = town.desk(plan.paper.handler, plan.paper.book)
    documents = tuple(
        replace(document, images=tuple(_photograph(desk, picture, pens) for picture in pictures))
        for document, pictures in zip(plan.paper.documents, plan.pictures, strict=True)
    )
    return save_paper(desk, replace(plan.paper, documents=documents), _receipts(plan))


def _photograph(desk: Desk, picture: Picture, pens: Pens) -> Image:
    # drawn without a digit of anybody's ID, phone or account: that is what 已脱敏检查 means
    return attach_image(desk, draw_photo(picture, pens), checked=True)


def _receipts(plan: PaperPlan) -> list[Receipt]:
    if not plan.receipt:
        return []
    book, _slash, number = plan.receipt.partition("/")
    return [Receipt(book, number, "used", "", plan.paper.day.isoformat(), plan.paper.amount_fen)]


def _take_and_book(town: Town, plan: VoucherPlan, papers: Sequence[Paper], pens: Pens) -> None:
    """The centre registers the ink, accepts, drafts, completes, saves; four people sign; it is posted."""
    agent, countersigner = town.agents[plan.book]
    desk = town.desk(agent, plan.book)
    for paper in papers:
        scan = _photograph(desk, _claim(town, paper), pens)
        attest_paper(desk, paper.uid, town.staff[agent], scan.sha256)
        accept_paper(desk, paper.uid)
    saved = save_voucher(desk, _draft(desk, plan, [paper.uid for paper in papers]))
    if saved.number != plan.number:
        raise ValueError(f"{plan.book} {saved.title} should be number {plan.number}")
    people = {PREPARE: agent, "countersign": countersigner, "cashier": town.cashier, "review": town.director}
    while step := waiting_for(desk, saved.uid):
        name = people[step.name]
        town.clock.wait(0 if step.name == PREPARE else _LOOKING)
        approve_voucher(town.desk(name, plan.book), saved.uid, town.staff[name])
    post_voucher(desk, saved.uid)


def _draft(desk: Desk, plan: VoucherPlan, papers: Sequence[str]) -> Draft:
    """The draft that the papers give, completed by the accountant; a red one is linked to the voucher it reverses.

    A blue one is linked to the red one before it.
    """
    blue = plan.lines[0].summary.startswith(BLUE)
    corrects = next((one.uid for one in list_vouchers(desk) if one.kind == REVERSAL), "") if blue else ""
    if papers:
        draft = draft_voucher(desk, papers)
        return replace(draft, day=plan.day, lines=plan.lines, kind=plan.kind, corrects=corrects)
    reverses = _reversed(desk, plan) if plan.kind == REVERSAL else ""
    return Draft(plan.day, plan.lines, kind=plan.kind, reverses=reverses, corrects=corrects)


def _reversed(desk: Desk, plan: VoucherPlan) -> str:
    """The voucher of August that the red one undoes: the same accounts with the same amounts, positive."""
    wanted = {(line.account, -line.debit_fen, -line.credit_fen) for line in plan.lines}
    for voucher in vouchers_of_month(desk.at(Month(2026, 8))):
        if {(line.account, line.debit_fen, line.credit_fen) for line in voucher.lines} == wanted:
            return voucher.uid
    raise ValueError("nothing in August to reverse")


def _claim(town: Town, paper: Paper) -> Picture:
    """The signed 报账单 itself as it was scanned at the counter."""
    rows = tuple((str(number), *_document_cells(one)) for number, one in enumerate(paper.documents, 1))
    signers = [("经手人", paper.handler), ("证明人", paper.witness), ("审批人", "、".join(paper.approvers))]
    signers += [(body.name, "、".join(body.people[:3])) for body in paper.bodies]
    told = ("用途", "类别", "收款人", "付款方式")
    values = (paper.words, paper.spending_class, paper.payee, paper.paid_how)
    supervisors = [f"{town.villages[paper.book]}{body.name}" for body in paper.bodies if body.stamp]
    return Picture(
        TABLE, "报　账　单", subtitle=f"单位：{town.villages[paper.book]}", number=f"第{paper.number}号",
        day=paper.day.isoformat(),
        fields=tuple(zip(told, values, strict=True)),
        columns=("序", "单据", "日期", "号码", "张数", "金额"), rows=rows, amount_fen=paper.amount_fen,
        signers=tuple((role, name) for role, name in signers if name), stamps=tuple(supervisors[:1]),
    )  # fmt: skip


def _document_cells(one: Document) -> tuple[str, ...]:
    return one.kind, one.day, one.number, str(one.count), yuan_text(one.amount_fen, zero="")
