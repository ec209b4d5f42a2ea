"""What the blackboard reads from a file: values, texts, places, and faults where a line makes no sense."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.derivation.loader import read
from calcds.derivation.model import Derivation, Network

HEAD = "from calcds.notation import *\nm, n = map(Dim, 'mn')\ni, j = Index('i'), Index('j')\n"


def board(
    tmp_path: Path, body: str, signature: str = "x: Real, y: Real", decorator: str = '@derivation("T")'
) -> Derivation:
    """The derivation with this body; its first line is line 6 of the file."""
    lines = "\n".join("    " + line for line in body.splitlines())
    file = tmp_path / "notes.py"
    file.write_text(f"{HEAD}{decorator}\ndef it({signature}):\n{lines}\n")
    (found,) = read(file)
    return found


def said(derivation: Derivation) -> list[tuple[str, str]]:
    """Kind and right-hand text of every claim."""
    return [(claim.kind, claim.line.text) for claim in derivation.claims]


# -- lines and claims -----------------------------------------------------------------------------------------


def test_adjacent_lines_are_claimed_equal(tmp_path: Path) -> None:
    found = board(tmp_path, "yield (x + y)**2\nyield x**2 + 2*x*y + y**2, 'multiply out'\nyield x*x, 'wrong'")
    assert said(found) == [("equal", "x**2 + 2*x*y + y**2"), ("equal", "x*x")]
    assert str(found.claims[0].left) == "(x + y)**2"
    assert found.claims[0].line.reason == "multiply out"
    assert [found.claim_id(c) for c in found.claims] == ["notes.py::it[1]", "notes.py::it[2]"]


def test_a_value_is_kept_as_it_was_written(tmp_path: Path) -> None:
    """Nothing is simplified: a line that another program would rewrite into the one above stays different."""
    found = board(tmp_path, "yield X.T*X*(X.T*X).I\nyield eye(n), 'cancel'", "X: Matrix[m, n]")
    assert str(found.claims[0].left) == "X.T*X*(X.T*X).I"


def test_every_claim_knows_its_line_and_column(tmp_path: Path) -> None:
    found = board(tmp_path, "yield x\n\nyield (x +\n       0), 'zero'\nif True: yield 1*x, 'one'")
    spans = [claim.line.span for claim in found.claims]
    assert [(s.line, s.column) for s in spans] == [(8, 4), (10, 13)]
    assert found.claims[0].line.text == "x + 0"


def test_two_lines_of_one_line_of_the_file_are_told_apart(tmp_path: Path) -> None:
    found = board(tmp_path, "yield x; yield x + 0, 'zero'")
    assert said(found) == [("equal", "x + 0")]


def test_local_definitions_are_kept_as_text(tmp_path: Path) -> None:
    found = board(tmp_path, "s = 1/(1 + exp(-x))\nyield s*(1 - s)\nyield s - s**2, 'multiply out'")
    assert [(let.name, let.text) for let in found.lets] == [("s", "1/(1 + exp(-x))")]
    assert found.lines[0].text == "s*(1 - s)"
    assert str(found.lines[0].value) != "s*(1 - s)"


def test_start_begins_a_new_chain(tmp_path: Path) -> None:
    found = board(tmp_path, "yield x\nyield x + 0, 'zero'\nyield start(y)\nyield y + 0, 'zero'")
    assert [(str(c.left), str(c.right)) for c in found.claims] == [("x", "x + 0"), ("y", "y + 0")]


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("yield Eq(x, y)\nyield Eq(x - y, 0), 'r'", ["equivalent"]),
        ("yield x < y\nyield y > x, 'turned'", ["equivalent"]),
        ("yield Eq(x + y, y + x), 'commutes'", ["holds"]),
        ("yield x\nyield x + 0, 'r'\nyield x**2 >= 0, 'square'\nyield 1*x, 'r'", ["equal", "holds", "equal"]),
        (
            "yield Eq(x, y)\nyield holds(x**2 >= 0), 'square'\nyield Eq(y, x), 'turned'",
            ["holds", "equivalent"],
        ),
        ("yield x\nyield holds(x**2 >= 0), 'square'", ["holds"]),
        ("yield Eq(x, y)\nyield x, 'no'", ["bad"]),
    ],
)
def test_relations_are_chained_or_asserted(tmp_path: Path, body: str, kinds: list[str]) -> None:
    assert [claim.kind for claim in board(tmp_path, body).claims] == kinds


def test_an_assertion_does_not_break_the_chain(tmp_path: Path) -> None:
    found = board(tmp_path, "yield x\nyield holds(x**2 >= 0), 'r'\nyield x + 0, 'r'")
    assert (str(found.claims[1].left), str(found.claims[1].right)) == ("x", "x + 0")


def test_a_condition_is_assumed_from_its_line_on(tmp_path: Path) -> None:
    found = board(tmp_path, "yield x\nyield x + 0, 'r'\nyield assume(x > 0)\nyield Abs(x), 'r'")
    assert [tuple(map(str, claim.given)) for claim in found.claims] == [(), ("x > 0",)]


def test_an_assumption_may_stand_first(tmp_path: Path) -> None:
    found = board(tmp_path, "yield assume(x > 0)\nyield x\nyield Abs(x), 'r'")
    assert [claim.kind for claim in found.claims] == ["equal"]


def test_a_line_cites_its_own_statements_or_those_of_the_derivation(tmp_path: Path) -> None:
    found = board(
        tmp_path,
        "yield x\nyield x + 0, 'r', 'sadiku-081', 'oh-001'\nyield 1*x, 'r', ['magyar-002']\nyield x, 'r'",
        decorator='@derivation("T", statements=["nogga-001"])',
    )
    assert [found.cited(c) for c in found.claims] == [
        ("sadiku-081", "oh-001"),
        ("magyar-002",),
        ("nogga-001",),
    ]


def test_a_definition_is_known_by_its_reason(tmp_path: Path) -> None:
    found = board(tmp_path, "yield x\nyield x + 0, 'definition of zero'\nyield x, 'indefinite'")
    assert [found.role(c) for c in found.claims] == ["definition", "claim"]


def test_only_the_last_claim_of_an_erratum_is_the_erratum(tmp_path: Path) -> None:
    found = board(
        tmp_path,
        "yield x\nyield x + 0, 'r'\nyield 2*x, 'as printed'",
        decorator='@erratum("T", corrected="it")',
    )
    assert [found.role(c) for c in found.claims] == ["claim", "erratum"]


def test_kinds_make_symbols_and_hypotheses(tmp_path: Path) -> None:
    found = board(
        tmp_path,
        "yield f(a)*k + i\nyield k*f(a) + i, 'r'",
        "f: Function, a: Positive, k: Dim, i: Index[n], S: Symmetric[n]",
    )
    assert found.hypotheses == ("f: Function", "a: Positive", "k: Dim", "i: Index[n]", "S: Symmetric[n]")
    assert said(found) == [("equal", "k*f(a) + i")]


@pytest.mark.parametrize(
    ("decorator", "line", "expected"),
    [
        ('@derivation("T", network="dense.pullback")', "yield x", Network("dense.pullback")),
        ('@derivation("T", network=Network("a.b", z="x"))', "yield x", Network("a.b", z="x")),
        ('@derivation("T", network="a.b")', "yield start(x, network='c.d')", Network("c.d")),
        ('@derivation("T")', "yield x", None),
    ],
)
def test_a_chain_names_the_quantity_it_states(
    tmp_path: Path, decorator: str, line: str, expected: Network | None
) -> None:
    found = board(tmp_path, f"{line}\nyield x + 0, 'r'", decorator=decorator)
    assert found.claims[0].network == expected


# -- faults ---------------------------------------------------------------------------------------------------

FAULTS = [
    # body                                        signature        line  what is said
    ("yield x\nyield x + 0", "x: Real", 7, "every line but the first states its reason"),
    ("yield x\nyield holds(x > 0)", "x: Real", 7, "every line but the first states its reason"),
    ("yield x\nyield q, 'r'", "x: Real", 7, "unknown word 'q'"),
    ("yield x\nyield sgimoid(x), 'r'", "x: Real", 7, "did you mean sigmoid?"),
    ("yield x\nyield Real.symbol('q'), 'r'", "x: Real", 7, "unknown symbol q"),
    ("yield x\nyield Positive.symbol('x'), 'r'", "x: Real", 7, "not the x of the signature"),
    ("yield x[0]\nyield x[i], 'r'", "x: Vector[n]", 7, "the index i is used outside its sum"),
    (
        "yield x[i]\nyield x[i]*Sum(x[i], (i, n)), 'r'",
        "x: Vector[n], i: Index[n]",
        7,
        "the index i stands for two things",
    ),
    (
        "yield 0\nyield Sum(Sum(x[i], (i, n)), (i, n)), 'r'",
        "x: Vector[n]",
        7,
        "the index i stands for two things",
    ),
    ("yield x\nyield x == x, 'r'", "x: Real", 7, "write Eq(left, right)"),
    ("yield x\nyield 'multiply', 'r'", "x: Real", 7, "begins with text in quotes"),
    ("yield x\nyield x, x", "x: Real", 7, "the reason, a text in quotes"),
    ("yield x\nyield x, 'r', 'twice'", "x: Real", 7, "ids of statements such as 'sadiku-081'"),
    ("yield x\nyield", "x: Real", 7, "the expression is missing"),
    ("yield x\nyield object(), 'r'", "x: Real", 7, "not part of the blackboard's language"),
    ("yield x\nyield A*x, 'r'", "A: Matrix[m, n], x: Vector[m]", 7, "cannot multiply"),
    ("yield x\nyield 1/0, 'r'", "x: Real", 7, "ZeroDivisionError"),
    ("yield x\nyield x.foo, 'r'", "x: Real", 7, "an expression has no attribute 'foo'"),
    ("yield x\nexit()", "x: Real", 7, "ends the program"),
    ("yield x", "x: Real", 6, "one line claims nothing"),
    ("yield assume(x > 0)", "x: Real", 6, "one line claims nothing"),
    ("if x is None: yield x", "x: Real", 5, "writes no line"),
    ("while True: yield x, 'r'", "x: Real", 5, "never ends"),
    ("return x", "x: Real", 5, "written with yield"),
    ("yield x\nyield x, 'r'\nreturn x", "x: Real", 5, "return writes nothing"),
    ("yield x\nyield x, 'r'", "x", 5, "x has no kind"),
    ("yield x\nyield x, 'r'", "x: Vector", 5, "needs its sizes"),
    ("yield x\nyield x, 'r'", "x: 3", 5, "is not a kind"),
    ("yield x\nyield x, 'r'", "x: 'Real'", 5, "kinds in the signature are values"),
]


@pytest.mark.parametrize(("body", "signature", "line", "sentence"), FAULTS, ids=[row[3] for row in FAULTS])
def test_a_line_that_makes_no_sense_is_answered_with_a_sentence(
    tmp_path: Path, body: str, signature: str, line: int, sentence: str
) -> None:
    bad = [claim for claim in board(tmp_path, body, signature).claims if claim.kind == "bad"]
    assert bad, "nothing was found wrong"
    assert sentence in bad[0].line.fault
    assert bad[0].line.span.line == line
    assert "NoneType" not in bad[0].line.fault
    assert "Term" not in bad[0].line.fault


def test_the_lines_above_a_bad_one_stand(tmp_path: Path) -> None:
    found = board(tmp_path, "yield x\nyield x + 0, 'r'\nyield undefined(x), 'r'\nyield x, 'r'")
    assert [claim.kind for claim in found.claims] == ["equal", "bad"]


def test_the_lines_below_a_bad_one_are_compared_with_the_last_good_one(tmp_path: Path) -> None:
    found = board(tmp_path, "yield x\nyield Real.symbol('q'), 'r'\nyield x + 0, 'r'")
    assert [claim.kind for claim in found.claims] == ["bad", "equal"]
    assert str(found.claims[1].left) == "x"


def test_a_derivation_that_resists_being_closed_is_read_all_the_same(tmp_path: Path) -> None:
    body = "try:\n    while True: yield x, 'r'\nfinally:\n    raise ValueError('no')"
    assert "never ends" in board(tmp_path, body).claims[0].line.fault
