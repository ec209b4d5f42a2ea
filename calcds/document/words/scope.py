"""What is known at a place of a document: kinds of names, functions, definitions, conditions, evidence.

Everything carries the section in which it was said. What an earlier section said holds on, but less surely: a reading
may leave it out, and nothing is called wrong on its strength alone.

Imports: calcds.document.source.names, calcds.expr.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TypeVar

from calcds.document.source.latex import Node
from calcds.document.source.names import ALL, FUNCTIONS, KNOWN_NUMBERS, Named, letter_of, shown
from calcds.document.source.options import Options
from calcds.document.words.data import Numbers
from calcds.document.words.every_layer import families, holds_every_layer
from calcds.document.words.facts import supposing
from calcds.document.words.models import is_model
from calcds.document.words.putting_in import put_in
from calcds.document.words.randomness import Chance
from calcds.expr import operators as op
from calcds.expr.kinds import FunctionSymbol, Kind, Real
from calcds.expr.term import DERIVATIVES, Size, Term, replace, same_size, substitute, subterms

SHORT = set("ijklpqrstx")  # letters that end a sum in one section and mean something else in another
_SQUARE = {"symmetric", "antisymmetric", "positive definite", "positive semidefinite", "invertible"}  # matrices that are
_Value = TypeVar("_Value")
MOST_STEPS = 60  # definitions within definitions
MOST_NODES = 4000  # of an expanded term
_MOST_ARGUMENTS = 6  # of functions that share a name


@dataclass(frozen=True, slots=True)
class Function:
    """A function: `f(x) = x^2` has a body, `f: R -> R` has none."""

    name: str
    parameters: tuple[Term, ...]
    body: Term | None = None
    labels: tuple[Term, ...] = ()  # parameters that stand in the subscript: sigma_{beta,gamma}(x)
    section: int = 0
    symbol: FunctionSymbol | None = None  # without a body
    keys: tuple[str, ...] = ()  # of the parameters
    at: int = -1
    printed: Term | None = None  # the body as it is printed
    squared: frozenset[int] = frozenset()  # places of parameters of which the square is the argument: sigma in l(mu, sigma^2)


@dataclass(frozen=True, slots=True)
class OfFunctions:
    r"""What a section says an inner product of functions is: the f, g and x of `\int_a^b f(x) g(x) w(x) \, dx`, and this."""

    first: str
    second: str
    variable: str
    integral: Node


@dataclass(frozen=True, slots=True)
class Definition:
    """`y = x^2 + 1`: the symbol stands in readings, the body replaces it when the claim is decided."""

    symbol: Term
    body: Term
    section: int = 0
    at: int = -1
    result: bool = False  # "we get x = b/a", of an x that was free before: what needs it holds at that x only
    alone: Term | None = None  # Q diag(lambda) Q^T, with new names, is every symmetric A: what stands for it where they do not

    def body_for(self, claim: Term, spectral: Term | None) -> Term:
        r"""What stands for the name in a claim: its body, unless the claim speaks of other things.

        Of an A = Q \Lambda Q^T alone a claim without Q and \Lambda is about every symmetric A; one with the eigenvalues of
        C = X^T X, and without X, is about their spectral decomposition.
        """
        sizes = {s for n in self.symbol.shape if isinstance(n, Term) for s in n.free}
        if claim.free.isdisjoint(inside := self.body.free - sizes):
            if self.alone is not None:
                return self.alone
            if spectral is not None and inside and not claim.free.isdisjoint(spectral.free - sizes):
                return spectral
        return self.body

    @property
    def is_model(self) -> bool:
        """Whether it says how data came about: `y = X beta + epsilon`. They change with no parameter of an estimate."""
        return is_model(self.body)


@dataclass(frozen=True, slots=True)
class Members:
    r"""`H_n = \sum_{k=1}^n 1/k`: what a name with any index stands for, its index as a number."""

    index: Term
    body: Term
    section: int = 0


@dataclass(frozen=True, slots=True)
class Declared:
    """A name with its kind."""

    kind: Kind
    section: int = 0
    certain: bool = True


def _as_it_is(term: Term) -> Term:
    return term


@dataclass(slots=True)
class Scope:
    """The knowledge of a document so far."""

    kinds: dict[str, Declared] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    sequences: dict[str, Members] = field(default_factory=dict)
    rounded: dict[str, tuple[Term, Term, int]] = field(default_factory=dict)  # what a name with a formula comes to, as printed
    spectra: dict[str, tuple[int, Term]] = field(default_factory=dict)  # spectral decompositions, and the section of each
    conditions: list[tuple[int, Term]] = field(default_factory=list)
    evidence: dict[str, set[int]] = field(
        default_factory=dict
    )  # keys transposed or in a norm, and in which sections
    primed: set[str] = field(default_factory=set)  # keys with a prime somewhere: functions, not numbers
    row_vectors: set[str] = field(default_factory=set)  # names that the text calls so; a letter is a column else
    scalars: set[str] = field(default_factory=set)  # keys of which the prose says that they are numbers
    constants: set[str] = field(default_factory=set)  # letters of which the text says that they do not change
    convolves: bool = False  # the document speaks of convolutions
    entry_said: dict[str, int] = field(default_factory=dict)  # matrices with an equation for their entries: its section
    descends_in: set[int] = field(default_factory=set)  # sections that speak of gradient descent
    hessian_in: set[int] = field(default_factory=set)  # sections that speak of Hessians, of which H is one
    impulses: set[int] = field(default_factory=set)  # sections in which delta is the unit impulse
    periods: dict[int, tuple[int, str]] = field(default_factory=dict)  # where sections begin to count modulo N, and the name N
    counted: dict[str, set[int]] = field(default_factory=dict)  # letters of data below a factorial, and in which sections
    has_covariances: bool = False  # the document is about normal distributions, and inverts \Sigma or takes its determinant
    properties: dict[str, str] = field(default_factory=dict)  # key -> "symmetric", ...
    property_in: dict[str, int] = field(default_factory=dict)  # the section that says it
    told: dict[str, set[str]] = field(default_factory=dict)  # every property that the text says of a name somewhere
    momentary: dict[str, str | None] = field(
        default_factory=dict
    )  # keys with a property in this sentence only ("if A is symmetric"), and what they had before
    entrywise: dict[str, set[int]] = field(default_factory=dict)  # functions that act on every entry, and which sections say so
    applied: set[str] = field(default_factory=set)  # keys that occur as heads of function definitions
    fields: set[str] = field(default_factory=set)  # those of functions that are numbers, as gradients of them are printed
    section: int = 0
    around: frozenset[int] = frozenset()  # this section and those it is part of
    old: bool = False  # definitions of other sections are seen too
    stated_dims: set[str] = field(default_factory=set)  # names of sizes in declarations
    dim_in: dict[str, set[int]] = field(default_factory=dict)  # names that end sums, and in which sections
    values: dict[str, tuple[Term, Term, int]] = field(default_factory=dict)  # key -> symbol, number, section
    general: dict[str, Definition] = field(default_factory=dict)  # formulas of names in the place of which numbers stand
    several_in: dict[str, set[int]] = field(default_factory=dict)  # names that had another value before, by section
    near: set[str] = field(default_factory=set)  # names of which the value is rounded
    opaque: dict[str, int] = field(
        default_factory=dict
    )  # names with an equation that was not read, and its section
    formulas: frozenset[str] = frozenset()  # functions that have a formula somewhere in the document
    single_entries: set[str] = field(default_factory=set)  # names of which the formula of a loss shows that they have one
    elastic: set[Term] = field(default_factory=set)  # sizes that no text states
    view: Callable[[Term], Term] = _as_it_is  # what the chain that is read or decided knows of these sizes
    subscripts: dict[str, set[str]] = field(
        default_factory=dict
    )  # key -> everything that stands below it somewhere
    iterate_in: dict[str, set[int]] = field(
        default_factory=dict
    )  # keys with subscripts such as k+1, by section
    steps_in: dict[str, set[int]] = field(default_factory=dict)  # and sections of which only a part has such subscripts
    summed_in: dict[tuple[str, int], set[int]] = field(
        default_factory=dict
    )  # keys, numbers of indices, some summed over
    summed_by: dict[str, set[str]] = field(default_factory=dict)  # and the letters below such keys that are summed over
    stepped_by: dict[tuple[str, int], set[str]] = field(default_factory=dict)  # the t of `x_{t+1}`, by key and section
    row_in: dict[str, set[int]] = field(
        default_factory=dict
    )  # keys whose x_i are vectors, and in which sections
    squared_in: dict[str, set[int]] = field(default_factory=dict)  # keys whose x_i are squared, as only numbers are
    sampled: dict[str, set[int]] = field(
        default_factory=dict
    )  # keys whose superscript `(i)` is an index, by section
    bold_in: dict[str, set[int]] = field(default_factory=dict)  # keys written in bold, and in which sections
    entered_in: dict[str, set[int]] = field(
        default_factory=dict
    )  # arguments of which functions compute with the entries, by section
    from_zero_in: dict[str, set[int]] = field(default_factory=dict)  # keys of vectors with an entry 0
    number_in: dict[str, set[int]] = field(default_factory=dict)  # and those that are numbers somewhere
    divided_in: dict[str, set[int]] = field(default_factory=dict)  # capitals that a section divides by
    letters_in: dict[str, dict[int, int]] = field(default_factory=dict)  # where e or pi first gets a value, by section
    constant_in: dict[str, dict[int, int]] = field(default_factory=dict)  # and where it is the constant for the last time
    whole: dict[str, Declared] = field(default_factory=dict)  # names that the text calls whole numbers
    layered: Callable[[Node, int], Node] = lambda tree, _: tree  # of a section; scripts that count layers get brackets
    sampled_in: set[int] = field(default_factory=set)  # sections that speak of samples, data and estimators
    told_indices: frozenset[str] = frozenset()  # letters that the text says tell classes or places apart
    weighted_in: set[int] = field(default_factory=set)  # sections that speak of means with weights
    complex_in: set[int] = field(default_factory=set)  # sections that speak of complex numbers
    solving_in: set[int] = field(
        default_factory=set
    )  # sections that solve differential or implicit equations
    single_in: dict[str, set[int]] = field(
        default_factory=dict
    )  # keys of which x_1 has an equation of its own, by section
    former: dict[str, Definition | Function] = field(
        default_factory=dict
    )  # what a name meant before, in this section
    generic: bool = False  # f, g, h are any functions
    sure: bool = False  # only what was declared is seen, not what names were read as
    kept: bool = False  # what was only guessed in other sections is seen
    with_former: bool = False  # earlier meanings are seen instead of later ones
    set_in: dict[str, set[int]] = field(
        default_factory=dict
    )  # keys of sets that sums run over, and in which sections
    ranges: dict[str, Size] = field(
        default_factory=dict
    )  # lengths of the indices of the formula that is read
    quotients: dict[int, list[tuple[Named, Named]]] = field(
        default_factory=dict
    )  # what is differentiated by what, by section
    moving: dict[int, set[str]] = field(default_factory=dict)  # keys with a differential of their own, by section
    variables: dict[int, set[str]] = field(default_factory=dict)  # keys of names by which is differentiated, by section
    gradients_in: set[int] = field(default_factory=set)  # sections that take gradients
    chance: Chance = field(default_factory=Chance)  # random variables and events
    numbers: Numbers = field(default_factory=Numbers)  # the numbers of examples
    identities: set[str] = field(default_factory=lambda: {"I", "bold I"})  # what the identity matrix is called
    inner_of: dict[int, OfFunctions | None] = field(default_factory=dict)  # inner products of functions, by section
    settings: dict[str, str] = field(default_factory=dict)  # layout, log base, prime
    meant: dict[str, list[int]] = field(default_factory=dict)  # the sections in which a name was given its meanings, in order

    def see(self, options: Options, view: Callable[[Term], Term]) -> None:
        """Show what one way to read makes of the text, with what is known of sizes."""
        self.old, self.with_former, self.view = options.old, options.former, view
        self.generic, self.sure, self.kept = options.generic, options.sure, options.kept
        if self.momentary:
            words = {shown(key): self.properties[key] for key in self.momentary if key in self.properties}
            self.view = lambda term: supposing(view(term), words)

    def _here(self, said_in: Mapping[str, AbstractSet[int]]) -> set[str]:
        """The keys of which something is said in this section, of a table of sections by key."""
        return {key for key, sections in said_in.items() if not sections.isdisjoint(self.around)}

    @property
    def dims(self) -> set[str]:
        """Names of sizes. A letter that is an index elsewhere is a size only in the section that sums up to it."""
        return self.stated_dims | {
            name
            for name, sections in self.dim_in.items()
            if not sections.isdisjoint(self.around) or (name not in SHORT and name not in self.evidence)
        }

    @property
    def is_complex(self) -> bool:
        """Whether this section speaks of complex numbers."""
        return not self.complex_in.isdisjoint(self.around)

    @property
    def is_solving(self) -> bool:
        """Whether equations with derivatives are conditions on unknown functions in this section."""
        return not self.solving_in.isdisjoint(self.around)

    def is_constant(self, key: str) -> bool:
        """Whether a letter is a number that everybody knows; an e that is transposed is a vector of errors."""
        return key in KNOWN_NUMBERS and not self.is_letter(key) and not (key == "e" and "e" in self.vectors)

    def is_letter(self, key: str) -> bool:
        r"""Whether e or pi is a name here: "the exponent $e = 3$", "the stationary law $\pi = \pi P$".

        Where the constant stands in front of "writing $e = p - t$" only, it is a name from there on.
        """
        first, last = self._gets_value(key), self._is_number_last(key)
        return first is not None and (last is None or last < first <= self.chance.at)

    def is_both(self, key: str) -> bool:
        """Whether it gets a value of its own where it is the constant, too."""
        first, last = self._gets_value(key), self._is_number_last(key)
        return first is not None and last is not None and last >= first

    def _gets_value(self, key: str) -> int | None:
        return min((at for section, at in self.letters_in.get(key, {}).items() if section in self.around), default=None)

    def _is_number_last(self, key: str) -> int | None:
        return max((at for section, at in self.constant_in.get(key, {}).items() if section in self.around), default=None)

    def acts_on_entries(self, key: str) -> bool:
        """Whether this section says that a function acts on every entry."""
        return not self.entrywise.get(key, set()).isdisjoint(self.around)

    def is_single(self, key: str) -> bool:
        """Whether x_1, x_2 are names of their own in this section."""
        return not self.single_in.get(key, set()).isdisjoint(self.around)

    @property
    def vectors(self) -> set[str]:
        """Keys that occur as vectors or matrices in this section."""
        if self.kept:
            return {*self.evidence}
        return self._here(self.evidence) | (self._here(self.entered_in) - self._here(self.number_in))

    def is_from_zero(self, key: str) -> bool:
        """Whether this section writes out a vector from an entry 0."""
        return not self.from_zero_in.get(key.removeprefix("bold "), set()).isdisjoint(self.around)

    def is_iterate(self, key: str) -> bool:
        r"""Whether x_k is the x of step k in this section.

        A section with `x_{t+1}` may be part of one that sums entries, `\sum_i x_i^2`: t is the step, where i counts entries.
        """
        here = not self.iterate_in.get(key, set()).isdisjoint(self.around)
        if self.section not in self.summed_in.get((key, 1), ()) and (steps := self.stepped_by.get((key, self.section))):
            return not self.is_summed(key, 1) or steps.isdisjoint(self.summed_by.get(key, ()))
        return (here or self.section in self.steps_in.get(key, ())) and not self.is_summed(key, 1)

    def is_summed(self, key: str, rank: int) -> bool:
        """Whether this section sums over an index of a name."""
        return not self.summed_in.get((key, rank), set()).isdisjoint(self.around)

    def divides(self, key: str) -> bool:
        """Whether this section divides by a capital."""
        return not self.divided_in.get(key, set()).isdisjoint(self.around)

    @property
    def rows(self) -> set[str]:
        """Keys of which this section writes x_i as a vector."""
        return {key for key in self._here(self.row_in) if self.squares(key) is None}

    def squares(self, key: str) -> int | None:
        """The part around this place that squares the x_i, which are numbers in it, whatever the parts around it say of them.

        None where no part does, or where this one or a part of it writes x_i as a vector.
        """
        squared = max(self.squared_in.get(key, set()) & self.around, default=-1)
        written = max(self.row_in.get(key, set()) & self.around, default=-1)
        return squared if squared > written else None

    @property
    def samples(self) -> set[str]:
        """Keys of which this section writes an index as a superscript: `x^{(i)}`."""
        return self._here(self.sampled)

    @property
    def sets(self) -> set[str]:
        """Keys of sets that sums of this section run over."""
        return self._here(self.set_in)

    @property
    def bolds(self) -> set[str]:
        """Keys that this section writes in bold."""
        return self._here(self.bold_in)

    def is_here(self, section: int) -> bool:
        """Whether something said in a section holds here for certain."""
        return section in self.around or section == -1

    def kind(self, key: str, *, old: bool) -> Kind | None:
        """The declared kind of a name."""
        found = self.kinds.get(key)
        if self.sure and found is not None and not found.certain and not key.startswith("all "):
            return None
        lasting = found is not None and (found.certain or self.kept or key.startswith("all "))
        if found is None or not ((old and lasting) or self.is_here(found.section)):
            return None
        kind: Kind = self.view(found.kind.symbol(key)).data[1] if self.elastic else found.kind
        return kind

    def property_of(self, key: str, *, old: bool) -> str | None:
        r"""The property that the text says of a name; old: in another section, too, where this one has not read it without.

        The \Sigma of a normal distribution is its covariance matrix, which has an inverse where one is printed.
        """
        word = self._said_of(key, old=old)
        is_covariance = self.has_covariances and letter_of(key) == "Sigma"
        return "positive definite" if is_covariance and word in {None, "positive semidefinite", "symmetric"} else word

    def _said_of(self, key: str, *, old: bool) -> str | None:
        if self.is_here(self.property_in.get(key, self.section)):
            return self.properties.get(key)
        said = self.kinds.get(key)
        without = said is not None and not said.certain and self.is_here(said.section)
        return self.properties.get(key) if old and not without else None

    def is_declared(self, key: str) -> bool:
        """Whether the text says what kind of thing a name is; not only how it is used."""
        return key in self.kinds and self.kinds[key].certain

    def function(self, key: str, *, old: bool) -> Function | None:
        """The function of a name."""
        found = self.functions.get(key) or (self.partial(key, old=old) if "_" in key else None)
        former = self.former.get(key) if self.with_former else None
        if isinstance(former, Function) and self.is_here(former.section):
            found = former
        if self.generic and key in FUNCTIONS and found is not None and found.body is not None:
            return None
        if found is None or not (old or found.body is None or self.is_here(found.section)):
            return None
        if found.body is None or not (self.elastic or self.momentary):
            return found
        parameters = tuple(map(self.view, found.parameters))
        return dataclasses.replace(found, parameters=parameters, body=self.view(found.body))

    def sharing(self, key: str, *, old: bool) -> list[Function]:
        """The functions that share a name with others, of more or fewer arguments: H(p, q) beside H(p)."""
        found = (self.function(of_arity(key, count), old=old) for count in range(1, _MOST_ARGUMENTS))
        return [one for one in found if one is not None]

    def last_function(self, key: str, *, old: bool) -> Function | None:
        """The function of a name; of those that share it, the one that was defined last."""
        found = self.function(key, old=old)
        if found is not None and found.symbol is not None and found.body is None:
            return found  # the text has said since what f is: a function of which it gives no formula
        return max((*([found] if found is not None else ()), *self.sharing(key, old=old)), key=lambda f: f.at, default=None)

    def partial(self, key: str, *, old: bool) -> Function | None:
        """The derivative `f_{xy}` of a function of several variables, by the letters of its parameters."""
        base, _, letters = key.rpartition("_")
        f = self.functions.get(base)
        if f is None or f.body is None or not (old or self.is_here(f.section)) or len(f.parameters) < 2:
            return None
        if not letters or not set(letters) <= set(f.keys):
            return None
        if any(not p.is_scalar or len(k) > 1 for p, k in zip(f.parameters, f.keys, strict=True)):
            return None
        places = {k: p for k, p in zip(f.keys, f.parameters, strict=True) if k in letters}
        bound = {p: Real.symbol(f"{k}'") for k, p in places.items()}
        body = op.diff(substitute(f.body, bound), *(bound[places[letter]] for letter in letters))
        for value, place in bound.items():
            body = op.at(body, place, value)
        return dataclasses.replace(f, name=key, body=body)

    def outdated(self, one: Function) -> list[str]:
        """Functions that were redefined after this one, which may belong to their former meaning."""
        return [
            key
            for key, before in self.former.items()
            if isinstance(before, Function) and one.body is not None and before.name != one.name
            and (now := self.functions.get(key)) is not None and before.section == one.section != now.section
        ]  # fmt: skip

    def definition(self, key: str, *, old: bool) -> Definition | None:
        """The definition of a name."""
        found = self._before(key, self.definitions.get(key))
        return self._seen_as(found) if found is not None and (old or self.is_here(found.section)) else None

    def sequence(self, key: str, *, old: bool) -> Members | None:
        """The sequence of a name."""
        found = self.sequences.get(key)
        return found if found is not None and (old or self.is_here(found.section)) else None

    def _before(self, key: str, found: Definition | None) -> Definition | None:
        former = self.former.get(key) if self.with_former else None
        return former if isinstance(former, Definition) and self.is_here(former.section) else found

    def has_meaning(self, key: str) -> bool:
        """Whether the text gives a formula or a number to a name."""
        f = self.functions.get(key)
        tables = (self.definitions, self.values, self.sequences)
        twins = _twins(key)
        return (f is not None and f.body is not None) or any(twin in table for table in tables for twin in twins)

    def is_defined_here(self, key: str) -> bool:
        """Whether what a name stands for, if the text says so, is said in this section, and is put in for it."""
        f = self.functions.get(key)
        if f is not None and f.body is not None and not self.is_here(f.section):
            return False
        twins = _twins(key)
        sections = {self.definitions[twin].section for twin in twins if twin in self.definitions}
        sections |= {self.sequences[twin].section for twin in twins if twin in self.sequences}
        sections |= {self.values[twin][2] for twin in twins if twin in self.values}
        return all(map(self.is_here, sections))

    def give(self, key: str) -> None:
        """Remember that a name gets a meaning."""
        self.meant.setdefault(key, []).append(self.section)

    def has_one_meaning(self, key: str) -> bool:
        """Whether a name has the meaning still that it was given first in this section, whatever it was in those before."""
        said = self.meant.get(key, [])
        return bool(said) and self.is_here(said[-1]) and sum(map(self.is_here, said)) == 1

    def has_meanings_elsewhere(self, key: str) -> bool:
        """Whether a name has a meaning in this section, and had another one in a section before."""
        said = self.meant.get(key, [])
        return bool(said) and self.is_here(said[-1]) and not all(map(self.is_here, said))

    def is_forgotten(self, name: str) -> bool:
        """Whether a symbol had a formula that was replaced by one that was not understood, or by the numbers of an example."""
        keys = [key for key in self.meant if shown(key) == name]
        example = [key in self.values and not self.is_here(self.values[key][2]) for key in keys]
        return any(numbers or not self.has_meaning(key) for key, numbers in zip(keys, example, strict=True))

    def replaced(self, key: str) -> None:
        """A name gets a new meaning: in its section the old one is not forgotten."""
        found = self.functions.get(key) or self.definitions.get(key)
        if found is not None and (isinstance(found, Definition) or found.body is not None):
            self.former[key] = found

    def _seen_as(self, found: Definition) -> Definition:
        symbol, body = self.view(found.symbol), self.view(found.body)
        same = symbol is found.symbol and body is found.body
        return found if same else dataclasses.replace(found, symbol=symbol, body=body)

    def declare(self, key: str, kind: Kind, section: int | None = None, *, certain: bool = True) -> None:
        """A name gets a kind; a definition of it goes."""
        self.kinds[key] = Declared(kind, self.section if section is None else section, certain)
        self.definitions.pop(key, None)

    def suppose(self, key: str, word: str, *, momentary: bool, lasting: bool) -> None:
        """A name gets a property; a momentary one until the sentence ends. One that is lasting may hold later on, too."""
        if momentary:
            self.momentary.setdefault(key, self.properties.get(key))
        else:
            self.momentary.pop(key, None)
        self.properties[key] = word
        self.property_in[key] = self.section
        if lasting:
            self.told.setdefault(shown(key), set()).add(word)
            self.begins_anew(key, word)

    def begins_anew(self, key: str, word: str) -> None:
        """A matrix that was m x n and is called symmetric from now on is another one: what was known of the name goes."""
        known, said = self.kinds.get(key), self.definitions.get(key)
        shapes = [one for one in (known and known.kind.shape, said and said.symbol.shape) if one]
        if word in _SQUARE and any(not same_size(*shape) and 1 not in shape for shape in shapes):
            self.kinds.pop(key, None)
            self.definitions.pop(key, None)

    def end_sentence(self) -> None:
        """What was supposed for a sentence holds no longer."""
        for key, word in self.momentary.items():
            put_back(self.properties, key, word)
        self.momentary.clear()

    def define(self, key: str, body: Term, at: int = -1, section: int | None = None, *, alone: Kind | None = None) -> None:
        """`key = body`; an earlier meaning goes. alone: the kind of which body, with its new names, is every member."""
        symbol = Term("sym", (), (shown(key), _kind_like(body)), body.shape)
        if symbol in self.expand(body).free:
            return
        self.replaced(key)
        free = alone.symbol(shown(key)) if alone is not None else None
        self.definitions[key] = Definition(symbol, body, self.section if section is None else section, at, alone=free)

    def becomes_known(self, f: FunctionSymbol) -> None:
        """A function of numbers gets its formula behind what it stands in: `p = s(z)`, `s(z) = 1/(1 + e^{-z})`."""
        assert f.body is not None  # it has one from now on
        parameters, formula = f.body

        def value(arguments: tuple[Term, ...]) -> Term:
            numbers = all(a.is_scalar for a in arguments)
            return substitute(formula, dict(zip(parameters, arguments, strict=True))) if numbers else f(*arguments)

        def known(body: Term) -> Term:
            unknown = [t for t in subterms(body) if t.head == "apply" and t.data == FunctionSymbol(f.name, f.arity)]
            return replace(body, {t: value(t.args) for t in unknown}) if unknown else body

        for key, one in self.definitions.items():
            if self.is_here(one.section) and (body := known(one.body)) is not one.body:
                self.definitions[key] = dataclasses.replace(one, body=body)
        for key, g in self.functions.items():
            if g.body is not None and self.is_here(g.section) and (body := known(g.body)) is not g.body:
                self.functions[key] = dataclasses.replace(g, body=body)

    def table(self, keep: Iterable[Term] = ()) -> dict[Term, Term]:
        """Symbols of definitions and what they stand for."""
        left_out = set(keep)
        return {d.symbol: d.body for d in self._seen() if d.symbol not in left_out}

    def _seen(self) -> list[Definition]:
        found = [self._before(key, d) or d for key, d in self.definitions.items()]
        seen = [self._seen_as(d) for d in found if self.old or self.is_here(d.section)]
        links = self._links() if self.old else []
        return _without_circles([*links, *seen])

    def _links(self) -> list[Definition]:
        """The vectors that other sections define for entries that were read without them: p for the p_k of a sum."""
        found = []
        for key, d in self.definitions.items():
            whole = self.kinds.get(f"all {key}")
            if whole is None or whole.certain or whole.section == d.section:
                continue
            if whole.kind.shape[1] == d.symbol.shape[1]:
                symbol = whole.kind.symbol(shown(f"all {key}"))
                found.append(Definition(self.view(symbol), self.view(d.symbol), d.section))
        return found

    def towards(self, term: Term, roots: Iterable[Term], held: Iterable[Term] = ()) -> Term:
        """A term in which every name is put in that depends on some roots, and no other: what a derivative needs.

        held: names that depend on nothing here, whatever the text says of them elsewhere
        """
        wanted = set(roots)
        table = self.table({*wanted, *held, *self.data(wanted)})
        below: dict[Term, bool] = {}
        summed = families(wanted)

        def depends(symbol: Term, depth: int = 0) -> bool:
            if symbol not in below:
                below[symbol] = False  # a circle does not depend on anything
                free = table[symbol].free if symbol in table and depth < MOST_STEPS else frozenset()
                below[symbol] = any(s in wanted or depends(s, depth + 1) for s in free)
                below[symbol] |= symbol in table and holds_every_layer(table[symbol], summed)
            return below[symbol]

        for _ in range(MOST_STEPS):
            used = {s: table[s] for s in term.free if s in table and depends(s)}
            if not used:
                return term
            term = substitute(term, used)
        return term

    def data(self, variables: Iterable[Term]) -> set[Term]:
        r"""Names whose equation is a model with some variables as parameters: the y of `\nabla_\beta \|y - X\beta\|^2`."""
        models = [d for d in self.definitions.values() if d.is_model]
        wanted = {str(s.data[0]) for v in variables for s in v.free} if models else set()
        if not wanted:
            return set()
        plain = self.table(self._seen_as(d).symbol for d in models)
        found = set()
        for d in map(self._seen_as, models):
            below = substitute(d.body, {s: plain[s] for s in d.body.free if s in plain})
            if not wanted.isdisjoint(str(s.data[0]) for s in below.free | d.body.free):
                found.add(d.symbol)
        return found

    def _data_in(self, term: Term) -> set[Term]:
        """The data in a term in which something is differentiated."""
        if not any(d.is_model for d in self.definitions.values()):
            return set()
        return self.data({v for t in subterms(term) if t.head == "at" or t.head in DERIVATIVES for v in t.args[1:2]})

    def behind(self, keys: Iterable[str]) -> set[str]:
        """The names that stand in the formulas of some names, and in the formulas of those."""
        bodies = [found.body for key in keys if (found := self.definition(key, old=True) or self.function(key, old=True))]
        return {str(s) for body in bodies if body is not None for s in self.expand(body).free | body.free}

    def unclear(self, term: Term) -> str:
        """A name in a term whose equation was not read here; "" where there is none."""
        names = {str(s.data[0]).removesuffix(ALL) for s in term.free}
        names |= {t.data.name + "()" for t in subterms(term) if t.head == "apply"}
        declared = {shown(key): d.section for key, d in self.kinds.items() if d.certain}
        return next((n for n, section in self.opaque.items() if n in names and (
            self.is_here(section) or declared.get(n) == section)), "")  # fmt: skip

    def column_of(self, key: str) -> Term | None:
        """The column that a name is by an equation of this section: of numbers, or of formulas."""
        value, known = self.values.get(key), self.definition(key, old=False)
        found = value[1] if value is not None and self.is_here(value[2]) else known.body if known is not None else None
        return found if found is not None and not found.is_scalar and found.shape[1] == 1 else None

    def examples(self, *, arrays: bool) -> dict[str, Term]:
        """Names that have numbers in this section, and the numbers: `x = 2`, `w = (3, 4)^T`."""
        found = {
            str(symbol.data[0]): value
            for symbol, value, section in self.values.values()
            if symbol.head == "sym" and (arrays or self.is_here(section)) and value.is_scalar is not arrays
        }
        found = {**self._columns_by_entries(), **found} if arrays else found
        plain = {name.removesuffix(ALL): value for name, value in found.items()}  # the name of all t_i that stands alone is t
        families = {f"{name}{ALL}": value for name, value in plain.items() if value.shape[1] == 1 and not value.is_scalar}
        return {**families, **plain, **found}

    def numbers_before(self) -> dict[str, Term]:
        """Names that have a number or a rounded value anywhere before, in whatever section, and the last one of each."""
        found = [*self.values.values(), *self.rounded.values()]
        return {str(s.data[0]): value for s, value, _ in sorted(found, key=lambda one: one[2]) if s.head == "sym"}

    def numbered_entries(self) -> dict[tuple[str, int], Term]:
        r"""Numbers that this section gives to `\sigma_1`, \dots: by the array of which these are entries, and the place."""
        found: dict[tuple[str, int], Term] = {}
        for key, (_, value, section) in self.values.items():
            base, _, index = key.rpartition("_")
            if base and index.isdecimal() and int(index) and value.is_scalar and self.is_here(section):
                found |= {(shown(twin), int(index) - 1): value for twin in _twins(base)}
        return found

    def _columns_by_entries(self) -> dict[str, Term]:
        """The columns of which this section gives every entry by itself: the a of `a_1 = 0.2` and `a_2 = 3 z`."""
        entries: dict[str, dict[int, Term]] = {}
        numbers = {key: value for key, (_, value, section) in self.values.items() if self.is_here(section)}
        formulas = {key: d.body for key, d in self.definitions.items() if self.is_here(d.section)}
        for key, value in {**formulas, **numbers}.items():
            base, _, index = key.rpartition("_")
            if base and len(index) == 1 and index.isdecimal() and value.is_scalar:
                entries.setdefault(base, {})[int(index)] = value
        return {
            shown(base): op.column(*(self.expand(found[k]) for k in sorted(found)))
            for base, found in entries.items()
            if len(found) > 1 and sorted(found) == [*range(1, len(found) + 1)]
            and not self.has_meaning(base) and not self.is_iterate(base)
        }

    def examples_elsewhere(self) -> set[str]:
        """Names of vectors and matrices that have numbers in another section, and none in this one."""
        return {
            str(symbol.data[0])
            for symbol, value, section in self.values.values()
            if symbol.head == "sym" and not value.is_scalar and not self.is_here(section)
        }

    def varied(self) -> set[str]:
        """Names that have several values in this section, or one in another section: no refutation rests on them."""
        elsewhere = {shown(key) for key, (_, _, section) in self.values.items() if not self.is_here(section)}
        return elsewhere | self.several

    @property
    def several(self) -> set[str]:
        """Names that this section has given another value before; what they were in another example is over."""
        return self._here(self.several_in)

    def newest(self, term: Term) -> Definition | None:
        """The definition that was made last, of those that a term uses."""
        data = self._data_in(term)
        used = [d for d in self._seen() if d.symbol in term.free and d.symbol not in data]
        return used[-1] if used else None

    def body_of(self, one: Definition, claim: Term) -> Term:
        """What stands for a name in a claim."""
        section, spectral = self.spectra.get(str(one.symbol.data[0]), (-1, None))
        if spectral is None or not self.is_here(section):
            return one.body_for(claim, None)
        return one.body_for(self.expand(claim, keep=(one.symbol,)), self.view(spectral))

    def of_other_size(self, term: Term) -> list[Definition]:
        """The definitions of arrays that a term uses with other sizes, the newest first, but for names with numbers."""
        names = {str(s.data[0]) for s in term.free if not s.is_scalar} - {str(key) for key in self.examples(arrays=True)}
        return [d for d in reversed(self._seen()) if str(d.symbol.data[0]) in names and d.symbol not in term.free]

    def expand(self, term: Term, keep: Iterable[Term] = (), table: Mapping[Term, Term] | None = None) -> Term:
        """A term with definitions put in, again and again, but for some symbols. Too large terms stay as they are."""
        left_out = {*keep, *self._data_in(term)}
        table = {s: body for s, body in (self.table() if table is None else table).items() if s not in left_out}
        for _ in range(MOST_STEPS):
            used = {s: table[s] for s in term.free if s in table}
            if not used:
                return term
            larger = put_in(term, used)
            if sum(1 for _ in subterms(larger)) > MOST_NODES:
                return term
            term = larger
        return term


def _twins(key: str) -> tuple[str, str, str]:
    """The keys under which something may be known of a name: its own, that of a family, and of the same in bold."""
    return key, f"all {key}", f"bold {key}"


def of_arity(key: str, count: int) -> str:
    """Where a function stands that another one with more or fewer arguments shares its name with: H(p, q) beside H(p)."""
    return f"{key}/{count}"


def put_back(store: dict[str, _Value], key: str, former: _Value | None) -> None:
    """A key has the value again that it had before; None: it had none."""
    store.pop(key, None)
    if former is not None:
        store[key] = former


def _without_circles(definitions: Sequence[Definition]) -> list[Definition]:
    r"""Definitions that can be put in one after the other, in their order: the later ones of a circle.

    Notes change coordinates both ways: `r = \sqrt{x^2 + y^2}` in one section, `x = r \cos\varphi` in a later one. A
    definition that is about its own name once the later ones are put in is not put in itself.
    """
    kept: dict[Term, Definition] = {}
    for one in reversed(definitions):
        met: set[Term] = set()
        todo = set(one.body.free)
        while todo and one.symbol not in met:
            met |= todo
            todo = {s for t in todo if t in kept for s in kept[t].body.free} - met
        if one.symbol not in met:
            kept.setdefault(one.symbol, one)
    return [*reversed(kept.values())]


def _kind_like(body: Term) -> Kind:
    from calcds.expr.kinds import Matrix, Real, Vector

    if body.is_scalar:
        return Real
    return Vector[body.shape[0]] if body.shape[1] == 1 else Matrix[body.shape[0], body.shape[1]]


__all__ = ["Declared", "Definition", "Function", "Scope", "replace"]
