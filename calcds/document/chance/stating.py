r"""What the text states of the random variables in a chain: independence, means, variances, distributions.

Where it states a mean, a variance or a distribution, or that the X_i are independent and identically distributed, the
expectations of polynomials are computed from the moments; what is not stated of them has a name of its own.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations

from calcds.document.chance.estimates import COUNTS, DEVIATION, MEAN
from calcds.document.chance.expecting import Moments, by_moments, substitute
from calcds.document.chance.laws import OTHER, deviation_of, moments_of, range_of
from calcds.document.chance.profiles import TABLE
from calcds.document.reading.symbols import Symbols
from calcds.document.source.latex import Node
from calcds.document.source.names import letter_of, names_in, opened, shown
from calcds.document.words.randomness import (
    JOINT,
    LAID_DOWN,
    OPERATORS,
    Said,
    base_of,
    is_running,
    latest_law,
)
from calcds.expr.kinds import Nonnegative, PositiveSemidefinite, Real, Vector
from calcds.expr.operators import zeros
from calcds.expr.term import ZERO, Term, number

FREE = {"independent", "iid"}  # suppositions under which the members of a family are independent
_TWO = number(2)
VALUES = "Outcomes"  # the word of kinds of values of random variables


class Stated(Symbols):
    """Facts about random variables."""

    cast: frozenset[str] = frozenset()  # keys of the random variables and events of the chain
    implied: list[Term]  # conditions on parameters of distributions
    advised = ""  # the annotation that says it
    read_as: tuple[str, ...] = ()  # what was read by convention, in words
    letters: frozenset[str] = frozenset()  # all names of the chain
    worked: set[Term]  # expectations and probabilities that a stated law tells: no equation says what they are
    read_now: list[Said]  # facts whose values are read: "the g_j all have expectation E[g]" gives E[g] no other name

    def random_key(self, symbol: Term) -> str | None:
        """The key of a random variable; None for any other symbol."""
        raise NotImplementedError  # pragma: no cover

    def holding(self, *words: str) -> Iterator[Said]:
        """The facts that hold here."""
        return self.scope.chance.holding(self.scope.around, *words)

    def facts(self, key: str, *words: str) -> list[Said]:
        """The facts about one name, or about its family."""
        return [f for f in self.holding(*words) if f.covers([key])]

    def law(self, key: str) -> Said | None:
        """The law of a variable that was stated last; what repeats a known one says nothing new."""
        return latest_law(self.facts(key, "law"))

    def doubt_parameters(self, side: Term, stated: Collection[str]) -> None:
        """An undefined mu or sigma beside expectations may be what it is everywhere."""
        names = {s for s in side.free if s in self.plain.values() or not s.is_scalar}
        for s in sorted((s for s in names if s not in self.scope.table() and str(s) not in stated), key=str):
            if letter_of(self.owners.get(s, str(s))) in {"mu", "sigma"}:
                self.doubt(f"{s} may be a mean or a standard deviation")

    def is_known(self, key: str) -> bool:
        """Whether the text states the distribution of a variable, or its mean and variance."""
        return bool(self.facts(key, "law", "moments", "iid"))

    def is_stated(self) -> bool:
        """Whether the text says something of the distributions in this chain: then the space is not free."""
        if any(map(self.is_known, self.cast)) or any(map(self._is_sample, self.cast)):
            return True
        families = [key for key in self.cast if is_running(key)]
        if families and (self.options.suppose in FREE or any(self.facts(key, "independent") for key in families)):
            return True
        return any(len(f.keys & self.cast) > 1 for f in self.holding("uncorrelated"))

    def reads(self, said: str) -> None:
        """Something is read by a convention."""
        self.read_as = tuple(dict.fromkeys((*self.read_as, said)))

    def is_variable_letter(self, key: str) -> bool:
        """Whether a letter is random here."""
        return self.scope.chance.is_random(key, self.scope.around)

    def is_conventional(self, key: str) -> bool:
        r"""Whether \mu and \sigma^2 in this chain are the mean and the variance of the members of a sample."""
        base = base_of(key)
        scope = self.scope
        numbers = {k for k, (_, _, section) in scope.values.items() if scope.is_here(section)}
        free = all(scope.definition(k, old=False) is None and k not in numbers for k in (MEAN, DEVIATION))
        others = {k for k in self.letters if letter_of(k) not in {MEAN, DEVIATION, base, *COUNTS, *"ijk"}}
        plain = all(k in OPERATORS or k.startswith("hat ") for k in others)
        averaged = MEAN in self.letters and not scope.chance.averaged_in.get(base, set()).isdisjoint(scope.around)
        plain = plain and (averaged or any(k.startswith(("bar ", "hat ")) for k in self.letters))  # something is estimated
        if not (DEVIATION in self.letters and plain and free) or self.scope.sampled_in.isdisjoint(self.scope.around):
            return False
        return not self.facts(base, "law", "moments")

    def _is_sample(self, key: str) -> bool:
        return (is_running(key) or key.startswith("all ")) and self.is_conventional(key)

    def suppose(self, said: str, word: str, keys: Iterable[str]) -> None:
        """Take something for granted; the annotation that would say it."""
        self.supposed = tuple(dict.fromkeys((*self.supposed, said)))
        names = sorted({shown(base_of(k)) if k.startswith("all ") else shown(k) for k in keys})
        self.advised = f"{', '.join(names)}: {word}"

    def is_product(self) -> bool:
        """Whether all random variables and events of the chain are independent, or are taken to be so."""
        said = any(f.covers(self.cast) for f in self.holding("independent"))
        if said or len(self.cast) < 2:
            return said and bool(self.cast)
        self.choices.add("independent")
        if self.options.suppose == "independent":
            self.suppose(f"{listed(self.cast)} are independent", "independent", self.cast)
            return True
        if any(not f.keys or f.keys & self.cast for f in self.holding("unclear", "independent")):
            self.doubt("what the text calls independent is not understood")
        return False

    # -- moments ------------------------------------------------------------------------------------------------

    def by_moments(self, body: Term, here: Sequence[Term]) -> Term | None:
        """The expectation by stated moments; None where they do not tell it."""
        moments: dict[Term, Moments] = {}
        for s in here:
            key = self.random_key(s) or ""
            if not s.is_scalar and self.is_family(key) and not self._is_free_family(key):
                return None
            found = self._moments(key, s)
            if found is None:
                return None
            if not s.is_scalar and not self.is_family(key) and not _is_vectors(found, s):
                return None
            moments[s] = found
        covariances = {}
        for a, b in combinations(here, 2):
            tied = self._covariance_of(a, b)
            if tied is not None:
                covariances[frozenset((a, b))] = tied
        return by_moments(body, moments, covariances)

    def by_joint_law(self, body: Term, here: Sequence[Term]) -> Term | None:
        """The sum over the rows of a table that is the joint law of some variables; None where there is none."""
        keys = {s: self.random_key(s) or "" for s in here}
        joint = next((f for f in reversed(list(self.holding(JOINT))) if f.keys.issuperset(keys.values())), None)
        laws = [self.law(key) for key in keys.values()]
        if not here or joint is None or any(law is None or law.start != joint.start or law.law != TABLE for law in laws):
            return None
        others = self.holding("independent", "iid", "uncorrelated", "unclear", "moments", "covariance")
        if any(f.start > joint.start and (not f.keys or f.keys & joint.keys) for f in others):
            return None  # "if they were independent"
        order, nodes = joint.hint.split(), joint.values
        total, width = ZERO, len(order) + 1
        for k in range(0, len(nodes), width):
            *values, chance = map(self._read, nodes[k : k + width])
            row = dict(zip(order, values, strict=True))
            total = total + chance * substitute(body, {s: row[key] for s, key in keys.items()})
        self.worked.add(total)
        return total

    def is_family(self, key: str) -> bool:
        """Whether a column is a family of numbers X_i, and no random vector."""
        return key.startswith("all ") or base_of(key) in self.usage.families or bool(self.facts(key, "iid"))

    def _is_free_family(self, key: str) -> bool:
        """Whether the members of a family are independent of each other, or are taken to be so."""
        if self.facts(key, "iid", "independent") or self.is_conventional(key):
            return True
        if self.options.suppose in FREE:
            word = "independent" if self.options.suppose == "independent" else "independent and identically distributed"
            self.suppose(f"the {shown(base_of(key))}_i are {word}", self.options.suppose, [base_of(key)])
        return self.options.suppose in FREE

    def _covariance_of(self, a: Term, b: Term) -> Term | None:
        """The covariance of two variables; None where they are independent."""
        keys = [self.random_key(s) or "" for s in (a, b)]
        same = base_of(keys[0]) == base_of(keys[1])
        if same and any(map(is_running, keys)):
            self.doubt(f"whether {listed(keys)} are different is not said")
        else:
            for fact in self.holding("independent", "iid", "uncorrelated"):
                if fact.covers(keys):
                    return ZERO if fact.word == "uncorrelated" else None
        given = [fact for fact in self.holding("covariance") if fact.keys == frozenset(keys)]
        if given:
            return self._read(given[-1].values[0])
        self.choices.add("independent")
        if self.options.suppose in FREE:
            self.suppose(f"{listed(keys)} are independent", "independent", keys)
            return None
        return Real.symbol(f"Cov_{shown(keys[0])}_{shown(keys[1])}")

    def _moments(self, key: str, symbol: Term) -> Moments | None:
        """Mean and variance of a variable, as the text states them, else as names of their own."""
        law = self.law(key)
        newest = max((fact.start for fact in self.facts(key, "moments")), default=-1)
        if law is not None and (law.law != OTHER or law.start >= newest):
            return self._of_law(law, symbol)
        if not symbol.is_scalar and self.is_conventional(key):
            self.reads(f"the {shown(base_of(key))}_i are read as independent with mean mu and variance sigma^2")
            deviation = self.symbol(DEVIATION)
            self.implied += deviation_of(deviation**_TWO)
            return Moments(self.symbol(MEAN), deviation**_TWO)
        mean, variance = self._unknown_moments(key, symbol)
        fresh, unknown = mean, variance
        since = law.start if law is not None and law.hint == LAID_DOWN else 0
        for fact in (f for f in self.facts(key, "moments") if f not in self.read_now and f.start >= since):
            if any(is_running(n) for v in fact.values for n in (f"{m.base}_{_below(m.marks)}" for m in names_in(v))):
                return None  # a mean mu_i of its own for every X_i
            self.read_now.append(fact)
            try:
                mean = mean if fact.values[0].kind == "EMPTY" else self._read(fact.values[0])
                variance = variance if fact.values[1].kind == "EMPTY" else self._read(fact.values[1])
            finally:
                self.read_now.pop()
        if mean is fresh and self.options.suppose == "centred":
            self.suppose(f"the mean of {listed(self.cast)} is 0", "centred", self.cast)
            mean = ZERO
        if mean is not fresh and variance is unknown and not symbol.is_scalar and not self.is_family(key):
            variance = PositiveSemidefinite[symbol.shape[0]].symbol(f"Cov_{shown(key)}")  # nothing is said but the mean
        self.implied += deviation_of(variance)
        if not variance.is_scalar and variance.shape[1] != 1:
            return self._joint_moments(mean, variance, symbol)
        fits = all(m.is_scalar or m.shape == symbol.shape for m in (mean, variance))
        return Moments(mean, variance) if fits else None

    def _unknown_moments(self, key: str, symbol: Term) -> tuple[Term, Term]:
        """Names for a mean and a variance that are not stated; of every member of a family unless they are alike."""
        said = self.facts(key, "iid")
        alike = bool(said) or self.options.suppose == "iid"
        if alike and not said:
            self.suppose(f"the {shown(base_of(key))}_i are independent and identically distributed", "iid", [base_of(key)])
        name = shown(min(said[-1].keys) if said else base_of(key) if alike else key)
        if alike or symbol.is_scalar:
            return Real.symbol(f"E_{name}"), Nonnegative.symbol(f"Var_{name}")
        n = symbol.shape[0]
        return Vector[n].symbol(f"E_{name}"), Vector[n, Nonnegative].symbol(f"Var_{name}")

    def _of_law(self, fact: Said, symbol: Term) -> Moments | None:
        values = [self._read(v) for v in fact.values]
        if fact.law == "normal" and not all(v.is_scalar for v in values):
            return self._joint_moments(values[0], values[1], symbol) if not self.are_random(values) else None
        found = moments_of(fact.law, values) if not self.are_random(values) else None
        if found is not None:
            self.implied += [*range_of(fact.law, values), *deviation_of(found.variance)]
        return found

    def _joint_moments(self, mean: Term, variance: Term, symbol: Term) -> Moments | None:
        """The mean and the covariance matrix of a random vector; None where they are none."""
        n = symbol.shape[0]
        if symbol.is_scalar or symbol.shape[1] != 1 or variance.is_scalar:
            return None
        fits = self.sizes.same(variance.shape[0], n) and self.sizes.same(variance.shape[1], n)
        mean = zeros(n) if mean is ZERO else mean
        return Moments(mean, variance) if fits and not mean.is_scalar and self.sizes.same(mean.shape[0], n) else None

    def are_random(self, parameters: Sequence[Term]) -> bool:
        """Whether parameters of a law are random themselves: then it is the law for given values of them."""
        return any(self.random_key(s) is not None for value in parameters for s in self.scope.expand(value).free)

    def _read(self, node: Node) -> Term:
        return self.value(opened(node))


def _below(marks: Sequence[Node]) -> str:
    return next((m.parts[0].text for m in marks if m.kind == "below"), "")


def _is_vectors(moments: Moments, symbol: Term) -> bool:
    """Whether they are the mean and the covariance matrix of a random vector."""
    n = symbol.shape[0]
    return moments.mean.shape == (n, 1) and moments.variance.shape == (n, n)


def listed(names: Iterable[str]) -> str:
    """Names in a sentence."""
    return " and ".join(shown(n).removesuffix("_all") for n in sorted(set(names)))


def is_chance(*sides: Term) -> bool:
    """Whether a claim is about random variables, events or mass functions."""
    return any(s.data[1].word in {VALUES, "Event", "Probability", "Stochastic"} for side in sides for s in side.free)
