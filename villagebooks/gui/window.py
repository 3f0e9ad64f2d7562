"""The one window: rail of pages, village and month switch above, whose books and who works below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from villagebooks.core.duty import DUTY_WORDS
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.words import _, pgettext
from villagebooks.gui.choice import ChoiceEdit, mark_all
from villagebooks.gui.desk import Seat
from villagebooks.gui.order import go_on
from villagebooks.gui.page import Page, Strip
from villagebooks.gui.progress import Progress
from villagebooks.gui.ring import KeyRing
from villagebooks.gui.search.field import FindEdit
from villagebooks.gui.section import Scroll, Stack
from villagebooks.gui.sight import InSight
from villagebooks.gui.standing import VillageSigns
from villagebooks.gui.still import Ground
from villagebooks.gui.theme import LATE, dress, icon, px, set_tone
from villagebooks.gui.turn import Coming
from villagebooks.services.place import Office

LEAST = QSize(1024, 640)
"""Of the window, where the screen has so much room: with 200 % it may have less."""
BOLD = 6
"""Pixels by which bold words of a place may be wider."""
PLACE_KEYS = "1234567890-=[]\\;'"
"""The keyboard from its upper row on, with Ctrl: one key for each place of the rail."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the rail: its word, its icon, and its page, built when it is first asked for."""

    title: str
    icon_name: str
    page: Callable[[], Page]


