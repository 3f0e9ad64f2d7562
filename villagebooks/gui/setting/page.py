"""设置: one section each for people, books, rules, the sheet, the look, and the check."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from villagebooks.core.words import _, pgettext
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import COUNT, MONEY, Field, Form
from villagebooks.gui.key import KeyRing
from villagebooks.gui.page import Page, Strip, button, label
from villagebooks.gui.section import Sections
from villagebooks.gui.setting.account.panel import AccountsPanel
from villagebooks.gui.setting.agreements import AgreementsPanel
from villagebooks.gui.setting.approval.panel import ApprovalPanel
from villagebooks.gui.setting.books import BooksPanel
from villagebooks.gui.setting.budget import BudgetPanel
from villagebooks.gui.setting.check import CheckPanel
from villagebooks.gui.setting.closing import ClosingPanel
from villagebooks.gui.setting.keymap import KeymapPanel
from villagebooks.gui.setting.layout.panel import LayoutPanel
from villagebooks.gui.setting.look import LookPanel
from villagebooks.gui.setting.people.panel import PeoplePanel
from villagebooks.gui.setting.policy import PolicyPanel
from villagebooks.gui.setting.readers import ReadersPanel
from villagebooks.gui.setting.reasons import ReasonsPanel
from villagebooks.gui.setting.villages import VillagesPanel
from villagebooks.gui.setting.voucher import VoucherPanel
from villagebooks.services.office import put_settings, settings

SHEET_SETTING = "disclosure"


class SettingPage(Page):
    """`checked` carries one sentence about the last check of the books, for the foot of the window; `migration_wanted`
    the code of a book whose standard is to be changed, `opening_wanted` of one whose balances are to be entered;
    `merger_wanted` leads to 合村并账."""

    needs_book = False
    checked = Signal(str)
    migration_wanted = Signal(str)
    opening_wanted = Signal(str)
    merger_wanted = Signal()
    printed = Signal(str, object)

    def __init__(self, seat: Seat, kept: QSettings | None, ring: KeyRing) -> None:
        self.title = _("设置")
        super().__init__(seat)
        self.people, self.readers = PeoplePanel(seat, ring), ReadersPanel(seat)
        self.books, self.accounts = BooksPanel(seat), AccountsPanel(seat, ring)
        self.approval, self.vouchers = ApprovalPanel(seat), VoucherPanel(seat)
        self.villages, self.reasons = VillagesPanel(seat), ReasonsPanel(seat)
        self.budget, self.agreements = BudgetPanel(seat), AgreementsPanel(seat)
        self.closing = ClosingPanel(seat)
        self.layouts, self.policy = LayoutPanel(seat), PolicyPanel(seat)
        self.sheet, self.look, self.check = SheetPanel(seat), LookPanel(kept), CheckPanel(seat)
        self.keymaps = KeymapPanel(kept)
        self.keymaps.printed.connect(self.printed)
        self.check.checked.connect(self.checked)
        self.accounts.printed.connect(self.printed)
        self.people.printed.connect(self.printed)
        self.approval.printed.connect(self.printed)
        self.books.migration_wanted.connect(self.migration_wanted)
        self.books.opening_wanted.connect(self.opening_wanted)
        self.villages.merger_wanted.connect(self.merger_wanted)
        self.tabs = Sections(_("设置的各项"))
        for group, panels in self._groups():
            self.tabs.addGroup(group)
            for title, panel in panels:
                self.tabs.addTab(panel, title)
        self.body.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs)
        seat.listed.connect(self.books.load)

    def _groups(self) -> tuple[tuple[str, tuple[tuple[str, QWidget], ...]], ...]:
        return (
            (_("人"), ((_("人员与钥匙"), self.people), (_("查询钥匙"), self.readers))),
            (_("村"), (
                (pgettext("page", "账套"), self.books), (pgettext("page", "村"), self.villages),
                (_("代理协议"), self.agreements), (_("预算"), self.budget),
            )),
            (_("怎么签、怎么记"), (
                (_("审批办法"), self.approval), (_("退回原因"), self.reasons),
                (pgettext("page", "凭证"), self.vouchers), (pgettext("page", "科目"), self.accounts),
            )),
            (_("怎么报、怎么公开"), (
                (_("报表格式"), self.layouts), (_("会计政策"), self.policy), (_("结账检查"), self.closing),
                (_("公开榜"), self.sheet),
            )),
            (_("程序"), ((_("外观"), self.look), (_("键位"), self.keymaps), (_("自查"), self.check))),
        )  # fmt: skip

    def moved(self) -> None:
        """Another book: its chart."""
        self.accounts.moved()

    def load(self) -> None:
        """Read what the tabs show."""
        self.people.load()
        self.readers.load()
        self.books.load()
        self.accounts.load()
        self.agreements.load()
        self.budget.load()
        self.villages.load()
        self.closing.load()
        self.approval.load()
        self.reasons.load()
        self.vouchers.load()
        self.layouts.load()
        self.policy.load()
        self.sheet.load()
        self.check.load()

    def show_look(self) -> None:
        """Where themes are chosen."""
        self.tabs.setCurrentWidget(self.look)
        self.tabs.setFocus()

    def may_leave(self) -> bool:
        """Warn once of a statement layout or an approval policy that is not saved."""
        return self.layouts.may_leave() and self.approval.may_leave()


class SheetPanel(QWidget):
    """What stands on every sheet: days, limit, whom to ask with telephone numbers."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._kept: dict[str, object] = {}
        self.strip = Strip()
        self.form = Form(
            (
                Field("posting_day", _("每月几日前张榜"), COUNT), Field("stay_days", _("至少贴几天"), COUNT),
                Field("answer_days", _("几天内答复"), COUNT), Field("cash_limit_fen", _("备用金限额（元）"), MONEY),
            )
        )  # fmt: skip
        self.ask = QPlainTextEdit()
        self.ask.setAccessibleName(_("哪里不明白，可以问"))
        self.ask.setPlaceholderText(_("一行一处，例如：镇会计核算中心 电话 0000-0000000"))
        self.ask.setMaximumHeight(160)
        self.ask.setTabChangesFocus(True)
        inside = QWidget()
        inside.setMaximumWidth(640)
        box = QVBoxLayout(inside)
        for part in (
            self.strip, self.form, label(_("哪里不明白，可以问（一行一处，写办公电话；监委会主任自动在前）"), "muted"),
            self.ask,
        ):  # fmt: skip
            box.addWidget(part)
        box.addWidget(button(_("保存"), self.save, "save", primary=True), 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        QVBoxLayout(self).addWidget(inside)

    def load(self) -> None:
        """Read the office's settings."""
        self._seat.worker.read(partial(settings, self._seat.office, [SHEET_SETTING]), self._take, key=self)

    def save(self) -> None:
        """Keep them; they count from the next sheet on."""
        misread = self.form.misread()
        self.form.show_problems(misread)
        if misread:
            self.strip.show_problems(misread)
            return
        lines = [line.strip() for line in self.ask.toPlainText().splitlines() if line.strip()]
        value: dict[str, object] = {**self._kept, **self.form.values()}
        value["ask"] = lines
        if not lines:
            value.pop("ask")
        act = partial(put_settings, self._seat.office, {SHEET_SETTING: value})
        self._seat.worker.write(act, self._saved, self.strip.show_problems, _("保存设置"))

    def _take(self, found: dict[str, object]) -> None:
        kept = found.get(SHEET_SETTING)
        self._kept = kept if isinstance(kept, dict) else {}
        usual = {"posting_day": 10, "stay_days": 10, "answer_days": 10, "cash_limit_fen": 500_000}
        self.form.put({name: self._kept.get(name, value) for name, value in usual.items()})
        ask = self._kept.get("ask", [])
        self.ask.setPlainText("\n".join(str(line) for line in ask) if isinstance(ask, list) else "")

    def _saved(self, _done: object) -> None:
        self.strip.say(_("已保存，从下一张公开榜起用"))
        self.load()
