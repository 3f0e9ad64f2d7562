"""The villagers' page: reads a query file, nothing else."""
