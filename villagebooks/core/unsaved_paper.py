"""What stands in a paper's form and is not saved: every entry as it was typed, with the pictures that hang on it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from itertools import zip_longest
from typing import Any, TypeVar

from villagebooks.core.money import calculate_yuan, said_yuan
from villagebooks.core.paper import Body, Image
from villagebooks.core.period import read_day
from villagebooks.core.unsaved import VERSION, Difference, Kept, check_kept
from villagebooks.core.words import _

MOST = 9_999
"""No body has more members than its entry takes."""
_PARTS = ("images", "awaits", "bodies", "documents")
_CHOSEN = ("spending_class", "direction", "paid_how", "kind")
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document as typed, with its pictures; of those that are still being stored it has a token each (`awaits`),
    which mean nothing to another run of the program."""

    kind: str
    number: str
    day: str
    amount: str
    count: str
    images: tuple[Image, ...]
    awaits: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class PaperText:
    """The whole form: every entry as typed (`day` ISO), the consents, the documents."""

    day: str
    words: str
    spending_class: str
    direction: str
    amount: str
    payee: str
    paid_how: str
    group: str
    basis: str
    handler: str
    witness: str
    approvers: str
    bodies: tuple[Body, ...]
    documents: tuple[DocumentText, ...]


_NOTHING = DocumentText("", "", "", "", "", ())
_Part = TypeVar("_Part", PaperText, DocumentText, Body)


@dataclass(frozen=True, slots=True)
class UnsavedPaper(Kept):
    """A paper that was typed and not saved."""

    paper: PaperText

    @property
    def day(self) -> date:
        """Its date; the day it was typed on, while what stands there is no date."""
        return read_day(self.paper.day) or datetime.fromisoformat(self.at).date()


def read_unsaved_paper(text: str) -> UnsavedPaper | None:
    """From such a text; None when it is none, or of another version, or anything in it is not what it should be."""
    try:
        found = json.loads(text)
        if found.pop("version") != VERSION:
            return None
        paper = found.pop("paper")
        bodies = tuple(_read_body(one) for one in paper.pop("bodies"))
        documents = tuple(_read_document(one) for one in paper.pop("documents"))
        one = UnsavedPaper(**found, paper=PaperText(**paper, bodies=bodies, documents=documents))
        check_kept(one)
        _check_words(one.paper)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return None
    return one


def _read_document(told: dict[str, Any]) -> DocumentText:
    images = tuple(_read_image(one) for one in told.pop("images"))
    told.pop("awaits", None)
    found = DocumentText(**told, images=images)
    _check_words(found)
    return found


def _read_image(told: dict[str, Any]) -> Image:
    found = Image(**told)
    _check_kinds(found, Image("", 0, ""))
    if not _SHA256.fullmatch(found.sha256):
        raise ValueError(told)
    return found


def _read_body(told: dict[str, Any]) -> Body:
    people = tuple(told.pop("people"))
    found = Body(**told, people=people)
    _check_kinds(found, Body("", (), 0, 0, 0))
    numbers = (found.present, found.agreed, found.size)
    if not all(isinstance(name, str) for name in people) or not all(0 <= number <= MOST for number in numbers):
        raise ValueError(told)
    return found


def _check_words(found: PaperText | DocumentText) -> None:
    """Every part is a text, but for the tuples, which were read part by part."""
    if not all(isinstance(part, str) or name in _PARTS for name, part in asdict(found).items()):
        raise TypeError(found)


def _check_kinds(found: Image | Body, usual: Image | Body) -> None:
    """Every part is of the kind that it usually is."""
    kinds = [type(part) for part in asdict(usual).values()]
    if [type(part) for part in asdict(found).values()] != kinds:
        raise TypeError(found)


def paper_differences(before: PaperText, after: PaperText) -> tuple[Difference, ...]:
    """Every part in which two states of a form differ, from the head down; before them the pictures that villagers may
    see in one of the two. A body or a document that one state lacks is one difference; where nothing but the order of
    bodies or the way of writing an amount differs there is none."""
    shown: list[Difference] = []
    found = _parts(before, after, _paper_names())
    olds, news = _bodies(before), _bodies(after)
    for key in dict.fromkeys([*olds, *news]):
        whole = _whole(key[0], olds.get(key), news.get(key))
        found += whole or _parts(olds[key], news[key], _body_names(key[0]))
    for place, (old, new) in enumerate(zip_longest(before.documents, after.documents), 1):
        if old is None or new is None:
            images = (old or new or _NOTHING).images
            told = _whole(_("第 {n} 件单据").format(n=place), old, new)
            (shown if _is_shown(*images) else found).extend(told)
            continue
        found += _parts(old, new, _document_names(place))
        for number, (one, other) in enumerate(zip_longest(old.images, new.images), 1):
            if one != other:
                name = _of_document(place, _("图片 {n}").format(n=number))
                told = [Difference(name, _image_words(one), _image_words(other))]
                (shown if _is_shown(one, other) else found).extend(told)
    return (*shown, *found)


