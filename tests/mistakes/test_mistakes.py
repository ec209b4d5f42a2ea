"""Wrong derivations, each line with the outcome it must get: a checker is only as good as what it rejects."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.report.junit import plain
from calcds.verify.run import verify

FILES = sorted(path for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("test_"))
EXPECTED = re.compile(r"#: (\w+)(?:: (.*))?$")


def expected(file: Path) -> dict[int, tuple[str, str]]:
    """Line -> outcome and what must be said."""
    found = enumerate(map(EXPECTED.search, file.read_text().splitlines()), start=1)
    return {number: (match[1], match[2] or "") for number, match in found if match}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_mistake_comes_out_as_it_must(file: Path) -> None:
    wanted = expected(file)
    report = verify(file, jobs=2)
    assert {row.line for row in report} >= set(wanted)
    for row in report:
        outcome, said = wanted.get(row.line, ("proved", ""))
        assert row.outcome.value == outcome, plain(row)
        assert said in f"{row.detail} {row.holds_if}", plain(row)
        assert (row.counterexample is not None) == (row.outcome is Outcome.REFUTED), plain(row)
    assert report.exit_code() == 1
