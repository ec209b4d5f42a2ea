"""Findings of documents that were checked before, kept in the user's cache directory.

The key is made of content: the bytes of the document and of its annotations, the suffix, the seconds a claim may take,
and a fingerprint of the program, so a program that has changed never serves old answers. Whatever is wrong with the
cache (not writable, half a file, a stranger's file) costs time and nothing else: the document is checked again. What a
hanging process or a fault of calcds left is not kept.

Imports: calcds.document.finding, calcds.verify.stored, calcds.version.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from calcds.decide.verdict import Outcome
from calcds.document.finding import Finding
from calcds.verify.stored import NotStorable, from_plain, to_plain
from calcds.version import VERSION

LARGEST = 64 * 1024**2  # bytes of the whole cache; the entries that were used the longest time ago go first
NOT_KEPT = ("stopped", "a fault of calcds")  # how the detail of what depends on the moment begins
_LIBRARIES = ("flint", "lark", "mpmath", "numpy", "sympy")
_SUFFIX = ".json"

Known = tuple[list[Finding], list[str]]  # findings and notes


def directory() -> Path:
    """Where the findings are kept: CALCDS_CACHE, or the place for caches on this system."""
    if named := os.environ.get("CALCDS_CACHE"):
        return Path(named).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        return base / "calcds" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "calcds"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "calcds"


def key_of(data: bytes, suffix: str, annotations: bytes | None, timeout: float) -> str:
    """The name of what is known of a document."""
    said = hashlib.sha256(fingerprint())
    for part in (suffix.encode(), repr(float(timeout)).encode(), data, annotations):
        said.update(b"-" if part is None else b"%d:%b" % (len(part), part))
    return said.hexdigest()


def key_of_file(file: Path, annotations: Path | None, timeout: float) -> str:
    """The same, of a document as it is on the disk now; "" where it cannot be read."""
    try:
        return key_of(
            file.read_bytes(), file.suffix, annotations.read_bytes() if annotations else None, timeout
        )
    except (OSError, ValueError):
        return ""


@cache
def fingerprint() -> bytes:
    """A digest of this program: its version, its files, Python, and the libraries it decides with."""
    said = hashlib.sha256(f"{VERSION} {sys.version}".encode())
    for file in _sources(Path(__file__).resolve().parents[1]):
        data = file.read_bytes()
        said.update(b"%d:%b" % (len(data), data))
    for library in _LIBRARIES:
        spec = importlib.util.find_spec(library)
        if spec is not None and spec.origin:
            there = Path(spec.origin).stat()
            said.update(f"{spec.origin} {there.st_size} {there.st_mtime_ns}".encode())
    return said.digest()


def _sources(package: Path) -> Iterator[Path]:
    for folder, inner, names in os.walk(package):
        inner[:] = sorted(
            name for name in inner if not name.startswith("_")
        )  # compiled files, shipped derivations
        yield from (Path(folder, name) for name in sorted(names))


def lookup(key: str) -> Known | None:
    """What is known under a key; None where nothing is, or where it cannot be used."""
    if not key:
        return None
    try:
        file = directory() / (key + _SUFFIX)
        said = json.loads(file.read_text(encoding="utf-8"))
        if set(said) != {"key", "notes", "findings"} or said["key"] != key:
            return None
        notes = [note for note in said["notes"] if isinstance(note, str)]
        known = from_plain(said["findings"]), notes
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, NotStorable):
        return None
    with contextlib.suppress(OSError):
        os.utime(file)  # used now
    return known


def store(key: str, found: Sequence[Finding], notes: Sequence[str]) -> bool:
    """Keep what was found, if it depends on nothing but the key and can be written; whether it was."""
    if not key or any(one.outcome is Outcome.UNDECIDED and one.detail.startswith(NOT_KEPT) for one in found):
        return False
    try:
        text = json.dumps({"key": key, "notes": list(notes), "findings": to_plain(found)}, allow_nan=False)
        place = directory()
        place.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=place)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
            Path(name).replace(place / (key + _SUFFIX))  # another run sees all of it or nothing
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _evict(place)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, NotStorable):
        return False
    return True


def _evict(place: Path) -> None:
    """Remove what was used the longest time ago until the rest is small enough; only files of this cache."""
    files = [
        (entry.stat(), entry.path) for entry in os.scandir(place) if entry.name.endswith((_SUFFIX, ".part"))
    ]
    total = sum(stat.st_size for stat, _ in files)
    for stat, name in sorted(files, key=lambda pair: pair[0].st_mtime_ns):
        if total <= LARGEST:
            break
        with contextlib.suppress(OSError):
            Path(name).unlink()
            total -= stat.st_size
