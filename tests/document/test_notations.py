r"""One formula as different authors write it: every form of a true line is proved, none of a wrong one.

LINES: what stands before, a line with {} in it, what makes it true and what makes it wrong.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.source.extract import cut
from tests.document.lines import RIGHT, WRONG, last_line

QUADRATIC = r"\nabla_x (x^T A x) = (A {} A^T) x"
LINES = [
    (r"Let $x \in \mathbb R^n$ and $A \in \mathbb R^{n\times n}$.", QUADRATIC, "+", "-"),
    (r"Let $x \in \R^n$ and $A \in \R^{n\times n}$.", QUADRATIC, "+", "-"),
    (r"Let $x \in R^n$ and $A \in R^{n\times n}$.", QUADRATIC, "+", "-"),
    (r"Let $x ∈ ℝ^n$ and $A ∈ ℝ^{n×n}$.", QUADRATIC, "+", "-"),
    (r"", r"\frac{\mathrm d}{\mathrm dx} x^3 = {}x^2", "3", "2"),
    (r"", r"\frac{{\rm d}}{{\rm d}x} x^3 = {}x^2", "3", "2"),
    (r"", r"\frac{d}{dx} \{x^3 + 1\} = {}x^2", "3", "2"),
    (r"", r"\frac{d}{dx} x^3 \Big|_{x=2} = {}", "12", "13"),
    (r"Let $A$ and $B$ be $n \times n$ matrices.", r"tr(AB) = {}tr(BA)", "", "2"),
    (r"", r"{a \over b} + {c \over d} = {ad {} bc \over bd}", "+", "-"),
    (r"Let $n$ and $k$ be whole numbers.", r"{n \choose k} = \binom{n}{n {} k}", "-", "+"),
    (r"Let ${\bf x} \in \mathbb{R}^n$.", r"{\bf x}^{\sf T} {\bf x} = {}\|{\bf x}\|^2", "", "2"),
    (r"", r"\nicefrac{1}{2} + \nicefrac{1}{{}} = 1", "2", "3"),
    (r"Let $f(x) = \left\{\begin{array}{ll} x & x > 0 \\ 0 & x \leq 0\end{array}\right.$.", r"f(3) + f(-3) = {}", "3", "0"),
    (r"", r"\int_0^2 x\,dx = \frac{x^{}}{2}\Big|_0^2", "2", "3"),
    (r"", r"\int_1^2 \frac{dx}{x} = {} \left. \ln x \right|_{x=1}^{2}", "", "2"),
    (r"Let $f(x, y) = x^2 y$.", r"\frac{\partial f}{\partial x}(1, 2) = {}", "4", "2"),
    (r"Let $f(x, y) = x^2 y$.", r"\frac{\partial f}{\partial x}\Big|_{x=1, y=2} = {}", "4", "2"),
    (r"", r"\sum_{i<j} a_{ij} = \sum_{j=2}^n \sum_{i=1}^{j{}} a_{ij}", "-1", ""),
    (r"Put $s = \sum_{j=2}^n \sum_{i=1}^{j-1} a_{ij}$.",
     r"(\sum_i x_i)^2 {} \sum_i x_i^2 = \sum_{i \ne j} x_i x_j", "-", "+"),
    (r"", r"[1, 2, 3]^T + [1, 1, 1]^T = [2, 3, {}]^T", "4", "5"),
    (r"", r"0{,}25 + 0{,}5 = {}", "0{,}75", "0{,}85"),
    (r"Let $w = 1$. We set $w \leftarrow w - 0.4 = 0.6$.", r"w^2 = {}", "0.36", "0.46"),
    (r"Let $Z \sim N(0, 1)$.", r"\operatorname{var}(Z^3) = {}", "15", "14"),  # a moment of a moment
    (r"Let $Z \sim N(0, 1)$.", r"{\rm cov}(Z, Z^3) = {}", "3", "4"),
    (r"Let $X$ and $Y$ be random variables.", r"var(X + Y) = var(X) + var(Y) + {}cov(X, Y)", "2", ""),
    (r"We take $\beta_1, \beta_2 = 0.9, 0.99$.", r"\beta_1 + \beta_2 = {}", "1.89", "1.88"),
    (r"Let $w = 1$. We set $w := w - 0.4 = 0.6$.", r"w^2 = {}", "0.36", "0.46"),
    (r"", r"78{,}400 + 100 = {}", "78{,}500", "78{,}600"),
    (r"", r"2 \cdot \left\{ 1 + \frac12 \right\} = {}", "3", "4"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "right", "wrong"), LINES, ids=[row[1][:40] for row in LINES])
def test_every_way_to_write_it(before: str, line: str, right: str, wrong: str) -> None:
    head, _, tail = line.partition("{}")
    assert [one.outcome in RIGHT for one in last_line(before, head + right + tail)] == [True]
    assert [one.outcome in WRONG for one in last_line(before, head + wrong + tail)] == [True]


def test_decimals_of_a_document_that_writes_commas() -> None:
    """Three digits behind a comma are thousands, unless the document shows that its commas are decimal ones."""
    english = findings(cut(Path("notes.md"), r"$1{,}125 + 1 = 1126$" + "\n"))
    german = findings(cut(Path("notes.md"), r"$1{,}125 + 1 = 2{,}125$ and $\frac12 = 0{,}5$." + "\n"))
    assert [one.outcome for one in (*english, *german)] == [Outcome.PROVED] * 3


@pytest.mark.parametrize("update", [r"w \leftarrow w - 0.4", r"w := w - 0.4", r"w \leftarrow w + yx = (1, 1)"])
def test_numbers_before_an_update_refute_nothing_after_it(update: str) -> None:
    start, line = ("w = (0, 0)", "w^T x = 2") if "yx" in update else ("w = 1", "w^2 = 0.36")
    before = rf"Let $x = (1, 1)$, $y = 1$ and ${start}$. We set ${update}$."
    assert last_line(before, line)[0].outcome not in WRONG


@pytest.mark.parametrize("line", [
    r"(AB)^t = B^t A^t",  # a transpose
    r"D_x x^3 = 3x^2",  # a derivative
    r"\int_0^1 dx \int_0^x dy\, y = \frac16",  # as physicists write it
    r"\text{For a random variable } \sigma^2(aX) = a^2 \sigma^2(X)",  # a variance
])  # fmt: skip
def test_letters_that_may_be_operators_make_nothing_wrong(line: str) -> None:
    assert last_line(r"Let $A, B \in \mathbb{R}^{n \times n}$.", line)[0].outcome not in WRONG


@pytest.mark.parametrize(("line", "found"), [
    (r"\frac13, \frac23 \approx 0.333, 0.667", [Outcome.PROVED, Outcome.PROVED]),
    (r"\frac13, \frac23 \approx 0.333, 0.677", [Outcome.PROVED, Outcome.REFUTED]),
    (r"\frac13,\ \frac23,\ \sqrt 2 \;\approx\; 0.333,\ 0.667,\ 1.41,", [Outcome.PROVED] * 3),
    (r"i, j = 1, 2", []),  # letters that count have both numbers
])  # fmt: skip
def test_lists_on_both_sides_are_equations_one_by_one(line: str, found: list[Outcome]) -> None:
    assert [one.outcome for one in last_line("", line)] == found


@pytest.mark.parametrize("entry", ["4", "5"])
def test_factors_of_a_matrix_of_numbers_are_not_any_matrices(entry: str) -> None:
    r"""After `S = Q \Lambda Q^T` of a matrix with numbers, what holds for Q and Lambda is not what holds for every matrix."""
    before = (
        r"Let $S = \begin{pmatrix}2&1\\1&2\end{pmatrix}$. The eigenvectors are the columns of $Q$ and give $S = Q\Lambda Q^T$."
    )
    line = rf"Q \Lambda^2 Q^T = \begin{{pmatrix}}5&4\\{entry}&5\end{{pmatrix}}"
    assert last_line(before, line)[-1].outcome not in WRONG


@pytest.mark.parametrize(("line", "found"), [
    (r"\operatorname{Var}(X) = E(X - \mu)^2", Outcome.PROVED),
    (r"E(X - \mu)^2 = E X^2 - \mu^2", Outcome.PROVED),
    (r"E(X)^2 = \mu^2", Outcome.PROVED),
    (r"E(X - \mu)^2 = E X^2 + \mu^2", Outcome.UNDECIDED),
    (r"E(X)^2 = 2\mu^2", Outcome.UNDECIDED),
    (r"\operatorname{Var}(X) = E X^2 + (E X)^2", Outcome.REFUTED),
])  # fmt: skip
def test_a_power_behind_the_bracket_of_an_expectation_is_no_certain_reading(line: str, found: Outcome) -> None:
    assert [one.outcome for one in last_line(r"Let $X$ be a random variable with mean $\mu$.", line)] == [found]


@pytest.mark.parametrize("line", [
    r"\ln(x + 1)^2 = 2\ln(x + 1)",  # the power belongs into the logarithm
    r"\operatorname{tr}(A + B)^2 = \operatorname{tr}(A^2) + 2\operatorname{tr}(AB) + \operatorname{tr}(B^2)",
    r"E(\hat\theta - \theta)^2 = E(\hat\theta - E\hat\theta)^2 + (E\hat\theta - \theta)^2",  # E is no number
])  # fmt: skip
def test_brackets_that_two_authors_read_in_two_ways_make_nothing_wrong(line: str) -> None:
    assert last_line(r"Let $x > 0$.", line)[-1].outcome not in WRONG
