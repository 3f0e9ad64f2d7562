"""The forms that an accountant knows: each takes a picture's record and draws its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from villagebooks.core.money import capital_text, yuan_text
from villagebooks.formats.photo.page import (
    BLACK,
    BLUE,
    BOLD,
    BROWN,
    GREY,
    INK,
    PALE,
    RED,
    SANS,
    WHITE,
    Colour,
    Page,
    Pens,
)
from villagebooks.formats.photo.record import (
    BOARD,
    DITCH,
    INK_COLUMN,
    INVOICE,
    LETTER,
    RECEIPT,
    ROLL,
    SLIP,
    TABLE,
    Picture,
)

EDGE = 46
_NUMBERS = ("金额", "单价", "数量", "税率", "税额", "工", "床", "原值", "本月折旧", "出勤天", "缺勤天")
"""Titles of columns whose figures stand at the right; a title with its unit in brackets is one too."""


def draw_page(picture: Picture, pens: Pens) -> Page:
    """The picture's page, flat as from a scanner, with its mark of demonstration."""
    page = _FORMS[picture.form](picture, pens)
    page.mark(WHITE if picture.form in (BOARD, DITCH) else GREY)
    return page


def _invoice(picture: Picture, pens: Pens) -> Page:
    """数电票: buyer and seller, items, the total in capitals."""
    high = 520 + 30 * len(picture.rows)
    page = Page(1060, high, pens)
    page.text(530, 30, picture.title, 32, fill=BROWN, anchor="ma")
    for y in (76, 81):
        page.rule(360, y, 700, y, BROWN)
    page.text(1014, 40, f"发票号码：{picture.number}", 16, SANS, anchor="ra")
    page.text(1014, 66, f"开票日期：{_day(picture.day)}", 16, SANS, anchor="ra")
    fields = dict(picture.fields)
    top, wide = 106, 1060 - 2 * EDGE
    page.box(EDGE, top, wide, high - top - 50, BROWN, 2)
    for x, label, name in ((EDGE, "购买方", "购买方名称"), (EDGE + wide / 2, "销售方", "销售方名称")):
        _upright(page, x + 17, top + 12, label + "信息", BROWN)
        page.rule(x + 34, top, x + 34, top + 104, BROWN)
        page.text(x + 46, top + 18, f"名称：{fields.get(name, '')}", 18)
        page.text(x + 46, top + 58, "统一社会信用代码/纳税人识别号：（略）", 16, fill=GREY)
    page.rule(EDGE + wide / 2, top, EDGE + wide / 2, top + 104, BROWN)
    page.rule(EDGE, top + 104, EDGE + wide, top + 104, BROWN)
    _cells(page, picture, EDGE, top + 108, wide, 30, BROWN, rules=False)
    page.rule(EDGE, high - 158, EDGE + wide, high - 158, BROWN)
    page.text(EDGE + 20, high - 188, "合　　计", 18, fill=BROWN)
    page.text(EDGE + wide - 20, high - 188, fields.get("合计", ""), 18, anchor="ra")
    page.text(EDGE + 20, high - 148, "价税合计（大写）", 18, fill=BROWN)
    page.text(EDGE + 210, high - 148, f"⊗ {capital_text(picture.amount_fen)}", 18)
    page.text(EDGE + wide - 20, high - 148, f"（小写）¥{yuan_text(picture.amount_fen)}", 18, anchor="ra")
    page.rule(EDGE, high - 116, EDGE + wide, high - 116, BROWN)
    page.text(EDGE + 20, high - 104, f"备注：{fields.get('备注', '')}", 16)
    page.text(EDGE + wide - 20, high - 80, f"开票人：{fields.get('开票人', '')}", 16, anchor="ra")
    page.seal(180, 58, "电子发票样张", radius=48)
    return page


