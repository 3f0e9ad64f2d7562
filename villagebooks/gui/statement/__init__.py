"""报表: statements of a book and of the township, the year's notes, covers."""
