"""What is asked of signatures and of corrections in red."""

from __future__ import annotations

from villagebooks.db.check.query import CheckQuery

SIGNING_QUERIES = (
    CheckQuery("unsigned", "voucher", "已记账，没有{detail}签字",
         "SELECT {voucher}, s.title FROM voucher v CROSS JOIN {steps} s "
         "WHERE v.book = :book AND v.state = 'posted' AND {own} "
         "AND (s.step <> 'cashier' OR EXISTS ({money})) "
         "AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.object_uid = v.uid AND a.rev = v.rev "
         "AND a.step = s.step AND a.decision = 'approve')"),
    CheckQuery("same_signer", "voucher", "{detail}签了不止一步",
         "SELECT {voucher}, a.signer FROM voucher v JOIN approval a ON a.object_uid = v.uid AND a.rev = v.rev "
         "WHERE v.book = :book AND v.state = 'posted' AND a.about = 'voucher' AND a.decision = 'approve' "
         "GROUP BY v.id, a.signer HAVING COUNT(*) > 1"),
    CheckQuery("reversal_link", "voucher", "冲销的是哪一张不对",
         "SELECT {voucher}, '' FROM voucher v LEFT JOIN voucher o ON o.uid = v.reverses "
         "WHERE v.book = :book AND v.state <> 'void' AND ({own} AND (v.kind = 'reversal') <> (v.reverses <> '') "
         "OR (v.reverses <> '' AND (o.id IS NULL OR o.book <> v.book OR o.state <> 'posted')))"),
    CheckQuery("reversal_amount", "voucher", "与冲销的凭证没有正好相抵，科目 {detail}",
         "SELECT {voucher}, MIN(d.account) FROM voucher v JOIN ("
         "SELECT r.id, l.account FROM voucher r JOIN voucher o ON o.uid = r.reverses "
         "JOIN voucher_line l ON l.voucher IN (r.id, o.id) "
         "WHERE r.book = :book AND r.reverses <> '' AND r.state <> 'void' "
         "GROUP BY r.id, l.account, l.party, l.project, l.contract, l.bank "
         "HAVING SUM(l.debit_fen) <> 0 OR SUM(l.credit_fen) <> 0) d ON d.id = v.id GROUP BY v.id"),
    CheckQuery("reversed_twice", "voucher", "同一张凭证冲销了 {detail} 次",
         "SELECT {voucher}, n.times FROM voucher v JOIN (SELECT r.reverses, COUNT(*) AS times FROM voucher r "
         "WHERE r.book = :book AND r.reverses <> '' AND r.state <> 'void' GROUP BY r.reverses HAVING COUNT(*) > 1) n "
         "ON n.reverses = v.uid"),
    CheckQuery("sheet_late", "voucher", "{detail} 张榜以后又记收支",
         "SELECT DISTINCT {voucher}, d.year || '-' || d.month FROM voucher v "
         "JOIN disclosure d ON d.book = v.book AND (d.year > v.year OR (d.year = v.year AND d.month >= v.month)) "
         "JOIN journal j ON j.ref = 'disclosure:' || d.uid AND j.kind = 'put_up' "
         "WHERE v.book = :book AND v.state = 'posted' AND v.posted_at > j.at AND EXISTS ({money})"),
)  # fmt: skip