def _is_shown(*images: Image | None) -> bool:
    return any(one is not None and one.checked for one in images)


def _of_document(place: int, name: str) -> str:
    return _("第 {n} 件：{name}").format(n=place, name=name)


def _paper_names() -> dict[str, str]:
    return {
        "day": _("日期"), "words": _("用途（张榜用的话）"), "spending_class": _("类别"), "direction": _("收支"),
        "amount": _("金额（元）"), "payee": _("收款人（交款人）"), "paid_how": _("怎样付的"), "group": _("公开榜分组"),
        "basis": _("依据"), "handler": _("经手人"), "witness": _("证明人"), "approvers": _("审批人"),
    }  # fmt: skip


def _body_names(body: str) -> dict[str, str]:
    names = {
        "name": _("名称"), "people": _("签字的人"), "present": _("到会人数"), "agreed": _("同意人数"),
        "size": _("应到人数"), "stamp": _("盖章"), "minutes": _("会议记录"),
    }  # fmt: skip
    return {name: _("{where}：{text}").format(where=body, text=text) for name, text in names.items()}


def _document_names(place: int) -> dict[str, str]:
    names = {
        "kind": _("单据种类"), "number": _("单据号码"), "day": _("单据日期"), "amount": _("单据金额"),
        "count": _("单据张数"),
    }  # fmt: skip
    return {name: _of_document(place, text) for name, text in names.items()}


def _parts(old: _Part, new: _Part, names: dict[str, str]) -> list[Difference]:
    """Each field on its own: one that has no name yet fails here, it is not passed over."""
    found = []
    for name in (one.name for one in fields(old) if one.name not in _PARTS):
        one, other = getattr(old, name), getattr(new, name)
        if one != other and not (name == "amount" and _is_same_amount(one, other)):
            found.append(Difference(names[name], _said(name, one), _said(name, other)))
    return found


def _said(name: str, value: object) -> str:
    if isinstance(value, bool):
        return _("有") if value else _("没有")
    if isinstance(value, tuple):
        return _("、").join(map(str, value))
    return _(str(value)) if name in _CHOSEN and value else str(value)


def _is_same_amount(old: str, new: str) -> bool:
    return old == new or (calculate_yuan(old) is not None and calculate_yuan(old) == calculate_yuan(new))


def _bodies(text: PaperText) -> dict[tuple[str, int], Body]:
    """By name, and which of that name: two bodies may be called the same."""
    found: dict[tuple[str, int], Body] = {}
    for one in text.bodies:
        found[one.name, sum(name == one.name for name, _nth in found)] = one
    return found


def _whole(where: str, old: Body | DocumentText | None, new: Body | DocumentText | None) -> list[Difference]:
    """One that stands in one state alone."""
    return [Difference(where, _whole_words(old), _whole_words(new))] if old is None or new is None else []


def _whole_words(one: Body | DocumentText | None) -> str:
    if one is None:
        return ""
    if isinstance(one, DocumentText):
        return _document_words(one)
    said = _("{people}，到会 {present} 人，同意 {agreed} 人")
    return said.format(people=_("、").join(one.people), present=one.present, agreed=one.agreed)


def _document_words(one: DocumentText) -> str:
    fen = calculate_yuan(one.amount)
    amount = one.amount if fen is None else _("{yuan} 元").format(yuan=said_yuan(fen)) if fen else ""
    parts = [_(one.kind) if one.kind else "", one.number, one.day, amount]
    parts += [_("{n} 张").format(n=one.count)] if one.count else []
    parts += [_("图片 {n}").format(n=len(one.images))] if one.images else []
    shown = sum(image.checked for image in one.images)
    parts += [_("已脱敏 {n}").format(n=shown)] if shown else []
    return " ".join(part for part in parts if part)


def _image_words(one: Image | None) -> str:
    """The mark first; the beginning of the hash tells one picture from another."""
    if one is None:
        return ""
    mark = _("已脱敏") if one.checked else _("没有脱敏")
    text = _("{mark}，编号 {code}，{kind}，{pages} 页，{size} 字节")
    kind = one.media.rpartition("/")[2].upper()
    return text.format(mark=mark, code=one.sha256[:8], kind=kind, pages=one.pages, size=f"{one.size:,}")
