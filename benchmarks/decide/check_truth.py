"""Check every true row numerically: `python -m benchmarks.decide.check_truth [--group G] [--points N]`.

Independent of calcds. A row must agree at all points of its domain at which both sides are defined, to 30
digits (10 where quadrature, limits or infinite series take part), and be defined at one point at least.
Exit status 1 if one is not.
"""

from __future__ import annotations

import argparse
import sys
import time

import mpmath

from benchmarks.decide.compare import TROUBLE, digits_for, gap, is_rough
from benchmarks.decide.model import GROUPS, Row, rows
from benchmarks.decide.point import points


def check(row: Row, count: int) -> tuple[str, int]:
    """("" or what is wrong, number of points at which both sides are defined)."""
    try:
        claim = row.claim()
    except Exception as error:  # noqa: BLE001  (a builder that fails is a finding, whatever it raises)
        return f"does not build: {error!r}", 0
    rough = is_rough(claim)
    good, why = 0, ""
    small = row.group in ("claims", "kinks")
    for point in points(claim, row.id, min(count, 3) if rough else count, small=small):
        try:
            apart = gap(claim, point, digits_for(claim)[-1])
        except TROUBLE as error:
            why = repr(error)
            continue
        if apart > mpmath.mpf(10) ** (-9 if rough else -28):
            return f"apart by {mpmath.nstr(apart, 5)} at { {str(k): str(v) for k, v in point.numbers.items()} }", good
        good += 1
    return ("" if good else f"no point: {why}"), good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--group", choices=list(GROUPS))
    parser.add_argument("--points", type=int, default=8)
    options = parser.parse_args()
    bad = identical = total = 0
    for row in rows(options.group):
        start = time.perf_counter()
        wrong, _ = check(row, options.points)
        total += 1
        if wrong:
            bad += 1
            print(f"{row.id}: {wrong}  [{row.cite}]")
            continue
        left, right, _ = row.claim()
        if left == right:
            identical += 1
            print(f"{row.id}: both sides are the same object: {left}")
        if time.perf_counter() - start > 10:
            print(f"{row.id}: slow, {time.perf_counter() - start:.0f} s")
    print(f"{total} rows, {bad} bad, {identical} with two identical sides")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
