"""Rules of the books: frozen records and plain functions; only the standard library, no clock, file or screen."""
