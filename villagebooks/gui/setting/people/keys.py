"""钥匙: the key directory, and what is done with a key: issued, revoked, moved to a stick, locked anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from villagebooks.core.approval import ROLES
from villagebooks.core.key import LONGEST_IDLE, DirectoryView, KeyRow
from villagebooks.core.post import duty_word
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import COUNT, SECRET, Field, required
from villagebooks.gui.key import KeyRing
from villagebooks.gui.page import Strip, label
from villagebooks.gui.setting.people.side import RowAct, RowActs, beside
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import STATE, Column, Table
from villagebooks.gui.theme import DONE, LATE, PLAIN, WAIT, Mark, set_tone
from villagebooks.services.ceremony import issue_from_envelope
from villagebooks.services.desk import Office
from villagebooks.services.directory import idle_minutes, key_directory, set_idle_minutes
from villagebooks.services.key import (
    ROOT,
    Unlocked,
    change_passphrase,
    first_office_key,
    issue_key,
    move_key_to_books,
    move_key_to_stick,
    revoke_key,
    unlock,
)
from villagebooks.services.office import officers
from villagebooks.services.post import follow_post_keys

ISSUE, REVOKE, FOLLOW, WORD, STICK, BACK, IDLE = "issue", "revoke", "follow", "word", "stick", "back", "idle"


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A row: somebody at the centre with a line of the directory, or without any; the root itself stands first."""

    person: str
    duties: tuple[str, ...]
    key: KeyRow | None
    place: str = ""
    is_root: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """What the tab shows."""

    view: DirectoryView | None
    lines: tuple[KeyLine, ...]
    minutes: int


