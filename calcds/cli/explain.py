"""`calcds explain NAME`: the manual, read from docstrings and tables.

A topic is found by name among outcomes, stages of deciding, kinds, functions, words of the blackboard and the
shipped derivations, in this order.

Imports: click, calcds.notation, calcds.expr, calcds.decide, calcds.derivation.
"""

from __future__ import annotations

import difflib
import inspect
import textwrap
from collections.abc import Callable, Iterator

import click

from calcds import notation
from calcds.decide.verdict import PROMISES, Outcome
from calcds.derivation.discovery import discover
from calcds.derivation.loader import load
from calcds.derivation.model import Derivation
from calcds.expr import kinds
from calcds.expr.functions import TABLE, Named
from calcds.expr.kinds import IMPLIES, Kind, closure

Topic = Callable[[], Iterator[str]]


@click.command("explain")
@click.argument("name", required=False, default="")
def command(name: str) -> None:
    """Explain NAME: an outcome, a stage, a kind, a function, a word of the blackboard or a derivation.

    Without NAME, list what there is to explain.
    """
    sections = topics()
    if not name:
        for title, rows in sections.items():
            click.echo(f"{title}:")
            click.echo(textwrap.fill(", ".join(rows), 80, initial_indent="    ", subsequent_indent="    "))
        return
    for rows in sections.values():
        if name in rows:
            click.echo("\n".join(rows[name]()))
            return
    near = difflib.get_close_matches(name, [one for rows in sections.values() for one in rows], 3)
    raise click.BadParameter(
        f"nothing is called {name!r}" + (f"; did you mean {', '.join(near)}?" if near else "")
    )


def topics() -> dict[str, dict[str, Topic]]:
    """Everything that can be explained, by section and name."""
    return {
        "outcomes": {outcome.value: _lines(outcome.value, PROMISES[outcome]) for outcome in Outcome},
        "stages": {name: _lines(name, text) for name, text in _stages().items()},
        "kinds": dict(_kinds()),
        "functions": {name: _function(row) for name, row in TABLE.items()},
        "words": dict(_words()),
        "derivations": dict(_derivations()),
    }


def _lines(name: str, text: str) -> Topic:
    def say() -> Iterator[str]:
        yield name
        yield ""
        yield from textwrap.wrap(text, 80, initial_indent="    ", subsequent_indent="    ")

    return say


def _stages() -> dict[str, str]:
    from calcds.decide.engine import STAGES  # the engine is heavy and only needed here

    return {
        stage.name: f"Stage {k} of {len(STAGES)}. {stage.says}" for k, stage in enumerate(STAGES, start=1)
    }


def _kinds() -> Iterator[tuple[str, Topic]]:
    for name in notation.__all__:
        value = getattr(notation, name)
        if isinstance(value, Kind):
            yield name, _kind(name, value.facts)
        elif isinstance(value, kinds._Sized):  # the families of kinds have no public class
            brackets = ", ".join("mnk"[: value.count]) if value.count > 1 else "n"
            yield name, _kind(f"{name}[{brackets}]", value.facts)
        elif name in ("Function", "Index"):
            yield name, _lines(name, inspect.cleandoc(type(value).__doc__ or ""))


def _kind(written: str, facts: frozenset[str]) -> Topic:
    stated = sorted(
        fact
        for fact in facts
        if not any(fact in closure(frozenset({o})) for o in facts - {fact} if o in IMPLIES)
    )
    implied = sorted(facts - set(stated))

    def say() -> Iterator[str]:
        yield f"{written}    a kind: write it in the signature of a derivation"
        yield ""
        yield f"    says       {', '.join(stated) or 'nothing'}"
        if implied:
            yield f"    therefore  {', '.join(implied)}"

    return say


def _function(row: Named) -> Topic:
    def say() -> Iterator[str]:
        count = row.arity or 2
        arguments = [kinds.Real.symbol(name) for name in "uvw"[:count]]
        written = f"{row.name}({', '.join(map(str, arguments))})"
        yield f"{written}    a function" + (f"; see {row.source}" if row.source else "")
        yield ""
        yield f"    real for    {row.domain}"
        if row.facts:
            yield f"    its value   {', '.join(row.facts)}"
        if row.definition is not None:
            yield f"    equals      {row.definition(*arguments)}"
        if row.derivative is not None:
            for argument, slope in zip(arguments, row.derivative(*arguments), strict=True):
                yield f"    d/d{argument}        {slope}"
        if row.kinks:
            yield "    has kinks, at which it has no derivative"

    return say


def _words() -> Iterator[tuple[str, Topic]]:
    for name in notation.__all__:
        value = getattr(notation, name)
        if name not in TABLE and value.__doc__ and (inspect.isfunction(value) or inspect.isclass(value)):
            yield name, _word(name, value)


def _word(name: str, value: Callable[..., object]) -> Topic:
    def say() -> Iterator[str]:
        parameters = ", ".join(str(p).split(":")[0] for p in inspect.signature(value).parameters.values())
        yield f"{name}({parameters})    a word of the blackboard"
        yield ""
        yield textwrap.indent(inspect.cleandoc(value.__doc__ or ""), "    ")

    return say


def _derivations() -> Iterator[tuple[str, Topic]]:
    for text in discover().texts:
        for name in text.functions:
            yield name, _derivation(text.file.name, name)


def _derivation(file: str, name: str) -> Topic:
    def say() -> Iterator[str]:
        path = next(text.file for text in discover().texts if text.file.name == file)
        text, boards = load(path)
        yield from board_lines(boards[name].read(text))

    return say


def board_lines(derivation: Derivation) -> Iterator[str]:
    """A derivation as it stands on the board."""
    yield f"{derivation.id}    {derivation.title}"
    if derivation.source:
        yield f"    {derivation.source}"
    yield ""
    yield f"    for {', '.join(derivation.hypotheses)}" if derivation.hypotheses else ""
    if derivation.note:
        yield textwrap.indent(textwrap.fill(derivation.note, 76), "    ")
    yield ""
    for let in derivation.lets:
        yield f"    let {let.name} = {let.text}"
    for line in derivation.lines:
        yield f"    {line.text:44}  {line.reason}".rstrip()
