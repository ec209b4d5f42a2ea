"""Expectations and probabilities: laws are proved, slips refuted, what needs words that stand nowhere is left open."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.engine import decide_terms
from calcds.decide.verdict import Outcome
from calcds.document.chance.expecting import Moments, by_moments, degree
from calcds.document.checking import findings
from calcds.document.finding import Finding
from calcds.document.source.extract import cut
from calcds.expr import operators as op
from calcds.expr.kinds import INDEX, Dim, Event, Matrix, Probability, Real, Vector
from calcds.expr.term import ONE, ZERO, Term, entry, number

P, S, R, D, U = Outcome.PROVED, Outcome.SUPPORTED, Outcome.REFUTED, Outcome.UNDECIDED, Outcome.UNREAD
VARIABLES = "Let $X$ and $Y$ be random variables."
INDEPENDENT = "Let $X$ and $Y$ be independent random variables."
SAMPLE = r"Let $X_1, \dots, X_n$ be i.i.d. with mean $\mu$ and variance $\sigma^2$, and $\bar X = \frac1n \sum_{i=1}^n X_i$."
EVENTS = "Let $A$, $B$ and $C$ be events."
TABLE = "Let $x$ and $y$ have a joint distribution $p(x, y)$."
ENTROPY = "The entropy and the information of two random variables with the joint distribution $p(x, y)$."


def read(text: str) -> list[Finding]:
    return findings(cut(Path("notes.md"), text))


def last(before: str, line: str) -> Finding:
    return read(f"{before}\n\n$${line}$$")[-1]


TRUE = [
    (VARIABLES, r"\mathbb{E}[aX + b] = a\mathbb{E}[X] + b"),
    (VARIABLES, r"E[X + Y] = E[X] + E[Y]"),
    (VARIABLES, r"\mathbb{E}[\mathbb{E}[X]] = \mathbb{E}[X]"),
    (VARIABLES, r"\mathbb{E} X^2 = (\mathbb{E} X)^2 + \operatorname{Var} X"),
    (VARIABLES, r"\operatorname{Var}(X) = E[X^2] - E[X]^2"),
    (VARIABLES, r"\mathbb{V}[X] = \mathbb{E}[(X - \mathbb{E}[X])^2]"),
    (VARIABLES, r"\operatorname{Var}(aX + b) = a^2 \operatorname{Var}(X)"),
    (VARIABLES, r"\operatorname{Cov}(X, Y) = E[XY] - E[X] E[Y]"),
    (VARIABLES, r"\operatorname{Cov}(aX + b, cY + d) = ac \operatorname{Cov}(X, Y)"),
    (VARIABLES, r"\operatorname{Var}(X + Y) = \operatorname{Var}(X) + \operatorname{Var}(Y) + 2 \operatorname{Cov}(X, Y)"),
    (VARIABLES, r"E[(X - c)^2] = \operatorname{Var}(X) + (E[X] - c)^2"),
    (VARIABLES, r"\frac{d}{dt} E[e^{tX}] = E[X e^{tX}]"),
    (VARIABLES, r"E\left[\sum_{i=1}^n X_i\right] = \sum_{i=1}^n E[X_i]"),
    (VARIABLES, r"\mathbb{E}_{x \sim p}[f(x) + g(x)] = \mathbb{E}_{x \sim p}[f(x)] + \mathbb{E}_{x \sim p}[g(x)]"),
    (VARIABLES, r"\operatorname{Cov}(A\mathbf{x}) = A \operatorname{Cov}(\mathbf{x}) A^T"),
    (VARIABLES,
     r"\operatorname{Cov}(\mathbf{x}) = \mathbb{E}[\mathbf{x}\mathbf{x}^T] - \mathbb{E}[\mathbf{x}]\mathbb{E}[\mathbf{x}]^T"),
    (r"Let $\mu = E[X]$ for a random variable.", r"E[(X - \mu)^2] = E[X^2] - \mu^2"),
    (INDEPENDENT, r"E[XY] = E[X] E[Y]"),
    (INDEPENDENT, r"\operatorname{Var}(X - Y) = \operatorname{Var}(X) + \operatorname{Var}(Y)"),
    (INDEPENDENT, r"\operatorname{Cov}(X, Y) = 0"),
    (INDEPENDENT, r"E[X^2 e^Y] = E[X^2] E[e^Y]"),
    ("Let $X$ and $Y$ be uncorrelated.", r"\operatorname{Var}(X + Y) = \operatorname{Var}(X) + \operatorname{Var}(Y)"),
    ("Let $X$ and $Y$ be independent and identically distributed.", r"E[(X - Y)^2] = 2 \operatorname{Var}(X)"),
    ("Let $w$ and $x$ be independent with mean zero.", r"\operatorname{Var}(wx) = \operatorname{Var}(w) \operatorname{Var}(x)"),
    (SAMPLE, r"E[\bar X] = \mu"),
    (SAMPLE, r"\operatorname{Var}(\bar X) = \frac{\sigma^2}{n}"),
    (SAMPLE, r"E\left[\sum_{i=1}^n (X_i - \bar X)^2\right] = (n-1) \sigma^2"),
    (SAMPLE, r"E[X_1 X_2] = \mu^2"),
    (r"Let $X_1, \dots, X_n$ be independent.",
     r"\operatorname{Var}\left(\sum_{i=1}^n X_i\right) = \sum_{i=1}^n \operatorname{Var}(X_i)"),
    (r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$.", r"E[X^2] = \mu^2 + \sigma^2"),
    (r"Let $X \sim N(a, b)$ and $Y \sim N(c, d)$ be independent.", r"\operatorname{Var}(X + Y) = b + d"),
    (r"Let $Z_1, Z_2$ be independent standard normal variables.", r"E[Z_1^2 + Z_2^2] = 2"),
    (r"Let $X_1, \ldots, X_N$ be i.i.d. with mean $\mu$ and $\hat\mu = \frac1N \sum_{i=1}^N X_i$.", r"E[\hat\mu] = \mu"),
    (r"Let $Z \sim N(0, 1)$.", r"E[Z^4] = 3"),
    (r"Let $X \sim \mathrm{Bernoulli}(p)$.", r"E[e^{tX}] = 1 - p + p e^t"),
    (r"Let $T \sim \mathrm{Exp}(\lambda)$.", r"\sqrt{\operatorname{Var}(T)} = \frac{1}{\lambda}"),
    (r"Let $U$ be uniform on $[a, b]$ for all expectations.", r"\operatorname{Var}(U) = \frac{(b-a)^2}{12}"),
    (EVENTS, r"P(A \mid B) = \frac{P(B \mid A) P(A)}{P(B)}"),
    (EVENTS, r"P(A \cup B) = P(A) + P(B) - P(A \cap B)"),
    (EVENTS, r"P(A^c) = 1 - P(A)"),
    (EVENTS, r"\Pr(\bar A) = 1 - \Pr(A)"),
    (EVENTS, r"P(\neg A) = 1 - P(A)"),
    (EVENTS, r"P(\overline{A \cup B}) = P(\bar A \cap \bar B)"),
    (EVENTS, r"P(A) = P(A|B) P(B) + P(A|B^c) P(B^c)"),
    (EVENTS, r"P(A, B, C) = P(A | B, C) P(B | C) P(C)"),
    ("Let $A$ and $B$ be independent events.", r"P(A | B) = P(A)"),
    (r"Let $A$ and $B$ be disjoint events.", r"P(A \cup B) = P(A) + P(B)"),
    (r"The events $B_1, \dots, B_n$ form a partition.", r"P(A) = \sum_{i=1}^n P(A | B_i) P(B_i)"),
    (TABLE, r"p(x \mid y) = \frac{p(y \mid x) p(x)}{p(y)}"),
    (TABLE, r"p(x) = \sum_y p(x | y) p(y)"),
    (TABLE, r"\sum_x p(x | y) = 1"),
    (TABLE, r"\sum_x x p(x) = \sum_y p(y) \sum_x x p(x | y)"),
    ("The probability of three numbers.", r"p(x, y, z) = p(x | y, z) p(y | z) p(z)"),
    (ENTROPY, r"H(X, Y) = H(Y) + H(X \mid Y)"),
    (ENTROPY, r"I(X; Y) = H(X) + H(Y) - H(X, Y)"),
    (ENTROPY, r"H(X \mid Y) = -\sum_{x, y} p(x, y) \log p(x \mid y)"),
]  # fmt: skip

WRONG = [
    (VARIABLES, r"\mathbb{E}[aX + b] = a\mathbb{E}[X]"),
    (VARIABLES, r"E[X + Y] = E[X] - E[Y]"),
    (VARIABLES, r"E[X^2] = E[X]^2"),
    (VARIABLES, r"E[1/X] = 1/E[X]"),
    (VARIABLES, r"\operatorname{Var}(X) = E[X^2] + E[X]^2"),
    (VARIABLES, r"\operatorname{Var}(aX + b) = a \operatorname{Var}(X)"),
    (VARIABLES, r"\operatorname{Var}(aX + b) = a^2 \operatorname{Var}(X) + b"),
    (VARIABLES, r"\operatorname{Cov}(X, Y) = -\operatorname{Cov}(Y, X)"),
    (VARIABLES, r"\operatorname{Cov}(X, Y) = E[XY] + E[X] E[Y]"),
    (VARIABLES, r"\operatorname{Cov}(aX + b, cY + d) = (ac + bd) \operatorname{Cov}(X, Y)"),
    (VARIABLES, r"\operatorname{Var}(X + Y) = \operatorname{Var}(X) + \operatorname{Var}(Y) + \operatorname{Cov}(X, Y)"),
    (VARIABLES, r"\operatorname{Var}(X - Y) = \operatorname{Var}(X) - \operatorname{Var}(Y)"),
    (VARIABLES, r"E[(X - c)^2] = \operatorname{Var}(X) - (E[X] - c)^2"),
    (VARIABLES, r"\frac{d}{dt} E[e^{tX}] = t E[e^{tX}]"),
    (VARIABLES, r"\operatorname{Cov}(A\mathbf{x}) = A^T \operatorname{Cov}(\mathbf{x}) A"),
    (VARIABLES,
     r"\operatorname{Cov}(\mathbf{x}) = \mathbb{E}[\mathbf{x}\mathbf{x}^T] + \mathbb{E}[\mathbf{x}]\mathbb{E}[\mathbf{x}]^T"),
    (r"Let $\mu = E[X]$ for a random variable.", r"E[(X - \mu)^2] = E[X^2] + \mu^2"),
    (INDEPENDENT, r"E[XY] = E[X] + E[Y]"),
    (INDEPENDENT, r"\operatorname{Var}(X - Y) = \operatorname{Var}(X) - \operatorname{Var}(Y)"),
    (INDEPENDENT, r"\operatorname{Var}(X + 2Y) = \operatorname{Var}(X) + 2 \operatorname{Var}(Y)"),
    ("Let $X$ and $Y$ be independent and identically distributed.", r"E[(X - Y)^2] = \operatorname{Var}(X)"),
    (SAMPLE, r"E[\bar X] = n \mu"),
    (SAMPLE, r"\operatorname{Var}(\bar X) = \frac{\sigma^2}{n^2}"),
    (SAMPLE, r"E\left[\sum_{i=1}^n (X_i - \bar X)^2\right] = n \sigma^2"),
    (r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$.", r"E[X^2] = \mu^2 - \sigma^2"),
    (r"Let $Z \sim N(0, 1)$.", r"E[Z^4] = 4"),
    (r"Let $X \sim \mathrm{Bernoulli}(p)$.", r"\operatorname{Var}(X) = p^2"),
    (r"Let $T \sim \mathrm{Exp}(\lambda)$.", r"E[T^2] = \frac{1}{\lambda^2}"),
    (r"Let $U$ be uniform on $[a, b]$ for all expectations.", r"\operatorname{Var}(U) = \frac{b-a}{12}"),
    (EVENTS, r"P(A \mid B) = \frac{P(B \mid A) P(B)}{P(A)}"),
    (EVENTS, r"P(A \cup B) = P(A) + P(B) + P(A \cap B)"),
    (EVENTS, r"P(A^c) = P(A) - 1"),
    (EVENTS, r"P((A \cup B)^c) = P(A^c \cup B^c)"),
    (EVENTS, r"P(A | B) = 1 - P(A | B^c)"),
    (EVENTS, r"P(A) = P(A|B) P(B) + P(A|B^c) P(B)"),
    ("Let $A$ and $B$ be independent events.", r"P(A \cup B) = P(A) + P(B) + P(A) P(B)"),
    (r"The events $B_1, \dots, B_n$ form a partition.", r"P(A) = \sum_{i=1}^n P(B_i | A) P(B_i)"),
    (TABLE, r"p(x \mid y) = \frac{p(y \mid x) p(y)}{p(x)}"),
    (TABLE, r"p(x) = \sum_y p(x | y)"),
    (TABLE, r"\sum_{x, y} p(x, y) \log p(x, y) = \sum_x p(x) \log p(x) - \sum_y p(y) \log p(y)"),
    (ENTROPY, r"H(X, Y) = H(X) + H(X \mid Y)"),
    (ENTROPY, r"I(X; Y) = H(X) + H(Y) + H(X, Y)"),
    (ENTROPY, r"H(X) = \sum_x p(x) \log p(x)"),
]  # fmt: skip

OPEN = [  # (text, line, what the reader learns): it holds under a hypothesis that the text does not state
    (VARIABLES, r"E[XY] = E[X] E[Y]", "X and Y are independent"),
    (VARIABLES, r"\operatorname{Var}(X + Y) = \operatorname{Var}(X) + \operatorname{Var}(Y)", "X and Y are independent"),
    (VARIABLES, r"\operatorname{Var}(X) = E[X^2]", "the mean of X is 0"),
    (VARIABLES,
     r"\operatorname{Var}\left(\sum_{i=1}^n X_i\right) = \sum_{i=1}^n \operatorname{Var}(X_i)", "the X_i are independent"),
    (r"Let $X_1, \dots, X_n$ be independent random variables.", r"E\left[\sum_{i=1}^n X_i\right] = n E[X_1]", "identically"),
    ("If $X$ and $Y$ are not independent:", r"E[XY] = E[X] E[Y]", "X and Y are independent"),
    (EVENTS, r"P(A \cup B) = P(A) + P(B)", "A and B are disjoint"),
    (EVENTS, r"P(A \cap B) = P(A) P(B)", "A and B are independent"),
    (EVENTS, r"P(A, B | C) = P(A | C) P(B | C)", "independent"),
    (EVENTS, r"P(A) = \sum_{i=1}^n P(A | B_i) P(B_i)", "the B_i are a partition"),
    (TABLE, r"p(x, y) = p(x) p(y)", "x and y are independent"),
    (ENTROPY, r"H(X, Y) = H(X) + H(Y)", "X and Y are independent"),
]  # fmt: skip

NEVER_REFUTED = [  # the text says more than was understood, or it is not clear what is meant
    (r"Let $X \in \{0, 1\}$ be random.", r"E[X^2] = E[X]"),
    (r"We have $P(X = 1) = p$ and $P(X = 0) = 1 - p$.", r"E[X^2] = E[X]"),
    ("Let $Y$ be an indicator and random.", r"E[Y^2] = E[Y]"),
    ("The random variables $X$ and $Y$ have the same distribution.", r"E[X] = E[Y]"),
    ("The random variables are independent.", r"E[XY] = E[X] E[Y]"),
    (VARIABLES, r"E[(X - \mu)^2] = E[X^2] - \mu^2"),
    (r"Let $X \sim \mathrm{Gamma}(a, b)$.", r"E[X] = \frac{a}{b}"),
    (r"Let $X \sim \mathrm{Weibull}(k)$.", r"E[\cos X] = e^{-k/2} \cos k"),
    (VARIABLES, r"E[X \mid Y] = E[X]"),
    (VARIABLES, r"E[E[X \mid Y, Z]] = E[X]"),
    (VARIABLES, r"E_{x \sim p}[x] = E_{x \sim q}[x]"),
    (SAMPLE, r"E[X_i X_j] = \mu^2"),
    (TABLE, r"p(x | y) = e^{-xy}"),
    (EVENTS, r"P(A) = 0.3"),
    ("The die shows a random number $X$.", r"E[X] = \frac{7}{2}"),
    ("The average of random numbers.", r"E[S^2] = \sigma^2"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line"), TRUE)
def test_a_law_is_proved(before: str, line: str) -> None:
    found = last(before, line)
    assert (found.outcome, found.role) == (P, "claim"), found.detail


@pytest.mark.parametrize(("before", "line"), WRONG)
def test_a_slip_is_refuted(before: str, line: str) -> None:
    found = last(before, line)
    assert (found.outcome, found.role) == (R, "claim"), found.detail
    assert found.counterexample is not None


@pytest.mark.parametrize(("before", "line", "said"), OPEN)
def test_what_needs_a_hypothesis_says_which(before: str, line: str, said: str) -> None:
    found = last(before, line)
    assert found.outcome is D
    assert found.detail.startswith("it would hold if ")
    assert said in found.detail
    assert found.advice


@pytest.mark.parametrize(("before", "line"), NEVER_REFUTED)
def test_what_is_not_understood_is_not_called_wrong(before: str, line: str) -> None:
    found = last(before, line)
    assert found.outcome in {D, U} or found.role == "definition", found.detail


def test_a_table_of_numbers() -> None:
    """The figures of these tables, so that none of them shrinks unseen."""
    assert (len(TRUE), len(WRONG), len(OPEN), len(NEVER_REFUTED)) == (56, 43, 12, 16)


def test_an_annotation_says_what_is_independent() -> None:
    line = r"$$E[XY] = E[X] E[Y]$$"
    before, after = read(f"Random variables.\n\n{line}\n<!-- calcds: independent X, Y -->\n{line}")
    assert (before.outcome, after.outcome) == (D, P)
    assert before.advice == "X, Y: independent"
    again = read(f"Random variables.\n<!-- calcds: {before.advice} -->\n{line}")
    assert again[-1].outcome is P


def test_a_supposition_holds_in_its_sentence() -> None:
    text = "If $X$ and $Y$ are independent, then $E[XY] = E[X] E[Y]$. In general, $E[XY] = E[X] E[Y]$."
    assert [f.outcome for f in read(text)] == [P, D]


def test_a_counterexample_is_values_and_probabilities() -> None:
    found = last(VARIABLES, r"\operatorname{Var}(aX + b) = a \operatorname{Var}(X)")
    assert found.counterexample is not None
    assert set(found.counterexample.values) == {"X", "a", "b", "prob"}


ORDINARY = [  # letters of chance that are none
    (r"The error $E(w) = \frac12 w^2$ of a random start. $$E(2w) = 4 E(w)$$", P),
    (r"A random polynomial $p(x) = x^2 + 1$. $$p(x) p(y) = x^2 y^2 + x^2 + y^2 + 1$$", P),
    (r"Let $P, A \in \mathbb{R}^{n \times n}$. $$P(A + A) = 2PA$$", P),
    (r"Let $P, A \in \mathbb{R}^{n \times n}$. $$P(A + A) = 3PA$$", R),
    (r"$$A \cup B = B \cup A$$", U),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ORDINARY)
def test_letters_of_chance_mean_other_things(text: str, expected: Outcome) -> None:
    assert read(text)[-1].outcome is expected


# -- terms ------------------------------------------------------------------------------------------------------

N = Dim("N")
K = INDEX.symbol("k")
WEIGHTS = Probability[N].symbol("prob")


def chance(event: Term) -> Term:
    return op.Sum(entry(WEIGHTS, K, ZERO) * event, (K, ZERO, N - ONE))


def test_an_event_is_its_own_square() -> None:
    a, plain = entry(Event[N].symbol("A"), K, ZERO), entry(Vector[N].symbol("A"), K, ZERO)
    square = number(2)
    assert decide_terms(chance(a**square), chance(a)).outcome is P
    assert decide_terms(chance(plain**square), chance(plain)).outcome is R
    assert decide_terms(chance(a**square), chance(a) + chance(a)).outcome is R


def test_moments_tell_polynomials_of_degree_two_only() -> None:
    x, y, m, v = (Real.symbol(s) for s in "xymv")
    known = {x: Moments(m, v)}
    square, cube = by_moments(x ** number(2), known, {}), by_moments(x ** number(3), known, {})
    assert cube is None
    assert square is not None
    assert decide_terms(square, m ** number(2) + v).outcome is P
    assert decide_terms(square, m ** number(2)).outcome is R
    tied = by_moments(x * y, {**known, y: Moments(m, v)}, {frozenset((x, y)): Real.symbol("c")})
    assert tied is not None
    assert decide_terms(tied, m ** number(2) + Real.symbol("c")).outcome is P


def test_degree_is_none_where_it_is_not_seen() -> None:
    x = Real.symbol("x")
    here = frozenset({x})
    wide = Matrix[N, N].symbol("A")
    assert degree(x * x + x, here) == 2
    assert degree(op.function("exp")(x), here) is None
    assert degree(ONE / x, here) is None
    assert degree(entry(wide, ZERO, ZERO), here) == 0
