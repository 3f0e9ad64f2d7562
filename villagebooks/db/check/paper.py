"""What is asked of papers, their documents, and receipts."""

from __future__ import annotations

from villagebooks.core.words import N_
from villagebooks.db.check.gap import GAP_FROM
from villagebooks.db.check.invoice import INVOICE_FROM
from villagebooks.db.check.query import CheckQuery

PAPER_QUERIES = (
    CheckQuery("paper_alone", "paper", N_("已入账，却没有已记账的凭证"),
         "SELECT {paper}, '' FROM paper p WHERE p.book = :book AND p.state = 'booked' AND NOT EXISTS (SELECT 1 "
         "FROM paper_voucher j JOIN voucher v ON v.uid = j.voucher WHERE j.paper = p.uid AND v.state = 'posted')"),
    CheckQuery("paper_open", "paper", N_("{detail} 已记账，报账单却没有入账"),
         "SELECT {paper}, {voucher} FROM paper p JOIN paper_voucher j ON j.paper = p.uid "
         "JOIN voucher v ON v.uid = j.voucher WHERE p.book = :book AND v.state = 'posted' AND p.state <> 'booked'"),
    CheckQuery("paper_twice", "paper", N_("做进了 {detail} 张凭证"),
         "SELECT {paper}, COUNT(*) FROM paper p JOIN paper_voucher j ON j.paper = p.uid "
         "JOIN voucher v ON v.uid = j.voucher WHERE p.book = :book AND v.state <> 'void' "
         "GROUP BY p.id HAVING COUNT(*) > 1"),
    CheckQuery("paper_state", "paper", N_("没有“{detail}”这种状态"),
         "SELECT {paper}, p.state FROM paper p WHERE p.book = :book "
         "AND p.state NOT IN ('written', 'signed', 'submitted', 'accepted', 'sent_back', 'booked')"),
    CheckQuery("paper_gap", "paper", N_("报账单不连续：缺 {detail}"),
         "SELECT {paper}, p.number - 1 FROM paper p WHERE p.book = :book AND p.number <> 1 AND NOT EXISTS "
         "(SELECT 1 FROM paper o WHERE o.book = p.book AND o.year = p.year AND o.number = p.number - 1)"),
    CheckQuery("paper_amount", "voucher", N_("报账单与现金、银行收付相差 {yuan} 元"),
         "SELECT {voucher}, said.fen - moved.fen " + GAP_FROM),
    CheckQuery("centre_paid", "voucher", N_("付款给{detail}：代理记账是无偿服务"),
         "SELECT {voucher}, MIN(said.who) FROM voucher v JOIN (SELECT j.voucher AS uid, p.payee AS who FROM paper p "
         "JOIN paper_voucher j ON j.paper = p.uid WHERE p.book = :book AND p.direction = '支出' UNION ALL "
         "SELECT w.uid, l.party FROM voucher_line l JOIN voucher w ON w.id = l.voucher WHERE l.book = :book "
         "AND l.party <> '') AS said ON said.uid = v.uid WHERE v.book = :book AND v.state = 'posted' "
         "AND (said.who LIKE '%会计%代理%中心%' OR said.who LIKE '%会计%核算中心%' "
         "OR said.who = (SELECT name FROM office)) AND EXISTS (SELECT 1 FROM voucher_line m WHERE m.voucher = v.id "
         "AND substr(m.account, 1, 3) IN ('101', '102') AND m.debit_fen - m.credit_fen < 0) GROUP BY v.id"),
    CheckQuery("sheet_count", "voucher", N_("附单据数与报账单的张数相差 {detail}"),
         "SELECT {voucher}, v.attachment_count - SUM(d.count) FROM voucher v JOIN paper_voucher j ON j.voucher = v.uid "
         "JOIN document d ON d.paper = j.paper WHERE v.book = :book AND v.state = 'posted' "
         "GROUP BY v.id HAVING v.attachment_count <> SUM(d.count)"),
    CheckQuery("invoice_twice", "document", N_("发票已在 {detail} 报销"),
         "SELECT {paper} || ' ' || d.number, {other} " + INVOICE_FROM + " AND p.book = :book "
         "AND p.state <> 'sent_back'"),
    CheckQuery("image_twice", "document_image", N_("同一张照片也在 {detail}"),
         "SELECT DISTINCT {paper} || ' ' || substr(i.sha256, 1, 12), {other} FROM paper p "
         "JOIN book k ON k.id = p.book JOIN document_image i ON i.paper = p.uid "
         "JOIN document_image e ON e.sha256 = i.sha256 JOIN paper o ON o.uid = e.paper "
         "JOIN book b ON b.id = o.book WHERE p.book = :book AND b.village <> k.village"),
    CheckQuery("same_person", "paper", N_("经手人和证明人都是{detail}"),
         "SELECT {paper}, p.handler FROM paper p WHERE p.book = :book AND p.handler <> '' "
         "AND p.handler = p.witness"),
    CheckQuery("no_image", "paper", N_("已入账，没有照片"),
         "SELECT {paper}, '' FROM paper p WHERE p.book = :book AND p.state = 'booked' "
         "AND NOT EXISTS (SELECT 1 FROM document_image i WHERE i.paper = p.uid)"),
    CheckQuery("receipt_range", "receipt", N_("不在 {detail} 号段内"),
         "SELECT r.receipt_book || '/' || r.number, b.first || '—' || b.last FROM receipt r "
         "JOIN receipt_book b ON b.code = r.receipt_book WHERE b.book = :book "
         "AND (r.number < b.first OR r.number > b.last OR length(r.number) <> length(b.first))"),
    CheckQuery("receipt_twice", "receipt_book", N_("号段与 {detail} 重叠"),
         "SELECT b.code, o.code FROM receipt_book b JOIN receipt_book o ON o.code <> b.code "
         "AND o.first <= b.last AND b.first <= o.last WHERE b.book = :book AND length(o.first) = length(b.first)"),
    CheckQuery("receipt_order", "receipt", N_("日期比前一号 {detail} 早"),
         "SELECT r.receipt_book || '/' || r.number, q.number || '（' || q.day || '）' FROM receipt r "
         "JOIN receipt_book b ON b.code = r.receipt_book JOIN receipt q ON q.receipt_book = r.receipt_book "
         "AND q.number = (SELECT MAX(o.number) FROM receipt o WHERE o.receipt_book = r.receipt_book "
         "AND o.state = 'used' AND o.number < r.number) WHERE b.book = :book AND r.state = 'used' AND r.day < q.day"),
    CheckQuery("receipt_paper", "receipt", N_("没有它的报账单"),
         "SELECT r.receipt_book || '/' || r.number, '' FROM receipt r JOIN receipt_book b ON b.code = r.receipt_book "
         "JOIN book k ON k.id = b.book LEFT JOIN paper p ON p.uid = r.paper "
         "AND (p.book = b.book OR (k.stopped <> '' AND substr(p.day, 1, 7) >= k.stopped)) "
         "WHERE b.book = :book AND r.state <> 'void' AND p.uid IS NULL"),
    CheckQuery("receipt_amount", "paper", N_("报账单金额比所附收据多 {yuan} 元"),
         "SELECT {paper}, p.amount_fen - SUM(r.amount_fen) FROM paper p JOIN receipt r ON r.paper = p.uid "
         "WHERE p.book = :book AND r.state = 'used' AND p.direction = '收入' AND p.state = 'booked' "
         "GROUP BY p.id HAVING SUM(r.amount_fen) <> p.amount_fen"),
)  # fmt: skip