class KeysPanel(Panel):
    """The directory and the acts. `changed`: somebody got or lost a key."""

    changed = Signal()

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        super().__init__()
        self._seat, self._ring, self._sure = seat, ring, ""
        self._found = Keys(None, (), LONGEST_IDLE)
        self.strip, self.told, self.opened = Strip(), label("", "muted"), label()
        for one in (self.told, self.opened):
            one.setWordWrap(True)
        self.opened.setVisible(False)
        set_tone(self.opened, "tone", LATE)
        self.table = Table(
            (
                Column(_("姓名"), _name, width=9),
                Column(_("现在的职务"), lambda one: _("、").join(map(duty_word, one.duties)), width=12),
                Column(_("钥匙"), _mark, STATE, 9),
                Column(_("名录里的职责"), lambda one: _roles(one.key), width=12, spare=True),
                Column(_("从第几条日志起"), lambda one: _since(one.key), width=16, spare=True),
                Column(_("放在"), lambda one: one.place or (_("账套") if one.key or one.is_root else ""), width=7),
                Column(_("吊销"), lambda one: _revoked(one.key)),
            ),
            _("钥匙"), _("还没有总钥匙：先到“总钥匙”做仪式，再给每个人发钥匙。"), filtered=False,
        )  # fmt: skip
        self.table.model.is_faint = lambda one: one.key is not None and not one.key.signs
        self.acts = RowActs(self._make_acts())
        box = QVBoxLayout(self)
        box.addWidget(self.told)
        box.addWidget(self.opened)
        box.addWidget(self.strip)
        box.addLayout(beside(self.table, self.acts), 1)
        self.table.chosen.connect(self._choose)

    def _make_acts(self) -> tuple[RowAct, ...]:
        root = Field("root", required(_("总钥匙口令")), SECRET)
        mine = Field("passphrase", required(_("本人口令")), SECRET)
        fresh = (
            Field("new", required(_("新口令（至少 10 个字）")), SECRET),
            Field("again", required(_("再输一遍")), SECRET),
        )
        return (
            RowAct(ISSUE, _("发钥匙"), _(
                "本人在场输新口令。忘了口令的：先吊销，再发一把新的，谁也不能找回旧的。"
                "主任、会计个个都忘了口令：开“恢复钥匙”的信封，照输里面的 56 个字符，先给他们中的一个发。"
            ), (
                root, Field("holder", _("主任或会计口令（第一把不用）"), SECRET),
                Field("recovery", _("或恢复钥匙（都忘了口令才输）"), hint=_("XXXX-XXXX-…，大小写、空格都行")), *fresh,
            ), _("发钥匙"), self.issue, "key"),
            RowAct(REVOKE, _("吊销"), _("丢了、忘了口令、离任就吊销。"), (
                root, Field("reason", required(_("原因")), hint=_("U盘丢了")),
            ), _("吊销这把钥匙"), self.revoke, "x"),
            RowAct(FOLLOW, _("更新职责"), _("岗位变了，名录跟着变，钥匙还是这一把。"), (root,), _("更新"), self.follow,
                   "refresh-cw"),
            RowAct(WORD, _("换口令"), _("钥匙不变，只换打开它的口令。"), (
                Field("old", required(_("旧口令")), SECRET), *fresh,
            ), _("换口令"), self.change_word, "lock"),
            RowAct(STICK, _("挪到 U 盘"), _("钥匙文件挪到本人的 U 盘，账套里只留公开的一半；签字时插上 U 盘。"),
                   (mine,), _("选 U 盘文件夹…"), self.to_stick, "upload"),
            RowAct(BACK, _("搬回账套"), _("把 U 盘上的钥匙搬回账套，插上 U 盘再按。"), (mine,), _("搬回"),
                   self.to_books, "download"),
            RowAct(IDLE, _("几分钟后锁上"), _("签过字以后多少分钟没有再签，就要重输口令。最多 10 分钟。"), (
                Field("minutes", required(_("分钟")), COUNT),
            ), _("保存"), self.set_idle, "save"),
        )  # fmt: skip

    def load(self) -> None:
        """Read the directory and who holds posts."""
        self._seat.worker.read(partial(_read, self._seat.office), self._take, key=self)

    def issue(self) -> None:
        """A key for the person in hand."""
        one, said = self._row(), self._said(ISSUE)
        if one and said:
            able = [name for name, duty in self._seat.duties.items() if duty in ("director", "agent")]
            given = said["recovery"].strip()
            words = (said["root"], able, said["holder"], given, one.person, said["new"])
            text = _("{name}的钥匙发好了。恢复钥匙的信封开过了：到“总钥匙”里“重做信封”，再给别的人发钥匙。")
            told = text if given else _("{name}的钥匙发好了")
            self._do(ISSUE, partial(_issue, self._seat.office, *words), told.format(name=one.person))

    def revoke(self) -> None:
        """Take the key: the first press says what will happen, the second does it."""
        one, said = self._row(), self.acts.forms[REVOKE].values()
        if one is None:
            return
        missing = [Problem(text, field=field) for field, text in (
            ("root", _("请输总钥匙口令")), ("reason", _("请写吊销的原因")),
        ) if not said[field]]  # fmt: skip
        if missing:
            self.acts.refuse(self.strip, REVOKE, missing)
            return
        if self._sure != one.person:
            self._sure = one.person
            text = _(
                "吊销{name}的钥匙：从现在起这把钥匙签的都不算，已记账的仍然有效；不能恢复，只能另发一把。再按一次就吊销。"
            )
            self.strip.hint(text.format(name=one.person))
            return
        act = partial(_revoke, self._seat.office, said["root"], one.person, said["reason"])
        self._do(REVOKE, act, _("{name}的钥匙已吊销").format(name=one.person))

    def follow(self) -> None:
        """The directory says what the posts say."""
        one, said = self._row(), self._said(FOLLOW)
        if one and said:
            act = partial(_follow, self._seat.office, said["root"], one.person)
            self._do(FOLLOW, act, _("{name}的职责已更新").format(name=one.person))

    def change_word(self) -> None:
        """Another passphrase."""
        one, said = self._row(), self._said(WORD)
        if one and said:
            act = partial(change_passphrase, self._seat.office, one.person, said["old"], said["new"])
            self._do(WORD, act, _("{name}的口令换好了").format(name=one.person))

    def to_stick(self) -> None:
        """Ask for a folder of the stick, and move the key there."""
        if self._row():
            folder = QFileDialog.getExistingDirectory(self, _("选本人的 U 盘"))
            if folder:
                self.move_to(Path(folder))

    def move_to(self, folder: Path) -> None:
        """The key of the row goes to a folder."""
        one, said = self._row(), self._said(STICK)
        if one and said:
            act = partial(move_key_to_stick, self._seat.office, one.person, said["passphrase"], folder)
            text = _("{name}的钥匙在 U 盘上了：{place}。签字时插上它；另拷一份放保险柜。")
            self._do(STICK, act, text.format(name=one.person, place=folder))

    def to_books(self) -> None:
        """The key of the row comes back."""
        one, said = self._row(), self._said(BACK)
        if one and said:
            act = partial(move_key_to_books, self._seat.office, one.person, said["passphrase"])
            self._do(BACK, act, _("{name}的钥匙搬回账套了").format(name=one.person))

    def set_idle(self) -> None:
        """After how many minutes keys are locked."""
        if misread := self.acts.forms[IDLE].misread():
            self._refuse(IDLE, tuple(misread))
            return
        minutes = self.acts.forms[IDLE].values()["minutes"]
        act = partial(set_idle_minutes, self._seat.office, minutes)
        self._do(IDLE, act, _("{n} 分钟没有签字就锁上").format(n=minutes))

    def _said(self, key: str) -> dict[str, Any] | None:
        """What stands in a form in which every passphrase that opens something was typed, and a new one twice alike."""
        said = self.acts.forms[key].values()
        asked = (("root", _("请输总钥匙口令")), ("old", _("请输旧口令")), ("passphrase", _("请输本人口令")))
        problems = [Problem(text, field=field) for field, text in asked if not said.get(field, "-")]
        if said.get("new") != said.get("again"):
            problems.append(Problem(_("两遍口令不一样"), field="again"))
        if problems:
            self._refuse(key, problems)
        return None if problems else said

    def _row(self) -> KeyLine | None:
        one: KeyLine | None = self.table.current()
        if one is None:
            self.strip.hint(_("先在表里选一个人"))
        return one

    def _do(self, key: str, act: Callable[[], object], told: str) -> None:
        self._seat.worker.write(act, partial(self._done, key, told), partial(self._refuse, key), _("办理钥匙"))

    def _done(self, key: str, told: str, _answer: object) -> None:
        self.acts.clear(key)
        self._sure = ""
        self._ring.forget()
        self.strip.say(told)
        self.load()
        self._seat.load()
        self.changed.emit()
        self.table.view.setFocus()

    def _refuse(self, key: str, problems: Sequence[Problem]) -> None:
        self._sure = ""
        fields = {"passphrase": "new" if key == ISSUE else "passphrase"}
        shown = [Problem(one.text, one.where, one.line, fields.get(one.field, one.field)) for one in problems]
        self.acts.refuse(self.strip, key, shown)

    def _take(self, found: Keys) -> None:
        self._found = found
        view = found.view
        text = _("名录第 {n} 版　校验值 {digest}　总钥匙指纹 {root}　下一把总钥匙{following}")
        self.told.setText(
            text.format(
                n=view.version, digest=view.digest[:16], root=view.root,
                following=_("已公布") if view.has_next else _("没有公布"),
            ) if view else _("还没有总钥匙")
        )  # fmt: skip
        opened = view.opened if view else None
        self.opened.setText(opened.sentence if opened else "")
        self.opened.setVisible(opened is not None)
        was = self.table.current()
        self.table.put(found.lines)
        self.acts.forms[IDLE].fill({"minutes": found.minutes})
        if found.lines and not self.table.go_to(lambda one: was is not None and one.person == was.person):
            self.table.view.selectRow(0)
        self._choose(self.table.current())

    def _choose(self, one: KeyLine | None) -> None:
        self._sure = ""
        if one is None or self._found.view is None:
            self.acts.offer(())
            return
        keys = [IDLE]
        if one.is_root:
            keys += [WORD, BACK if one.place else STICK]
        elif one.key is not None and one.key.signs:
            keys += [REVOKE, WORD, BACK if one.place else STICK]
            keys += [FOLLOW] if tuple(sorted(one.duties)) != one.key.roles else []
        elif one.duties and not any(
            row.person == one.person and row.key and row.key.signs for row in self._found.lines
        ):
            keys.append(ISSUE)
        self.acts.offer(keys, _name(one))


