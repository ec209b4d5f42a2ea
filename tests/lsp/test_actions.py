"""Code actions: after the edit the document reads as the annotation says, and looks as before."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.finding import Finding
from calcds.document.source.extract import cut
from calcds.lsp.actions import actions
from calcds.lsp.text import Text
from tests.lsp.client import applied

WRONG = r"\sqrt{x^2} = x"
ALIGN = f"\\begin{{align}}\n{WRONG}\n\\end{{align}}\n"


def offered(text: str, name: str, line: int, found: list[Finding] | None = None) -> dict[str, str]:
    """Titles and the texts they lead to."""
    file = Path(name)
    known = findings(cut(file, text)) if found is None else found
    rows = actions(file, "u", Text(text), known, (line, 0), (line, 200))
    return {row["title"]: applied(text, row["edit"]["changes"]["u"][0]) for row in rows}


@pytest.mark.parametrize(
    ("text", "name", "line", "changed"),
    [
        (f"$${WRONG}$$\n", "a.md", 0, f"<!-- calcds: WORD -->\n$${WRONG}$$\n"),
        (f"so 𝔼\n\n  $$\n  {WRONG}\n  $$\n", "a.md", 3, f"so 𝔼\n\n  <!-- calcds: WORD -->\n  $$\n  {WRONG}\n  $$\n"),
        (f"𝔼 we have $1 = 1$ and ${WRONG}$.\n", "a.md", 0, f"𝔼 we have $1 = 1$ and <!-- calcds: WORD -->${WRONG}$.\n"),
        (ALIGN, "a.tex", 1, f"% calcds: WORD\n{ALIGN}"),
        (f"We have \\({WRONG}\\) here.\n", "a.tex", 0, f"We have % calcds: WORD\n\\({WRONG}\\) here.\n"),
        (f"\\[{WRONG}\\]\n", "a.tex", 0, f"% calcds: WORD\n\\[{WRONG}\\]\n"),
    ],
)
@pytest.mark.parametrize("word", ["skip", "expect refuted"])
def test_a_comment_stands_in_front_and_does_what_it_says(text: str, name: str, line: int, changed: str, word: str) -> None:
    new = {title: after for title, after in offered(text, name, line).items() if word in title}
    assert list(new.values()) == [changed.replace("WORD", word)]
    before = [f for f in findings(cut(Path(name), text)) if f.outcome is Outcome.REFUTED]
    after = findings(cut(Path(name), changed.replace("WORD", word)))
    assert [f.role for f in before] == ["claim"]
    assert [f.role for f in after if f.outcome is Outcome.REFUTED] == ([] if word == "skip" else ["erratum"])


def test_the_advice_of_the_reader_comes_first() -> None:
    one = Finding(3, 2, Outcome.UNREAD, "the shape of A is not known", advice="A: Matrix[m, n]")
    rows = offered("text\n\n$$A x = b$$\n", "a.md", 2, [one])
    assert list(rows) == ["calcds: annotate with `A: Matrix[m, n]`", "calcds: skip this formula"]
    assert rows["calcds: annotate with `A: Matrix[m, n]`"] == "text\n\n<!-- calcds: A: Matrix[m, n] -->\n$$A x = b$$\n"


def test_a_chain_with_right_lines_is_not_expected_to_be_wrong() -> None:
    text = "$$\\begin{aligned} x + x &= 2x \\\\ &= 3x \\end{aligned}$$\n"
    assert [f.outcome.value for f in findings(cut(Path("a.md"), text))] == ["proved", "refuted"]
    assert list(offered(text, "a.md", 0)) == ["calcds: skip this formula"]


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [("$$x + x = 2x$$\n", "a.md", 0), (f"$${WRONG}$$\n\nprose\n", "a.md", 2), (f"$${WRONG}$$\n", "a.ipynb", 0)],
)
def test_where_nothing_is_offered(text: str, name: str, line: int) -> None:
    found = [Finding(1, 2, Outcome.REFUTED, "", left=r"\sqrt{x^2}", right="x")] if name.endswith("ipynb") else None
    assert offered(text, name, line, found) == {}
