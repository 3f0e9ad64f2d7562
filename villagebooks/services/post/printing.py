"""The list of a post's hand-over on paper, in three copies."""

from __future__ import annotations

import hashlib
from pathlib import Path

from villagebooks.core.approval import BY_KEY
from villagebooks.core.post import change_body
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.paths import make_folder
from villagebooks.pdf.post import draw_post
from villagebooks.seal import canonical
from villagebooks.services.desk import Office
from villagebooks.services.office import centre, villages
from villagebooks.services.post.change import change_signatures, list_changes


@in_chinese
def print_change(office: Office, uid: str, out: Path) -> Path:
    """Draw the three copies of a list, before it is signed by hand or after; Refused when there is no such list."""
    change = next((one for one in list_changes(office) if one.uid == uid), None)
    if change is None:
        raise Refused([Problem(_("没有这份岗位移交清单"))])
    signed = {}
    for one in change_signatures(office, uid):
        at = one.at[:16].replace("T", " ")
        text = _("{name}用钥匙签字 {at}") if one.mode == BY_KEY else _("{name}纸质签字，{signer}登记 {at}")
        signed[one.step] = text.format(name=one.name, signer=one.signer, at=at)
    names = {one.code: one.name for one in villages(office)}
    place = f"{change.village} {names.get(change.village, '')}" if change.village else centre(office).name
    digest = hashlib.sha256(canonical.dump(change_body(change))).hexdigest()
    make_folder(out.parent)
    draw_post(change, signed, digest, out, place, centre(office).imprint)
    return out
