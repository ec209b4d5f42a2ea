"""Expressions typed on the command line: `x.T*A*x` under `x: Vector[n], A: Matrix[n, n]`.

The language is that of the blackboard, read by the grammar `grammar.lark`; nothing is evaluated as Python. What
`calcds.expr.text` prints can be read back: it gives the same term. Every mistake is a sentence with its column and a
caret under the place.

Imports: calcds.expr, lark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput, UnexpectedToken

from calcds.errors import Malformed, ShapeError
from calcds.expr import kinds
from calcds.expr.kinds import INDEX, FunctionSymbol, Kind, Real
from calcds.expr.operators import Product, Sum, at, diff, integral, limit
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
    subterms,
    subtract,
)
from calcds.expr.vocabulary import CONSTANTS, SHAPED, WORDS

Scope: TypeAlias = "dict[str, Term | FunctionSymbol]"

MAX_LENGTH = 20_000  # characters; a page of formulas has about 3,000
MAX_DEPTH = 100  # brackets within brackets


def parse_expression(text: str, scope: Scope) -> Term:
    """The term a text means where the names of scope are known.

    >>> scope = parse_declarations("x: Vector[n], A: Matrix[n, n]")
    >>> parse_expression("x.T*A*x", scope)
    x.T*A*x

    Raises Malformed and ShapeError with the column and a caret.
    """
    tree = _parse(text, "expression")
    with _placed(text, tree):
        return _Reader(text, scope).term(tree.children[0])


def parse_declarations(text: str) -> Scope:
    """Names and what they are: `x: Vector[n], A: Matrix[n, n], f: Function`. Sizes become dimensions by being used.

    >>> parse_declarations("x: Vector[n]")
    {'n': n, 'x': x}

    Raises Malformed with the column and a caret.
    """
    tree = _parse(text, "declarations")
    reader = _Declarations(text)
    for declaration in tree.children:
        if declaration is not None:
            reader.declare(declaration)
    return {**reader.dims, **reader.declared}


# -- reading text ----------------------------------------------------------------------------------------------


@cache
def _grammar() -> Lark:
    source = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(source, parser="lalr", start=["expression", "declarations"], propagate_positions=True)


def _parse(text: str, start: str) -> Tree[Token]:
    if len(text) > MAX_LENGTH:
        raise Malformed(f"the text has {len(text)} characters; at most {MAX_LENGTH} are read")
    line = " ".join(text.split("\n"))
    depth = 0
    for column, character in enumerate(line):
        depth += (character in "([") - (character in ")]")
        if depth > MAX_DEPTH:
            raise Malformed(_pointed(line, column, f"brackets are nested more than {MAX_DEPTH} deep"))
    try:
        tree = _grammar().parse(line, start=start)
    except UnexpectedInput as error:
        raise Malformed(_slip(line, error, start)) from None
    if _height(tree) > 4 * MAX_DEPTH:  # signs and powers nest without brackets
        raise Malformed(_pointed(line, 0, "the expression is nested too deeply; name parts of it"))
    return tree


def _height(tree: Tree[Token]) -> int:
    height, level = 0, [tree]
    while level:
        height += 1
        level = [c for node in level for c in node.children if isinstance(c, Tree)]
    return height


def _pointed(text: str, column: int, sentence: str) -> str:
    """The sentence, and the text with a caret under the place; long texts are cut around it."""
    start = max(0, column - 60)
    shown = text[start : start + 100]
    return f"column {column + 1}: {sentence}\n    {shown}\n    {' ' * (column - start)}^"


def _slip(text: str, error: UnexpectedInput, start: str) -> str:
    """What is wrong, said by example."""
    at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    place = len(text) if at_end else (error.pos_in_stream or 0)
    found = text[place : place + 1]
    before = text[:place].rstrip()[-1:]
    after_value = before.isalnum() or before in {"_", "'", ")", "]"}
    if found == "^":
        said = "powers are written x**2; ^ is not used"
    elif found == "=" and start == "expression":
        said = "an equation is written with =="
    elif at_end and text.count("(") + text.count("[") > text.count(")") + text.count("]"):
        said = "a bracket is not closed"
    elif at_end:
        what = start.rstrip("s")
        said = f"the {what} stops too early" if text.strip() else f"the {what} is empty"
    elif found and found in ")]" and not after_value:
        said = f"something is missing before {found}"
    elif found and found in ")]":
        said = f"this {found} closes nothing"
    elif found and start == "expression" and after_value and (found.isalnum() or found in "(_"):
        said = "a sign is missing; a product is written 2*x"
    elif start == "declarations":
        said = f"{found!r} is not expected here; a declaration is written x: Vector[n]"
    else:
        said = f"{found!r} is not expected here"
    return _pointed(text, place, said)


@contextmanager
def _placed(text: str, node: Tree[Token] | Token) -> Iterator[None]:
    """Point at the node in whatever goes wrong inside, once."""
    try:
        yield
    except (Malformed, ShapeError) as error:
        if getattr(error, "placed", False):
            raise
        column = node.start_pos if isinstance(node, Token) else getattr(node.meta, "start_pos", 0)
        new = type(error)(_pointed(" ".join(text.split("\n")), column or 0, str(error)))
        new.placed = True  # type: ignore[union-attr]
        raise new from None


# -- expressions -----------------------------------------------------------------------------------------------


class _Reader:
    """Trees as terms, in a scope."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.text, self.scope = text, scope

    def within(self, **more: Term) -> _Reader:
        return _Reader(self.text, {**self.scope, **more})

    def term(self, tree: Any) -> Term:
        """The term of a tree."""
        rule: Callable[[Any], Any] = getattr(self, f"_{tree.data}")
        with _placed(self.text, tree):
            found = rule(tree)
            if not isinstance(found, Term):
                raise Malformed("this stands only as an argument of a function")
            return found

    def argument(self, tree: Any) -> Any:
        """What a function is called with: a term, or a tuple, a list or a text."""
        if tree.data in {"tuple", "list"}:
            return tuple(self.argument(a) for a in _arguments(tree))
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
            with _placed(self.text, sign):
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
            with _placed(self.text, suffix):
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
            raise Malformed(_unknown(name, [*self.scope, *WORDS]))
        return found

    def _string(self, _: Any) -> Term:
        raise Malformed("a text stands only as an argument of a function")

    _tuple = _list = _function = _string

    def _call(self, tree: Any) -> Any:
        head, arguments = tree.children[0], _arguments(tree)
        name = str(head)
        if (f := self._function_symbol(name)) is not None:
            return f(*(self.term(a) for a in arguments))
        if name in _BINDING:
            return _BINDING[name](self, name, arguments)
        if name not in WORDS and name not in SHAPED:
            if name in self.scope:
                raise Malformed(f"{name} is not a function; a product is written {name}*(...)")
            raise Malformed(_unknown(name, [*WORDS, *SHAPED, *_BINDING], "function"))
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


