"""设置 → 科目: the chart of the book in hand with its acts, divisions, the register of bank accounts."""
