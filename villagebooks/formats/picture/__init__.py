"""Pictures of papers as they are kept: what a camera or scanner hands over, made clean, upright and small enough."""
