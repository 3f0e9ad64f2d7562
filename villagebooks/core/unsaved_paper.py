"""What stands in a paper's form and is not saved: every entry as it was typed, with the pictures that hang on it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from villagebooks.core.money import calculate_yuan, said_yuan
from villagebooks.core.paper import Body, Image
from villagebooks.core.unsaved import VERSION, Difference, Kept, check_kept
from villagebooks.core.words import _

MOST = 9_999
"""No body has more members than its entry takes."""
_PARTS = ("images", "bodies", "documents")
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document as typed; its pictures are stored already."""

    kind: str
    number: str
    day: str
    amount: str
    count: str
    images: tuple[Image, ...]


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


@dataclass(frozen=True, slots=True)
class UnsavedPaper(Kept):
    """A paper that was typed and not saved."""

    paper: PaperText

    @property
    def day(self) -> date:
        """Its date."""
        return date.fromisoformat(self.paper.day)


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
    """Every entry in which two states of a form read differently, from the head down; a document is one of them."""
    found = [Difference(where, old, new) for where, old, new in _entries(before, after) if old != new]
    if not _is_same_amount(before.amount, after.amount):
        found.append(Difference(_("金额（元）"), before.amount, after.amount))
    olds, news = _bodies(before), _bodies(after)
    found += [Difference(name, olds.get(name, ""), news.get(name, "")) for name in dict.fromkeys([*olds, *news])]
    for place in range(max(len(before.documents), len(after.documents))):
        old, new = (_document_words(one.documents[place : place + 1]) for one in (before, after))
        found.append(Difference(_("第 {n} 件单据").format(n=place + 1), old, new))
    return tuple(one for one in found if one.before != one.after)


def _entries(before: PaperText, after: PaperText) -> list[tuple[str, str, str]]:
    names = {
        "day": _("日期"), "words": _("用途（张榜用的话）"), "spending_class": _("类别"), "direction": _("收支"),
        "payee": _("收款人（交款人）"), "paid_how": _("怎样付的"), "group": _("公开榜分组"), "basis": _("依据"),
        "handler": _("经手人"), "witness": _("证明人"), "approvers": _("审批人"),
    }  # fmt: skip
    chosen = ("spending_class", "direction", "paid_how")
    told = []
    for name, where in names.items():
        old, new = (str(getattr(one, name)) for one in (before, after))
        told.append((where, _(old), _(new)) if name in chosen and old and new else (where, old, new))
    return told


def _is_same_amount(old: str, new: str) -> bool:
    return old == new or (calculate_yuan(old) is not None and calculate_yuan(old) == calculate_yuan(new))


def _bodies(text: PaperText) -> dict[str, str]:
    said = _("{people}，到会 {present} 人，同意 {agreed} 人")
    return {
        one.name: said.format(people=_("、").join(one.people), present=one.present, agreed=one.agreed)
        for one in text.bodies
    }


def _document_words(documents: tuple[DocumentText, ...]) -> str:
    if not documents:
        return ""
    one = documents[0]
    fen = calculate_yuan(one.amount)
    amount = one.amount if fen is None else _("{yuan} 元").format(yuan=said_yuan(fen)) if fen else ""
    parts = [_(one.kind) if one.kind else "", one.number, one.day, amount]
    parts += [_("{n} 张").format(n=one.count)] if one.count else []
    parts += [_("图片 {n}").format(n=len(one.images))] if one.images else []
    return " ".join(part for part in parts if part)
