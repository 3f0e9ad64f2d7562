"""票据: the receipt books that reporters were given, and what became of every number; issue a book, void a number."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from villagebooks.core.period import month_of
from villagebooks.core.problem import Problem
from villagebooks.core.receipt import MISSING, VOID, IssuedBook, Receipt, ReceiptBook, check_voidable, next_number
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import Side, in_line
from villagebooks.gui.form import COUNT, DAY, Field, Form, required
from villagebooks.gui.page import Page, button, hair, label
from villagebooks.gui.table import MONEY, NUMBER, STATE, Column, Table
from villagebooks.gui.theme import DONE, LATE, PLAIN, Mark, px, span
from villagebooks.services.account import today
from villagebooks.services.desk import Desk
from villagebooks.services.paper import issue_receipt_book, issued_books, unreturned, void_receipt, void_rest

SIDE = 320


def book_columns() -> tuple[Column, ...]:
    """Columns of the receipt books."""
    return (
        Column(_("收据本"), lambda one: one.book.code),
        Column(_("起止号"), lambda one: one.book.first, width=17, text=_range),
        Column(_("领用人"), lambda one: one.book.issued_to, width=8),
        Column(_("领用日期"), lambda one: one.book.issued_on, width=11, spare=True),
        Column(_("已用"), lambda one: one.book.used_before + len(one.count.used), NUMBER, 5),
        Column(_("作废"), lambda one: len(one.count.void), NUMBER, 5),
        Column(_("空白"), lambda one: one.count.left, NUMBER, 5),
        Column(_("断号"), _missing_mark, STATE, 10),
    )


def number_columns() -> tuple[Column, ...]:
    """Columns of a book's numbers."""
    return (
        Column(_("号码"), lambda one: one.number),
        Column(_("状态"), _number_mark, STATE, 18),
        Column(_("日期"), lambda one: one.day, width=11),
        Column(_("金额"), lambda one: one.amount_fen, MONEY, 14, total=True),
    )


