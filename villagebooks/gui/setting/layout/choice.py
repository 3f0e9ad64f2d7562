"""Which layout: the report, the accounting standard, the version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from villagebooks.core.problem import Problem
from villagebooks.core.statement import BALANCE_SHEET, DROPPED, INCOME, Layout
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.flow import FlowRow
from villagebooks.gui.page import label
from villagebooks.gui.theme import px, set_tone
from villagebooks.services.statement import STANDARDS, layout_state, official_layout, official_titles

NEW_REPORT = ""
"""The code of a report of the township's own that is being made."""


@dataclass(frozen=True, slots=True)
class LayoutChoices:
    """A report, an accounting standard, and the uid of a version; an official one has none."""

    report: str
    standard: str
    uid: str


class LayoutChoice(QWidget):
    """`chosen` carries a Layout: one that was made, the official one, or an empty one of a new report."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._made: tuple[Layout, ...] = ()
        self._layouts: list[Layout] = []
        self._before: LayoutChoices | None = None
        self.report, self.standard, self.version = Combo(), Combo(), Combo()
        self.standard.addItems([_("{year} 年制度").format(year=year) for year in STANDARDS])
        whole = FlowRow()
        whole.setSpacing(px("gap_px"))
        for combo, name in ((self.report, _("报表")), (self.standard, _("会计制度")), (self.version, _("版本"))):
            combo.setAccessibleName(name)
            pair = QWidget()
            box = QHBoxLayout(pair)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(px("gap_px"))
            box.addWidget(label(name, "muted"))
            box.addWidget(combo)
            whole.addWidget(pair)
        self.setLayout(whole)
        self.report.currentIndexChanged.connect(self._fill_versions)
        self.standard.currentIndexChanged.connect(self._fill_versions)
        self.version.currentIndexChanged.connect(self._choose)

    def put(self, made: list[Layout], wanted: str = "") -> None:
        """Offer what was made; `wanted` is the uid of the layout to show, else the one that shows stays."""
        self._made = tuple(made)
        here = self.choices() or self._before or LayoutChoices(BALANCE_SHEET, STANDARDS[0], "")
        wanted = wanted or here.uid
        one = next((one for one in made if wanted and one.uid == wanted), None)
        report, standard = (one.report, one.standard) if one else (here.report or BALANCE_SHEET, here.standard)
        self._fill_reports(report)
        self.standard.blockSignals(True)
        self.standard.setCurrentIndex(STANDARDS.index(standard))
        self.standard.blockSignals(False)
        self._fill_versions(wanted=wanted)
        self._before = None

    def choices(self) -> LayoutChoices | None:
        """What is chosen, for `choose` of another; None before the layouts are read."""
        one = self.current()
        return LayoutChoices(str(self.report.currentData() or ""), one.standard, one.uid) if one else None

    def choose(self, kept: LayoutChoices) -> None:
        """Show the same layout once they are read."""
        self._before = kept

    def current(self) -> Layout | None:
        """The layout that is chosen."""
        place = self.version.currentIndex()
        return self._layouts[place] if 0 <= place < len(self._layouts) else None

    def _fill_reports(self, here: str) -> None:
        own = {one.report: one.title for one in self._made if one.report not in official_titles()}
        names = official_titles() | own | {NEW_REPORT: _("自编一张报表…")}
        self.report.blockSignals(True)
        self.report.clear()
        for code, title in names.items():
            self.report.addItem(title, code)
        self.report.setCurrentIndex(list(names).index(here) if here in names else 0)
        self.report.blockSignals(False)

    def _fill_versions(self, *_choice: object, wanted: str = "") -> None:
        report, standard = str(self.report.currentData() or ""), STANDARDS[self.standard.currentIndex()]
        made = [one for one in self._made if (one.report, one.standard) == (report, standard) and not one.official]
        if report in official_titles():
            self._layouts = [official_layout(report, standard), *made]
        else:
            self._layouts = made or [Layout("", report, standard, 0, "", INCOME, ())]
        self.version.blockSignals(True)
        self.version.clear()
        self.version.addItems([_version_name(one) for one in self._layouts])
        uids = [one.uid for one in self._layouts]
        live = [place for place, one in enumerate(self._layouts) if one.state != DROPPED]
        self.version.setCurrentIndex(uids.index(wanted) if wanted and wanted in uids else live[-1] if live else 0)
        self.version.blockSignals(False)
        self._choose()

    def _choose(self, *_choice: object) -> None:
        one = self.current()
        if one is not None:
            self.chosen.emit(one)


def _version_name(one: Layout) -> str:
    if one.official:
        return _("官方格式")
    if not one.version:
        return _("新草稿")
    return _("第 {n} 版（{state}）").format(n=one.version, state=layout_state(one))


class LayoutHead(QWidget):
    """Title of a layout; of a report of the township's own its code and columns as well. `changed` after an edit."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title, self.code, self.form = QLineEdit(), QLineEdit(), Combo()
        self.form.addItem(_("本年累计、本期、上年同期"), INCOME)
        self.form.addItem(_("期末余额、年初余额"), BALANCE_SHEET)
        self.code.setPlaceholderText(_("例如 现金表"))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        self._own: list[QWidget] = [self.code, self.form]
        for entry, name in ((self.title, _("名称")), (self.code, _("代码")), (self.form, _("栏目"))):
            entry.setAccessibleName(_("报表{name}").format(name=name))
            said = label(name, "muted")
            if entry is not self.title:
                self._own.append(said)
            box.addWidget(said)
            box.addWidget(entry, 1)
        for line in (self.title, self.code):
            line.textEdited.connect(self._tell)
        self.form.activated.connect(self._tell)

    def put(self, one: Layout, draft: bool) -> None:
        """Show a layout's head; code and columns are settled with the first draft."""
        self.title.setText(one.title)
        self.code.setText("" if one.report in official_titles() else one.report)
        self.form.setCurrentIndex(self.form.findData(one.form))
        self.title.setReadOnly(not draft)
        own = one.report not in official_titles()
        for part in self._own:
            part.setVisible(own)
            part.setEnabled(draft and not one.uid)
        self.show_problems(())

    def taken(self, one: Layout) -> Layout:
        """The layout with what stands here."""
        title = self.title.text().strip()
        if one.report in official_titles():
            return replace(one, title=title)
        return replace(one, title=title, report=self.code.text().strip(), form=str(self.form.currentData()))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Paint what problems name."""
        fields = {problem.field: problem.text for problem in problems}
        for name, entry in (("title", self.title), ("report", self.code)):
            set_tone(entry, "bad", "true" if name in fields else "false")
            entry.setToolTip(fields.get(name, ""))

    def _tell(self, *_edit: object) -> None:
        self.changed.emit()
