r"""Numbers that a text puts in for names, where it prints exactly what comes of them.

    \frac1n \sum_i x_i = \frac{12 + 15 + 11}{3}                of the x_i that stand in a table before it
    -\frac{n}{\hat p (1 - \hat p)} = -\frac{20}{0.21}           after n = 20 and \hat p = \frac{14}{20} = 0.7
    \lambda^0 e^{-\lambda} / 0! = e^{-2}                       a fitted model: after \hat\lambda = 2
    \frac{S_{xy}}{S_{xx} + \lambda} = \frac{9}{10 + \lambda}     for every \lambda, of two numbers
    X^\top X = \begin{pmatrix} 3 & 38 \\ 38 & 490 \end{pmatrix}   where a model has an intercept: the rows of X are (1, x_i)

An equation with names on the left side that are not on the right, which holds for some of their values, is supported where it
holds for the last numbers that the text gives them: exactly, with every printed decimal as it stands, or as far as the rounding
of a longer decimal on the right allows. That it does not says nothing. Nor does it say much that 0 or 1 comes out, that a name
itself is given its number again, or, where the numbers stand in other sections, that a small whole number does.

Imports: calcds.decide, calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from calcds.decide.rounding import agree_as_printed, as_exact, may_agree
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.examples import put_entries, put_in
from calcds.document.source.names import ALL
from calcds.document.weighing.by_rounded import has_digits
from calcds.document.words.data import Column, cross, mean
from calcds.document.words.scope import Definition, Scope
from calcds.expr import operators as op
from calcds.expr.term import ONE, Term, number, replace, substitute, subterms

_BAR = "_bar"
_STEPS = 6  # definitions that are put in
_PLACES = ((3, 7), (5, 3), (11, 13))  # of names that may have any value
_SMALL = 10  # whole numbers that come out by chance
_SUPPORTED = Verdict(Outcome.SUPPORTED, "numbers", "it holds for the numbers that the text gives before it")


def agreement(left: Term, right: Term, scope: Scope) -> Verdict | None:
    """That a claim holds for the numbers that the text gives for its names; None where that is not seen."""
    if not right.free < left.free or not all(s.is_scalar for s in right.free) or right.head == "zeros":
        return None
    at, around = scope.chance.at, scope.around
    named = scope.numbers.named(at)
    letters = {letter for s in scope.expand(left).free if (letter := _sample(s))}
    single = next(iter(letters)) if len(letters) == 1 else ""
    lists: list[Column | None] = [*scope.numbers.which(single, at, around)] if single else []
    for one in (None, *lists):
        columns = named if one is None else {**named, single: one.values}
        for numbers, here in _numbers(scope):
            put = _put(left, right, scope, columns, numbers) if _tells(right, here=here) else None
            if put is not None and _agree(*put, digits=has_digits(right)):
                if one is not None and not one.letter:
                    scope.numbers.belongs(single, one)
                return _SUPPORTED
    return None


def _agree(left: Term, right: Term, *, digits: bool) -> bool:
    """Whether two sides with numbers in them are equal, at several places of the names that are left."""
    names = sorted(right.free, key=str)
    if not names:
        return agree_as_printed(left, right) or bool(digits and may_agree(left, right))
    places = ({s: number(Fraction(p + 2 * k, q)) for k, s in enumerate(names)} for p, q in _PLACES)
    return all(agree_as_printed(substitute(left, place), substitute(right, place)) for place in places)


def _numbers(scope: Scope) -> Iterator[tuple[dict[str, Term], bool]]:
    """The last numbers of names in this section, and those anywhere; whether all are here."""
    values = ((s, value, section) for s, value, section in scope.values.values() if s.head == "sym" and value.is_scalar)
    said = [(str(s.data[0]), value, section) for s, value, section in values]
    said += [(name, value, section) for name, (value, section) in scope.numbers.found.items()]
    exact = [(name, value if name in scope.near else as_exact(value), section) for name, value, section in said]
    for here in (True, False):
        found = {name: value for name, value, section in exact if not here or scope.is_here(section)}
        fitted = {name.removesuffix("_hat"): value for name, value in found.items()}  # the estimates of a fitted model
        yield {**fitted, **found}, here


def _put(left: Term, right: Term, scope: Scope, columns: dict[str, Term], numbers: dict[str, Term]) -> tuple[Term, Term] | None:
    """Both sides with numbers for all names that are not on the right; None where some name has none."""
    formulas = [d for d in (*scope.former.values(), *scope.definitions.values()) if isinstance(d, Definition) and d.body.free]
    kept = right.free
    numbers = {name: value for name, value in numbers.items() if name not in {str(s.data[0]) for s in kept}}
    said = str(left.data[0]) if left.head == "sym" else ""  # its number is what is asked for
    known = {d.body: value for d in formulas
             if (name := str(d.symbol.data[0])) != said and (value := numbers.get(name)) is not None}  # fmt: skip
    elsewhere = scope.examples_elsewhere() if kept else ()  # what is said for all values of a name is no example of theirs
    examples = {name: v for name, v in scope.examples(arrays=True).items() if name not in elsewhere}
    entries, count = scope.numbered_entries(), scope.numbers.count(scope.chance.at, scope.around)
    means = {f"{letter}{_BAR}": mean(values) for letter, values in columns.items()}
    counted = {**means, **_crossed(columns), **({} if count is None else {"n": count})}
    for _ in range(_STEPS):
        own = str(left.data[0]) if left.head == "sym" else ""
        side = replace(left, {body: value for body, value in known.items() if body in set(subterms(left))})
        arrays = {str(s.data[0]): values for s in side.free for letter, values in columns.items()
                  if not s.is_scalar and str(s.data[0]) in {letter, letter + ALL}}  # fmt: skip
        sized = {name: value for name, value in numbers.items() if name != own}
        designs = _designs(side, columns) if scope.numbers.intercept else {}
        put = put_in(put_entries((side, right), entries), {**designs, **examples, **arrays})
        put = put_in(put, {**counted, **sized}) if put is not None else None
        if put is not None and put[0].free <= kept:
            return put
        used = scope.newest(left)
        if used is None:
            return None
        left = substitute(left, {used.symbol: used.body})
    return None


def _crossed(columns: dict[str, Term]) -> dict[str, Term]:
    r"""`S_{xy} = \sum_i (x_i - \bar x)(y_i - \bar y)` of all data, where the text does not say what it is."""
    pairs = ((a, b) for a in columns for b in columns if len(columns[a].args) == len(columns[b].args))
    return {f"S_{a}{b}": cross(columns[a], columns[b]) for a, b in pairs}


def _designs(side: Term, columns: dict[str, Term]) -> dict[str, Term]:
    """The design matrix X of the data x in a text that speaks of an intercept: a column of ones, and the x_i."""
    matrices = {str(s.data[0]) for s in side.free if 1 not in s.shape}
    rows = {letter.upper(): [[ONE, value] for value in values.args] for letter, values in columns.items()}
    return {name: op.matrix(*found) for name, found in rows.items() if name in matrices}


def _sample(symbol: Term) -> str:
    """The letter of the data of which a name is a family, or the mean; "" for any other."""
    name = str(symbol.data[0])
    return name.removesuffix(ALL) if not symbol.is_scalar else name.removesuffix(_BAR) if name.endswith(_BAR) else ""


def _tells(right: Term, *, here: bool) -> bool:
    """Whether a number on the right side does not come out by chance."""
    values = right.args if right.head == "matrix" else (right,)
    small = 1 if here else _SMALL
    if right.free:
        printed = {t for t in subterms(right) if t.head == "decimal" or (t.head == "num" and abs(t.data) > 1)}
        return len(printed) > 1 or any(_tells(t, here=here) for t in printed)
    return any(v.head != "num" or v.data.denominator != 1 or abs(v.data) > small for v in values)


__all__ = ["agreement"]
