"""Claims that follow from equations before them: solutions, recursions, stationary points, inverse functions."""
