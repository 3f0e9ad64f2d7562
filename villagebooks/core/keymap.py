"""Keymaps: which keys do an act of the voucher form, as the programs that accountants come from have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from villagebooks.core.words import N_, _

YONYOU, KINGDEE = "yonyou", "kingdee"
DOCUMENTED, OWN = "documented", "own"
ACTS = {
    "new": N_("新凭证"),
    "copy": N_("复制这一张"),
    "save": N_("保存"),
    "list": N_("列出科目、往来"),
    "templates": N_("模板"),
    "balance": N_("平账：补足金额，使借贷平"),
    "flip": N_("借贷互换"),
    "carry": N_("在空的摘要里：带下上一行的摘要"),
    "above": N_("抄上一行摘要"),
    "first": N_("抄第一行摘要"),
    "undo": N_("撤销"),
    "redo": N_("重做"),
    "drop": N_("删行"),
    "insert": N_("插行"),
    "before": N_("上一张"),
    "after": N_("下一张"),
    "sign": N_("送签、签字"),
    "post": N_("记账"),
    "more": N_("更正、存为模板"),
    "schedules": N_("计划"),
    "print": N_("打印"),
    "back": N_("回到列表"),
}
TYPED = ("flip", "carry", "above", "first")
"""Acts that are typed into a cell: no shortcut of the window serves them."""
_TOKEN = re.compile(r"(?<![A-Za-z])keys?:(?P<act>[a-z]+)(?:@(?P<map>[a-z]+))?")


@dataclass(frozen=True, slots=True)
class KeyMap:
    """One keymap: the keys of each act, the first one shown, and whether they are documented or our own choice."""

    name: str
    keys: Mapping[str, tuple[str, ...]]
    origin: Mapping[str, str]

    def first(self, act: str) -> str:
        """The key that is shown for an act, as people read it; empty when the act has none."""
        return spoken_key(self.keys[act][0]) if self.keys.get(act) else ""

    def all(self, act: str) -> tuple[str, ...]:
        """Every key of an act, as people read them."""
        return tuple(spoken_key(key) for key in self.keys.get(act, ()))

    def act(self, key: str) -> str:
        """The act that a key does, by the key's portable name; empty when none."""
        return next((act for act, keys in self.keys.items() if key in keys and act not in TYPED), "")


def keymap_names() -> dict[str, str]:
    """Keymaps by name as people call them."""
    return {YONYOU: _("用友"), KINGDEE: _("金蝶")}


def origin_words() -> dict[str, str]:
    """Where a key comes from, as the card says it."""
    return {DOCUMENTED: _("有资料可查"), OWN: _("本程序定的")}


def read_keymaps(rows: Iterable[Mapping[str, str]]) -> dict[str, KeyMap]:
    """The keymaps of the table; ValueError when an act is not known or lacks, or a key does two things."""
    found = list(rows)
    acts = [row["act"] for row in found]
    if sorted(acts) != sorted(ACTS):
        raise ValueError(sorted(set(acts) ^ set(ACTS)))
    maps = {}
    for name in (YONYOU, KINGDEE):
        keys = {row["act"]: tuple(row[name].split()) for row in found}
        every = [key for of_act in keys.values() for key in of_act]
        if len(every) != len(set(every)):
            raise ValueError(name)
        maps[name] = KeyMap(name, keys, {row["act"]: row[f"{name}_from"] for row in found})
    return maps


def spoken_key(key: str) -> str:
    """A key's portable name as people read it."""
    spoken = {"Space": _("空格"), "Return": _("回车"), "PgDown": "PgDn", "Del": "Delete", "Ins": "Insert"}
    return "+".join(spoken.get(part, part) for part in key.split("+"))


def key_words(text: str, maps: Mapping[str, KeyMap], used: str) -> str:
    """A text with `key:ACT` (the key shown) and `keys:ACT` (all of them) put in words, of the map in use or of @MAP;
    `keymap:used` is the name of the map in use."""

    def said(match: re.Match[str]) -> str:
        one = maps[match["map"] or used]
        act = match["act"]
        if act not in one.keys:
            raise ValueError(match[0])
        shown = one.all(act) if match[0].startswith("keys:") else one.all(act)[:1]
        return _("、").join(key if key in (_("空格"), _("回车")) else f"`{key}`" for key in shown) or "—"

    return _TOKEN.sub(said, text.replace("keymap:used", keymap_names()[used]))
