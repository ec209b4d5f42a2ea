r"""Sizes that no text has stated so far, where a line says them: what was read with them has the stated ones from there on.

    $z = V h + c$ ... where $V$ is a $3 \times 2$ matrix        z and c have three entries, and h has two

Imports: calcds.document.words, calcds.expr.
"""

from __future__ import annotations

from dataclasses import replace

from calcds.document.words.scope import Scope
from calcds.document.words.shapes import resized, resized_kind
from calcds.expr.kinds import Kind
from calcds.expr.term import Size, Term, as_term, size, substitute


def declare(key: str, kind: Kind, scope: Scope) -> None:
    """A name gets a kind; where it stood in formulas of this section before, these get its sizes."""
    before = scope.kinds.get(key)
    scope.declare(key, kind)
    if before is None or before.certain or not scope.is_here(before.section):
        return
    known: dict[Term, Term] = {}
    for old, new in zip(before.kind.shape, kind.shape, strict=True):
        if isinstance(old, Term) and old in scope.elastic and old not in known:
            known[old] = as_term(new)
    if known:
        resize(scope, known)


def resize(scope: Scope, known: dict[Term, Term]) -> None:
    """Sizes are others in everything that this section has said so far, but for what is declared."""

    def one(length: Size) -> Size:
        return size(substitute(length, known)) if isinstance(length, Term) else length

    for key, d in scope.definitions.items():
        if scope.is_here(d.section):
            scope.definitions[key] = replace(d, symbol=resized(d.symbol, one), body=resized(d.body, one))
    for key, f in scope.functions.items():
        if scope.is_here(f.section) and f.body is not None:
            parameters = tuple(resized(p, one) for p in f.parameters)
            scope.functions[key] = replace(f, parameters=parameters, body=resized(f.body, one))
    for key, said in scope.kinds.items():
        if scope.is_here(said.section) and not said.certain:
            scope.kinds[key] = replace(said, kind=resized_kind(said.kind, one))


__all__ = ["declare", "resize"]
