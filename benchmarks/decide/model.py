"""What a row is, and the list of all rows.

A row is one true claim: a builder of (left, right) or (left, right, hypotheses), and where the claim stands
in print. Builders are functions, so that importing the tables builds nothing.

Imports: SymPy only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import sympy as sp

Claim = tuple[sp.Basic, sp.Basic, tuple[Any, ...]]

#: group -> module of rows, in the order of the table
GROUPS = {
    "polynomial": "rows_algebra",
    "exp-log-powers": "rows_explog",
    "trigonometric": "rows_trig",
    "kinks": "rows_kinks",
    "derivatives": "rows_derivatives",
    "integrals": "rows_integrals",
    "limits": "rows_limits",
    "sums": "rows_sums",
    "functions": "rows_functions",
    "activations": "rows_activations",
    "softmax": "rows_softmax",
    "matrices": "rows_matrices",
    "probability": "rows_probability",
    "numbers": "rows_numbers",
    "claims": "rows_claims",
}


SLIPS = "rows_slips"  # claims that are false as written


@dataclass(frozen=True, slots=True)
class Row:
    """One claim: true, but for those of `rows_slips`.

    id:     "trig-012"; tables are only appended to, so that ids stay
    build:  () -> (left, right) or (left, right, *hypotheses)
    cite:   where the claim stands
    """

    id: str
    group: str
    build: Callable[[], Sequence[Any]]
    cite: str

    def claim(self) -> Claim:
        """The two sides and the hypotheses, freshly built."""
        left, right, *given = self.build()
        return sp.sympify(left), sp.sympify(right), tuple(given)


Entry = tuple[str, Callable[[], Sequence[Any]]]


def table(group: str, prefix: str, entries: Sequence[Entry]) -> tuple[Row, ...]:
    """Rows of one group, numbered in order."""
    return tuple(Row(f"{prefix}-{n:03d}", group, build, cite) for n, (cite, build) in enumerate(entries, 1))


def slips(group: str | None = None) -> tuple[Row, ...]:
    """The rows that are false as written."""
    return tuple(row for row in import_module(f"benchmarks.decide.{SLIPS}").ROWS if group in (None, row.group))


def rows(group: str | None = None) -> tuple[Row, ...]:
    """All true rows, or those of one group."""
    names = [group] if group else list(GROUPS)
    return tuple(row for name in names for row in import_module(f"benchmarks.decide.{GROUPS[name]}").ROWS)
