"""The chain rule as a stage: a step of backpropagation is proved for an arbitrary inner function.

    pullback(d, tanh(z(W)), W) = pullback(hadamard(d, 1 - tanh(z(W))**2), z(W), W)

holds for every z(W), so what both sides differentiate through is replaced by an undefined function of a vector, and
what is carried back, where both sides carry it, by a symbol. The more general claim has short normal forms, whereas
the claim as it stands has an exponential under every sum of a layer before. A claim that holds in general holds here:

* the inner function is replaced everywhere at once; it must be real and defined at all real arguments
* d in pullback(d, y, x) is not differentiated, so x stands in it as any other symbol does
* what is added without a pullback is pullback(P, x, x) with P in the shape of x

Imports: calcds.expr, calcds.decide.prover.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from calcds.decide.prover import Proof, Silence, prove_equal
from calcds.expr.functions import TABLE
from calcds.expr.kinds import DIMENSION, INDEX, FunctionSymbol, Kind, Vector
from calcds.expr.term import BINDERS, ONE, ZERO, Term, add, as_term, entry, mul, replace, size, subterms

NAME = "chain rule"
PREFIX = "general_"
_PATTERNS = ("symmetric", "antisymmetric", "diagonal", "lower triangular", "upper triangular")
_LINEAR = frozenset({"add", "mul", "trans", "had", "diag", "diagonal", "trace", "total", "ones", "zeros", "eye", "num"})
_OTHER_CALCULUS = frozenset({"deriv", "jac", "hess", "at", "limit", "integral", "antideriv"})  # not looked into
Sides = tuple[list[Term], list[Term]]


def prove_by_chain_rule(left: Term, right: Term, given: tuple[Term, ...]) -> Proof | Silence:
    """Proves an equation between gradients carried back, by the same equation for general inner functions."""
    if any(str(s.data[0]).startswith(PREFIX) for s in left.free | right.free):
        return Silence(f"names beginning with {PREFIX} are used by this stage")
    sides = _values_by_name(_apart(left, right))
    places = {t.args[-1] for side in sides for term in side for t in subterms(term) if t.head in ("pull", "grad")}
    if len(places) != 1 or next(iter(places)).head != "sym":
        return Silence("no gradients in one variable")
    (x,) = places
    if any(t.head in _OTHER_CALCULUS for side in sides for term in side for t in subterms(term)):
        return Silence("there are derivatives of other kinds")
    if any(t.head in ("pull", "grad") for side in sides for term in side for y in _functions(term) for t in subterms(y)):
        return Silence("a gradient is differentiated again")
    given = tuple(g for g in given if x not in g.free)
    for one, other in (_carried_by_name(sides), *_through_functions(sides, x)):
        if isinstance(prove_equal(_in_order(one), _in_order(other), given), Proof):
            return Proof(NAME, "the chain rule: true for every inner function in the place of the one that stands here")
    return Silence("not an instance of the chain rule")


def _apart(left: Term, right: Term) -> Sides:
    """The terms of both sides, without those that both have."""
    both = [list(side.args) if side.head == "add" else [side] for side in (left, right)]
    common = Counter(both[0]) & Counter(both[1])
    for side in both:
        left_over = Counter(common)
        for term in [*side]:
            if left_over[term]:
                left_over[term] -= 1
                side.remove(term)
    return both[0], both[1]


def _values_by_name(sides: Sides) -> Sides:
    """Derivatives of other kinds that are carried back as values, such as at(grad(G(v), v), v, z), under names."""
    bound = _bound(sides)
    names: dict[Term, Term] = {}
    for side in sides:
        for term in side:
            for t in _outside(term):
                if t.head in _OTHER_CALCULUS and t.free.isdisjoint(bound):
                    names.setdefault(t, _symbol(f"{PREFIX}value{len(names)}", t))
    return [_renamed(term, names) for term in sides[0]], [_renamed(term, names) for term in sides[1]]


def _functions(term: Term) -> Iterator[Term]:
    """What is differentiated in a term."""
    for t in subterms(term):
        if t.head in ("pull", "grad"):
            yield t.args[-2]


def _joined(side: list[Term], like: Term) -> Term:
    if side:
        return add(*side) if len(side) > 1 else side[0]
    return mul(ZERO, like)


def _in_order(term: Term) -> Term:
    """The terms of sums and the factors of entrywise products by name, so that both sides have them alike."""
    done: dict[Term, Term] = {}
    stack = [term]
    while stack:
        t = stack[-1]
        if missing := [a for a in t.args if a not in done]:
            stack.extend(missing)
            continue
        stack.pop()
        args = tuple(done[a] for a in t.args)
        if t.head in ("add", "had"):
            args = tuple(sorted(args, key=str))
        done[t] = t if args == t.args else Term(t.head, args, t.data, t.shape)
    return done[term]


# -- what is carried back, as a symbol -------------------------------------------------------------------------


def _carried_by_name(sides: Sides) -> tuple[Term, Term]:
    """Both sides with what stands outside of their derivatives in common under a name of its own."""
    left, right = ({t for term in side for t in _outside(term)} for side in sides)
    common = {t for t in left & right if t.args}
    bound = _bound(sides)
    names: dict[Term, Term] = {}
    for side in sides:
        for term in side:
            for t in _outside(term, stop=common):
                if t in common and t not in names and t.free.isdisjoint(bound):
                    names[t] = _symbol(f"{PREFIX}g{len(names)}", t)
    like = next(term for side in sides for term in side) if any(sides) else ONE
    one, other = (_joined([_renamed(term, names) for term in side], like) for side in sides)
    return one, other


def _symbol(name: str, like: Term) -> Term:
    """A variable of which nothing is known, not even that it is real."""
    facts = frozenset({"complex"})
    kind = Kind("Complex", like.shape, facts) if like.is_scalar else Kind("Matrix", like.shape, facts, like.shape)
    return kind.symbol(name)


def _outside(term: Term, stop: set[Term] | None = None) -> Iterator[Term]:
    """The nodes that are not differentiated, from the top; nothing below a node of stop."""
    seen: set[Term] = set()
    stack = [term]
    while stack:
        t = stack.pop()
        if t in seen:
            continue
        seen.add(t)
        if t.head in ("pull", "grad"):
            stack.extend(t.args[:-2])
            continue
        yield t
        if t.head not in _OTHER_CALCULUS and (stop is None or t not in stop):
            stack.extend(t.args)


def _renamed(term: Term, names: dict[Term, Term]) -> Term:
    """The term with names for what is not differentiated."""
    if term in names:
        return names[term]
    if term.head in ("pull", "grad"):
        return Term(term.head, (*(_renamed(a, names) for a in term.args[:-2]), *term.args[-2:]), term.data, term.shape)
    args = tuple(_renamed(a, names) for a in term.args)
    return term if args == term.args else Term(term.head, args, term.data, term.shape)


def _bound(sides: Sides) -> set[Term]:
    return {
        v for side in sides for term in side for t in subterms(term) if t.head in BINDERS
        for v in t.args[1 : 1 + BINDERS[t.head]]
    }  # fmt: skip


# -- what is differentiated through, as an undefined function --------------------------------------------------


def _through_functions(sides: Sides, x: Term) -> Iterator[tuple[Term, Term]]:
    """Both sides with a parameter in place of x and undefined functions of it in place of the common inner parts."""
    complete = _all_carried(sides, x)
    if complete is None:
        return
    left, right = ({t for term in side for y in _functions(term) for t in subterms(y) if x in t.free} for side in complete)
    bound = _bound(complete)
    common = {t for t in left & right if t.free.isdisjoint(bound) and _is_tame(t)}
    cuts: dict[Term, None] = {}
    for side in complete:
        for term in side:
            for y in _functions(term):
                if not _cut(y, x, common, cuts):
                    return
    parameter = Vector[DIMENSION.symbol(f"{PREFIX}count")].symbol(f"{PREFIX}place")
    inner = {t: _undefined(f"{PREFIX}f{k}", t, parameter) for k, t in enumerate(cuts)}
    general = tuple([_at_parameter(replace(term, inner), x, parameter) for term in side] for side in complete)
    like = general[0][0] if general[0] else general[1][0]
    yield _joined(general[0], like), _joined(general[1], like)
    yield _carried_by_name((general[0], general[1]))


def _all_carried(sides: Sides, x: Term) -> Sides | None:
    """A term without a derivative as one that is carried back to x itself."""
    complete: Sides = ([], [])
    for side, out in zip(sides, complete, strict=True):
        for term in side:
            factors = term.args if term.head == "mul" else (term,)
            derived = [f for f in factors if f.head in ("pull", "grad")]
            if len(derived) == 1 and all(f is derived[0] or (f.is_scalar and not list(_functions(f))) for f in factors):
                out.append(term)
            elif not list(_functions(term)) and not any(x.data[1].has(fact) for fact in _PATTERNS):
                out.append(Term("pull", (term, x, x), None, x.shape))
            else:
                return None
    return complete if all(complete) else None


def _is_tame(t: Term) -> bool:
    """Whether the term is real, and defined at all real values of its variables."""
    for node in subterms(t):
        match node.head:
            case "sym":
                tame = node.data[1].has("real") or node.data[1].has("dimension")
            case "fn":
                row = TABLE[node.data]
                real = bool({"real", "positive", "nonnegative"} & set(row.facts))
                tame = row.domain == "all" and (real or node.data == "exp")
            case "pow" | "epow":
                p = node.args[1]
                tame = p.head == "num" and p.data.denominator == 1 and p.data >= 0
            case head:
                tame = head in _LINEAR or head == "vfn" or (head == "apply" and node.data.body is None)
        if not tame:
            return False
    return True


def _cut(y: Term, x: Term, common: set[Term], cuts: dict[Term, None]) -> bool:
    """Collects the largest common parts of y; False if x stands in y outside of them."""
    stack = [y]
    seen: set[Term] = set()
    while stack:
        t = stack.pop()
        if x not in t.free or t in seen:
            continue
        seen.add(t)
        if t in common:
            cuts[t] = None
        elif t is x or not t.args:
            return False
        else:
            stack.extend(t.args)
    return True


def _undefined(name: str, t: Term, parameter: Term) -> Term:
    """The value at the parameter of an undefined function with the shape of t."""
    rows, columns = t.shape
    count = size(mul(as_term(rows), as_term(columns)))
    value = FunctionSymbol(name, 1, (parameter.shape,), (count, 1))(parameter)
    if columns == 1:
        return value
    i, j = INDEX.symbol(f"{PREFIX}i"), INDEX.symbol(f"{PREFIX}j")
    return Term("build", (entry(value, add(i, mul(j, as_term(rows))), ZERO), i, j), None, t.shape)


def _at_parameter(term: Term, x: Term, parameter: Term) -> Term:
    """The term with its derivatives in the parameter."""
    if term.head in ("pull", "grad"):
        return Term(term.head, (*term.args[:-1], parameter), term.data, parameter.shape)
    args = tuple(_at_parameter(f, x, parameter) for f in term.args)
    return Term(term.head, args, term.data, parameter.shape)