def _receipt(picture: Picture, pens: Pens) -> Page:
    """村集体经济组织收款收据, the second copy, with its number in red."""
    page = Page(980, 520, pens, (253, 246, 244))
    page.text(490, 30, picture.title, 32, fill=RED, anchor="ma")
    page.rule(300, 76, 680, 76, RED)
    page.text(490, 88, _day(picture.day), 20, anchor="ma")
    page.text(930, 42, f"№ {picture.number}", 28, BOLD, RED, "ra")
    page.box(EDGE, 124, 840, 300, RED, 2)
    fields = [*picture.fields, ("金额（大写）", capital_text(picture.amount_fen))]
    for index, (label, value) in enumerate(fields):
        y = 124 + index * 75
        page.rule(EDGE, y, EDGE + 840, y, RED)
        page.text(EDGE + 20, y + 24, label, 20, fill=RED)
        page.ink(EDGE + 190, y + 22, value, 24 if pens.width(value, 24) < 600 else 20)
    page.rule(EDGE + 170, 124, EDGE + 170, 424, RED)
    page.text(
        EDGE + 815, 124 + 75 * (len(fields) - 1) + 22, f"¥{yuan_text(picture.amount_fen)}", 24, fill=INK, anchor="ra"
    )
    _upright(page, 916, 150, "第二联　交款人", RED)
    _signers(page, picture, EDGE, 444, 700)
    _seals(page, picture, 600, 440)
    return page


def _slip(picture: Picture, pens: Pens) -> Page:
    """银行回单: the payer, the payee, the sum."""
    page = Page(980, 520, pens)
    page.draw.rectangle((EDGE, 30, 980 - EDGE, 82), fill=BLUE)
    page.text(EDGE + 18, 42, "清岑农商行", 22, BOLD, (255, 255, 255))
    page.text(980 - EDGE - 18, 42, picture.title, 22, SANS, (255, 255, 255), "ra")
    page.text(EDGE, 96, f"交易日期：{_day(picture.day)}", 16, SANS)
    page.text(980 - EDGE, 96, "账号、流水号：演示样张不显示", 16, SANS, GREY, "ra")
    money = [
        ("金额（大写）", f"人民币 {capital_text(picture.amount_fen)}"),
        ("金额（小写）", f"¥ {yuan_text(picture.amount_fen)}"),
    ]
    _pairs(page, [*picture.fields, *money], EDGE, 126, 980 - 2 * EDGE, 48, BLUE)
    _seals(page, picture, 790, 370, block=True)
    return page


