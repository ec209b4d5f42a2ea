"""From LaTeX to PDF through latexmk, in a folder of its own; nothing half done is left where a good file stood.

A failure names the derivation: the LaTeX of each begins with a comment `%% file:line`.

Imports: nothing of calcds beyond errors.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from calcds.errors import CalcdsError

SECONDS = 240
_PLACE = re.compile(r"^%% (\S.*:\d+)$")
_ERROR = re.compile(r"^(?:\./)?[^:\n]+\.tex:(\d+): (.*)$|^! (.*)$")
_FAULTS = re.compile(
    r"^(Overfull \\[hv]box.*|LaTeX Warning: (?:Reference|Citation|There were undefined).*)$", re.MULTILINE
)


class CannotPrint(CalcdsError):
    """A document that could not be made or written."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and what LaTeX had to say: overfull boxes and undefined references."""

    pdf: bytes
    faults: tuple[str, ...]


def latexmk() -> str | None:
    """The program, where it is installed."""
    return shutil.which("latexmk")


def press(tex: str, name: str, beside: Mapping[str, str]) -> Printed:
    """Compile a document. Raises CannotPrint with the place of the derivation that LaTeX stopped at.

    beside: other files that the document reads, by name
    """
    program = latexmk()
    if program is None:
        raise CannotPrint("latexmk is not installed")
    with tempfile.TemporaryDirectory(prefix="calcds-") as folder:
        for file, text in {**beside, f"{name}.tex": tex}.items():
            (Path(folder) / file).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / file).write_text(text, encoding="utf-8")
        command = [
            program,
            "-pdf",
            "-norc",
            "-interaction=nonstopmode",
            "-halt-on-error",
            "-file-line-error",
            f"{name}.tex",
        ]
        quiet = {**os.environ, "max_print_line": "10000", "openout_any": "p", "openin_any": "p"}
        try:
            done = subprocess.run(  # noqa: S603  (our own text, no shell, writing outside forbidden)
                command,
                cwd=folder,
                env=quiet,
                capture_output=True,
                timeout=SECONDS,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired as error:
            raise CannotPrint(f"{name}.tex: LaTeX did not end within {SECONDS} s") from error
        pdf, log = Path(folder) / f"{name}.pdf", Path(folder) / f"{name}.log"
        said = (
            log.read_text(encoding="utf-8", errors="replace")
            if log.exists()
            else done.stdout.decode(errors="replace")
        )
        if done.returncode or not pdf.exists():
            raise CannotPrint(failure(tex, said))
        return Printed(pdf.read_bytes(), tuple(dict.fromkeys(_FAULTS.findall(said))))


def failure(tex: str, log: str) -> str:
    """The sentence about a document that LaTeX refused: `file:line: what LaTeX said`."""
    for row in log.splitlines():
        if found := _ERROR.match(row):
            said = found[2] or found[3]
            number = int(found[1]) if found[1] else _line_behind(log, row)
            place = place_of(tex, number)
            said = said.rstrip(".") + _culprit(log, row)
            return f"{place}: LaTeX: {said}" if place else f"LaTeX, line {number}: {said}"
    return "LaTeX stopped without a message"


def _culprit(log: str, row: str) -> str:
    """The command that LaTeX did not know, where it is told."""
    if "Undefined control sequence" not in row:
        return ""
    found = re.search(r"\\[A-Za-z@]+ *$", log[log.index(row) + len(row) :].lstrip("\n").split("\n")[0])
    return f" {found[0].strip()}" if found else ""


def _line_behind(log: str, row: str) -> int:
    found = re.search(r"^l\.(\d+)", log[log.index(row) :], re.MULTILINE)
    return int(found[1]) if found else 0


def place_of(tex: str, number: int) -> str:
    """The derivation that stands at a line of a document: its file and line."""
    place = ""
    for row in tex.splitlines()[:number]:
        if found := _PLACE.match(row):
            place = found[1]
        elif row.startswith(r"\end{document}"):
            place = ""
    return place


def write(path: Path, content: str | bytes) -> None:
    """Write a file at once: whoever reads it sees the old one or the new one, never a part."""
    data = content.encode() if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as handle:
            handle.write(data)
        Path(handle.name).chmod(0o644)
        Path(handle.name).replace(path)
    except OSError as error:
        raise CannotPrint(f"{path}: cannot be written: {error.strerror or error}") from error
