"""Parties, projects and contracts that are met while a voucher is typed: added in place, by their names alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from villagebooks.core.party import Party
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Strip
from villagebooks.gui.voucher.form import VoucherForm
from villagebooks.services.account import initials
from villagebooks.services.party import add_party


class Newcomers(QObject):
    """Adds what the form wants; the cursor need not wait for it."""

    def __init__(
        self, seat: Seat, form: VoucherForm, strip: Strip, refused: Callable[[Sequence[Problem]], None]
    ) -> None:
        super().__init__(form)
        self._seat, self._form, self._strip, self._refused = seat, form, strip, refused
        form.detail_wanted.connect(self._add)

    def _add(self, dimension: str, name: str) -> None:
        if dimension == "party":
            act = partial(add_party, self._seat.desk, name)
            self._seat.worker.write(act, self._added, self._refused, _("新增往来单位"), beside=True)
            return
        entry = self._form.entry
        known = entry.names.get(dimension, ())
        names = {**entry.names, dimension: (*known, name)}
        self._form.learn(replace(entry, names=names, initials={**entry.initials, name: initials(name)}))
        texts = {
            "project": _("新增项目“{name}”：随这张凭证一起保存"),
            "contract": _("新增合同“{name}”：随这张凭证一起保存"),
        }
        self._strip.say(texts[dimension].format(name=name))

    def _added(self, party: Party) -> None:
        entry = self._form.entry
        known = {**entry.initials, party.name: initials(party.name)}
        self._form.learn(
            replace(entry, parties={**entry.parties, party.code: party}, initials=known), party.name, party.code
        )
        text = _("已新增往来单位（个人）“{name}”，代码 {code}")
        self._strip.say(text.format(name=party.name, code=party.code))
        self._seat.tell_changed()
