r"""Functions: `\sin x`, `f(x)`, `f'(x)`, `\log_2 x`, and whether a name before a bracket is applied or multiplied.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from calcds.document.reading.symbols import PLACE, Symbols
from calcds.document.source.dotted_arrays import listed_with_dots
from calcds.document.source.keys import index_nodes, labelled, subscripted
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import (
    FUNCTIONS,
    Named,
    atom_and_marks,
    has_names,
    is_d,
    is_divergence,
    is_double_bar,
    is_square,
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
from calcds.document.source.own_factors import is_of_matrices, is_second, multiplies_itself
from calcds.document.source.raw import Unread
from calcds.document.words.heads import key_of
from calcds.document.words.putting_in import put_in
from calcds.document.words.scope import Function, of_arity
from calcds.document.words.shapes import ENTRYWISE, NotKnown
from calcds.expr import operators as op
from calcds.expr.functions import HALF, TABLE
from calcds.expr.kinds import INDEX, FunctionSymbol, Real
from calcds.expr.term import MINUS_ONE, ZERO, Term, entry, number, substitute

_INVERSE = {"sin": "asin", "cos": "acos", "tan": "atan", "sinh": "asinh", "cosh": "acosh", "tanh": "atanh"}
_OF_MATRICES = {"det": op.det, "trace": op.trace, "vec": op.vec, "softmax": op.softmax}
ACTIVATIONS = {"sigma", "phi", "varphi", "rho"}  # letters of functions that act on every entry of a layer
_LOSSES = {"L", "l", "ell", "J", "E", "C", "P", "Q"}  # letters of likelihoods, losses and distributions
_OF_PRODUCTS = {"log", "log10", "trace", "det", "diag", "rank"}  # functions that are applied to products more than multiplied
_GREEDY = {"MUL", "ADD", "PM", "FUNC", "BIGOP", "DOTS", "TEXT", "NABLA"}


class Applying(Symbols):
    """Application of functions."""

    # -- functions with names of their own ----------------------------------------------------------------------

    def function(self, atom: Node, marks: Sequence[Node], parts: Sequence[Node], k: int) -> tuple[Term, int]:
        r"""`\sin^2 x`, `\log_2(x)`, `\max(0, x)`."""
        name = atom.text
        known = self.scope.function(name, old=self.options.old)
        primes = sum(m.kind == "prime" for m in marks)
        below = [m for m in marks if m.kind == "below"]
        above = [m for m in marks if m.kind == "above"]
        if k + 1 >= len(parts):
            raise Unread(f"{name} without an argument", atom.at, atom.end)
        with self.by_entries(where=name == "diag"):
            arguments, after, k = self._arguments(parts, k + 1)
        if known is not None and known.body is not None and not below:
            value = self.call(known, arguments, primes, atom)
        else:
            value = self._named(name, arguments, below, primes, atom)
        if name == "log" and k < len(parts) and atom_and_marks(parts[k])[0].text == "exp":
            self.doubt("it is not certain where the argument of a logarithm ends")
        if name in {"log", "log10", "trace"} and after:  # \ln(x + 1)^2 = 2 \ln(x + 1), \tr(A + B)^2
            self.doubt("it is not certain whether a power behind the bracket of a logarithm or a trace belongs into it")
        for mark in above:
            exponent = self.value(script(mark))
            if exponent is MINUS_ONE:
                if name not in _INVERSE:
                    raise Unread(f"{name}^{{-1}}: a reciprocal or an inverse function?", atom.at, atom.end)
                value = op.function(_INVERSE[name])(*arguments)
            else:
                value = self.raised(value, exponent)
        return self.marked(value, after, atom), k

    def _named(
        self, name: str, arguments: list[Term], below: Sequence[Node], primes: int, atom: Node
    ) -> Term:
        if below and name == "softmax" and len(below) == len(arguments) == 1:
            return self.entry_of(op.softmax(arguments[0]), script(below[0]), atom)
        if below and name != "log":
            raise Unread(f"{name} with a subscript", atom.at, atom.end)
        if name in _OF_MATRICES:
            if name == "softmax" and len(arguments) > 1 and all(a.is_scalar for a in arguments):
                arguments = [op.column(*arguments)]
            if len(arguments) != 1 or primes:
                raise Unread(f"{name} of several arguments", atom.at, atom.end)
            if name in {"det", "trace"}:
                self.sizes.same(*arguments[0].shape)
            if name == "softmax" and arguments[0].shape[1] != 1 and (axis := self.scope.settings.get("softmax")):
                return op.softmax_rows(arguments[0]) if axis == "row" else op.softmax_rows(arguments[0].T).T
            return _OF_MATRICES[name](arguments[0])
        if name == "diag":
            return self._diag(arguments)
        if name == "rank" and len(arguments) == 1 and not arguments[0].is_scalar:
            return self.rank(arguments[0])
        if name == "log10":
            if self.scope.settings.get("lg") == "2":
                return op.function("log")(arguments[0]) / op.function("log")(number(2))
            self.doubt("the base of \\lg is not said")
            return op.function("log")(arguments[0]) / op.function("log")(number(10))
        if name not in TABLE:
            raise Unread(f"the function {name}", atom.at, atom.end)
        if name in {"max", "min"} and len(arguments) == 1:
            raise Unread(f"{name} of one argument", atom.at, atom.end)
        if TABLE[name].arity and len(arguments) != TABLE[name].arity:
            raise Unread(f"{name} of {len(arguments)} arguments", atom.at, atom.end)
        if name in {"max", "min"} and len({a.is_scalar for a in arguments}) > 1:
            self.doubt(f"{name} of numbers and vectors is applied {ENTRYWISE}")
        build = op.function(name)
        if primes:
            (argument,) = arguments
            return self.derivative_at(build, argument, primes)
        value = build(*arguments)
        if below:
            base = self.value(script(below[0]))
            return value / build(base)
        if name == "log" and self.scope.settings.get("log base"):
            return value / build(number(int(self.scope.settings["log base"])))
        return value

    def _diag(self, arguments: list[Term]) -> Term:
        if len(arguments) > 1:
            return op.diag(op.column(*arguments))
        (one,) = arguments
        if one.is_scalar and (column := self._column_of(one)) is not None:
            return op.diag(column)
        if one.is_scalar:
            raise Unread("the diagonal matrix of a number")
        return op.diag(one) if one.shape[1] == 1 else op.diagonal(one)

    def _column_of(self, one: Term) -> Term | None:
        r"""The column of `p_i (1 - p_i)` for all i: of a number with one index that nothing binds."""
        running = {s: key for key, s in self.indices.items() if s in one.free}
        if len(running) != 1 or not all(s.data[1].sizes for s in running):
            return None
        ((index, key),) = running.items()
        place = INDEX.symbol(key)
        return Term("build", (substitute(one, {index: place}), place, INDEX.symbol("_")), None, (index.data[1].sizes[0], 1))

    def _arguments(self, parts: Sequence[Node], k: int) -> tuple[list[Term], tuple[Node, ...], int]:
        """What a function is applied to, the marks behind its bracket, and where it ends."""
        node = parts[k]
        atom, marks = atom_and_marks(node)
        if node.kind in {"MUL", "ADD"}:
            raise Unread("a function before a sign", node.at, node.end)
        if atom.kind in {"round", "braces"} or (atom.kind in {"square", "group"} and len(atom.parts) == 1):
            if listed_with_dots(atom) and parts[k - 1].text in {"diag", "softmax"}:
                return [self.value(atom.parts[0])], marks, k + 1
            return self.listed(atom), marks, k + 1
        if atom.kind == "BIGOP":
            value, end = self.big(atom, marks, parts, k)
            if not _is_bound_by(marks, parts[k + 1 : end]):
                self.doubt("it is not certain where the argument of a function ends")
            return [value], (), end
        end = k + 1
        while (
            end < len(parts)
            and parts[end].kind not in _GREEDY
            and atom_and_marks(parts[end])[0].kind not in {*_GREEDY, "round", "frac", "grid"}
            and not (self.moving and is_d(parts[end]))
            and not (self._is_exponential(parts[end]) and self._ends_there(parts[k - 1]))
        ):
            end += 1
        if any(after.at - before.end > 1 for before, after in pairwise(parts[k:end])):  # `\sin\omega\,t`, or `\sin\theta\,r`
            self.doubt("it is not certain where the argument of a function ends")
        if end < len(parts) and atom_and_marks(parts[end])[0].kind == "frac" and not _is_quotient(parts[end]):
            self.doubt("it is not certain where the argument of a function ends")
        if end < len(parts) and atom_and_marks(parts[end])[0].kind == "round":
            last = named(parts[end - 1])
            if last is not None and (self.is_chance(last, parts[end]) or self.is_function(last, parts, end - 1)):
                end += 1
            else:
                self.doubt("it is not certain where the argument of a function ends")
        if end + 1 < len(parts) and parts[end].text == "/" and [*map(text_of, parts[k:end])] != [text_of(parts[end + 1])]:
            self.doubt("it is not certain where the argument of a function ends")
        return [self.product(parts[k:end])], (), end

    def _is_exponential(self, node: Node) -> bool:
        """Whether a factor is a power of e."""
        name = named(node)
        raised = name is not None and name.base == "e" and any(m.kind == "above" for m in name.marks)
        return raised and self.scope.is_constant("e")

    def _ends_there(self, function: Node) -> bool:
        r"""Whether an argument ends before a power of e: `\sin x \, e^x` is a product, `\ln a e^{bx}` is more likely none."""
        self.choices.add("argument")
        return (atom_and_marks(function)[0].text not in _OF_PRODUCTS) != self.options.unlikely

    def listed(self, bracket: Node) -> list[Term]:
        """The values in a bracket."""
        if not bracket.parts:
            raise Unread("empty brackets", bracket.at, bracket.end)
        if listed_with_dots(bracket):
            raise Unread("a function of a list with dots", bracket.at, bracket.end)
        inside = bracket.parts[0]
        items = inside.parts if inside.kind == "items" else (inside,)
        if any(p.kind in {"MID", "COLON"} and not is_double_bar(p) for p in items):
            raise Unread("a bar or colon between arguments", bracket.at, bracket.end)
        return [self.value(p) for p in items if p.kind not in {"COMMA", "SEMI", "QUAD", "MID"}]

    # -- functions of the author --------------------------------------------------------------------------------

    def is_function(self, name: Named, parts: Sequence[Node], k: int) -> bool:
        """Whether a name in front of a round bracket is applied to it. Raises where nothing tells."""
        key, below, rest = labelled(name)
        full = subscripted(key, below)
        scope, old = self.scope, self.options.old
        if self.moving and self._is_moved(parts[k + 1]):
            return False
        if multiplies_itself(key, parts[k + 1]):
            return False  # p^k (1 - p)^{n - k} and p (1 - p), also where p(x) is a density; s' = s (1 - s)
        if full in self.usage.factors and is_second(below, parts[k + 1]):
            return False
        if scope.function(full, old=old) or scope.function(key, old=old):
            return True
        if _argument(parts[k + 1]) in self.usage.slopes.get(full, ()):
            return True  # b(x) beside b'(x)
        known = any(
            scope.kind(x, old=self.options.kinds) or x in self.bound or x in self.usage.dims or shown(x) in scope.stated_dims
            for x in (full, key, *([f"all {key}", f"bold {key}"] if below else []))
        )
        indexed = below and key in self.usage.families and not {full, key} & scope.applied
        letter = letter_of(key)
        bracket = atom_and_marks(parts[k + 1])[0]
        inside = bracket.parts[0] if bracket.parts else bracket
        content = opened(inside)
        alone = content.kind == "NAME" or (letter[:1].isupper() and not has_names(content))
        if letter.isupper() and full in self.usage.transposed and content.kind in {"sum", "product"}:
            return False  # X (X^T X)^{-1} X^T
        if content.kind in {"sum", "product"} and is_of_matrices(rest, content, parts[k + 1]):
            return False  # x_i^T (X^T X)^{-1} x_i
        if known or indexed or (key in {"e", "pi", "i"} and not (key == "pi" and (alone or inside.kind == "items"))):
            if below and content.kind == "NAME":  # nobody writes brackets around one factor
                self.doubt(f"{shown(full)}({content.text}) may be a value of a function")
            return False
        unclear = NotKnown(f"is {shown(full)}(...) an application or a product?", f"let {shown(full)}(x) = ...", name.node.at,
                           name.node.end)  # fmt: skip
        whole = scope.definition(key, old=old) if below else None
        number = scope.values.get(full)  # `o = \sigma(2)`: the o of `o (1 - \tanh^2 c)` is no function, nor a remainder
        valued = number is not None and number[1].is_scalar and scope.is_here(number[2]) and full not in scope.applied
        if valued or scope.definition(full, old=old) is not None or (whole is not None and not whole.symbol.is_scalar):
            if alone:  # nobody writes brackets around one factor
                raise unclear
            return False
        if full in scope.applied or key in scope.applied or letter in FUNCTIONS or (len(letter) > 1 and letter.isalpha() and (
            name.node.kind == "WORD" or atom_and_marks(opened(name.node))[0].kind == "WORD"
        )):  # fmt: skip
            return True
        if key in self.usage.bare or (key.isupper() and key in self.scope.vectors and content.kind in {"sum", "product"}):
            if alone:
                raise unclear
            return False
        if key in self.usage.called and letter in set("uvwyrsqpx"):
            return True
        if letter in _LOSSES and content.kind == "NAME":  # nobody writes brackets around one factor
            return True
        if letter == "sigma" and (any(map(is_square, rest)) or scope.chance.is_parameter(full, scope.around)):
            return False  # a variance, or the deviation of it
        if letter in ACTIVATIONS and f"square {key}" not in self.scope.definitions:
            return True
        if inside.kind == "items" and any(p.kind in {"COMMA", "MID", "SEMI"} for p in inside.parts[1:]):
            return True
        plain = content.kind in {"sum", "NUMBER", "frac"} and not alone
        if plain and letter not in {"sigma", "E", "P", "p", "L", "J", "O", "o"}:
            if content.kind == "NUMBER":
                self.doubt(f"{shown(full)}({content.text}) may be a value of a function")
            return False
        raise unclear

    def applied(self, name: Named, parts: Sequence[Node], k: int) -> tuple[Term, int] | None:
        """A name applied to the bracket behind it; None where it is no function."""
        following = parts[k + 1] if k + 1 < len(parts) else None
        if following is None or atom_and_marks(following)[0].kind not in {"round", "square"}:
            return None
        bracket, after = atom_and_marks(following)
        key, below, rest = labelled(name)
        if bracket.kind == "square":
            if key in {"bb E", "E", "P", "bb P", "Var", "Cov"}:
                raise Unread(f"{shown(key)}[...] is not read", name.node.at, following.end)
            if _is_place(bracket) and name.node.end == following.at:
                self.doubt(f"{shown(key)}[...] may be an entry")
                self.entry_at = bracket.at
            return None
        conditional = bool(bracket.parts) and any(p.kind == "MID" for p in bracket.parts[0].parts)
        likelihood = likelihood_key(Node("product", (parts[k], bracket)))
        if likelihood is not None and (formula := self.scope.definition(likelihood, old=self.options.old)) is not None:
            return self.marked(formula.symbol, after, following), k + 2
        if conditional and key in {"E", "bb E", "P", "bb P", "p", "Pr", "q"}:
            raise Unread(f"{shown(key)}(. | .) is not read", name.node.at, following.end)
        if self._multiplies(key, bracket):
            return None
        if (value := self.value_at(name, parts, k)) is not None:
            return value, k + 2
        component = self._component(key, below, rest, bracket)
        if component is not None:
            return self.marked(component, after, following), k + 2
        indexed = below and any(n.base in self.bound for n in names_in(script(below[0])))
        if indexed and self._is_called(key) and not multiplies_itself(key, following):
            raise NotKnown(f"{shown(key)} with an index is another function for every index", "", name.node.at, following.end)
        if any(m.kind not in {"prime", "above"} for m in rest) or not self.is_function(name, parts, k):
            return None
        if any(map(is_transpose, rest)) and self.scope.definition(key, old=False) is not None:
            return None  # a vector here, whatever function it is elsewhere: `g^T (Ax - b)`
        if known_now := self.scope.function(key, old=self.options.old):
            for other in self.scope.outdated(known_now):
                self.doubt(f"{shown(key)} was defined while {shown(other)} meant something else")
        primes = sum(m.kind == "prime" for m in rest)
        above = [m for m in rest if m.kind == "above"]
        known = self._find(key, below)
        full = subscripted(key, below)
        arguments = self.listed(_with_commas(bracket) if is_divergence(full) else bracket)
        if known is not None and _takes(known) != len(arguments):
            known = self.of_other_arity(full, known, len(arguments))
        if known is not None and known.body is not None:
            known = self.of_length(known, arguments)
            arguments = self.spread_point(known, arguments)
        if known is not None and known.squared:
            arguments = [_root(a) if k in known.squared else a for k, a in enumerate(arguments)]
        if known is None:
            known = self._unknown(full, arguments, entrywise=primes > 0)
        value = self.call(known, arguments, primes, name.node)
        for mark in above:
            exponent = self.value(script(mark))
            if not (exponent.head == "num" and exponent.data > 0):
                raise Unread("a power of a function that may be an inverse", mark.at, mark.end)
            value = self.raised(value, exponent)
        return self.marked(value, after, following), k + 2

    def of_other_arity(self, key: str, known: Function, count: int) -> Function:
        """The function of so many arguments that has its name from another; a doubt where the text speaks of that one since."""
        found = self.scope.function(of_arity(key, count), old=self.options.old)
        if found is not None and known.body is None:
            self.doubt(f"{shown(key)} is read as the function of another section")
        return found or known

    def big(self, atom: Node, marks: Sequence[Node], parts: Sequence[Node], k: int) -> tuple[Term, int]:
        """A sum or a product, and where it ends."""
        raise NotImplementedError  # pragma: no cover

    def rank(self, inner: Term) -> Term:
        """The rank of a matrix."""
        raise NotImplementedError  # pragma: no cover

    def of_length(self, f: Function, arguments: Sequence[Term]) -> Function:
        """A function of vectors, for those of the length of a list of numbers."""
        raise NotImplementedError  # pragma: no cover

    def spread_point(self, f: Function, arguments: Sequence[Term]) -> list[Term]:
        """The coordinates of a point for a function of several numbers."""
        raise NotImplementedError  # pragma: no cover

    def value_at(self, name: Named, parts: Sequence[Node], k: int) -> Term | None:
        """The value of a named formula at a point."""
        raise NotImplementedError  # pragma: no cover

    def _multiplies(self, key: str, bracket: Node) -> bool:
        """Whether a vector that is also written as a function of another one stands before a number."""
        found = self.scope.function(key, old=self.options.old)
        twins = (self.scope.definition(k, old=self.options.old) for k in (key, f"all {key}"))
        if found is None or found.body is None or not any(twins):
            return False
        arguments = self.listed(bracket)
        return len(arguments) == len(found.parameters) == 1 and arguments[0].is_scalar and not found.parameters[0].is_scalar

    def _component(self, key: str, below: Sequence[Node], rest: Sequence[Node], bracket: Node) -> Term | None:
        r"""`s_k(z)` of a function whose values are vectors, and `p(\tau)` beside a p; None for anything else."""
        found = self.scope.function(key, old=self.options.old) if len(below) == 1 and not rest else None
        if (another := self.scope.functions.get(of_arity(key, 1))) is not None and not rest and len(below) < 2:
            inside = opened(bracket.parts[0]) if len(bracket.parts) == 1 else bracket
            if key_of(inside) in another.keys or inside.kind == "NUMBER":  # p_i(\tau) beside p_i: no factor is put in brackets
                found = self.scope.function(of_arity(key, 1), old=True)
        if found is None or found.body is None or found.body.is_scalar or found.body.shape[1] != 1:
            return None
        if not below:
            return self.call(found, self.listed(bracket), 0, bracket)
        indices = index_nodes(script(below[0]))
        if indices is None or len(indices) != 1:
            return None
        whole = self.call(found, self.listed(bracket), 0, bracket)
        return entry(whole, self._place(indices[0], whole.shape[0], (key, 0)), ZERO)

    moving = substituting = False
    entry_at = -1  # where the square brackets behind a name begin that may tell an entry

    @staticmethod
    def _is_moved(bracket: Node) -> bool:
        """Whether a differential stands in brackets: `F (dG)`."""
        atom = atom_and_marks(bracket)[0]
        content = opened(atom.parts[0]) if len(atom.parts) == 1 else atom
        return content.kind == "product" and is_d(content.parts[0])

    def _is_called(self, key: str) -> bool:
        """Whether a letter is a function somewhere, or usually."""
        scope = self.scope
        return key in scope.applied or letter_of(key) in FUNCTIONS or scope.function(key, old=True) is not None

    def _find(self, key: str, below: Sequence[Node]) -> Function | None:
        scope, old = self.scope, self.options.old
        if not below:
            return scope.function(key, old=old)
        exact = scope.function(f"{key}_{text_of(script(below[0]))}", old=old)
        found = exact or scope.function(key, old=old)
        if found is None or exact is not None:
            return found
        if not found.labels:  # L_i is not L, but one of the L_b that have a formula beside L
            like = [f for k, f in scope.functions.items() if k.startswith(f"{key}_") and f.labels and f.section in scope.around]
            if len(like) != 1:
                return None
            (found,) = like
            self.doubt(f"{shown(key)}_{text_of(script(below[0]))} is read as {shown(found.name)} for another {found.labels[0]}")
        inside = script(below[0])
        nodes = [p for p in inside.parts if p.kind != "COMMA"] if inside.kind == "items" else [inside]
        if len(nodes) != len(found.labels) or found.body is None:
            return None
        values = {label: self.value(n) for label, n in zip(found.labels, nodes, strict=True)}
        return Function(
            found.name, found.parameters, substitute(found.body, values), (), found.section, None, found.keys
        )

    def _unknown(self, key: str, arguments: list[Term], *, entrywise: bool) -> Function:
        """A function of which only the name is known."""
        self.unknown_functions.add(shown(key))
        said = key in self.scope.entrywise
        entrywise = entrywise or self.scope.acts_on_entries(key)
        if not entrywise and (said or letter_of(key) in ACTIVATIONS) and not all(a.is_scalar for a in arguments):
            self.doubt(f"{shown(key)} is read as a function that acts entry by entry")
            entrywise = True
        if entrywise or all(a.is_scalar for a in arguments):
            symbol = FunctionSymbol(shown(key), len(arguments))
        else:
            if key not in self.scope.fields:
                self.doubt(f"{shown(key)} is read as a function with one number as its value")
            symbol = FunctionSymbol(shown(key), len(arguments), tuple(a.shape for a in arguments))
        return Function(key, (), None, symbol=symbol)

    def call(self, f: Function, arguments: list[Term], primes: int, node: Node) -> Term:
        """A function at its arguments, differentiated so many times."""
        if f.body is None:
            symbol = f.symbol
            if symbol is None:
                symbol = FunctionSymbol(shown(f.name), len(arguments))
            if symbol.arity != len(arguments):
                raise Unread(f"{shown(f.name)} with {len(arguments)} arguments", node.at, node.end)
            for a, shape in zip(arguments, symbol.inputs, strict=False):
                self.as_vector(a, shape)
                self.fit(a, op.zeros(*shape))
            if primes:
                if symbol.arity != 1 or not symbol.entrywise:
                    raise Unread("a prime at a function of several numbers", node.at, node.end)
                symbol = symbol.prime(0, primes)
            return symbol(*arguments)
        if len(arguments) != len(f.parameters):
            raise Unread(
                f"{shown(f.name)} with {len(arguments)} arguments instead of {len(f.parameters)}",
                node.at,
                node.end,
            )
        scalars = all(p.is_scalar for p in f.parameters)
        if primes:
            if len(arguments) != 1 or not scalars:
                raise Unread("a prime at a function of several numbers", node.at, node.end)
            body = self.formula(f)
            return self.derivative_at(
                lambda u: substitute(body, {f.parameters[0]: u}), arguments[0], primes, f
            )
        if scalars and not all(a.is_scalar for a in arguments):
            return FunctionSymbol(shown(f.name), len(arguments), body=(f.parameters, f.body))(*arguments)
        table = {}
        zero = [a is ZERO and not p.is_scalar for p, a in zip(f.parameters, arguments, strict=True)]
        arguments = [op.zeros(*p.shape) if z else a for p, a, z in zip(f.parameters, arguments, zero, strict=True)]
        for p, a in zip(f.parameters, arguments, strict=True):
            if p.is_scalar != a.is_scalar:
                self.as_vector(a, p.shape)
                raise Unread(
                    f"{shown(f.name)} takes {'a number' if p.is_scalar else 'a vector'}", node.at, node.end
                )
            fits, columns = self.sizes.same(p.shape[0], a.shape[0]), self.sizes.same(p.shape[1], a.shape[1])
            if columns and not fits and isinstance(p.shape[0], int) and isinstance(a.shape[0], int):
                raise Unread(f"{shown(f.name)} takes a vector with {p.shape[0]} entries", node.at, node.end)
            table[p] = a
        return put_in(self.formula(f), table)

    def formula(self, f: Function) -> Term:
        r"""The body of a function; with the names in it fixed, in a reading that supposes it: the V of `2 \pi r^2 + 2V/r`."""
        assert f.body is not None  # asked before
        if f.printed is None or f.printed.free.isdisjoint(f.parameters):
            return f.body
        table = self.scope.table(f.parameters)
        names = sorted((s for s in f.printed.free if s in table), key=str)
        tied = [str(s) for s in names if not self.scope.expand(s, keep=f.parameters).free.isdisjoint(f.parameters)]
        if not tied:
            return f.body
        self.choices.add("held")
        if self.options.suppose != "held":
            return f.body
        self.supposed = (f"{', '.join(tied)} {'is' if len(tied) == 1 else 'are'} fixed in {shown(f.name)}",)
        return f.printed

    def derivative_at(
        self, body: Callable[[Term], Term], argument: Term, times: int, f: Function | None = None
    ) -> Term:
        """The derivative of a function of one number at an argument."""
        if not argument.is_scalar:
            u = Real.symbol("u'")
            if f is not None and f.body is not None:
                return FunctionSymbol(shown(f.name), 1, body=(f.parameters, f.body)).prime(0, times)(argument)
            return FunctionSymbol("derivative", 1, body=((u,), op.diff(body(u), *[u] * times)))(argument)
        if argument.head == "sym":
            expanded = body(argument)
            if self.options.suppose != "held":
                expanded = self.scope.towards(expanded, [argument])
            derivative = op.diff(expanded, *[argument] * times)
            if argument in self.scope.table():
                return self.at_place(derivative, argument)
            return derivative
        u = Real.symbol("u'")
        return op.at(op.diff(body(u), *[u] * times), u, argument)

    def at_place(self, derivative: Term, symbol: Term) -> Term:
        """A derivative by a defined name: its place is the value of the name."""
        name, kind = symbol.data
        local = kind.symbol(name + "'")
        return op.at(substitute_all(derivative, symbol, local), local, symbol)

    # -- primes -------------------------------------------------------------------------------------------------

    def special(self, name: Named) -> Term | None:
        r"""`y'` for a defined y; `\mathbf{1}` and `\mathbf{0}` are no names."""
        key, below, rest = labelled(name)
        primes = sum(m.kind == "prime" for m in rest)
        if primes and len(rest) == primes + 1 and is_transpose(rest[-1]):  # `w'^\top`, of the next w
            whole = self.special(replace(name, marks=tuple(m for m in name.marks if m is not rest[-1])))
            return None if whole is None else self.marked(whole, rest[-1:], name.node)
        if not primes or any(m.kind != "prime" for m in rest):
            return None
        full = subscripted(key, below)
        found = self.scope.definition(full, old=self.options.old)
        if found is not None:
            return self.primed(found.symbol, primes, name.node)
        function = self.scope.function(full, old=self.options.old)
        if function is not None:
            if len(function.parameters) == 1 and function.body is not None:
                return self.call(function, [function.parameters[0]], primes, name.node)
            raise NotKnown(
                f"at which place the derivative of {shown(full)} is meant", "", name.node.at, name.node.end
            )
        if full in self.usage.primed:
            self.unknown_functions.add(shown(full))
            return FunctionSymbol(shown(full)).prime(0, primes)(PLACE)
        return self.symbol(full + "'" * primes)

    def primed(self, term: Term, times: int, node: Node) -> Term:
        """The derivative of an expression in the one variable it has."""
        expanded = self.scope.expand(term)
        wanted = self.scope.settings.get("prime")
        free = sorted((s for s in expanded.free if s.is_scalar and not s.data[1].has("dimension")), key=str)
        chosen = [s for s in free if s.data[0] == wanted] if wanted else free
        if self.prime_variable is not None and not wanted:
            chosen = [self.prime_variable]
        elif len(chosen) > 1:
            chosen = [s for s in chosen if s.data[0] in {"x", "t"}] or chosen
        if not expanded.free and self.prime_variable is None and not _applies(expanded):
            return ZERO
        if wanted and not _may_hold(expanded, wanted):
            return ZERO  # the text says the variable, and it does not stand here
        if len(chosen) != 1:
            raise NotKnown(
                "by which variable the prime differentiates is not said", "prime d/dx", node.at, node.end
            )
        if not term.is_scalar:
            raise Unread("a prime at a vector or matrix: a transpose or a derivative?", node.at, node.end)
        return op.diff(expanded, *chosen * times)

    prime_variable: Term | None = None


def _may_hold(term: Term, wanted: str) -> bool:
    """Whether a variable may stand in a term: by its name, as an entry of an array, or in an unknown function."""
    base = wanted.partition("_")[0]
    return _applies(term) or any(str(s.data[0]).removeprefix("all ").partition("_")[0] == base for s in term.free)


def _is_bound_by(marks: Sequence[Node], rest: Sequence[Node]) -> bool:
    r"""Whether the last factor behind `\log \sum_i` depends on an index of the sum, and so stands under it."""
    inner = [m for p in rest if p.kind == "unit" and p.parts[0].kind == "BIGOP" for m in p.parts[1:]]
    bound = {n.base for m in (*marks, *inner) if m.kind == "below" for n in names_in(m)}
    several = [p for p in rest if atom_and_marks(p)[0].kind != "BIGOP"]
    alone = len(several) == 1 or (len(several) == 2 and atom_and_marks(several[0])[0].kind == "FUNC")
    return alone or any(n.base in bound for n in names_in(rest[-1]))


def _is_quotient(node: Node) -> bool:
    """A derivative: it is no part of an argument."""
    top = opened(atom_and_marks(node)[0].parts[0])
    first = atom_and_marks(top.parts[0] if top.kind == "product" else top)[0]
    return first.kind in {"NAME", "PARTIAL"} and first.text in {"d", "partial"}


def _argument(bracket: Node) -> str:
    """The x of `(x)`."""
    inside = opened(bracket)
    content = opened(inside.parts[0]) if inside.kind == "round" and len(inside.parts) == 1 else inside
    return content.text if content.kind == "NAME" else ""


def _applies(term: Term) -> bool:
    from calcds.expr.term import subterms

    return any(t.head == "apply" for t in subterms(term))


def substitute_all(term: Term, old: Term, new: Term) -> Term:
    """A symbol replaced wherever it stands, as a variable of derivatives too."""
    from calcds.expr.term import replace

    return replace(term, {old: new})


def _with_commas(bracket: Node) -> Node:
    """A bracket in which a bar separates the arguments of a divergence as a comma does."""
    if bracket.kind == "MID":
        return Node("COMMA", (), ",", bracket.at, bracket.end)
    inside = tuple(_with_commas(part) if part.kind in {"items", "MID"} else part for part in bracket.parts)
    return bracket.holding(inside)


def _takes(f: Function) -> int:
    """How many arguments a function takes."""
    return len(f.parameters) if f.body is not None or f.symbol is None else f.symbol.arity


def _root(square: Term) -> Term:
    r"""The standard deviation of which a variance is printed."""
    double = square.head == "pow" and square.args[1] == number(2)
    return square.args[0] if double else square**HALF


def _is_place(bracket: Node) -> bool:
    """Whether what stands in square brackets may count entries: `[0]`, `[n]`, `[n-m]`."""
    inside = [n.kind for n in walk(bracket) if not n.parts]
    return bool(inside) and set(inside) <= {"NUMBER", "NAME", "ADD"} and len(inside) <= 4


__all__ = ["Applying", "substitute_all"]
