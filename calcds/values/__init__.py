"""Terms as numbers at explicit small sizes: the second reading of a derivation."""