def _arguments(tree: Any) -> list[Any]:
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


def _unknown(name: str, known: list[str], what: str = "name") -> str:
    close = get_close_matches(name, known, 1) if len(name) > 2 else []  # short names are not typing mistakes
    example = "f: Function" if what == "function" else "x: Vector[n]"
    advice = f"did you mean {close[0]}?" if close else f"declare it, as in {example}"
    return f"the {what} {name} is not known; {advice}"


# -- words that bind a variable --------------------------------------------------------------------------------


def _over(r: _Reader, word: str, arguments: list[Any]) -> Term:
    """Sum(body, (i, n), (j, 0, m)): the body knows all indices, bounds know those further out."""
    if len(arguments) < 2:
        raise Malformed(f"{word} needs a body and bounds, as in {word}(x[i], (i, n))")
    build = Sum if word == "Sum" else Product
    limits: list[tuple[Term, ...]] = []
    reader = r
    for limit_ in reversed(arguments[1:]):
        parts = _arguments(limit_) if limit_.data == "tuple" else [limit_]
        variable = reader.local(parts[0], INDEX)
        limits.insert(0, (variable, *(reader.term(p) for p in parts[1:])))
        reader = reader.within(**{variable.data[0]: variable})
    return build(reader.term(arguments[0]), *limits)


def _integral(r: _Reader, word: str, arguments: list[Any]) -> Term:
    if len(arguments) != 2:
        raise Malformed(f"{word} is written {word}(f, (x, low, high)) or {word}(f, x)")
    parts = _arguments(arguments[1]) if arguments[1].data == "tuple" else [arguments[1]]
    variable = r.local(parts[0], Real)
    body = r.within(**{variable.data[0]: variable}).term(arguments[0])
    if len(parts) not in (1, 3):
        raise Malformed("an integral has both bounds or none")
    return integral(body, variable, *(r.term(p) for p in parts[1:]))


def _limit(r: _Reader, word: str, arguments: list[Any]) -> Term:
    if len(arguments) not in (3, 4):
        raise Malformed(f"{word} is written {word}(f, x, point) or {word}(f, x, point, '+')")
    variable = r.local(arguments[1], Real)
    body = r.within(**{variable.data[0]: variable}).term(arguments[0])
    return limit(body, variable, r.term(arguments[2]), *(str(r.argument(a)) for a in arguments[3:]))


