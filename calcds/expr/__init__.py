"""The language of the blackboard: unevaluated terms with shapes and kinds, their text, LaTeX and SymPy readings."""
