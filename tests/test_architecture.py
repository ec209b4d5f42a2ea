"""The arrows between the rooms, checked: data flows one way, and heavy imports stay where they belong."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import calcds

PACKAGE = Path(calcds.__file__).parent
LEAVES = {"errors", "version", "room"}
ALLOWED = {
    # room           may import from
    "errors":        set(),
    "version":       set(),
    "room":          set(),
    "network":       set(),
    "expr":          {"errors"},
    "values":        {"expr", "errors"},
    "diff":          {"expr", "errors"},
    "code":          {"diff", "expr", "errors"},
    "decide":        {"diff", "expr", "values", "errors", "room"},
    "derivation":    {"expr", "errors"},
    "document":      {"decide", "expr", "errors"},
    "notation":      {"derivation", "expr"},
    "verify":        {"decide", "derivation", "document", "expr", "values", "network", "errors", "room"},
    "handout":       {"verify", "report", "decide", "derivation", "expr", "values", "network", "errors", "version"},
    "report":        {"verify", "decide", "version"},
    "api":           {"decide", "diff", "code", "expr", "values", "errors"},
    "pytest_plugin": {"verify", "report", "derivation", "decide", "errors"},
    "cli":           {"api", "code", "decide", "derivation", "diff", "errors", "expr", "handout", "notation", "report", "values",
                      "verify", "version"},
    "__main__":      {"cli"},
    "__init__":      {"api", "decide", "errors", "verify", "version"},  # for the type checker, and when they are used
}  # fmt: skip
SELDOM = {
    "sympy": {"expr", "api", "code", "decide", "diff", "cli"},
    "numpy": {"handout", "network", "verify", "code", "api", "diff", "cli"},
    "rich": {"report", "cli"},
    "click": {"cli"},
    "pytest": {"pytest_plugin"},
    "jax": set(),
    "torch": set(),
}
FORBIDDEN = {"eval", "exec", "sympify", "parse_expr", "__import__"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    """The folder or module directly below the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Dotted names that a module imports, with their lines; those of doctests are not counted."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "calcds":
                yield from ((f"calcds.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield node.module, node.lineno


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_what_stands_before_it(path: Path) -> None:
    room = room_of(path)
    for name, line in imports(path):
        first, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if first == "calcds" and other != room:
            assert other in ALLOWED[room], f"{path.name}:{line}: {room} may not import calcds.{other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_heavy_libraries_are_imported_where_they_belong(path: Path) -> None:
    room = room_of(path)
    for name, line in imports(path):
        library = name.partition(".")[0]
        assert room in SELDOM.get(library, {room}), f"{path.name}:{line}: {room} may not import {library}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_text_is_never_evaluated(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            called = node.func
            name = (
                called.id
                if isinstance(called, ast.Name)
                else called.attr
                if isinstance(called, ast.Attribute)
                else ""
            )
            assert name not in FORBIDDEN, f"{path.name}:{node.lineno}: {name}(...)"


def test_the_arrows_have_no_cycle() -> None:
    left = {room: set(others) for room, others in ALLOWED.items()}
    while left:
        free = {room for room, others in left.items() if not others & set(left)}
        assert free, f"a cycle among {sorted(left)}"
        left = {room: others for room, others in left.items() if room not in free}


def test_every_room_is_in_the_table() -> None:
    assert {room_of(path) for path in MODULES} <= set(ALLOWED)


def test_every_module_says_what_it_promises() -> None:
    for path in MODULES:
        assert ast.get_docstring(ast.parse(path.read_text())) or not path.read_text().strip(), path


def test_derivations_import_the_vocabulary_only() -> None:
    for path in sorted((PACKAGE.parent / "derivations").rglob("*.py")):
        assert {name for name, _ in imports(path)} == {"calcds.notation"}, path
