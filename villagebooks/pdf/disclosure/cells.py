"""The notice-board sheet as words in cells, before any ink: what stands where, and how it is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.disclosure import AnchorMark, Debt, Fund, Sheet, Transfer
from villagebooks.core.money import reading_text, yuan_text
from villagebooks.core.words import _, language


@dataclass(frozen=True, slots=True)
class BigCells:
    """One of the four big numbers: sign before it, what it is, figure, how it is said aloud; `out` is spending."""

    sign: str
    label: str
    figure: str
    reading: str
    out: bool = False


@dataclass(frozen=True, slots=True)
class RowCells:
    """A row of a table; `group` rows carry a title only. `signs`: 经手人 证明人 批准人 单据号, or the basis alone."""

    number: str
    day: str
    words: str
    figure: str
    signs: tuple[str, ...]
    amount_fen: int = 0
    group: bool = False


@dataclass(frozen=True, slots=True)
class TableCells:
    """A table of money in or out: heading, column heads, rows and the sum."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[RowCells, ...]
    sum_label: str
    sum_figure: str
    out: bool
    empty: str


@dataclass(frozen=True, slots=True)
class FundCells:
    """The block of one kind of money; `title` is empty when there is only the village's own."""

    title: str
    big: tuple[BigCells, ...]
    places: tuple[str, ...]
    tables: tuple[TableCells, TableCells]


@dataclass(frozen=True, slots=True)
class NoteCells:
    """A paragraph below the tables: its plain head, items that stand side by side, and texts below them."""

    head: str
    texts: tuple[str, ...]
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FootCells:
    """The foot: codes with their labels, or the word that this is a draft; `note` goes into the QR."""

    draft: str
    codes: tuple[tuple[str, str], ...]
    hints: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class SheetCells:
    """The whole sheet in words."""

    centre: str
    number: str
    title: str
    period: str
    funds: tuple[FundCells, ...]
    notes: tuple[NoteCells, ...]
    committee: NoteCells
    committee_signs: tuple[str, ...]
    other_signs: tuple[tuple[str, str], ...]
    stamp: str
    ask: NoteCells
    foot: FootCells


def sheet_cells(sheet: Sheet, mark: AnchorMark | None) -> SheetCells:
    """The words of the sheet; without a mark it says that it is a draft."""
    notes, month = sheet.notes, sheet.month
    apart = bool(sheet.others)
    period = _("从 {first} 到 {last}　　贴出：{year}年{put_up}　　至少贴到：{until}　　单位：元").format(
        first=day_text(month.first_day), last=day_text(month.last_day), year=notes.put_up.year,
        put_up=day_text(notes.put_up), until=day_text(notes.stay_until),
    )  # fmt: skip
    return SheetCells(
        centre=sheet.centre,
        number=sheet.number,
        title=_("{village}　{year}年{month}月　收支公开榜").format(
            village=sheet.village, year=month.year, month=month.month
        ),
        period=period,
        funds=(_fund_cells(sheet, sheet.own, apart), *(_fund_cells(sheet, fund, apart) for fund in sheet.others)),
        notes=(
            NoteCells(_("三、只是换地方、\n没有花掉的钱"), tuple(_moved(sheet))),
            NoteCells(_("四、谁欠村里、\n村里欠谁"), tuple(_debts(sheet))),
            NoteCells(_("五、本月收据"), (sheet.receipts,)),
        ),
        committee=NoteCells(_("六、监督委员会的话\n（签名、盖章）"), (notes.committee_words or "＿" * 24,)),
        committee_signs=notes.committee or ("", "", ""),
        other_signs=(
            (_("村主任"), notes.village_head), (_("报账员"), notes.reporter), (_("会计主管"), notes.chief),
        ),
        stamp=_("（公章）"),
        ask=_ask(sheet),
        foot=_foot(sheet, mark),
    )  # fmt: skip


def day_text(day: date) -> str:
    """9月15日."""
    return _("{month}月{day}日").format(month=day.month, day=day.day)


def figure_text(fen: int) -> str:
    """Yuan with a (no-break) space every three digits and a true minus sign: 106 215.85, −1 280.00."""
    return yuan_text(fen, group="\u00a0").replace("-", "−")


def ordinal_text(number: int) -> str:
    """（一）, （十二）: how groups are counted, 1 to 99; (1), (12) in other languages."""
    if language() != "zh":
        return f"({number})"
    digits = "一二三四五六七八九"
    tens, ones = divmod(number, 10)
    text = ("" if tens < 2 else digits[tens - 1]) + ("十" if tens else "") + (digits[ones - 1] if ones else "")
    return f"（{text}）"


def _fund_cells(sheet: Sheet, fund: Fund, apart: bool) -> FundCells:
    own = fund is sheet.own
    title = ""
    if apart:
        title = fund.title if own else _("{title}：单独算，不和上面的钱加在一起").format(title=fund.title)
    places = [
        f"{place.label}\u00a0{figure_text(place.amount_fen)}" for place in sheet.places if place.fund == fund.fund
    ]
    return FundCells(
        title=title,
        big=_big(fund),
        places=(_("钱在哪里：") + places[0], *places[1:]) if places else (),
        tables=(_income(fund, _("一、收进来的钱") if own else _("收进来的钱")),
                _spending(fund, _("二、花出去的钱") if own else _("花出去的钱"))),
    )  # fmt: skip


