r"""`dW` as a name for a derivative, where a text says so; losses of one number; functions behind a nabla."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, own_line

FORWARD = r"""Errors go back through $(W^{[2]})^T$. The forward pass is $z^{[1]} = W^{[1]} x + b^{[1]}$,
$a^{[1]} = g(z^{[1]})$, $z^{[2]} = W^{[2]} a^{[1]} + b^{[2]}$ and $a^{[2]} = \sigma(z^{[2]})$, where $g$ acts elementwise,
$\sigma(t) = 1/(1 + e^{-t})$. The loss is $\mathcal{L} = -y \log a^{[2]} - (1 - y) \log(1 - a^{[2]})$."""
WORDS = r"We write $dz^{[2]}$ for $\frac{\partial \mathcal{L}}{\partial z^{[2]}}$ and so on. " + FORWARD
EQUATION = FORWARD + r" Let $dz^{[2]} = \frac{\partial \mathcal{L}}{\partial z^{[2]}}$."
LINES = [
    (r"dz^{[2]} = a^{[2]} - y", r"dz^{[2]} = a^{[2]} + y"),
    (r"dW^{[2]} = dz^{[2]} a^{[1]T}", r"dW^{[2]} = -dz^{[2]} a^{[1]T}"),
    (r"db^{[2]} = dz^{[2]}", r"db^{[2]} = 2 dz^{[2]}"),
    (r"dz^{[1]} = W^{[2]T} dz^{[2]} \odot g'(z^{[1]})", r"dz^{[1]} = W^{[2]T} dz^{[2]} \odot g(z^{[1]})"),
    (r"dW^{[1]} = dz^{[1]} x^T", r"dW^{[1]} = 2 dz^{[1]} x^T"),
]  # fmt: skip


@pytest.mark.parametrize("before", [WORDS, EQUATION])
@pytest.mark.parametrize(("line", "slip"), LINES)
def test_names_for_derivatives(before: str, line: str, slip: str) -> None:
    assert [one.outcome in RIGHT for one in own_line(before, line)] == [True]
    assert not any(one.outcome in RIGHT for one in own_line(before, slip))


def test_a_differential_stays_one() -> None:
    assert not any(one.outcome in RIGHT | WRONG for one in own_line(FORWARD, r"dz^{[2]} = a^{[2]} - y"))
    before = r"We write $dz$ for $\frac{\partial L}{\partial z}$."
    assert own_line(before, r"\int_0^1 z^2 \, dz = \frac13")[0].outcome in RIGHT
    assert own_line(before, r"\frac{d}{dz} z^2 = 2z")[0].outcome in RIGHT
    assert own_line(before, r"\frac{d}{dz} z^2 = 3z")[0].outcome in WRONG


@pytest.mark.parametrize("name", ["L", r"\mathcal{L}", r"\ell"])
def test_weight_decay(name: str) -> None:
    before = rf"For a vector $w$ let $J(w) = {name}(w) + \frac{{\lambda}}{{2}} \|w\|^2$."
    assert [one.outcome in RIGHT for one in own_line(before, rf"\nabla J(w) = \nabla {name}(w) + \lambda w")] == [True]
    slip = own_line(before, rf"\nabla J(w) = \nabla {name}(w) + 2 \lambda w")
    assert not any(one.outcome in RIGHT for one in slip)
