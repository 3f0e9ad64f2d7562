"""档案: paper for many books at once, and the register of volumes that were lent."""
