"""Syntax trees of expressions as terms, in a scope of names.

Imports: calcds.expr, lark.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

from lark import Token, Tree

from calcds.errors import Malformed, ShapeError
from calcds.expr.kinds import INDEX, FunctionSymbol, Kind, Real
from calcds.expr.operators import Product, Sum, at, diff, integral, limit
from calcds.expr.syntax import placed, unknown
from calcds.expr.term import (
    Term,
    add,
    divide,
    entry,
    inverse,
    mul,
    negate,
    number,
    power,
    relation,
    size,
    subtract,
)
from calcds.expr.vocabulary import CONSTANTS, SHAPED, WORDS

Scope: TypeAlias = "dict[str, Term | FunctionSymbol]"


class Reader:
    """Trees as terms, in a scope."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.text, self.scope = text, scope

    def within(self, **more: Term) -> Reader:
        """A reader that knows more names."""
        return Reader(self.text, {**self.scope, **more})

    def term(self, tree: Any) -> Term:
        """The term of a tree."""
        rule: Callable[[Any], Any] = getattr(self, f"_{tree.data}")
        with placed(self.text, tree):
            found = rule(tree)
            if not isinstance(found, Term):
                raise Malformed("this stands only as an argument of a function")
            return found

    def argument(self, tree: Any) -> Any:
        """What a function is called with: a term, or a tuple, a list or a text."""
        if tree.data in {"tuple", "list"}:
            return tuple(self.argument(a) for a in arguments_of(tree))
        return str(tree.children[0])[1:-1] if tree.data == "string" else self.term(tree)

    def _relation(self, tree: Any) -> Term:
        left, sign, right = tree.children
        return relation("=" if sign == "==" else str(sign), self.term(left), self.term(right))

    def _sum(self, tree: Any) -> Term:
        return self._chain(tree, {"+": add, "-": subtract})

    def _product(self, tree: Any) -> Term:
        return self._chain(tree, {"*": mul, "@": mul, "/": _quotient})

    def _chain(self, tree: Any, signs: dict[str, Callable[[Term, Term], Term]]) -> Term:
        value = self.term(tree.children[0])
        for sign, part in zip(tree.children[1::2], tree.children[2::2], strict=True):
            with placed(self.text, sign):
                value = signs[sign](value, self.term(part))
        return value

    def _negative(self, tree: Any) -> Term:
        return negate(self.term(tree.children[1]))

    def _positive(self, tree: Any) -> Term:
        return self.term(tree.children[1])

    def _power(self, tree: Any) -> Term:
        base, _, exponent = tree.children
        return power(self.term(base), self.term(exponent))

    def _postfix(self, tree: Any) -> Term:
        value = self.term(tree.children[0])
        for suffix in tree.children[1:]:
            with placed(self.text, suffix):
                (inside,) = suffix.children
                if isinstance(inside, Token):
                    value = value.T if inside == ".T" else inverse(value)
                else:
                    value = self._entry(value, inside.children)
        return value

    def _entry(self, value: Term, indices: list[Any]) -> Term:
        found = [self.term(index) for index in indices]
        if len(found) > 2:
            raise Malformed(f"an entry has one or two indices, not {len(found)}")
        return value[found[0]] if len(found) == 1 else entry(value, *found)

    def _number(self, tree: Any) -> Term:
        said = str(tree.children[0])
        return number(int(said)) if said.isdigit() else Term("decimal", (), said)

    def _name(self, tree: Any) -> Term:
        name = str(tree.children[0])
        found = self.scope.get(name, CONSTANTS.get(name))
        if isinstance(found, FunctionSymbol) or (found is None and name in WORDS):
            raise Malformed(f"{name} is a function; write its argument in brackets: {name}(...)")
        if found is None:
            raise Malformed(unknown(name, [*self.scope, *WORDS]))
        return found

    def _string(self, _: Any) -> Term:
        raise Malformed("a text stands only as an argument of a function")

    _tuple = _list = _function = _string

    def _call(self, tree: Any) -> Any:
        head, arguments = tree.children[0], arguments_of(tree)
        name = str(head)
        if (f := self._function_symbol(name)) is not None:
            return f(*(self.term(a) for a in arguments))
        if name in _BINDING:
            return _BINDING[name](self, name, arguments)
        if name not in WORDS and name not in SHAPED:
            if name in self.scope:
                raise Malformed(f"{name} is not a function; a product is written {name}*(...)")
            raise Malformed(unknown(name, [*WORDS, *SHAPED, *_BINDING], "function"))
        given = [self.argument(a) if name in SHAPED else self.term(a) for a in arguments]
        try:
            return (SHAPED.get(name) or WORDS[name])(*given)
        except TypeError:
            raise Malformed(f"{name} does not take {len(arguments)} argument(s)") from None

    def _function_symbol(self, name: str) -> FunctionSymbol | None:
        order: list[int] = []
        base = name.rstrip("'")
        if name.startswith("D[") and "]" in name:
            inside, base = name[2:].split("]", 1)
            order = [int(k) for k in inside.split(",")]
        found = self.scope.get(name, self.scope.get(base))
        if not isinstance(found, FunctionSymbol):
            return None
        if len(order) > found.arity:
            raise Malformed(f"{base} has {found.arity} argument(s); {name} counts derivatives in {len(order)}")
        for k, times in enumerate(order or [len(name) - len(base)]):
            found = found.prime(k, times) if times else found
        return found

    def local(self, tree: Any, kind: Kind) -> Term:
        """The variable a sum, an integral or a limit binds: one that is declared, or a new one."""
        if getattr(tree, "data", "") != "name":
            raise Malformed("a name is expected here, such as i in (i, 0, n - 1)")
        name = str(tree.children[0])
        known = self.scope.get(name)
        return known if isinstance(known, Term) and known.head == "sym" and known.is_scalar else kind.symbol(name)


