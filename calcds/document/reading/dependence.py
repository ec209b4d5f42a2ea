r"""Names without a formula as unknown functions, while one chain is read: C of z, where z = W a + b is known.

    \frac{\partial C}{\partial W^{(l)}} = \delta^{(l)} (a^{(l-1)})^T   C is a function of z^{(l)}, and W^{(l)} stands in z^{(l)}
    \delta^{(l)} = (W^{(l+1)})^T \delta^{(l+1)} \odot \phi'(z^{(l)})  it is one of z^{(l+1)} here, which is a formula of z^{(l)}

What the text says of every layer is said of the layers that a chain is about. All of this is forgotten with the chain.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet

from calcds.document.reading.applying import Applying
from calcds.document.source.differentials import Quotient, quotients
from calcds.document.source.keys import full_key, index_nodes, labelled
from calcds.document.source.latex import Node
from calcds.document.source.names import names_in, script, shown
from calcds.document.words import steps
from calcds.document.words.depending import BY_DERIVATIVES, reached, root_of, supposed
from calcds.document.words.labels import instances, labels_in
from calcds.document.words.putting_in import put_in
from calcds.document.words.scope import Declared, Definition, Function, put_back
from calcds.expr.kinds import Kind, Real
from calcds.expr.term import Term, same_shape


class Dependence(Applying):
    """What depends on what in a chain."""

    def suppose_functions(self, nodes: Sequence[Node]) -> None:
        """Names that are differentiated and have no formula become unknown functions, while a chain is read."""
        where = self.options.depend
        here = [q for node in nodes for q in quotients(node)]
        self._kinds = {}
        if not where:
            if here and labels_in(nodes):
                self._kinds_of(nodes, of_layers=True)
            return
        found = [q for s in sorted(self.scope.around) for q in self.scope.quotients.get(s, ())] if where == "section" else []
        self._instances(nodes)
        self._compose(here)
        self._kinds_of(nodes)
        self._as_in_formulas([*found, *here])
        made = supposed([*found, *here], here, self.scope, self.whole_of)
        self._supposed = self._supposed | {f"function {k}": d for k, d in enumerate(made)}
        self.scope.definitions.update(self._supposed)
        self._unknown_values = {d.symbol for d in made}

    def _instances(self, nodes: Sequence[Node]) -> None:
        """What the text says of every layer, or every step, is said of the layers and steps of a chain."""
        labels, old = labels_in(nodes), self.options.old
        known = {key: d for key in self.scope.definitions if (d := self.scope.definition(key, old=old)) is not None}
        found = [one for key, d in known.items() for one in instances(key, d.symbol, d.body, labels)] if labels else []
        found += steps.instances({key: (d.symbol, d.body) for key, d in known.items()}, nodes)
        settled = self.sizes.settled  # renamed, a size may be one of which the chain has learned what it is
        outputs = self._names_of_outputs(known)
        made = {key: Definition(settled(symbol), settled(body), -1) for key, symbol, body in found
                if key not in known or key in outputs}  # fmt: skip
        made |= {f"name {key}": Definition(settled(name), made[key].symbol, -1) for key, name in outputs.items()
                 if key in made and same_shape(settled(name).shape, made[key].symbol.shape)}  # fmt: skip
        if not made:
            return
        self._unify(made.values())
        bottoms = [bottom for node in nodes for _, bottom in quotients(node)]
        names = {shown(key) for n in bottoms for base in (labelled(n)[0],) for key in (base, f"all {base}", full_key(n))}
        graph: dict[str, set[str]] = {s.data[0]: {t.data[0] for t in body.free} for s, body in self.scope.table().items()}
        graph |= {d.symbol.data[0]: {t.data[0] for t in d.body.free} for d in made.values()}
        self._supposed = {key: d for key, d in made.items() if names & reached(graph, d.symbol.data[0])}
        self._former = {key: self.scope.definitions.get(key) for key in self._supposed}
        self.scope.definitions.update(self._supposed)
        self._know(nodes, {str(s.data[0]): s.data[1] for d in self._supposed.values() for s in d.body.free if not s.is_scalar})

    def _names_of_outputs(self, known: Mapping[str, Definition]) -> dict[str, Term]:
        r"""The y of `h^L = y`, which is another name of what the last layer computes: it says nothing else of h^L."""
        last = {key: d.body for key, d in known.items() if key.endswith(("^(L)", "^[L]")) and d.body.head == "sym"}
        table = self.scope.table()
        return {key: name for key, name in last.items() if name not in table}

    def _compose(self, here: Sequence[Quotient]) -> None:
        r"""Functions that are differentiated by what their variables depend on: `u(a)`, `a(w)` and `\frac{du}{dw}`.

        A function whose variables carry the names of others is one of theirs; its name stands for its value.
        """
        keys = {full_key(name): None for pair in here for name in pair}
        known = {key: f for key in keys if (f := self._of_numbers_only(key)) is not None}
        if all(full_key(top) not in known or full_key(bottom) in known[full_key(top)].keys for top, bottom in here):
            return
        todo = [*known]
        while todo:
            new = {k: f for k in known[todo.pop()].keys if k not in known and (f := self._of_numbers_only(k)) is not None}
            known |= new
            todo += new
        bodies = {key: f.body for key, f in known.items() if f.body is not None}
        self._composed = frozenset(bodies)
        made = {key: Definition(Real.symbol(shown(key)), body, -1) for key, body in bodies.items()}
        self._former = {**self._former, **{key: self.scope.definitions.get(key) for key in made}}
        self._supposed = self._supposed | made
        self.scope.definitions.update(made)

    def _of_numbers_only(self, key: str) -> Function | None:
        """The function of a name that has a formula in numbers, and no other meaning."""
        f = self.scope.function(key, old=self.options.old)
        if f is None or f.body is None or f.labels or f.squared or self.scope.definition(key, old=self.options.old) is not None:
            return None
        return f if f.parameters and f.body.is_scalar and all(p.is_scalar for p in f.parameters) else None

    def is_composed(self, key: str) -> bool:
        """Whether a function is taken in this chain at what its variables stand for."""
        return key in self._composed

    def _unify(self, made: Collection[Definition]) -> None:
        """Symbols of one name have one shape, where sizes are not said: `a_(l)` in layer l and as the input of layer l + 1."""
        for d in made:
            for length in (n for t in d.body.free | {d.symbol} for n in t.shape if isinstance(n, Term)):
                self.scope.elastic |= {s for s in length.free if re.match(r"n_.*[([]", str(s.data[0]))}
        shapes: dict[str, Term] = {}
        bodies = [t for s, body in self.scope.table().items() for t in (s, *sorted(body.free, key=str))]
        for symbol in [*bodies, *(t for d in made for t in (d.symbol, *sorted(d.body.free, key=str)))]:
            other = shapes.setdefault(symbol.data[0], symbol)
            if other is not symbol and other.is_scalar == symbol.is_scalar:
                self.sizes.same(other.shape[0], symbol.shape[0])
                self.sizes.same(other.shape[1], symbol.shape[1])

    def _as_in_formulas(self, differentials: Collection[Quotient]) -> None:
        """What is differentiated, or by what, has the shape that it has in the formulas: the W of `z = W a + b`."""
        known: dict[str, Term] = {}
        for symbol, body in self.scope.table().items():
            for s in (symbol, *sorted(body.free, key=str)):
                known.setdefault(s.data[0], s)
        for name in dict.fromkeys(name for pair in differentials for name in pair):
            one = root_of(self.whole_of(name))
            other = known.get(one.data[0]) if one is not None else None
            if one is not None and other is not None and one is not other and one.is_scalar == other.is_scalar:
                self.sizes.same(other.shape[0], one.shape[0])
                self.sizes.same(other.shape[1], one.shape[1])

    def _kinds_of(self, nodes: Sequence[Node], *, of_layers: bool = False) -> None:
        """A name that stands in a formula of another section is what it is there: the b of `z = W a + b`."""
        if not self.options.old:
            return
        seen = {str(s.data[0]): s.data[1] for body in self.scope.table().values() for s in body.free if not s.is_scalar}
        self._know(nodes, {name: kind for name, kind in seen.items() if not of_layers or name[-1:] in {")", "]"}})

    def _know(self, nodes: Sequence[Node], seen: Mapping[str, Kind]) -> None:
        """The names of a chain of which nothing is known are what they are in some formulas, or their entries."""
        for name in {full_key(n): n for node in nodes for n in names_in(node)}.values():
            base, below, _ = labelled(name)
            matrix = len(below) == 1 and len(index_nodes(script(below[0])) or ()) == 2
            capital = [base[:1].upper() + base[1:]] if matrix and base[:1].islower() and base[1:2] in {"", "^"} else []
            for key in dict.fromkeys((base, f"all {base}", full_key(name), *capital)):
                known = self.scope.kind(key, old=True) or self.scope.definition(key, old=True)
                if known is None and shown(key) in seen and key not in self._kinds:
                    self._kinds[key] = self.scope.kinds.get(key)
                    self.scope.kinds[key] = Declared(seen[shown(key)], self.scope.section)

    def is_supposed(self, key: str) -> bool:
        """Whether a name is an unknown function in this chain."""
        return any(d.symbol.data[0] == shown(key) for d in self._supposed.values() if d.symbol in self._unknown_values)

    def with_functions(self, term: Term) -> Term:
        """A term with the unknown functions put in, within one another."""
        unknown = sorted(map(str, self._unknown_values & self.scope.expand(term, keep=self._unknown_values).free))
        if unknown:
            self.doubt(f"what {', '.join(unknown)} depends on {BY_DERIVATIVES}")
        if self._former:
            return self.scope.expand(term)  # what is said of another layer here is known in this chain only
        table = {d.symbol: d.body for d in self._supposed.values()}
        for _ in table:
            term = put_in(term, table)
        return term

    def forget_functions(self) -> None:
        """The unknown functions of a chain are known no longer."""
        for key in self._supposed:
            put_back(self.scope.definitions, key, self._former.get(key))
        for key, kind in self._kinds.items():
            put_back(self.scope.kinds, key, kind)
        self._supposed, self._former, self._kinds, self._composed = {}, {}, {}, frozenset()

    _supposed: dict[str, Definition] = {}  # noqa: RUF012  (a chain has one of its own as soon as it has any)
    _former: Mapping[str, Definition | None] = {}  # what the instances of definitions stand in the way of
    _kinds: dict[str, Declared | None] = {}  # noqa: RUF012
    _composed: AbstractSet[str] = frozenset()  # the keys of functions that are taken at what their variables stand for
    _unknown_values: AbstractSet[Term] = frozenset()
