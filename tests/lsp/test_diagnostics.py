"""Findings as an editor shows them: what is underlined, where, and what it says. No server is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from calcds.decide.verdict import Counterexample, Outcome
from calcds.document.checking import findings
from calcds.document.finding import Finding
from calcds.document.source.extract import cut
from calcds.lsp.diagnostics import (
    ERROR,
    HINT,
    INFORMATION,
    WARNING,
    diagnostics,
    hover,
    levels,
    message,
    span_of,
)
from calcds.lsp.text import Span, Text

FILE = Path("notes.md")
POINT = Counterexample({"n": 2}, {"x": "-1"}, "1", "-1")


def shown(one: Finding, settings: Any = None) -> list[tuple[int, str]]:
    rows = diagnostics(FILE, Text("a = a\n"), [one], [], levels(settings))
    return [(row["severity"], row["code"]) for row in rows]


@pytest.mark.parametrize(
    ("outcome", "role", "settings", "wanted"),
    [
        (Outcome.REFUTED, "claim", None, [(ERROR, "refuted")]),
        (Outcome.MALFORMED, "claim", None, [(ERROR, "malformed")]),
        (Outcome.UNDECIDED, "claim", None, [(HINT, "undecided")]),
        (Outcome.UNREAD, "claim", None, []),
        (Outcome.PROVED, "claim", None, []),
        (Outcome.SUPPORTED, "claim", None, []),
        (Outcome.UNDECIDED, "definition", None, []),
        (Outcome.REFUTED, "erratum", None, []),
        (Outcome.PROVED, "erratum", None, [(ERROR, "erratum-not-refuted")]),
        (Outcome.UNDECIDED, "erratum", None, [(ERROR, "erratum-not-refuted")]),
        (Outcome.UNREAD, "claim", {"unread": "hint"}, [(HINT, "unread")]),
        (Outcome.UNDECIDED, "claim", {"calcds": {"undecided": "information"}}, [(INFORMATION, "undecided")]),
        (Outcome.REFUTED, "claim", {"refuted": "off"}, []),
        (Outcome.REFUTED, "claim", {"refuted": "purple"}, [(ERROR, "refuted")]),
        (Outcome.REFUTED, "claim", ["nonsense"], [(ERROR, "refuted")]),
        (Outcome.REFUTED, "claim", {"calcds": 3}, [(ERROR, "refuted")]),
    ],
)
def test_what_is_underlined(outcome: Outcome, role: str, settings: Any, wanted: list[tuple[int, str]]) -> None:
    assert shown(Finding(1, 0, outcome, "so", role=role, left="a", right="a"), settings) == wanted


LINE = "𝔼 und é: $a + 𝔟 = c$ and more"
AT = LINE.index("a +")


@pytest.mark.parametrize(
    ("one", "span"),
    [
        (Finding(1, AT, Outcome.REFUTED, "", left="a + 𝔟", right="c"), (AT, AT + 9)),
        (Finding(1, AT, Outcome.REFUTED, "", left="a + 𝔟", right="c", end_line=1, end_column=AT + 5), (AT, AT + 5)),
        (Finding(1, AT, Outcome.REFUTED, "", left="not here", right="nor here"), (AT, len(LINE))),
        (Finding(1, 500, Outcome.UNREAD, ""), (len(LINE), len(LINE))),
        (Finding(1, AT, Outcome.UNREAD, ""), (AT, AT + 3)),
        (Finding(1, AT, Outcome.UNREAD, "", end_line=1, end_column=AT), (AT, AT + 1)),
    ],
)
def test_where_it_stands(one: Finding, span: tuple[int, int]) -> None:
    assert span_of(one, Text(LINE)) == Span((0, span[0]), (0, span[1]))


@pytest.mark.parametrize(("encoding", "unit"), [("utf-16", 2), ("utf-8", 4), ("utf-32", 1)])
def test_columns_are_counted_as_the_editor_counts(encoding: str, unit: int) -> None:
    text = Text("𝔼x\r\n\r\nü𝔼", encoding)
    assert text.position((0, 1)) == {"line": 0, "character": unit}
    assert text.place(0, unit) == (0, 1)
    assert text.place(0, 99) == (0, 2)
    assert text.lines == ["𝔼x", "", "ü𝔼"]
    assert text.position((9, 9)) == {"line": 2, "character": len("ü𝔼".encode(f"{encoding}-le" if unit < 4 else encoding)) // (
        {"utf-16": 2, "utf-8": 1, "utf-32": 4}[encoding])}  # fmt: skip


@pytest.mark.parametrize("column", range(4))
def test_there_and_back(column: int) -> None:
    text = Text("a𝔼b𝔼")
    assert text.place(0, text.position((0, column))["character"]) == (0, column)


def test_a_line_of_its_own_is_none_of_the_unicode_ends() -> None:
    assert len(Text("a\u2028b\x0cc").lines) == 1, "an editor counts no line there"


def test_the_message_is_what_the_terminal_says() -> None:
    one = Finding(1, 0, Outcome.REFUTED, "d", left=r"\sqrt{x^2}", right="x", counterexample=POINT, holds_if="x is nonnegative")
    said = message(FILE, one)
    assert said.startswith("REFUTED: \\sqrt{x^2}  =  x\n\nAlready false for n = 2:\n    x = -1     left = 1     right = -1\n")
    assert said.endswith("It would hold if x is nonnegative.")
    assert message(FILE, Finding(1, 0, Outcome.UNREAD, "stopped at x", advice="x: Real")).splitlines()[0] == "UNREAD"
    assert "calcds: x: Real" in message(FILE, Finding(1, 0, Outcome.UNREAD, "stopped at x", advice="x: Real"))


def test_a_note_stands_at_its_line() -> None:
    notes = ["line 2: the annotation is not understood", "stopped"]
    rows = diagnostics(FILE, Text("x\n  <!-- calcds: bla bla -->\n"), [], notes)
    assert [(row["severity"], row["range"]["start"], row["message"]) for row in rows] == [
        (WARNING, {"line": 1, "character": 2}, "the annotation is not understood"),
        (WARNING, {"line": 0, "character": 0}, "stopped"),
    ]


def test_hover_says_verdict_reading_and_evidence() -> None:
    text = "Let $s(x) = x^2$.\n\n$$\\sqrt{x^2} = x$$\n\n$$x + x = 2x$$\n"
    said = [hover(FILE, one) for one in findings(cut(FILE, text))]
    assert [one.splitlines()[0].split(" ")[0] for one in said] == ["**Definition**", "**Refuted**", "**Proved**"]
    assert "x = -1     left = 1     right = -1" in said[1]
    assert "It would hold if x is nonnegative." in said[1]
    assert "```latex\nx + x = 2 x\n```" in said[2]
    assert "-1" not in said[2]
