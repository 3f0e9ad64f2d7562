"""Paper of the root key ceremony: the sheet for the wall; the envelopes, only while their keys are at hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from villagebooks.core.problem import Problem, Refused
from villagebooks.core.statutory import in_chinese
from villagebooks.core.words import _
from villagebooks.paths import make_folder
from villagebooks.pdf.root import EnvelopeSheet, draw_envelopes, draw_wall
from villagebooks.services.ceremony import Ceremony
from villagebooks.services.desk import Office
from villagebooks.services.office import centre

RECOVERY_COPIES = 2


@in_chinese
def print_wall_sheet(office: Office, out: Path, ceremony: Ceremony | None = None) -> Path:
    """The fingerprint for the wall: of a ceremony under way, else of the root in force; Refused without either."""
    whose = centre(office)
    fingerprint = ceremony.fingerprint if ceremony else whose.root
    if not fingerprint:
        raise Refused([Problem(_("还没有总钥匙：请先在“设置”里做总钥匙仪式"))])
    make_folder(out.parent)
    imprint = replace(whose, root=fingerprint).imprint
    draw_wall(fingerprint, whose.name, imprint, office.books.now()[:10], out)
    return out


@in_chinese
def print_envelopes(office: Office, ceremony: Ceremony, out: Path) -> Path:
    """Sheets for the sealed envelopes: the next root once, the recovery key twice."""
    whose, texts = centre(office), ceremony.envelopes()
    following = (
        _("里面是下一把总钥匙。现在这把总钥匙丢了、口令忘了、怀疑被人拿走时才开封。"),
        _("开封后在“设置—人员与钥匙—总钥匙”里选“换总钥匙”，照输下面 56 个字符。"),
        _("它的校验值已经写进钥匙名录，别的钥匙换不上。"),
    )
    sheets = [EnvelopeSheet(_("下一把总钥匙"), following, texts["root"], _("只此一份"))]
    recovery = (
        _("里面是恢复钥匙。所有能开办公室钥匙的人都不在、口令都忘了，或要从备份恢复时才开封。"),
        _("开封后在“设置—人员与钥匙—钥匙”里给主任或会计“发钥匙”，照输下面的字符；用过以后到“总钥匙”里重做信封。"),
        _("两份内容一样，分开放在两个地方：一份在中心保险柜，一份在镇财政所。"),
    )
    for number in range(1, RECOVERY_COPIES + 1 if "recovery" in texts else 1):
        copy = _("第 {n} 份，共 {all} 份").format(n=number, all=RECOVERY_COPIES)
        sheets.append(EnvelopeSheet(_("恢复钥匙"), recovery, texts["recovery"], copy))
    make_folder(out.parent)
    imprint = replace(whose, root=ceremony.fingerprint).imprint
    draw_envelopes(sheets, whose.name, imprint, office.books.now()[:10], out)
    return out
