"""What is asked of the office's posts."""

from __future__ import annotations

from villagebooks.db.check.query import CheckQuery

OFFICE_QUERIES = (
    CheckQuery("duty_conflict", "officer", "又是出纳，又担任{detail}",
         "SELECT c.name, CASE o.duty WHEN 'agent' THEN '代理会计' WHEN 'archivist' THEN '档案员' ELSE '主任' END "
         "FROM officer c JOIN officer o ON o.name = c.name AND o.village = '' "
         "WHERE c.village = '' AND c.duty = 'cashier' AND o.duty IN ('agent', 'archivist', 'director') "
         "AND (c.until = '' OR o.since <= c.until) AND (o.until = '' OR c.since <= o.until)"),
    CheckQuery("post_dates", "officer", "任职到 {detail} 止，却在这以后才开始",
         "SELECT o.name || ' ' || o.duty, o.until FROM officer o WHERE o.until <> '' AND o.until < o.since"),
)  # fmt: skip
