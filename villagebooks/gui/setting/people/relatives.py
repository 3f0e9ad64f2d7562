"""近亲属: relatives of officers and units of theirs; papers whose payee is one are told apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QComboBox, QVBoxLayout

from villagebooks.core.person import Officer
from villagebooks.core.relative import KINSHIPS, Relative
from villagebooks.core.words import _, pgettext
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import CHOICE, DAY, Field, fill_choices, required
from villagebooks.gui.page import Strip, label
from villagebooks.gui.setting.people.side import RowAct, RowActs, beside
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import STATE, Column, Table
from villagebooks.gui.theme import DONE, PLAIN, Mark
from villagebooks.services.account import today
from villagebooks.services.desk import Office
from villagebooks.services.office import officers
from villagebooks.services.relative import end_relative, register_relative, relatives

ADD, END = "add", "end"
UNIT = KINSHIPS[-1]


@dataclass(frozen=True, slots=True)
class Kin:
    """What the tab shows."""

    relatives: tuple[Relative, ...]
    officers: tuple[Officer, ...]


class RelativesPanel(Panel):
    """The register, a new entry, and how one ends."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._people: list[Officer] = []
        self.strip = Strip()
        self.table = Table(
            (
                Column(_("村"), lambda one: one.village or _("中心"), width=8),
                Column(_("干部"), lambda one: one.officer, width=9),
                Column(_("关系"), lambda one: one.kinship, width=18),
                Column(_("亲属或单位"), lambda one: one.name), Column(_("从"), lambda one: one.since, width=11),
                Column(_("现在"), _mark, STATE, 10),
                Column(
                    pgettext("state", "停用"),
                    lambda one: f"{one.ended_on} {one.reason}".strip(),
                    width=18,
                    spare=True,
                ),
            ),
            _("近亲属"),
            _("还没有登记。村干部、中心人员的配偶、父母、子女、兄弟姐妹和他们开的店、办的厂，都登记在这里。"),
        )  # fmt: skip
        self.table.model.is_faint = lambda one: bool(one.ended_on)
        self.acts = RowActs(
            (
                RowAct(ADD, _("登记近亲属"), _("收款人是他们时，审核的人会看到提示：要回避，要公示。"), (
                    Field("officer", required(_("干部")), CHOICE),
                    Field("kinship", required(_("关系")), CHOICE, KINSHIPS),
                    Field("name", required(_("姓名或单位名称"))), Field("since", required(_("从哪天起")), DAY),
                ), _("登记"), self.add, "plus"),
                RowAct(END, _("停用选中的登记"), _("登记不删除，以前的单据还要照它核对。"), (
                    Field("ended_on", required(_("到哪天止")), DAY), Field("reason", required(_("原因"))),
                ), _("停用"), self.end, "x"),
            )
        )  # fmt: skip
        kinship = self.acts.forms[ADD].entry("kinship")
        if isinstance(kinship, QComboBox):
            kinship.setEditable(True)
        note = label(_("只在审批时用来提示，不打印在公开榜上，也不进查询库。"), "muted")
        note.setWordWrap(True)
        box = QVBoxLayout(self)
        box.addWidget(note)
        box.addWidget(self.strip)
        box.addLayout(beside(self.table, self.acts), 1)
        self.table.chosen.connect(self._choose)

    def load(self) -> None:
        """Read the register and who holds posts."""
        self._seat.worker.read(partial(_read, self._seat.office), self._take, key=self)

    def add(self) -> None:
        """A new entry."""
        if self.acts.forms[ADD].refuse_misread(self.strip.show_problems):
            return
        said, place = self.acts.forms[ADD].values(), self.acts.forms[ADD].entry("officer")
        row = place.currentIndex() if isinstance(place, QComboBox) else -1
        one = self._people[row] if 0 <= row < len(self._people) else None
        new = Relative(
            "", one.village if one else "", one.name if one else "", said["name"], said["kinship"],
            said["kinship"] == UNIT, said["since"].isoformat(),
        )  # fmt: skip
        self._do(ADD, partial(register_relative, self._seat.office, new), _("已登记{name}"))

    def end(self) -> None:
        """The entry in hand no longer counts."""
        one: Relative | None = self.table.current()
        if one is None:
            self.strip.hint(_("先在表里选一条"))
            return
        if self.acts.forms[END].refuse_misread(self.strip.show_problems):
            return
        said = self.acts.forms[END].values()
        act = partial(end_relative, self._seat.office, one.uid, said["ended_on"].isoformat(), said["reason"])
        self._do(END, act, _("{name}已停用"))

    def _do(self, key: str, act: Callable[[], Relative], told: str) -> None:
        done = partial(self._done, key, told)
        self._seat.worker.write(act, done, partial(self.acts.refuse, self.strip, key), _("近亲属"))

    def _done(self, key: str, told: str, one: Relative) -> None:
        self.acts.clear(key)
        self.strip.say(told.format(name=one.name))
        self.load()

    def _take(self, found: Kin) -> None:
        now = [one for one in found.officers if not one.until]
        self._people = list({(one.village, one.name): one for one in now}.values())
        place = self.acts.forms[ADD].entry("officer")
        if isinstance(place, QComboBox):
            with self.acts.forms[ADD].filling():
                was = place.currentText()
                place.clear()
                fill_choices(place, [f"{one.village or _('中心')} {one.name}" for one in self._people])
                place.setCurrentText(was)
        day = today(self._seat.office)
        self.acts.forms[ADD].fill({"since": day})
        self.acts.forms[END].fill({"ended_on": day})
        self.table.put(found.relatives)
        self._choose(self.table.current())

    def _choose(self, one: Relative | None) -> None:
        self.acts.offer((ADD, END) if one is not None and not one.ended_on else (ADD,))


def _mark(one: Relative) -> Mark:
    return Mark(pgettext("state", "停用"), PLAIN) if one.ended_on else Mark(_("有效"), DONE)


def _read(office: Office) -> Kin:
    return Kin(tuple(relatives(office)), tuple(officers(office)))
