"""Where things stand, said as a person would: paths, names of files within ids, the place of a fault.

Imports: nothing of calcds.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path


def said_path(file: Path) -> str:
    """The path as a person in the working directory would type it."""
    try:
        return file.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return file.as_posix()


def labels(files: Sequence[Path]) -> dict[Path, str]:
    """The name of each file within ids: its own name, with as many folders in front as tell it apart."""
    found: dict[Path, str] = {}
    whole = {file: file.resolve().parts for file in files}
    for file, parts in whole.items():
        depth = 1
        while depth < len(parts) and any(
            other is not file and inside[-depth:] == parts[-depth:] for other, inside in whole.items()
        ):
            depth += 1
        found[file] = "/".join(parts[-depth:])
    return found


def fault_of_calcds(error: Exception) -> str:
    """The sentence about an exception that should not have happened."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(where.filename).name}:{where.lineno}"
    return f"a fault of calcds, please report it: {type(error).__name__}: {error} ({place})"