def _read(office: Office) -> Keys:
    day, view = office.books.now()[:10], key_directory(office)
    posts: dict[str, list[str]] = {}
    for one in officers(office):
        if not one.village and one.duty in ROLES and one.holds(day) and one.until != day:
            posts.setdefault(one.name, []).append(one.duty)
    lines = [KeyLine(ROOT, (), None, view.root_place, is_root=True)] if view else []
    keyed = view.rows if view else ()
    for name, duties in posts.items():
        if not any(row.person == name for row in keyed):
            lines.append(KeyLine(name, tuple(duties), None))
    now = [one for one in keyed if one.signs]
    lines += [KeyLine(one.person, tuple(posts.get(one.person, ())), one, one.place) for one in now]
    lines += [KeyLine(one.person, tuple(posts.get(one.person, ())), one) for one in keyed if not one.signs]
    return Keys(view, tuple(lines), idle_minutes(office))


def _name(one: KeyLine) -> str:
    """Who holds it; the root key is called as the window's language calls it."""
    return _("总钥匙") if one.is_root else one.person


def _mark(one: KeyLine) -> Mark:
    if one.is_root:
        return Mark(_("总钥匙"), PLAIN)
    if one.key is None:
        return Mark(_("还没有"), WAIT)
    if one.key.signs:
        return Mark(_("有钥匙"), DONE)
    return Mark(_("已吊销"), LATE) if one.key.revoked_at else Mark(_("已换新"), PLAIN)


