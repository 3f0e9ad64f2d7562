"""设置: a section each for people, books, sheet, look, check and more; a panel is imported when it is shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSettings, Signal

from villagebooks.core.words import _, pgettext
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import KeyRing
from villagebooks.gui.page import Page
from villagebooks.gui.printer import Printers
from villagebooks.gui.setting.entry import Entry
from villagebooks.gui.setting.tab import LateSections, SectionChoices
from villagebooks.gui.tab import LateTab, Panel


class SettingPage(Page):
    """`checked` carries one sentence about the last check of the books, for the foot of the window; `migration_wanted`
    the code of a book whose standard is to be changed, `opening_wanted` of one whose balances are to be entered;
    `merger_wanted` leads to 合村并账; `dressed` and `restart_wanted` are those of 外观."""

    needs_book = False
    checked = Signal(str)
    migration_wanted = Signal(str)
    opening_wanted = Signal(str)
    merger_wanted = Signal()
    printed = Signal(str, object)
    dressed = Signal(str)
    restart_wanted = Signal()

    def __init__(self, seat: Seat, kept: QSettings | None, ring: KeyRing, printers: Printers) -> None:
        self.title = _("设置")
        super().__init__(seat)
        self.kept, self.ring, self.printers = kept, ring, printers
        self.tabs = LateSections(
            _("设置的各项"), partial(getattr, self), self._prepare, partial(delattr, self), seat.worker.is_busy
        )
        seat.worker.landed.connect(self.tabs.land)
        for group, panels in self._groups():
            self.tabs.addGroup(group)
            for name, title in panels:
                self.tabs.add_late(name, title)
        self.body.addWidget(self.tabs, 1)
        self._entry = Entry(seat.worker, self)
        self.setFocusProxy(self.tabs)

    def _prepare(self, name: str) -> None:
        vars(type(self))[name].prepare(self)

    def _groups(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        return (
            (_("人"), (("people", _("人员与钥匙")), ("readers", _("查询钥匙")))),
            (_("村"), (
                ("books", pgettext("page", "账套")), ("villages", pgettext("page", "村")),
                ("agreements", _("代理协议")), ("budget", _("预算")),
            )),
            (_("签字和记账"), (
                ("approval", _("审批办法")), ("reasons", _("退回原因")),
                ("vouchers", pgettext("page", "凭证")), ("accounts", pgettext("page", "科目")),
            )),
            (_("报表和公开"), (
                ("layouts", _("报表格式")), ("policy", _("会计政策")), ("closing", _("结账检查")),
                ("sheet", _("公开榜")),
            )),
            (_("程序"), (
                ("look", _("外观")), ("keymaps", _("键位")), ("printing", pgettext("page", "打印")),
                ("check", _("自查")),
            )),
        )  # fmt: skip

    def moved(self) -> None:
        """Another book: its chart."""
        self.tabs.moved()

    def tell_choices(self) -> SectionChoices:
        """The section that shows, and what is chosen in each."""
        return self.tabs.tell_choices()

    def take_choices(self, kept: SectionChoices) -> None:
        """The same section."""
        self.tabs.take_choices(kept)

    def load(self) -> None:
        """Read what the tabs show."""
        self.tabs.load()

    def show_section(self, name: str) -> None:
        """A section by the name that it has here, and a tab of it behind a stroke: `people/keys`; the cursor goes to
        its first field."""
        section, _stroke, tab = name.partition("/")
        panel = getattr(self, section)
        self.tabs.setCurrentWidget(panel)
        if tab:
            panel.tabs.setCurrentWidget(getattr(panel, tab))
        self._entry.enter(getattr(panel, tab) if tab else panel)

    @property
    def lasting(self) -> bool:
        """Whether one of its panels has to stay."""
        return any(panel.lasting for panel in self.tabs.panels())

    def may_leave(self) -> bool:
        """Warn once of a statement layout or an approval policy that is not saved."""
        return all(panel.may_leave() for panel in self.tabs.panels())

    @LateTab
    def people(self) -> Panel:
        """人员与钥匙."""
        from villagebooks.gui.setting.people.panel import PeoplePanel

        panel = PeoplePanel(self.seat, self.ring)
        panel.printed.connect(self.printed)
        return panel

    @LateTab
    def readers(self) -> Panel:
        """查询钥匙."""
        from villagebooks.gui.setting.readers import ReadersPanel

        return ReadersPanel(self.seat)

    @LateTab
    def books(self) -> Panel:
        """账套."""
        from villagebooks.gui.setting.books import BooksPanel

        panel = BooksPanel(self.seat)
        panel.migration_wanted.connect(self.migration_wanted)
        panel.opening_wanted.connect(self.opening_wanted)
        self.seat.listed.connect(panel.load)
        return panel

    @LateTab
    def villages(self) -> Panel:
        """村."""
        from villagebooks.gui.setting.villages import VillagesPanel

        panel = VillagesPanel(self.seat)
        panel.merger_wanted.connect(self.merger_wanted)
        return panel

    @LateTab
    def agreements(self) -> Panel:
        """代理协议."""
        from villagebooks.gui.setting.agreements import AgreementsPanel

        return AgreementsPanel(self.seat)

    @LateTab
    def budget(self) -> Panel:
        """预算."""
        from villagebooks.gui.setting.budget import BudgetPanel

        return BudgetPanel(self.seat)

    @LateTab
    def approval(self) -> Panel:
        """审批办法."""
        from villagebooks.gui.setting.approval.panel import ApprovalPanel

        panel = ApprovalPanel(self.seat)
        panel.printed.connect(self.printed)
        return panel

    @LateTab
    def reasons(self) -> Panel:
        """退回原因."""
        from villagebooks.gui.setting.reasons import ReasonsPanel

        return ReasonsPanel(self.seat)

    @LateTab
    def vouchers(self) -> Panel:
        """凭证."""
        from villagebooks.gui.setting.voucher import VoucherPanel

        return VoucherPanel(self.seat)

    @LateTab
    def accounts(self) -> Panel:
        """科目."""
        from villagebooks.gui.setting.account.panel import AccountsPanel

        panel = AccountsPanel(self.seat, self.ring)
        panel.printed.connect(self.printed)
        return panel

    @LateTab
    def layouts(self) -> Panel:
        """报表格式."""
        from villagebooks.gui.setting.layout.panel import LayoutPanel

        return LayoutPanel(self.seat)

    @LateTab
    def policy(self) -> Panel:
        """会计政策."""
        from villagebooks.gui.setting.policy import PolicyPanel

        return PolicyPanel(self.seat)

    @LateTab
    def closing(self) -> Panel:
        """结账检查."""
        from villagebooks.gui.setting.closing import ClosingPanel

        return ClosingPanel(self.seat)

    @LateTab
    def sheet(self) -> Panel:
        """公开榜."""
        from villagebooks.gui.setting.sheet import SheetPanel

        return SheetPanel(self.seat)

    @LateTab
    def look(self) -> Panel:
        """外观."""
        from villagebooks.gui.setting.look import LookPanel

        panel = LookPanel(self.kept)
        panel.dressed.connect(self.dressed)
        panel.restart_wanted.connect(self.restart_wanted)
        return panel

    @LateTab
    def keymaps(self) -> Panel:
        """键位."""
        from villagebooks.gui.setting.keymap import KeymapPanel

        panel = KeymapPanel(self.kept)
        panel.printed.connect(self.printed)
        return panel

    @LateTab
    def printing(self) -> Panel:
        """打印."""
        from villagebooks.gui.setting.printing import PrintingPanel

        panel = PrintingPanel(self.seat, self.printers)
        panel.printed.connect(self.printed)
        return panel

    @LateTab
    def check(self) -> Panel:
        """自查."""
        from villagebooks.gui.setting.check import CheckPanel

        panel = CheckPanel(self.seat)
        panel.checked.connect(self.checked)
        return panel
