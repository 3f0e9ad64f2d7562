"""The program goes from the first page to an office's window and back; the window stands before the books are open."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

from villagebooks.core.glance import Glance
from villagebooks.core.problem import Problem
from villagebooks.core.village import Centre
from villagebooks.core.words import _
from villagebooks.gui.again import FRESH_S, Again
from villagebooks.gui.farewell import Farewell, under_way
from villagebooks.gui.late import Ahead, late_modules
from villagebooks.gui.look import LANGUAGE, THEME
from villagebooks.gui.office import Desktop
from villagebooks.gui.page import Page
from villagebooks.gui.section import Sections
from villagebooks.gui.shelf import question_of
from villagebooks.gui.theme import WAIT, apply_theme, shown_theme
from villagebooks.gui.unsaved import CloseAsk, Unsaved, unsaved_in
from villagebooks.gui.worker import Worker
from villagebooks.services.glance import glance
from villagebooks.services.place import Office

PERSON = "person"
SIGNALLED = 128
"""An exit code above it says by which signal a program ended."""
AHEAD = (*late_modules(Desktop), "villagebooks.gui.setting.people.panel")


class Program(QObject):
    """Goes from the first page to an office's window; keeps what was open last."""

    def __init__(self, settings: QSettings, place: Path | str | None) -> None:
        super().__init__()
        self._settings, self._place = settings, place
        self.worker = _new_worker()
        self.page: Any = None
        self.desktop: Desktop | None = None
        self.begins_again = False
        self._warned, self._warned_of = Again(), tuple[Unsaved, ...]()
        self._warned_to_answer = Again()
        self._question: QWidget | None = None
        self._centre = Centre("", "", "", "")
        self._company: Any = None

    def start(self) -> None:
        """Open the books that are known, else show the first page."""
        if self._place is None:
            self.show_page()
        elif isinstance(self._place, Path):
            self.worker.read(partial(glance, self._place), self._take_glance)
        else:
            self._open_place()

    def _open_place(self) -> None:
        if self._place is not None:
            self._open(partial(_open_office, self._place), _("打开账套"))

    def _take_glance(self, found: Glance | None) -> None:
        """The window before the books are open, where they can be glanced at; all that is heavy is loaded meanwhile."""
        if found is None:
            self._open_place()
            return
        self._centre = found.centre
        self.desktop = self._furnish(None, found.centre)
        self.desktop.seat.expect(found, self._person())
        self.desktop.window.showMaximized()
        QTimer.singleShot(0, self._open_behind)

    def _open_behind(self) -> None:
        QTimer.singleShot(0, self._open_place)  # once what was asked to be painted is painted

    def _person(self) -> str:
        return str(self._settings.value(PERSON, ""))

    def show_page(self) -> Any:
        """The first page."""
        if self.page is None:
            from villagebooks.gui.start import StartPage  # noqa: PLC0415  (who has books never sees it)

            self.page = StartPage()
            self.page.chosen.connect(self._open)
            self.page.spoken.connect(self.speak)
            self.worker.troubled.connect(self.say)
            self.worker.refused.connect(self._say_problems)
        self.page.show()
        return self.page

    def say(self, text: str) -> None:
        """A sentence on the first page, when there is no window yet."""
        early = self.desktop
        if text and early and not early.seat.is_open:
            self.desktop = None
            self.show_page()  # first: the program ends with its last window
            early.window.retire()
        if text and self.desktop is None:
            self.show_page().say(text)

    def _open(self, act: Any, title: str) -> None:
        if self.page:
            self.page.say(_("正在{title}…").format(title=title), WAIT)
        else:
            self.worker.troubled.connect(self.say)
        self.worker.write(partial(_with_centre, act), self._show, title=title)

    def _show(self, found: tuple[Office, Centre, Any, str]) -> None:
        office, self._centre, self._company, self._share = found
        person = self._person()
        if self.desktop and not self.desktop.seat.is_open:
            self.desktop.seat.open(Office(office.books, person or office.person))
        else:
            self.desktop = self._furnish(Office(office.books, person or office.person), self._centre)
            if self.page:
                self.page.close()
            self.desktop.window.showMaximized()
        self.desktop.window.strip.add_hint(self._company.words())
        self.desktop.window.strip.add_hint(self._share)

    def _furnish(self, office: Office | None, its_centre: Centre) -> Desktop:
        desktop = Desktop(office, its_centre, self.worker, self._settings)
        window = desktop.window
        desktop.seat.opened.connect(Ahead(self.worker, AHEAD, desktop).start)
        window.others_wanted.connect(self.leave)
        window.dress_wanted.connect(self.dress)
        window.restart_wanted.connect(self.begin_again)
        farewell = Farewell(window, self.worker)
        CloseAsk(window, lambda: farewell.may_go() and self._may_close(desktop))
        return desktop

    def dress(self, theme: str) -> None:
        """The window made again in another theme, rows, rail and icons at once, on the page and book in hand."""
        if self.desktop is None or not self.desktop.seat.is_open:
            return
        old = self.desktop
        busy = self._is_under_way(old, _("正在{title}：换外观要重新画窗口，等它做完再换"))
        if busy or not (old.window.may_move() and self._may_drop(old) and self._may_ask_no_more(old)):
            self._settings.setValue(THEME, shown_theme().name)  # the one that was refused is not kept either
            return
        apply_theme(cast("QApplication", QApplication.instance()), theme)
        new = self.desktop = self._furnish(old.seat.office, self._centre)
        new.ring.take_over(old.ring)
        new.seat.sit_at(old.seat.book, old.seat.month)
        new.window.setGeometry(old.window.geometry())
        new.window.setWindowState(old.window.windowState())
        new.open_section("look")
        new.begin_as_left(old)
        new.window.show()
        old.window.retire()

    def _is_under_way(self, desktop: Desktop, text: str) -> bool:
        """Whether something is written or signed, with a hint: only the window that asked for it can be told of it."""
        titles = under_way(self.worker)
        if titles:
            desktop.window.strip.hint(text.format(title=titles))
        return bool(titles)

    def _may_part(self, desktop: Desktop | None) -> bool:
        """False, with a hint, while something is under way: who goes elsewhere would not hear how it ended."""
        return desktop is None or not self._is_under_way(desktop, _("正在{title}：等它做完，或按“停下”，再来一次"))

    def _may_drop(self, desktop: Desktop, *, dressing: bool = True) -> bool:
        """False once, with a hint, while something stands in a form that another window would not have; said again
        when something else stands there by then."""
        held = unsaved_in(desktop.held_pages())
        if not held or (self._warned and held == self._warned_of):
            return True
        self._warned.warn()
        self._warned_of = held
        strip = desktop.settings.strip if dressing else desktop.window.strip
        text = _("{places}：填的还没有保存，换外观要重新画窗口。先去保存；{s} 秒内再换一次就放弃")
        if not dressing:
            text = _("{places}：填的还没有保存。先去保存；{s} 秒内再关一次就放弃")
        places = _("、").join(dict.fromkeys(one.place for one in held))
        strip.hint(text.format(places=places, s=round(FRESH_S)))
        return False

    def _may_close(self, desktop: Desktop) -> bool:
        """The same before the window goes."""
        return self._may_drop(desktop, dressing=False)

    def _may_ask_no_more(self, desktop: Desktop) -> bool:
        """False once, with a hint, while a signature or a reason is asked for: the page that asks is shown."""
        page = next((one for one in desktop.held_pages() if question_of(one)), None)
        question = question_of(page) if page else None
        if page is None or question is None or (self._warned_to_answer and question is self._question):
            return True
        self._warned_to_answer.warn()
        self._question = question
        desktop.window.go(page)
        _bring_up(page, question)
        text = _("这里正等着签字或选原因，换外观要重新画窗口。先办完或按 Esc；{s} 秒内再换一次就放弃")
        page.strip.hint(text.format(s=round(FRESH_S)))
        return False

    def begin_again(self) -> None:
        """End, and let the program be started once more."""
        if not self._may_part(self.desktop) or (self.desktop and not self._may_drop(self.desktop)):
            return
        open_one = self.desktop.window if self.desktop else self.page
        if open_one:
            self.begins_again = open_one.close()  # not while something is unsaved

    def speak(self, language: str) -> None:
        """Another language, chosen on the first page."""
        self._settings.setValue(LANGUAGE, language)
        self.begin_again()

    def leave(self) -> None:
        """From the books in hand back to the first page; nothing of them stays open."""
        if not self._may_part(self.desktop) or (self.desktop and not self._may_close(self.desktop)):
            return
        desktop, self.desktop, self.page = self.desktop, None, None
        self.worker = _new_worker()
        self.show_page()  # first: the program ends with its last window
        if desktop:
            desktop.window.close()
        self.end()

    def interrupt(self, number: int) -> None:
        """The program is told to end by a signal, and nobody can be asked: what was typed is kept for the next time,
        what is being written is written, and long work stops after the piece in hand."""
        from villagebooks.gui.recovery import Keeper  # noqa: PLC0415  (window first)

        desktop = self.desktop
        for keeper in desktop.window.findChildren(Keeper) if desktop else ():
            keeper.keep()
        self.worker.cancel()
        self.worker.close()
        if desktop and desktop.seat.is_open:
            desktop.seat.office.books.close()
        QApplication.exit(SIGNALLED + number)  # quit would ask every window

    def end(self) -> None:
        """No window of this program has the books open any more: one that is started next is alone."""
        if self._company:
            self._company.leave()
            self._company = None

    def _say_problems(self, problems: tuple[Problem, ...]) -> None:
        self.say("\n".join(str(one) for one in problems))


