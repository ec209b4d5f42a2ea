# ruff: noqa: E501  (a row is a text)
r"""What a line differentiates on its right is what its left differentiates: `\frac{\partial L}{\partial a} = \frac{\partial}{\partial a} (y - a)^2`."""

from __future__ import annotations

import pytest

from calcds.document.source.differentiated import formula_of
from calcds.document.source.latex import read as tree
from tests.document.lines import RIGHT, WRONG, read

STEPS = r"""The error of the output unit moves the weights.

$$\frac{\partial E}{\partial o} = \frac{\partial}{\partial o} \frac12 (t - o)^2 = -(t - o)$$
$$\frac{\partial o}{\partial s} = \frac{\partial}{\partial s} \left( \frac{1}{1 + e^{-s}} \right) = o (1 - o)$$
$$\frac{\partial s}{\partial u_1} = \frac{\partial}{\partial u_1} (u_1 x_1 + u_2 x_2 + c) = x_1$$

"""
CLAIMS = [  # a line behind these, and a slip in it
    (r"\frac{\partial E}{\partial u_1} = -(t - o) o (1 - o) x_1", r"\frac{\partial E}{\partial u_1} = (t - o) o (1 - o) x_1"),
    (r"\frac{\partial E}{\partial u_2} = \frac{\partial E}{\partial o} \frac{\partial o}{\partial s} x_2", r"\frac{\partial E}{\partial u_2} = \frac{\partial E}{\partial o} \frac{\partial o}{\partial s} x_1"),
    (r"\frac{\partial E}{\partial c} = -(t - o) o (1 - o)", r"\frac{\partial E}{\partial c} = -(t - o) o (1 + o)"),
    (r"\frac{\partial^2 E}{\partial o^2} = 1", r"\frac{\partial^2 E}{\partial o^2} = -1"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "slip"), CLAIMS)
def test_what_was_differentiated_is_known_behind_it(line: str, slip: str) -> None:
    right, wrong = read(f"{STEPS}$${line}$$\n"), read(f"{STEPS}$${slip}$$\n")
    assert [one.role for one in right[:2]] == ["definition", "claim"]
    assert all(one.outcome in RIGHT for one in right), right
    assert wrong[-1].outcome in WRONG, wrong[-1]


def test_a_slip_behind_the_formula_is_called_wrong() -> None:
    for right, slip in ((r"= -(t - o)$", r"= (t - o)$"), (r"= o (1 - o)$", r"= o (1 + o)$"), ("= x_1", "= u_1")):
        assert STEPS.count(right) == 1
        assert [one for one in read(STEPS.replace(right, slip)) if one.outcome in WRONG], slip


OPEN = [  # lines behind a formula that says nothing of them
    STEPS + r"$$\frac{\partial E}{\partial \lambda} = \|u\|^2$$",  # what does not depend on the variable may be left out
    r"Let $E = (t - o)^2 + \lambda o$. $$\frac{\partial E}{\partial o} = \frac{\partial}{\partial o} (t - o)^2 + \lambda$$",
    STEPS + r"For classes $$\frac{\partial E}{\partial o} = \frac{\partial}{\partial o} (-t \ln o) = -\frac{t}{o}$$",  # another loss
]  # fmt: skip


@pytest.mark.parametrize("text", OPEN)
def test_true_lines_are_not_called_wrong(text: str) -> None:
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]


@pytest.mark.parametrize(("left", "right"), [
    (r"\frac{\partial E}{\partial o}", r"\frac{\partial}{\partial s} (t - o)^2"),  # by another variable
    (r"\frac{\partial E}{\partial o}", r"\frac{\partial}{\partial o} (t - s)^2"),  # in which it does not stand
    (r"\frac{\partial E}{\partial o}", r"\frac{\partial}{\partial o} (E + o)"),  # of the name itself
    (r"\frac{\partial E}{\partial o}", r"\frac{\partial}{\partial o} (t - o)^2 + \lambda"),  # and something else
    (r"2 \frac{\partial E}{\partial o}", r"\frac{\partial}{\partial o} (t - o)^2"),
])  # fmt: skip
def test_what_gives_no_formula(left: str, right: str) -> None:
    assert formula_of(tree(left), tree(right)) is None
