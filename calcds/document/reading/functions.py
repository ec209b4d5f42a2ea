r"""Functions and their formulas: `f(x) = e^{-x}`, `\ell(\mu, \sigma^2) = ...`, and `y = f(x)` by another formula for y.

The names in the bracket are its parameters; what the formula uses beside them is put in, so that f depends on them alone.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from calcds.document.reading.chains import Reading
from calcds.document.reading.definable import REUSED
from calcds.document.reading.worked_out import WorkedOut
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import (
    atom_and_marks,
    is_transpose,
    letter_of,
    named,
    names_in,
    shown,
    text_of,
)
from calcds.document.source.raw import Unread
from calcds.document.words.heads import head_of, key_of
from calcds.document.words.scope import Function, of_arity
from calcds.document.words.shapes import ONLY_NUMBERS
from calcds.expr.kinds import FunctionSymbol, Real
from calcds.expr.term import SCALAR, Term, subterms


class Functions(WorkedOut):
    """The part of the definer that takes formulas of functions."""

    def _call_back(self, node: Node) -> None:
        r"""The function that a head is another form of, where a bare name stood for its values: `f = u^2 + v^2` of f(x)."""
        head = head_of(node)
        if head is None or head[0] in self.scope.functions or letter_of(head[0]) not in REUSED:
            return
        former = self.scope.former.get(head[0])
        if isinstance(former, Function) and self.scope.is_here(former.section) and list(former.keys) == [*map(key_of, head[1])]:
            self.scope.functions[head[0]] = former

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
        value, keys = reading.sides[0], [key_of(n) or "" for n in head[1]]
        if isinstance(value, Unread) and value.why in ONLY_NUMBERS and len(keys) == 1:
            return self._of_a_number(keys[0], names, numbers)
        said = self.scope.functions.get(head[0])
        field = said is not None and said.symbol is not None and said.symbol.output == SCALAR
        if not field and (head[0] not in self.scope.primed or len(self.scope.meant.get(head[0], ())) < 2):
            return None
        if not isinstance(value, Term) or value.is_scalar or any(not key or key.startswith("bold ") for key in keys):
            return None
        parameters = {s for s in reading.sides[1:] if isinstance(s, Term)}
        other = any(not s.is_scalar and s not in parameters and s.data[1].word != "Dim" for s in value.free)
        if other or not any(t.head == "fn" and not t.is_scalar for t in subterms(value)):
            return None
        if len(keys) == 1 and self._is_declared_elsewhere(keys[0]):
            return self._of_a_number(keys[0], names, numbers)
        again = self._reading(names, [*numbers, *keys], ())
        value = again.sides[0]
        return again if isinstance(value, Term) and value.is_scalar else None

    def _is_declared_elsewhere(self, key: str) -> bool:
        """Whether a name is a vector by what another section says only."""
        known = self.scope.kinds.get(key)
        vector = known is not None and known.certain and known.section != self.scope.section and known.kind.shape != (1, 1)
        return vector and self.scope.section not in self.scope.evidence.get(key, ())

    def _of_a_number(self, key: str, names: Sequence[Node], numbers: Sequence[str]) -> Reading | None:
        r"""`f(\theta) = \theta^4` of a vector \theta of another section: an example in which \theta is a number from here on.

        A vector has no powers and nothing is divided by it. None where this section says that it is a vector.
        """
        if not self._is_declared_elsewhere(key):
            return None
        again = self._reading(names, [*numbers, key], ())
        value = again.sides[0]
        if not isinstance(value, Term) or not value.is_scalar:
            return None
        self.scope.declare(key, Real, certain=False)
        steps = (one for one, d in self.scope.definitions.items() if one.startswith(f"{key}_") and not d.symbol.is_scalar)
        for one in [*steps]:
            del self.scope.definitions[one]
        return again

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


def with_entries(parameter: Node, body: Node) -> Node:
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
