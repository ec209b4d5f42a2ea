
"""Growth with depth: the gradient in the first weight of a tanh network with L layers, L = 1..50.

    python benchmarks/gradients/growth.py [--depths 1 2 5 10] [--timeout 60] [--json FILE]

Symbolic sizes n0, n1, ..., nL, squared loss. For each L: time to differentiate, distinct nodes of the
answer (the shared graph), nodes of the answer written out as a tree. Beside it SymPy's own `diff` up to the
depth where it first fails or takes too long, and the number of multiplications when all paths are
enumerated (width 2) against the factored form. At the end the exponent of the growth between the two
largest depths: 1 is linear.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import resource
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import sympy as sp
from sympy.core.cache import clear_cache

DEPTHS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 30, 40, 50)
WIDTH = 2


def network(depth: int) -> tuple[Any, Any]:
    """Half the squared distance of the output from y, and the first weight."""
    sizes = sp.symbols(f"n0:{depth + 1}", integer=True, positive=True)
    u = sp.Dummy("u", real=True)
    a = sp.MatrixSymbol("x", sizes[0], 1)
    weights = [sp.MatrixSymbol(f"W{q}", sizes[q], sizes[q - 1]) for q in range(1, depth + 1)]
    for q, weight in enumerate(weights, start=1):
        a = (weight*a + sp.MatrixSymbol(f"b{q}", sizes[q], 1)).applyfunc(sp.Lambda(u, sp.tanh(u)))
    error = a - sp.MatrixSymbol("y", sizes[depth], 1)
    return sp.Rational(1, 2)*error.T*error, weights[0]


def nodes(expr: Any) -> tuple[int, int]:
    """Distinct nodes, and nodes of the tree written out; without walking the tree."""
    counts: dict[Any, int] = {}
    stack = [expr]
    while stack:
        node = stack[-1]
        missing = [arg for arg in node.args if arg not in counts]
        if missing:
            stack.extend(missing)
        else:
            counts[stack.pop()] = 1 + sum(counts[arg] for arg in node.args)
    return len(counts), counts[expr]


def path_multiplications(depth: int, width: int = WIDTH) -> tuple[int, int]:
    """Multiplications for the gradient of all layers: one product for each path, and factored.

    A weight of layer k is joined to the error by width^(depth - k) paths for a fixed end; each path is a
    product of 2 (depth - k) + 2 factors and the activation below.
    """
    every = sum(width*width*width**(depth - q)*(2*(depth - q) + 2) for q in range(1, depth + 1))
    factored = width + (depth - 1)*(width*width + width) + depth*width*width
    return every, factored


def measured(method: str, depth: int, pipe: Any) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20_000)
    try:
        expr, x = network(depth)
        differentiate = _method(method)
        clear_cache()
        start = time.process_time()
        answer = differentiate(expr, x)
        seconds = time.process_time() - start
        answer = answer._sympy_() if hasattr(answer, "_sympy_") else answer
        shared, tree = nodes(answer)
        pipe.send({"seconds": seconds, "shared": shared, "tree": tree})
    except Exception as error:  # noqa: BLE001  (every exception is a result here, none is hidden)
        pipe.send({"error": f"{type(error).__name__}: {' '.join(str(error).split())[:80]}"})


def _method(name: str) -> Callable[[Any, Any], Any]:
    if name == "sympy":
        return sp.diff
    import calcds
    if name == "calcds, unverified":
        return lambda expr, x: calcds.gradient(expr, x, verify=False)
    return calcds.gradient


def ask(method: str, depth: int, timeout: float) -> dict[str, Any]:
    """One measurement in a process of its own, killed after `timeout` seconds."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=measured, args=(method, depth, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(timeout) else {"error": f"more than {timeout:g} s"}
    except EOFError:
        return {"error": "the process died"}
    finally:
        process.kill()
        process.join()


def cell(result: dict[str, Any] | None) -> str:
    if result is None:
        return f"{'':34}"
    if "error" in result:
        return f"{result['error']:34.34}"
    return f"{1000*result['seconds']:10.1f} ms {result['shared']:8} {result['tree']:11}"


def exponent(rows: dict[int, dict[str, Any]], key: str) -> str:
    done = sorted(depth for depth, result in rows.items() if "error" not in result)
    if len(done) < 2:
        return "-"
    low, high = done[len(done) // 2 - 1] if len(done) > 2 else done[0], done[-1]
    return f"{math.log(rows[high][key] / rows[low][key]) / math.log(high / low):.2f} (L = {low} to {high})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--depths", type=int, nargs="+", default=list(DEPTHS))
    parser.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--no-verify", action="store_true", help="also time calcds with verify=False")
    options = parser.parse_args()
    methods = ["calcds", *(["calcds, unverified"] if options.no_verify else []), "sympy"]
    table: dict[str, dict[int, dict[str, Any]]] = {method: {} for method in methods}
    print(f"{'L':>3} " + " ".join(f"{method + ': time, shared, tree':>34}" for method in methods)
          + f" {'all paths':>18} {'factored':>9}")
    for depth in options.depths:
        cells = []
        for method in methods:
            earlier = table[method].values()
            stopped = sum("error" in result for result in earlier) >= 2
            if not stopped:
                table[method][depth] = ask(method, depth, options.timeout)
            cells.append(cell(None if stopped else table[method][depth]))
        every, factored = path_multiplications(depth)
        print(f"{depth:3} " + " ".join(cells) + f" {every:18} {factored:9}", flush=True)
    for method in methods:
        if any("error" not in result for result in table[method].values()):
            print(f"{method}: exponent of time {exponent(table[method], 'seconds')}, "
                  f"of the shared graph {exponent(table[method], 'shared')}")
    if options.json:
        options.json.write_text(json.dumps(table, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
