# ruff: noqa: E501  (a row is a formula)
r"""Dots, ranges and sums over sets: true lines hold, mutated ones do not, and what is not plain stays unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.finding import Finding
from calcds.document.source.dots import undotted
from calcds.document.source.extract import cut
from calcds.document.source.latex import Node, read, walk

RIGHT = {Outcome.PROVED, Outcome.SUPPORTED}
PAIRS: list[tuple[str, str, str]] = [
    # sums: what is said before, a true line, a false one
    ("", r"a_1 + a_2 + \dots + a_n = \sum_{i=1}^n a_i", r"a_1 + a_2 + \dots + a_n = \sum_{i=1}^{n+1} a_i"),
    ("", r"1 + 2 + \cdots + n = \frac{n(n+1)}{2}", r"1 + 2 + \cdots + n = \frac{n(n-1)}{2}"),
    ("", r"1 + 2 + ... + n = \frac{n(n+1)}{2}", r"1 + 2 + ... + n = n^2"),
    ("", r"1 + \dots + n = \frac{n(n+1)}{2}", r"1 + \dots + n = \frac{n(n+1)}{3}"),
    ("", r"x_1 y_1 + \dots + x_n y_n = \sum_{i=1}^n x_i y_i", r"x_1 y_1 + \dots + x_n y_n = \sum_{i=1}^n x_i \sum_{i=1}^n y_i"),
    ("", r"1 + r + r^2 + \dots + r^{n-1} = \frac{1 - r^n}{1-r}", r"1 + r + r^2 + \dots + r^n = \frac{1 - r^n}{1-r}"),
    ("", r"a + ar + ar^2 + \dots + ar^{n-1} = a \frac{1-r^n}{1-r}", r"a + ar + ar^2 + \dots + ar^{n-1} = a \frac{1-r^{n-1}}{1-r}"),
    ("", r"x^n + x^{n-1} + \dots + x + 1 = \sum_{k=0}^n x^k", r"x^n + x^{n-1} + \dots + x + 1 = \sum_{k=1}^n x^k"),
    ("", r"\frac{1}{1\cdot 2} + \frac{1}{2 \cdot 3} + \dots + \frac{1}{n(n+1)} = \frac{n}{n+1}", r"\frac{1}{1\cdot 2} + \frac{1}{2 \cdot 3} + \dots + \frac{1}{n(n+1)} = \frac{n-1}{n}"),
    ("", r"1 \cdot 2 + 2 \cdot 3 + \dots + 9 \cdot 10 = 330", r"1 \cdot 2 + 2 \cdot 3 + \dots + 9 \cdot 10 = 1058"),
    ("", r"1^2 + 2^2 + \dots + n^2 = \frac{n(n+1)(2n+1)}{6}", r"1^2 + 2^2 + \dots + n^2 = \frac{n(n+1)(2n-1)}{6}"),
    ("", r"1 + 4 + 9 + \dots + n^2 = \frac{n(n+1)(2n+1)}{6}", r"1 + 4 + 9 + \dots + n^2 = \frac{n(n+1)}{2}"),
    ("", r"1 + 3 + 5 + \dots + (2n-1) = n^2", r"1 + 3 + 5 + \dots + (2n+1) = n^2"),
    ("", r"2 + 4 + \dots + 2n = n(n+1)", r"2 + 4 + \dots + 2n = n^2"),
    ("", r"n + (n-1) + \dots + 1 = \frac{n(n+1)}{2}", r"n + (n-1) + \dots + 1 = \frac{n^2}{2}"),
    ("", r"1 + 2 + \dots + n + (n+1) = \frac{(n+1)(n+2)}{2}", r"1 + 2 + \dots + n + (n+1) = \frac{n(n+1)}{2}"),
    ("", r"1 + 2 + \dots + 10 = 55", r"1 + 2 + \dots + 10 = 45"),
    ("", r"3 + 7 + 11 + \dots + 39 = 210", r"3 + 7 + 11 + \dots + 39 = 189"),
    ("", r"1 + 2 + 4 + \dots + 512 = 1023", r"1 + 2 + 4 + \dots + 512 = 1024"),
    ("", r"1 + 2 + 4 + \dots + 2^{n-1} = 2^n - 1", r"1 + 2 + 4 + \dots + 2^n = 2^n - 1"),
    ("", r"\frac12 + \frac16 + \frac1{12} + \dots + \frac{1}{n(n+1)} = 1 - \frac{1}{n+1}", r"\frac12 + \frac16 + \frac1{12} + \dots + \frac{1}{n(n+1)} = 1 - \frac{1}{n}"),
    ("", r"1 - x + x^2 - \dots + (-1)^n x^n = \sum_{k=0}^n (-x)^k", r"1 - x + x^2 - \dots + (-1)^n x^n = \sum_{k=0}^n x^k"),
    ("", r"1 - \frac12 + \frac13 - \dots + \frac{(-1)^{n+1}}{n} = \sum_{k=1}^n \frac{(-1)^{k+1}}{k}", r"1 - \frac12 + \frac13 - \dots + \frac{(-1)^{n+1}}{n} = \sum_{k=1}^n \frac{(-1)^k}{k}"),
    ("", r"1 - 2 + 3 - \dots - 10 = -5", r"1 - 2 + 3 - \dots - 10 = 5"),
    ("", r"-x_1 - x_2 - \dots - x_n = -\sum_{i=1}^n x_i", r"-x_1 - x_2 - \dots - x_n = \sum_{i=1}^n x_i"),
    ("", r"x_1 + a_2 x_2 + \cdots + a_n x_n = x_1 + \sum_{i=2}^n a_i x_i", r"x_1 + a_2 x_2 + \cdots + a_n x_n = x_1 + \sum_{i=1}^n a_i x_i"),
    ("", r"w_0 + w_1 x_1 + \dots + w_n x_n = w_0 + \sum_{i=1}^n w_i x_i", r"w_0 + w_1 x_1 + \dots + w_n x_n = \sum_{i=1}^n w_i x_i"),
    ("", r"x_1 + \dots + x_n + y_1 + \dots + y_m = \sum_{i=1}^n x_i + \sum_{j=1}^m y_j", r"x_1 + \dots + x_n + y_1 + \dots + y_m = \sum_{i=1}^n x_i - \sum_{j=1}^m y_j"),
    ("", r"x_1 y_n + x_2 y_{n-1} + \dots + x_n y_1 = \sum_{i=1}^n x_i y_{n+1-i}", r"x_1 y_n + x_2 y_{n-1} + \dots + x_n y_1 = \sum_{i=1}^n x_i y_i"),
    ("", r"a_{11} + a_{22} + \dots + a_{nn} = \sum_{i=1}^n a_{ii}", r"a_{11} + a_{22} + \dots + a_{nn} = \sum_{i=1}^n \sum_{j=1}^n a_{ij}"),
    ("", r"1 + x + \frac{x^2}{2!} + \frac{x^3}{3!} + \dots = e^x", r"1 + x + \frac{x^2}{2!} + \frac{x^3}{3!} + \dots = e^{-x}"),
    ("", r"x - \frac{x^3}{3!} + \frac{x^5}{5!} - \dots = \sin x", r"x - \frac{x^3}{3!} + \frac{x^5}{5!} - \dots = \cos x"),
    ("", r"1 + \frac12 + \frac14 + \frac18 + \dots = 2", r"1 + \frac12 + \frac14 + \frac18 + \dots = 3"),
    ("With $A_k = a_1 + \\dots + a_k$ we get", r"\sum_{k=1}^n a_k b_k = A_n b_n - \sum_{k=1}^{n-1} A_k (b_{k+1} - b_k)", r"\sum_{k=1}^n a_k b_k = A_n b_n + \sum_{k=1}^{n-1} A_k (b_{k+1} - b_k)"),
    # products
    ("", r"1 \cdot 2 \cdots n = n!", r"1 \cdot 2 \cdots n = (n+1)!"),
    ("", r"n(n-1)\cdots 2 \cdot 1 = n!", r"n(n-1)\cdots 2 \cdot 1 = n^n"),
    ("", r"a_1 \cdot a_2 \cdot \ldots \cdot a_n = \prod_{k=1}^n a_k", r"a_1 \cdot a_2 \cdot \ldots \cdot a_n = \sum_{k=1}^n a_k"),
    ("", r"(1 + x_1)(1 + x_2) \cdots (1 + x_n) = \prod_{i=1}^n (1+x_i)", r"(1 + x_1)(1 + x_2) \cdots (1 + x_n) = 1 + \prod_{i=1}^n x_i"),
    ("", r"1 \cdot 3 \cdot 5 \cdots (2n-1) = \frac{(2n)!}{2^n n!}", r"1 \cdot 3 \cdot 5 \cdots (2n-1) = \frac{(2n)!}{n!}"),
    ("", r"\frac{n(n-1)\cdots(n-k+1)}{k!} = \binom{n}{k}", r"\frac{n(n-1)\cdots(n-k)}{k!} = \binom{n}{k}"),
    # lists and matrices
    (r"Let $x \in \mathbb{R}^n$. $$x = (x_1, \dots, x_n)^T$$", r"x^T x = x_1^2 + \dots + x_n^2", r"x^T x = x_1 + \dots + x_n"),
    (r"Let $x \in \mathbb{R}^n$ and $f(x) = x^T x$.", r"\nabla f(x) = (2 x_1, \dots, 2 x_n)^T", r"\nabla f(x) = (x_1, \dots, x_n)^T"),
    (r"Let $x \in \mathbb{R}^n$ and $f(x) = x^T x$.", r"\nabla f(x) = \begin{bmatrix} \frac{\partial f}{\partial x_1} \\ \vdots \\ \frac{\partial f}{\partial x_n} \end{bmatrix}", r"\nabla f(x) = 2 \begin{bmatrix} \frac{\partial f}{\partial x_1} \\ \vdots \\ \frac{\partial f}{\partial x_n} \end{bmatrix}"),
    (r"$$A = \begin{bmatrix} a_{11} & \cdots & a_{1n} \\ \vdots & \ddots & \vdots \\ a_{m1} & \cdots & a_{mn} \end{bmatrix}$$", r"A^T = \begin{bmatrix} a_{11} & \cdots & a_{m1} \\ \vdots & \ddots & \vdots \\ a_{1n} & \cdots & a_{mn} \end{bmatrix}", r"A^T = \begin{bmatrix} a_{11} & \cdots & a_{1n} \\ \vdots & \ddots & \vdots \\ a_{m1} & \cdots & a_{mn} \end{bmatrix}"),
    (r"$$A = \begin{bmatrix} a_{11} & \cdots & a_{1n} \\ \vdots & \ddots & \vdots \\ a_{m1} & \cdots & a_{mn} \end{bmatrix}$$", r"A x = \begin{bmatrix} a_{11} x_1 + \dots + a_{1n} x_n \\ \vdots \\ a_{m1} x_1 + \dots + a_{mn} x_n \end{bmatrix}", r"A x = \begin{bmatrix} a_{11} x_1 - \dots - a_{1n} x_n \\ \vdots \\ a_{m1} x_1 - \dots - a_{mn} x_n \end{bmatrix}"),
    (r"Let $W \in \mathbb{R}^{n \times m}$.", r"W^T = \begin{bmatrix} w_{1,1}, & \dots, & w_{n,1} \\ \vdots & & \vdots \\ w_{1,m}, & \dots, & w_{n,m} \end{bmatrix}", r"W^T = \begin{bmatrix} w_{1,1}, & \dots, & w_{m,1} \\ \vdots & & \vdots \\ w_{1,n}, & \dots, & w_{m,n} \end{bmatrix}"),
    ("", r"\begin{pmatrix} \lambda_1 & 0 & \cdots & 0 \\ 0 & \lambda_2 & \cdots & 0 \\ \vdots & \vdots & \ddots & \vdots \\ 0 & 0 & \cdots & \lambda_n \end{pmatrix} = \operatorname{diag}(\lambda_1, \dots, \lambda_n)", r"\begin{pmatrix} \lambda_1 & & \\ & \ddots & \\ & & \lambda_n \end{pmatrix} = \operatorname{diag}(\lambda_1^2, \dots, \lambda_n^2)"),
    (r"Let $Q \in \mathbb{R}^{n \times n}$, $Q = [q_1 \; \cdots \; q_n]$.", r"Q \operatorname{diag}(\lambda_1, \dots, \lambda_n) Q^T = \sum_{i=1}^n \lambda_i q_i q_i^T", r"Q \operatorname{diag}(\lambda_1, \dots, \lambda_n) Q^T = \sum_{i=1}^n q_i q_i^T"),
    (r"$$X = \begin{bmatrix} (x^{(1)})^T \\ (x^{(2)})^T \\ \vdots \\ (x^{(n)})^T \end{bmatrix}, \quad y = \begin{bmatrix} y^{(1)} \\ \vdots \\ y^{(n)} \end{bmatrix}$$", r"X^T y = \sum_{i=1}^n y^{(i)} x^{(i)}", r"X^T y = \sum_{i=1}^n x^{(i)}"),
    # ranges beside a claim
    (r"Let $x, y \in \mathbb{R}^n$.", r"(x + y)_i = x_i + y_i \quad (i = 1, \dots, n)", r"(x + y)_i = x_i - y_i, \quad i = 1, 2, \ldots, n"),
    (r"$$z_i = 2 x_i, \quad i = 1, \dots, n$$", r"\sum_{i=1}^n z_i = 2 \sum_{i=1}^n x_i", r"\sum_{i=1}^n z_i = \sum_{i=1}^n x_i"),
    # sums over sets, over two indices, with a sign
    ("", r"\sum_{i \in S} (x_i - c) = \sum_{i \in S} x_i - |S| c", r"\sum_{i \in S} (x_i - c) = \sum_{i \in S} x_i - c"),
    (r"$$\mu = \frac{1}{|\mathcal{B}|} \sum_{i \in \mathcal{B}} x_i$$", r"\sum_{i \in \mathcal{B}} (x_i - \mu) = 0", r"\sum_{i \in \mathcal{B}} (x_i - \mu) = \mu"),
    ("", r"\sum_{i \in \{1,\dots,n\}} i = \frac{n(n+1)}{2}", r"\sum_{i \in \{1,\dots,n\}} i = \frac{n(n-1)}{2}"),
    ("", r"\sum_{i<j} (a_i b_j - a_j b_i)^2 = \frac12 \sum_{i=1}^n \sum_{j=1}^n (a_i b_j - a_j b_i)^2", r"\sum_{i<j} (a_i b_j - a_j b_i)^2 = \sum_{i=1}^n \sum_{j=1}^n (a_i b_j - a_j b_i)^2"),
    ("", r"\left(\sum_{i=1}^n x_i\right)^2 = \sum_{i=1}^n x_i^2 + 2\sum_{1 \le i < j \le n} x_i x_j", r"\left(\sum_{i=1}^n x_i\right)^2 = \sum_{i=1}^n x_i^2 + 3\sum_{1 \le i < j \le n} x_i x_j"),
    ("", r"\sum_{i \ne j} x_i = \sum_{i=1}^n x_i - x_j", r"\sum_{i \ne j} x_i = \sum_{i=1}^n x_i + x_j"),
    ("", r"\sum_{i=1}^n \sum_{j=1}^i c_{ij} = \sum_{j=1}^n \sum_{i=j}^n c_{ij}", r"\sum_{i=1}^n \sum_{j=1}^i c_{ij} = \sum_{j=1}^n \sum_{i=1}^j c_{ij}"),
    ("", r"\sum_i -\log p_i = -\sum_i \log p_i", r"\sum_i -\log p_i = \sum_i \log p_i"),
]  # fmt: skip
UNREAD = [
    r"1 + 2 + 4 + \dots + n = 2",
    r"1 + 2 + \dots + 64 = 2080",  # or 127
    r"1 + 3 + \dots + 27 = 196",  # or 40
    r"1 + 2 + \dots + 2^n = 3",
    r"1 + \frac12 + \dots + \frac{1}{2^n} = 3",
    r"1 + \dots + n^2 = 3",
    r"2 + \dots + 2n = n(n+1)",
    r"1 + 3 + 5 + \dots + n = 3",
    r"1 + 2 + 3 + 5 + \dots = 3",
    r"1 + x + \dots = \frac{1}{1-x}",
    r"x_1 y_n + \dots + x_n y_1 = 3",
    r"x_1 + x_2 + y_3 + \dots + x_n = 3",
    r"x_1 + x_3 + x_4 + \dots + x_n = 3",
    r"1 + 1 + \dots + 1 = n",
    r"1 - x + x^2 - \dots + (-1)^{n+1} x^n = 3",
    r"1 - x + x^2 + \dots + x^n = 3",
    r"a_{11} + a_{12} + \dots + a_{nn} = 3",
    r"x_1 \cdot x_2 \cdot x_4 \cdots x_n = 3",
    r"\begin{bmatrix} 1 & \cdots & 1 \end{bmatrix} = y",
    r"\begin{bmatrix} a_{11} & \cdots & a_{1n} \\ \vdots & \ddots & \vdots \\ a_{m1} & \cdots & a_{mm} \end{bmatrix} = Y",
    r"\begin{bmatrix} x_1 \cdots x_n \end{bmatrix} = y",
    r"f(x_1, \dots, x_n) = 3",
    r"\max(x_1, \dots, x_n) = 3",
    r"\sum_{i \in S} x_i = \sum_{i=1}^n x_i",
    r"\sum_{i \in S} x_i + \sum_{i \in T} x_i = 2 \sum_{i \in S} x_i",
    r"\sum_{i \in S} i x_i = 3",
    r"\sum_{x \in X} f(x) = 3",
    r"\frac{\partial}{\partial x_j} \sum_{i \in S} x_i = 1",
    r"\sum_{i=1}^n f_i(x) = n f_1(x)",
]  # fmt: skip
NO_ROW = [
    r"i = 1, \dots, n", r"i = 1, 2, \ldots, n", r"k = 0, 1, 2, \dots", r"l = 1, ..., L", r"i, j = 1, \dots, n",
    r"i, j \in \{1, \dots, n\}", r"1 \le i \le n",
]  # fmt: skip


def last_line(before: str, line: str) -> list[Finding]:
    """The findings of the last line of a document."""
    found = findings(cut(Path("notes.md"), f"{before}\n\n$${line}$$\n"))
    return [one for one in found if one.line == max(f.line for f in found)]


@pytest.mark.parametrize(("before", "line", "mutant"), PAIRS, ids=[row[1][:40] for row in PAIRS])
def test_a_true_line_holds_and_a_false_one_does_not(before: str, line: str, mutant: str) -> None:
    true, false = last_line(before, line), last_line(before, mutant)
    assert true
    assert all(one.role == "claim" and one.outcome in RIGHT for one in true), true
    assert all(one.outcome not in RIGHT for one in false), false


def test_most_false_lines_are_called_wrong() -> None:
    silent = [row[2] for row in PAIRS if all(one.outcome is not Outcome.REFUTED for one in last_line(row[0], row[2]))]
    assert len(silent) <= 0.15 * len(PAIRS), silent


@pytest.mark.parametrize("line", UNREAD)
def test_what_is_not_plain_is_not_read(line: str) -> None:
    found = last_line("", line)
    assert found
    assert all(one.outcome is Outcome.UNREAD and one.detail for one in found), found


@pytest.mark.parametrize("line", NO_ROW)
def test_a_range_is_no_equation(line: str) -> None:
    assert findings(cut(Path("notes.md"), f"Let ${line}$ and\n\n$${line}$$\n")) == []


def test_a_value_beside_a_list_is_an_equation() -> None:
    found = findings(cut(Path("notes.md"), r"$$x = 2, \quad y = 3, \dots$$"))
    assert [one.left for one in found] == ["x", "y"]


def test_what_a_name_is_a_list_of() -> None:
    found = findings(cut(Path("notes.md"), r"Let $x \in \mathbb{R}^m$. $$x = (x_1, \dots, x_n)^T$$"))
    assert all(one.outcome is not Outcome.PROVED for one in found)  # it has m entries


def test_a_matrix_of_columns_keeps_what_is_said_of_it() -> None:
    text = r"""The matrix $Q = [q_1 \; \cdots \; q_n]$ is orthogonal.
    $$Q A Q^T Q A Q^T = Q A^2 Q^T$$
    $$Q A Q^T Q A Q^T = Q A Q^T$$"""
    found = findings(cut(Path("notes.md"), text))
    assert [one.outcome in RIGHT for one in found if one.role == "claim"] == [True, False]


TREES = [
    (r"a_1 + \dots + a_n", "group(product(unit(BIGOP:sum, below(item(NAME:k', REL:=, NUMBER:1)), above(NAME:n)), unit(NAME:a, below(NAME:k'))))"),
    (r"2 a_1 a_2 \cdots a_n", "product(NUMBER:2, group(product(unit(BIGOP:prod, below(item(NAME:k', REL:=, NUMBER:1)), above(NAME:n)), unit(NAME:a, below(NAME:k')))))"),
    (r"1 + 2 + 4 + \dots + n", "items(sum(NUMBER:1, ADD:+, NUMBER:2, ADD:+, NUMBER:4, ADD:+, DOTS:dots, ADD:+, NAME:n))"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_trees_without_dots(text: str, tree: str) -> None:
    found = undotted(read(text))
    assert str(found.parts[0] if found.kind == "items" and not _has_dots(found) else found) == tree


def _has_dots(node: Node) -> bool:
    return any(n.kind == "DOTS" for n in walk(node))
