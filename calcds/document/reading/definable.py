r"""Which sides of equations can be given a meaning: a name or a function that has none here, or gets another one.

An equation for anything else is a claim: for a chance, for an entry of what is defined, for a value `q(x^*)` of a function.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.chance.closed_forms import CLOSED
from calcds.document.reading.remainders import is_expanded, without_remainder
from calcds.document.reading.sequences import Sequences, twins
from calcds.document.source.keys import full_key, index_nodes, labelled
from calcds.document.source.latex import Node
from calcds.document.source.likelihoods import laws_of
from calcds.document.source.names import (
    atom_and_marks,
    has_names,
    is_conditional,
    is_relative,
    letter_of,
    letter_of_shown,
    named,
    names_in,
    opened,
    script,
    shown,
)
from calcds.document.source.raw import Unread
from calcds.document.source.statements import Side
from calcds.document.words.heads import RUNNING, head_of, key_of, square_of, subject_of
from calcds.document.words.prose import ANEW
from calcds.document.words.randomness import arguments
from calcds.document.words.scope import Definition, of_arity

REUSED = {
    *"fghFGHpqrsuvLJCEyzPQ",
    "phi",
    "psi",
    "ell",
    "varphi",
}  # functions that get a new meaning with the next example
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

_PAIR = 2  # indices of a matrix
Head = tuple[str, list[Node], list[Node]]  # of a function: key, parameters, labels


class Definable(Sequences):
    """The part of the definer that knows what may be defined; it changes nothing."""

    valued: set[tuple[str, str]]
    chosen: bool
    concludes: bool  # the words in front of the equation say that it follows

    def _names_a_chance(self, nodes: Sequence[Node | Unread], sides: Sequence[Side], linked: Sequence[bool]) -> bool:
        r"""Whether a name for a conditional chance gets its formula: the middle of `P(y = 1 | x) = p = \sigma(w^T x)`."""
        if len(nodes) < 3 or not all(linked) or any(side.relation != "=" for side in sides[1:3]):
            return False
        chance, name, _ = nodes
        if not isinstance(chance, Node) or not isinstance(name, Node) or not is_conditional(chance):
            return False
        return key_of(name) is not None and self._is_head(name, again=False)

    def head(self, node: Node) -> Head | None:
        r"""The head of a formula for a function; `f_\beta(x)` is another function than the f(x) with a formula of its own.

        An f_x may be a derivative of f(x, y), and the f_i may be the entries of f.
        """
        head = head_of(node)
        if head is None or len(head[2]) != 1:
            return head
        label, known = key_of(head[2][0]) or "", self.scope.functions.get(head[0])
        if known is None or known.body is None or known.labels or not known.body.is_scalar:
            return head
        return head if label in RUNNING or label in known.keys else (f"{head[0]}_{label}", head[1], head[2])

    def _is_head(self, node: Node | Unread, body: Node | Unread | None = None, *, again: bool) -> bool:
        if isinstance(node, Unread):
            return False
        head = self.head(node)
        if head is not None and self._is_derivative(None, head) and not again:
            return False
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
        if (self._whole_is_defined(node, body) or self.is_member(node)) and not again:
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
        if isinstance(body, Node) and laws_of([node, body]):
            return True
        return self.scope.chance.is_operator(node, head[0], body) or self._is_told(node, head[0])

    def _is_loss(self, head: Head, body: Node | Unread) -> bool:
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

    def _whole_is_defined(self, node: Node, body: Node | Unread | None = None, *, by_entries: bool = True) -> bool:
        """Whether a name is an entry of something that is defined here: then an equation for it is a claim.

        body: the other side, where it is asked whether it says what every entry is; by_entries: also of what is defined by its
        entries; a second equation for these may be another definition
        """
        keys, running = _wholes(node)
        known = [d for k in keys if (d := self.scope.definition(k, old=False)) is not None]
        known = [d for d in known if not isinstance(body, Node) or not running or not self._is_another_name(d, body)]
        wide = known if running else [d for d in known if 1 not in d.symbol.shape]
        return any(by_entries or d.body.head != "build" for d in wide)

    def _is_another_name(self, known: Definition, body: Node) -> bool:
        r"""Whether a name was only given to what has no formula: `p_i = e^{z_i}` after "write $p = a^L$" is one.

        The value of a function of which the text says nothing, such as the `a^L = \varphi_L(z^L)` of any network, has none.
        An equation with the other name in it, `p_i = a^L_i`, is a claim nevertheless.
        """
        other = known.body
        if other.head != "sym" or other.is_scalar or letter_of_shown(str(other)) in {n.base for n in names_in(body)}:
            return False
        formula = self.scope.expand(other)
        return formula.head == "sym" or (formula.head == "apply" and formula.data.body is None)

    def speaks_anew(self, node: Node | Unread, before: str) -> bool:
        """Whether "where now $r_i = y_i - x_i$" gives the entries of what had a formula another one."""
        return ANEW.search(before) is not None and isinstance(node, Node) and self._whole_is_defined(node)

    def doubt_the_whole(self, node: Node | Unread, *, forget: bool = True) -> None:
        """An equation about the entries of something with a formula is not understood: it may say what they are now.

        Nothing is refuted with the whole from here on; forget: nor is anything proved by its formula.
        """
        keys, running = _wholes(node) if isinstance(node, Node) else ([], False)
        for key in keys if running else ():
            known = self.scope.definition(key, old=False)
            if known is not None and known.body.head != "build":
                self.scope.opaque[shown(key)] = self.scope.section
                if forget:
                    self.scope.replaced(key)
                    self.scope.definitions.pop(key, None)

    def is_by_entries(self, node: Node) -> bool:
        """Whether a name is a vector in bold of which the text says what every entry is; an equation for it says no other."""
        key = key_of(node) or ""
        known = self.scope.definition(key, old=False) if key.startswith("bold ") else None
        return known is not None and known.body.head == "build"

    def starts_anew(self, nodes: Sequence[Node | Unread]) -> bool:
        """Whether an equation gives a formula to a name that has none yet: "if $f(x) = x^2$", "if $z = Wx$" of an f(z)."""
        node, body = nodes[:2]
        if not isinstance(node, Node) or not isinstance(body, Node) or not self._is_head(node, again=False):
            return False
        head = self.head(node)
        key = head[0] if head else key_of(node) or ""
        known = self.scope.definition(key, old=False) or self.scope.function(key, old=False)
        formula = has_names(body) and (key not in VARIABLES or named(body) is None)
        functions = (f for f in self.scope.functions.values() if f.body is not None and self.scope.is_here(f.section))
        put_in = named(body) is None and any(list(f.keys) == [key] for f in functions)
        return not known and (key not in self.scope.kinds or put_in) and (bool(head) or formula)

    def explains(self, nodes: Sequence[Node | Unread]) -> bool:
        """Whether an equation behind "where" says what a name before it depends on: "$f(z) = w e^{-w}$, where $w = e^z$"."""
        if len(nodes) != 2:
            return False
        node, body = nodes
        key = key_of(node) if isinstance(node, Node) else None
        if key is None or not isinstance(node, Node) or not isinstance(body, Node) or not self._is_head(node, again=False):
            return False
        known = key in self.scope.kinds or self.scope.definition(key, old=False) or self.scope.function(key, old=False)
        return not known and has_names(body)

    def rebinds(self, node: Node | Unread, body: Node | Unread) -> bool:
        """Whether a bare name gets a new value here."""
        if not isinstance(node, Node) or not isinstance(body, Node):
            return False
        key, head = key_of(node) or self._square(node), self.head(node)
        if self._is_chance(node, body) or self._is_derivative(key, head):
            return False
        if without_remainder(body)[1] is not None or (self.concludes and self.is_known_elsewhere(node)):
            return False  # `f(x) = x + O(x^2)` says how f begins, not what it is
        if self._names_a_value(node, body) or is_expanded(node, body):
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
        fixed = self._whole_is_defined(node, body, by_entries=False) or self.is_member(node)
        return key is not None and not self.scope.is_constant(key) and not fixed

    def _is_derivative(self, key: str | None, head: Head | None) -> bool:
        """Whether a side is a derivative of a function with a formula: `f_y`, or `f_y(x, y)` where no words lay it down."""
        if head is None:
            return key is not None and self.scope.partial(key, old=False) is not None
        letters = "".join(key_of(label) or "?" for label in head[2])
        name = f"{head[0]}_{letters}" if letters else head[0]
        found = None if name in self.scope.functions or self.chosen else self.scope.partial(name, old=False)
        return found is not None and [key_of(n) for n in head[1]] == list(found.keys)

    def is_known_elsewhere(self, node: Node | Unread) -> bool:
        r"""Whether a function has kept its formula from another section: what is found for `\sigma(x)` later is a claim."""
        head = head_of(node) if isinstance(node, Node) else None
        found = self.scope.functions.get(head[0]) if head is not None else None
        if head is None or found is None or found.body is None or letter_of(head[0]) in REUSED:
            return False
        return not self.scope.is_here(found.section) and list(found.keys) == [key_of(n) for n in head[1]]

    def is_known_here(self, node: Node) -> bool:
        """Whether the section has an equation for a name already."""
        key = subject_of(node) or ""
        function = self.scope.functions.get(key)
        known = [self.scope.definitions.get(key), function if function is not None and function.body is not None else None]
        return any(one is not None and self.scope.is_here(one.section) for one in known)


def _wholes(node: Node) -> tuple[list[str], bool]:
    r"""Keys of the arrays that `r_i` or `A_{ij}` may be the entries of, and whether all its indices are letters that run.

    Beside a letter that runs another one is an index, too: `O_{ic}`.
    """
    found = named(node)
    base, below, rest = labelled(found) if found is not None else ("", [], ())
    indices = index_nodes(script(below[0])) if len(below) == 1 and not rest else None
    letters = [n.text for n in indices or () if n.kind == "NAME"]
    if indices is None or len(letters) < len(indices):
        return [], False
    running = [letter in RUNNING for letter in letters]
    beside = len(letters) == _PAIR and any(running) and all(len(one) == 1 and one.islower() for one in letters)
    return (twins(base, len(indices)) if all(running) or beside else []), all(running)


def is_particular(node: Node | Unread) -> bool:
    r"""Whether a node is a name for one value only, the one that is found: `x^*`, `\hat\beta`."""
    key = key_of(node) if isinstance(node, Node) else None
    return key is not None and is_particular_key(key)


def is_particular_key(key: str) -> bool:
    """The same of a key."""
    marked = any(mark in key for mark in ("^*", "^star", "^ast", "^\\star", "^\\ast"))
    return marked or key.removeprefix("bold ").startswith(("hat ", "tilde "))
