"""Derivations as files that `calcds verify` reads: declarations, lines, reasons.

Imports: calcds.expr, calcds.diff.inline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from calcds.diff.inline import walked
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.term import SCALAR, Term, subterms
from calcds.expr.text import text

Line = tuple[Term, str]  # value and reason; the first has none


def derivation_file(said: str, derivations: Sequence[tuple[str, str, str, Sequence[Line]]]) -> str:
    """A file with derivations: (name, title, docstring, lines) each.

    said: the docstring of the file
    """
    values = [value for *_, lines in derivations for value, _ in lines]
    dims = sorted({s.data[0] for v in values for t in subterms(v) for s in t.free if s.data[1].word == "Dim"})
    heading = [f'{d} = Dim("{d}")' for d in dims]
    parts = [f'"""{said}"""\n\nfrom calcds.notation import *\n' + "".join(f"\n{line}" for line in heading)]
    parts += [_derivation(*one) for one in derivations]
    return "\n\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _derivation(name: str, title: str, said: str, lines: Sequence[Line]) -> str:
    body = [f"    yield {text(walked(value, _primes))}" + (f',  "{reason}"' if reason else "") for value, reason in lines]
    parameters = ", ".join(declarations(value for value, _ in lines))
    return "\n".join([f'@derivation("{title}")', f"def {name}({parameters}):", f'    """{said}"""', *body])


def declarations(values: Iterable[Term]) -> list[str]:
    """`x: Vector[n]` for every variable and every undefined function, by name."""
    nodes = {t for value in values for t in subterms(value)}
    symbols = {s for t in nodes if t.head == "sym" and t.data[1].word not in ("Dim", "Index") for s in [t]}
    said = [f"{s.data[0]}: {s.data[1]}" for s in sorted(symbols, key=lambda s: str(s.data[0]))]
    functions = {t.data for t in nodes if t.head == "apply" and isinstance(t.data, FunctionSymbol)}
    kinds = {f.name: _function_kind(f) for f in functions if f.body is None}
    return said + [f"{name}: {kind}" for name, kind in sorted(kinds.items())]


def _primes(t: Term) -> Term | None:
    """f'(x) is written f.prime()(x) in Python."""
    if t.head != "apply" or not any(t.data.order):
        return None
    calls = [f".prime({k or ''})" for k, times in enumerate(t.data.order) for _ in range(times)]
    return Term("apply", t.args, FunctionSymbol(t.data.name + "".join(calls), t.data.arity), t.shape)


def _function_kind(f: FunctionSymbol) -> str:
    if not f.inputs:
        return "Function" if f.arity == 1 else f"Function({f.arity})"
    shapes = (*f.inputs, f.output) if f.output != SCALAR else f.inputs
    sizes = [str(shape[0]) if shape[1] == 1 else f"({shape[0]}, {shape[1]})" for shape in shapes]
    return f"Function[{', '.join(sizes)}{',' if len(sizes) == 1 and sizes[0].startswith('(') else ''}]"
