"""Checks of the benchmark itself; calcds is not involved.

    python benchmarks/gradients/check_truth.py [--group NAME]

For each case and both settings of sizes:

    value      the SymPy expression, in plain words and evaluated by `evaluator.py`, equals the truth function
    step       the complex step equals central differences of the truth (three Richardson levels)
    textbook   the textbook form equals the numerical derivative
    zero       the derivative is not 0 at both points, unless the textbook form says 0

Exit code 1 when one of them fails.
"""

from __future__ import annotations

import argparse
import sys
import traceback

import numpy as np
import truth
from cases import CASES
from evaluator import evaluate
from model import SIZES, Case
from textbook import value
from words import Plain

DIFFERENCES = 1e-6          # Richardson differences leave about 1e-10; anything above is a real difference


def distance(left: object, right: object) -> float:
    """Largest difference over max(1, largest entry); infinite when the shapes differ."""
    one, two = (np.atleast_2d(np.asarray(side, dtype=float)) for side in (left, right))
    if one.shape != two.shape:
        return np.inf
    gap = np.max(np.abs(one - two), initial=0.0)
    return float(gap / max(1.0, np.max(np.abs(two), initial=0.0))) if np.isfinite(gap) else np.inf


def faults(case: Case) -> list[str]:
    found, largest = [], 0.0
    expr, variable = case.build(Plain())
    for setting in range(len(SIZES)):
        arrays, f = case.arrays(expr, setting), case.function(setting)
        checks = {"value": distance(evaluate(expr, arrays, SIZES[setting]), f(**arrays))}
        wanted = truth.derivative(case.kind, f, arrays, variable.name)
        largest = max(largest, float(np.max(np.abs(wanted))))
        if case.kind == "hessian":
            checks["symmetric"] = distance(wanted, wanted.T)
        stepped = truth.first(f, arrays, variable.name)
        checks["step"] = distance(stepped, truth.richardson(f, arrays, variable.name))
        if case.textbook:
            names = {**arrays, **{q.name: size for q, size in SIZES[setting].items()}}
            text = value(case.textbook, names)
            checks["textbook"] = distance(text, wanted)
        found += [f"{name} differs by {gap:.1e} (sizes {setting + 1})" for name, gap in checks.items()
                  if not gap < DIFFERENCES]
    if largest == 0.0 and not case.textbook.startswith(("0", "zeros")):
        found.append("the derivative is 0 at both points: draw others")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--group", action="append")
    chosen = parser.parse_args().group
    bad = 0
    cases = [case for case in CASES if not chosen or case.group in chosen]
    for case in cases:
        try:
            found = faults(case)
        except Exception as error:  # noqa: BLE001  (every exception is a result here, none is hidden)
            found = [f"{type(error).__name__}: {error}",
                     traceback.format_exc().strip().splitlines()[-3].strip()]
        if found:
            bad += 1
            print(f"{case.group}/{case.id}: " + "; ".join(found))
    print(f"{len(cases)} cases, {bad} with faults")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
