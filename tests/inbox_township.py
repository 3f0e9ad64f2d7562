"""A township whose director has a full desk: vouchers of many villages, each from a signed paper with its picture."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PIL import Image as Picture
from PIL import ImageDraw

from tests.services.conftest import Clock, Staff, build_accounts, line, simple_paper, staff_of
from villagebooks.core.paper import Document, Paper
from villagebooks.core.period import Month
from villagebooks.core.village import Village
from villagebooks.core.voucher import Draft
from villagebooks.services.approval import accept_paper, approve_voucher, attest_paper
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.office import create_office, new_book, open_book
from villagebooks.services.paper import attach_image, draft_voucher, save_paper
from villagebooks.services.voucher import save_voucher

NAMES = (
    "老秤湾村",
    "石磨坪村",
    "桐油槽村",
    "鹭背村",
    "黄泥坳村",
    "碾盘寨村",
    "野茶沟村",
    "双河口村",
    "青杠林村",
    "马鞍村",
)
SEPTEMBER = Month(2026, 9)
WORDS = ("打印纸、硒鼓", "村道清淤工钱", "会议用茶水", "路灯电费", "慰问特困老人", "水泵修理")


@dataclass(frozen=True)
class Town:
    """The office by its director, everybody's keys, and uids of the vouchers that wait for the director by village."""

    office: Office
    staff: Staff
    vouchers: dict[str, list[str]]

    def desk(self, code: str) -> Desk:
        return open_desk(self.office, code, SEPTEMBER)


def make_town(place: Path, villages: int = 10, each: int = 6, clock: Clock | None = None) -> Town:
    office = create_office(place, "白雁河镇", clock=clock or Clock())
    staff = staff_of(office)
    vouchers = {}
    for number in range(1, villages + 1):
        code = f"V{number:02d}"
        name = NAMES[(number - 1) % len(NAMES)]
        book = new_book(code, code, name, "代行", "2023", Month(2026, 1))
        open_book(office, Village(code, name), book, build_accounts())
        desk = open_desk(Office(office.books, "冯素芳"), code, SEPTEMBER)
        image = attach_image(desk, bill(name))
        papers = [save_paper(desk, paper_of(code, number * 100 + n, image)) for n in range(each)]
        vouchers[code] = [prepare(desk, staff, paper) for paper in papers]
    return Town(Office(office.books, "邹启明"), staff, vouchers)


def paper_of(code: str, number: int, image: object) -> Paper:
    """A paper whose invoice and amount are its own; the village has signed it."""
    invoice = Document("数电票", f"2699000000000{number:07d}", "2026-09-01", amount(number), 1, (image,))  # type: ignore[arg-type]  # an Image
    return replace(
        simple_paper(date(2026, 9, 2)), book=code, words=WORDS[number % len(WORDS)], amount_fen=amount(number),
        documents=(invoice, Document("购物清单")),
    )  # fmt: skip


def amount(number: int) -> int:
    return 10_000 + number * 37 % 30_000


def prepare(desk: Desk, staff: Staff, paper: Paper) -> str:
    """Attested, accepted, drafted, and signed by everybody but the director."""
    attest_paper(desk, paper.uid, staff.agent, "ab" * 32)
    accept_paper(desk, paper.uid)
    draft: Draft = draft_voucher(desk, [paper.uid])
    lines = (replace(draft.lines[0], account="51302"), line("101", credit=paper.amount_fen, summary=paper.words))
    uid = save_voucher(desk, replace(draft, lines=lines)).uid
    sign(desk, uid, (staff.agent, staff.other, staff.cashier))
    return uid


def sign(desk: Desk, uid: str, people: Sequence[object]) -> None:
    for person in people:
        approve_voucher(desk, uid, person)  # type: ignore[arg-type]  # somebody unlocked


def bill(words: str) -> bytes:
    """A small picture of a bill."""
    picture = Picture.new("RGB", (240, 320), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((10, 10, 229, 309), outline="black", width=2)
    for row in range(60, 300, 30):
        pen.line((20, row, 220, row), fill="gray")
    pen.text((60, 25), words.encode("ascii", "replace").decode(), fill="black")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
