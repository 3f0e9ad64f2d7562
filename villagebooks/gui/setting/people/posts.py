"""任职: who holds or held which post at the centre and in the villages; names corrected, terms ended, begun again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout

from villagebooks.core.duty import DUTY_WORDS as DUTIES
from villagebooks.core.person import Officer
from villagebooks.core.post import REPORTER, duty_word
from villagebooks.core.village import Village
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import CHOICE, DAY, SECRET, Field, fill_choices, required
from villagebooks.gui.page import Strip
from villagebooks.gui.setting.people.side import RowAct, RowActs, beside
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import STATE, Column, Table
from villagebooks.gui.theme import DONE, PLAIN, Mark
from villagebooks.services.account import today
from villagebooks.services.desk import Office
from villagebooks.services.key import ROOT, unlock
from villagebooks.services.office import appoint, officers, villages
from villagebooks.services.post import correct_name, end_term, reappoint, rename_officer

VILLAGE_DUTIES = (
    REPORTER, "村主任", "支书", "支书兼主任", "副主任", "委员", "监委会主任", "监委会委员",
    "理事长兼主任", "监事长", "监事",
)  # fmt: skip
ADD, CORRECT, RENAME, END, AGAIN = "add", "correct", "rename", "end", "again"


@dataclass(frozen=True, slots=True)
class Posts:
    """What the tab shows."""

    officers: tuple[Officer, ...]
    villages: tuple[Village, ...]
    today: str


class PostsPanel(Panel):
    """The table of terms and what can be done with one. `changed`: posts are others than before."""

    changed = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._found = Posts((), (), "")
        self.strip = Strip()
        self.table = Table(
            (
                Column(_("村"), lambda one: one.village or _("中心"), width=8),
                Column(_("职务"), lambda one: duty_word(one.duty), width=13),
                Column(_("姓名"), lambda one: one.name, width=9),
                Column(_("任职"), lambda one: one.since, width=11),
                Column(_("离任"), lambda one: one.until, width=11, spare=True),
                Column(_("现在"), self._mark, STATE, 8), Column(_("离任原因"), lambda one: one.reason),
            ),
            _("任职"), _("还没有登记人员。先在右边登记中心主任和两位代理会计，再登记各村的报账员、村主任、监委会。"),
        )  # fmt: skip
        self.table.model.is_faint = lambda one: bool(one.until)
        root = Field("root", _("总钥匙口令（有钥匙的才要）"), SECRET)
        self.acts = RowActs(
            (
                RowAct(ADD, _("登记任职"), _("村里的职务可以自己写。不相容的职务登记不上。"), (
                    Field("village", required(_("在哪里")), CHOICE), Field("duty", required(_("职务")), CHOICE),
                    Field("name", required(_("姓名"))), Field("since", required(_("从哪天起")), DAY),
                ), _("登记"), self.add, "plus"),
                RowAct(CORRECT, _("改正写错的名字"), _("这个名字还没有在签过、办过的单据里用过，才能直接改。"), (
                    Field("name", required(_("正确的姓名"))),
                ), _("改正"), self.correct, "pencil"),
                RowAct(RENAME, _("改名（从某天起）"), _("以前的单据照旧；有钥匙的人，旧钥匙吊销，用新名字另发一把。"), (
                    Field("name", required(_("新的姓名"))), Field("until", required(_("从哪天起")), DAY),
                    Field("reason", required(_("依据")), hint=_("户口本更名")), root,
                ), _("改名"), self.rename, "pencil"),
                RowAct(END, _("离任"), _("报账员、出纳、会计、档案员手里有东西，要到“岗位移交”办。"), (
                    Field("until", required(_("任职到哪天")), DAY),
                    Field("reason", required(_("原因")), hint=_("换届")), root,
                ), _("办离任"), self.end, "x"),
                RowAct(AGAIN, _("再任"), _("同一个人再担任同一职务。"), (
                    Field("since", required(_("从哪天起")), DAY),
                ), _("再任"), self.again, "plus"),
            )
        )  # fmt: skip
        duty = self.acts.forms[ADD].entry("duty")
        if isinstance(duty, QComboBox):
            duty.setEditable(True)
        place = self.acts.forms[ADD].entry("village")
        if isinstance(place, QComboBox):
            place.currentIndexChanged.connect(self._offer_duties)
        box = QVBoxLayout(self)
        box.addWidget(self.strip)
        box.addLayout(beside(self.table, self.acts), 1)
        self.table.chosen.connect(self._choose)

    def load(self) -> None:
        """Read terms and villages."""
        self._seat.worker.read(partial(_read, self._seat.office), self._take, key=self)

    def add(self) -> None:
        """Give somebody a post."""
        if self.acts.forms[ADD].refuse_misread(self.strip.show_problems):
            return
        values = self.acts.forms[ADD].values()
        duty = next((code for code, word in DUTIES.items() if word == values["duty"]), values["duty"])
        village = self._village_of(values["village"])
        if village:
            duty = values["duty"]
        act = partial(appoint, self._seat.office, values["name"], duty, values["since"].isoformat(), village)
        self._do(ADD, act, _("已登记{name}"))

    def correct(self) -> None:
        """Put a mistyped name right."""
        self._of_row(CORRECT, _("已改正为{name}"), lambda uid, said: partial(
            correct_name, self._seat.office, uid, said["name"]
        ))  # fmt: skip

    def rename(self) -> None:
        """Another name from a day on."""
        self._of_row(RENAME, _("已改名为{name}"), lambda uid, said: partial(
            _with_root, self._seat.office, said["root"], partial(
                rename_officer, self._seat.office, uid, said["name"], said["until"].isoformat(), said["reason"]
            ),
        ))  # fmt: skip

    def end(self) -> None:
        """The term ends."""
        self._of_row(END, _("{name}已离任"), lambda uid, said: partial(
            _with_root, self._seat.office, said["root"], partial(
                end_term, self._seat.office, uid, said["until"].isoformat(), said["reason"]
            ),
        ))  # fmt: skip

    def again(self) -> None:
        """The same person again."""
        self._of_row(AGAIN, _("{name}再任"), lambda uid, said: partial(
            reappoint, self._seat.office, uid, said["since"].isoformat()
        ))  # fmt: skip

    def _of_row(self, key: str, told: str, make: Callable[[str, dict[str, Any]], Callable[[], Officer]]) -> None:
        one: Officer | None = self.table.current()
        if one is None:
            self.strip.hint(_("先在表里选一个人"))
            return
        if self.acts.forms[key].refuse_misread(self.strip.show_problems):
            return
        self._do(key, make(one.uid, self.acts.forms[key].values()), told)

    def _do(self, key: str, act: Callable[[], Officer], told: str) -> None:
        done = partial(self._done, key, told)
        self._seat.worker.write(act, done, partial(self.acts.refuse, self.strip, key), _("登记人员"))

    def _done(self, key: str, told: str, one: Officer) -> None:
        self.acts.clear(key)
        self.strip.say(told.format(name=one.name))
        self.load()
        self._seat.load()
        self.changed.emit()
        if key == ADD:
            self.acts.forms[ADD].entry("name").setFocus()
        else:
            self.table.view.setFocus()

    def _take(self, found: Posts) -> None:
        self._found = found
        self.table.put(found.officers)
        for key, name in ((ADD, "since"), (RENAME, "until"), (END, "until"), (AGAIN, "since")):
            self.acts.forms[key].fill({name: today(self._seat.office)})
        place = self.acts.forms[ADD].entry("village")
        if isinstance(place, QComboBox) and place.count() != len(found.villages) + 1:
            form, duty = self.acts.forms[ADD], self.acts.forms[ADD].entry("duty")
            with form.filling():
                was, said = place.currentText(), form.values()["duty"]
                place.clear()
                fill_choices(place, [_("中心"), *(f"{one.code} {one.name}" for one in found.villages)])
                place.setCurrentText(was or _("中心"))
                if was and isinstance(duty, QComboBox):
                    duty.setCurrentText(said)
        self._choose(self.table.current())

    def _offer_duties(self, _place: int = 0) -> None:
        duty, place = self.acts.forms[ADD].entry("duty"), self.acts.forms[ADD].values()["village"]
        if isinstance(duty, QComboBox):
            duty.clear()
            fill_choices(duty, VILLAGE_DUTIES if self._village_of(place) else tuple(DUTIES.values()))

    def _village_of(self, text: str) -> str:
        return "" if text == _("中心") else text.partition(" ")[0]

    def _choose(self, one: Officer | None) -> None:
        if one is None:
            self.acts.offer((ADD,))
            return
        keys = (ADD, AGAIN) if one.until else (ADD, CORRECT, RENAME, END)
        told = duty_word(one.duty)
        self.acts.offer(keys, _("{name}（{duty}）").format(name=one.name, duty=told) if len(keys) > 1 else "")

    def _mark(self, one: Officer) -> Mark:
        if not one.until or one.until > self._found.today:
            return Mark(_("在任") if one.since <= self._found.today else _("还没到任"), DONE)
        return Mark(_("已离任"), PLAIN)


def _read(office: Office) -> Posts:
    found = sorted(officers(office), key=lambda one: (one.village, bool(one.until), one.since))
    return Posts(tuple(found), tuple(one for one in villages(office) if not one.successor), office.books.now()[:10])


def _with_root(office: Office, passphrase: str, act: Callable[..., Officer]) -> Officer:
    """Do it, with the root key when its passphrase was typed."""
    return act(root=unlock(office.books, ROOT, passphrase).keys.signing if passphrase else None)
