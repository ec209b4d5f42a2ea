r"""`\mathbb{E}[X]`, `\operatorname{Var}(X)`, `\operatorname{Cov}(X, Y)`: expectations as sums over a finite space.

The mathematics stands in calcds.document.chance.expecting. A random variable is a number while the inside of the brackets is
read; then definitions that rest on it are put in, and its values over the outcomes take its place. One chain has one
space, or, where the text says that all its variables are independent, a space for each of them. Where the text says
nothing of independence the chain is read a second time as if it did: what holds only then is not called wrong.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from calcds.document.chance.conditioning import Conditioning
from calcds.document.chance.expecting import Variable, degree, literal, substitute
from calcds.document.chance.laws import OTHER
from calcds.document.chance.stating import FREE, VALUES, listed
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    ALL,
    Named,
    atom_and_marks,
    letter_of,
    names_in,
    opened,
    script,
    shown,
    text_of,
)
from calcds.document.source.raw import Unread
from calcds.document.words.randomness import (
    BRACKETS,
    EXPECTATIONS,
    NUMBERS,
    SAMPLE_VARIANCE,
    VARIANCES,
    base_of,
    full_of,
    is_running,
    operands,
)
from calcds.document.words.scope import Definition
from calcds.expr.kinds import Kind, Matrix, Probability, Vector
from calcds.expr.term import Size, Term, number

WEIGHTS = "prob"  # the name of the probabilities of the outcomes
_TWO = number(2)


class Chances(Conditioning):
    """Expectations, variances and covariances."""

    tied = False  # whether a covariance of two variables is printed: then they are not meant to be independent
    linear = squares = False  # whether E[X] is printed, and whether something of a higher degree is expected

    def enter(self, nodes: Sequence[Node]) -> None:
        """Look over a chain before it is read: which random variables stand in it."""
        self.keys: dict[Term, str] = {}
        self.measures: set[str] = set()
        self.implied = []
        self.read_now = []
        self.worked = set()
        self.used: set[Term] = set()  # random variables that stood in an expectation
        self.look_for_conditions(nodes)
        self.letters = frozenset(n.base for node in nodes for n in names_in(node))
        found: set[str] = set()
        for name in (n for node in nodes for n in names_in(node)):
            key = full_of(name)
            square = self.scope.definition(f"square {key}", old=self.options.old)
            defined = self.scope.definition(key, old=self.options.old) or square or self._vector_of(key)
            if defined is not None:
                free = self.scope.expand(defined.symbol).free
                found |= {k for s in free if (k := self.random_key(s)) is not None and s.data[1].word != "Dim"}
            elif self.scope.chance.is_random(key, self.scope.around):
                found.add(key)
        self.cast = frozenset(found)
        spreads = any(key in {*VARIANCES, "Cov"} for node in nodes for key, _, _ in operands(node))
        if spreads and any(n.base == "I" and full_of(n)[:2] in {"I", "I_"} for node in nodes for n in names_in(node)):
            self.usage.matrices = True  # the covariance of a vector

    def _vector_of(self, key: str) -> Definition | None:
        """The formula of the vector that a name is an entry of: of an e_i, what stands for the residuals e."""
        found = self.scope.definition(base_of(key), old=self.options.old) if "_" in key else None
        return found if found is not None and not found.symbol.is_scalar else None

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
        if key not in EXPECTATIONS | VARIANCES or k + 1 >= len(parts):
            return None
        if not self._is_operator(key, parts[k + 1]):
            known = self.scope.has_meaning(key) or self.scope.is_declared(key) or key in self.bound
            if key == "E" and not known and atom_and_marks(parts[k + 1])[0].kind == "round":
                self.doubt("E may be an expectation")
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
        function = self.scope.function(key, old=False)
        named = self.scope.kind(key, old=False) or self.scope.definition(key, old=False)
        if named is not None or key in self.bound:
            return False
        if key == "bb E":
            return following.kind not in {"MUL", "ADD"}
        applied = key in self.scope.applied or (function is not None and function.body is not None)
        if key == "E" and bracket not in BRACKETS:  # `E X` of a variable that the text says to be random
            randoms = self.scope.chance.randoms(self.scope.around)
            return self.scope.chance.spoken and not applied and any(n.base in randoms for n in names_in(following))
        if key == "V" and bracket == "round":  # of a capital: else it is a value function or a potential
            defined = function is not None and function.body is not None
            letters = [letter_of(n.base) for n in names_in(following)]
            return self.scope.chance.spoken and not defined and any(len(x) == 1 and x.isupper() for x in letters)
        return bracket == "square" or (bracket in BRACKETS and self.scope.chance.spoken and not applied)

    def _measured(self, below: Sequence[Node], node: Node) -> None:
        """`E_p` and `E_q` in one chain are different expectations."""
        self.measures.add(text_of(script(below[0])) if below else "")
        if len(self.measures - {""}) > 1:
            raise Unread("expectations over different things in one chain", node.at, node.end)

    def _operator(self, key: str, parts: Sequence[Node], k: int) -> tuple[Term, int]:
        bracket, after = atom_and_marks(parts[k + 1])
        bracket, end = self.without_fixed(bracket), k + 2
        if bracket.kind in BRACKETS:
            if bracket.parts and any(p.kind in {"MID", "COLON"} for p in bracket.parts[0].parts):
                return self.marked(self.conditional(key, bracket), after, parts[k + 1]), end
            values = self._inside(bracket)
            if after and key in EXPECTATIONS and bracket.kind == "round" and len(values) == 1:
                self.doubt("it is not certain whether a power behind the bracket of an expectation belongs into it")
                if opened(bracket.parts[0]).kind == "sum":  # E(X - \mu)^2 is the variance, and E(X)^2 the square of the mean
                    values, after = [self.marked(values[0], after, parts[k + 1])], ()
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
        if any(s.data[1].word == "Dim" for s in a.free | b.free) and not any(map(self.random_key, a.free | b.free)):
            raise Unread("which letters in this variance are random is not known")
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
        table = self.scope.table()
        fixed = {s for s in body.free if s.shape[1] != 1 and s in table}  # their formulas rest on nothing random
        here = sorted((s for s in body.free - fixed if self.random_key(s) is not None), key=str)
        for s in here:
            if s.shape[1] != 1:
                raise Unread(f"whether the matrix {s} is random is not known")
        if not here and any(self._may_be_random(s) or (s in table and table[s].free) for s in body.free):
            raise Unread("which letters in this expectation are random is not known")
        self.used |= set(here)
        if self.given is not None:
            return self.of_two_stages(body)
        if (found := self.by_joint_law(body, here)) is not None:
            return found
        open_ones = [key for key in self.cast if not self.is_known(key)]
        if here and any(not f.keys or any(f.covers([k]) for k in open_ones) for f in self.holding("alike")):
            self.doubt("the text says more of the distributions than was understood")
        if vague := [s for s in here if self.scope.chance.is_vague(self.random_key(s) or "", self.scope.around)]:
            self.doubt(f"whether {listed(str(s) for s in vague)} is random is not said")
        if any(True for _ in self.holding(SAMPLE_VARIANCE)):
            self.doubt("s^2 may be another variance of the sample than the one with n - 1")
        for s in here:
            key = self.random_key(s) or ""
            if key.startswith("bar ") and self.scope.chance.is_random(key.removeprefix("bar "), self.scope.around):
                self.doubt(f"what {s} has to do with {shown(key.removeprefix('bar '))} is not said in a formula")
        families = [s for s in here if not s.is_scalar and self.is_family(self.random_key(s) or "")]
        if families or any(map(is_running, self.cast)):
            self.choices |= FREE
        if families and sum(s.data[1].word == "Index" for s in body.free) > 1:
            self.doubt("whether the indices are different is not said")
        if self.is_stated():
            found = self.by_moments(body, here)
            if found is not None:
                laws = [self.law(self.random_key(s) or "") for s in here]
                if all(law is not None and law.law != OTHER for law in laws):
                    self.worked.add(found)
                return found
            self.doubt("what the text says of distributions does not tell this expectation")
        return literal(self._centred(body, here), [self._variable(s) for s in here])

    def opened_up(self, body: Term) -> Term:
        """A term with every definition put in that rests on a random variable."""
        return self._opened(body)

    def _opened(self, body: Term) -> Term:
        """A term with every definition put in that rests on a random variable."""
        table = self.scope.table()
        for _ in range(40):
            defined = [s for s in body.free if s in table]
            used = {s: table[s] for s in defined if any(map(self.random_key, self.scope.expand(table[s]).free))}
            if not used:
                break
            for s in used:
                self.keys.pop(s, None)
            body = substitute(body, used)
        for s in body.free:
            if s in table and self.random_key(s) is not None and s.shape[1] == 1:
                raise Unread(f"which letters in the definition of {s} are random is not known")
        return body

    def random_key(self, symbol: Term) -> str | None:
        """The key of a random variable; None for any other symbol."""
        kind: Kind = symbol.data[1]
        if kind.word in {"Dim", "Index", "Probability", "Event", VALUES}:
            return None
        chance, around = self.scope.chance, self.scope.around
        name = str(symbol.data[0])
        letter = next((k for k in sorted(chance.randoms(around)) if _is_of(name, shown(k))), None)
        key = self.keys.get(symbol) or (f"all {letter}" if letter and name.endswith(ALL) else letter)
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
        facts = (s.data[1],) if s.data[1].facts - {"real"} and s.data[1].sizes == () else ()
        kind = Vector[(length, *facts)] if s.is_scalar else Matrix[length, s.shape[0]]
        return Variable(s, replace(kind, word=VALUES).symbol(str(s.data[0])), weights)

    def _centred(self, body: Term, here: Sequence[Term]) -> Term:
        """With the supposition that every mean is 0: X - E[X] in the place of X."""
        if self.options.suppose != "centred" or not here:
            return body
        self.suppose(f"the mean of {listed(self.cast)} is 0", "centred", self.cast)
        return substitute(body, {s: s - literal(s, [self._variable(s)]) for s in here})

    # -- when the chain is read ---------------------------------------------------------------------------------

    def leave(self, sides: Iterable[Term | Unread]) -> None:
        """Look at what was read: random variables outside of expectations, spaces of other chains."""
        sides = list(sides)
        self.doubt_conditions([s for s in sides if isinstance(s, Term)])
        stated = {shown(full_of(n)) for f in self.holding("moments", "law") for v in f.values for n in names_in(v)}
        for side in (s for s in sides if isinstance(s, Term)):
            if outside := self.used & side.free:
                self.doubt(f"{listed(str(s) for s in outside)} stands outside of an expectation, too")
            if self.squares and not self.read_as and (not stated or not all(s.is_scalar for s in self.used)):
                self.doubt_parameters(side, stated)
            defined = [s for s in side.free if s in self.scope.table() and str(s.data[0]) not in stated]
            expanded = frozenset[Term]().union(*(self.scope.expand(s).free for s in defined))
            weights = {s for s in expanded if s.data[1].word == "Probability" and str(s.data[0]).startswith(WEIGHTS)}
            self.linear = self.linear or bool(weights)
            if weights - side.free and (self.is_stated() or self.is_product() or len(weights) > 1):
                self.doubt("an expectation was defined where less was said of its variables")
        self.choices -= {"independent"} if self.tied or self.decomposed else set()
        if self.squares and not self.linear:
            self.choices.add("centred")


def _is_of(name: str, letter: str) -> bool:
    return name == letter or name.startswith(letter + "_")
