"""The report for people: what failed, where, and the smallest numbers that show it; then one line that sums up.

Claims that are proved are counted, not listed, unless asked for. A supported claim is never called correct.

Imports: calcds.verify.result, calcds.report.drawing; rich.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.text import Text

from calcds.decide.verdict import Counterexample, Outcome
from calcds.report.drawing import beside, block, telling, wrapped
from calcds.verify.result import Report, Result

COLOURS = {
    Outcome.PROVED: "green",
    Outcome.SUPPORTED: "cyan",
    Outcome.REFUTED: "bold red",
    Outcome.UNDECIDED: "yellow",
    Outcome.MALFORMED: "bold magenta",
    Outcome.UNREAD: "dim",
}
WIDEST = 100
IN = "    "
_STAGE_WORDS = 2  # words of a name of a stage at most


def write(
    report: Report, stream: TextIO, *, strict: bool = False, verbose: bool = False, width: int = 0
) -> None:
    """Print the report."""
    console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
    columns = width or min(console.width, WIDEST)
    failed = {row.id for row in report.failures(strict=strict)}
    for row in report:
        if row.id in failed or (row.outcome is Outcome.UNDECIDED and row.role != "erratum"):
            for line in entry(row, columns):
                console.print(line)
            console.print()
        elif verbose:
            console.print(heading(row, columns))
    for line in summary(report, strict=strict):
        console.print(line)


def heading(row: Result, width: int) -> Text:
    """`file:line  name[1]      OUTCOME`."""
    name = row.id.rpartition("::")[2] if "::" in row.id else ""
    said = verdict_word(row)
    left = f"{row.place}  {name}".rstrip()
    text = Text(left)
    text.append(" " * max(2, width - len(left) - len(said)))
    text.append(said, style=COLOURS[row.outcome] if not (row.role == "erratum" and row.fails) else "bold red")
    return text


def verdict_word(row: Result) -> str:
    """The outcome in capitals; of an erratum what became of it."""
    if row.role != "erratum":
        return row.outcome.value.upper()
    if row.fails:
        return f"ERRATUM NOT {row.expect.upper()}"
    return f"ERRATUM {row.outcome.value.upper()}, AS EXPECTED"


def entry(row: Result, width: int) -> Iterator[Text]:
    """One claim, worked out."""
    yield heading(row, width)
    yield Text()
    if row.left or row.right:
        for line in claim_lines(row, width):
            yield Text(line)
        yield Text()
    yield from evidence(row, width)


def evidence(row: Result, width: int) -> Iterator[Text]:
    """Why a claim came out as it did: the counterexample, the stages that were silent, the missing hypothesis."""
    if row.role == "erratum" and row.fails:
        said = f"This line is stated as an error of its source, but it came out {row.outcome.value}."
        yield from map(Text, wrapped(said, width, IN))
    if row.counterexample is not None:
        yield from map(Text, counterexample_lines(row.counterexample, width))
        if row.detail and row.network is not None and row.network.outcome:
            yield from map(Text, wrapped(row.detail + ".", width, IN))
    elif row.outcome is Outcome.UNDECIDED:
        for reason in row.detail.split("; "):  # one stage a line
            stage, colon, _ = reason.partition(": ")
            said = f"{reason}." if colon and stage.count(" ") < _STAGE_WORDS else _sentence(reason)
            yield from map(Text, wrapped(said, width, IN))
    elif row.detail:
        yield from map(Text, wrapped(_sentence(row.detail), width, IN))
    if row.corrected and row.role == "claim":
        yield Text()
        yield from map(Text, wrapped(f"It would hold with {row.corrected} on the right.", width, IN))
    if row.holds_if:
        yield Text()
        yield from map(Text, wrapped(f"It would hold if {row.holds_if}.", width, IN))


def claim_lines(row: Result, width: int) -> Iterator[str]:
    """The two sides as typed, and the reason at the right where there is room."""
    reason = f'"{row.reason}"' if row.reason else ""
    sides = f"{row.left}  {row.link}  {row.right}" if row.left and row.right else row.left or row.right
    if len(IN + sides) + 3 + len(reason) <= width:
        yield (
            IN
            + sides
            + (" " * max(3, min(width - len(IN + sides) - len(reason), 55 - len(IN + sides))) + reason)
        ).rstrip()
        return
    if len(IN + sides) <= width or not (row.left and row.right):
        yield from wrapped(sides, width, IN)
    else:
        yield from wrapped(row.left, width, IN)
        yield from wrapped(f"{row.link}  {row.right}", width, IN)
    if reason:
        yield from wrapped(reason, width, IN + IN)


def counterexample_lines(found: Counterexample, width: int) -> Iterator[str]:
    """The smallest numbers for which the claim is false."""
    sizes = ", ".join(f"{name} = {length}" for name, length in sorted(found.sizes.items()))
    yield IN + (
        f"Already false for {sizes}:" if sizes else "False, for example, at" if found.values else "False:"
    )
    digits = telling(found.left, found.right)
    blocks = [block(name, value) for name, value in found.values.items()]
    values = [block("left", found.left, digits), block("right", found.right, digits)]
    together = beside([*blocks, *values], width - 8)
    tallest = max((len(one) for one in [*blocks, *values]), default=1)
    rows = together if len(together) <= tallest else beside(blocks, width - 8) + beside(values, width - 8)
    for line in rows:
        yield IN + IN + line
    if found.entry is not None and isinstance(found.left, list) and len(found.left) * len(found.left[0]) > 1:
        i, j = found.entry
        yield f"{IN}They differ in entry [{i}, {j}] (counted from 0)."


def summary(report: Report, *, strict: bool = False) -> Iterator[Text]:
    """Notes, problems, the tally and the conclusion."""
    for note in report.notes:
        yield Text(f"Note: {note}", style="dim")
    claims = [row for row in report if row.role != "erratum"]
    errata = [row for row in report if row.role == "erratum"]
    counts = [(o, sum(row.outcome is o for row in claims)) for o in Outcome]
    text = Text(f"{len(claims)} claim{'s' * (len(claims) != 1)} in {report.seconds:.1f} s: ")
    text.append_text(
        Text(", ").join(Text(f"{n} {o.value}", style=COLOURS[o]) for o, n in counts if n)
        if claims
        else Text("none")
    )
    network = sum(row.network is not None and row.network.made for row in report)
    if network:
        text.append(f"; {network} also against the network")
    yield text
    if errata:
        good = sum(not row.fails for row in errata)
        yield Text(
            f"{len(errata)} errat{'a' if len(errata) != 1 else 'um'} of the sources: {good} refuted as expected"
        )
    failed = report.failures(strict=strict)
    if report.interrupted:
        yield Text("Interrupted: what is known so far.", style="bold yellow")
    if failed:
        yield Text(f"{len(failed)} of {len(report)} fail.", style="bold red")
    elif report.results and not report.problems and not report.interrupted:
        yield Text("Nothing refuted, nothing malformed.", style="green")


def _sentence(text: str) -> str:
    word = text.partition(" ")[0]
    said = text[:1].upper() + text[1:] if word.isalpha() and (word == "a" or len(word) > 1) else text
    return said if said.endswith((".", "!", "?")) else said + "."
