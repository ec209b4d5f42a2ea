"""Running: derivations -> results, in several processes, each claim under a budget."""
