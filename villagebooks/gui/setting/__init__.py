"""设置: the centre's people and keys, its books, what stands on every sheet, the look, and the check of the books."""
