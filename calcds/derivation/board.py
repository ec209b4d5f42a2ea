"""The blackboard: a derivation is a function, its signature states the hypotheses, each `yield` is a line.

    @derivation("The gradient of a quadratic form", source=sadiku("Gradients of Quadratic Functions"))
    def quadratic_form(x: Vector[n], A: Matrix[n, n]):
        yield grad(x.T*A*x, x)
        yield A*x + A.T*x,      "product rule: x occurs twice"

`derivation` only remembers the function; `Board.read` runs it once with symbols made from the signature. The
paused generator says where it stands, so every line keeps its exact place and the author's own text. A line that
makes no sense becomes a bad line with a sentence; the lines above it stand.

Imports: calcds.derivation.model, .sources, .scan, .slips, .chain, .writing; calcds.expr.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from calcds.derivation.chain import Written, claims_of, fault_of
from calcds.derivation.model import Derivation, Network
from calcds.derivation.scan import Text
from calcds.derivation.slips import explain_exception, raised_at
from calcds.derivation.sources import Source
from calcds.derivation.writing import Assume, Holds, Start, write
from calcds.errors import Malformed
from calcds.expr.kinds import Dim, FunctionSymbol, Index, Kind
from calcds.expr.term import Term


@dataclass(frozen=True, slots=True)
class Board:
    """A function that writes a derivation, and what its decorator says of it."""

    function: Callable[..., Any]
    title: str
    source: Source | None = None
    statements: tuple[str, ...] = ()
    network: Network | None = None
    erratum: bool = False
    corrected: str = ""
    expect: Literal["refuted", "malformed"] = "refuted"

    @property
    def name(self) -> str:
        """The permanent name."""
        return self.function.__name__

    def read(self, text: Text) -> Derivation:
        """Run the function once with symbols; never raises for what an author can do wrong."""
        span = text.span_of(self.name)
        symbols: dict[str, Term | FunctionSymbol] = {}
        lines: list[Written]
        try:
            symbols = symbols_of(self.function)
        except Exception as error:  # noqa: BLE001  (an annotation is the author's code: it may raise anything)
            known = raised_at(error, text.file)[1]
            lines = [Written(fault_of(explain_exception(error, text.line(span.line), known), span))]
        else:
            lines = write(self.function, symbols, text, span)
        dimensions = {s for term in symbols.values() if isinstance(term, Term) for s in term.free}
        return Derivation(
            name=self.name,
            title=self.title,
            span=span,
            note=inspect.cleandoc(self.function.__doc__ or ""),
            source=self.source,
            statements=self.statements,
            hypotheses=tuple(_said(name, symbol, self.function) for name, symbol in symbols.items()),
            symbols=symbols,
            lets=text.lets_of(self.name),
            lines=tuple(written.line for written in lines),
            claims=claims_of(lines, symbols, dimensions, self.network),
            erratum=self.erratum,
            corrected=self.corrected,
            expect=self.expect,
        )


def start(value: Any, network: Network | str | None = None) -> Start:
    """The first line of a new chain, not compared with the line above: `yield start(hessian(f, x))`."""
    return Start(value, _network(network))


def holds(condition: Any) -> Holds:
    """A relation that is asserted by itself: `yield holds(x**2 >= 0), "a square"`."""
    return Holds(condition)


def assume(condition: Any) -> Assume:
    """A condition from here on: `yield assume(Ne(x, y))`. What a kind can say belongs in the signature."""
    return Assume(condition)


def derivation(
    title: str,
    source: Source | None = None,
    statements: Iterable[str] = (),
    network: Network | str | None = None,
) -> Callable[[Callable[..., Any]], Board]:
    """A function that writes a derivation, one line a `yield`.

    title:      a sentence for people
    source:     where it stands: `sadiku("Gradients")`
    statements: ids of the statements it states, for every line that names none itself
    network:    the quantity of `calcds.network` that the lines state; they are also compared with its numbers
    """
    _title(title)
    cited = _statements(statements)

    def remember(function: Callable[..., Any]) -> Board:
        return Board(function, title, source, cited, _network(network))

    return remember


def erratum(
    title: str,
    source: Source | None = None,
    statements: Iterable[str] = (),
    corrected: str = "",
    expect: Literal["refuted", "malformed"] = "refuted",
) -> Callable[[Callable[..., Any]], Board]:
    """A line as a source prints it, false: the run fails if the last claim is not refuted.

    corrected: name of the derivation that has it right
    expect:    "malformed" where the printed line does not even make sense (its shapes do not fit)
    """
    _title(title)
    cited = _statements(statements)
    if expect not in ("refuted", "malformed"):
        raise Malformed(
            f"@erratum(..., expect={expect!r}): the last line is expected 'refuted' or 'malformed'"
        )

    def remember(function: Callable[..., Any]) -> Board:
        return Board(function, title, source, cited, None, erratum=True, corrected=corrected, expect=expect)

    return remember


def _title(title: object) -> None:
    if not isinstance(title, str) or not title.strip():
        raise Malformed('a derivation has a title: @derivation("The gradient of a quadratic form")')


def _statements(statements: Iterable[str]) -> tuple[str, ...]:
    if isinstance(statements, str):
        raise Malformed(f"statements is a list: statements=[{statements!r}]")
    return tuple(statements)


def _network(network: Network | str | None) -> Network | None:
    return Network(network) if isinstance(network, str) else network


# -- the signature --------------------------------------------------------------------------------------------


def symbols_of(function: Callable[..., Any]) -> dict[str, Term | FunctionSymbol]:
    """The variables of a derivation, made from the kinds in its signature."""
    symbols: dict[str, Term | FunctionSymbol] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        kind = parameter.annotation
        if kind is parameter.empty:
            raise Malformed(
                f"{name} has no kind; write {name}: Real, {name}: Vector[n], ... in the signature"
            )
        if isinstance(kind, str):
            raise Malformed(
                "remove 'from __future__ import annotations': the kinds in the signature are values here"
            )
        symbols[name] = _symbol(name, kind)
    return symbols


def _symbol(name: str, kind: Any) -> Term | FunctionSymbol:
    if kind is Dim or kind is Index:
        made: Term = kind(name)
        return made
    make = getattr(kind, "symbol", None)
    if make is None or isinstance(kind, Term):
        raise Malformed(
            f"{name}: {kind!r} is not a kind; kinds are Real, Vector[n], Matrix[m, n], Function, ..."
        )
    symbol: Term | FunctionSymbol = make(name)
    return symbol


def _said(name: str, symbol: Term | FunctionSymbol, function: Callable[..., Any]) -> str:
    kind = (
        symbol.data[1]
        if isinstance(symbol, Term)
        else inspect.signature(function).parameters[name].annotation
    )
    return f"{name}: {kind.word if isinstance(kind, Kind) and kind.word == 'Dim' else kind}"
