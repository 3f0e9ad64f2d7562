"""Rules of the books: frozen records and plain functions over them; the standard library only, no clock, file, database or screen."""
