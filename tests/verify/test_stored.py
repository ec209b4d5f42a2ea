"""Findings come back from JSON exactly as they were, or not at all."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest

from calcds.decide.verdict import Counterexample, Outcome
from calcds.document.finding import Finding
from calcds.verify.stored import CODECS, NotStorable, from_plain, to_plain

POINT = Counterexample(
    sizes={"n": 2, "m": 1},
    values={"x": "-1/3", "A": [["1", "0"], ["0", "2/7"]], "f": "x^2"},
    left=[["1.25 +/- 3e-30"], ["123456789012345678901234567890"]],
    right=[["0"], ["1"]],
    entry=(1, 0),
)
FULL = Finding(
    12, 3, Outcome.REFUTED, "ein Grund: «≠» \u2028", "erratum", "numbers", r"\frac{1}{2}", "x", "≈", "a", "b",
    ("A: Matrix[n, n]",), ("x != 0", "n >= 1"), POINT, "A is symmetric", "x: Real", 0.1 + 0.2, 12, 40, "x + 1",
)  # fmt: skip


def there_and_back(found: list[Finding]) -> list[Finding]:
    return from_plain(json.loads(json.dumps(to_plain(found))))


def test_every_field_survives() -> None:
    assert not [f.name for f in fields(Finding) if getattr(FULL, f.name) == f.default], "a field is not tried"
    assert there_and_back([FULL]) == [FULL]
    assert repr(there_and_back([FULL])) == repr([FULL])


def test_every_type_of_a_field_has_a_row() -> None:
    assert {str(f.type) for f in fields(Finding)} == set(CODECS)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_survives(outcome: Outcome) -> None:
    one = Finding(1, 0, outcome, "")
    assert there_and_back([one]) == [one]
    assert type(there_and_back([one])[0].outcome) is Outcome


@pytest.mark.parametrize(
    "point",
    [
        replace(POINT, values={"x": 0.5}),  # not exact
        replace(POINT, values={"A": (("1", "0"),)}),  # a tuple would come back as a list
        replace(POINT, left={"re": "1"}),
        replace(POINT, sizes={"n": 2.0}),  # type: ignore[dict-item]
    ],
)
def test_what_would_come_back_changed_is_not_stored(point: Counterexample) -> None:
    with pytest.raises(NotStorable):
        to_plain([replace(FULL, counterexample=point)])


PLAIN = to_plain([FULL])[0]


@pytest.mark.parametrize(
    "said",
    [
        {key: value for key, value in PLAIN.items() if key != "link"},
        {**PLAIN, "more": 1},
        {**PLAIN, "line": "12"},
        {**PLAIN, "line": True},
        {**PLAIN, "outcome": "true"},
        {**PLAIN, "given": "A"},
        {**PLAIN, "counterexample": {**PLAIN["counterexample"], "entry": [1]}},
        {**PLAIN, "counterexample": {"sizes": {}}},
        "finding",
        None,
    ],
)
def test_what_is_not_a_finding_is_none(said: Any) -> None:
    with pytest.raises(NotStorable):
        from_plain([said])
