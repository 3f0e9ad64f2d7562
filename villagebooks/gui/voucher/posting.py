"""What is asked before vouchers are posted that bring cash or a bank below zero; nothing is asked of any others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout

from villagebooks.core.number import title_runs
from villagebooks.core.period import month_of
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import Voucher, VoucherHead
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Asking, button, label
from villagebooks.gui.theme import WAIT, set_tone
from villagebooks.services.short import below_when_posted

Post = Callable[[], object]
Refuse = Callable[[Sequence[Problem]], None]


class PostStrip(Asking):
    """Tells at the foot of a page, once for all that is posted, which account is short from which day on and by how
    much; Enter posts all the same, Escape nothing."""

    def __init__(self, seat: Seat, refuse: Refuse) -> None:
        super().__init__()
        self.setObjectName("sign")
        self._seat, self._refuse = seat, refuse
        self._post: Post | None = None
        self.sentence, self.told = label("", "heading"), label()
        for part in (self.sentence, self.told):
            part.setWordWrap(True)
        set_tone(self.told, "tone", WAIT)
        self.act = button(_("照样记账"), self.go_on, "check-check", primary=True)
        self.no = button(_("先不记"), self.put_away)
        line = QHBoxLayout()
        line.addWidget(self.act)
        line.addWidget(self.no)
        line.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.addWidget(self.sentence)
        box.addWidget(self.told)
        box.addLayout(line)
        self.hide()

    def ask(self, vouchers: Sequence[Voucher | VoucherHead], post: Post) -> None:
        """Post at once what leaves every account in money; else say first what it does."""
        self._post = post
        act = partial(below_when_posted, self._seat.desk, tuple(one.uid for one in vouchers))
        done = partial(self._take, vouchers, post)
        self._seat.worker.read(act, done, self._refuse, key=(id(self), "below"))

    def _sentence(self, vouchers: Sequence[Voucher | VoucherHead]) -> str:
        text = _("{book}：记了 {titles}，钱就成了负数。记账以后不能撤回。")
        if len(vouchers) > 1:
            text = _("{book}：这 {n} 张（{titles}）一起记了，钱就成了负数。记账以后不能撤回。")
        titles = title_runs((month_of(one.day), one.word, one.number) for one in vouchers)
        book = self._seat.book.name if self._seat.book else ""
        return text.format(book=book, titles=titles, n=len(vouchers))

    def _take(self, vouchers: Sequence[Voucher | VoucherHead], post: Post, told: Sequence[str]) -> None:
        if post is not self._post:
            return
        if told:
            self.tell(vouchers, post, told)
        else:
            self.go_on()

    def tell(self, vouchers: Sequence[Voucher | VoucherHead], post: Post, told: Sequence[str]) -> None:
        """Show what becomes of accounts, a sentence each."""
        self._post, sentence = post, self._sentence(vouchers)
        self.sentence.setText(sentence)
        self.told.setText("\n".join(told))
        self.setAccessibleName("\n".join((sentence, *told)))
        self.act.setAccessibleDescription(self.accessibleName())
        self.show()
        self.act.setFocus()

    def go_on(self) -> None:
        """Whoever posts knows it now."""
        post = self._post
        self.put_away()
        if post:
            post()

    def put_away(self) -> None:
        """Nothing is posted; who was asked goes on in the page."""
        self._post = None
        here, page = QApplication.focusWidget(), self.parentWidget()
        inside = here is not None and self.isAncestorOf(here)
        self.hide()
        if inside and page is not None:
            page.setFocus()