def _bring_up(page: Page, part: QWidget) -> None:
    """The tab or section of a page that a part of it stands in."""
    rows: list[QTabWidget | Sections] = [*page.findChildren(QTabWidget), *page.findChildren(Sections)]
    for tabs in rows:
        for place in range(tabs.count()):
            shown = tabs.widget(place)
            if shown and shown.isAncestorOf(part):
                tabs.setCurrentIndex(place)


def _new_worker() -> Worker:
    worker = Worker()
    worker.broken.connect(_raise)
    return worker


def _open_office(place: Path | str) -> Office:
    from villagebooks.services.desk import open_office  # noqa: PLC0415  (SQLAlchemy: window first)

    return open_office(place, mapped=0)


def _with_centre(act: Any) -> tuple[Office, Centre, Any, str]:
    from villagebooks.services.company import join_company  # noqa: PLC0415  (window first)
    from villagebooks.services.office import centre  # noqa: PLC0415  (window first)
    from villagebooks.services.recent import remember_books  # noqa: PLC0415  (as above)
    from villagebooks.services.share import share_words  # noqa: PLC0415  (as above)

    office: Office = act()
    remember_books(office.books.place)
    return office, centre(office), join_company(office.books.place), share_words(office.books.place)


def _raise(error: BaseException) -> None:
    """An unexpected failure of a thread goes the way of every other: to the excepthook."""
    raise error
