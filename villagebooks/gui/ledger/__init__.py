"""账簿: trial balance and ledgers on screen."""