def _roles(key: KeyRow | None) -> str:
    return _("、").join(map(duty_word, key.roles)) if key else ""


def _since(key: KeyRow | None) -> str:
    return f"{key.since}{_('（{more}）').format(more=key.since_day)}" if key else ""


def _revoked(key: KeyRow | None) -> str:
    if key is None or not key.revoked_at:
        return ""
    return _("{day} {why}（日志第 {n} 条）").format(n=key.revoked_at, day=key.revoked_day, why=key.reason)


def _revoke(office: Office, root: str, name: str, reason: str) -> None:
    revoke_key(office, _root(office, root).keys.signing, name, reason)


def _follow(office: Office, root: str, name: str) -> None:
    follow_post_keys(office, _root(office, root).keys.signing, name)


def _issue(
    office: Office, root: str, holders: Sequence[str], word: str, recovery: str, person: str, passphrase: str
) -> str:
    """The office key comes from the envelope where somebody typed what is in it, else from the first of those who may
    hold it whose passphrase this is."""
    signing = _root(office, root).keys.signing
    if recovery:
        issue_from_envelope(office, signing, person, passphrase, recovery)
        return person
    with _at("holder"):
        given = first_office_key(office, holders, word)
    issue_key(office, signing, person, passphrase, given)
    return person


def _root(office: Office, word: str) -> Unlocked:
    with _at("root"):
        return unlock(office.books, ROOT, word)


@contextmanager
def _at(field: str) -> Iterator[None]:
    """What is refused inside is painted on this field."""
    try:
        yield
    except Refused as refused:
        raise Refused([replace(one, field=field) for one in refused.problems]) from refused