class ReceiptPage(Page):
    """Above the receipt books, below the numbers of the one in hand; at the right the two acts. `printed` carries
    (title, what draws it) for the preview."""

    printed = Signal(str, object)

    def __init__(self, seat: Seat) -> None:
        self.title = _("票据")
        super().__init__(seat)
        empty = _("还没有发过收据本。在右边填好起止号和领用人，按“发放”。")
        self.books = Table(book_columns(), _("收据本"), empty, filtered=False)
        self.numbers = Table(number_columns(), _("收据号"))
        self.numbers.model.is_faint = _is_void
        self.head_of_numbers = label("", "muted")
        self.numbers.head.insertWidget(1, self.head_of_numbers)
        self.numbers.head.addWidget(button(_("打印核销表"), self.print_out, "printer"))
        self.new = Form(
            (
                Field("code", required(_("收据本编号")), hint=_("印在封面上的")),
                Field("first", required(_("起号")), hint="0012351"),
                Field("last", required(_("止号")), hint="0012400"), Field("issued_to", required(_("领用人"))),
                Field("issued_on", _("领用日期"), DAY), Field("used_before", _("以前用过几张"), COUNT),
            )
        )  # fmt: skip
        self.void = Form((Field("number", required(_("号码"))), Field("day", _("作废日期"), DAY)))
        self._sure = self._wanted = ""
        self._issue = button(_("发放"), self.issue, "plus", primary=True)
        self._void = button(_("作废这个号"), self.void_number, "x")
        self._rest = button(_("剩下的都作废"), self.void_rest, "x")
        self._lay_out()
        self.setFocusProxy(self.books.view)
        self.books.chosen.connect(self._choose)
        self.numbers.chosen.connect(self._fill)
        self.void.changed.connect(self._unsure)
        self.moved()

    def load(self) -> None:
        """Read the books and their numbers up to the end of the month."""
        self.seat.worker.read(partial(issued_books, self.seat.desk), self._take, self.strip.show_problems, key=self)

    def moved(self) -> None:
        """Another book or month: what was about to be done belonged to the last one."""
        self._issue_nothing()
        self._void_nothing()

    def tell_choices(self) -> str:
        """The code of the receipt book in hand."""
        one = self.books.current()
        return one.book.code if one else ""

    def take_choices(self, kept: str) -> None:
        """The same receipt book."""
        self._wanted = kept

    def issue(self) -> None:
        """发放 the receipt book of the form."""
        if misread := self.new.misread():
            self._refuse_new(tuple(misread))
            return
        values = self.new.values()
        one = ReceiptBook(
            values["code"], self.seat.desk.book.village, values["first"], values["last"],
            values["issued_on"].isoformat(), values["issued_to"], values["used_before"],
        )  # fmt: skip
        self.new.show_problems(())
        act = partial(_issue, self.seat.desk, one)
        self.seat.worker.write(act, self._issued, self._refuse_new, _("发放收据本"))

    def void_number(self) -> None:
        """作废 the number of the form: the first press says what will happen, the second does it."""
        one, values = self.books.current(), self.void.values()
        if one is None or not values["number"]:
            self.strip.hint(_("先选收据本，再写要作废的号码"))
            return
        if self.void.refuse_misread(self._refuse_void):
            return
        receipt = Receipt(one.book.code, values["number"], VOID, day=values["day"].isoformat())
        if self._sure != values["number"]:
            self._ask_void(one, values["number"])
            return
        act = partial(_void, self.seat.desk, receipt)
        self.seat.worker.write(act, self._voided, self._refuse_void, _("作废收据"))

    def _ask_void(self, one: IssuedBook, number: str) -> None:
        """A number that cannot be voided is refused before anybody is asked whether he is sure."""
        if problems := check_voidable(one, number):
            self._refuse_void(tuple(problems))
            return
        self._sure = number
        text = _(
            "作废收据 {n}：各联都已收回，作废后这个号不能再用，也不能恢复。再按一次“作废这个号”就作废；不作废了按 Esc。"
        )
        self.strip.hint(text.format(n=number))

    def void_rest(self) -> None:
        """作废 every blank number of the book in hand, which is handed back: asked once, done with the second press."""
        one, values = self.books.current(), self.void.values()
        if one is None or one.count.left <= 0:
            self.strip.hint(_("先选一本还有空白的收据本"))
            return
        if self.void.refuse_misread(self._refuse_void):
            return
        first, asked = next_number(one), f"{one.book.code}/"
        if self._sure != asked:
            self._sure = asked
            text = _(
                "交回收据本 {code}：空白 {first}—{last} 共 {n} 张，各联都在手上，一张不少，作废后不能再用。"
                "再按一次“剩下的都作废”就作废；不作废了按 Esc。"
            )
            said = {"code": one.book.code, "first": first, "last": one.book.last, "n": one.count.left}
            self.strip.hint(text.format(**said))
            return
        act = partial(void_rest, self.seat.desk, one.book.code, values["day"])
        self.seat.worker.write(act, self._rest_voided, self._refuse_void, _("作废收据"))

    def _rest_voided(self, numbers: list[str]) -> None:
        self._sure = ""
        text = _("空白收据 {first}—{last} 共 {n} 张已作废")
        self.strip.say(text.format(first=numbers[0], last=numbers[-1], n=len(numbers)))
        self._void_nothing()
        self.seat.tell_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back the question whether he is sure."""
        if event.key() == Qt.Key.Key_Escape and self._sure:
            self._unsure()
        else:
            super().keyPressEvent(event)

    def print_out(self) -> None:
        """What became of the numbers of the book in hand, on paper."""
        one = self.books.current()
        if one is None:
            self.strip.hint(_("先选收据本"))
            return
        self.printed.emit(_("收款收据使用核销表"), partial(_draw, self.seat.desk, one.book.code))

    def _take(self, found: list[IssuedBook]) -> None:
        here = self.books.current()
        wanted, self._wanted = here.book.code if here else self._wanted, ""
        self.books.put(found)
        for part in (self.void, self._void, self._rest):
            part.setEnabled(bool(found))
        if not self.books.go_to(lambda one: one.book.code == wanted):
            self.books.view.selectRow(0)
        if self.books.current() is None:
            self.head_of_numbers.setText("")
            self.numbers.say_empty(_("发了收据本，这里列它用过、作废和断了的号。"))
            self.numbers.put(())
        else:
            self._choose(self.books.current())

    def _choose(self, one: IssuedBook) -> None:
        self.numbers.say_empty(_none_told(one))
        self.numbers.put(one.numbers)
        text = _("{code}　到 {month}　用 {used}　作废 {void}　空白 {left}　断号 {missing}")
        self.head_of_numbers.setText(
            text.format(
                code=one.book.code, month=self.seat.month, used=one.book.used_before + len(one.count.used),
                void=len(one.count.void), left=one.count.left, missing=len(one.count.missing),
            )
        )  # fmt: skip
        self.void.fill({"number": next_number(one)}, of=one.book.code)  # somebody else's saving takes no words away

    def _fill(self, one: Receipt) -> None:
        if one.state == MISSING:
            self.void.put({"number": one.number})

    def _unsure(self) -> None:
        if self._sure:
            self.strip.say("")
        self._sure = ""

    def _issued(self, told: tuple[ReceiptBook, list[IssuedBook]]) -> None:
        one, before = told
        self._issue_nothing()
        said = _("已发放收据本 {code}（{first}—{last}），领用人 {who}").format(
            code=one.code, first=one.first, last=one.last, who=one.issued_to
        )
        self.strip.say(said)
        if before:
            text = _("{who}手里的 {code} 还有 {n} 张空白：以旧换新，先把它交回，和存根对过，剩下的空白作废")
            last = before[-1]
            hint = text.format(who=one.issued_to, code=last.book.code, n=last.count.left)
            self.strip.hint(f"{said}\n{hint}")
        self.seat.tell_changed()

    def _voided(self, one: Receipt) -> None:
        self._sure = ""
        self.strip.say(_("收据 {n} 已作废").format(n=one.number))
        self._void_nothing()
        self.seat.tell_changed()

    def _refuse_new(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.new.show_problems(problems)

    def _refuse_void(self, problems: tuple[Problem, ...]) -> None:
        self._sure = ""
        self.strip.show_problems(problems)

    def _issue_nothing(self) -> None:
        empty = dict.fromkeys(("code", "first", "last", "issued_to"), "")
        self.new.put({**empty, "used_before": 0, "issued_on": self._day()})

    def _void_nothing(self) -> None:
        self.void.put({"number": "", "day": self._day()})
        self._sure = ""

    def _day(self) -> date:
        """Today, or the last day of the month in hand when that is another."""
        day = today(self.seat.office)
        return day if month_of(day) == self.seat.month else self.seat.month.last_day

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for table, part in ((self.books, 3), (self.numbers, 4)):
            left.addWidget(table, part)
        right.addWidget(label(_("发放收据本"), "heading"))
        right.addWidget(self.new)
        right.addWidget(self._issue, 0, Qt.AlignmentFlag.AlignRight)
        right.addWidget(hair())
        right.addWidget(label(_("作废一个号"), "heading"))
        right.addWidget(self.void)
        acts = QHBoxLayout()
        acts.addStretch(1)
        for act in (self._rest, self._void):
            acts.addWidget(act)
        right.addLayout(acts)
        right.addStretch(1)
        in_line(self.new, self.void)
        side = Side(span(SIDE))
        side.setLayout(right)
        right.setContentsMargins(12, 0, 0, 0)
        for box in (left, right):
            box.setSpacing(px("gap_px"))
        whole = QHBoxLayout()
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(side)
        self.body.addLayout(whole, 1)


def _issue(desk: Desk, new: ReceiptBook) -> tuple[ReceiptBook, list[IssuedBook]]:
    made = issue_receipt_book(desk, new)
    return made, unreturned(desk, made)


def _void(desk: Desk, receipt: Receipt) -> Receipt:
    void_receipt(desk, receipt)
    return receipt


def _draw(desk: Desk, code: str, folder: Path) -> list[Path]:
    from villagebooks.services.receipt import print_receipt_use  # noqa: PLC0415  (reportlab: window first)

    return [print_receipt_use(desk, code, folder / f"{_('收款收据使用核销表')}-{desk.period}.pdf")]


def _none_told(one: IssuedBook) -> str:
    """What the list of numbers says while it is empty: those used before are counted, but not listed here."""
    before = one.book.used_before
    if not before:
        return _("到这个月为止，这一本还没有用过。")
    return _("以前用过 {n} 张，只记了张数，没有逐号登记；在本程序里到这个月为止还没有用过。").format(n=before)


def _range(one: IssuedBook) -> str:
    return f"{one.book.first}—{one.book.last}"


def _missing_mark(one: IssuedBook) -> Mark:
    lost = len(one.count.missing)
    return Mark(_("缺 {n} 张").format(n=lost), LATE) if lost else Mark(_("不断号"), DONE)


def _number_mark(one: Receipt) -> Mark:
    words = {VOID: Mark(_("作废"), PLAIN), MISSING: Mark(_("断号，没有交来"), LATE)}
    return words.get(one.state, Mark(_("已用"), DONE))


def _is_void(one: Receipt) -> bool:
    return one.state == VOID
