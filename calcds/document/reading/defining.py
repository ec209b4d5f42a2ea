r"""What equations define: `y = x^2 + 1`, `f(x) = e^{-x}`, `y_i = w x_i + b`, and heads of chains such as `y = a = b`.

A name that is defined stays a symbol in readings; its body is put in when a claim is decided or differentiated. With an
index that stands for every index, the whole array is defined by its entries (or, where they are vectors, by its rows).

Imports: calcds.document, calcds.decide.verdict, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from calcds.decide.looking import is_printed
from calcds.decide.verdict import Outcome
from calcds.document.chance.closed_forms import CLOSED
from calcds.document.reading.chains import Reading, read_chain
from calcds.document.reading.entries import Entries
from calcds.document.reading.examples import put_entries, put_in
from calcds.document.reading.measuring import measure, of_one_number
from calcds.document.reading.regained import Regained
from calcds.document.reading.sequences import Taken, twins
from calcds.document.source.keys import full_key, index_nodes, labelled, subscripted
from calcds.document.source.latex import Node, walk
from calcds.document.source.members import Member, member_of
from calcds.document.source.names import (
    ALL,
    FUNCTIONS,
    atom_and_marks,
    has_arrays,
    is_conditional,
    is_relative,
    is_transpose,
    letter_of,
    likelihood_key,
    named,
    names_in,
    opened,
    script,
    shown,
    text_of,
)
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Side
from calcds.document.words.data import is_deviation
from calcds.document.words.declarations import its_own_transpose
from calcds.document.words.heads import RUNNING, head_of, key_of, square_of, squares_in, subject_of
from calcds.document.words.randomness import arguments
from calcds.document.words.scope import Declared, Definition, Function, Scope, of_arity, put_back
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.term import MINUS_ONE, Term, number, power, same_shape, subterms

_SIZES = set("ndmkpqhNDMK")  # letters of sizes
AN_EQUATION = "an update or an equation for"  # how it is said of a name that its formula is about itself
REUSED = {
    *"fghFGHpqrsuvLJCEyzPQ",
    "phi",
    "psi",
    "ell",
    "varphi",
}  # functions that get a new meaning with the next example
_DEVIATIONS = {"sigma", "tau"}  # letters of standard deviations
HALF = number(2) ** MINUS_ONE
VARIABLES = set(
    "xyztuvwkmnijs"
)  # an equation for one of them that is not read, such as x = \\pm 1, means nothing elsewhere
SQUARED = {
    "sigma",
    "tau",
    "rho",
    "chi",
    "varsigma",
    "s",
    "S",
    "R",
    "r",
    "d",
    "D",
}  # letters of which the square is the quantity


@dataclass(slots=True)
class Definer(Entries, Regained):
    """Takes definitions into a scope."""

    scope: Scope
    seen: dict[str, int] = field(
        default_factory=dict
    )  # keys of names that were used, and in which section last
    listed: set[str] = field(
        default_factory=set
    )  # keys that are vectors because of `x = (x_1, \dots, x_n)` alone
    cases: dict[str, tuple[int, tuple[Node, ...]]] = field(
        default_factory=dict
    )  # rows of definitions by cases, and in which section
    valued: set[tuple[str, str]] = field(default_factory=set)  # what is a value of which function: the p of `p = \\sigma(z)`
    kept: list[tuple[str, Definition | None, Function | None]] = field(
        default_factory=list
    )  # what names meant before this sentence
    factored: set[str] = field(
        default_factory=set
    )  # keys of matrices for which words name factors, which every such matrix has
    specialised: dict[str, tuple[Definition, set[str]]] = field(default_factory=dict)  # formulas, and letters cases have not
    aside: dict[str, list[Function]] = field(default_factory=dict)  # functions of other letters than those of their name now
    behind: dict[str, Definition] = field(default_factory=dict)  # formulas of names that have the numbers of an example now
    equations: dict[str, tuple[int, Node, int]] = field(default_factory=dict)  # of names: section, formula, and place
    result: bool = False
    chosen: bool = False

    def take(self, sides: Sequence[Side], nodes: Sequence[Node | Unread], linked: Sequence[bool], *, again: bool,
             local: bool, result: bool = False, chosen: bool = False) -> dict[int, Taken]:  # fmt: skip
        """Take the heads of a chain as definitions; what became of the pairs that are taken.

        again: a name may get a new meaning; local: it has this meaning in one sentence only; result: the words before
        it say that it was found, not chosen; chosen: they say that it is laid down
        """
        self.result, self.chosen = result, chosen
        if nodes and isinstance(nodes[0], Node) and not again:
            self._call_back(nodes[0])
        heads = first = int(self._names_a_chance(nodes[:3], sides, linked[:2]))
        while (
            heads < len(linked)
            and linked[heads]
            and sides[heads + 1].relation in {"=", ":="}
            and self._is_head(nodes[heads], again=again)
            and not self._is_chance(nodes[heads], nodes[heads + 1])
            and not (self._names_a_value(nodes[heads], nodes[heads + 1]) and not again)
        ):
            heads += 1
        taken: dict[int, Taken] = {}
        if not heads and linked and linked[0] and (found := self._likelihood(nodes[0], nodes[1], sides[0].at)) is not None:
            taken[0] = found
        if not heads and linked and linked[0] and (known := self._precision(nodes[0], nodes[1], sides[0].at)) is not None:
            taken[0] = known
        for i in reversed(range(first, heads)):
            node, body = nodes[i], nodes[i + 1]
            if not isinstance(node, Node):
                continue
            found = self.define(node, body, sides[i].at, local=local) if isinstance(body, Node) else None
            if found is not None:
                taken[i] = found
                if found.outcome is Outcome.UNREAD:
                    self._by_a_later_side(node, sides, nodes, linked, i, local=local)
                continue
            if (place := _member_in(node)) is not None and place.letter:
                self.keep_for_a_sentence(node)  # `f(w_{k+1}) = f(w_k) - ...` says nothing of the formula of f
            self.forget(node)
            if isinstance(body, Unread):
                self.doubt(node)
                taken[i] = Taken(Outcome.UNREAD, body.why, at=body.at)
        return taken

    def _call_back(self, node: Node) -> None:
        r"""The function that a head is another form of, where a bare name stood for its values: `f = u^2 + v^2` of f(x)."""
        head = head_of(node)
        if head is None or head[0] in self.scope.functions or letter_of(head[0]) not in REUSED:
            return
        former = self.scope.former.get(head[0])
        if isinstance(former, Function) and self.scope.is_here(former.section) and list(former.keys) == [*map(key_of, head[1])]:
            self.scope.functions[head[0]] = former

    def _names_a_chance(self, nodes: Sequence[Node | Unread], sides: Sequence[Side], linked: Sequence[bool]) -> bool:
        r"""Whether a name for a conditional chance gets its formula: the middle of `P(y = 1 | x) = p = \sigma(w^T x)`."""
        if len(nodes) < 3 or not all(linked) or any(side.relation != "=" for side in sides[1:3]):
            return False
        chance, name, _ = nodes
        if not isinstance(chance, Node) or not isinstance(name, Node) or not is_conditional(chance):
            return False
        return key_of(name) is not None and self._is_head(name, again=False)

    def _precision(self, node: Node | Unread, body: Node | Unread, at: int) -> Taken | None:
        r"""Take `\frac{1}{s_1^2} = \frac{1}{s^2} + \frac{1}{\sigma^2}` for the square of a new name; None for anything else."""
        inside = opened(node) if isinstance(node, Node) else None
        if inside is None or inside.kind != "frac" or opened(inside.parts[0]).text != "1" or not isinstance(body, Node):
            return None
        variance = opened(inside.parts[1])
        key, names = self._square(variance), {full_key(n) for n in names_in(body)}
        if key is None or opened(body).kind != "sum" or key.removeprefix("square ") in names:
            return None
        if not self._is_head(variance, again=False):
            return None
        return self.define(variance, replace(inside, parts=(inside.parts[0], body)), at, local=False)

    def _likelihood(self, node: Node | Unread, body: Node | Unread, at: int) -> Taken | None:
        r"""Take `p(y | X, \theta) = \prod_i ...`; None where it is no likelihood with a formula, or has one already."""
        key = likelihood_key(node) if isinstance(node, Node) else None
        if key is None or not isinstance(node, Node) or not isinstance(body, Node):
            return None
        tables = {k for (name, _), keys in self.scope.chance.variables_in.items() if name == "p" for k in keys}
        joint = len(tables) > 1 and {n.base for part in opened(node).parts[1:] for n in names_in(part)} <= tables
        claimed = self.scope.chance.is_operator(node, "p", body) or self.scope.definition(key, old=False) is not None
        if joint or claimed:
            return None
        reading = self._reading([body], [], ())
        value = reading.sides[0]
        if isinstance(value, Unread) or not value.is_scalar or not value.free:
            return None
        self.scope.define(key, value, at)
        self.scope.give(key)
        self.remember(reading)
        said = f"taken as the definition of {shown(key).removeprefix('given ')}"
        return Taken(Outcome.PROVED, said, "definition", value=reading.show(value))

    def _by_a_later_side(self, node: Node, sides: Sequence[Side], nodes: Sequence[Node | Unread], linked: Sequence[bool],
                         i: int, *, local: bool) -> None:  # fmt: skip
        r"""Take `p_k = e^{z_k} / \sum_j e^{z_j}` from `p_k = softmax(z)_k = ...`, of which the middle was not read."""
        for k in range(i + 2, len(nodes)):
            body = nodes[k]
            if not linked[k - 1] or sides[k].relation not in {"=", ":="}:
                return
            found = self.define(node, body, sides[i].at, local=local) if isinstance(body, Node) else None
            if found is not None and found.outcome is Outcome.PROVED:
                return

    def _is_head(self, node: Node | Unread, *, again: bool) -> bool:
        if isinstance(node, Unread):
            return False
        head = head_of(node)
        if head is not None:
            found = self.scope.functions.get(of_arity(head[0], len(head[1]))) or self.scope.functions.get(head[0])
            same = found is not None and found.body is not None and len(found.parameters) == len(head[1])
            fresh = found is None or not same or not self.scope.is_here(found.section) or again
            names = [key_of(n) for n in head[1]]
            if found is not None and same and list(found.keys) != names and all(
                n and letter_of(n) == letter_of(k) for n, k in zip(names, found.keys, strict=True)
            ):  # fmt: skip
                return False  # q(x^*) is a value of q(x)
            if found is not None and len(names) == 1 and self._is_point(names[0], len(found.parameters)):
                return False  # f(P) of f(x, y) and P = (1, 2)
            return fresh and not (same and any(n and self.scope.definition(n, old=False) for n in names))
        key = key_of(node) or self._square(node)
        if key is None or self.scope.is_constant(key) or self.scope.partial(key, old=False) is not None:
            return False
        if (self._whole_is_defined(node) or self.is_member(node)) and not again:
            return False
        known = self.scope.definitions.get(key)
        return known is None or not self.scope.is_here(known.section) or again

    def _names_a_value(self, node: Node | Unread, body: Node | Unread) -> bool:
        r"""Whether `\sigma(z) = p` says again that p is a value of the function, which keeps its formula."""
        head = head_of(node) if isinstance(node, Node) else None
        key = key_of(body) if isinstance(body, Node) else None
        found = self.scope.function(head[0], old=True) if head is not None and key is not None else None
        return head is not None and (head[0], key) in self.valued and found is not None and found.body is not None

    def _is_point(self, key: str | None, count: int) -> bool:
        """Whether a name is a column of so many numbers, more than one, by an equation of the section."""
        column = self.scope.column_of(key) if key is not None and count > 1 else None
        return column is not None and column.shape == (count, 1)

    def _is_chance(self, node: Node | Unread, body: Node | Unread) -> bool:
        """Whether a side is a probability or an expectation: an equation for it is a claim."""
        head = head_of(node) if isinstance(node, Node) else None
        if head is None or not isinstance(node, Node) or self._is_loss(head, body):
            return False
        return self.scope.chance.is_operator(node, head[0], body) or self._is_told(node, head[0])

    def _is_loss(self, head: tuple[str, list[Node], list[Node]], body: Node | Unread) -> bool:
        r"""Whether `E(W)` is a function of W: W stands in its formula, and the text differentiates E by W."""
        keys = {key_of(n) for n in head[1]}
        if head[0] not in self.scope.scalars or not isinstance(body, Node) or named(body) is not None:
            return False
        asked = {full_key(b) for found in self.scope.quotients.values() for t, b in found if full_key(t) == head[0]}
        return len(keys) == 1 and keys <= asked and keys <= {full_key(n) for n in names_in(body)}

    def _is_told(self, node: Node, key: str) -> bool:
        """Whether a side is the entropy of a variable with a law, or the divergence of two names for distributions."""
        chance, around = self.scope.chance, self.scope.around
        listed = arguments(atom_and_marks(opened(node).parts[1])[0])
        laws = [chance.law_named(one, around) for one in listed]
        if len(laws) > 2 or any(law is None or law.law not in CLOSED for law in laws):
            return False
        return chance.tells_entropy(key, listed[0], around) or (len(laws) == 2 and is_relative(key))

    def _square(self, node: Node) -> str | None:
        r"""The key of `\\sigma^2`, where nothing is said of sigma itself."""
        key = square_of(node)
        base = "" if key is None else key.removeprefix("square ")
        if letter_of(base) not in SQUARED:
            return None
        known = (
            base in self.scope.kinds or base in self.scope.vectors or self.scope.definition(base, old=False)
        )
        return None if known else key

    def _whole_is_defined(self, node: Node, *, by_entries: bool = True) -> bool:
        """Whether a name is an entry of something that is defined here: then an equation for it is a claim.

        by_entries: also of what is defined by its entries; a second equation for these may be another definition
        """
        found = named(node)
        base, below, rest = labelled(found) if found is not None else ("", [], ())
        indices = index_nodes(script(below[0])) if len(below) == 1 and not rest else None
        if indices is None or not all(n.kind == "NAME" and n.text in RUNNING for n in indices):
            return False
        known = (self.scope.definition(k, old=False) for k in twins(base, len(indices)))
        return any(d is not None and (by_entries or d.body.head != "build") for d in known)

    def is_by_entries(self, node: Node) -> bool:
        """Whether a name is a vector in bold of which the text says what every entry is; an equation for it says no other."""
        key = key_of(node) or ""
        known = self.scope.definition(key, old=False) if key.startswith("bold ") else None
        return known is not None and known.body.head == "build"

    def forget(self, node: Node) -> bool:
        """A name has lost its meaning; whether it had one."""
        key = subject_of(node) or square_of(node)
        if key is None:
            return False
        self.scope.replaced(key)
        self.put_behind(key)
        known = self.scope.definitions.pop(key, None) or self.scope.definitions.pop("square " + key, None)
        if key in self.scope.functions and self.scope.functions[key].body is not None:
            del self.scope.functions[key]
            return True
        return known is not None

    def update(self, node: Node | Unread, last: Node | Unread, at: int) -> None:
        r"""`w \leftarrow w + yx = (1, 1)`: a name of numbers has those of the last side from here on, or some not known."""
        key = subject_of(node) if isinstance(node, Node) else None
        if key is None or not isinstance(node, Node):
            return
        former = self.scope.definitions.get(key)
        if key not in self.scope.values and (former is None or former.body.free):
            return
        self.scope.values.pop(key, None)
        self.forget(node)
        self.scope.opaque[shown(key)] = self.scope.section
        if isinstance(last, Node) and not any(True for _ in names_in(last)):
            self.define(node, last, at, local=False)

    def starts_anew(self, nodes: Sequence[Node | Unread]) -> bool:
        """Whether an equation gives a formula to a name that has no meaning yet: "if $f(x) = x^2$, then ..."."""
        node, body = nodes[:2]
        if not isinstance(node, Node) or not isinstance(body, Node) or not self._is_head(node, again=False):
            return False
        head = head_of(node)
        key = head[0] if head else key_of(node) or ""
        known = key in self.scope.kinds or self.scope.definition(key, old=False) or self.scope.function(key, old=False)
        formula = any(True for _ in names_in(body)) and (key not in VARIABLES or named(body) is None)
        return not known and (bool(head) or formula)

    def explains(self, nodes: Sequence[Node | Unread]) -> bool:
        """Whether an equation behind "where" says what a name before it depends on: "$f(z) = w e^{-w}$, where $w = e^z$"."""
        if len(nodes) != 2:
            return False
        node, body = nodes
        key = key_of(node) if isinstance(node, Node) else None
        if key is None or not isinstance(node, Node) or not isinstance(body, Node) or not self._is_head(node, again=False):
            return False
        known = key in self.scope.kinds or self.scope.definition(key, old=False) or self.scope.function(key, old=False)
        return not known and any(True for _ in names_in(body))

    def keep_for_a_sentence(self, node: Node) -> None:
        """What a name means now comes back when the sentence ends."""
        key = subject_of(node) or ""
        if key in self.factored:
            return  # "if $X = U \Sigma V^T$ is the SVD" restricts no X
        self.kept.append((key, self.scope.definitions.get(key), self.scope.functions.get(key)))

    def end_sentence(self) -> None:
        """Formulas that were given for a sentence are forgotten."""
        for key, definition, function in reversed(self.kept):
            put_back(self.scope.definitions, key, definition)
            put_back(self.scope.functions, key, function)
        self.kept.clear()

    def alias(self, new: Node, old: Node, at: int) -> None:
        """A name is another name for something: "we write $z$ for $z_2$"."""
        key = key_of(new)
        for options in (*self.older([old]), Options()):
            value = read_chain([old], [], self.scope, options).sides[0]
            if key is not None and isinstance(value, Term) and value.head == "sym":
                self.scope.define(key, value, at)
                return

    def another_recursion(self, node: Node) -> None:
        r"""The next method has another recursion for a sequence: the formula `\theta_k = 2 \cdot 0.8^k` is over."""
        name = named(node)
        key = labelled(name)[0] if name is not None else ""
        self.scope.sequences.pop(key, None)
        for one in [k for k in self.scope.definitions if k.startswith(f"{key}_")]:
            del self.scope.definitions[one]

    def usual_columns(self) -> None:
        """The q_i beside an orthogonal Q are its columns, as the u_i and v_i beside U and V are, where nothing else is said."""
        for key in ("Q", "U", "V"):
            letter = key.lower()
            said = self.scope.kinds.get(f"all {letter}"), self.scope.definitions.get(f"all {letter}")
            certain = said[1] is not None or (said[0] is not None and said[0].certain)
            plain = self.scope.properties.get(key) in {"orthogonal", "orthonormal columns"}
            if plain and letter in self.scope.rows and not certain:
                self.lines(key, letter, rows=False)

    def lines(self, key: str, letter: str, *, rows: bool) -> None:
        """The vectors of a letter are the rows or the columns of a matrix of which the shape is known."""
        kind = self.scope.kind(key, old=True)
        if kind is not None and 1 not in kind.shape:
            whole = kind.symbol(shown(key))
            self.scope.define(f"all {letter}", whole if rows else whole.T)

    def decomposed(self, taken: Iterable[Taken]) -> None:
        """Vectors and matrices of a decomposition have properties that its name says and its equation does not."""
        for one in taken:
            for symbol in sorted(one.value.free, key=str) if one.value is not None else ():
                if not symbol.is_scalar and symbol.data[1].word in {"Vector", "Matrix"}:
                    self.scope.opaque[str(symbol.data[0])] = self.scope.section

    def doubt(self, node: Node) -> None:
        """A second equation for a name, in names of which nothing is said: a new meaning, or a claim not understood."""
        head = head_of(node)
        key = head[0] if head else key_of(node)
        if head and "_" in head[0]:
            self.scope.opaque[shown(head[0].partition("_")[0])] = self.scope.section  # s_k(z) says what s is
        if key is not None and (head or key not in VARIABLES or self.chosen):
            self.scope.opaque[shown(key) + ("()" if head else "")] = self.scope.section

    def define(self, node: Node, body: Node, at: int, *, local: bool) -> Taken | None:
        """Take one definition; None where the pair is no definition after all."""
        head = head_of(node)
        key = head[0] if head else key_of(node) or self._square(node)
        assert key is not None  # it is a head
        self._give(key, None if head is not None else head_of(body))
        if head is None and self._explicit(key, body):
            return Taken(Outcome.PROVED, f"taken as the entries of {shown(key)}", "definition")
        if (members := self.members(node, head, body, at)) is not None:
            return members
        letters = self._letters(node, body) if head is None else None
        names = [body] if head is None else [body, *(_with_entries(n, body) for n in head[1]), *head[2]]
        numbers = [] if head is None else [k for n in head[1] if (k := key_of(n)) and "_" in k]
        with self._as_arguments(() if head is None else head[1], body):
            reading = self._reading(names, numbers, letters or ())
        if head is None and (other := self._as_vectors(key, body, reading)) is not None:
            reading = other
        value = self._of_a_loss(key, reading) if head is None else reading.sides[0]
        listed = [] if head is None else [k for n in head[1] if (k := key_of(n)) in self.listed]
        if listed and isinstance(value, Unread):
            again = self._reading(names, [*numbers, *listed], ())
            if isinstance(
                again.sides[0], Term
            ):  # after p = (p_1, ..., p_n), h(p) = -p log p is about numbers again
                reading, value = again, again.sides[0]
                for name in listed:
                    self.scope.kinds.pop(name, None)
        if head is not None and (plain := self._of_numbers(head, names, numbers, reading)) is not None:
            reading, value = plain, plain.sides[0]
        self.scope.opaque.pop(shown(key) + ("()" if head else ""), None)
        if head is None and _sums_itself(node, body):
            self.scope.opaque[shown(key.partition("_")[0])] = self.scope.section
        if isinstance(value, Unread):
            self.forget(node)
            self.doubt(node)
            return Taken(Outcome.UNREAD, value.why, at=value.at, advice=getattr(value, "advice", ""))
        said = f"taken as the definition of {shown(key)}"
        guessed = bool(reading.doubts or (reading.side_doubts and reading.side_doubts[0]))
        taken = Taken(Outcome.PROVED, said, "definition", value=reading.show(value), guessed=guessed)
        if self.result and self._was_unknown(key, value):
            self.doubt(node)
            return replace(taken, detail=f"taken as what was found for {shown(key)}")
        if head is not None:
            if not self._function(key, head, reading, value, at, local=local, squared=squares_in(node)):
                return None
        elif letters is not None:
            if not local and value.free:
                self._by_entries(node, letters, reading, value, at)
        elif key.startswith("square ") and not (value.free and value.is_scalar):
            return self._variance(key, value)
        elif (own := its_own_transpose(node, body)) is not None:
            return Taken(Outcome.UNDECIDED, f"a condition, not a claim: it says that {shown(key)} is {own[1]}")
        elif self._is_worked_out(key, value):
            return None
        elif self._divides_numbers(key, value):
            return Taken(Outcome.UNDECIDED, f"a condition, not a claim: it says how {shown(key)} is made of others")
        elif self._is_circular(key, value):
            self.scope.opaque[shown(key.partition("_")[0])] = self.scope.section  # it is tied to what it was before
            return Taken(Outcome.UNDECIDED, f"{AN_EQUATION} {shown(key)}")
        else:
            parameter = any(
                key in f.keys for f in self.scope.functions.values() if f.section == self.scope.section
            )
            if local or (parameter and not value.free and value.is_scalar):
                return taken  # "at $x = 2$"; where a vector has numbers, those of another section would stand for it else
            self._name(key, node, body, reading, value, at)
        self.remember(reading)
        return taken

    def _give(self, key: str, applied: tuple[str, list[Node], list[Node]] | None) -> None:
        """A name gets a meaning; applied: the function of which it is a value."""
        self.scope.give(key)
        if applied is not None:
            self.valued.add((applied[0], key))

    @contextmanager
    def _as_arguments(self, arguments: Iterable[Node], body: Node) -> Iterator[None]:
        """The arguments of a function that are transposed in it are vectors, even after `x = 2` was found for another x."""
        turned = {labelled(n)[0] for n in names_in(body) if any(map(is_transpose, n.marks))}
        keys = [key for node in arguments if (key := key_of(node)) in turned]
        hidden = {key: d for key in keys if (d := self.scope.definitions.get(key)) is not None and d.symbol.is_scalar}
        for key in hidden:
            del self.scope.definitions[key]
        try:
            yield
        finally:
            self.scope.definitions |= hidden

    def _of_numbers(self, head: tuple[str, list[Node], list[Node]], names: Sequence[Node], numbers: Sequence[str],
                    reading: Reading) -> Reading | None:  # fmt: skip
        r"""`f(x) = -\ln x` of a number x, also where the letter is a vector elsewhere; None where it need not be one.

        A prime at a function says that it is one of a number, and a body that takes a logarithm of every entry of a vector
        says the same of one entry. So it is with the next example of a function; one that has this formula only may be the
        activation of a layer, of which the derivative is a matrix.
        """
        if head[0] not in self.scope.primed or self.scope.meant.get(head[0], 0) < 2:
            return None
        value, keys = reading.sides[0], [key_of(n) or "" for n in head[1]]
        if not isinstance(value, Term) or value.is_scalar or any(not key or key.startswith("bold ") for key in keys):
            return None
        parameters = {s for s in reading.sides[1:] if isinstance(s, Term)}
        other = any(not s.is_scalar and s not in parameters and s.data[1].word != "Dim" for s in value.free)
        if other or not any(t.head == "fn" and not t.is_scalar for t in subterms(value)):
            return None
        again = self._reading(names, [*numbers, *keys], ())
        value = again.sides[0]
        return again if isinstance(value, Term) and value.is_scalar else None

    def another(self, node: Node | Unread, body: Node | Unread, at: int) -> Taken | None:
        """The next function with the letter of one that takes something else: f(x) = x^2 where f was one of vectors."""
        head = head_of(node) if isinstance(node, Node) else None
        if head is None or not isinstance(node, Node) or not isinstance(body, Node) or not self.rebinds(node, body):
            return None
        readable = isinstance(self._reading([body, *head[1], *head[2]], [], ()).sides[0], Term)
        return self.define(node, body, at, local=False) if readable else None

    def _name(self, key: str, node: Node, body: Node, reading: Reading, value: Term, at: int) -> None:
        """A bare name gets a formula or a number."""
        self.equations[key] = self.scope.section, body, at
        self.as_numbers(body, reading)
        declared = key in self.scope.kinds and self.scope.kinds[key].certain
        other = key_of(body) if value.head == "sym" else None
        sized = other is not None and key in self.scope.dims and letter_of(other) in _SIZES
        same = sized or (other is not None and letter_of(key) == letter_of(other))
        if same and other is not None and not self.scope.has_meaning(other):
            pass  # "we drop the superscript", z for z^{(L)}, or a size K for n_L: nothing is known of the other name
        elif not value.free:
            self._number(key, value)
        elif declared and self._declared(key, node, body, at):
            pass
        elif declared and self.scope.is_here(self.scope.kinds[key].section):
            self.scope.opaque[shown(key)] = self.scope.section  # two things are called so
        else:
            self.scope.kinds.pop(key, None)  # what was declared so elsewhere is another thing
            self._anew(key, value)
            self.scope.define(key, value, at)
            found = self.result and self.seen.get(key) == self.scope.section and not _is_particular(key)
            if key in self.scope.definitions and found:
                self.scope.definitions[key] = replace(self.scope.definitions[key], result=True)

    def _anew(self, key: str, value: Term) -> None:
        """A function that had another formula before has this one, where it is about the same variables."""
        known = self.scope.functions.get(key)
        if known is None or known.body is None:
            return
        body = self.scope.expand(value, keep=known.parameters)
        elsewhere = not self.scope.is_here(known.section) and value.free.isdisjoint(known.parameters)
        if known.labels or elsewhere or not body.free.intersection(known.parameters):
            self.scope.replaced(key)
            del self.scope.functions[key]
        else:
            self.scope.functions[key] = replace(known, body=body, section=self.scope.section)

    def by_cases(self, node: Node, body: Node, condition: Node, at: int, *, alone: bool, goes_on: bool) -> Taken | None:
        """Take one case of a definition; all of them together define a function. None where it is no case after all.

        alone: what is said holds under this condition only, so that nothing is known of other values
        goes_on: it stands behind another case in one sentence
        """
        key = subject_of(node)
        section, rows = self.cases.get(key or "", (-1, ()))
        goes_on = goes_on and section == self.scope.section
        if key is None or not (goes_on or self._is_head(node, again=False)):
            return None
        rows = (*(rows if goes_on else ()), Node("row", (Node("cell", (body,)), Node("cell", (condition,)))))
        self.cases[key] = self.scope.section, rows
        taken = Taken(Outcome.PROVED, f"taken as a case of the definition of {shown(key)}", "definition")
        if len(rows) > 1 and not self._is_kronecker(node):
            found = self.define(node, Node("grid", rows, "cases", body.at, body.end), at, local=False)
            return None if found is None else replace(found, detail=taken.detail) if found.outcome is taken.outcome else found
        if not goes_on and not alone:
            return None
        self.forget(node)
        self.doubt(node)
        return taken

    @staticmethod
    def _is_kronecker(node: Node) -> bool:
        r"""`\delta_{ij}`: the reader knows what it is."""
        found = named(node)
        return found is not None and found.base == "delta" and len(found.marks) == 1

    def _declared(self, key: str, node: Node, body: Node, at: int) -> bool:
        """Take `z = W x + b` for a z of which the shape is known; whether the shapes fit."""
        for options in (Options(), Options(kinds=False)):
            reading = read_chain([node, body], [True], self.scope, options)
            symbol, value = reading.sides
            if isinstance(symbol, Term) and isinstance(value, Term) and symbol.head == "sym" and value.free:
                fits = same_shape(symbol.shape, value.shape)
                if fits and symbol not in self.scope.expand(value).free:
                    self.scope.definitions[key] = Definition(symbol, value, self.scope.section, at)
                return fits
        return False

    def _was_unknown(self, key: str, value: Term) -> bool:
        """Whether a solution is printed: of a function that was asked for, or with a constant of integration."""
        constant = any(str(s.data[0]) in {"C", "C_1", "C_2", "c_1", "c_2"} for s in value.free)
        return constant or (self.seen.get(key) == self.scope.section and self.scope.is_solving)

    def _variance(self, key: str, value: Term) -> Taken | None:
        r"""`\sigma^2 = 16` gives the deviation a number, which is not negative; None for any other square."""
        base = key.removeprefix("square ")
        if base not in _DEVIATIONS or value.head != "num" or value.data < 0 or self.scope.function(base, old=True) is not None:
            return None
        self._number(base, power(value, HALF))
        return Taken(Outcome.PROVED, f"taken as the definition of {base}^2", "definition", value=value)

    def _number(self, key: str, value: Term) -> None:
        """`x = 2` gives x a number, which is put in where a claim is about numbers."""
        self.put_behind(key)
        formula = self.scope.definitions.pop(key, None)
        if formula is not None and formula.body.free and formula.symbol.is_scalar == value.is_scalar:
            self.scope.general[key] = formula  # a number is put in for a number: else it is another thing
        known = self.scope.values.pop(key, None)
        if known is not None and known[1] is not value:
            self.scope.several.add(shown(key))
        self.scope.near.discard(shown(key))
        symbol = self.symbol_of(key)
        if isinstance(symbol, Term) and symbol.head in {"sym", "entry"}:
            self.scope.values[key] = symbol, value, self.scope.section

    def approximate(self, node: Node | Unread, printed: Node | Unread) -> None:
        r"""`a \approx 0.7311` gives a name its number, with the error of its rounding, where the text has no formula for it."""
        key = key_of(node) if isinstance(node, Node) else None
        if key is None or not isinstance(printed, Node):
            return
        numbered = key in self.scope.values and self.scope.is_here(self.scope.values[key][2])
        formula = key not in self.scope.values and self.scope.has_meaning(key) and self.scope.is_defined_here(key)
        if numbered:
            return
        value = self._reading([printed], [], ()).sides[0]
        if not isinstance(value, Term) or not all(map(is_printed, value.args if value.head == "matrix" else (value,))):
            return
        if not formula:
            self._number(key, value)
            self.scope.near.add(shown(key))
        elif isinstance(symbol := self.symbol_of(key), Term):
            self.scope.rounded[key] = symbol, value, self.scope.section

    def comes_to(self, nodes: Sequence[Node | Unread], *, anew: bool) -> None:
        r"""Remember the number that a chain of equals gives its head, if it can without decimals: `v = \frac{54}{4} = 13.5`.

        anew: the head has got a formula, so that a number it had before is that of another
        """
        node, *others = nodes
        key = (key_of(node) or square_of(node)) if isinstance(node, Node) else None
        if key is None:
            return
        if anew:
            self.scope.numbers.found.pop(shown(key), None)
        numbers = [n for n in others if isinstance(n, Node) and not any(True for _ in names_in(n))]
        values = [v for n in numbers if isinstance(v := self._reading([n], [], ()).sides[0], Term) and not v.free]
        value = next((v for v in values if not any(t.head == "decimal" for t in subterms(v))), values[-1] if values else None)
        base = key.removeprefix("square ")
        if value is None or (base != key and not is_deviation(base)):
            return
        for name, found in ((base, power(value, HALF)), (key, value)) if base != key else ((key, value),):
            if found.is_scalar:
                self.scope.numbers.found[shown(name)] = found, self.scope.section

    def symbol_of(self, key: str) -> Term | Unread:
        """The term of a name."""
        base, _, below = key.removeprefix("square ").partition("_")
        name = Node("NAME", (), base)
        if below:
            name = Node("unit", (name, Node("below", (Node("NAME", (), below),))))
        return read_chain([name], [], self.scope, Options()).sides[0]

    def notice(self, nodes: Sequence[Node | Unread]) -> None:
        """Names that a chain uses: an equation for one of them that comes later is a result."""
        self.generalise(nodes)
        self.take_up(nodes)
        for node in nodes:
            if isinstance(node, Node):
                self.seen.update((full_key(n), self.scope.section) for n in names_in(node))

    def remember(self, reading: Reading) -> None:
        """Keep what undeclared names were read as; less surely than what is declared."""
        for name, kind in reading.assumed.items():
            if any(
                str(s).startswith("|")
                for length in kind.sizes
                if isinstance(length, Term)
                for s in length.free
            ):
                continue  # what a sum over a set shows of x holds for this sum
            if name not in self.scope.kinds or self.scope.kinds[name].section != self.scope.section:
                self.scope.kinds[name] = Declared(kind, self.scope.section, certain=False)
        measure(reading, self.scope)

    def _function(self, key: str, head: tuple[str, list[Node], list[Node]], reading: Reading, value: Term, at: int, *,
                  local: bool, squared: frozenset[int] = frozenset()) -> bool:  # fmt: skip
        parameters = [s for s in reading.sides[1:] if isinstance(s, Term) and s.head in {"sym", "entry"}]
        if len(parameters) != len(head[1]) + len(head[2]) or any(p.head == "entry" for p in parameters):
            return False
        expanded = self.scope.expand(value, keep=(*parameters, *self.scope.data(parameters)))
        if any(t.head == "apply" and t.data.name == shown(key) for t in subterms(expanded)):
            return False
        count, keys = len(head[1]), tuple(key_of(n) or "" for n in head[1])
        single = count == 1 and ("_" in keys[0] or 1 not in parameters[0].shape) and parameters[0] not in expanded.free
        if (not value.free and value.is_scalar) or single:
            return True  # H(Y) = 1 and L(H_2) = C/6 say a value of H and L
        if not local:
            plain = self.scope.functions.get(key)
            labels = parameters[count:]
            varied = any(label in expanded.free for label in labels)  # else f is a part of the name prox_f
            if head[2] and (not varied or (plain is not None and plain.body is not None and not plain.labels)):
                key = f"{key}_{','.join(text_of(n) for n in head[2])}"  # J_\\lambda beside J
                parameters = parameters[:count]
            known = self.scope.functions.get(key)
            beside = known is not None and known.body is not None and self.scope.is_here(known.section)
            if beside and known is not None and len(known.parameters) != count and not labels:
                place = of_arity(key, count)  # H(p, q) beside H(p)
            else:
                place = key
                self.scope.replaced(key)
                self.put_aside(key, keys)
            parts = tuple(parameters[:count]), expanded, tuple(parameters[count:])
            self.scope.functions[place] = Function(key, *parts, self.scope.section, None, keys, at, value, squared)
            if (plain is None or plain.body is None) and not labels and all(s.is_scalar for s in parameters):
                self.scope.becomes_known(FunctionSymbol(shown(key), count, body=parts[:2]))
            self.scope.definitions.pop(key, None)
        return True

    def _of_a_loss(self, key: str, reading: Reading) -> Term | Unread:
        """What a name is said to be; of what is differentiated as a loss it is a number."""
        number = of_one_number(reading, self.scope) if key in self.scope.scalars else None
        return reading.sides[0] if number is None else number

    def _is_worked_out(self, key: str, value: Term) -> bool:
        r"""Whether `A = \sigma_1 u_1 v_1^T + \sigma_2 u_2 v_2^T` is about numbers on both sides: then it is a claim."""
        known = self.scope.values.get(key)
        if known is None or known[1].is_scalar or not self.scope.is_here(known[2]) or not value.free:
            return False
        sides = put_entries((value, value), self.scope.numbered_entries())
        sides = put_in(sides, self.scope.examples(arrays=True)) or sides
        sides = put_in(sides, self.scope.examples(arrays=False)) or sides
        return not sides[0].free

    def _divides_numbers(self, key: str, value: Term) -> bool:
        r"""Whether `S = Q \Lambda Q^T` of a matrix of numbers says what Q and Lambda are; if so, they are not any matrices."""
        known = self.scope.values.get(key)
        if known is None or known[1].is_scalar or not self.scope.is_here(known[2]):
            return False
        value, _ = put_entries((value, value), self.scope.numbered_entries())
        free = (s for s in value.free if not s.is_scalar and self.scope.newest(s) is None)
        names = {str(s.data[0]) for s in free} - set(self.scope.examples(arrays=True))
        self.scope.opaque |= dict.fromkeys((*sorted(names), shown(key)) if names else (), self.scope.section)
        return bool(names)

    def _is_circular(self, key: str, value: Term) -> bool:
        found = self.symbol_of(key)
        return isinstance(found, Term) and found in self.scope.expand(value).free

    # -- readings -----------------------------------------------------------------------------------------------

    def _reading(self, names: Sequence[Node], numbers: Sequence[str], running: Iterable[str]) -> Reading:
        """The first reading of a body that makes sense."""
        older = [options for options in self.older(names) if not options.former and not options.generic]
        tries = [Options(), *older, Options(kinds=False, evidence=False)]
        tries += [Options(old=True, kept=True)]
        tries += [Options(numbers=True)] if not any(map(has_arrays, names)) else []
        tries += [replace(options, depend="section") for options in (*older, Options())]
        tries += [replace(options, slash="product") for options in (Options(), *older)]  # `x^T A x / x^T x`
        linked = [False] * (len(names) - 1)
        found: list[Reading] = []
        for options in tries:
            if options.depend and not any("depend" in r.choices for r in found):
                continue
            if options.slash == "product" and not any("slash" in r.choices for r in found):
                continue
            found.append(read_chain(names, linked, self.scope, options, numbers, running))
            if isinstance(found[-1].sides[0], Term):
                return self._better_known(found[-1], older, names, numbers, running)
        return found[0]

    def _better_known(self, first: Reading, older: Sequence[Options], names: Sequence[Node], numbers: Sequence[str],
                      running: Iterable[str]) -> Reading:  # fmt: skip
        r"""A reading in which more functions have a formula, from another section, where there is one.

        So it is with a function that depends on what it is said to take by formulas of other sections only: that of
        `\ell(\theta) = \sum_i y_i \log p_i + (1 - y_i) \log(1 - p_i)`, where p_i is a formula of `\theta`.
        """
        if first.options.old:
            return first
        absent = self._absent(first)
        for options in older if first.unknown or absent else ():
            for one in (options, replace(options, kept=True)) if absent and options.old else (options,):
                other = read_chain(names, [False] * (len(names) - 1), self.scope, one, numbers, running)
                if not isinstance(other.sides[0], Term):
                    continue
                if other.unknown < first.unknown or (other.unknown <= first.unknown and self._absent(other) < absent):
                    return other
        self.scope.see(first.options, first.sizes.settled)
        return first

    def _absent(self, reading: Reading) -> int:
        """How many of the parameters that stand behind a body do not stand in it, with everything put in."""
        body, *parameters = reading.sides
        if not isinstance(body, Term) or not parameters:
            return 0
        self.scope.see(reading.options, reading.sizes.settled)
        free = self.scope.expand(body, keep=[s for s in parameters if isinstance(s, Term)]).free
        return sum(isinstance(s, Term) and s.head == "sym" and s not in free for s in parameters)

    def older(self, nodes: Sequence[Node | Unread]) -> list[Options]:
        """Readings with, and without, what other sections say of the names in a chain."""
        keys = {subscripted(key, below) for node in nodes if isinstance(node, Node)
                for key, below, _ in map(labelled, names_in(node))}  # fmt: skip
        keys |= {key.split("_")[0] for key in keys}
        keys |= {f"all {one}" for key in keys for one in (key, key.removeprefix("bold "))}
        scope, found = self.scope, []
        keys |= {square for key in keys if (square := f"square {key}") in scope.definitions}
        meanings = [d.section for k in keys if (d := scope.definitions.get(k))]
        meanings += [f.section for k in keys if (f := scope.functions.get(k)) and f.body is not None]
        bodies = [f.body for k in keys if (f := scope.functions.get(k)) and f.body is not None]
        bodies += [d.body for k in keys if (d := scope.definitions.get(k))]
        within = {name for body in bodies for s in body.free for name in (s.data[0], str(s.data[0]).removesuffix(ALL))}
        meanings += [d.section for d in scope.definitions.values() if d.symbol.data[0] in within]
        if not all(map(scope.is_here, meanings)):
            found.append(Options(old=True))
        if any(k in scope.kinds and not scope.is_here(scope.kinds[k].section) for k in keys):
            found.append(Options(kinds=False))
        if any(k in scope.former and scope.is_here(scope.former[k].section) for k in keys):
            found.append(Options(former=True))
        if any(k in FUNCTIONS and (f := scope.functions.get(k)) and f.body is not None for k in keys):
            found.append(Options(generic=True))
        return found

    # -- on the right side --------------------------------------------------------------------------------------

    def rebinds(self, node: Node | Unread, body: Node | Unread) -> bool:
        """Whether a bare name gets a new value here."""
        if not isinstance(node, Node) or not isinstance(body, Node):
            return False
        key, head = key_of(node) or self._square(node), head_of(node)
        if self._is_chance(node, body) or (key is not None and self.scope.partial(key, old=False) is not None):
            return False
        if self._names_a_value(node, body):
            return False
        if head is not None:
            names = [key_of(n) or "" for n in head[1]]
            known = self.scope.functions.get(of_arity(head[0], len(names))) or self.scope.functions.get(head[0])
            if known is not None and len(names) == 1 and self._is_point(names[0], len(known.parameters)):
                return False  # f(P)
            if (
                known is not None
                and known.body is not None
                and letter_of(head[0]) not in REUSED
                and self.scope.is_here(known.section)
            ):
                return False  # relu, sigma: a second formula is a claim
            return (
                known is None
                or known.body is None
                or list(known.keys) == names
                or not any(letter_of(n) == letter_of(k) for n, k in zip(names, known.keys, strict=False))
            )
        if (
            key is not None
            and key.startswith("square ")
            and self.scope.definition(key, old=False) is not None
        ):
            return False  # the variance in another form
        fixed = self._whole_is_defined(node, by_entries=False) or self.is_member(node)
        return key is not None and not self.scope.is_constant(key) and not fixed

    def is_known_here(self, node: Node) -> bool:
        """Whether the section has an equation for a name already."""
        key = subject_of(node) or ""
        function = self.scope.functions.get(key)
        known = [self.scope.definitions.get(key), function if function is not None and function.body is not None else None]
        return any(one is not None and self.scope.is_here(one.section) for one in known)

    def repeats(self, node: Node | Unread, reading: Reading, i: int) -> Taken | None:
        """The definition of a name in the words in which it was given before."""
        key = key_of(node) if isinstance(node, Node) else None
        known = self.scope.definitions.get(key) if key is not None else None
        value = reading.sides[i + 1]
        if known is None or not self.scope.is_here(known.section) or known.body is not value:
            return None
        said = f"the definition of {shown(key or '')}, as before"
        return Taken(Outcome.PROVED, said, "definition", value=reading.show(known.body))

    def names_right(self, node: Node | Unread, reading: Reading, i: int, at: int) -> Taken | None:
        """`... = y` names what stands on the left, where y is new."""
        left, right = reading.sides[i], reading.sides[i + 1]
        key = key_of(node) if isinstance(node, Node) else None
        scope = self.scope
        if key is not None and scope.chance.is_parameter(key, scope.around):
            return None
        if (
            key in {None, "I", "e", "pi"}
            or key in scope.kinds
            or key in scope.definitions
            or f"all {key}" in scope.definitions
            or key in scope.functions
            or scope.sequence(key.partition("_")[0], old=True) is not None
            or shown(key) in scope.stated_dims
        ):
            return None
        if (
            not isinstance(left, Term)
            or not isinstance(right, Term)
            or right.head != "sym"
            or left.head == "sym"
        ):
            return None
        if right in left.free or not left.free or right.shape != left.shape:
            return None
        scope.define(key, left, at)
        return Taken(
            Outcome.PROVED, f"taken as the definition of {shown(key)}", "definition", value=reading.show(left)
        )


def _member_in(node: Node) -> Member | None:
    """The w_k of `f(w_k)`; None for anything else."""
    head = head_of(node)
    return member_of(opened(head[1][0])) if head is not None and len(head[1]) == 1 and not head[2] else None


def _with_entries(parameter: Node, body: Node) -> Node:
    r"""A parameter that is more than a number: the p of `H(p) = -\sum_i p_i \log p_i`, where the body has its entries only."""
    found = named(parameter)
    if found is None or found.marks:
        return parameter
    bound = {n.text for one in walk(body) for m in _below_operators(one) for n in walk(m) if n.kind == "NAME"}
    entries = [n for n in names_in(body) if n.base == found.base and n.marks and n.marks[0].kind == "below"]
    summed = any(n.text in bound for one in entries for n in walk(one.marks[0]) if n.kind == "NAME")
    return Node("product", (parameter,), "", parameter.at, parameter.end) if summed else parameter


def _below_operators(node: Node) -> Sequence[Node]:
    atom, marks = atom_and_marks(node)
    return marks if atom.kind == "BIGOP" else ()


def is_particular(node: Node | Unread) -> bool:
    r"""Whether a node is a name for one value only, the one that is found: `x^*`, `\hat\beta`."""
    key = key_of(node) if isinstance(node, Node) else None
    return key is not None and _is_particular(key)


def _is_particular(key: str) -> bool:
    """The same of a key."""
    marked = any(mark in key for mark in ("^*", "^star", "^ast", "^\\star", "^\\ast"))
    return marked or key.removeprefix("bold ").startswith(("hat ", "tilde "))


def _sums_itself(node: Node, body: Node) -> bool:
    r"""Whether a recursion goes back to all members: `C_n = n - 1 + \frac{2}{n} \sum_{k=0}^{n-1} C_k`."""
    found = named(node)
    if found is None or not found.marks:
        return False
    for product in (one for one in walk(body) if one.kind == "product"):
        places = [k for k, part in enumerate(product.parts) if atom_and_marks(part)[0].kind == "BIGOP"]
        if places and any(n.base == found.base for part in product.parts[places[0] + 1 :] for n in names_in(part)):
            return True
    return False
