"""Folding without recursion."""

from __future__ import annotations

from typing import Any

import pytest

from calcds.expr.trampoline import Steps, fold


def length(t: Any) -> Steps:
    below = yield t
    return 1 + sum(below)


def nested(depth: int) -> tuple[Any, ...]:
    found: tuple[Any, ...] = ()
    for _ in range(depth):
        found = (found,)
    return found


class Leaf:
    """A node that counts how often it is visited."""

    visits = 0


def test_results_of_parts_are_shared() -> None:
    leaf = Leaf()

    def rule(t: Any) -> Steps:
        if isinstance(t, Leaf):
            Leaf.visits += 1
            return 1
        return sum((yield t))

    assert fold((leaf, leaf, (leaf,)), rule, {}) == 3
    assert Leaf.visits == 1


def test_depth_costs_no_recursion() -> None:
    """A chain of numbers, each needing the one below; far deeper than Python's own limit."""

    def rule(k: int) -> Steps:
        (below,) = (yield (k - 1,)) if k else (yield ()) or (0,)
        return below + 1

    assert fold(20_000, rule, {}) == 20_001


def test_a_rule_may_ask_twice() -> None:
    def rule(k: int) -> Steps:
        if k < 2:
            return k
        (a,) = yield (k - 1,)
        (b,) = yield (k - 2,)
        return a + b

    assert fold(60, rule, {}) == 1548008755920


def test_errors_of_rules_come_out() -> None:
    def rule(k: int) -> Steps:
        if k == 0:
            raise KeyError("zero")
        return (yield (k - 1,))

    with pytest.raises(KeyError):
        fold(3, rule, {})


def test_what_is_known_is_not_asked() -> None:
    assert fold("known", length, {"known": 7}) == 7
    assert fold(nested(3), length, {}) == 4
