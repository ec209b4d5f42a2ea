"""Inequalities that a text claims: what is proved, what is certainly wrong, and what nothing is said of."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.document.checking import findings
from calcds.document.finding import Finding
from calcds.document.source.extract import cut

ORDERS = {"<", ">", "\N{LESS-THAN OR EQUAL TO}", "\N{GREATER-THAN OR EQUAL TO}"}
SIGMOID = r"Let $\sigma(z) = \frac{1}{1 + e^{-z}}$. "


def orders(text: str) -> list[str]:
    """The outcomes of the inequalities of a text."""
    return [row.outcome.value for row in rows(text) if row.link in ORDERS]


def rows(text: str) -> list[Finding]:
    """All rows of a text."""
    return findings(cut(Path("notes.md"), text))


@pytest.mark.parametrize("text", [
    r"For all $x > 0$ we have $\ln x \le x - 1$.",
    r"We have $e^x \ge 1 + x$ for all $x$.",
    r"$$2ab \le a^2 + b^2$$",
    r"$$(a + b)^2 \le 2(a^2 + b^2)$$",
    r"$$\|x + y\| \le \|x\| + \|y\|$$",
    r"$$|u^\top v| \le \|u\| \, \|v\|$$",
    r"$$\|A x\|^2 \le \|A\|_F^2 \, \|x\|^2$$",
    r"Let $X \in \mathbb{R}^{n \times d}$ and $v \in \mathbb{R}^d$. $$\|Xv\|^2 \ge 0$$",
    r"$$\|u\|^2 + 2 u^\top v + \|v\|^2 \le \|u\|^2 + 2 \|u\| \|v\| + \|v\|^2$$",
    r"Hence $|\tanh x| \le 1$.",
    r"$$\sum_{t=1}^T \frac{1}{\sqrt t} \le 2\sqrt T - 1$$",
    r"$$\sum_{k=1}^n \frac{1}{k^2} \le 2 - \frac1n$$",
    r"So $0.3 + 0.4 < 0.8$.",
    r"We find $2^{10} > 1000$.",
    SIGMOID + r"Then $\sigma'(z) \le \tfrac14$.",
    SIGMOID + r"Then $\sigma'(z) = \sigma(z)(1 - \sigma(z)) \le \tfrac14$.",
    r"Since $x^2 > 4$ for $x > 2$, we are done.",
    r"If $x > 2$, then $x^2 > 4$.",
])  # fmt: skip
def test_what_holds_is_proved(text: str) -> None:
    """With the names as they stand, with definitions, with the conditions of its sentence."""
    assert orders(text) == ["proved"]


@pytest.mark.parametrize("text", [
    SIGMOID + r"We always have $\sigma'(z) \le \tfrac18$.",
    SIGMOID + r"We always have $\sigma'(z) \le 0.24$.",
    r"For all $x > 0$ we have $\ln x \le x - 1.1$.",
    r"We have $2ab \le a^2 + b^2 - 0.01$ for all $a$, $b$.",
    r"We have $(a + b)^2 \le 1.9(a^2 + b^2)$ for all $a$, $b$.",
    r"The inequality $1 + x \ge e^x$ holds for all $x$.",
    r"Hence $$\sum_{t=1}^T t^{-1/2} \le 2\sqrt T - 2.$$",
    r"So $0.3 + 0.4 < 0.6$.",
    r"So $2^{10} > 1100$.",
])  # fmt: skip
def test_what_is_certainly_wrong_is_called_so(text: str) -> None:
    """Where nothing restricts the names, the words claim it, and a small change is proved; numbers by themselves."""
    assert orders(text) == ["refuted"]


@pytest.mark.parametrize("text", [
    r"The set $x^2 + y^2 \le 1$ is a disc.",
    r"For $|q| < 1$ we have $q = q$.",
    r"We need $x^2 \ge 4$ here.",
    r"Suppose $a^2 + b^2 \le 2ab$. Hence $a = b$.",
    r"We have $\sqrt{ab} \le \frac{a + b}{2}$ for all such numbers.",  # for a, b >= 0, as everyone knows
    r"We have $(1 + x)^n \ge 1 + nx$ for all $n$.",
    r"We have $(1 + x)^2 \ge 1 + 3x$.",  # for x >= 1, as somebody may have said
    r"The inequality $1 + x^2 \ge 2$ is used.",
    r"We have $n! > 2^n$ for all large $n$.",
    r"If $0.3 + 0.4 < 0.6$, then we stop.",
    r"Is $2^{10} > 1100$?",
    r"It is not true that $2^{10} > 1100$.",
    r"We have $p \ge p^2$ for all probabilities $p$.",
    r"We have $x \ge x^2$ for all $x \in [0, 1]$.",
    r"Let $0 \le x \le 1$. Hence we always have $x^2 \le x$.",
    r"Subject to $x^2 + y^2 \ge 3$ we minimise.",
    r"So $1/3 > 0.333$ and $0.333 \ge 1/3$.",  # the second one may be rounded
    r"It is $0.3 + 0.4 < 0.7$.",  # of rounded numbers
    r"Predict 1 if $\sigma(z) \ge 0.5$.",
    r"We have $f(x) \ge 3$ for all $x$.",
    r"Then $0 < \eta < 2/L$.",
    r"So $\lambda_1 \ge \lambda_2 \ge \dots \ge \lambda_n$.",
    r"The test $x^2 > 3$ holds always.",
])  # fmt: skip
def test_nothing_else_is_called_wrong(text: str) -> None:
    """Conditions, regions, tacit restrictions, roundings and questions."""
    assert "refuted" not in orders(text)


@pytest.mark.parametrize("text", [
    r"We have $\ln x \le x - 1.001$ for all $x > 0$.",
    r"$$2ab \le a^2 + b^2 - 10^{-6}$$",
    r"$$(a + b)^2 \le 1.99(a^2 + b^2)$$",
    r"$$\sqrt{1 + x^2} \le 1 + 0.49 |x|$$",
    r"$$\sum_{k=1}^n \frac{1}{k^2} \le 2 - \frac{1.1}{n}$$",
    r"$$\sum_{t=1}^T t^{-1/2} \le 2\sqrt T - 1.01$$",
    r"$$\sum_{t=1}^T t^{-1/2} \le 1.99\sqrt T$$",
    r"$$|\tanh x| \le 0.999$$",
    r"$$x(1 - x) \le 0.2499$$",
    r"$$e^x \ge 1 + 1.001 x$$",
    r"$$\|u\|^2 + 2.1 u^\top v + \|v\|^2 \le \|u\|^2 + 2 \|u\| \|v\| + \|v\|^2$$",
    r"$$\|A x\|_1 \le \|A\|_F \, \|x\|$$",
    r"$$\|x + y\| \le \|x\|$$",
    r"$$u^\top v \ge 0$$",
    r"$$\|x + y\| \le 0.99\|x\| + \|y\|$$",
    r"$$|x^\top y| \le 0.99 \|x\| \|y\|$$",
    r"$$\frac{x}{1 + x^2} < \frac12$$",
    r"$$e^{-x^2} \le \frac{1}{1 + 1.01 x^2}$$",
    r"We have $f(x) \le 1$, with equality for $x \ge 2$.",
    r"$$a^2 + b^2 \le 2ab$$ Then again $a^2 + b^2 \le 2ab$.",  # a line is no reason for itself
])  # fmt: skip
def test_what_is_slightly_wrong_never_passes(text: str) -> None:
    """Nothing false is proved, and nothing is supported by points at which it holds."""
    assert not {"proved", "supported"} & set(orders(text))


@pytest.mark.parametrize("text", [
    r"$$x^2 \ge$$", r"$$\le 3$$", r"$$a \not\le b$$", r"$$(x^2 \ge 0$$", r"$$x^2 \ge 0 \le$$", r"$$\sum_{k=1}^n \le \ge 3$$",
])  # fmt: skip
def test_what_makes_no_sense_is_no_fault(text: str) -> None:
    """Half an inequality says nothing."""
    assert not any("fault" in row.detail for row in rows(text))


def test_a_mixed_chain_keeps_its_equalities() -> None:
    """Every pair has a row of its own, with its relation."""
    found = rows(r"It is $(x + 1)^2 = x^2 + 2x + 1 \ge 4x$ and $\ln 2 < 0.7$.")
    assert [(row.link, row.outcome.value) for row in found] == [("=", "proved"), ("\N{GREATER-THAN OR EQUAL TO}", "proved"),
                                                                ("<", "proved")]  # fmt: skip


def test_what_follows_from_an_order_is_not_claimed_for_all() -> None:
    """A proved inequality is no identity from which an equation follows."""
    found = rows(r"$$x^2 \ge 0 \implies x = 1$$")
    assert not any(row.outcome.value == "refuted" for row in found)
