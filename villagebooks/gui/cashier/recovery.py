"""What a fallen program left of a statement that was typed from paper, or of items that were open before the first."""

from __future__ import annotations

from collections.abc import Callable

from villagebooks.core.words import _
from villagebooks.gui.cashier.opening import ITEMS
from villagebooks.gui.desk import Seat
from villagebooks.gui.kept import FormKeeper, FormRecovery, left_words
from villagebooks.gui.page import Strip
from villagebooks.services.desk import Desk
from villagebooks.services.unsaved import STATEMENT, FoundForm


class StatementRecovery(FormRecovery):
    """Offers both. `go_to` shows another account, which is told by `come` once it is read; `begin` an empty statement,
    or the items where it is told so, of the account `here`."""

    def __init__(
        self,
        seat: Seat,
        tell: Strip,
        keeper: Callable[[], FormKeeper],
        here: Callable[[], str],
        go_to: Callable[[str], None],
        begin: Callable[[bool], None],
    ) -> None:
        super().__init__(seat, STATEMENT, keeper, found_words, tell)
        self._here, self._go_to, self._begin, self._form = here, go_to, begin, keeper
        self._left: FoundForm | None = None
        self.restored.connect(self._take_up)

    def come(self) -> None:
        """An account was read."""
        if self._left is not None:
            found, self._left, self.waits = self._left, None, False
            self._put(found)
            self.let_go()

    def _take_up(self, found: FoundForm) -> None:
        """In the account that it was typed for."""
        if self._here() == found.unsaved.uid:
            self._put(found)
        else:
            self._left, self.waits = found, True
            self._go_to(found.unsaved.uid)

    def _put(self, found: FoundForm) -> None:
        if self.is_here and self._here() == found.unsaved.uid and self.may_take(self._form()):
            self._begin(_is_of_items(found))
            self.take(found, self._form())


def found_words(found: FoundForm, desk: Desk) -> str:
    """What an earlier run left, when, in whose book, and of which account."""
    one = found.unsaved
    text = _("有纸质对账单录了没有存（{when}）：{account} {month}，{n} 行。")
    if _is_of_items(found):
        text = _("有期初未达账项写了没有存（{when}）：{account} {month}，{n} 行。")
    lines = [line for line in (one.text("lines") or one.text(ITEMS)).splitlines() if line.strip()]
    return text.format(when=left_words(one, desk), account=one.uid, month=one.period, n=len(lines))


def _is_of_items(found: FoundForm) -> bool:
    """Whether items that were open before the first statement were typed, not a statement."""
    return any(name == ITEMS for name, _text in found.unsaved.texts)
