"""What is asked of a book's accounts and of its balance table."""

from __future__ import annotations

from villagebooks.core.words import N_
from villagebooks.db.check.query import CheckQuery

_OVERDRAWN = N_("{days} 天为负，从 {day} 起，最少 {yuan} 元")
_NEGATIVE = """SELECT {name}, COUNT(*) || '|' || MIN(held.day) || '|' || MIN(held.fen)
FROM (SELECT days.account, days.day, SUM(days.moved) OVER (PARTITION BY days.account ORDER BY days.day) AS fen
  FROM (SELECT l.account, l.day, SUM(l.debit_fen - l.credit_fen) AS moved
    FROM voucher_line l JOIN voucher v ON v.id = l.voucher
    WHERE l.book = :book AND l.account >= 'FIRST' AND l.account < 'END' AND v.state = 'posted'
    GROUP BY l.account, l.day) AS days) AS held
JOIN account a ON a.book = :book AND a.code = held.account WHERE held.fen < 0 GROUP BY a.code, a.name"""

BOOK_QUERIES = (
    CheckQuery("book_start", "book", N_("启用月份 {detail} 不是一个月份"),
         "SELECT k.code, k.start_year || '-' || k.start_month FROM book k WHERE k.id = :book "
         "AND (k.start_month NOT BETWEEN 1 AND 12 OR k.start_year NOT BETWEEN 1900 AND 9999)"),
    CheckQuery("account_form", "account", N_("级次或上级（{detail}）与代码不符"),
         "SELECT {name}, a.parent FROM account a LEFT JOIN account p ON p.book = a.book AND p.code = a.parent "
         "WHERE a.book = :book AND (a.level <> (length(a.code) - 1) / 2 "
         "OR a.parent <> CASE WHEN length(a.code) > 3 THEN substr(a.code, 1, length(a.code) - 2) ELSE '' END "
         "OR (a.parent <> '' AND p.code IS NULL))"),
    CheckQuery("account_code", "account", N_("代码“{detail}”不是三位数字加每级两位"),
         "SELECT {name}, a.code FROM account a WHERE a.book = :book AND (length(a.code) < 3 OR length(a.code) % 2 = 0 "
         "OR length(trim(a.code, '0123456789')) > 0)"),
    CheckQuery("split_rest", "account", N_("拆分后还有 {yuan} 元没有转到下级"),
         "SELECT {name}, SUM(ABS(d.fen)) FROM account a JOIN (SELECT b.account, SUM(b.debit_fen - b.credit_fen) AS fen "
         "FROM balance b WHERE b.book = :book AND b.year = {newest} GROUP BY b.account, {parts} "
         "HAVING SUM(b.debit_fen - b.credit_fen) <> 0) d ON d.account = a.code "
         "WHERE a.book = :book AND a.split_on <> '' "
         "AND NOT EXISTS (SELECT 1 FROM voucher v WHERE v.uid = a.split_by AND v.state NOT IN ('posted', 'void')) "
         "GROUP BY a.code, a.name"),
    CheckQuery("stopped_holds", "account", N_("停用以后还有 {yuan} 元"),
         "SELECT {name}, SUM(ABS(d.fen)) FROM account a JOIN (SELECT b.account, SUM(b.debit_fen - b.credit_fen) AS fen "
         "FROM balance b WHERE b.book = :book AND b.year = {newest} GROUP BY b.account, {parts} "
         "HAVING SUM(b.debit_fen - b.credit_fen) <> 0) d ON d.account = a.code "
         "WHERE a.book = :book AND a.stopped_on <> '' AND a.stopped_on <= :today GROUP BY a.code, a.name"),
    CheckQuery("account_leaf", "account", N_("末级的记号与有没有下级不符"),
         "SELECT {name}, '' FROM account a WHERE a.book = :book AND a.leaf = CASE WHEN EXISTS "
         "(SELECT 1 FROM account b WHERE b.book = a.book AND b.parent = a.code) THEN 1 ELSE 0 END"),
    CheckQuery("account_side", "account", N_("没有“{detail}”这种方向"),
         "SELECT {name}, a.side FROM account a WHERE a.book = :book AND a.side NOT IN ('D', 'C', 'B')"),
    CheckQuery("month_sum", "account_balance", N_("借方合计与贷方合计相差 {yuan} 元"),
         "SELECT b.year || '-' || b.month, SUM(b.debit_fen - b.credit_fen) FROM account_balance b "
         "WHERE b.book = :book AND b.month > 0 GROUP BY b.year, b.month "
         "HAVING SUM(b.debit_fen - b.credit_fen) <> 0"),
    CheckQuery("opening_sum", "account_balance", N_("年初借方余额与贷方余额相差 {yuan} 元"),
         "SELECT b.year || ' 年初', SUM(b.debit_fen - b.credit_fen) FROM account_balance b "
         "WHERE b.book = :book AND b.month = 0 GROUP BY b.year HAVING SUM(b.debit_fen - b.credit_fen) <> 0"),
    CheckQuery("carry", "account_balance", N_("年初与上年年末相差 {yuan} 元"),
         "SELECT year || ' ' || account, SUM(fen) FROM ("
         "SELECT year, account, debit_fen - credit_fen AS fen FROM account_balance WHERE book = :book AND month = 0 "
         "AND year > (SELECT MIN(year) FROM account_balance WHERE book = :book) "
         "UNION ALL SELECT year + 1, account, credit_fen - debit_fen FROM account_balance "
         "WHERE book = :book AND year < {newest}) AS both_years "
         "GROUP BY year, account HAVING SUM(fen) <> 0"),
    CheckQuery("wrong_side", "account_balance", N_("余额方向异常，{yuan} 元"),
         "SELECT b.account || ' ' || a.name, SUM(b.debit_fen - b.credit_fen) FROM account_balance b "
         "JOIN account a ON a.book = b.book AND a.code = b.account WHERE b.book = :book "
         "AND {one_side} AND b.year = {newest} "
         "GROUP BY b.account, a.name, a.side "
         "HAVING (a.side = 'D' AND SUM(b.debit_fen - b.credit_fen) < 0) "
         "OR (a.side = 'C' AND SUM(b.debit_fen - b.credit_fen) > 0 AND b.account NOT LIKE '322%')"),
    CheckQuery("cash_negative", "voucher_line", _OVERDRAWN, _NEGATIVE.replace("FIRST", "101").replace("END", "102")),
    CheckQuery("bank_negative", "voucher_line", _OVERDRAWN, _NEGATIVE.replace("FIRST", "102").replace("END", "103")),
    CheckQuery("suspense", "account_balance", N_("年末还有 {yuan} 元没有处理"),
         "SELECT b.year || ' ' || b.account, SUM(b.debit_fen - b.credit_fen) FROM {sums} "
         "AND b.year < {newest} AND substr(b.account, 1, 3) = '181' GROUP BY b.year, b.account "
         "HAVING SUM(b.debit_fen - b.credit_fen) <> 0"),
    CheckQuery("not_transferred", "account_balance", N_("{detail} 个损益、本年收益科目没有结转"),
         "SELECT held.year || ' 年末', COUNT(*) FROM (SELECT b.year, b.account FROM {sums} "
         "AND b.year < {newest} AND (substr(b.account, 1, 1) = '5' OR substr(b.account, 1, 3) = '321') "
         "GROUP BY b.year, b.account HAVING SUM(b.debit_fen - b.credit_fen) <> 0) AS held GROUP BY held.year"),
    CheckQuery("over_worn", "account_balance", N_("累计折旧、摊销比原值多 {yuan} 元"),
         "SELECT pair.worn, -SUM(b.debit_fen - b.credit_fen) FROM (SELECT '152' AS worn, '151' AS cost, '' AS law "
         "UNION ALL SELECT '133', '132', '2023' UNION ALL SELECT '162', '161', '2023') AS pair "
         "JOIN book k ON k.id = :book AND pair.law IN ('', k.standard) "
         "JOIN account_balance b ON b.book = k.id AND b.year = {newest} "
         "AND substr(b.account, 1, 3) IN (pair.worn, pair.cost) "
         "GROUP BY pair.worn HAVING SUM(b.debit_fen - b.credit_fen) < 0"),
)  # fmt: skip
