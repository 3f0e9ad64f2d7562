"""One function per act of a person, one transaction per act; they refuse with problems and never touch the screen."""
