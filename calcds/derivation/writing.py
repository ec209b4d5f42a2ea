"""Running the author's generator: every yield becomes a line with its exact place; an exception becomes a bad line.

Imports: calcds.derivation.chain, .model, .scan, .slips; calcds.expr.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import GeneratorType
from typing import Any

from calcds.derivation.chain import Written, fault_of, line_of
from calcds.derivation.model import Line, Network, Span
from calcds.derivation.scan import Text
from calcds.derivation.slips import explain_exception, raised_at
from calcds.errors import CalcdsError
from calcds.expr.term import as_term

MAX_LINES = 400  # a derivation on a board has tens of lines; what goes on after this never ends


@dataclass(frozen=True, slots=True)
class Start:
    """The first line of a new chain within a derivation."""

    value: Any
    network: Network | None = None


@dataclass(frozen=True, slots=True)
class Holds:
    """A relation that is asserted as true by itself."""

    value: Any


@dataclass(frozen=True, slots=True)
class Assume:
    """A condition under which everything below is said."""

    value: Any


def write(
    function: Callable[..., Any], symbols: Mapping[str, object], text: Text, span: Span
) -> list[Written]:
    """Every line the function writes, in order; the last one is bad where it stops with an exception."""
    written: list[Written] = []
    try:
        generator = function(**symbols)
    except Exception as error:  # noqa: BLE001  (the author's code may raise anything)
        return [Written(_stopped(error, text, span))]
    if not inspect.isgenerator(generator):
        return [
            Written(
                fault_of(
                    "lines are written with yield, so that there can be several; this function has none", span
                )
            )
        ]
    try:
        while len(written) < MAX_LINES:
            try:
                value = next(generator)
            except StopIteration as stop:
                written += _returned(stop.value, written, span)
                break
            except (Exception, SystemExit) as error:  # noqa: BLE001
                written.append(Written(_stopped(error, text, span)))
                break
            written.append(_one(value, _place(generator, text), text, first=all(w.assumes for w in written)))
        else:
            return [Written(fault_of(f"this derivation never ends: stopped after {MAX_LINES} lines", span))]
    finally:
        _close(generator)
    return written


def _returned(value: object, written: list[Written], span: Span) -> list[Written]:
    if value is not None:
        return [
            Written(
                fault_of(
                    "lines are written with yield, so that there can be several; return writes nothing", span
                )
            )
        ]
    if not written:
        return [Written(fault_of("this derivation writes no line", span))]
    return []


def _one(value: Any, span: Span, text: Text, *, first: bool) -> Written:
    """One yielded value as a line: (value, reason, statement ids...) or a value alone."""
    parts = value if isinstance(value, tuple) else (value,)
    shown, reasoned = text.shown(span), parts[1:]
    fresh, network = False, None
    head = parts[0] if parts else None
    if isinstance(head, Assume):
        return _assumption(head.value, shown, span)
    asserted = isinstance(head, Holds)
    if isinstance(head, Start):
        fresh, network, head = True, head.network, head.value
    elif isinstance(head, Holds):
        head = head.value
    line = line_of(
        head, reasoned, shown, span, asserted=asserted, first=first or fresh, compared=text.compares(span)
    )
    return Written(line, starts=fresh, network=network)


def _assumption(condition: Any, shown: str, span: Span) -> Written:
    try:
        term = as_term(condition)
    except CalcdsError as error:
        return Written(fault_of(str(error), span, shown))
    return Written(Line(term, shown, "", span, "first"), assumes=True)


def _place(generator: GeneratorType[Any, Any, Any], text: Text) -> Span:
    """Where a paused generator stands: the exact expression it is at, or else its line."""
    frame = generator.gi_frame
    assert frame is not None  # it is paused, so it has one
    positions = list(frame.f_code.co_positions())[frame.f_lasti // 2]
    line, end_line, column, end_column = positions
    if line is None or end_line is None or column is None or end_column is None:
        return text.span_at(frame.f_lineno)
    return Span(text.file, line, column, end_line, end_column)


def _stopped(error: BaseException, text: Text, span: Span) -> Line:
    """The line at which the author's code raised: the innermost one that stands in this file."""
    number, known = raised_at(error, text.file)
    place = text.span_at(number or span.line)
    sentence = explain_exception(error, text.line(number or span.line), known)
    return fault_of(sentence, place, text.shown(place))


def _close(generator: GeneratorType[Any, Any, Any]) -> None:
    with contextlib.suppress(Exception, SystemExit):  # one that resists being closed has already been read
        generator.close()
