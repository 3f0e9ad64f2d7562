"""SQLAlchemy Core tables and one module of functions per subject; rows stay here, frozen records leave."""
