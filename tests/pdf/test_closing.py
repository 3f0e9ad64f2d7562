"""The register of closings on paper."""

from __future__ import annotations

from pathlib import Path

from tests.pdf.reading import words_of
from villagebooks.core.closing import CLOSE, LOCK, REOPEN, PeriodAct
from villagebooks.pdf.closing import draw_act, draw_register, register_cells

REASON = "9月漏记一张电费发票386.42元，监委会10月12日查账时发现，要补记，不影响已经张贴的公开榜"
ACTS = (
    PeriodAct(
        "a", CLOSE, "2026-09", "2026-10-08T09:12:00+08:00", ("冯素芳",), "", 15, "ab" * 32, ("2026-09 101：透支",)
    ),
    PeriodAct("b", REOPEN, "2026-09", "2026-10-12T10:00:00+08:00", ("冯素芳", "邹启明"), REASON),
    PeriodAct("c", LOCK, "2026", "2027-01-20T10:00:00+08:00", ("邹启明",), digest="cd" * 32),
)


def test_every_act_stands_with_its_people_and_its_whole_reason(tmp_path: Path) -> None:
    out = tmp_path / "register.pdf"
    assert draw_register(ACTS, out, "老秤湾村", "白雁河镇村级会计代理核算中心") == 1
    text = words_of(out).replace(" ", "").replace("\n", "")
    for words in ("结账登记簿", "反结账", "年度锁定", "冯素芳、邹启明", "2026-10-0809:12", "凭证15张", "共3次"):
        assert words in text
    cells = [row.cells[5] for page in register_cells(ACTS, "老秤湾村") for row in page.rows]
    assert REASON in "".join(cells)
    assert "cd" * 32 in "".join(cells)
    assert all(len(cell) <= 40 for cell in cells)


def test_a_long_register_goes_on_to_the_next_page() -> None:
    pages = register_cells(ACTS * 30, "老秤湾村")
    assert len(pages) > 2
    assert [bool(page.below) for page in pages] == [False] * (len(pages) - 1) + [True]


def test_the_record_of_a_reopening_has_its_whole_reason_and_places_to_sign(tmp_path: Path) -> None:
    out = tmp_path / "act.pdf"
    assert draw_act(ACTS[1], out, "老秤湾村", "白雁河镇村级会计代理核算中心") == 1
    text = words_of(out).replace(" ", "").replace("\n", "")
    for words in ("反结账记录", REASON[:39], "冯素芳、邹启明", "已记账的凭证一张也没有动", "邹启明：", "监委会："):
        assert words in text
    draw_act(ACTS[2], out, "老秤湾村")
    assert "cd" * 32 in words_of(out).replace(" ", "").replace("\n", "")
