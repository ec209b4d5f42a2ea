"""A fuzzer for the exact decider: random claims, and certified numbers as the referee."""