def _big(fund: Fund) -> tuple[BigCells, ...]:
    spent = sum(len(group.items) for group in fund.spending)
    rows = (
        ("", _("上个月剩下的钱"), fund.opening_fen, False),
        ("＋", _("这个月收进来 {n} 笔").format(n=len(fund.income)), fund.income_fen, False),
        ("－", _("这个月花出去 {n} 笔").format(n=spent), fund.spending_fen, True),
        ("＝", _("现在还剩的钱"), fund.closing_fen, False),
    )
    return tuple(BigCells(sign, label, figure_text(fen), reading_text(fen), out) for sign, label, fen, out in rows)


def _income(fund: Fund, title: str) -> TableCells:
    rows = []
    for item in fund.income:
        amount = item.amount_fen
        rows.append(
            RowCells(str(item.number), day_text(item.day), item.words, figure_text(amount), (item.basis,), amount)
        )
    heads = (_("序"), _("哪天"), _("谁交的、什么钱"), _("多少元"), _("凭什么（收据号）"))
    total = figure_text(fund.income_fen)
    return TableCells(title, heads, tuple(rows), _("收进来合计"), total, out=False, empty=_("这个月没有收钱。"))


def _spending(fund: Fund, title: str) -> TableCells:
    rows: list[RowCells] = []
    for place, group in enumerate(fund.spending, 1):
        rows.append(RowCells("", "", ordinal_text(place) + group.title, "", (), group=True))
        for item in group.items:
            signs = (item.handler, item.witness, "、".join(item.approvers), item.voucher)
            amount = item.amount_fen
            rows.append(RowCells(str(item.number), day_text(item.day), item.words, figure_text(amount), signs, amount))
    heads = (
        _("序"), _("哪天"), _("花在什么事上、给了谁"), _("多少元"), _("经手人"), _("证明人"), _("批准人"), _("单据号"),
    )  # fmt: skip
    total = figure_text(fund.spending_fen)
    return TableCells(title, heads, tuple(rows), _("花出去合计"), total, out=True, empty=_("这个月没有花钱。"))


def _moved(sheet: Sheet) -> Iterator[str]:
    if sheet.transfers:
        yield _("{items}。").format(items=_join(sheet.transfers))
    if sheet.no_money:
        yield _("不动现钱的：{items}。").format(items=_join(sheet.no_money))
    if not sheet.transfers and not sheet.no_money:
        yield _("这个月没有。")


def _join(items: Sequence[Transfer]) -> str:
    return _("；").join(f"{item.words}\u00a0{figure_text(item.amount_fen)}" for item in items)


def _debts(sheet: Sheet) -> Iterator[str]:
    for label, debts in ((_("别人欠村里"), sheet.owed_to_village), (_("村里欠别人"), sheet.owed_by_village)):
        yield _("{label} {total}{who}").format(
            label=label, total=figure_text(sum(debt.amount_fen for debt in debts)), who=_who(debts)
        )


def _who(debts: Sequence[Debt]) -> str:
    if not debts:
        return ""
    if len(debts) == 1:
        return _("：{words}").format(words=debts[0].party)
    return _("：{words}").format(
        words=_("；").join(f"{debt.party}\u00a0{figure_text(debt.amount_fen)}" for debt in debts)
    )


def _ask(sheet: Sheet) -> NoteCells:
    ask = tuple(f"{_circled(place)}\u00a0{one}" for place, one in enumerate(sheet.notes.ask, 1))
    answer = _("问了以后 {days} 天内一定回话。").format(days=sheet.notes.answer_days)
    look = sheet.notes.look or _("要看每张单据的照片：带身份证到村办公室，或用“明白卡”在手机上看。")
    return NoteCells(_("七、哪里不明白，\n可以问"), (answer + look,), ask)


def _circled(number: int) -> str:
    return "①②③④⑤⑥⑦⑧⑨⑩"[number - 1] if number <= 10 else f"({number})"


def _foot(sheet: Sheet, mark: AnchorMark | None) -> FootCells:
    root = _("核算中心公钥指纹：{root}").format(root=sheet.root) if sheet.root else ""
    if mark is None:
        return FootCells(_("草稿，未公开"), (), tuple(text for text in (root,) if text), "")
    codes = ((_("本期码"), mark.code), (_("上期码"), mark.previous_code or _("（第一期，没有）")))
    hints = (
        _("对一对：上个月的榜上印的“本期码”，应当和这张榜上的“上期码”一模一样；不一样，就是账被改过，请问镇纪委。"),
        _("右边的图可以用手机扫，送核算中心或上级用程序核验。"),
        root,
    )
    return FootCells("", codes, tuple(text for text in hints if text), mark.note)
