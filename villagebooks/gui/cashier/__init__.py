"""出纳: the bank reconciled with its statements, the cash counted."""
