def derivation(*a, **k): return lambda f: f
erratum = derivation
def holds(x): return x
def start(x): return x
