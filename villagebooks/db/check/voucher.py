"""What is asked of vouchers and their lines."""

from __future__ import annotations

from villagebooks.core.words import N_
from villagebooks.db.check.query import CheckQuery, lines_that, vouchers_that

VOUCHER_QUERIES = (
    vouchers_that("unbalanced", N_("借贷不平，相差 {yuan} 元"),
         "(SELECT SUM(l.debit_fen - l.credit_fen) FROM voucher_line l WHERE l.voucher = v.id)",
         "(SELECT SUM(l.debit_fen - l.credit_fen) FROM voucher_line l WHERE l.voucher = v.id) <> 0"),
    vouchers_that("without_lines", N_("没有分录"), "''",
         "NOT EXISTS (SELECT 1 FROM voucher_line l WHERE l.voucher = v.id)"),
    lines_that("unknown_account", N_("科目 {detail} 不存在或不是末级"), "l.account",
         "a.code IS NULL OR (a.leaf = 0 AND a.split_on = '')"),
    lines_that("stopped_line", N_("科目 {detail} 已停用，停用后又记了分录"), "l.account || ' ' || a.stopped_on",
         "v.state <> 'void' AND a.stopped_on <> '' AND l.day >= a.stopped_on"),
    lines_that("split_line", N_("科目 {detail} 已拆分，拆分后又记了分录"), "l.account || ' ' || a.split_on",
         "v.state <> 'void' AND a.split_on <> '' AND l.day > a.split_on AND v.uid <> a.split_by"),
    lines_that("place", N_("账套或日期与凭证不符"), "''",
         "l.book <> v.book OR l.day <> v.day"),
    vouchers_that("month", N_("日期 {detail} 不在凭证所属的月份"), "v.day",
         "v.kind <> 'opening' AND substr(v.day, 1, 7) <> v.year || '-' || CASE WHEN v.month < 10 THEN '0' ELSE '' "
         "END || v.month"),
    vouchers_that("number", N_("凭证号 {detail} 不对"), "v.number",
         "(v.month > 0 AND v.number < 1) OR (v.month = 0 AND v.number <> 0)"),
    vouchers_that("gap_own", N_("凭证号不连续：缺 {detail}"), "v.number - 1",
         "v.number > 1 AND {own} AND v.state <> 'void' AND NOT EXISTS ({predecessor})"),
    vouchers_that("gap", N_("凭证号不连续：缺 {detail}"), "v.number - 1",
         "v.number > 1 AND (NOT ({own}) OR v.state = 'void') AND NOT EXISTS ({predecessor})"),
    vouchers_that("voucher_state", N_("没有“{detail}”这种状态"), "v.state",
         "v.state NOT IN ('draft', 'submitted', 'approved', 'posted', 'void')"),
    vouchers_that("voucher_kind", N_("种类或凭证字“{detail}”不对"), "v.kind || ' ' || v.word",
         "v.kind NOT IN ('normal', 'reversal', 'closing_transfer', 'prior_year', 'opening') OR ({own} AND v.word "
         "NOT IN ('记', '收', '付', '转'))"),
    vouchers_that("poster", N_("记账人“{detail}”与状态不符"), "v.posted_by",
         "(v.state = 'posted' AND (v.posted_by = '' OR v.posted_at = '')) OR (v.state <> 'posted' AND v.posted_by "
         "NOT IN ('', 'import'))"),
    vouchers_that("opening_place", N_("期初凭证与月份不符（{detail}）"), "v.kind",
         "(v.kind = 'opening' AND v.month <> 0) OR (v.kind <> 'opening' AND v.month = 0)"),
    CheckQuery("transfer_account", "voucher_line", N_("结转凭证用了科目 {detail}"),
         "SELECT {line}, l.account FROM voucher v JOIN voucher_line l ON l.voucher = v.id "
         "WHERE v.book = :book AND v.kind = 'closing_transfer' AND v.state <> 'void' "
         "AND substr(l.account, 1, 1) <> '5' AND substr(l.account, 1, 3) NOT IN ('321', '322')"),
    lines_that("both_sides", N_("借方和贷方都有金额"), "''",
         "l.debit_fen <> 0 AND l.credit_fen <> 0"),
    lines_that("empty_line", N_("没有金额"), "''",
         "l.debit_fen = 0 AND l.credit_fen = 0"),
    lines_that("red_outside", N_("不是红字凭证，金额是负数：{yuan} 元"), "l.debit_fen + l.credit_fen",
         "(l.debit_fen < 0 OR l.credit_fen < 0) AND v.kind <> 'reversal' AND v.state <> 'void' AND v.corrects = ''"),
    vouchers_that("future_day", N_("日期 {detail} 还没有到"), "v.day",
         "v.day > :today AND v.state = 'posted' AND {own}"),
    vouchers_that("no_document", N_("没有附单据"), "''",
         "v.state = 'posted' AND {own} AND v.kind = 'normal' AND v.attachment_count = 0 AND v.corrects = '' AND "
         "NOT EXISTS (SELECT 1 FROM voucher_line l WHERE l.voucher = v.id AND l.summary LIKE '订正%') AND NOT EXISTS "
         "(SELECT 1 FROM account a WHERE a.book = v.book AND a.split_by = v.uid)"),
    lines_that("party", N_("科目 {detail} 没有写往来，列入“未指明”"), "l.account",
         "l.party = '' AND a.needs LIKE '%party%' AND l.day >= {since_party}"),
    lines_that("dimension", N_("科目 {detail} 没有写项目、合同或银行账户"), "l.account",
         "(l.project = '' AND a.needs LIKE '%project%' AND l.day >= {since_project}) OR (l.contract = '' AND "
         "a.needs LIKE '%contract%' AND l.day >= {since_contract}) OR (l.bank = '' AND a.needs LIKE '%bank%' AND "
         "l.day >= {since_bank})"),
    lines_that("quantity", N_("科目 {detail} 没有写数量"), "l.account",
         "l.quantity = 0 AND a.needs LIKE '%quantity%' AND l.summary NOT LIKE '订正%' AND l.summary NOT LIKE '更正%' "
         "AND l.day >= {since_quantity}"),
    CheckQuery("book_stopped", "voucher", N_("账套停在 {detail}，这张凭证在它以后，或还没有记账"),
         "SELECT {voucher}, b.stopped FROM voucher v JOIN book b ON b.id = v.book "
         "WHERE v.book = :book AND b.stopped <> '' AND v.state <> 'void' AND (v.state <> 'posted' "
         "OR v.year || '-' || CASE WHEN v.month < 10 THEN '0' ELSE '' END || v.month > b.stopped)"),
    CheckQuery("late_entry", "voucher", N_("{detail}，月份却已结账"),
         "SELECT {voucher}, CASE v.state WHEN 'draft' THEN '还没有送签' WHEN 'submitted' THEN '还没有签完字' "
         "ELSE '还没有记账' END FROM voucher v JOIN period p ON p.book = v.book AND p.year = v.year "
         "AND p.month = v.month WHERE v.book = :book AND p.state <> 'open' "
         "AND v.state IN ('draft', 'submitted', 'approved')"),
)  # fmt: skip
