"""What the words of one derivation mean where it stands: its local definitions, and the helpers of its file.

Everything is read from the syntax tree; nothing is run.

Imports: calcds.derivation.scan, calcds.handout.scribe.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from calcds.derivation.scan import Text
from calcds.expr.names import latex_name
from calcds.handout.scribe import Names, Scribe, Unwritten


@dataclass(frozen=True, slots=True)
class Definition:
    """`Let s = ...`: both sides in LaTeX, and the line of the file."""

    left: str
    right: str
    line: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Names for the scribe, local definitions, and helpers of the file that the derivation uses."""

    names: Names
    lets: tuple[Definition, ...]
    helpers: tuple[Definition, ...]


def surroundings(text: Text, name: str) -> Surroundings:
    """Of one derivation of a file."""
    node = text.functions[name]
    own = frozenset(a.arg for a in node.args.args) | _assigned(node.body)
    functions = {**_functions(text.tree.body), **_functions(node.body)}
    functions = {f: said for f, said in functions.items() if f not in {a.arg for a in node.args.args}}
    tuples = {
        s.targets[0].id: s.value
        for s in node.body
        if isinstance(s, ast.Assign) and isinstance(s.targets[0], ast.Name) and isinstance(s.value, ast.Tuple)
    }
    names = Names(functions, tuples, own, total=_one_variable(node))
    lets = tuple(_definitions(node.body, names))
    used = _used(node)
    helpers: list[Definition] = []
    for statement in reversed(text.tree.body):  # a helper may use helpers above it
        if (found := _names_of(statement)) & used and not found & own and not _decorated(statement):
            made = list(_definitions([statement], Names(functions, {}, frozenset(_parameters(statement)))))
            if made:
                helpers = made + helpers
                used |= _used(statement)
    return Surroundings(names, lets, tuple(helpers))


def _functions(body: Iterable[ast.stmt]) -> dict[str, str]:
    """Functions that are defined here, and how their names are written."""
    found: dict[str, str] = {}
    for s in body:
        match s:
            case ast.FunctionDef(name=name) if not s.decorator_list:
                found[name] = _function_name(name)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda()):
                found[name] = _function_name(name)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id="named"))):
                found[name] = _function_name(name)
            case ast.Assign(
                targets=[ast.Tuple(elts=[ast.Name(id=f), ast.Name(id=df)])],
                value=ast.Call(func=ast.Name(id="entrywise")),
            ):
                found[f], found[df] = _function_name(f), _function_name(f) + "'"
    return found


def _function_name(name: str) -> str:
    r"""`sigma_of` as \sigma, `loss` upright, `f` as it is."""
    plain = name.removesuffix("_of").rstrip("_")
    said = latex_name(plain)
    if not said.startswith(r"\mathrm{"):
        return said
    return rf"\operatorname{{{plain.replace('_', chr(92) + ' ')}}}"


def _definitions(body: Iterable[ast.stmt], names: Names) -> Iterable[Definition]:
    for s in body:
        try:
            yield from _definition(s, names)
        except Unwritten:
            continue  # a kind, a source, a network: nothing a reader of mathematics needs


def _definition(s: ast.stmt, names: Names) -> Iterable[Definition]:
    scribe = Scribe(names)
    match s:
        case ast.FunctionDef(name=name, args=arguments):
            last = s.body[-1]
            if isinstance(last, ast.Return) and last.value is not None:
                yield _applied(names.functions.get(name, name), arguments, last.value, s.lineno, names)
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda() as f):
            yield _applied(names.functions[name], f.args, f.body, s.lineno, names)
        case ast.Assign(
            targets=[ast.Name(id=name)],
            value=ast.Call(func=ast.Name(id="named"), args=[_, ast.Lambda() as f]),
        ):
            yield _applied(names.functions[name], f.args, f.body, s.lineno, names)
        case ast.Assign(
            targets=[ast.Tuple(elts=[ast.Name(id=name), _])],
            value=ast.Call(func=ast.Name(id="entrywise"), args=[_, ast.Lambda() as f]),
        ):
            yield _applied(names.functions[name], f.args, f.body, s.lineno, names)
        case ast.Assign(targets=[ast.Tuple(elts=lefts)], value=ast.Tuple(elts=rights)):
            for left, right in zip(lefts, rights, strict=True):
                yield Definition(scribe.text(left), scribe.text(right), s.lineno)
        case ast.Assign(targets=[ast.Name()], value=ast.Tuple()):
            return
        case ast.Assign(targets=[ast.Name() as left], value=right):
            yield Definition(scribe.text(left), scribe.text(right), s.lineno)


def _applied(name: str, arguments: ast.arguments, body: ast.expr, line: int, names: Names) -> Definition:
    parameters = frozenset(a.arg for a in arguments.args)
    inner = Names(names.functions, names.tuples, names.own | parameters, names.total)
    listed = ", ".join(latex_name(a.arg) for a in arguments.args)
    return Definition(f"{name}({listed})", Scribe(inner).text(body), line)


def _parameters(s: ast.stmt) -> list[str]:
    return [a.arg for a in s.args.args] if isinstance(s, ast.FunctionDef) else []


def _assigned(body: Iterable[ast.stmt]) -> frozenset[str]:
    """Names that stand for values of the derivation, not for words of the vocabulary."""
    found: set[str] = set()
    for s in body:
        if isinstance(s, ast.Assign) and not isinstance(s.value, ast.Lambda):
            for target in s.targets:
                found |= {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}
    return frozenset(found)


def _names_of(s: ast.stmt) -> set[str]:
    if isinstance(s, ast.FunctionDef):
        return {s.name}
    if isinstance(s, ast.Assign):
        return {n.id for t in s.targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    return set()


def _used(node: ast.AST) -> set[str]:
    body = node.body if isinstance(node, ast.FunctionDef) else [node]
    return {
        n.id for s in body for n in ast.walk(s) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
    }


def _decorated(s: ast.stmt) -> bool:
    return isinstance(s, ast.FunctionDef) and bool(s.decorator_list)


def _one_variable(node: ast.FunctionDef) -> bool:
    """Whether everything is differentiated in one and the same plain variable: then d/dx, else the round d."""
    places: set[str] = set()
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            if call.func.id == "diff":
                for place in call.args[1:]:
                    inner = place.elts[0] if isinstance(place, ast.Tuple) else place
                    if not isinstance(inner, ast.Constant):
                        places.add(ast.unparse(inner))
            elif call.func.id in {"grad", "jacobian", "hessian", "pullback"}:
                return False
    return len(places) <= 1 and all(place.isidentifier() for place in places)
