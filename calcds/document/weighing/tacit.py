r"""What authors suppose without a word: a line that would hold with it is not called wrong.

    \Pr(|X| \ge c) = \Pr(X^2 \ge c^2)                    the threshold c is positive, and so is the deviation \sigma
    \sqrt{s^2 / m} = s / \sqrt m                         and so is what is squared below a root, where no x or a stands
    \log \prod_i f(x_i) = \sum_i \log f(x_i)             f is a density, or a likelihood: its values are positive
    P(X < u) = P(X \le u)                                there is a density, no value has a probability of its own
    A A^T = U \Sigma V^T V \Sigma U^T = U \Sigma^2 U^T   the columns of U, V and Q are orthonormal
    u_j^T u_k = \delta_{jk}                              so are the u_k, v_k and q_k
    \tr(A \Sigma) = \tr(\Sigma^T A)                     covariances are symmetric, and so are S, C, K, H

Imports: calcds.expr, calcds.document.words.judge, .names, .stating.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TypeAlias

from calcds.document.chance.stating import VALUES
from calcds.document.source.names import ALL, letter_of_shown
from calcds.document.words.judge import listed
from calcds.expr.functions import fn
from calcds.expr.kinds import FunctionSymbol, Orthonormal, Positive, Real, Symmetric, UnitVector
from calcds.expr.term import Term, relation, subterms

_BASES = {"U", "V", "Q", "W", "u", "v", "q", "w", "e"}  # letters of orthonormal columns
_SYMMETRIC = {"Sigma", "Omega", "S", "C", "K", "H"}  # of covariances, kernels, Hessians
_ANY_SIGN = set("abcfgtuvwxyz")  # letters of numbers that may be negative: \sqrt{x^2} = x is a mistake
_MOST = 4  # names that are supposed to have a property together
Hypothesis: TypeAlias = tuple[str, dict[Term, Term]]  # in words, and what is put in for what where it holds


def tacit(left: Term, right: Term, *, chance: bool) -> Iterator[Hypothesis]:
    """What may be supposed of the names of a claim.

    chance: the claim is about probabilities or expectations
    """
    names = left.free | right.free
    if not chance:
        rooted = {s for side in (left, right) for t in subterms(side) if _needs_positive(t) for s in t.args[0].free}
        names &= {s for s in rooted if letter_of_shown(str(s)) not in _ANY_SIGN}
    yield from _positive_numbers(names)
    yield from _positive_functions(left, right)
    yield from _orthonormal(left, right)
    yield from _symmetric(left, right)


def without_atoms(left: Term, right: Term) -> Iterator[Hypothesis]:
    """That `<` and `<=` are the same in probabilities, as they are where there is a density."""
    strict = {
        t: relation(t.data + "=", *t.args) for side in (left, right) for t in subterms(side)
        if t.head == "rel" and t.data in {"<", ">"} and any(s.data[1].word == VALUES for s in t.free)
    }  # fmt: skip
    if strict:
        yield "single values have probability 0", strict


def _positive_numbers(among: Iterable[Term]) -> Iterator[Hypothesis]:
    names = sorted((s for s in among if s.data[1] == Real), key=str)[:_MOST]
    for count in range(1, len(names) + 1):
        for chosen in combinations(names, count):
            yield f"{listed(chosen)} {'is' if count == 1 else 'are'} positive", {s: Positive.symbol(s.data[0]) for s in chosen}


def _positive_functions(left: Term, right: Term) -> Iterator[Hypothesis]:
    """f is written as the exponential of a function, where a logarithm or a root is taken of its values."""
    inside = [t.args[0] for side in (left, right) for t in subterms(side) if _needs_positive(t)]
    symbols = {t.data for one in inside for t in subterms(one) if t.head == "apply" and t.data.body is None}
    if symbols:
        values = {t for side in (left, right) for t in subterms(side) if t.head == "apply" and t.data in symbols}
        table = {t: fn("exp", FunctionSymbol(f"log {t.data.name}", t.data.arity, t.data.inputs)(*t.args)) for t in values}
        if all(not any(t in subterms(a) for a in other.args) for t in values for other in values):
            yield f"the values of {listed({s.name for s in symbols})} are positive", table


def _needs_positive(t: Term) -> bool:
    root = t.head == "pow" and t.args[1].head == "num" and t.args[1].data.denominator > 1
    return root or (t.head == "fn" and t.data == "log")


def _orthonormal(left: Term, right: Term) -> Iterator[Hypothesis]:
    arrays = [s for s in left.free | right.free if s.data[1].word in {"Matrix", "Vector"}]
    named = sorted((s for s in arrays if letter_of_shown(str(s.data[0])) in _BASES), key=str)[:_MOST]
    for count in range(1, len(named) + 1):
        for chosen in combinations(named, count):
            said = listed(str(s).removesuffix(ALL) for s in chosen)
            yield f"{said} {'is' if count == 1 else 'are'} orthonormal", {s: _with_orthonormal(s) for s in chosen}


def _symmetric(left: Term, right: Term) -> Iterator[Hypothesis]:
    """All matrices together that usually are."""
    square = (s for s in left.free | right.free if s.data[1].word == "Matrix" and s.shape[0] == s.shape[1])
    named = sorted((s for s in square if letter_of_shown(str(s.data[0])) in _SYMMETRIC), key=str)
    if named:
        said = f"{listed(named)} {'is' if len(named) == 1 else 'are'} symmetric"
        yield said, {s: Symmetric[s.shape[0]].symbol(s.data[0]) for s in named}


def _with_orthonormal(s: Term) -> Term:
    """The same with orthonormal columns; the vectors that an index tells apart are rows."""
    rows, columns = s.shape
    if columns == 1:
        return UnitVector[rows].symbol(s.data[0])
    in_rows = letter_of_shown(str(s.data[0])).islower()
    return Orthonormal[columns, rows].symbol(s.data[0]).T if in_rows else Orthonormal[s.shape].symbol(s.data[0])


__all__ = ["tacit"]
