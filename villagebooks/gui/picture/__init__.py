"""Pictures of papers on the screen: small and large, edited, taken from folders, clipboards and drops."""
