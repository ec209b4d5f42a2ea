"""The arrows between the rooms, checked: data flows one way, and heavy imports stay where they belong."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import calcds

PACKAGE = Path(calcds.__file__).parent
# Rooms stand in the order in which data flows back: a room imports only rooms above it, and of these only the ones in
# its row. What a row leaves out is left out on purpose: deciding knows nothing of `diff`, so that a gradient by matrix
# calculus and its proof by entries are two readings; the network knows nothing of claims; a document is read without
# knowing how derivation files are.
ALLOWED = {
    # room           may import from                                     because it
    "errors":        set(),                                            # says what went wrong
    "version":       set(),                                            # is a number
    "room":          set(),                                            # makes packages callable
    "network":       set(),                                            # is NumPy, written by hand; all of its folders
    "expr":          {"errors"},                                       # is the language: terms, kinds, text, LaTeX
    "values":        {"expr", "errors"},                               # evaluates terms at points, exactly
    "diff":          {"expr", "errors"},                               # differentiates with symbolic sizes
    "code":          {"diff", "expr", "errors"},                       # writes terms as NumPy
    "decide":        {"expr", "values", "errors", "room"},             # proves, refutes or is silent
    "derivation":    {"expr", "errors"},                               # reads derivation files
    "notation":      {"derivation", "expr"},                           # is the vocabulary of derivation files
    "document":      {"decide", "expr", "errors"},                     # reads Markdown and LaTeX, picks a meaning
    "verify":        {"decide", "derivation", "document", "expr", "values", "network", "errors", "room",
                      "version"},                                      # runs claims; a cache knows which program filled it
    "report":        {"verify", "decide", "version"},                  # shows results
    "lsp":           {"verify", "report", "document", "decide", "errors", "version"},  # results in an editor
    "handout":       {"verify", "report", "decide", "derivation", "expr", "values", "network", "errors", "version"},  # prints
    "api":           {"code", "diff", "expr", "errors"},               # takes SymPy in, gives SymPy or NumPy back
    "pytest_plugin": {"verify", "report", "derivation", "decide", "errors"},  # lines as test items
    "cli":           {"api", "code", "decide", "derivation", "diff", "errors", "expr", "handout", "lsp", "notation", "report",
                      "values", "verify", "version"},                  # commands
    "__main__":      {"cli"},
    "__init__":      {"api", "decide", "errors", "verify", "version"},  # for the type checker, and when they are used
}  # fmt: skip
# The same within the room of documents: a formula goes down this table, from its text to what is said of it.
IN_DOCUMENT = {
    "source":    set(),                                                # cuts text into formulas, and formulas into trees
    "words":     {"source"},                                           # knows what the text says of names
    "chance":    {"source", "words", "reading"},                       # random variables: a part of reading
    "reading":   {"source", "words", "chance"},                        # trees as terms
    "weighing":  {"source", "words", "chance", "reading", "finding"},  # verdicts, and rows that take each other back
    "following": {"source", "words", "reading", "weighing", "finding"},  # verdicts by earlier lines, and by later ones
}  # fmt: skip
SELDOM = {
    "sympy": {"expr", "api", "code", "decide", "diff", "cli"},
    "numpy": {"handout", "network", "verify", "code", "api", "diff", "cli"},
    "rich": {"report", "cli"},
    "click": {"cli"},
    "pytest": {"pytest_plugin"},
    "pygls": {"lsp"},
    "lsprotocol": {"lsp"},
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


@pytest.mark.parametrize("path", sorted((PACKAGE / "document").glob("*/*.py")), ids=lambda path: path.name)
def test_a_document_goes_one_way(path: Path) -> None:
    folder = path.parent.name
    for name, line in imports(path):
        other = name.removeprefix("calcds.document.").partition(".")[0]
        if name.startswith("calcds.document.") and other != folder:
            assert other in IN_DOCUMENT[folder], f"{path.name}:{line}: {folder} may not import calcds.document.{other}"


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


def test_the_rooms_of_the_table_are_those_of_the_package() -> None:
    assert {room_of(path) for path in MODULES} == set(ALLOWED)


def test_a_row_names_only_rooms_above_it() -> None:
    for n, (room, others) in enumerate(ALLOWED.items()):
        assert others <= set(list(ALLOWED)[:n]), room


def test_every_module_says_what_it_promises() -> None:
    for path in MODULES:
        assert ast.get_docstring(ast.parse(path.read_text())) or not path.read_text().strip(), path


def test_derivations_import_the_vocabulary_only() -> None:
    for path in sorted((PACKAGE.parent / "derivations").rglob("*.py")):
        assert {name for name, _ in imports(path)} == {"calcds.notation"}, path
