"""Trees as terms: names, functions, sums, derivatives and arrays in every way they may be meant, and what equations define."""
