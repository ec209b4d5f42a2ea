"""Documents cut up: segments with exact places; code, comments and half files."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from calcds.document.source.extract import cut, load
from calcds.errors import CannotLoad

MARKDOWN = r"""# One

Let $x > 0$ and it costs $5 or $6.

```python
y = "$not$ maths"
```

Inline `$code$` and \$ a dollar.

$$
x^2
= y
$$

<!-- calcds: x: Positive -->
## Two

\[ a = b \] and \( c \)

\begin{align} p &= q \\ &= r \end{align}
"""


def test_markdown() -> None:
    document = cut(Path("a.md"), MARKDOWN)
    found = [(s.text.strip(), s.display, document.place(s.at)[0], s.section) for s in document.segments]
    assert found == [
        ("x > 0", False, 3, 1),
        ("x^2\n= y", True, 11, 1),
        ("a = b", True, 19, 2),
        ("c", False, 19, 2),
        (r"p &= q \\ &= r", True, 21, 2),
    ]
    assert [note.text for note in document.notes] == ["x: Positive"]


def test_the_column_is_that_of_the_formula() -> None:
    document = cut(Path("a.md"), "text $x = y$ text\n")
    assert document.place(document.segments[0].at) == (1, 6)


LATEX = r"""\newcommand{\R}{\mathbb{R}}
$preamble$
\begin{document}
\section{One}
$a$ % $comment$
% calcds: skip
\begin{verbatim} $code$ \end{verbatim}
\begin{equation}\label{eq} b = c \end{equation}
\verb|$x$| $d$
\end{document}
"""


def test_latex() -> None:
    document = cut(Path("a.tex"), LATEX)
    assert [s.text.strip() for s in document.segments] == ["a", r"\label{eq} b = c", "d"]
    assert [note.text for note in document.notes] == ["skip"]
    assert "\\R" in document.macros.table


def notebook() -> str:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Title\n", "first $a = b$\n"]},
        {
            "cell_type": "code",
            "metadata": {},
            "source": ["x = '$no$'\n"],
            "outputs": [],
            "execution_count": None,
        },
        {"cell_type": "markdown", "metadata": {}, "source": "$$c = \\frac{1}{2}$$"},
    ]
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}, indent=1)


def test_notebook() -> None:
    text = notebook()
    document = cut(Path("a.ipynb"), text)
    assert [s.text for s in document.segments] == ["a = b", r"c = \frac{1}{2}"]
    lines = text.splitlines()
    places = [document.place(s.at)[0] for s in document.segments]
    assert "a = b" in lines[places[0] - 1]
    assert "c = " in lines[places[1] - 1]


def test_what_is_no_notebook_is_said(tmp_path: Path) -> None:
    file = tmp_path / "half.ipynb"
    file.write_text(notebook()[:100])
    with pytest.raises(CannotLoad, match="no Jupyter notebook"):
        load(file)


def test_invalid_utf8_costs_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"fine $a = b$\n\xff\xfe broken\n$c = d$\n")
    document = load(file)
    assert [s.text for s in document.segments] == ["a = b", "c = d"]
    assert document.problems == ["line 2 is not valid UTF-8; the rest is read"]


@pytest.mark.parametrize("text", ["$$ a = b", "$a = b", r"\[ a = b", r"\begin{align} a = b", "```\n$a$"])
def test_half_a_file(text: str) -> None:
    document = cut(Path("a.md"), f"$x = y$\n\n{text}")
    assert [s.text for s in document.segments] == ["x = y"]


RECOVERED = [  # what is not closed costs itself; the formulas behind it are read
    ("$$ a = b\n\nSome words and $$c = d$$ here.\n", ["c = d"]),
    ("$$ a = b\n\nHeading\n---\n\n$$c = d$$\n", ["c = d"]),
    ("$$ a = b\n\n# Heading\n\n$$c = d$$\n\n$$e = f$$\n", ["c = d", "e = f"]),
    ("$$a = b$$ $$\n\nSome words, then\n\n$$c = d$$\n", ["a = b", "c = d"]),
    ("$$\n\n$$c = d$$\n", ["c = d"]),
    ("\\[ a = b\n\nSome words: \\[c = d\\]\n", ["c = d"]),
    ("\\( a = b\n\nSome words: \\(c = d\\)\n", ["c = d"]),
    ("\\begin{align} a = b\n\\begin{align} c = d \\end{align}\n", ["c = d"]),
    ("a ` stray backtick $a = b$\n\nanother ` and $c = d$\n", ["a = b", "c = d"]),
    ("````\n```\n$a = b$\n```\n````\n$c = d$\n", ["c = d"]),
    ("$$a\n\n= b$$\n\n$$c = d$$\n", ["a\n\n= b", "c = d"]),  # a blank line alone ends nothing
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RECOVERED)
def test_what_is_not_closed_costs_itself(text: str, expected: list[str]) -> None:
    assert [s.text.strip() for s in cut(Path("a.md"), text).segments] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a $ alone $\n\n$c = d$", ["alone", "c = d"]),
        ("a $ alone\n\n$c = d$", ["c = d"]),
        ("\\verb|a\n$b = c$ | $c = d$", ["b = c", "c = d"]),
        ("\\begin{align} a = b\n\n\\section{Two}\n\\begin{align} c = d \\end{align}", ["c = d"]),
    ],
)
def test_what_is_not_closed_in_latex_costs_itself(text: str, expected: list[str]) -> None:
    assert [s.text.strip() for s in cut(Path("a.tex"), text).segments][-len(expected) :] == expected


def test_what_is_not_closed_is_said_with_its_line() -> None:
    (said,) = cut(Path("a.md"), "one\n\n$$ a = b\n\n# Two\n").problems
    assert said.startswith("line 3: $$ opens a formula that is not closed")


def test_the_sections_a_section_is_part_of() -> None:
    document = cut(Path("a.md"), "# 1\n## 2\n### 3\n## 4\n# 5\n### 6\n")
    assert [sorted(document.around(k)) for k in range(7)] == [[0], [1], [1, 2], [1, 2, 3], [1, 4], [5], [5, 6]]


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("$a$\n\n2 Taylor\n\n$b$", [0, 1]),
        ("$a$\n\n------\n2. NEWTON'S METHOD\n\n$b$", [0, 1]),
        ("$a$\n\n------\n2. The value of $b$ is of no interest\n\nhere", [0, 0]),  # a list below a rule
        ("$a$\n\n------\n2. The next one\nis $b$", [0, 0]),
    ],
)
def test_headings_of_text_without_markup(text: str, sections: list[int]) -> None:
    assert [one.section for one in cut(Path("a.txt"), text).segments] == sections


@pytest.mark.parametrize("suffix", [".md", ".tex"])
@pytest.mark.parametrize(
    "text",
    [
        "$$" * 100_000, r"\begin{align} " * 50_000, r"\begin{equation}\begin{align}" * 20_000, r"\[" * 100_000, r"\(" * 100_000,
        r"\section[" * 50_000, "`" * 100_000, " ".join("`" * k for k in range(600)), "<!--" * 100_000, "\n" * 100_000,
        r"\newcommand{\a}{" * 20_000, r"\newcommand{\a}[" * 20_000, r"\newcommand" + " " * 100_000, "## a\n" * 50_000,
        r"\begin{align} a = b \end{equation} " * 20_000,
    ],
    ids=lambda text: repr(text[:16]),
)  # fmt: skip
def test_a_document_is_cut_in_linear_time(text: str, suffix: str) -> None:
    begin = time.process_time()
    cut(Path("a" + suffix), text)
    assert time.process_time() - begin < 3.0  # each took a minute or more where time grew with the square


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_a_mark_at_the_beginning_says_how_a_file_is_written(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.md"
    file.write_text("$\u03b1 = b$\n", encoding=encoding)
    document = load(file)
    assert [(s.text, document.place(s.at)) for s in document.segments] == [("\u03b1 = b", (1, 1))]
    assert document.problems == []


def test_a_document_of_too_many_formulas_is_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("calcds.document.source.extract.MOST_SEGMENTS", 2)
    document = cut(Path("a.md"), "$a = b$ $c = d$ $e = f$")
    assert [s.text for s in document.segments] == ["a = b", "c = d"]
    assert document.problems == ["only the first 2 formulas are read; split the document"]
    assert cut(Path("a.md"), "$a = b$ $c = d$").problems == []


@pytest.mark.parametrize(("text", "formulas"), [
    (r"$$a = 1$$b = \frac12 a$$c = \sqrt b$$", ["a = 1", r"b = \frac12 a", r"c = \sqrt b"]),
    (r"$$a = 1$$b = \frac12 a$$c = \sqrt b$$d = \ln c$$", ["a = 1", r"b = \frac12 a", r"c = \sqrt b", r"d = \ln c"]),
    (r"$$a = 1$$ and \emph{then} b = 2, $$c = 3$$", ["a = 1", "c = 3"]),
    (r"Take $ x_1 = 2 $, or $ \ln y$ and $\sin x $.", [" x_1 = 2 ", r" \ln y", r"\sin x "]),
    (r"It is 5$ or $ 6, and US$ in \emph{Rome} and $7$.", ["7"]),
    (r"Of 5$ and $x_1$ and 6$ nothing.", ["x_1"]),
])  # fmt: skip
def test_dollars_between_formulas_and_prose(text: str, formulas: list[str]) -> None:
    assert [segment.text for segment in cut(Path("notes.md"), text + "\n").segments] == formulas
