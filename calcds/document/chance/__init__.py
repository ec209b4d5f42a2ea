"""Random variables: their laws and moments, events, entropies, and the sentences that speak of them."""
