"""End to end: a client speaks with `calcds lsp` over its standard input and output."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lsp.client import Editor, applied

pytest.importorskip("pygls", reason="the language server is an extra")

URI = "file:///nowhere/notes.md"
TEXT = "Let $x$ be real.\n\n𝔼 so $\\sqrt{x^2} = x$ holds.\n\n$$x + x = 2x$$\n\nnothing here\n"


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    one = Editor(tmp_path)
    yield one
    assert b"Traceback" not in one.ends()


def test_a_session(editor: Editor) -> None:
    assert editor.started["serverInfo"]["name"] == "calcds"
    assert editor.started["capabilities"]["positionEncoding"] == "utf-16"

    (wrong,) = editor.opens(URI, TEXT)
    assert wrong["range"] == {"start": {"line": 2, "character": 7}, "end": {"line": 2, "character": 21}}
    assert (wrong["severity"], wrong["code"], wrong["source"]) == (1, "refuted", "calcds")
    assert "x = -1     left = 1     right = -1" in wrong["message"]
    assert "It would hold if x is nonnegative." in wrong["message"]

    assert editor.hovers(URI, 2, 10).startswith("**Refuted**")
    assert editor.hovers(URI, 4, 5).startswith("**Proved**")
    assert editor.hovers(URI, 6, 3) == ""
    assert editor.hovers(URI, 99, 99) == ""

    skip = next(row for row in editor.actions(URI, 2, 10) if "skip" in row["title"])
    edit = skip["edit"]["changes"][URI][0]
    assert "𝔼 so <!-- calcds: skip -->$\\sqrt" in applied(TEXT, edit)
    assert editor.actions(URI, 4, 5) == []

    editor.changes(URI, {"range": edit["range"], "text": edit["newText"]})
    assert editor.published(URI) == []

    # two changes at once, the second in the text that the first left: 2x becomes 3x, and a shape that does not fit
    matrix = "$$\\begin{pmatrix} 1 & 2 \\end{pmatrix} + \\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix} = 0$$\n"
    editor.changes(
        URI,
        {"range": {"start": {"line": 4, "character": 10}, "end": {"line": 4, "character": 11}}, "text": "3"},
        {"range": {"start": {"line": 6, "character": 0}, "end": {"line": 6, "character": 0}}, "text": matrix},
    )
    found = editor.published(URI)
    assert (found[0]["range"]["start"], found[0]["code"]) == ({"line": 4, "character": 2}, "refuted")
    assert [row["code"] for row in found[1:] if row["code"] in {"refuted", "proved"}] == []

    editor.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
    assert editor.published(URI) == []
    assert editor.quits() == 0


def test_settings_and_other_ways_to_count(tmp_path: Path) -> None:
    editor = Editor(tmp_path, {"unread": "hint"}, ["utf-8"])
    try:
        uri = "untitled:notes.md"
        unread = "é $$x \\weird{y} = 3$$\n"
        (row,) = editor.opens(uri, unread)
        assert (row["severity"], row["code"]) == (4, "unread")
        assert row["range"]["start"]["character"] >= 5  # é takes two
        editor.notify("workspace/didChangeConfiguration", {"settings": {"calcds": {"unread": "off"}}})
        assert editor.published(uri) == []
        assert editor.quits() == 0
    finally:
        assert b"Traceback" not in editor.ends()


def test_it_ends_with_ctrl_c_and_says_nothing(editor: Editor) -> None:
    editor.opens(URI, TEXT)
    editor.process.send_signal(signal.SIGINT)
    assert editor.process.wait(timeout=10) == 130


def test_a_malformed_document_is_a_note(editor: Editor) -> None:
    (row,) = editor.opens("file:///nowhere/book.ipynb", '{"cells": [')
    assert row["severity"] == 2
    assert editor.quits() == 0


def test_a_document_that_was_checked_before_is_shown_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from calcds.lsp.desk import Job
    from calcds.lsp.server import stored
    from calcds.verify.run import verify

    monkeypatch.setenv("CALCDS_CACHE", str(tmp_path / "cache"))
    file, beside = tmp_path / "notes.md", tmp_path / "notes.md.calcds"
    file.write_text(TEXT, encoding="utf-8")
    assert stored(Job(URI, 0, file, TEXT)) is None
    verify(file, cache=True)
    known = stored(Job(URI, 0, file, TEXT))
    assert known is not None
    assert known.done
    assert [one.outcome.value for one in known.found] == ["refuted", "proved"]
    assert stored(Job(URI, 0, file, TEXT + "\n")) is None
    beside.write_text("x: Positive\n")
    assert stored(Job(URI, 0, file, TEXT, beside)) is None


def test_without_pygls_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import importlib.util

    from calcds.cli.main import main

    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "pygls" else find(name, *a))
    with pytest.raises(SystemExit) as end:
        main(["lsp"])
    assert end.value.code == 2
    assert "pip install 'calcds[lsp]'" in capsys.readouterr().err


def test_the_settings_of_the_guide_are_the_usual_ones() -> None:
    import json
    import re

    from calcds.lsp.diagnostics import USUAL, levels

    page = (Path(__file__).parents[2] / "docs" / "editors.md").read_text()
    block = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert block is not None
    shown = json.loads(block[1])
    assert set(shown) == {outcome.value for outcome in USUAL}
    assert levels(shown) == USUAL