def _table(picture: Picture, pens: Pens) -> Page:
    """A form of labelled fields with signatures, and a list below them when there are rows."""
    rows = len(picture.rows) + 1 if picture.rows else 0
    money = 2 if picture.amount_fen else 0
    foot = 46 * (len(picture.signers) // 4) + (110 if picture.stamps else 80)
    high = 200 + 46 * (len(picture.fields) + money) + 34 * rows + foot
    page = Page(980, high, pens)
    _head(page, picture)
    fields = [*picture.fields]
    if picture.amount_fen:
        fields += [
            ("金额（大写）", capital_text(picture.amount_fen)),
            ("金额（小写）", f"¥{yuan_text(picture.amount_fen)}"),
        ]
    y = _pairs(page, fields, EDGE, 124, 980 - 2 * EDGE, 46, BLACK)
    if rows:
        y = _cells(page, picture, EDGE, y + 8, 980 - 2 * EDGE, 34, BLACK)
    y = _signers(page, picture, EDGE, y + 18, 980 - 2 * EDGE)
    _seals(page, picture, 820, y - 6)
    return page


def _roll(picture: Picture, pens: Pens) -> Page:
    """名册: one line a person; long ones stand in columns side by side."""
    blocks = (len(picture.rows) + 17) // 18
    each = (len(picture.rows) + blocks - 1) // blocks
    high = 330 + 34 * (each + 1)
    wide = 1060 if blocks < 3 else 1180
    page = Page(wide, high, pens)
    _head(page, picture)
    y = 0.0
    for block in range(blocks):
        part = picture.rows[block * each : (block + 1) * each]
        span = (wide - 2 * EDGE - 10 * (blocks - 1)) / blocks
        at = EDGE + block * (span + 10)
        y = max(y, _cells(page, picture, at, 124, span, 34, BLACK, rows=part, size=18 if blocks == 1 else 16))
    if picture.amount_fen:
        text = f"合计 {yuan_text(picture.amount_fen)} 元　大写 {capital_text(picture.amount_fen)}"
        page.text(EDGE + 10, y + 10, text, 18)
        y += 34
    y = _signers(page, picture, EDGE, y + 18, wide - 2 * EDGE)
    _seals(page, picture, wide - 170, y - 14)
    return page


def _letter(picture: Picture, pens: Pens) -> Page:
    """A page of text: contract, minutes, notice of funds, opinion."""
    written = sum(1 + len(words) // 30 for words in (picture.subtitle, *picture.words))
    page = Page(800, max(720, 176 + 32 * written + 34 * len(picture.rows) + 40 * len(picture.signers) + 300), pens)
    official = bool(picture.number)
    page.text(
        400,
        60,
        picture.title,
        32 if pens.width(picture.title, 32) < 700 else 24,
        fill=RED if official else BLACK,
        anchor="ma",
    )
    if official:
        page.text(400, 116, picture.number, 18, anchor="ma")
        page.rule(70, 148, 730, 148, RED, 3)
    y = 176.0
    if picture.subtitle:
        y = page.paragraph(80, y, picture.subtitle, 640, 20, indent=False) + 6
    for words in picture.words:
        y = page.paragraph(80, y, words, 640)
    if picture.rows:
        y = _cells(page, picture, 80, y + 10, 640, 34, BLACK) + 10
    y = max(y + 30, page.high - 300 - 20 * len(picture.signers))
    y = _signers(page, picture, 80, y, 640)
    page.text(720, y + 16, _day(picture.day), 20, anchor="ra")
    _seals(page, picture, 600, y + 10)
    return page


def _board(picture: Picture, pens: Pens) -> Page:
    """A photo of the village's notice board with the list on it."""
    page = Page(960, 660, pens, (196, 214, 226))
    pen = page.draw
    pen.polygon(((0, 250), (180, 150), (380, 230), (620, 120), (960, 240), (960, 420), (0, 420)), fill=(132, 156, 134))
    pen.rectangle((0, 330, 960, 560), fill=(222, 212, 192))
    pen.rectangle((0, 560, 960, 660), fill=(150, 142, 128))
    for x in (150, 810):
        pen.rectangle((x - 10, 200, x + 10, 600), fill=(110, 70, 52))
    pen.rectangle((110, 130, 850, 500), fill=(146, 46, 40))
    pen.rectangle((128, 196, 832, 484), fill=(206, 222, 214))
    page.text(480, 146, "村　务　公　开　栏", 32, BOLD, (250, 232, 180), "ma")
    for index in range(3):
        left = 146 + index * 232
        pen.rectangle((left, 212, left + 210, 470), fill=(250, 249, 244))
        page.text(left + 105, 222, picture.title if index == 1 else "收支公开榜", 16, BOLD, RED, "ma")
        _posted(page, left + 12, 252, picture.rows if index == 1 else ())
    page.text(940, 20, _day(picture.day), 20, SANS, (60, 70, 80), "ra")
    page.text(20, 20, picture.subtitle, 20, SANS, (60, 70, 80))
    return page


def _posted(page: Page, x: float, y: float, rows: Sequence[Sequence[str]]) -> None:
    for index in range(8):
        line = y + index * 26
        page.rule(x, line + 20, x + 186, line + 20, PALE)
        if index < len(rows):
            page.text(x, line, rows[index][0], 14)
            page.text(x + 186, line, rows[index][-1], 14, anchor="ra")
        elif not rows:
            page.draw.rectangle((x, line + 6, x + 60 + index * 37 % 90, line + 12), fill=(190, 190, 188))


def _ditch(picture: Picture, pens: Pens) -> Page:
    """A photo of a side ditch by the fish pond, with the measuring tape along it."""
    page = Page(960, 660, pens, (200, 218, 230))
    pen = page.draw
    pen.polygon(((0, 220), (220, 110), (470, 210), (700, 90), (960, 210), (960, 300), (0, 300)), fill=(118, 146, 118))
    pen.rectangle((0, 280, 960, 660), fill=(148, 164, 110))
    pen.polygon(((0, 300), (430, 290), (300, 470), (0, 520)), fill=(140, 176, 190))
    pen.polygon(((520, 290), (560, 290), (860, 660), (560, 660)), fill=(196, 194, 186))
    pen.polygon(((531, 290), (549, 290), (770, 660), (640, 660)), fill=(112, 116, 112))
    pen.polygon(((562, 290), (620, 290), (960, 560), (960, 660), (872, 660)), fill=(206, 196, 170))
    page.rule(566, 292, 890, 660, (236, 200, 60), 5)
    page.text(20, 20, picture.title, 22, SANS, (50, 60, 70))
    page.text(940, 20, _day(picture.day), 20, SANS, (60, 70, 80), "ra")
    page.text(20, 600, picture.subtitle, 20, SANS, (250, 250, 250))
    return page


def _head(page: Page, picture: Picture) -> None:
    size = 32 if page.pens.width(picture.title, 32) < page.wide - 400 else 24
    page.text(page.wide / 2, 32, picture.title, size, anchor="ma")
    page.text(EDGE, 92, picture.subtitle, 18)
    right = "　".join(part for part in (picture.number, _day(picture.day)) if part)
    page.text(page.wide - EDGE, 92, right, 18, anchor="ra")


def _pairs(
    page: Page, fields: Sequence[tuple[str, str]], x: float, y: float, wide: float, high: int, fill: Colour
) -> float:
    """A frame of label and text, one line a field; where it ends."""
    for label, value in fields:
        page.box(x, y, wide, high, fill)
        page.rule(x + 170, y, x + 170, y + high, fill)
        page.text(x + 85, y + high / 2, label, 18, fill=GREY if fill != BLACK else BLACK, anchor="mm")
        size = next((one for one in (20, 18, 16, 14) if page.pens.width(value, one) < wide - 200), 12)
        page.text(x + 184, y + high / 2, value, size, anchor="lm")
        y += high
    return y


def _cells(
    page: Page,
    picture: Picture,
    x: float,
    y: float,
    wide: float,
    high: int,
    fill: Colour,
    rows: Sequence[Sequence[str]] | None = None,
    rules: bool = True,
    size: int = 18,
) -> float:
    """The rows under their titles; names in the column for signatures are written by hand. Where it ends."""
    body = picture.rows if rows is None else rows
    spans = _spans(page, picture, wide, size)
    for index, row in enumerate((picture.columns, *body)):
        at = x
        if rules:
            page.box(x, y, wide, high, fill)
        for title, text, span in zip(picture.columns, row, spans, strict=True):
            if rules:
                page.rule(at, y, at, y + high, fill)
            if index == 0:
                label = title.replace("（按印）", "")
                page.text(at + span / 2, y + high / 2, label, size, fill=fill, anchor="mm")
            elif INK_COLUMN in title and text:
                end = page.ink(at + 8, y + 4, text, 22)
                if "按印" in title:
                    page.thumb(min(end + 2, at + span - 30), y, text)
            elif title.endswith((*_NUMBERS, "）")):
                page.text(at + span - 8, y + high / 2, text, size, anchor="rm")
            else:
                page.text(at + 8, y + high / 2, text, size, anchor="lm")
            at += span
        y += high
    return y


def _spans(page: Page, picture: Picture, wide: float, size: int) -> list[float]:
    """Widths of the columns after their longest text, shared out over the whole width."""
    need = [
        max(page.pens.width(text, size) for text in (title.replace("（按印）", ""), *column))
        + (44 if "按印" in title else 18)
        for title, *column in zip(picture.columns, *picture.rows, strict=True)
    ]
    return [one * wide / sum(need) for one in need]


def _signers(page: Page, picture: Picture, x: float, y: float, wide: float) -> float:
    """Roles with the names written by hand, several to a line; where they end."""
    at = x
    for role, name in picture.signers:
        label = f"{role}：" if role else ""
        before = page.pens.width(label, 18)
        need = before + page.pens.width(name, 24) + 36
        if at > x and at + need > x + wide:
            at, y = x, y + 46
        page.text(at, y + 8, label, 18)
        page.ink(at + before + 2, y + 2, name, 24)
        at += need
    return y + 46 if picture.signers else y


def _seals(page: Page, picture: Picture, x: float, y: float, block: bool = False) -> None:
    for index, words in enumerate(picture.stamps):
        if block:
            page.block_seal(x, y, (words, "业务专用", "演示样张"))
        else:
            page.seal(x - index * 190, y, words)


def _upright(page: Page, x: float, y: float, words: str, fill: Colour) -> None:
    for index, char in enumerate(words):
        page.text(x, y + index * 17, char, 14, SANS, fill, "ma")


def _day(day: str) -> str:
    """2026年9月3日 of an ISO day, other text as it stands."""
    parts = day.split("-")
    if len(parts) != 3:
        return day
    return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"


_FORMS: Mapping[str, Callable[[Picture, Pens], Page]] = {
    INVOICE: _invoice, RECEIPT: _receipt, SLIP: _slip, TABLE: _table, ROLL: _roll, LETTER: _letter, BOARD: _board,
    DITCH: _ditch,
}  # fmt: skip
