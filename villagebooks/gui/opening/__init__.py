"""期初建账: every account of an empty book with its balances, what was found at hand-over, the balances that result."""
