# ruff: noqa: E501  (a row is a formula)
"""Equations between entropies: what holds for all random variables, slips of it, and what holds for certain ones only."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, assert_told_apart, own_line

TABLE = r"Let $X$ and $Y$ be discrete random variables with joint mass function $p(x,y)$. The entropies are as follows."
WORDS = "For entropies of random variables we have"
ALWAYS = r"Independent variables have no mutual information. In general"

TOLD_APART = [  # what stands before, a true line, a slip
    ("", r"H(X, Y) = H(X) + H(Y \mid X)", r"H(X, Y) = H(X) + H(X \mid Y)"),
    ("", r"H(X|Y) = H(X,Y) - H(Y)", r"H(X|Y) = H(X,Y) - H(X)"),
    (ALWAYS, r"I(X;Y) = H(X) - H(X|Y)", r"I(X;Y) = H(X) + H(X|Y)"),
    (ALWAYS, r"I(X;Y) = H(Y) - H(Y|X)", r"I(X;Y) = H(X) - H(Y|X)"),
    (WORDS, r"I(X;Y) = H(X) + H(Y) - H(X,Y)", r"I(X;Y) = H(X) + H(Y) + 2 H(X,Y)"),
    (WORDS, r"I(X;Y) = I(Y;X) = H(X) - H(X|Y)", r"I(X;Y) = I(Y;X) = H(Y) - H(X|Y)"),
    (WORDS, r"H(X) + I(X;X) = 2 H(X)", r"H(X) + I(X;X) = -H(X)"),
    (WORDS, r"I(X;Y|Z) = H(X|Z) - H(X|Y,Z)", r"I(X;Y|Z) = H(X|Z) - H(Y|X,Z)"),
    (WORDS, r"I(X;Y|Z) = H(X,Z) + H(Y,Z) - H(X,Y,Z) - H(Z)", r"I(X;Y|Z) = H(X,Z) + H(Y,Z) - H(X,Y,Z) + H(Z)"),
    (WORDS, r"I(X_1, X_2; Y) = I(X_1; Y) + I(X_2; Y \mid X_1)", r"I(X_1, X_2; Y) = I(X_1; Y) - I(X_2; Y \mid X_1)"),
    (WORDS, r"I(X;Y) = h(X) - h(X|Y) = h(Y) - h(Y|X)", r"I(X;Y) = h(X) - h(X|Y) = h(X) - h(Y|X)"),
    ("", r"\mathbb{I}[X;Y] = \mathbb{H}[X] - \mathbb{H}[X \mid Y]", r"\mathbb{I}[X;Y] = \mathbb{H}[X] - \mathbb{H}[Y \mid X]"),
    (WORDS, r"\mathrm{H}(X, Y) = \mathrm{H}(X) + \mathrm{H}(Y \vert X)", r"\mathrm{H}(X, Y) = \mathrm{H}(X) + \mathrm{H}(X \vert Y)"),
    (TABLE, r"H(X|Y) = -\sum_{x,y} p(x,y) \log p(x|y)", r"H(X|Y) = -\sum_{x,y} p(x,y) \log p(y|x)"),
    (TABLE, r"H(X|Y) = \sum_y p(y) H(X|Y=y)", r"H(X|Y) = -\sum_y p(y) H(X|Y=y)"),
    (TABLE, r"H(X|Y=y) = -\sum_x p(x|y) \log p(x|y)", r"H(X|Y=y) = \sum_x p(x|y) \log p(x|y)"),
    (TABLE, r"H(X, Y) = -\sum_{x,y} p(x,y) \log_2 p(x,y)", r"H(X, Y) = \sum_{x,y} p(x,y) \log_2 p(x,y)"),
    (TABLE, r"H(Y \mid X) = -\sum_{x,y} p(x,y) \log_2 p(y \mid x)", r"H(Y \mid X) = -\sum_{x,y} p(x,y) \log_2 p(x \mid y)"),
    (TABLE, r"I(X;Y) = \sum_{x,y} p(x,y) \log \frac{p(x,y)}{p(x)p(y)}", r"I(X;Y) = \sum_{x,y} p(x,y) \log \frac{p(x)}{p(x)p(y)}"),
]  # fmt: skip

NEVER_WRONG = [  # true of the variables of the text
    (r"For independent $X$ and $Y$ the entropies add up:", r"H(X,Y) = H(X) + H(Y)"),
    ("The dice are thrown one after the other. Their entropies add up:", r"H(X,Y) = H(X) + H(Y)"),
    (r"The noise $Z$ is independent of $X$ and $Y = X + Z$.", r"I(X;Y) = h(Y) - h(Y|X) = h(Y) - h(Z|X) = h(Y) - h(Z)"),
    (r"For a Markov chain $X \to Y \to Z$", r"I(X;Y,Z) = I(X;Y)"),
    (r"For a Markov chain $X \to Y \to Z$", r"I(X;Z) + I(X;Y|Z) = I(X;Y)"),
    (r"For a Markov chain the entropies are", r"H(X,Y,Z) = H(X) + H(Y|X) + H(Z|Y)"),
    (r"As $Y = g(X)$ is a function of $X$,", r"I(X;Y) = H(Y)"),
    (r"As $Y = g(X)$ is a function of $X$, the entropies are", r"H(X,Y) = H(X)"),
    (r"For a bijective $g$ and $Y = g(X)$", r"H(X|Y) = H(Y|X) = 0"),
    (r"The sequence is stationary, so", r"H(X_2|X_1) = H(X_3|X_2)"),
    (r"Let the random variables $X$ and $Y$ be independent and $Z$ another one. The entropies:", r"I(X;Y,Z) = I(X;Z|Y)"),
    (r"The pair is exchangeable, so", r"H(Y|X) = H(X|Y)"),
    (r"The von Neumann entropy of the parts of a pure state:", r"S(A) = S(B)"),
    (r"In this example the entropies are", r"H(X|Y) = H(Y|X)"),
    (r"The Hamiltonian of the two is", r"H(A,B) = H(A) + H(B)"),
    (r"The cross entropy of $P$ and $Q$ is", r"H(P,Q) = 2 H(P)"),
    (r"The interaction information:", r"I(X;Y;Z) = I(X;Y) - I(X;Y|Z)"),
]


@pytest.mark.parametrize(("before", "line", "slip"), TOLD_APART, ids=[row[2][:60] for row in TOLD_APART])
def test_told_apart(before: str, line: str, slip: str) -> None:
    assert_told_apart(before, line, slip)


@pytest.mark.parametrize(("before", "line"), NEVER_WRONG, ids=[row[1] for row in NEVER_WRONG])
def test_never_wrong(before: str, line: str) -> None:
    assert all(one.outcome not in WRONG for one in own_line(before, line))


def test_logarithms_of_two_bases_are_not_compared_with_an_entropy() -> None:
    (found,) = own_line(TABLE, r"H(X, Y) = -\sum_{x,y} p(x,y) \log p(x,y) - \sum_{x,y} p(x,y) \log_2 p(x)")
    assert found.outcome not in WRONG


NEVER_PROVED = [  # what the text says does not make it so
    (r"Let the random variables $X$ and $Y$ be independent given $Z$. The entropies:", r"H(X,Y) = H(X) + H(Y)"),
    (r"Let the random variables $X, Y, Z$ be pairwise independent. The entropies:", r"H(X,Y,Z) = H(X) + H(Y) + H(Z)"),
    (r"Let the random variables $X, Y, Z$ be pairwise independent. The entropies:", r"H(X,Y|Z) = H(X|Z) + H(Y|Z)"),
    (r"Let the random variables $X$ and $Y$ be independent and $Z = X \oplus Y$. The entropies:", r"I(X;Y|Z) = 0"),
]


@pytest.mark.parametrize(("before", "line"), NEVER_PROVED)
def test_never_proved(before: str, line: str) -> None:
    (found,) = own_line(before, line)
    assert found.outcome not in RIGHT | WRONG


def test_of_independent_variables_the_entropies_add_up() -> None:
    before = r"Let the random variables $X$ and $Y$ be independent. The entropies:"
    assert_told_apart(before, r"H(X, Y) = H(X) + H(Y)", r"H(X, Y) = H(X) - H(Y)")
