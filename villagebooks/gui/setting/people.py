"""People of the centre: who holds which post, who has a key; the root key ceremony and issuing keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.person import Officer
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.village import Centre
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import CHOICE, SECRET, Field, Form
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.table import STATE, Column, Table
from villagebooks.gui.theme import DONE, LATE, WAIT, Mark, px
from villagebooks.gui.window import DUTIES
from villagebooks.services.account import today
from villagebooks.services.desk import Office
from villagebooks.services.key import ROOT, Unlocked, hold_root_ceremony, issue_key, key_boxes, revoke_key, unlock
from villagebooks.services.office import appoint, centre, officers


@dataclass(frozen=True, slots=True)
class Staff:
    """What the page shows."""

    centre: Centre
    officers: tuple[Officer, ...]
    keys: Mapping[str, bool]
    """Everybody who was given a key, and whether it still signs."""


class PeoplePanel(QWidget):
    """The table of posts, and below it one form for each act."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._staff: Staff | None = None
        self.strip, self.centre = Strip(), label("", "muted")
        columns = (
            Column(_("姓名"), lambda one: one.name, width=10),
            Column(_("职责"), lambda one: _(DUTIES.get(one.duty, one.duty)), width=14),
            Column(_("村"), lambda one: one.village or _("中心"), width=10),
            Column(_("任职"), lambda one: one.since, width=12),
            Column(_("离任"), lambda one: one.until, width=12),
            Column(_("钥匙"), self._key_mark, STATE),
        )
        self.table = Table(columns, _("人员"), _("还没有登记人员。先登记中心主任和两位代理会计。"), filtered=False)
        self.person = Form((Field("name", _("姓名")), Field("duty", _("职责"), CHOICE, tuple(DUTIES.values()))))
        self.root = Form(
            (Field("root", _("总钥匙口令（至少 10 个字）"), SECRET), Field("again", _("再输一遍"), SECRET))
        )
        self.key = Form(
            (
                Field("root", _("总钥匙口令"), SECRET), Field("holder", _("主任或会计口令（第一把不用）"), SECRET),
                Field("passphrase", _("新钥匙的口令"), SECRET), Field("again", _("再输一遍"), SECRET),
            )
        )  # fmt: skip
        self.lost = Form((Field("root", _("总钥匙口令"), SECRET),))
        self.title = label("", "heading")
        self.add, self.make = button(_("登记"), self.add_person, "plus"), button(_("做总钥匙"), self.make_root, "key")
        self.issue = button(_("发钥匙"), self.issue_one, "key", primary=True)
        self.revoke = button(_("吊销这把钥匙"), self.revoke_one, "x")
        self._sure = ""
        forms = QHBoxLayout()
        forms.setSpacing(px("gap_px") * 4)
        heads = (label(_("登记人员"), "heading"), label(_("总钥匙仪式（只做一次）"), "heading"), self.title)
        self._root_parts: list[QWidget] = []
        for head, form, act in zip(
            heads, (self.person, self.root, self.key), (self.add, self.make, self.issue), strict=True
        ):
            column = QVBoxLayout()
            column.setSpacing(px("gap_px"))
            for part in (head, form):
                column.addWidget(part)
            column.addWidget(act, 0, Qt.AlignmentFlag.AlignRight)
            if form is self.key:
                column.addWidget(self.lost)
                column.addWidget(self.revoke, 0, Qt.AlignmentFlag.AlignRight)
            column.addStretch(1)
            forms.addLayout(column, 1)
            if form is self.root:
                self._root_parts = [head, form, act]
        box = QVBoxLayout(self)
        box.addWidget(self.centre)
        box.addWidget(self.strip)
        box.addWidget(self.table, 1)
        box.addLayout(forms)
        self.table.chosen.connect(self._choose)

    def load(self) -> None:
        """Read people and keys."""
        self._seat.worker.read(partial(_read, self._seat.office), self._take, key=self)

    def add_person(self) -> None:
        """Give somebody a post."""
        values = self.person.values()
        if not values["name"]:
            self._ask_again(self.person, Problem(_("请写姓名"), field="name"))
            return
        duty = next(code for code, word in DUTIES.items() if word == values["duty"])
        act = partial(appoint, self._seat.office, values["name"], duty, today(self._seat.office).isoformat())
        self._seat.worker.write(act, self._added, self.strip.show_problems, _("登记"))

    def make_root(self) -> None:
        """The root key ceremony."""
        values = self.root.values()
        if values["root"] != values["again"]:
            self._ask_again(self.root, Problem(_("两遍口令不一样"), field="again"))
            return
        act = partial(_hold, self._seat.office, values["root"])
        self._seat.worker.write(act, self._rooted, self.strip.show_problems, _("做总钥匙"))

    def issue_one(self) -> None:
        """A key for the person of the current row."""
        one, values = self.table.current(), self.key.values()
        if one is None:
            self.strip.hint(_("先在表里选一个人"))
            return
        if values["passphrase"] != values["again"]:
            self._ask_again(self.key, Problem(_("两遍口令不一样"), field="again"))
            return
        holders = [(name, self._seat.duties.get(name, "")) for name in (self._staff.keys if self._staff else ())]
        able = [name for name, duty in holders if duty in ("director", "agent")]
        act = partial(_issue, self._seat.office, values["root"], able, values["holder"], one.name, values["passphrase"])
        self._seat.worker.write(act, self._issued, self.strip.show_problems, _("发钥匙"))

    def revoke_one(self) -> None:
        """Take the key of the current row's person: the first press says what will happen, the second does it."""
        one, root = self.table.current(), self.lost.values()["root"]
        if one is None:
            return
        if not root:
            self._ask_again(self.lost, Problem(_("请输总钥匙口令"), field="root"))
            return
        if self._sure != one.name:
            self._sure = one.name
            text = _(
                "吊销{name}的钥匙：从现在起这把钥匙签的都不算，已记账的仍然有效；不能恢复，只能另发一把。再按一次就吊销。"
            )
            self.strip.hint(text.format(name=one.name))
            return
        act = partial(_revoke, self._seat.office, root, one.name)
        self._seat.worker.write(act, self._revoked, self._refuse_lost, _("吊销钥匙"))

    def _ask_again(self, form: Form, problem: Problem) -> None:
        """Say it, paint the field, and put the cursor there."""
        self.strip.show_problems([problem])
        form.show_problems([problem])
        form.go_to_problem()

    def _take(self, staff: Staff) -> None:
        self._staff = staff
        root = staff.centre.root
        text = _("{name}　总钥匙指纹 {root}（挂在墙上，供各村核对）") if root else _("{name}　还没有做总钥匙")
        self.centre.setText(text.format(name=staff.centre.name, root=root))
        self.table.put(staff.officers)
        for part in self._root_parts:
            part.setVisible(not root)
        self.title.setVisible(bool(root))
        if staff.officers and self.table.current() is None:
            self.table.view.selectRow(0)
        self._choose(self.table.current())

    def _choose(self, one: Officer | None) -> None:
        """Who has a key may lose it; who has none, or lost it, may get one."""
        self._sure = ""
        staff, signs = self._staff, self._signs(one) if one else None
        ready = one is not None and staff is not None and bool(staff.centre.root)
        for part in (self.key, self.issue):
            part.setVisible(ready and not signs)
        for part in (self.lost, self.revoke):
            part.setVisible(ready and bool(signs))
        words = {
            True: _("{name}已有钥匙。丢了、忘了口令或离任，就吊销"), False: _("{name}的钥匙已吊销，可以另发一把"),
            None: _("给{name}发钥匙"),
        }  # fmt: skip
        self.title.setText(words[signs].format(name=one.name) if one else "")

    def _signs(self, one: Officer) -> bool | None:
        """Whether the person's key signs; None without one."""
        return self._staff.keys.get(one.name) if self._staff else None

    def _key_mark(self, one: Officer) -> Mark:
        marks = {True: Mark(_("有钥匙"), DONE), False: Mark(_("已吊销"), LATE), None: Mark(_("还没有"), WAIT)}
        return marks[self._signs(one)]

    def _added(self, one: Officer) -> None:
        self.person.put({"name": ""})
        self._after(_("已登记{name}").format(name=one.name))
        self.person.entry("name").setFocus()

    def _rooted(self, root: str) -> None:
        self.root.put({"root": "", "again": ""})
        self._after(
            _("总钥匙做好了，指纹 {root}，请抄下来挂在墙上。下一步：在表里选一个人，给他发钥匙。").format(root=root)
        )
        self.table.view.setFocus()

    def _issued(self, keys: Unlocked) -> None:
        self.key.put({"root": "", "holder": "", "passphrase": "", "again": ""})
        self._after(_("{name}的钥匙发好了").format(name=keys.person))
        self.table.view.setFocus()

    def _revoked(self, name: str) -> None:
        self.lost.put({"root": ""})
        self._after(_("{name}的钥匙已吊销").format(name=name))
        self.table.view.setFocus()

    def _refuse_lost(self, problems: Sequence[Problem]) -> None:
        self._sure = ""
        self.strip.show_problems(problems)

    def _after(self, text: str) -> None:
        self.strip.say(text)
        self.load()
        self._seat.load()


def _read(office: Office) -> Staff:
    return Staff(centre(office), tuple(officers(office)), key_boxes(office))


def _hold(office: Office, passphrase: str) -> str:
    hold_root_ceremony(office, passphrase)
    return centre(office).root


def _revoke(office: Office, root: str, name: str) -> str:
    revoke_key(office, unlock(office.books, ROOT, root).keys.signing, name)
    return name


def _issue(
    office: Office, root: str, holders: Sequence[str], holder_passphrase: str, person: str, passphrase: str
) -> Unlocked:
    """The office key comes from the first of those who may hold it whose passphrase this is."""
    signing = unlock(office.books, ROOT, root).keys.signing
    secret = None
    if holder_passphrase:
        secret = _first_open([partial(unlock, office.books, name, holder_passphrase) for name in holders])
    return issue_key(office, signing, person, passphrase, secret)


def _first_open(tries: Sequence[Callable[[], Unlocked]]) -> bytes | None:
    """The office key of the first box that opens; the last refusal when none does."""
    for place, attempt in enumerate(tries):
        try:
            return attempt().office_key
        except Refused:
            if place == len(tries) - 1:
                raise
    return None
