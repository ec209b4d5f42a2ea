r"""`\mathbb{E}[X]`, `\operatorname{Var}(X)`, `\operatorname{Cov}(X, Y)`: expectations as sums over a finite space.

The mathematics stands in calcds.document.expecting. A random variable is a number while the inside of the brackets is
read; then definitions that rest on it are put in, and its values over the outcomes take its place. One chain has one
space, or, where the text says that all its variables are independent, a space for each of them. Where the text says
nothing of independence the chain is read a second time as if it did: what holds only then is not called wrong.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from calcds.document.expecting import Moments, Variable, by_moments, degree, literal
from calcds.document.latex import Node
from calcds.document.names import Named, atom_and_marks, letter_of, names_in, opened, script, shown, text_of
from calcds.document.randomness import BRACKETS, EXPECTATIONS, NUMBERS, VARIANCES, Said, base_of, full_of
from calcds.document.raw import Unread
from calcds.document.symbols import Symbols, labelled
from calcds.expr.kinds import Kind, Matrix, Nonnegative, Probability, Real, Vector
from calcds.expr.term import ONE, ZERO, Size, Term, number, subterms

WEIGHTS = "prob"  # the name of the probabilities of the outcomes
VALUES = "Outcomes"  # the word of kinds of values of random variables
_TWO = number(2)


class Chances(Symbols):
    """Expectations, variances and covariances."""

    cast: frozenset[str] = frozenset()  # keys of the random variables of the chain
    tied = False  # whether a covariance of two variables is printed: then they are not meant to be independent
    linear = squares = False  # whether E[X] is printed, and whether something of a higher degree is expected
    advised = ""  # the annotation that says it
    supposed: tuple[str, ...] = ()  # what this reading takes for granted, in words

    def enter(self, nodes: Sequence[Node]) -> None:
        """Look over a chain before it is read: which random variables stand in it."""
        self.keys: dict[Term, str] = {}
        self.measures: set[str] = set()
        self.used: set[Term] = set()  # random variables that stood in an expectation
        found: set[str] = set()
        for name in (n for node in nodes for n in names_in(node)):
            key = full_of(name)
            defined = self.scope.definition(key, old=self.options.old)
            if defined is not None:
                free = self.scope.expand(defined.symbol).free
                found |= {k for s in free if (k := self.random_key(s)) is not None and s.data[1].word != "Dim"}
            elif self.scope.chance.is_random(key, self.scope.around):
                found.add(key)
        self.cast = frozenset(found)

    def symbol(self, key: str) -> Term:
        """The term of a key; the key is remembered."""
        term = super().symbol(key)
        if term.head == "sym":
            self.keys.setdefault(term, key)
        return term

    # -- which operator it is -----------------------------------------------------------------------------------

    def expected(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        r"""`\mathbb{E}[...]`, `V[...]`; None where the name is something else."""
        key, below, rest = labelled(name)
        if key not in EXPECTATIONS | VARIANCES or k + 1 >= len(parts) or not self._is_operator(key, parts[k + 1]):
            return None
        if rest:
            raise Unread(f"{shown(key)} with a superscript", name.node.at, name.node.end)
        self._measured(below, name.node)
        return self._operator(key, parts, k)

    def spread(self, atom: Node, marks: Sequence[Node], parts: Sequence[Node], k: int) -> tuple[Term, int]:
        r"""`\Var(X)` and `\Cov(X, Y)`."""
        if any(m.kind != "below" for m in marks) or k + 1 >= len(parts):
            raise Unread(f"{atom.text} in this form", atom.at, atom.end)
        self._measured([m for m in marks if m.kind == "below"], atom)
        return self._operator(atom.text, parts, k)

    def _is_operator(self, key: str, following: Node) -> bool:
        bracket = atom_and_marks(following)[0].kind
        known = (
            self.scope.kind(key, old=True) is not None or self.scope.definition(key, old=True) is not None
            or self.scope.function(key, old=True) is not None or key in self.scope.applied or key in self.bound
        )  # fmt: skip
        if known:
            return False
        if key == "bb E":
            return following.kind not in {"MUL", "ADD"}
        return bracket == "square" or (bracket in BRACKETS and key != "V" and self.scope.chance.spoken)

    def _measured(self, below: Sequence[Node], node: Node) -> None:
        """`E_p` and `E_q` in one chain are different expectations."""
        self.measures.add(text_of(script(below[0])) if below else "")
        if len(self.measures - {""}) > 1:
            raise Unread("expectations over different things in one chain", node.at, node.end)

    def _operator(self, key: str, parts: Sequence[Node], k: int) -> tuple[Term, int]:
        bracket, after = atom_and_marks(parts[k + 1])
        end = k + 2
        if bracket.kind in BRACKETS:
            if not bracket.parts or any(p.kind in {"MID", "COLON"} for p in bracket.parts[0].parts):
                raise Unread("a conditional expectation", bracket.at, bracket.end)
            values = self._inside(bracket)
        else:
            if end < len(parts) and parts[end].kind not in {"MUL", "ADD"}:
                self.doubt("it is not certain where the argument of an expectation ends")
            value, end = self.factor(parts, k + 1)
            values, after = [value], ()
        return self.marked(self._combined(key, values, bracket), after, parts[k + 1]), end

    def _inside(self, bracket: Node) -> list[Term]:
        inside = bracket.parts[0]
        items = inside.parts if inside.kind == "items" else (inside,)
        return [self.value(p) for p in items if p.kind not in {"COMMA", "QUAD"}]

    def _combined(self, key: str, values: list[Term], node: Node) -> Term:
        if key in EXPECTATIONS and len(values) == 1:
            found = self._opened(values[0])
            d = degree(found, frozenset(s for s in found.free if self.random_key(s) is not None))
            self.linear, self.squares = self.linear or d == 1, self.squares or d != 1
            return self.expectation(found)
        self.squares = True
        if key == "Cov" and all(v.head == "sym" for v in values) and len(set(values)) == 2:
            self.tied = True
        if key in {*VARIANCES, "Cov"} and len(values) == (2 if key == "Cov" else 1):
            return self.covariance(values[0], values[-1])
        if key == "Cov" and len(values) == 1 and not values[0].is_scalar:
            return self.covariance(values[0], values[0])
        raise Unread(f"{shown(key)} of {len(values)} values", node.at, node.end)

    def covariance(self, a: Term, b: Term) -> Term:
        """E[(a - E a)(b - E b)^T]; of a number with itself the variance."""
        a, b = self._opened(a), self._opened(b)
        left, right = a - self.expectation(a), b - self.expectation(b)
        if a.is_scalar and b.is_scalar:
            return self.expectation(left**_TWO if a is b else left * right)
        if not (a.shape[1] == 1 and b.shape[1] == 1):
            raise Unread("a covariance of matrices")
        return self.expectation(left @ right.T)

    # -- expectations -------------------------------------------------------------------------------------------

    def expectation(self, body: Term) -> Term:
        """The expectation of a term."""
        body = self._opened(body)
        here = sorted((s for s in body.free if self.random_key(s) is not None), key=str)
        for s in here:
            if s.shape[1] != 1:
                raise Unread(f"whether the matrix {s} is random is not known")
        if not here and any(self._may_be_random(s) for s in body.free):
            raise Unread("which letters in this expectation are random is not known")
        self.used |= set(here)
        if vague := [s for s in here if self.scope.chance.is_vague(self.random_key(s) or "", self.scope.around)]:
            self.doubt(f"whether {listed(str(s) for s in vague)} is random is not said")
        for s in here:
            key = self.random_key(s) or ""
            if key.startswith("bar ") and self.scope.chance.is_random(key.removeprefix("bar "), self.scope.around):
                self.doubt(f"what {s} has to do with {shown(key.removeprefix('bar '))} is not said in a formula")
        if self._is_stated():
            found = self._by_moments(body, here)
            if found is not None:
                return found
            self.doubt("what the text says of distributions does not tell this expectation")
        return literal(self._centred(body, here), [self._variable(s) for s in here])

    def _opened(self, body: Term) -> Term:
        """A term with every definition put in that rests on a random variable."""
        table = self.scope.table()
        for _ in range(40):
            used = {s: table[s] for s in body.free if s in table and any(self.random_key(x) for x in self.scope.expand(table[s]).free)}
            if not used:
                break
            for s in used:
                self.keys.pop(s, None)
            body = substitute_all(body, used)
        for s in body.free:
            if s in table and self.random_key(s) is not None:
                raise Unread(f"which letters in the definition of {s} are random is not known")
        return body

    def random_key(self, symbol: Term) -> str | None:
        """The key of a random variable; None for any other symbol."""
        kind: Kind = symbol.data[1]
        if kind.word in {"Dim", "Index", "Probability", "Event", VALUES}:
            return None
        chance, around = self.scope.chance, self.scope.around
        name = str(symbol.data[0])
        key = self.keys.get(symbol) or next((k for k in sorted(chance.randoms(around)) if _is_of(name, shown(k))), None)
        return key if key is not None and chance.is_random(key, around) else None

    def _may_be_random(self, symbol: Term) -> bool:
        """Whether a symbol is more than a parameter: a letter that is no usual name of a number."""
        letter = letter_of(self.keys.get(symbol, str(symbol.data[0])))
        sized = symbol.data[1].word in {"Dim", "Index", "Probability", VALUES} or symbol in self.scope.table()
        return not sized and len(letter) == 1 and letter not in NUMBERS

    def outcomes(self, space: str = "") -> tuple[Term, Size]:
        """The probabilities of a space, and how many outcomes it has."""
        length = self.sizes.fresh(f"outcomes {space}".strip())
        return Probability[length].symbol(f"{WEIGHTS}_{space}" if space else WEIGHTS), length

    def _variable(self, s: Term) -> Variable:
        key = self.random_key(s)
        assert key is not None  # it is one of the random variables
        space = shown(key) if self.is_product() else ""
        weights, length = self.outcomes(space)
        kind = Vector[length] if s.is_scalar else Matrix[length, s.shape[0]]
        return Variable(s, replace(kind, word=VALUES).symbol(str(s.data[0])), weights)

    def is_product(self) -> bool:
        """Whether all random variables and events of the chain are independent, or are taken to be so."""
        if len(self.cast) < 2:
            return any(self.cast <= f.keys for f in self._holding("independent")) and bool(self.cast)
        if any(self.cast <= f.keys for f in self._holding("independent")):
            return True
        if "independent" not in self.choices:
            self.choices.add("independent")
        if self.options.suppose == "independent":
            self.suppose(f"{listed(self.cast)} are independent", "independent", self.cast)
            return True
        if any(not f.keys or f.keys & self.cast for f in self._holding("unclear", "independent")):
            self.doubt("what the text calls independent is not understood")
        return False

    def _centred(self, body: Term, here: Sequence[Term]) -> Term:
        """With the supposition that every mean is 0: X - E[X] in the place of X."""
        if self.options.suppose != "centred" or not here:
            return body
        self.suppose(f"the mean of {listed(self.cast)} is 0", "centred", self.cast)
        return substitute_all(body, {s: s - literal(s, [self._variable(s)]) for s in here})

    def suppose(self, said: str, word: str, keys: Iterable[str]) -> None:
        """Take something for granted; the annotation that would say it."""
        self.supposed = tuple(dict.fromkeys((*self.supposed, said)))
        self.advised = f"{', '.join(sorted({shown(base_of(k)) if k.startswith('all ') else shown(k) for k in keys}))}: {word}"

    # -- what the text states -----------------------------------------------------------------------------------

    def _holding(self, *words: str) -> Iterator[Said]:
        return self.scope.chance.holding(self.scope.around, *words)

    def _facts(self, key: str, *words: str) -> list[Said]:
        return [f for f in self._holding(*words) if key in f.keys or base_of(key) in f.keys]

    def _is_stated(self) -> bool:
        """Whether the text says something of the distributions in this chain: then the space is not free."""
        if any(self._facts(key, "moments", "law", "iid") for key in self.cast):
            return True
        return any(len(f.keys & self.cast) > 1 for f in self._holding("uncorrelated"))

    def _by_moments(self, body: Term, here: Sequence[Term]) -> Term | None:
        moments: dict[Term, Moments] = {}
        for s in here:
            key = self.random_key(s)
            assert key is not None  # it is one of the random variables
            if s.is_scalar or (key.startswith("all ") or self._facts(key, "iid")):
                if not s.is_scalar and not self._is_free_family(key):
                    return None
                found = self._moments(key)
                if found is None:
                    return None
                moments[s] = found
            else:
                return None
        covariances = {}
        for a, b in combinations(here, 2):
            tied = self._covariance_of(a, b)
            if tied is not None:
                covariances[frozenset((a, b))] = tied
        return by_moments(body, moments, covariances)

    def _is_free_family(self, key: str) -> bool:
        """Whether the members of a family are independent of each other, or are taken to be so."""
        if self._facts(key, "iid", "independent"):
            return True
        self.choices.add("independent")
        if self.options.suppose == "independent":
            self.suppose(f"the {shown(base_of(key))}_i are independent", "independent", [base_of(key)])
        return self.options.suppose == "independent"

    def _covariance_of(self, a: Term, b: Term) -> Term | None:
        """The covariance of two variables; None where they are independent."""
        keys = [self.random_key(s) or "" for s in (a, b)]
        bases = [base_of(k) for k in keys]
        for fact in self._holding("independent", "iid", "uncorrelated"):
            if (set(keys) <= fact.keys or set(bases) <= fact.keys) and keys[0] != keys[1]:
                return ZERO if fact.word == "uncorrelated" else None
        self.choices.add("independent")
        if self.options.suppose == "independent":
            self.suppose(f"{listed(keys)} are independent", "independent", keys)
            return None
        return Real.symbol(f"Cov_{shown(keys[0])}_{shown(keys[1])}")

    def _moments(self, key: str) -> Moments | None:
        """Mean and variance of a variable, as the text states them, else as names of their own."""
        name = shown(base_of(key)) if self._facts(base_of(key), "moments", "law", "iid") else shown(key)
        mean, variance = Real.symbol(f"E_{name}"), Nonnegative.symbol(f"Var_{name}")
        laws = self._facts(key, "law")
        if laws:
            return self._of_law(laws[-1])
        for fact in self._facts(key, "moments"):
            mean = mean if fact.values[0].kind == "EMPTY" else self._stated(fact.values[0])
            variance = variance if fact.values[1].kind == "EMPTY" else self._stated(fact.values[1])
        return Moments(mean, variance) if mean.is_scalar and variance.is_scalar else None

    def _stated(self, node: Node) -> Term:
        return self.value(opened(node))

    def _of_law(self, fact: Said) -> Moments | None:
        if fact.law == "other":
            return None
        values = [self._stated(v) for v in fact.values]
        if not all(v.is_scalar for v in values):
            return None
        a, b = values[0], values[-1]
        match fact.law:
            case "normal":
                return Moments(a, b)
            case "bernoulli":
                return Moments(a, a * (ONE - a), binary=True)
            case "uniform":
                return Moments((a + b) / _TWO, (b - a) ** _TWO / number(12))
            case "exponential":
                return Moments(ONE / a, ONE / a**_TWO)
            case "poisson":
                return Moments(a, a)
        return Moments(a * b, a * b * (ONE - b))

    # -- when the chain is read ---------------------------------------------------------------------------------

    def leave(self, sides: Iterable[Term | Unread]) -> None:
        """Look at what was read: random variables outside of expectations, spaces of other chains."""
        stated = {shown(full_of(n)) for f in self._holding("moments", "law") for v in f.values for n in names_in(v)}
        for side in (s for s in sides if isinstance(s, Term)):
            if outside := self.used & side.free:
                self.doubt(f"{listed(str(s) for s in outside)} stands outside of an expectation, too")
            if self.squares and not stated:
                self._doubt_parameters(side)
            defined = [s for s in side.free if s in self.scope.table() and str(s.data[0]) not in stated]
            expanded = frozenset[Term]().union(*(self.scope.expand(s).free for s in defined))
            weights = {s for s in expanded if s.data[1].word == "Probability" and str(s.data[0]).startswith(WEIGHTS)}
            self.linear = self.linear or bool(weights)
            if weights - side.free and (self._is_stated() or self.is_product() or len(weights) > 1):
                self.doubt("an expectation was defined where less was said of its variables")
        if self.tied:
            self.choices.discard("independent")
        if self.squares and not self.linear:
            self.choices.add("centred")

    def _doubt_parameters(self, side: Term) -> None:
        """An undefined mu or sigma beside expectations may be what it is everywhere."""
        for s in side.free & frozenset(self.plain.values()):
            if letter_of(self.keys.get(s, "")) in {"mu", "sigma"} and s not in self.scope.table():
                self.doubt(f"{s} may be a mean or a standard deviation")


def is_chance(*sides: Term) -> bool:
    """Whether a claim is about random variables, events or mass functions."""
    return any(s.data[1].word in {VALUES, "Event", "Probability", "Stochastic"} for side in sides for s in side.free)


def substitute_all(body: Term, table: dict[Term, Term]) -> Term:
    """Symbols replaced all at once."""
    from calcds.expr.term import substitute

    return substitute(body, table)


def _is_of(name: str, letter: str) -> bool:
    return name == letter or name.startswith(letter + "_")


def listed(names: Iterable[str]) -> str:
    return " and ".join(shown(n).removesuffix("_all") for n in sorted(set(names)))


__all__ = ["Chances", "subterms"]
