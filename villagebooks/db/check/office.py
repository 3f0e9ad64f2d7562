"""What is asked of the office's posts, agreements and whistles."""

from __future__ import annotations

from villagebooks.core.words import N_
from villagebooks.db.check.query import CheckQuery

OFFICE_QUERIES = (
    CheckQuery("duty_conflict", "officer", N_("又是出纳，又担任{detail}"),
         "SELECT c.name, CASE o.duty WHEN 'agent' THEN '代理会计' WHEN 'archivist' THEN '档案员' ELSE '主任' END "
         "FROM officer c JOIN officer o ON o.name = c.name AND o.village = '' "
         "WHERE c.village = '' AND c.duty = 'cashier' AND o.duty IN ('agent', 'archivist', 'director') "
         "AND (c.until = '' OR o.since <= c.until) AND (o.until = '' OR c.since <= o.until)"),
    CheckQuery("agreement_overlap", "agreement", N_("与协议 {detail} 的期限重叠"),
         "SELECT a.number, b.number FROM agreement a JOIN agreement b ON b.village = a.village AND b.uid > a.uid "
         "WHERE a.since <= CASE WHEN b.ended_on <> '' THEN b.ended_on WHEN b.until <> '' THEN b.until ELSE '9999' END "
         "AND b.since <= CASE WHEN a.ended_on <> '' THEN a.ended_on WHEN a.until <> '' THEN a.until ELSE '9999' END"),
    CheckQuery("agreement_missing", "village", N_("今天没有有效的委托代理协议"),
         "SELECT v.code || ' ' || v.name, '' FROM village v WHERE EXISTS (SELECT 1 FROM agreement) "
         "AND v.successor = '' AND NOT EXISTS (SELECT 1 FROM agreement a WHERE a.village = v.code "
         "AND a.since <= :today AND (a.until = '' OR a.until >= :today) "
         "AND (a.ended_on = '' OR a.ended_on >= :today))"),
    CheckQuery("whistle_form", "whistle", N_("吹哨的登记不成样子：期限 {detail}"),
         "SELECT w.uid, w.due FROM whistle w WHERE w.matter = '' OR w.from_level = w.to_level "
         "OR w.due < substr(w.raised_at, 1, 10) OR (w.answered_at <> '') <> (w.answer <> '')"),
    CheckQuery("whistle_late", "whistle", N_("到 {detail} 没有答复"),
         "SELECT w.village || ' ' || w.matter, w.due FROM whistle w WHERE w.answered_at = '' AND w.due < :today"),
    CheckQuery("loan_form", "archive_loan", N_("借阅的登记不成样子：{detail}"),
         "SELECT l.borrower, l.uid FROM archive_loan l WHERE l.borrower = '' OR l.approved_by = '' "
         "OR l.due_on < l.out_on OR (l.returned_on <> '' AND l.returned_on < l.out_on) "
         "OR (l.returned_on <> '') <> (l.condition <> '') "
         "OR NOT EXISTS (SELECT 1 FROM archive_volume v WHERE v.loan = l.uid)"),
    CheckQuery("loan_late", "archive_loan", N_("应在 {detail} 归还，还没有还"),
         "SELECT l.unit || ' ' || l.borrower, l.due_on FROM archive_loan l "
         "WHERE l.returned_on = '' AND l.due_on < :today"),
    CheckQuery("volume_lent_twice", "archive_loan", N_("{detail}也借了同一册，两次都没有归还"),
         "SELECT l.unit || ' ' || l.borrower, m.unit || ' ' || m.borrower FROM archive_volume v "
         "JOIN archive_volume w ON (w.book, w.kind, w.year, w.month, w.number) "
         "= (v.book, v.kind, v.year, v.month, v.number) AND w.loan > v.loan "
         "JOIN archive_loan l ON l.uid = v.loan AND l.returned_on = '' "
         "JOIN archive_loan m ON m.uid = w.loan AND m.returned_on = ''"),
    CheckQuery("post_without_list", "officer", N_("{detail} 离任，没有办结的移交清单"),
         "SELECT o.name || ' ' || o.duty, o.until FROM officer o WHERE o.until <> '' "
         "AND (o.duty IN ('cashier', 'agent', 'archivist') OR o.duty LIKE '%报账员%') AND NOT EXISTS "
         "(SELECT 1 FROM post_change c WHERE c.old = o.uid AND c.state = 'done') "
         "AND NOT EXISTS (SELECT 1 FROM officer n WHERE n.former = o.uid AND n.name <> o.name AND n.duty = o.duty "
         "AND n.village = o.village AND n.since > o.until)"),
    CheckQuery("post_waits", "post_change", N_("{detail} 记下的移交清单还没有办结"),
         "SELECT c.giver || ' ' || c.duty, c.day FROM post_change c WHERE c.state = 'open' AND c.day < :today"),
    CheckQuery("two_reporters", "officer", N_("与{detail}同时是报账员"),
         "SELECT o.village || ' ' || o.name, n.name FROM officer o JOIN officer n "
         "ON n.village = o.village AND n.uid > o.uid AND n.duty LIKE '%报账员%' WHERE o.village <> '' "
         "AND o.duty LIKE '%报账员%' AND o.since <= :today AND n.since <= :today "
         "AND (o.until = '' OR o.until > :today) AND (n.until = '' OR n.until > :today)"),
    CheckQuery("post_dates", "officer", N_("任职到 {detail} 止，却在这以后才开始"),
         "SELECT o.name || ' ' || o.duty, o.until FROM officer o WHERE o.until <> '' AND o.until < o.since"),
)  # fmt: skip
