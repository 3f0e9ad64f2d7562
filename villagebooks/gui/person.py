"""名册: the villagers of the village in hand by household; no number of anybody is shown."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from villagebooks.core.person import Villager
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Page, label
from villagebooks.gui.table import Column, Table
from villagebooks.services.person import import_roll, people


def person_columns() -> tuple[Column, ...]:
    """Columns of the roll."""
    return (
        Column(_("户号"), lambda one: one.household, width=10),
        Column(_("姓名"), lambda one: one.sort_key, width=14, text=lambda one: one.name),
        Column(_("性别"), lambda one: one.sex, width=6),
        Column(_("身份"), lambda one: one.role),
        Column(_("去世"), lambda one: one.died_on, width=12),
    )


class PersonPage(Page):
    """Who is on the roll; the query file and every paid list are checked against it."""

    def __init__(self, seat: Seat) -> None:
        self.title = _("名册")
        super().__init__(seat)
        empty = _("这个村还没有名册。按“导入名册…”，选一张 people.csv；身份证号一进来就加密。")
        self.table = Table(person_columns(), _("名册"), empty)
        self.table.model.is_faint = _has_died
        self.count = label("", "muted")
        self.table.head.insertWidget(1, self.count)
        self.body.addWidget(self.table, 1)
        self.setFocusProxy(self.table.view)
        self.add_act(_("导入名册…"), self.ask_import, "upload")

    def load(self) -> None:
        """Read the roll of the village that the book belongs to."""
        act = partial(people, self.seat.office, self.seat.desk.book.village)
        self.seat.worker.read(act, self._take, key=self)

    def ask_import(self) -> None:
        """Ask for a people.csv."""
        path, _kind = QFileDialog.getOpenFileName(self, _("名册（people.csv）"), "", _("名册 (*.csv)"))
        if path:
            self.import_from(Path(path))

    def import_from(self, path: Path) -> None:
        """All of the file or nobody: villagers of any villages that are there."""
        act = partial(import_roll, self.seat.office, path)
        self.seat.worker.write(act, self._imported, self.strip.show_problems, _("导入名册"))

    def _imported(self, count: int) -> None:
        self.strip.say(_("已导入 {n} 人").format(n=count))
        self.seat.tell_changed()

    def _take(self, found: list[Villager]) -> None:
        self.table.put(found)
        households = len({one.household for one in found})
        alive = sum(not one.died_on for one in found)
        self.count.setText(_("{h} 户　在册 {n} 人").format(h=households, n=alive))


def _has_died(one: Villager) -> bool:
    return bool(one.died_on)
