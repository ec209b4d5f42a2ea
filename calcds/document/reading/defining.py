r"""What equations define: `y = x^2 + 1`, `f(x) = e^{-x}`, `y_i = w x_i + b`, and heads of chains such as `y = a = b`.

A name that is defined stays a symbol in readings; its body is put in when a claim is decided or differentiated. With an
index that stands for every index, the whole array is defined by its entries (or, where they are vectors, by its rows).

`definable` knows which sides can be defined, `bodies` how a formula is read, `functions`, `worked_out`, `entries` and
`sequences` what is special about functions, numbers, arrays and members; here it is decided which of these an equation is.

Imports: calcds.document, calcds.decide.verdict, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from calcds.decide.verdict import Outcome
from calcds.document.chance.eventlike import is_event
from calcds.document.reading.chains import Reading, read_chain
from calcds.document.reading.definable import VARIABLES, Definable, is_particular_key
from calcds.document.reading.entries import Entries
from calcds.document.reading.functions import Functions, with_entries
from calcds.document.reading.measuring import of_one_number
from calcds.document.reading.regained import Kept
from calcds.document.reading.remainders import is_expanded, without_remainder
from calcds.document.reading.sequences import Taken
from calcds.document.source.keys import full_key, labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.likelihoods import (
    Likelihood,
    is_signature,
    items_of,
    laws_of,
    likelihood_of,
    likelihoods_in,
    of_one_example,
)
from calcds.document.source.members import Member, member_of
from calcds.document.source.names import (
    Named,
    atom_and_marks,
    has_names,
    letter_of,
    likelihood_key,
    named,
    names_in,
    opened,
    script,
    shown,
)
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Side
from calcds.document.words.declarations import its_own_transpose
from calcds.document.words.heads import head_of, key_of, square_of, squares_in, subject_of
from calcds.document.words.randomness import DENSITIES, PROBABILITIES, full_of, operands
from calcds.document.words.scope import Definition, Function, Scope
from calcds.expr import operators as op
from calcds.expr.term import Term, same_shape, same_size

_SIZES = set("ndmkpqhNDMK")  # letters of sizes


@dataclass(slots=True)
class Definer(Definable, Functions, Entries):
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
    kept: list[Kept] = field(default_factory=list)  # what names meant before this sentence
    factored: set[str] = field(
        default_factory=set
    )  # keys of matrices for which words name factors, which every such matrix has
    specialised: dict[str, tuple[Definition, set[str]]] = field(default_factory=dict)  # formulas, and letters cases have not
    aside: dict[str, list[Function]] = field(default_factory=dict)  # functions of other letters than those of their name now
    behind: dict[str, Definition] = field(default_factory=dict)  # formulas of names that have the numbers of an example now
    equations: dict[str, tuple[int, Node, int]] = field(default_factory=dict)  # of names: section, formula, and place
    result: bool = False
    chosen: bool = False
    concludes: bool = False

    def take(self, sides: Sequence[Side], nodes: Sequence[Node | Unread], linked: Sequence[bool], *, again: bool,
             local: bool, result: bool = False, chosen: bool = False, concludes: bool = False) -> dict[int, Taken]:  # fmt: skip
        """Take the heads of a chain as definitions; what became of the pairs that are taken.

        again: a name may get a new meaning; local: it has this meaning in one sentence only; result: the words before
        it say that it was found, not chosen; chosen: they say that it is laid down; concludes: that it follows
        """
        self.result, self.chosen, self.concludes = result, chosen, concludes
        if nodes and isinstance(nodes[0], Node) and not again:
            self._call_back(nodes[0])
        heads = first = int(self._names_a_chance(nodes[:3], sides, linked[:2]))
        while (
            heads < len(linked)
            and linked[heads]
            and sides[heads + 1].relation in {"=", ":="}
            and self._is_head(nodes[heads], nodes[heads + 1], again=again)
            and without_remainder(nodes[heads + 1])[1] is None  # it says how f begins, not what it is
            and not is_expanded(nodes[heads], nodes[heads + 1])
            and not (concludes and self.is_known_elsewhere(nodes[heads]))
            and not self._is_chance(nodes[heads], nodes[heads + 1])
            and not (self._names_a_value(nodes[heads], nodes[heads + 1]) and not again)
        ):
            heads += 1
        taken: dict[int, Taken] = {}
        equal = not heads and linked and linked[0] and sides[1].relation in {"=", ":="}
        body = self._first_formula(nodes, sides, linked) if equal else None
        if body is not None and (found := self._likelihood(nodes[0], body, sides[0].at)) is not None:
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
                if found.outcome is Outcome.UNREAD or self._has_no_formula(body):
                    self._by_a_later_side(node, sides, nodes, linked, i, local=local)
                continue
            if (place := _member_in(node)) is not None and place.letter:
                self.keep_for_a_sentence(node)  # `f(w_{k+1}) = f(w_k) - ...` says nothing of the formula of f
            self.forget(node)
            if isinstance(body, Unread):
                self.doubt(node)
                taken[i] = Taken(Outcome.UNREAD, body.why, at=body.at)
        return taken

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
        head, bracket = opened(node).parts
        name, chance = named(head), self.scope.chance
        tables = {k for (name, _), keys in chance.variables_in.items() if name == "p" for k in keys}
        joint = len(tables) > 1 and {n.base for part in opened(node).parts[1:] for n in names_in(part)} <= tables
        joint = joint and any(k in DENSITIES and b.kind == "round" for k, _, b in operands(body))
        claimed = chance.is_operator(node, "p", body) or self.scope.definition(key, old=False) is not None
        if joint or claimed or name is None or laws_of([node, body]) or self._is_of_events(name, bracket, body):
            return None
        found = likelihood_of(name, bracket)
        if found is None and any(p.kind == "MID" for p in items_of(bracket)):
            return None
        known = self.scope.function(found.signature, old=False) if found is not None else None
        if known is not None and known.body is not None:
            return None  # P(y = 1 | x) of p(y | x)
        single = of_one_example(found, body) if found is not None else None
        arguments, body = single if single is not None else (found.arguments if found is not None else (), body)
        letters = [(a, named(a.value)) for a in arguments]
        plain = bool(letters) and all(not a.given and n is not None and not n.marks for a, n in letters)
        places = [a.value for a, _ in letters] if plain else []
        reading = self._reading([body, *places], [], ())
        value = reading.sides[0]
        if isinstance(value, Unread) or not value.is_scalar or not value.free:
            return None
        if found is not None and plain:
            self._as_function(found, reading, value, at)
        if single is None or not plain:  # with an index it is a value of the function for every index
            self.scope.define(key, value, at)
            self.scope.give(key)
        self.remember(reading)
        said = f"taken as the definition of {shown(key).removeprefix('given ')}"
        return Taken(Outcome.PROVED, said, "definition", value=reading.show(value))

    def _is_of_events(self, name: Named, bracket: Node, body: Node) -> bool:
        """Whether a conditional probability is one of events, for which there are laws, and no likelihood stands beside it."""
        if name.base not in PROBABILITIES:
            return False

        def is_variable(one: Named) -> bool:
            return self.scope.chance.is_random(full_of(one), self.scope.around)

        lettered = any(n.base not in PROBABILITIES or not is_event(b, is_variable) for n, b, _ in likelihoods_in(body))
        return is_event(bracket, is_variable) and not lettered

    def _as_function(self, found: Likelihood, reading: Reading, value: Term, at: int) -> None:
        r"""The formula of `p(y \mid x; \theta)` is that of a function: `p(y^{(i)} \mid x^{(i)}; \theta)` is a value of it."""
        parameters = tuple(s for s in reading.sides[1:] if isinstance(s, Term) and s.head == "sym")
        if len(parameters) == len(found.arguments) == len(set(parameters)):
            expanded = self.scope.expand(value, keep=(*parameters, *self.scope.data(parameters)))
            keys = tuple(a.letter for a in found.arguments)
            formula = Function(found.signature, parameters, expanded, (), self.scope.section, None, keys, at, value)
            self.scope.functions[found.signature] = formula

    def _first_formula(self, nodes: Sequence[Node | Unread], sides: Sequence[Side], linked: Sequence[bool]) -> Node | Unread:
        """The first side of a chain behind its head in which no likelihood without a formula stands; else the second one."""
        for k in range(1, len(nodes)):
            if not linked[k - 1] or sides[k].relation not in {"=", ":="}:
                break
            if not self._has_no_formula(nodes[k]):
                return nodes[k]
        return nodes[1]

    def _has_no_formula(self, body: Node | Unread) -> bool:
        r"""Whether a likelihood stands in a body of which this section has no formula: `l = \log p(y \mid x) = ...`.

        That of another section may be about another model, and is not put in when the body is read.
        """
        found = [*likelihoods_in(body)] if isinstance(body, Node) else []
        return any(
            self.scope.function(one.signature, old=False) is None
            and (key := likelihood_key(Node("product", (name.node, bracket)))) is not None
            and self.scope.definition(key, old=False) is None
            for name, bracket, one in found
        )

    def _by_a_later_side(self, node: Node, sides: Sequence[Side], nodes: Sequence[Node | Unread], linked: Sequence[bool],
                         i: int, *, local: bool) -> None:  # fmt: skip
        r"""Take `p_k = e^{z_k} / \sum_j e^{z_j}` from `p_k = softmax(z)_k = ...`, of which the middle was not read."""
        for k in range(i + 2, len(nodes)):
            body = nodes[k]
            if not linked[k - 1] or sides[k].relation not in {"=", ":="}:
                return
            if isinstance(body, Node) and any(True for _ in likelihoods_in(body)):
                continue  # it has none either
            found = self.define(node, body, sides[i].at, local=local) if isinstance(body, Node) else None
            if found is not None and found.outcome is Outcome.PROVED:
                return

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
        if isinstance(last, Node) and not has_names(last):
            self.define(node, last, at, local=False)

    def keep_for_a_sentence(self, node: Node) -> None:
        """What a name means now comes back when the sentence ends."""
        key = subject_of(node) or ""
        if key in self.factored:
            return  # "if $X = U \Sigma V^T$ is the SVD" restricts no X
        self.kept.append(Kept.of(key, self.scope))

    def end_sentence(self) -> None:
        """Formulas that were given for a sentence are forgotten."""
        for one in reversed(self.kept):
            one.put_back(self.scope)
        self.kept.clear()

    def alias(self, new: Node, old: Node, at: int) -> None:
        r"""A name is another name for something: "we write $z$ for $z_2$", and for a square or an expectation, $\sigma^2$."""
        key = key_of(new)
        if key_of(old) is None and key is not None:
            if self.scope.definition(key, old=False) is None and not self.scope.is_declared(key):
                self.define(new, old, at, local=False)
            return
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
        head = self.head(node)
        key = head[0] if head else key_of(node)
        if head and "_" in head[0]:
            self.scope.opaque[shown(head[0].partition("_")[0])] = self.scope.section  # s_k(z) says what s is
        if key is not None and (head or key not in VARIABLES or self.chosen):
            self.scope.opaque[shown(key) + ("()" if head else "")] = self.scope.section

    def define(self, node: Node, body: Node, at: int, *, local: bool) -> Taken | None:
        """Take one definition; None where the pair is no definition after all."""
        head = self.head(node)
        key = head[0] if head else key_of(node) or self._square(node)
        assert key is not None  # it is a head
        self._give(key, None if head is not None else head_of(body))
        if head is None and self._explicit(key, body):
            return Taken(Outcome.PROVED, f"taken as the entries of {shown(key)}", "definition")
        if (members := self.members(node, head, body, at)) is not None:
            return members
        letters = self._letters(node, body) if head is None else None
        names = [body] if head is None else [body, *(with_entries(n, body) for n in head[1]), *head[2]]
        numbers = self._variables_of(node) if head is None else [k for n in head[1] if (k := key_of(n)) and "_" in k]
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
            return _condition(f"it says that {shown(key)} is {own[1]}")
        elif self._is_worked_out(key, value):
            return None
        elif self._divides_numbers(key, value):
            return _condition(f"it says how {shown(key)} is made of others")
        elif self._is_circular(key, value):
            self.scope.opaque[shown(key.partition("_")[0])] = self.scope.section  # it is tied to what it was before
            return Taken(Outcome.UNDECIDED, f"an update or an equation for {shown(key)}", asks=True, circular=True)
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
        listed = value.head == "entry" and key in self.scope.dims  # n_L of sizes that are given as a list
        other = key_of(body) if value.head == "sym" or listed else None
        sized = other is not None and key in self.scope.dims and letter_of(other) in _SIZES
        same = sized or (other is not None and not listed and letter_of(key) == letter_of(other))
        if value.head == "sym" and value.is_scalar and other in self.scope.identities and letter_of(key).isupper():
            self._identity(key, at)
        elif same and other is not None and not self.scope.has_meaning(other):
            pass  # "we drop the superscript", z for z^{(L)}, or a size K for n_L: nothing is known of the other name
        elif not value.free:
            self._number(key, value)
        elif declared and self._declared(key, node, body, at):
            pass
        elif declared and self.scope.is_here(self.scope.kinds[key].section) and not self._is_number_of(key, value):
            self.scope.opaque[shown(key)] = self.scope.section  # two things are called so
        else:
            self.scope.kinds.pop(key, None)  # what was declared so elsewhere is another thing
            self._anew(key, value)
            self.scope.define(key, value, at)
            found = self.result and self.seen.get(key) == self.scope.section and not is_particular_key(key)
            if key in self.scope.definitions and found:
                self.scope.definitions[key] = replace(self.scope.definitions[key], result=True)

    def _identity(self, key: str, at: int) -> None:
        """`A = I`: of an A that is declared as a square matrix the identity, and else what is not known."""
        known = self.scope.kinds.get(key)
        rows, columns = known.kind.shape if known is not None and known.certain else (1, 1)
        if rows != 1 and same_size(rows, columns):
            self.scope.define(key, op.eye(rows), at)
        else:
            self.scope.opaque[shown(key)] = self.scope.section  # A may be a number, and is the identity where it is a matrix

    def _variables_of(self, node: Node) -> list[str]:
        """The x, y of `J_g = ...` or `H_g = ...` where g(x, y) is a function of several numbers of this section."""
        found = named(opened(node))
        below = [script(m) for m in found.marks if m.kind == "below"] if found is not None and found.base in {"H", "J"} else []
        subject = named(below[0]) if len(below) == 1 else None
        f = self.scope.function(full_key(subject), old=False) if subject is not None else None
        several = f is not None and f.body is not None and len(f.parameters) > 1 and self.scope.is_here(f.section)
        return [*f.keys] if f is not None and several and all(p.is_scalar for p in f.parameters) else []

    def _is_number_of(self, key: str, value: Term) -> bool:
        r"""Whether a section gives a number's formula to a name that one around it says is a vector: `x = t^2`."""
        return value.is_scalar and self._is_declared_elsewhere(key)

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

    def notice(self, nodes: Sequence[Node | Unread]) -> None:
        """Names that a chain uses: an equation for one of them that comes later is a result."""
        self.generalise(nodes)
        self.take_up(nodes)
        for node in nodes:
            if isinstance(node, Node):
                self.seen.update((full_key(n), self.scope.section) for n in names_in(node))

    def is_new(self, node: Node | Unread, *, declared: bool) -> bool:
        """Whether a side is a name that the text has not used before, nor declared, unless where it stands."""
        name = named(node) if isinstance(node, Node) and key_of(node) is not None else None
        if name is None:
            return False
        keys = {full_key(name), labelled(name)[0], name.base}
        known = any(key in self.seen or self.scope.has_meaning(key) for key in keys)
        return not known and (declared or not any(map(self.scope.is_declared, keys)))

    def _of_a_loss(self, key: str, reading: Reading) -> Term | Unread:
        """What a name is said to be; of what is differentiated as a loss it is a number."""
        number = of_one_number(reading, self.scope) if key in self.scope.scalars else None
        return reading.sides[0] if number is None else number

    def _is_circular(self, key: str, value: Term) -> bool:
        found = self.symbol_of(key)
        return isinstance(found, Term) and found in self.scope.expand(value).free

    # -- on the right side --------------------------------------------------------------------------------------

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
        inside = scope.expand(left).free
        if right in inside and any(is_signature(str(s.data[0])) for s in left.free):
            return None  # the z of `\\log P(t = 1 \\mid z)` stands there, too
        sizes = {str(s.data[0]) for s in inside if s.data[1].word == "Dim"}
        if right in left.free or shown(key) in sizes or not left.free or right.shape != left.shape:
            return None
        scope.define(key, left, at)
        return Taken(
            Outcome.PROVED, f"taken as the definition of {shown(key)}", "definition", value=reading.show(left)
        )


def _condition(why: str) -> Taken:
    """An equation that says what names are, and defines none of them."""
    return Taken(Outcome.UNDECIDED, f"a condition, not a claim: {why}", asks=True)


def _member_in(node: Node) -> Member | None:
    """The w_k of `f(w_k)`; None for anything else."""
    head = head_of(node)
    return member_of(opened(head[1][0])) if head is not None and len(head[1]) == 1 and not head[2] else None


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