def _at(r: _Reader, word: str, arguments: list[Any]) -> Term:
    if len(arguments) != 3:
        raise Malformed(f"{word} is written {word}(f, x, value)")
    return at(*(r.term(a) for a in arguments))


def _diff(r: _Reader, word: str, arguments: list[Any]) -> Term:
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


def _by_entries(r: _Reader, word: str, arguments: list[Any]) -> Term:
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


_BINDING: dict[str, Callable[[_Reader, str, list[Any]], Term]] = {
    "Sum": _over, "Product": _over, "integral": _integral, "limit": _limit, "at": _at, "diff": _diff,
    "by_entries": _by_entries,
}  # fmt: skip


# -- declarations ----------------------------------------------------------------------------------------------


class _Declarations:
    """Names with kinds; a name within the brackets of a kind is a dimension."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.dims: dict[str, Term] = {}
        self.declared: Scope = {}

    def declare(self, tree: Any) -> None:
        """Add one declaration."""
        *names, kind_tree = tree.children
        with _placed(self.text, kind_tree):
            kind = self._kind(kind_tree)
        for token in names:
            with _placed(self.text, token):
                name = str(token)
                if name in self.declared:
                    raise Malformed(f"{name} is declared twice")
                if name in self.dims and kind is not kinds.DIMENSION:
                    raise Malformed(f"{name} is used as a size, so it cannot be a {kind}")
                self.declared[name] = kind.symbol(name)

    def _kind(self, tree: Any) -> Any:
        word = str(tree.children[0])
        known = KINDS.get(word)
        if known is None:
            raise Malformed(_unknown(word, list(KINDS), "kind").replace("x: Vector[n]", "Real, Vector[n], Matrix[m, n]"))
        sizes = [c for c in tree.children[1:] if isinstance(c, Tree)]
        if not sizes:
            if isinstance(known, kinds._Sized):
                raise Malformed(f"{word} needs its sizes, as in {word}[{'n' if known.count == 1 else 'm, n'}]")
            return INDEX if known is kinds.Index else known
        if isinstance(known, Kind):
            raise Malformed(f"{word} takes no sizes")
        given = tuple(self._size(s) for s in sizes[0].children)
        if word == "Interval":
            if len(given) != 2:
                raise Malformed("Interval takes two numbers, as in Interval(0, 1)")
            return kinds.Interval(*(_fraction(g) for g in given))
        if word == "Function" and len(given) == 1 and isinstance(given[0], Term) and given[0].head == "num":
            return kinds.Function(int(given[0].data))
        for length in given:
            _checked_size(length)
        return known[given[0]] if len(given) == 1 and not isinstance(given[0], tuple) else known[given]

    def _size(self, tree: Any) -> Any:
        if tree.data == "tuple":
            return tuple(self._size(c) for c in tree.children if c is not None)
        if tree.data == "name" and isinstance(KINDS.get(str(tree.children[0])), Kind):
            return KINDS[str(tree.children[0])]  # Vector[n, Positive]
        for name in (str(n.children[0]) for n in tree.iter_subtrees_topdown() if n.data == "name"):
            declared = self.declared.get(name)
            if declared is not None and not (isinstance(declared, Term) and declared.data[1] is kinds.DIMENSION):
                raise Malformed(f"{name} is used as a size, but declared as something else")
            self.dims.setdefault(name, kinds.Dim(name))
        return _Reader(self.text, {**self.dims}).term(tree)


def _checked_size(length: Any) -> None:
    for part in length if isinstance(length, tuple) else (length,):
        if not isinstance(part, Term):
            continue
        whole = size(part)
        polynomial = all(t.head in {"num", "add", "mul", "pow", "sym"} for t in subterms(part))
        if not polynomial or (isinstance(whole, int) and whole < 1) or (isinstance(whole, Term) and whole.head == "num"):
            raise Malformed(f"{part} is not a size: sizes are positive whole numbers, dimensions, sums and products of them")


def _fraction(value: Any) -> Fraction:
    if isinstance(value, Term) and value.head in {"num", "decimal"}:
        return Fraction(value.data)
    raise Malformed("the ends of an Interval are numbers")


KINDS: dict[str, Any] = {
    name: value for name, value in vars(kinds).items()
    if isinstance(value, Kind | kinds._Sized | kinds._IndexKind | kinds._FunctionKind) and not name.isupper()
} | {"Dim": kinds.DIMENSION, "Interval": kinds.Interval}  # fmt: skip
