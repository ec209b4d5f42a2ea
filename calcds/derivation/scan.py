"""A derivation file as text: which derivations it has, where they stand, and what the author typed. Runs nothing.

Imports: calcds.derivation.model, calcds.derivation.slips, calcds.errors.
"""

from __future__ import annotations

import ast
import tokenize
import warnings
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from calcds.derivation.model import Let, Span
from calcds.derivation.slips import explain_syntax
from calcds.errors import CannotLoad

DECORATORS = ("derivation", "erratum")
WRAPPERS = ("start", "holds", "assume")  # shown without: `yield start(f(x))` is the line f(x)


@dataclass(frozen=True)
class Text:
    """The text of one file and its syntax tree."""

    file: Path
    source: str
    tree: ast.Module = field(repr=False)

    @cached_property
    def rows(self) -> list[str]:
        """The lines of the file."""
        return self.source.splitlines()

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        """Derivations by name in the order of the file; of two with one name the first."""
        found: dict[str, ast.FunctionDef] = {}
        for node in self.decorated:
            found.setdefault(node.name, node)
        return found

    @cached_property
    def decorated(self) -> list[ast.FunctionDef]:
        """All decorated functions, those of one name included."""
        return [node for node in self.tree.body if isinstance(node, ast.FunctionDef) and _is_derivation(node)]

    @cached_property
    def _yields(self) -> dict[tuple[int, int], ast.Yield]:
        return {
            (node.lineno, node.col_offset): node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Yield)
        }

    def line(self, number: int) -> str:
        """One line of the file, from 1; empty beyond its end."""
        return self.rows[number - 1].strip() if 0 < number <= len(self.rows) else ""

    def span_of(self, name: str) -> Span:
        """Where a derivation begins."""
        node = self.functions.get(name)
        return Span(self.file, node.lineno, node.col_offset) if node else Span(self.file, 1)

    def title_of(self, name: str) -> str:
        """The title in the decorator, where it is a plain text."""
        node = self.functions.get(name)
        for call in node.decorator_list if node else ():
            if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
                return str(call.args[0].value)
        return ""

    def is_erratum(self, name: str) -> bool:
        """Whether a derivation is decorated with @erratum."""
        node = self.functions.get(name)
        return node is not None and any(_decorator_name(d) == "erratum" for d in node.decorator_list)

    def span_at(self, number: int) -> Span:
        """The yield that a line of the file belongs to, or else the line alone."""
        inside = [y for y in self._yields.values() if y.lineno <= number <= (y.end_lineno or y.lineno)]
        if not inside:
            return Span(self.file, number, 0, number, len(self.line(number)))
        y = max(inside, key=lambda node: node.lineno)
        return Span(self.file, y.lineno, y.col_offset, y.end_lineno or y.lineno, y.end_col_offset or 0)

    def shown(self, span: Span) -> str:
        """What the author typed at a yield, without the reason; empty where no yield stands."""
        node = self._yields.get((span.line, span.column))
        if node is None or node.value is None:
            return ""
        value = node.value.elts[0] if isinstance(node.value, ast.Tuple) and node.value.elts else node.value
        if (
            isinstance(value, ast.Call)
            and isinstance(value.func, ast.Name)
            and value.func.id in WRAPPERS
            and value.args
        ):
            value = value.args[0]
        return " ".join((ast.get_source_segment(self.source, value) or "").split())

    def compares(self, span: Span) -> bool:
        """Whether the line is written with Python's == or !=."""
        node = self._yields.get((span.line, span.column))
        found = ast.walk(node) if node else ()
        return any(
            isinstance(c, ast.Compare) and any(isinstance(o, ast.Eq | ast.NotEq) for o in c.ops)
            for c in found
        )

    def lets_of(self, name: str) -> tuple[Let, ...]:
        """The local definitions of a derivation, in order."""
        node = self.functions.get(name)
        lets = []
        for statement in node.body if node else []:
            if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
                left = ast.get_source_segment(self.source, statement.targets[0]) or ""
                right = ast.get_source_segment(self.source, statement.value) or ""
                place = Span(self.file, statement.lineno, statement.col_offset)
                lets.append(Let(left, " ".join(right.split()), place))
        return tuple(lets)


def read_text(file: Path) -> Text:
    """Read and parse a file. Raises CannotLoad with file, line and a sentence."""
    try:
        with tokenize.open(file) as handle:
            source = handle.read()
    except OSError as error:
        raise CannotLoad(f"{file}: cannot be read: {error.strerror or error}") from error
    except (SyntaxError, UnicodeDecodeError) as error:
        raise CannotLoad(f"{file}:1: this is not a text file in UTF-8") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Text(file, source, ast.parse(source, filename=str(file)))
    except SyntaxError as error:
        rows = source.splitlines()
        number = min(error.lineno or 1, max(len(rows), 1))
        line = rows[number - 1] if rows else ""
        raise CannotLoad(f"{file}:{number}: {explain_syntax(error, line.strip())}") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise CannotLoad(f"{file}:1: Python cannot read this file: {error}") from error


def _is_derivation(node: ast.FunctionDef) -> bool:
    return any(_decorator_name(decorator) in DECORATORS for decorator in node.decorator_list)


def _decorator_name(decorator: ast.expr) -> str:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (
        called.attr
        if isinstance(called, ast.Attribute)
        else called.id
        if isinstance(called, ast.Name)
        else ""
    )
