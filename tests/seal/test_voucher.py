"""The quick spelling of a voucher's bytes against the canonical one."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from villagebooks.core.period import Month
from villagebooks.core.voucher import KINDS, OPENING, Line, Voucher, voucher_body
from villagebooks.seal.canonical import dump
from villagebooks.seal.voucher import voucher_bytes

TEXT = st.text("收付\"'\\/\b\f\n\r\t\x01\x1f\x7f 1aé😀\u2028", max_size=6)
FEN = st.integers(-(10**12), 10**12)
LINES = st.lists(st.builds(Line, TEXT, TEXT, FEN, FEN, TEXT, TEXT, TEXT, TEXT, st.just(0) | FEN), max_size=4).map(tuple)


@given(LINES, TEXT, TEXT, st.sampled_from(KINDS), st.integers(1, 9999))
def test_a_voucher_is_spelt_as_its_canonical_body(
    lines: tuple[Line, ...], word: str, name: str, kind: str, number: int
) -> None:
    voucher = Voucher(
        "0b5f", "V001", word, Month(2026, 9), number, date(2026, 9, 3), kind, "posted", 2, 5, lines,
        reverses=name, prepared_by=name, policy=name, corrects=name,
    )  # fmt: skip
    fields = [
        (one.summary, one.account, one.debit_fen, one.credit_fen, one.party, one.project, one.contract, one.bank,
         one.quantity_milli)
        for one in lines
    ]  # fmt: skip
    period = "2026-00" if kind == OPENING else "2026-09"
    quick = voucher_bytes("uid", "0b5f", 2, word, period, number, "2026-09-03", kind, name, 5, name, fields, name, name)
    assert quick == dump(voucher_body(voucher, "uid"))
