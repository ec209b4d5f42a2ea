"""The report for people, as a document at 80 columns without colour."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from calcds.decide.verdict import Counterexample, Outcome
from calcds.report.drawing import beside, block, number
from calcds.report.terminal import write
from calcds.verify.result import Report
from tests.report.examples import (
    ALL,
    BROKEN,
    ERRATUM,
    GOOD,
    MALFORMED,
    PROVED,
    REFUTED,
    SCALAR,
    SUPPORTED,
    UNREFUTED,
    row,
)

REFUTED_AS_SHOWN = """\
notes.py:12  quadratic_form[2]                                           REFUTED

    grad(x.T*A*x, x)  =  2*A*x                         "the familiar rule"

    Already false for n = 2:
        A = [0 0]     x = [0]     left = [1]     right = [0]
            [1 0]         [1]            [0]             [0]
    They differ in entry [0, 0] (counted from 0).

    It would hold if A is symmetric.

1 claim in 0.0 s: 1 refuted
1 of 1 fail.
"""
SCALAR_AS_SHOWN = """\
False, for example, at
        x = -1     left = 0     right = 6.28318530717...
"""
BROKEN_AS_SHOWN = """\
broken.py:3                                                            MALFORMED

    A comma is missing between the line and its reason.
"""


def shown(report: Report, *, strict: bool = False, verbose: bool = False) -> str:
    stream = io.StringIO()
    write(report, stream, strict=strict, verbose=verbose, width=80)
    return stream.getvalue()


def test_a_refuted_claim_is_worked_out() -> None:
    assert shown(Report((REFUTED,))) == REFUTED_AS_SHOWN


def test_numbers_stand_on_one_line() -> None:
    assert SCALAR_AS_SHOWN in shown(Report((SCALAR,)))


def test_a_file_that_cannot_be_read_is_named_with_its_line() -> None:
    assert shown(Report((BROKEN,))).startswith(BROKEN_AS_SHOWN)


def test_a_malformed_line_says_why() -> None:
    assert "\n    Cannot add: x is n x 1, but A is n x n.\n" in shown(Report((MALFORMED,)))


def test_an_erratum_that_is_not_refuted_is_a_failure() -> None:
    said = shown(Report((UNREFUTED,)))
    assert "ERRATUM NOT REFUTED" in said
    assert "came out proved" in said
    assert "1 erratum of the sources: 0 refuted as expected" in said


def test_what_is_well_is_counted_and_not_listed() -> None:
    said = shown(GOOD)
    assert said == (
        "1 claim in 0.5 s: 1 proved; 1 also against the network\n"
        "1 erratum of the sources: 1 refuted as expected\n"
        "Nothing refuted, nothing malformed.\n"
    )


def test_verbose_lists_everything() -> None:
    said = shown(GOOD, verbose=True)
    assert PROVED.id.partition("::")[2] in said
    assert "ERRATUM REFUTED, AS EXPECTED" in said


def test_supported_is_shown_only_where_it_matters() -> None:
    assert "quadratic_form[5]" not in shown(Report((SUPPORTED,)))
    assert "Agreed at 40 points to 25 digits." in shown(Report((SUPPORTED,)), strict=True)


def test_notes_and_the_tally_close_the_report() -> None:
    assert shown(ALL).endswith(
        "Note: 1 file(s) without a derivation: helper.py\n"
        "7 claims in 1.2 s: 1 proved, 1 supported, 2 refuted, 1 undecided, 2 malformed; 1 also against the network\n"
        "2 errata of the sources: 1 refuted as expected\n"
        "5 of 9 fail.\n"
    )


def test_an_interrupted_run_says_so_and_claims_nothing() -> None:
    said = shown(Report((PROVED,), interrupted=True))
    assert "Interrupted: what is known so far." in said
    assert "Nothing refuted" not in said


@pytest.mark.parametrize("report", [ALL, GOOD, Report((ERRATUM, SCALAR))])
def test_no_line_is_longer_than_the_screen(report: Report) -> None:
    long = replace(REFUTED, left="x + " * 60 + "x", right="y + " * 60 + "y", reason="r " * 60)
    wide = Counterexample({"n": 9}, {"A": [[str(k)] * 9 for k in range(9)], "x": [["1/2"]] * 9}, "0", "1")
    for line in shown(
        Report((*report.results, long, replace(REFUTED, counterexample=wide))), verbose=True
    ).splitlines():
        assert len(line) <= 80 or line.startswith(("Note", "7 claims", "9 claims"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2/3", "2/3"),
        ("-5", "-5"),
        ("1.25 +/- 3e-30", "1.25"),
        ("-1.2345678901234567 +/- 3e-30", "-1.23456789012..."),
        ("1.2345678901234567e-9 +/- 3e-30", "1.23456789012...e-9"),
        ("u -> u**2", "u -> u**2"),
    ],
)
def test_a_number_is_shortened_only_if_it_is_a_ball(value: str, text: str) -> None:
    assert number(value) == text


def test_columns_of_a_matrix_are_aligned() -> None:
    assert block("A", [["1", "-10"], ["1/2", "0"]]) == ["A = [  1 -10]", "    [1/2   0]"]


def test_blocks_that_do_not_fit_go_below() -> None:
    one, two = ["A = [0 0]", "    [1 0]"], ["x = 1"]
    assert beside([one, two], 80) == ["A = [0 0]     x = 1", "    [1 0]"]
    assert beside([one, two], 12) == ["A = [0 0]", "    [1 0]", "x = 1"]


def test_an_undecided_claim_is_named_with_its_reason() -> None:
    said = shown(Report((row(1, Outcome.UNDECIDED, "every stage was silent"),)))
    assert "UNDECIDED" in said
    assert "Every stage was silent." in said
    assert "fail" not in said


def test_two_values_that_differ_late_are_shown_to_where_they_differ() -> None:
    late = Counterexample({}, {}, "2.718145926824925 +/- 1e-16", "135907296341/50000000000")
    said = shown(Report((replace(REFUTED, counterexample=late, holds_if=""),)))
    assert "False:\n        left = 2.71814592682...     right = 2.71814592682\n" in said
    close = Counterexample({}, {}, "2.7181459268249255 +/- 1e-16", "2.7181459268249299 +/- 1e-16")
    said = shown(Report((replace(REFUTED, counterexample=close, holds_if=""),)))
    assert "left = 2.7181459268249255     right = 2.7181459268249299" in said


def test_every_silent_stage_has_its_own_line() -> None:
    said = shown(Report((row(1, Outcome.UNDECIDED, "numbers: no rule; normal form: too big"),)))
    assert "    numbers: no rule.\n    normal form: too big.\n" in said


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("123456789/1000", "123456.789"),
        ("100001/25000", "4.00004"),
        ("1001/2500", "1001/2500"),
        ("-123456789/1000", "-123456.789"),
        ("1000000000/3000000001", "0.333333333222..."),
        ("1/30000000000000", "0.000000000000..."),
        ("12345678901234567890", "1.23456789012...e19"),
        ("-135907296341/50000000000", "-2.71814592682"),
        ("x -> 123456789012/5", "x -> 123456789012/5"),
    ],
)
def test_a_long_fraction_is_shown_as_a_decimal(value: str, text: str) -> None:
    assert number(value) == text


def test_a_reason_that_is_a_sentence_begins_with_a_capital() -> None:
    """The name of a stage does not."""
    said = shown(Report((row(1, Outcome.UNDECIDED, "it does not hold as read: a sign; normal form: too big"),)))
    assert "    It does not hold as read: a sign.\n    normal form: too big.\n" in said
