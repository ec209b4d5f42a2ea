"""Documents cut up: segments with exact places; code, comments and half files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from calcds.document.extract import cut, load
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
