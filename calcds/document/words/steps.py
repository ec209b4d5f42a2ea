r"""Steps of a recurrence: what is said of h_t said of h_3 and of h_{t+1}.

    h_t = \tanh(w h_{t-1} + u x_t)   says, for every t,   h_3 = \tanh(w h_2 + u x_3),   h_{t+1} = \tanh(w h_t + u x_{t+1})

It takes a formula in which its own name stands with another step. Then all formulas with this letter below are about every
step: `o_t = v h_t`.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from calcds.document.source.keys import full_key
from calcds.document.source.latex import Node
from calcds.document.source.names import names_in, shown
from calcds.document.words.shapes import resized
from calcds.expr.term import DERIVATIVES, Term, subterms

_STEP = re.compile(r"^(?P<base>.+)_(?:(?P<letter>[a-z])(?P<shift>[+-][0-9]+)?|(?P<number>[0-9]))$")
_MOST = 6  # steps that are worked out


@dataclass(frozen=True, slots=True)
class Step:
    """`t - 1`, or 3."""

    letter: str  # "" for a number
    shift: int

    def of(self, base: str) -> str:
        """The key of a name at this step."""
        return f"{base}_{self.letter}{f'{self.shift:+d}' if self.shift else ''}" if self.letter else f"{base}_{self.shift}"


def _parted(key: str) -> tuple[str, Step] | None:
    found = _STEP.fullmatch(key)
    if found is None:
        return None
    if found["number"]:
        return found["base"], Step("", int(found["number"]))
    return found["base"], Step(found["letter"], int(found["shift"] or 0))


def instances(table: Mapping[str, tuple[Term, Term]], nodes: Sequence[Node]) -> Iterator[tuple[str, Term, Term]]:
    """What recurrences say of the steps of a chain: key, symbol and body of each.

    table: symbol and formula of the names that have one
    """
    letters = {step.letter for key, (_, body) in table.items() if (step := _recurring(key, body)) is not None}
    if not letters:
        return
    keys = {full_key(name) for node in nodes for name in names_in(node)}
    keys |= {str(s.data[0]) for key, (_, body) in table.items() if key in keys for s in body.free}
    here = {parted for key in keys if (parted := _parted(key)) is not None}
    for key, (symbol, body) in table.items():
        parted = _parted(key)
        if parted is None or parted[1].letter not in letters or any(t.head in DERIVATIVES for t in subterms(body)):
            continue
        base, own = parted
        for step in _between(one for _, one in here if one.letter in {"", own.letter}):
            to = Step(step.letter, step.shift - own.shift)
            if (made := _moved(symbol, body, own.letter, to)) is not None and step != own:
                yield step.of(base), *made


def _recurring(key: str, body: Term) -> Step | None:
    """The step of a name in whose formula the name stands with another step; None for any other."""
    parted = _parted(key)
    if parted is None or not parted[1].letter:
        return None
    base, own = parted
    others = [step for s in body.free if (found := _parted(str(s.data[0]))) is not None and found[0] == shown(base)
              for step in (found[1],)]  # fmt: skip
    return own if any(step.letter == own.letter and step != own for step in others) else None


def _between(steps: Iterable[Step]) -> Iterator[Step]:
    """Some steps, and those between them; numbers from 1 on."""
    shifts: dict[str, set[int]] = {}
    for step in steps:
        shifts.setdefault(step.letter, set()).add(step.shift)
    for letter, found in sorted(shifts.items()):
        first = min(found) if letter else 1
        if max(found) - first < _MOST:
            yield from (Step(letter, shift) for shift in range(first, max(found) + 1))


def _moved(symbol: Term, body: Term, letter: str, to: Step) -> tuple[Term, Term] | None:
    """A formula with its letter replaced; None where it would be about a step before the first one."""
    names: dict[str, str] = {}
    for s in body.free | {symbol}:
        parted = _parted(str(s.data[0]))
        if parted is None or parted[1].letter != letter:
            continue
        shift = parted[1].shift + to.shift
        if not to.letter and shift < 0:
            return None
        names[str(s.data[0])] = Step(to.letter, shift).of(parted[0])
    return resized(symbol, lambda n: n, names), resized(body, lambda n: n, names)