class Window(QMainWindow):
    """Shows pages, those of the rail and others; who listens to whom stands in `gui/office.py`.

    `picked`: somebody went to a page by the rail; `others_wanted`: other books, or another centre; `dress_wanted`: the
    window made again in the theme of this name; `restart_wanted`: the program ended and started again.
    """

    picked = Signal()
    others_wanted = Signal()
    dress_wanted = Signal(str)
    restart_wanted = Signal()

    def __init__(self, seat: Seat, places: Sequence[Place], centre: str, ring: KeyRing) -> None:
        super().__init__()
        dress(self)
        self.seat, self.places, self.ring = seat, tuple(places), ring
        self._wanted: int | None = None
        self._coming = Coming(self.hold, self.pick, self)
        self.setWindowTitle(centre)
        self.stack, self.strip = Stack(), Strip()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._build_top())
        right.addWidget(self.strip)
        self._ground = Ground(self.stack, seat.worker)
        InSight(self._ground)
        right.addWidget(self._ground, 1)
        whole = QWidget()
        whole.setObjectName("ground")
        box = QHBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._rail_area())
        box.addLayout(right, 1)
        self.setCentralWidget(whole)
        self._build_foot(centre)
        self.resize(1366, 768)
        self.setMinimumSize(LEAST.boundedTo(self.screen().availableSize()))
        seat.moved.connect(self._on_moved)
        seat.changed.connect(self._show_state)
        seat.listed.connect(self._on_listed)
        seat.opened.connect(self._on_opened)
        ring.changed.connect(self._show_lock)
        worker = seat.worker
        worker.troubled.connect(self._say_trouble)
        worker.written.connect(self.strip.forgive)
        worker.refused.connect(self._say_problems)
        for key, slot in (
            ("Ctrl+G", self._go_village),
            ("Ctrl+K", self.finder.ask),
            ("Ctrl+L", self.lock_keys),
            ("Alt+Left", self._month_before),
            ("Alt+Right", self._month_after),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def go(self, page: Page) -> None:
        """Show a page; one of the rail is marked there."""
        self._coming.stay()
        self.hold(page)
        for place, one in zip(self.places, self._buttons, strict=True):
            if place.title == page.title:
                one.setChecked(True)
                self._rail.ensureWidgetVisible(one)
        if page is not self.stack.currentWidget():
            for bar in (self._ground.horizontalScrollBar(), self._ground.verticalScrollBar()):
                bar.setValue(0)
        self.stack.setCurrentWidget(page)
        page.setFocus()

    def hold(self, page: Page) -> None:
        """Have a page at hand that need not show yet."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)

    def current(self) -> Page:
        """The page that shows."""
        return cast(Page, self.stack.currentWidget())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let what writes finish, then let go of the books."""
        if not self.may_move():
            event.ignore()
            return
        self.hide()  # what is being read may take its time, and would leave a window that answers nobody
        self.seat.worker.close()
        if self.seat.is_open:
            self.seat.office.books.close()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes as people read."""
        return go_on(self, forward) or super().focusNextPrevChild(forward)

    def retire(self) -> None:
        """Make room for the window that takes its place; the books stay open."""
        self.hide()
        self.deleteLater()

    def _rail_area(self) -> QWidget:
        """The rail, which scrolls where the window is lower than all its places, and then takes room for its bar."""
        area = self._rail = Scroll(self._build_rail())
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(self._fit_rail, Qt.ConnectionType.QueuedConnection)  # not while it is laid out
        self._fit_rail(0, 0)
        return area

    def _fit_rail(self, _least: int, most: int) -> None:
        # a place that is marked is bold, and wider than it asked for
        wide = max(px("rail_px"), *(one.sizeHint().width() + BOLD for one in self._buttons))
        bar = self._rail.verticalScrollBar().sizeHint().width() if most else 0
        self._rail.setFixedWidth(wide + bar)

    def _build_rail(self) -> QWidget:
        rail = QWidget()
        rail.setObjectName("rail")
        box = QVBoxLayout(rail)
        box.setContentsMargins(0, 8, 0, 8)
        box.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: list[QToolButton] = []
        for number, place in enumerate(self.places):
            one = QToolButton()
            one.setText(place.title)
            one.setIcon(icon(place.icon_name, "muted"))
            one.setIconSize(QSize(px("icon_px"), px("icon_px")))
            one.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            one.setCheckable(True)
            one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            one.setAccessibleName(place.title)
            one.setToolTip(_("{name}（{more}）").format(name=place.title, more=f"Ctrl+{PLACE_KEYS[number]}"))
            QShortcut(QKeySequence(f"Ctrl+{PLACE_KEYS[number]}"), self).activated.connect(
                partial(self._go_place, number)
            )
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(one, number)
            self._buttons.append(one)
            box.addWidget(one)
        box.addStretch(1)
        self._group.idClicked.connect(self._go_place)
        self._buttons[0].setChecked(True)
        return rail

    def _build_top(self) -> QWidget:
        top = QWidget()
        top.setObjectName("top")
        self.village, self.state = ChoiceEdit(), QLabel()
        self.village.setAccessibleName(_("账套（输入代码、名称或拼音首字母）"))
        self.village.setPlaceholderText(_("账套：代码、名称或拼音首字母"))
        self.village.setMinimumWidth(140)
        self.village.picked.connect(self._pick_village)
        self.village.leaving.connect(self._leave_village)
        self.village.missed.connect(self._miss_village)
        self.signs = VillageSigns(self.seat, self.village)
        before, self.month, after = QToolButton(), QToolButton(), QToolButton()
        self.month.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # never shortened
        self.month.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.month.setAccessibleName(_("月份"))
        self._months = QMenu(self)
        self._months.aboutToShow.connect(self._fill_months)
        self._months.triggered.connect(self._pick_month)
        self.month.setMenu(self._months)
        for one, name, slot, tip in (
            (before, "chevron-left", self._month_before, _("上个月（Alt+←）")),
            (after, "chevron-right", self._month_after, _("下个月（Alt+→）")),
        ):
            one.setIcon(icon(name))
            one.setToolTip(tip)
            one.setAccessibleName(tip)
            one.clicked.connect(slot)
        self.top = box = QHBoxLayout(top)
        box.setContentsMargins(16, 6, 16, 6)
        box.setSpacing(px("gap_px"))
        box.addWidget(self.village, 4)
        for part in (before, self.month, after, self.state):
            box.addWidget(part)
        box.addStretch(1)
        self.finder = FindEdit()
        self.finder.left.connect(self._leave_village)
        self.progress = Progress(self.seat.worker, box)
        box.addWidget(self.finder)
        return top

    def _build_foot(self, centre: str) -> None:
        self.whose, self.checked = QToolButton(), QLabel(_("还没有自查"))
        self.whose.setText(f"{centre} ▾")
        self.whose.setToolTip(_("换一个中心：打开别的账套、新建中心、连接办公室服务器"))
        self.whose.clicked.connect(self._leave)
        self.who = QToolButton()
        self.who.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.who.setAccessibleName(_("操作人"))
        self._people = QMenu(self)
        self._people.triggered.connect(self._pick_person)
        self.who.setMenu(self._people)
        (bar := self.statusBar()).setSizeGripEnabled(False)
        bar.addWidget(self.whose)
        self.lock = QToolButton()
        self.lock.setToolTip(_("锁上钥匙（Ctrl+L）"))
        self.lock.clicked.connect(self.lock_keys)
        for part in (self.checked, self.lock, self.who):
            bar.addPermanentWidget(part)
        self._show_lock()

    def lock_keys(self) -> None:
        """Whoever signs next types the passphrase."""
        was = self.ring.person
        self.ring.forget()
        self.strip.say(_("{name}的钥匙已锁上").format(name=was) if was else _("没有打开的钥匙"))

    def _show_lock(self) -> None:
        person = self.ring.person
        words = _("{name}的钥匙已打开，{n} 分钟后锁").format(name=person, n=self.ring.minutes_left)
        words = words if person else _("钥匙已锁")
        if words != self.lock.text():
            self.lock.setText(words)
            self.lock.setAccessibleName(words)
            set_tone(self.lock, "tone", "late" if person else "")
        self.lock.setEnabled(bool(person))

    def say_checked(self, text: str) -> None:
        """What the last check found, at the foot."""
        self.checked.setText(text)

    def pick(self, page: Page) -> None:
        """Somebody goes to a page by the rail or its key."""
        self.strip.say("")
        self.picked.emit()
        self.go(page)

    def _leave(self) -> None:
        if self.may_move():
            self.others_wanted.emit()

    def _go_place(self, place: int) -> None:
        """A page that somebody wants while the books are being opened comes as soon as they are open."""
        self._wanted = None if self.seat.is_open else place
        if self._wanted is None:
            page = self.places[place].page()
            (self._coming.come if self.stack.indexOf(page) < 0 else self.pick)(page)
        else:
            self.strip.hint(_("正在打开账套，马上就到"))

    def _on_opened(self) -> None:
        if self._wanted is not None:
            self._go_place(self._wanted)

    def _on_listed(self) -> None:
        self._people.clear()
        for name in self.seat.people:
            self._people.addAction(f"{name}　{_(DUTY_WORDS.get(self.seat.duties[name], ''))}").setData(name)
        self._show_person()
        if self.seat.is_open:
            self.seat.worker.read(partial(_idle_minutes, self.seat.office), self.ring.set_minutes, key="idle")

    def _on_moved(self) -> None:
        self.month.setText(_("{y} 年 {m} 月 ▾").format(y=self.seat.month.year, m=self.seat.month.month))
        if self.seat.book:
            self.village.put(self.seat.book.code)
        self._show_person()
        self._show_state()

    def _show_person(self) -> None:
        name = self.seat.person if self.seat.people else _("（设置里登记人员）")
        self.who.setText(_("操作人：{name} ▾").format(name=name))

    def _show_state(self) -> None:
        state = self.seat.entry.states.get(self.seat.month, "open")
        word, tone = {"open": (_("● 未结账"), "act"), "closed": (_("● 已结账"), "done")}.get(state, (_("● 已锁定"), ""))
        self.state.setText(word if self.seat.book else "")
        set_tone(self.state, "tone", tone)

    def _pick_village(self, code: str) -> None:
        book = next((one for one in self.seat.books if one.code == code), None)
        if book and book != self.seat.book and self.may_move():
            self.seat.sit_at(book)

    def _leave_village(self) -> None:
        self.show_village()
        self.current().setFocus()

    def _miss_village(self, problems: list[Problem]) -> None:
        """Nothing is called so: the switch shows the book in hand again, never another name over its figures."""
        self.strip.show_problems([replace(one, where=pgettext("page", "账套")) for one in problems])
        self.show_village()

    def show_village(self) -> None:
        """The book in hand in the switch, whatever was typed there."""
        self.village.put(self.seat.book.code if self.seat.book else "")

    def _go_village(self) -> None:
        self.village.setFocus()
        mark_all(self.village)

    def _month_before(self) -> None:
        if self.may_move():
            self.seat.sit_at(month=self.seat.month.plus(-1))

    def _month_after(self) -> None:
        if self.may_move():
            self.seat.sit_at(month=self.seat.month.plus(1))

    def may_move(self) -> bool:
        """Whether no page holds something unsaved; the one that does is shown with its hint."""
        for place in range(self.stack.count()):
            page = cast(Page, self.stack.widget(place))
            if not page.may_leave():
                self.go(page)
                self.show_village()
                return False
        return True

    def _fill_months(self) -> None:
        self._months.clear()
        for back in range(-2, 16):
            month = self.seat.month.plus(-back)
            if self.seat.book is None or month >= self.seat.book.start:
                text = _("{y} 年 {m} 月").format(y=month.year, m=month.month)
                self._months.addAction(text).setData((month.year, month.month))

    def _pick_month(self, action: object) -> None:
        year, month = action.data()  # type: ignore[attr-defined]  # a QAction of the menu
        if self.may_move():
            self.seat.sit_at(month=Month(year, month))

    def _pick_person(self, action: object) -> None:
        if self.may_move():
            self.ring.forget()
            self.seat.work_as(action.data())  # type: ignore[attr-defined]  # a QAction of the menu

    def _say_trouble(self, sentence: str) -> None:
        self.strip.say(sentence, LATE)

    def _say_problems(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)


def _idle_minutes(office: Office) -> int:
    from villagebooks.services.directory import idle_minutes  # noqa: PLC0415  (window first)

    return idle_minutes(office)
