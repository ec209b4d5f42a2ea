r"""Values of which the words around say that a derivative vanishes there, or an expression: "$f$ is minimal at $x = 3$".

    Setting $\nabla L(w) = -2 X^T (y - X w)$ to zero gives        \hat w = (X^T X)^{-1} X^T y
    the maximum likelihood estimate of $\lambda$ is               \hat\lambda = n / \sum_i x_i
    The roots of $x^2 - 5x + 6$ are                               x_1 = 2
    $\ell'(\lambda) = n/\lambda - \sum_i x_i$, so that               \hat\lambda = 1 / \bar x

Such an equation looks like a definition, and is a claim about a function f of the section, or an expression of the sentence:
with the value put in, the gradient of f in each variable that has a value so far is 0. It is proved where that holds. It is
called wrong where it does not hold and would with a small change of the value; nowhere else, since the words may be about
another function, or the least value may lie on the boundary of what is allowed.

Imports: calcds.decide, calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from calcds.decide.clock import Deadline
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.chains import Reading
from calcds.document.source.differentials import quotients
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import ALL, letter_of, named, opened, script, text_of
from calcds.document.source.raw import Unread
from calcds.document.weighing.agreeing import Clash, agreeing
from calcds.document.weighing.deciding import Decider
from calcds.document.weighing.evidence import holds
from calcds.document.weighing.repair import parts_of, repairs
from calcds.document.words.heads import key_of
from calcds.document.words.randomness import full_of, is_running
from calcds.document.words.scope import Scope
from calcds.errors import CalcdsError
from calcds.expr import operators as op
from calcds.expr.kinds import INDEX
from calcds.expr.term import ONE, ZERO, Term, as_term, entry, same_shape, size, substitute, subterms

PATIENCE = 8.0  # seconds for a change that would be right, far more than it takes
MOST = 3  # functions of a section, the latest ones
_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}
_POINT = (
    r"(?:vanish\w*|zeros?|minim\w+|maxim\w+|extrem\w+|critical|stationary|optim\w+|saddle\w*|attained|argmin|argmax|MLE|MAP|"
    r"(?:maximum|greatest)[ -]likelihood|least[ -]squares (?:estimat\w+|solution|fit)|roots?|first[ -]order conditions?)"
)
_BEFORE = re.compile(rf"\b{_POINT}\b(?P<rest>[^.;:]*)[:,]?\s*$", re.IGNORECASE)
_BEHIND = re.compile(
    rf"[\s$)\\\]]*,?\s*(?:which\s+)?(?:is\s+(?:the\s+|a\s+|an\s+|its\s+)?(?:\w+\s+)?{_POINT}|(?:minimi|maximi)[sz]es)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:at|near|around|about|above|below|beyond|from|of|than)\s+zero\b", re.IGNORECASE)  # 0 as a place
_ELSEWHERE = re.compile(  # words that speak of another point, or of another function than the one that is known
    r"\b(?:start\w*|initial\w*|near|close|around|step|begin\w*|guess|instead|not|value is|values? of|from|rate|if|subject|"
    r"constrain\w*|until|towards?|iterat\w+|second|third|other|both|latter|former|sum|difference|product|curvature|"
    r"distance|average)\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"\b(?:start\w*|initial\w*|begin\w*|from|until)\b[^.;]{0,15}$", re.IGNORECASE)  # "started at zero"
_STEPS = re.compile(r"\b(?:newton|bisection|secant|search|descent|algorithm|iterat\w+)\b", re.IGNORECASE)
BOUNDED = re.compile(
    r"\b(?:subject to|constraints?|constrained|s\.t\.|boundary|endpoints?|interval|feasible|projected|penalt\w+|"
    r"regulari[sz]\w+|prior|weighted|restrict\w+|capacity|budget|limit\w*|at (?:most|least)|whole (?:numbers?|units?)|"
    r"integers?|"
    r"multiples?|integral|discrete|non-?negative|domain|range|available|fixed|between|ends?|edges?|corners?|circle|"
    r"sphere|ellipse|dis[ck]|simplex|along|bias\w*|unbiased|"
    r"corrected|correction|smooth\w*|adjusted|early stopping|decay|tax\w*|instead)\b|\\in\s*(?:\[|\\left\[)|"
    r"\\[lg]eq?\b|\\[lg]eqslant|(?<!\\)[<>]|\bon \$?\[",
    re.IGNORECASE,
)
_ZERO_OF = re.compile(r"\b(?:roots?|zeros?|gradients?|derivatives?|slopes?|score)\b[^.;]*$", re.IGNORECASE)
_VANISHES = re.compile(r"\b(?:roots?|zeros?|vanish\w*)\b[^.;]*$", re.IGNORECASE)
_SLOPE = re.compile(
    r"\b(?:gradients?|derivatives?|slopes?|score|setting|minim\w+|maxim\w+|critical|stationary|extrem\w+|optim\w+|likelihood|equat\w+|conditions?|solv\w+)\b",
    re.IGNORECASE,
)
_Places = tuple[Term, dict[str, Term], dict[str, Term]]
Read = Callable[[Sequence[Node]], Reading]


@dataclass(frozen=True, slots=True)
class _Target:
    """What is to be stationary, or zero."""

    body: Term
    said: str
    zero: bool = False  # the body itself is to be zero

    def claimed(self, what: str) -> str:
        """What is said of it: `what` is "is 0" or "is not 0"."""
        return f"{self.said}: {'it' if self.zero else 'its derivative'} {what} there"


@dataclass(slots=True)
class Stationary:
    """The values that a section finds, by the letter of their name."""

    scope: Scope
    decider: Decider
    read: Read
    section: int = -1
    found: dict[str, Term] = field(default_factory=dict)
    said: set[tuple[str, Term]] = field(default_factory=set)  # all values

    def asks(self, words: str, behind: str) -> bool:
        """Whether the words around an equation say that it gives a point at which something vanishes."""
        said = _PLACE.sub(" there ", words[-160:])
        before = None if _STEPS.search(words) else _BEFORE.search(said)
        before = None if before is not None and _BEGINS.search(said[: before.start()]) else before
        return (before is not None and not _ELSEWHERE.search(before["rest"])) or _BEHIND.match(behind) is not None

    def verdict(self, pairs: Sequence[tuple[Node, Node]], words: str, lately: str,
                expressions: Sequence[Node]) -> Verdict | None:  # fmt: skip
        """What comes of names with their values in words that ask for them; None where nothing is known of which they speak.

        words: of the sentence, before the equation
        lately: what the section said
        expressions: that stand alone in the sentence, the last one first
        """
        if self.section != self.scope.section:
            self.section, self.found, self.said = self.scope.section, {}, set()
        now: dict[str, Term] = {}
        for name, value in pairs:
            key, reading = named(name), self.read([name, value])
            pair = reading.pair(0)
            if key is None or is_running(full_of(key)) or pair is None or reading.doubts_of(0):
                return None
            now[letter_of(key.base)] = pair[1]
        before = {letter: value for letter, value in self.found.items() if letter not in now}
        self.found |= now
        earlier, self.said = self.said, self.said | set(now.items())
        targets = list(self._targets(expressions, words))
        for target in targets:
            if self._vanishes(reading, target, now, before):
                return Verdict(Outcome.PROVED, "solution", target.claimed("is 0"))
        bounded = BOUNDED.search(lately) and "agrang" not in lately and not _ZERO_OF.search(words)
        if bounded or any(t.head == "decimal" for v in now.values() for t in subterms(v)):
            return None
        places = ((target, self._places(reading, target, now)) for target in targets)
        meant = (replace(target, zero=False) for target in targets if target.zero and target.body.is_scalar)
        if any(_is_loose(target.body, *now.values()) for target in targets) or any(
            self._vanishes(reading, target, now, before) for target in meant
        ):
            return None
        first = next((target for target, found in places if found and now.keys() <= found[1].keys()), None)
        return self._refuted(reading, first, now, before, earlier) if first is not None else None

    def _refuted(self, reading: Reading, target: _Target, now: dict[str, Term], before: dict[str, Term],
                 earlier: set[tuple[str, Term]]) -> Verdict | None:  # fmt: skip
        """The verdict on values with which nothing vanishes, where a small change of one of them would do it.

        A value that the text had already given is not what was meant: "maximal at $x = 1$ and minimal at $x = 0$".
        """
        deadline = Deadline(PATIENCE)
        for value in dict.fromkeys(now.values()):
            letters = [letter for letter, found in now.items() if found is value]  # x and y of `x = y = 5`
            for changed in deadline.until(repairs(value, parts_of(False, value, target.body))):
                if self._vanishes(reading, target, now | dict.fromkeys(letters, changed), before, quick=True):
                    if changed.free and holds(changed, op.zero_like(changed), ()):
                        continue  # what is 0 for all values was not meant
                    values = (one for letter, one in earlier if letter in letters and same_shape(one.shape, changed.shape))
                    if any(holds(one, changed, ()) for one in values):
                        continue
                    meant = " = ".join((*letters, str(changed)))
                    return Verdict(Outcome.REFUTED, "solution", f"{target.claimed('is not 0')}, but with {meant}")
        return None

    def _targets(self, expressions: Sequence[Node], words: str) -> Iterator[_Target]:
        """What may be meant, the likeliest first."""
        for node in expressions:
            pair = self.read([node, node]).pair(0)
            if pair is not None and pair[0].free and not _is_a_name(pair[0]):
                zero = not pair[0].is_scalar or _ZERO_OF.search(words) is not None
                yield _Target(pair[0], "the expression before it", zero)
        zero = _VANISHES.search(words) is not None and _SLOPE.search(words) is None
        functions = [f for f in self.scope.functions.values() if f.body is not None and self.scope.is_here(f.section)]
        formulas = [d for d in self.scope.definitions.values() if self.scope.is_here(d.section)]
        known = [(f.at, f.body, f.name) for f in functions if f.body is not None]
        known += [(d.at, d.body, str(d.symbol)) for d in formulas]
        scalar = [one for one in known if one[1].is_scalar and one[1].free and one[1].head != "sym"]
        for _, body, name in sorted(scalar, key=lambda one: -one[0])[:MOST]:
            yield _Target(body, name, zero)

    def _vanishes(self, reading: Reading, target: _Target, now: dict[str, Term], before: dict[str, Term], *,
                  quick: bool = False) -> bool:  # fmt: skip
        """Whether something is 0, or its derivatives, with some values put in, and others that were found before."""
        elastic = self._elastic(reading)
        found = self._places(reading, target, now | before)
        if found is None or not now.keys() <= found[1].keys():
            return False
        body, places, values = found
        try:
            for part in [body] if target.zero else [op.grad(body, place) for place in places.values()]:
                there = part
                for one, place in places.items():
                    there = op.at(there, place, values[one])
                there = _with_means(self.scope.expand(_at_estimates(there)))
                zero = op.zero_like(there)
                proved = not quick and self.decider.stepwise(there, zero, (), elastic)[2].outcome in _GOOD
                if not proved and not holds(there, zero, ()):
                    return False
        except (Clash, CalcdsError, RecursionError, ArithmeticError):
            return False
        return True

    def _elastic(self, reading: Reading) -> set[Term]:
        self.scope.see(reading.options, reading.show)
        return reading.elastic(self.scope)

    def _places(self, reading: Reading, target: _Target, said: dict[str, Term]) -> _Places | None:
        """What is to vanish, the variables of it that some names stand for, and their values; None where there are none."""
        elastic = self._elastic(reading)
        try:
            kept = {s for s in target.body.free if str(s.data[0]).removesuffix(ALL) in said}
            printed = agreeing(_as_families(target.body, *said.values()), elastic)
            whole = (self.scope.expand(one, keep=kept) for one in printed)
            body, *found = agreeing(_as_families(*whole), elastic)
        except (Clash, CalcdsError, RecursionError):
            return None
        values = dict(zip(said, found, strict=True))
        tries = {one: _place(body, one, value, alone=len(said) == 1) for one, value in values.items()}
        places = {one: place for one, place in tries.items() if place is not None}
        return (body, places, values) if places else None


def is_slope(node: Node | Unread) -> bool:
    r"""Whether a side is a derivative: `\ell'(\lambda)`, `\frac{dL}{dw}`, `\nabla f(x)`."""
    return isinstance(node, Node) and (
        any(n.kind in {"NABLA", "prime"} for n in walk(node)) or any(True for _ in quotients(node))
    )


def is_optimal(node: Node) -> bool:
    r"""Whether a name is marked as a value that is looked for: `\hat\lambda`, `x^*`."""
    found = named(opened(node))
    return found is not None and (full_of(found).endswith(("hat", "star")) or any(
        text_of(script(m)) in {"*", "ast", "star"} for m in found.marks if m.kind == "above"
    ))


def _is_a_name(term: Term) -> bool:
    """Whether an expression is a name or its negative, whose only zero nobody asks for."""
    return term.head == "sym" or (-term).head == "sym"


def _is_loose(*terms: Term) -> bool:
    r"""Whether a number n is printed beside arrays whose length is not known to be n: `n \log a - a \sum_i x_i`."""
    free = frozenset().union(*(term.free for term in terms))
    lengths = {length for s in free if not s.is_scalar for length in s.shape if isinstance(length, Term)}
    return any(s.is_scalar and str(s) in {"n", "N", "m"} and s not in lengths for s in free) and bool(lengths)


def values_of(nodes: Sequence[Node | Unread]) -> list[tuple[Node, Node]]:
    """The names of `x = y = 5` and of `(x, y) = (2, -1)` with their values; nothing for anything else."""
    sides = [node for node in nodes if isinstance(node, Node)]
    if len(sides) < len(nodes) or len(sides) < 2:
        return []
    lists = [opened(node).parts[0].parts for node in sides[:2] if _is_list(node)]
    if len(lists) == 2:
        names, values = ([p for p in parts if p.kind != "COMMA"] for parts in lists)
        fits = len(names) == len(values) and all(key_of(name) is not None for name in names)
        return list(zip(names, values, strict=True)) if fits else []
    count = next((k for k, node in enumerate(sides) if key_of(node) is None), len(sides) - 1)
    return [(name, sides[count]) for name in sides[:count]]


def _is_list(node: Node) -> bool:
    inside = opened(node)
    return inside.kind == "round" and len(inside.parts) == 1 and inside.parts[0].kind == "items"


def _place(body: Term, letter: str, value: Term, *, alone: bool) -> Term | None:
    """The variable of an expression that a name stands for: one of its letter, or the only one that is not in its value."""
    fits = sorted((s for s in body.free if same_shape(s.shape, value.shape)), key=str)
    exact = [s for s in fits if str(s.data[0]) in {letter, letter + ALL}]
    rest = [s for s in fits if s not in value.free and s.data[1].word != "Dim"]
    return exact[0] if exact else rest[0] if alone and len(rest) == 1 else None


def _as_families(*terms: Term) -> tuple[Term, ...]:
    """The same with one name for a family that is printed as x_i only, and for a column x."""
    free = frozenset().union(*(term.free for term in terms))
    families = {str(s.data[0]) for s in free if str(s.data[0]).endswith(ALL)}
    table = {
        s: s.data[1].symbol(f"{s.data[0]}{ALL}") for s in free if s.data[1].word == "Vector" and f"{s.data[0]}{ALL}" in families
    }
    return tuple(substitute(term, table) for term in terms)


def _at_estimates(term: Term) -> Term:
    r"""The same with `\hat b` for a b beside it: `\hat a = \bar y - \hat b \bar x` is said of the point $(\hat a, \hat b)$."""
    names = {str(s.data[0]): s for s in term.free}
    pairs = ((s, names.get(f"{name}_hat")) for name, s in names.items())
    table = {s: hat for s, hat in pairs if hat is not None and same_shape(s.shape, hat.shape)}
    return substitute(term, table) if table else term


def _with_means(term: Term) -> Term:
    """The same with the mean of the x_i for `x_bar`, where both stand in it."""
    arrays = {str(s.data[0]).removesuffix(ALL): s for s in term.free if not s.is_scalar and s.shape[1] == 1}
    table: dict[Term, Term] = {}
    for s in term.free:
        column = arrays.get(str(s.data[0]).removesuffix("_bar")) if str(s.data[0]).endswith("_bar") else None
        if column is not None and s.is_scalar:
            i, n = INDEX.symbol("i'"), as_term(column.shape[0])
            table[s] = op.Sum(entry(column, i, ZERO), (i, ZERO, as_term(size(n - ONE)))) / n
    return substitute(term, table) if table else term


__all__ = ["BOUNDED", "Stationary", "is_optimal", "is_slope", "values_of"]
