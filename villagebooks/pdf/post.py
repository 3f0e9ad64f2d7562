"""岗位移交清单 on A4, 一式三份: money counted against the books, things with their numbers, three places to sign."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from villagebooks.core.post import DONE, DROPPED, PostChange, duty_word, step_words
from villagebooks.core.words import _
from villagebooks.pdf.form import FormSheet, FormTable, FormWords, draw_form
from villagebooks.pdf.hand_over import copy_words, item_blocks

Signed = Mapping[str, str]
"""Step → how it was signed, in words; steps that nobody signed are left out."""


def draw_post(change: PostChange, signed: Signed, digest: str, out: Path, place: str, centre: str = "") -> int:
    """Draw the three copies; the number of pages. `place` is the village or the centre, `digest` of what is signed."""
    sheets = [post_sheet(change, signed, digest, place, centre, one) for one in copy_words()]
    return draw_form(sheets, out, centre)


def post_sheet(change: PostChange, signed: Signed, digest: str, place: str, centre: str, copy: str) -> FormSheet:
    """One copy in words."""
    hand = change.hand
    text = _("{giver}把{duty}的岗位移交给{receiver}，{watcher}监交。清单所列，三方当面点清、核对。")
    head = text.format(giver=hand.giver, duty=duty_word(change.duty), receiver=hand.receiver, watcher=hand.watcher)
    blocks: list[FormTable | FormWords] = [FormWords("", (head,)), *item_blocks(hand)]
    if hand.remark:
        blocks.append(FormWords(_("说明"), (hand.remark,)))
    words, lines = step_words(), [_("从移交这一天起，{receiver}对以后的钱、票、账、章负责；以前的由{giver}负责。")]
    lines[0] = lines[0].format(receiver=hand.receiver, giver=hand.giver)
    lines += [_("{where}：{text}").format(where=words[step], text=how) for step, how in signed.items()]
    state = {DONE: _("已办结"), DROPPED: _("已放弃，作废")}.get(change.state, "")
    lines += [_("清单校验值 {digest}").format(digest=digest[:20]) + (f"　{state}" if state else "")]
    blocks.append(FormWords(_("责任和签字"), tuple(lines)))
    signs = tuple(_("{where}：{text}").format(where=words[step], text=name) for step, name in change.people.items())
    above = (place, _("移交日期 {day}").format(day=hand.day.isoformat()), copy)
    return FormSheet(_("岗位移交清单"), above, tuple(blocks), signs, centre)
