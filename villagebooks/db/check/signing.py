"""What is asked of signatures and of corrections in red."""

from __future__ import annotations

from villagebooks.core.words import N_
from villagebooks.db.check.query import CheckQuery, vouchers_that

SIGNING_QUERIES = (
    CheckQuery("reporter_prepared", "voucher", N_("制单人{detail}当时是报账员"),
         "SELECT DISTINCT {voucher}, o.name FROM voucher v JOIN officer o ON o.name = v.prepared_by "
         "WHERE v.book = :book AND v.state <> 'void' AND {own} AND o.village <> '' AND o.duty LIKE '%报账员%' "
         "AND o.since <= v.day AND (o.until = '' OR o.until >= v.day)"),
    CheckQuery("same_signer", "voucher", N_("{detail}签了不止一步"),
         "SELECT {voucher}, a.name FROM voucher v JOIN approval a ON a.object_uid = v.uid AND a.rev = v.rev "
         "WHERE v.book = :book AND v.state = 'posted' AND a.about = 'voucher' AND a.decision = 'approve' "
         "GROUP BY v.id, a.name HAVING COUNT(*) > 1"),
    vouchers_that("reversal_link", N_("冲销的是哪一张不对"), "''",
         "v.state <> 'void' AND (({own} AND (v.kind = 'reversal') <> (v.reverses <> '')) "
         "OR (v.reverses <> '' AND NOT EXISTS ({posted_before})))"),
    CheckQuery("reversal_amount", "voucher", N_("与冲销的凭证没有正好相抵，科目 {detail}"),
         "SELECT {voucher}, MIN(d.account) FROM voucher v JOIN ("
         "SELECT r.id, {home} AS account FROM voucher r JOIN voucher o ON o.uid = r.reverses "
         "JOIN voucher_line l ON l.voucher IN (r.id, o.id) "
         "WHERE r.book = :book AND r.reverses <> '' AND r.state <> 'void' "
         "GROUP BY r.id, {home}, l.party, l.project, l.contract, l.bank "
         "HAVING SUM(l.debit_fen) <> 0 OR SUM(l.credit_fen) <> 0) d ON d.id = v.id GROUP BY v.id"),
    CheckQuery("reversed_twice", "voucher", N_("同一张凭证冲销了 {detail} 次"),
         "SELECT {voucher}, n.times FROM voucher v JOIN (SELECT r.reverses, COUNT(*) AS times FROM voucher r "
         "WHERE r.book = :book AND r.reverses <> '' AND r.state <> 'void' GROUP BY r.reverses HAVING COUNT(*) > 1) n "
         "ON n.reverses = v.uid"),
    CheckQuery("correction_link", "voucher", N_("更正的凭证（{detail}）不对"),
         "SELECT {voucher}, v.corrects FROM voucher v LEFT JOIN voucher o ON o.uid = v.corrects "
         "WHERE v.book = :book AND v.corrects <> '' AND v.state <> 'void' AND (o.id IS NULL OR o.book <> v.book "
         "OR o.state = 'void' OR v.kind = 'reversal' OR (o.state <> 'posted' AND (o.kind <> 'reversal' "
         "OR v.state = 'posted')) OR (o.kind <> 'reversal' AND EXISTS (SELECT 1 FROM voucher r "
         "WHERE r.reverses = o.uid AND r.reverses <> '' AND r.state <> 'void')))"),
    CheckQuery("corrected_twice", "voucher", N_("同一张红字凭证有 {detail} 张蓝字"),
         "SELECT {voucher}, n.times FROM voucher v JOIN (SELECT b.corrects, COUNT(*) AS times FROM voucher b "
         "WHERE b.book = :book AND b.corrects <> '' AND b.state <> 'void' GROUP BY b.corrects HAVING COUNT(*) > 1) n "
         "ON n.corrects = v.uid WHERE v.kind = 'reversal'"),
    CheckQuery("difference_form", "voucher_line", N_("差额凭证的科目、往来 {detail} 原凭证里没有"),
         "SELECT {line}, l.account || ' ' || l.party {lines} JOIN voucher o ON o.uid = v.corrects "
         "WHERE v.book = :book AND v.corrects <> '' AND v.state <> 'void' AND o.kind <> 'reversal' AND o.year = v.year "
         "AND NOT EXISTS (SELECT 1 FROM voucher_line m WHERE m.voucher = o.id AND m.account = l.account "
         "AND m.party = l.party AND m.project = l.project AND m.contract = l.contract AND m.bank = l.bank "
         "AND (m.debit_fen <> 0) = (l.debit_fen <> 0))"),
    CheckQuery("prior_year_form", "voucher", N_("以前年度更正{detail}"),
         "SELECT {voucher}, CASE WHEN EXISTS ({result}) THEN '记了收支科目' ELSE '没有记收益分配' END FROM voucher v "
         "WHERE v.book = :book AND v.kind = 'prior_year' AND v.state <> 'void' AND {own} AND (EXISTS ({result}) "
         "OR NOT EXISTS (SELECT 1 FROM voucher_line l WHERE l.voucher = v.id AND substr(l.account, 1, 3) = '322'))"),
    CheckQuery("red_alone", "voucher", N_("红字凭证后面没有蓝字订正，也没有写明不重做"),
         "SELECT {voucher}, '' FROM voucher v WHERE v.book = :book AND v.kind = 'reversal' AND v.state = 'posted' "
         "AND {own} AND NOT EXISTS (SELECT 1 FROM voucher b WHERE b.corrects = v.uid AND b.corrects <> '' "
         "AND b.state <> 'void') "
         "AND NOT EXISTS (SELECT 1 FROM voucher_remark m WHERE m.voucher = v.uid AND m.kind = 'no_redo')"),
    CheckQuery("schedule_twice", "schedule", N_("{detail} 张凭证"),
         "SELECT s.name || ' ' || d.month, COUNT(*) FROM schedule s JOIN schedule_draft d ON d.schedule = s.uid "
         "JOIN voucher v ON v.uid = d.voucher WHERE s.book = :book AND v.state <> 'void' "
         "AND NOT EXISTS (SELECT 1 FROM voucher r WHERE r.reverses = v.uid AND r.reverses <> '' AND r.state <> 'void' "
         "AND r.state = 'posted' AND NOT EXISTS (SELECT 1 FROM voucher b WHERE b.corrects = r.uid AND b.corrects <> '' "
         "AND b.state <> 'void' "
         "AND NOT EXISTS (SELECT 1 FROM schedule_draft e WHERE e.voucher = b.uid))) "
         "GROUP BY s.uid, s.name, d.month HAVING COUNT(*) > 1"),
    CheckQuery("schedule_place", "schedule_draft", N_("{detail} 月的凭证不在这个账套里"),
         "SELECT s.name || ' ' || d.month, d.month FROM schedule s JOIN schedule_draft d ON d.schedule = s.uid "
         "JOIN voucher v ON v.uid = d.voucher WHERE s.book = :book AND v.book <> s.book"),
    CheckQuery("send_back_reason", "send_back", N_("退回原因 {detail} 不在清单里，或退回的不是这个账套的单据"),
         "SELECT b.object_uid || '/' || b.rev, b.reason FROM send_back b WHERE b.book = :book AND ("
         "(b.reason NOT BETWEEN 1 AND 15 AND NOT EXISTS (SELECT 1 FROM reason r WHERE r.code = b.reason)) OR ("
         "NOT EXISTS (SELECT 1 FROM voucher v WHERE v.uid = b.object_uid AND v.book = b.book AND v.rev > b.rev) AND "
         "NOT EXISTS (SELECT 1 FROM paper p WHERE p.uid = b.object_uid AND p.book = b.book AND p.rev > b.rev)))"),
    CheckQuery("sheet_late", "voucher", N_("{detail} 张榜以后又记收支"),
         "SELECT DISTINCT {voucher}, d.year || '-' || d.month FROM voucher v "
         "JOIN disclosure d ON d.book = v.book AND (d.year > v.year OR (d.year = v.year AND d.month >= v.month)) "
         "JOIN journal j ON j.ref = 'disclosure:' || d.uid AND j.kind = 'put_up' "
         "WHERE v.book = :book AND v.state = 'posted' AND v.posted_at > j.at AND EXISTS ({money})"),
)  # fmt: skip
