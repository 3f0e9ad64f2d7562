"""Keys, signed notes, containers, sealing: the only floor that touches a cryptographic primitive."""
