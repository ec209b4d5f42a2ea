"""What a text leaves open is not called wrong; what it says is."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.document.checking import findings
from calcds.document.extract import cut

ROWS = [
    (r"There are $\binom{52}{5} = 2\,598\,960$ hands.", "proved"),
    (r"There are $\binom{52}{5} = 2\,598\,950$ hands.", "refuted"),
    ((r"Here $j$ is the imaginary unit." "\n\n" r"$$e^{j\theta} = \cos\theta + j\sin\theta$$"), "proved"),
    ((r"Here $j$ is the imaginary unit." "\n\n" r"$$e^{j\theta} = \cos\theta - j\sin\theta$$"), "refuted"),
    (r"For $y = x * h$ we get $y[0] = 1$.", "undecided"),
    (r"Let $n = 2m$ be even. Show that $\lceil\frac{n+1}{2}\rceil = m+1$.", "undecided"),
    (r"Then $(-1)^k = -1$ for odd $k$.", "undecided"),
    (("In the plane let $k(\\mathbf x, \\mathbf z) = (\\mathbf x^T \\mathbf z)^2$. Then\n\n"
     "$$k(\\mathbf x, \\mathbf z) = (x_1 z_1 + x_2 z_2)^2$$"), "undecided"),
    (r"$$\frac{\partial (a^T x)}{\partial x} = a$$", "proved"),
    (r"$$\frac{\partial (a^T x)}{\partial x} = 2a$$", "refuted"),
    (("If $X \\sim \\mathrm{Bernoulli}(p)$ then $E[X] = p$.\n\nIf $X \\sim \\mathrm{Bin}(n, p)$ then more is known. "
     "For $n = 10$ and $p = 0.3$ this gives $E[X] = 3$."), "not refuted"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_what_is_left_open(text: str, expected: str) -> None:
    outcomes = [f.outcome.value for f in findings(cut(Path("notes.md"), text + "\n"))]
    if expected in {"refuted", "proved"}:
        assert expected in outcomes
    if expected != "refuted":
        assert "refuted" not in outcomes
    assert expected != "undecided" or "proved" not in [
        f.outcome.value for f in findings(cut(Path("notes.md"), text + "\n")) if f.role == "claim"
    ]
