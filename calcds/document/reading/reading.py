r"""Trees as terms, in a scope: the one place where LaTeX gets its meaning.

A product is a flat row of units; from left to right it is decided what each of them does with those behind it: a name is
applied or multiplied, `\sum`, `\frac{d}{dx}`, `\nabla` and `\int` reach to the right, `\sin` takes what follows. What is
not known for certain raises Unread with a sentence.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from calcds.document.chance.divergences import Divergences
from calcds.document.chance.information import Information
from calcds.document.chance.tails import Tails
from calcds.document.reading.angles import Angles
from calcds.document.reading.applying import Applying
from calcds.document.reading.arrays import Arrays
from calcds.document.reading.combining import STARS, Combining
from calcds.document.reading.extremes import Extremes
from calcds.document.reading.means import Means
from calcds.document.reading.moving import Moving
from calcds.document.reading.points import Points
from calcds.document.reading.sums import NOT_PLAIN, Sums
from calcds.document.source.conventions import (
    has_root_of_negative,
    may_be_operator,
    may_be_whole_part,
    mixed_number,
)
from calcds.document.source.differentials import is_operator
from calcds.document.source.dotted_arrays import listed_with_dots
from calcds.document.source.indicators import is_indicator
from calcds.document.source.keys import full_key, labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    Named,
    atom_and_marks,
    is_d,
    is_inverse_transpose,
    is_transpose,
    letter_of,
    named,
    names_in,
    opened,
    script,
    shown,
)
from calcds.document.source.raw import Unread
from calcds.document.words.randomness import full_of
from calcds.document.words.shapes import checked
from calcds.expr import operators as op
from calcds.expr.functions import HALF
from calcds.expr.term import MINUS_ONE, ONE, Term, number, relation

_OF_SIGNALS = {"star", "circledast", "bmod"}
_SIGNS = {"=", "<", "<=", ">", ">=", "!="}


class Reader(Means, Tails, Divergences, Sums, Points, Moving, Combining, Extremes, Angles, Applying, Arrays, Information):
    """One chain, read in one way."""

    # -- relations and sums -----------------------------------------------------------------------------------

    def value(self, node: Node) -> Term:
        """The term of a node that stands for a value."""
        return checked(self.item(opened(node)))

    def item(self, node: Node) -> Term:
        """A value or a relation."""
        match node.kind:
            case "items":
                if len(node.parts) != 1:
                    raise Unread("a list where one value is expected", node.at, node.end)
                return self.item(opened(node.parts[0]))
            case "item":
                return self.condition(node)
            case "sum":
                return self.sum(node)
            case "product":
                return self.product(node.parts)
        return self.product((node,))

    def condition(self, node: Node) -> Term:
        """A chain of relations as a condition."""
        values = [self.value(part) for part in node.parts[::2]]
        signs = [part.text for part in node.parts[1::2]]
        if any(sign not in _SIGNS for sign in signs):
            raise Unread("a relation that is not read here", node.at, node.end)
        found = [
            relation(sign, *self.fit(a, b)) for sign, a, b in zip(signs, values, values[1:], strict=False)
        ]
        return found[0] if len(found) == 1 else op.And(*found)

    def sum(self, node: Node) -> Term:
        """Summands with signs; an operator may reach over several of them."""
        parts: list[tuple[str, tuple[Node, ...]]] = []
        sign = "+"
        for part in node.parts:
            if part.kind in {"ADD", "PM"}:
                if part.kind == "PM":
                    raise Unread("a sign that means two formulas", part.at, part.end)
                sign = part.text
            else:
                parts.append((sign, part.parts if part.kind == "product" else (part,)))
                sign = "+"
        if len(parts) > 1 and any(opened(p).kind == "DOTS" for _, product in parts for p in product):
            return self.dotted(parts)
        done: list[tuple[str, Term]] = []
        k = 0
        while k < len(parts):
            reach = self.reaching(parts, k)
            if reach is not None:
                term, k = reach
                done.append(("+", term))
                continue
            done.append((parts[k][0], self.product(parts[k][1])))
            k += 1
        return self.plus(done)

    # -- products -----------------------------------------------------------------------------------------------

    def product(self, parts: Sequence[Node]) -> Term:
        """A row of units with signs of multiplication between them."""
        *before, last = parts
        atom, marks = atom_and_marks(last)
        operator = is_operator(parts[0]) or atom_and_marks(parts[0])[0].kind == "NABLA"
        if before and marks and marks[-1].kind == "where" and operator:  # `\frac{d}{dx} x^3 \big|_{x = 2}`
            rest = Node("unit", (atom, *marks[:-1]), "", last.at, last.end) if len(marks) > 1 else atom
            return self.placed(self.product((*before, rest)), script(marks[-1]))
        with self.by_entries(where=any(part.kind == "MUL" and part.text == "odot" for part in parts)):
            return self._row_of_factors(parts)

    def _row_of_factors(self, parts: Sequence[Node]) -> Term:
        rows: list[Term] = []  # the factors of entrywise products
        total: Term | None = None
        sign, negative, k = "", False, 0
        dotted = False  # `(2, 4) \cdot \frac12 (1, 1)`: the dot is meant for the column behind the number
        while k < len(parts):
            part = parts[k]
            if part.kind == "MUL":
                sign, k, dotted = part.text, k + 1, False
                if sign == "circ" and total is not None and total.is_scalar:
                    raise Unread("\\circ behind a number: a composition of functions?", part.at, part.end)
                if sign in _OF_SIGNALS:
                    raise Unread("an operation of signals, or a remainder", part.at, part.end)
                if sign in {"cap", "cup", "setminus"}:
                    raise Unread("a set or an event that stands in no probability", part.at, part.end)
                if sign in {"odot", "circ"} and total is not None:
                    rows.append(total)
                    total, sign = None, ""
            elif part.kind == "ADD":
                negative, k = part.text == "-", k + 1
            else:
                if not sign and k and part.kind == parts[k - 1].kind == "NUMBER":
                    raise Unread("two numbers side by side: a row?", parts[k - 1].at, part.end)
                if sign in {"/", "div"} and self.options.slash == "product":
                    factor, k = self._denominator(parts, k)
                else:
                    factor, k = self.factor(parts, k)
                    if sign in {"/", "div"} and k < len(parts) and parts[k].kind not in {"MUL", "ADD"}:
                        self.choices.add("slash")
                factor = -factor if negative else factor
                columns = total is not None and all(one.shape[1] == 1 and not one.is_scalar for one in (total, factor))
                sign = "cdot" if dotted and not sign and columns else sign
                dotted = total is not None and not total.is_scalar and factor.is_scalar and (sign == "cdot" or dotted)
                if total is None:
                    total = factor
                elif sign in STARS and (found := self.convolved(total, factor)) is not None:
                    total = found
                else:
                    total = (
                        self.over(total, factor) if sign in {"/", "div"} else self.times(total, factor, sign)
                    )
                sign, negative = "", False
        if total is None:
            raise Unread("nothing stands where a product is expected")
        for row in reversed(rows):
            total = self.times(row, total, "odot")
        return total

    def _denominator(self, parts: Sequence[Node], k: int) -> tuple[Term, int]:
        total, k = self.factor(parts, k)
        while k < len(parts) and parts[k].kind not in {"MUL", "ADD"}:
            factor, k = self.factor(parts, k)
            total = self.times(total, factor)
        return total, k

    def factor(self, parts: Sequence[Node], k: int) -> tuple[Term, int]:
        """The factor that begins at a place, and where the next one begins."""
        node = parts[k]
        atom, marks = atom_and_marks(node)
        if atom.kind == "braced":
            return self.factor([*parts[:k], opened(atom.parts[0]), *parts[k + 1 :]], k)
        match atom.kind:
            case "BIGOP":
                return self.big(atom, marks, parts, k)
            case "FUNC" if atom.text in {"Var", "Cov"}:
                return self.spread(atom, marks, parts, k)
            case "FUNC" if atom.text in {"max", "min"} and (found := self._extreme(atom, marks, parts, k)) is not None:
                return found
            case "FUNC":
                return self.function(atom, marks, parts, k)
            case "NABLA":
                return self.gradient(atom, marks, parts, k)
            case "PARTIAL":
                return self.inline_derivative(parts, k)
            case "round" if (found := self.combined(parts, k)) is not None:
                return found
            case "frac" if (found := self.derivative(node, parts, k)) is not None:
                return found
        if is_d(atom) and (found := self.inline_differential(parts, k)) is not None:
            return found
        if is_d(atom) and not marks and self.moving:
            return self.moved(parts, k)
        if is_d(atom) and not marks and self.is_differential(parts, k):
            raise Unread("a differential that stands in no integral or quotient", node.at, node.end)
        name = named(node)
        if name is not None and (found := self.directional(name, parts, k) or self.projected(name, parts, k)) is not None:
            return found
        if name is not None and (found := self.by_chance(name, parts, k) or self.applied(name, parts, k)) is not None:
            return found
        if name is not None and name.base == "sigma" and k + 1 < len(parts) and self._may_be_spread(parts[k + 1]):
            raise Unread("sigma before a random variable: a product, or its standard deviation?", node.at, node.end)
        if name is not None and k + 1 < len(parts) and self._may_differentiate(name):
            self.doubt(f"{shown(full_key(name))} may be a derivative")
        if (mixed := mixed_number(parts, k)) is not None:
            self.choices.add("mixed")
            if self.options.mixed:
                whole, top, bottom = mixed
                return number(whole) + number(Fraction(top, bottom)), k + 2
        value = self.unit(node)
        if name is not None and (said := may_be_operator(name, parts, k)) and (value.is_scalar or name.base != "D"):
            given = self._is_given(labelled(name)[0]) or self._is_given(full_key(name))
            if not given or atom_and_marks(parts[k + 1])[0].kind == "braces":
                self.doubt(said)
        return value, k + 1

    def _extreme(self, atom: Node, marks: Sequence[Node], parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        """The largest or smallest entry of a vector."""
        below = [m for m in marks if m.kind == "below"]
        return self.extreme(atom, below, parts, k) if len(below) == len(marks) else None

    def by_chance(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        """An expectation or a probability."""
        read = (self.normal, self.gamma_function, self.entropy, self.divergence, self.expected, self.tail, self.probability,
                self.likelihood, self.density)  # fmt: skip
        return next((found for one in read if (found := one(name, parts, k)) is not None), None)

    # -- units --------------------------------------------------------------------------------------------------

    def unit(self, node: Node) -> Term:
        """An atom with its marks."""
        node = opened(node)
        if node.kind in {"sum", "product", "item"}:
            return self.value(node)
        name = named(node)
        if self.scope.chance.spoken and _bars_a_power(node):
            raise Unread("a bar over a power: the mean of the powers?", node.at, node.end)
        if name is not None:
            special = self.special(name)
            if special is not None:
                return special
            squared = self.squared(name)
            if squared is not None:
                return self.marked(*squared, node)
            term, marks = self.name(name)
            return self.marked(term, marks, node)
        atom, marks = atom_and_marks(node)
        if atom.kind == "NUMBER" and atom.text == "1" and marks and marks[0].kind == "below":
            return self.marked(self.indicator(script(marks[0])), marks[1:], node)
        if atom.kind == "style" and (column := self.constant_column(atom, marks)) is not None:
            return self.marked(column, marks[1:], node)
        if atom.kind == "style":
            return self.marked(
                self.styled(atom, marks), marks if not is_indicator(atom, marks) else marks[1:], node
            )
        if atom.kind in {"norm", "bars"}:
            return self.sized(atom, marks)
        if atom.kind == "angle":
            framed = bool(marks) and marks[0].kind == "below" and script(marks[0]).text == "F"
            return self.marked(self.inner(atom), marks[1:] if framed else marks, node)
        if atom.kind == "square" and len(marks) == 2 and {m.kind for m in marks} == {"above", "below"}:
            return self.between(atom, marks)
        if marks and is_transpose(marks[0]) and _is_list(atom):
            marks = marks[1:]  # (1, 2)^T is a column, and so is (1, 2)
        elif marks and is_transpose(marks[0]) and atom.kind == "square" and _is_list(replace(atom, kind="round")):
            return self.marked(self.tuple(atom.parts[0], atom), marks[1:], node)  # `[1, 2, 3]^T`
        return self.marked(self.atom(atom), marks, node)

    def marked(self, term: Term, marks: Sequence[Node], node: Node) -> Term:
        """A term with what is written above, below and behind it."""
        for k, mark in enumerate(marks):
            if is_transpose(mark):
                if term.is_scalar:
                    if self.options.depend and all(s.is_scalar for s in term.free):  # the vectors of a network, read as numbers
                        raise Unread("a number is transposed", node.at, node.end)
                    self.doubt("a number is transposed")
                term = term.T if not term.is_scalar else term
            elif is_inverse_transpose(mark):
                term = self.raised(term, MINUS_ONE).T
            elif mark.kind == "above":
                term = self._raised(term, mark, node)
            elif mark.kind == "prime":
                if term.head == "num":
                    self.doubt("a prime at a number may be a minute, or a transpose")
                term = self.primed(term, 1, node)
            elif mark.kind == "bang" and marks[k + 1 : k + 2] and marks[k + 1].kind == "bang":
                raise Unread("a double factorial", node.at, node.end)
            elif mark.kind == "bang":
                term = op.function("factorial")(term)
            elif mark.kind == "where":
                term = self.placed(term, script(mark))
            elif mark.kind == "below":
                term = self.entry_of(term, script(mark), node)
        return term

    def _raised(self, term: Term, mark: Node, node: Node) -> Term:
        inside = script(mark)
        if inside.kind == "MUL" and inside.text == "circ" and term.head in {"num", "decimal"}:
            return term * Term("const", (), "pi") / number(180)  # degrees
        if inside.kind in {"SIGN", "MUL", "ADD", "SYMBOL", "TEXT", "WORD"}:
            raise Unread(f"the superscript {inside.text!r}", mark.at, mark.end)
        if (
            atom_and_marks(inside)[0].kind in {"round", "square"}
            and inside.kind != "product"
            and len(atom_and_marks(inside)[0].parts)
            and not _is_of_numbers(node, inside)
        ):
            raise Unread("a superscript in brackets: a derivative, a label or a power?", node.at, node.end)
        if inside.kind == "unit" and any(m.kind == "prime" for m in inside.parts[1:]):
            raise Unread("a prime in a superscript", node.at, node.end)
        below = any(m.kind == "below" for m in atom_and_marks(node)[1])
        if term.head in {"sym", "entry"} and (inside.text == "0" or (inside.text == "1" and below)):
            self.doubt(f"the {inside.text} above a name may be a mark")
        if term is ONE and inside.kind in {"NAME", "WORD"}:
            self.doubt("a power of 1: the letter above it may be a mark")
        if inside.kind == "NAME" and inside.text == "t" and not term.is_scalar and not self._is_given("t"):
            self.doubt("the t above a matrix may be a transpose")
        exponent = self.value(inside)
        return self._rooted(term, exponent) if has_root_of_negative(term, exponent) else self.raised(term, exponent)

    def _rooted(self, base: Term, exponent: Term) -> Term:
        r"""A root or a fractional power; of a negative number and an odd denominator the real one: `\sqrt[3]{-8}` is -2."""
        if not has_root_of_negative(base, exponent):
            return self.raised(base, exponent)
        self.doubt("a root of a negative number may be the real one, or a complex one")
        root = self.raised(-base, exponent)
        return -root if exponent.data.numerator % 2 else root

    def _may_be_spread(self, following: Node) -> bool:
        r"""Whether a bracket has a random variable in it, as that of `\sigma^2(X)`."""
        chance, around = self.scope.chance, self.scope.around
        capitals = (full_of(n) for n in names_in(following) if letter_of(n.base).isupper())
        return following.kind == "round" and any(
            chance.is_random(key, around) or (chance.spoken and not self._is_no_variable(key)) for key in capitals
        )

    def _is_no_variable(self, key: str) -> bool:
        r"""Whether a capital is not random for certain: the identity, a matrix, `S_{xx}` with a formula of fixed numbers."""
        kind, formula = self.scope.kind(key, old=True), self.scope.definition(key, old=True)
        if formula is not None:
            return not any(map(self.random_key, self.scope.expand(formula.symbol).free))
        return key in self.scope.identities or (kind is not None and 1 not in kind.shape)

    def _may_differentiate(self, name: Named) -> bool:
        """Whether a factor is `D_x`, of which the section says nothing."""
        operator = name.base == "D" and [m.kind for m in name.marks] == ["below"]
        return operator and not self._is_given(labelled(name)[0]) and not self._is_given(full_key(name))

    def _is_given(self, key: str) -> bool:
        """Whether the section says what a letter is."""
        return self.scope.kind(key, old=False) is not None or self.scope.definition(key, old=False) is not None

    def atom(self, atom: Node) -> Term:
        """What stands without marks."""
        match atom.kind:
            case "NUMBER":
                return Term("decimal", (), atom.text) if "." in atom.text else number(int(atom.text))
            case "CONST":
                return Term("const", (), "oo")
            case "round" | "group" | "square" | "items" if len(atom.parts) == 1:
                inside = atom.parts[0]
                if atom.kind == "square" and len(inside.parts) > 1:
                    raise Unread("a list in square brackets", atom.at, atom.end)
                if atom.kind == "square" and atom.at != self.entry_at and may_be_whole_part(inside):
                    raise Unread("square brackets around one name or number: its whole part?", atom.at, atom.end)
                if inside.kind == "items" and len(inside.parts) > 1:
                    return self.tuple(inside, atom)
                return self.value(inside)
            case "frac":
                top, bottom = (self.value(part) for part in atom.parts)
                return self.over(top, bottom)
            case "sqrt":
                inner = self.value(atom.parts[0])
                if not inner.is_scalar:
                    raise Unread("a root of a vector or matrix", atom.at, atom.end)
                return inner**HALF
            case "root":
                return self._rooted(self.value(atom.parts[1]), self.over(ONE, self.value(atom.parts[0])))
            case "binom":
                self.choices.add("stacked")
                if self.options.suppose == "stacked":  # `\binom12 \cdot \binom34`; never to be proved so
                    self.supposed = ("two numbers in brackets are a column, no binomial coefficient",)
                    return op.column(*(self.value(part) for part in atom.parts))
                return op.function("binomial")(*(self.value(part) for part in atom.parts))
            case "floor" | "ceil":
                return op.function(atom.kind)(self.value(atom.parts[0]))
            case "grid":
                return self.grid(atom)
            case "identity":
                return op.eye(self.sizes.fresh(f"I {atom.at}", matrix=True))
            case "value":
                return self.placed(self.value(atom.parts[0]), opened(atom.parts[1]))
            case "braces" if len(atom.parts) == 1 and _is_sum(atom.parts[0]):
                return self.value(atom.parts[0])
            case "braced":
                return self.value(atom.parts[0])
        raise Unread(_WHY.get(atom.kind, f"{atom.kind.lower()} {atom.text}".strip()), atom.at, atom.end)


def _is_of_numbers(node: Node, exponent: Node) -> bool:
    r"""Whether what is raised is no function: the (1 - \theta) of `(1 - \theta)^{(n - k)}`, a sum with a number in it."""
    atom = atom_and_marks(node)[0]
    base = opened(atom.parts[0]) if atom.kind == "round" and len(atom.parts) == 1 else atom
    bracket = atom_and_marks(exponent)[0]
    above = opened(bracket.parts[0]) if bracket.kind == "round" and len(bracket.parts) == 1 else bracket
    return base.kind == "sum" and above.kind == "sum" and any(part.kind == "NUMBER" for part in base.parts)


def _bars_a_power(node: Node) -> bool:
    r"""`\overline{X^2}`, which is no square of `\bar X`."""
    atom, inside = atom_and_marks(node)[0], opened(atom_and_marks(node)[0].parts[0]) if atom_and_marks(node)[0].parts else node
    return atom.kind == "style" and atom.text == "bar" and any(m.kind == "above" for m in atom_and_marks(inside)[1])


def _is_sum(inside: Node) -> bool:
    r"""Whether braces are brackets, as there is a sum, a product or a power in them and no element: `\{1 - x^2\}`."""
    inside = inside.parts[0] if inside.kind == "items" and len(inside.parts) == 1 else inside
    return inside.kind == "sum" or (inside.kind == "product" and len(inside.parts) > 1) or inside.kind in {"frac", "unit"}


def _is_list(atom: Node) -> bool:
    """`(a, b)`."""
    if atom.kind != "round" or len(atom.parts) != 1:
        return False
    return listed_with_dots(atom) or (atom.parts[0].kind == "items" and len(atom.parts[0].parts) > 1)


_WHY = {
    "DOTS": NOT_PLAIN, "TEXT": "words in a formula", "SET": "a set", "braces": "a set", "interval": "an interval",
    "angle": "angle brackets", "round": "empty brackets", "square": "empty brackets", "group": "empty braces",
    "SIGN": "a sign alone", "EVENT": "a sign alone", "item": "a relation where a value is expected",
}  # fmt: skip