def arguments_of(tree: Any) -> list[Any]:
    """The arguments of a call, a tuple or a list."""
    flat: list[Any] = []
    for child in tree.children:
        if isinstance(child, Tree):
            flat += child.children if child.data == "arguments" else [child]
    return flat


def _quotient(a: Term, b: Term) -> Term:
    if a.head == "num" and b.head == "num":
        if not b.data:
            raise Malformed("division by zero")
        return number(Fraction(a.data) / b.data)
    return divide(a, b)


# -- words that bind a variable --------------------------------------------------------------------------------


def _over(r: Reader, word: str, arguments: list[Any]) -> Term:
    """Sum(body, (i, n), (j, 0, m)): the body knows all indices, bounds know those further out."""
    if len(arguments) < 2:
        raise Malformed(f"{word} needs a body and bounds, as in {word}(x[i], (i, n))")
    build = Sum if word == "Sum" else Product
    limits: list[tuple[Term, ...]] = []
    reader = r
    for limit_ in reversed(arguments[1:]):
        parts = arguments_of(limit_) if limit_.data == "tuple" else [limit_]
        variable = reader.local(parts[0], INDEX)
        limits.insert(0, (variable, *(reader.term(p) for p in parts[1:])))
        reader = reader.within(**{variable.data[0]: variable})
    return build(reader.term(arguments[0]), *limits)


def _integral(r: Reader, word: str, arguments: list[Any]) -> Term:
    if len(arguments) != 2:
        raise Malformed(f"{word} is written {word}(f, (x, low, high)) or {word}(f, x)")
    parts = arguments_of(arguments[1]) if arguments[1].data == "tuple" else [arguments[1]]
    variable = r.local(parts[0], Real)
    body = r.within(**{variable.data[0]: variable}).term(arguments[0])
    if len(parts) not in (1, 3):
        raise Malformed("an integral has both bounds or none")
    return integral(body, variable, *(r.term(p) for p in parts[1:]))


def _limit(r: Reader, word: str, arguments: list[Any]) -> Term:
    if len(arguments) not in (3, 4):
        raise Malformed(f"{word} is written {word}(f, x, point) or {word}(f, x, point, '+')")
    variable = r.local(arguments[1], Real)
    body = r.within(**{variable.data[0]: variable}).term(arguments[0])
    return limit(body, variable, r.term(arguments[2]), *(str(r.argument(a)) for a in arguments[3:]))


def _at(r: Reader, word: str, arguments: list[Any]) -> Term:
    if len(arguments) != 3:
        raise Malformed(f"{word} is written {word}(f, x, value)")
    return at(*(r.term(a) for a in arguments))


def _diff(r: Reader, word: str, arguments: list[Any]) -> Term:
    if len(arguments) < 2:
        raise Malformed(f"{word} is written {word}(f, x) or {word}(f, (x, 2))")
    given: list[Any] = []
    for a in arguments[1:]:
        if a.data == "number":
            given.append(int(str(a.children[0])))
        elif a.data == "tuple":
            pair = r.argument(a)
            if len(pair) != 2 or not isinstance(pair[1], Term) or pair[1].head != "num":
                raise Malformed(f"{word}: a repeated derivative is written {word}(f, (x, 2))")
            given.append((pair[0], int(pair[1].data)))
        else:
            given.append(r.term(a))
    return diff(r.term(arguments[0]), *given)


def _by_entries(r: Reader, word: str, arguments: list[Any]) -> Term:
    if len(arguments) != 2 or arguments[1].data != "function":
        raise Malformed(f"{word} is written {word}((m, n), lambda i, j: ...) or {word}(n, lambda i: ...)")
    shape = r.argument(arguments[0])
    sizes = shape if isinstance(shape, tuple) else (shape,)
    *names, body = arguments[1].children[1:]
    if len(names) != len(sizes):
        raise Malformed(f"{word}: {len(sizes)} size(s), but {len(names)} index name(s)")
    indices = [r.local(Tree("name", [name]), INDEX) for name in names]
    value = r.within(**{i.data[0]: i for i in indices}).term(body)
    if not value.is_scalar:
        raise ShapeError(f"{word}: the entries are not numbers")
    rows, columns = size(sizes[0]), size(sizes[1]) if len(sizes) == 2 else 1
    column = indices[1] if len(indices) == 2 else INDEX.symbol("_")
    return Term("build", (value, indices[0], column), None, (rows, columns))


_BINDING: dict[str, Callable[[Reader, str, list[Any]], Term]] = {
    "Sum": _over, "Product": _over, "integral": _integral, "limit": _limit, "at": _at, "diff": _diff,
    "by_entries": _by_entries,
}  # fmt: skip


