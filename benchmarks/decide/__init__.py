"""The benchmark of the decider: true identities, false ones made from them, and the table."""
