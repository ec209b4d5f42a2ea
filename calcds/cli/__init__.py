"""Commands: thin fronts, no mathematics."""
