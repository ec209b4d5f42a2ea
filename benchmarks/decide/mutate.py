"""Make the false rows: `python -m benchmarks.decide.mutate [--per-row 3] [--group G] [--verify]`.

Of the changes of every true row (`mutations.py`) those are kept that are confirmed false by the evaluator of this
folder, which shares no code with calcds: at two points of the stated domain (one, if nothing is free in the claim) the
sides differ by more than 1e-15, worked out with 50 digits and again with 70 (1e-6, 20 and 30 digits where quadrature,
limits or infinite series take part). The rest is dropped. The ids go to `mutants.json`; rows are rebuilt from them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import signal
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mpmath
import sympy as sp

from benchmarks.decide.compare import TROUBLE, digits_for, gap, is_rough
from benchmarks.decide.model import GROUPS, Claim, Row, rows, slips
from benchmarks.decide.mutations import candidates
from benchmarks.decide.point import Point, points

STORE = Path(__file__).with_name("mutants.json")
SEED = 20261
RARE = ("transpose", "order", "index", "bound", "case", "relation")  # tried before signs and factors


class TooLong(Exception):
    """A candidate that takes more than its seconds is dropped."""


def alarm(_signal: int, _frame: Any) -> None:
    raise TooLong


def differs(claim: Claim, point: Point, least: float) -> bool | None:
    """Whether the sides differ at the point, at both precisions; None if one is undefined there."""
    low, high = digits_for(claim)
    try:
        first, second = gap(claim, point, low), gap(claim, point, high)
    except TROUBLE:
        return None
    if first == second == mpmath.inf:
        return True
    return bool(first > least and second > least and abs(first - second) < 1e-3 * second)


def confirmed(claim: Claim, name: str, *, small: bool, least: float = 1e-15) -> bool:
    """Whether the claim is false at two points of its domain (at one, if nothing is free)."""
    free = any(sp.sympify(side).free_symbols for side in claim[:2])
    drawn = points(claim, name, 16 if free else 1, small=small)
    least = 1e-6 if is_rough(claim) else least
    found = 0
    for point in drawn:
        found += differs(claim, point, least) is True
        if found >= min(2, len(drawn)):
            return True
    return False


def chosen(row: Row, count: int) -> list[str]:
    """Ids of confirmed changes: dropped hypotheses first, then as many different kinds as there are."""
    every = list(candidates(row))
    generator = random.Random(zlib.crc32(f"{SEED}/{row.id}".encode()))
    generator.shuffle(every)
    used: Counter[str] = Counter()
    kept: list[str] = []
    seen: set[Any] = {row.claim()}
    rank = {kind: generator.random() for kind in sorted({kind_of(name) for name, _ in every})}
    rank |= {kind: rank[kind] - 1 for kind in RARE if kind in rank}
    rank |= {"hypothesis": -3.0, "assumption": -2.0, "offset": 2.0}
    waiting = every
    while waiting and len(kept) < count:
        waiting.sort(key=lambda c: (used[kind_of(c[0])], rank[kind_of(c[0])]))  # kinds used least come first
        name, build = waiting.pop(0)
        used[kind_of(name)] += 1
        signal.alarm(15)
        try:
            claim = build()
            if claim not in seen and confirmed(claim, name, small=row.group in ("claims", "kinks")):
                kept.append(name)
            seen.add(claim)
        except Exception:  # noqa: BLE001, S112  (a change that does not build or takes long is no row)
            continue
        finally:
            signal.alarm(0)
    return kept


def kind_of(name: str) -> str:
    return name.partition("/")[2].partition("@")[0]


def stamp(claim: Claim) -> str:
    """A short sum of a claim, by which a rebuilt mutant is known to be the one that was confirmed."""
    text = " ".join(sp.srepr(sp.sympify(p)) for p in (*claim[:2], *claim[2]))
    text = re.sub(r"dummy_index=\d+", "", text)  # counted up by SymPy as a process goes on
    return f"{zlib.crc32(text.encode()):08x}"


def build_of(name: str, row: Row) -> Claim:
    """Rebuild one mutant."""
    if name == row.id:
        return row.claim()
    for candidate, build in candidates(row):
        if candidate == name:
            return build()
    raise KeyError(name)


def stored(group: str | None = None) -> Iterator[tuple[str, Row, str]]:
    """(id, the row it comes from, stamp) of every false row: the confirmed mutants, then the slips, without a stamp."""
    by_id = {row.id: row for row in rows(group)}
    for name, mark in json.loads(STORE.read_text())["mutants"].items():
        row = by_id.get(name.partition("/")[0])
        if row is not None:
            yield name, row, mark
    for row in slips(group):
        yield row.id, row, ""


def verify() -> int:
    """Rebuild and confirm every false row; number of those that are not what they were."""
    bad = 0
    for name, row, mark in stored():
        claim = build_of(name, row)
        least = 1e-15 if mark else 1e-35  # slips may differ by very little
        sure = confirmed(claim, name, small=row.group in ("claims", "kinks"), least=least)
        if mark not in ("", stamp(claim)) or not sure:
            bad += 1
            print("not reproduced:", name)
    return bad


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--group", choices=list(GROUPS))
    parser.add_argument("--per-row", type=int, default=3)
    parser.add_argument("--verify", action="store_true")
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, alarm)
    if options.verify:
        return int(verify() > 0)
    old = json.loads(STORE.read_text())["mutants"] if options.group and STORE.exists() else {}
    kept: dict[str, str] = {}
    for row in rows():
        if options.group in (None, row.group):
            names = chosen(row, options.per_row)
            kept |= {name: stamp(build_of(name, row)) for name in names}
            if not names:
                print(f"{row.id}: no change could be confirmed false")
        else:
            kept |= {name: mark for name, mark in old.items() if name.startswith(row.id + "/")}
    STORE.write_text(json.dumps({"seed": SEED, "mutants": kept}, indent=0) + "\n")
    print(len(kept), "false rows;", dict(Counter(kind_of(name) for name in kept).most_common()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
