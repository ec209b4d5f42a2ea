"""Array code from terms: NumPy functions, and text for NumPy, JAX and PyTorch.

    function_of(terms, arguments)    straight-line code with shared parts, compiled

Imports: calcds.expr, calcds.diff.
"""
