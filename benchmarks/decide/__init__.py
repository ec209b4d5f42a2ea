"""The benchmark of the decider: true identities with their sources, false ones made from them, and the
table."""
