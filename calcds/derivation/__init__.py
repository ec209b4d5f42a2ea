"""Derivations: read from files, kept as plain data. Runs the author's code, decides nothing."""
