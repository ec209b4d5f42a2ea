"""Findings as JSON and back, exactly: what comes back equals what went in, or nothing comes back.

A table has a row for every type of a field of `Finding`. A type that is not in it, a value that JSON would change, a
field too many or too few: such findings are not stored, and stored ones are not used. Nothing is ever unpickled.

Imports: calcds.document.finding, calcds.decide.verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from calcds.decide.verdict import Counterexample, Outcome
from calcds.document.finding import Finding

Plain = Any  # what JSON has: text, whole numbers, floats, truth values, null, lists, dictionaries with text as keys


class NotStorable(Exception):
    """Something that would not come back as it is."""


def to_plain(found: Sequence[Finding]) -> Plain:
    """Findings as plain data. Raises NotStorable."""
    said = [{name: CODECS[kind][0](getattr(one, name)) for name, kind in _FIELDS} for one in found]
    if repr(from_plain(said)) != repr(list(found)):
        raise NotStorable("a finding does not come back as it is")
    return said


def from_plain(said: Plain) -> list[Finding]:
    """Findings from plain data. Raises NotStorable for anything but what `to_plain` gives."""
    return [_one(row) for row in _list(said)]


def _one(row: Plain) -> Finding:
    if not isinstance(row, dict) or set(row) != {name for name, _ in _FIELDS}:
        raise NotStorable("not the fields of a finding")
    return Finding(**{name: CODECS[kind][1](row[name]) for name, kind in _FIELDS})


def _only(kind: type) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise NotStorable(f"{value!r} is no {kind.__name__}")
        return value

    return check


_text, _whole, _float, _list, _dict = map(_only, (str, int, float, list, dict))


def _outcome(value: Plain) -> Outcome:
    if value not in {o.value for o in Outcome}:
        raise NotStorable(f"{value!r} is no outcome")
    return Outcome(value)


def _texts(value: Plain) -> tuple[str, ...]:
    return tuple(_text(part) for part in _list(value))


def _number(value: Any) -> Any:
    """Exact numbers are text; matrices are lists of rows."""
    if isinstance(value, list):
        return [_number(part) for part in value]
    return value if value is None or type(value) in {int, bool} else _text(value)


def _point(found: Counterexample | None) -> Plain:
    if found is None:
        return None
    entry = None if found.entry is None else [_whole(part) for part in found.entry]
    return {"sizes": _sizes(found.sizes), "values": _values(found.values), "left": _number(found.left),
            "right": _number(found.right), "entry": entry}  # fmt: skip


def _from_point(said: Plain) -> Counterexample | None:
    if said is None:
        return None
    if set(_dict(said)) != {"sizes", "values", "left", "right", "entry"}:
        raise NotStorable("not the fields of a counterexample")
    entry = None
    if said["entry"] is not None:
        i, j = _list(said["entry"]) if len(said["entry"]) == 2 else (None, None)
        entry = _whole(i), _whole(j)
    return Counterexample(
        _sizes(said["sizes"]), _values(said["values"]), _number(said["left"]), _number(said["right"]), entry
    )


def _sizes(said: Plain) -> dict[str, int]:
    return {_text(name): _whole(length) for name, length in _dict(said).items()}


def _values(said: Plain) -> dict[str, Any]:
    return {_text(name): _number(value) for name, value in _dict(said).items()}


CODECS: dict[str, tuple[Callable[[Any], Plain], Callable[[Plain], Any]]] = {
    # annotation of a field     to JSON                       back
    "int":                     (_whole,                       _whole),
    "str":                     (_text,                        _text),
    "float":                   (lambda x: _float(float(x)),   _float),
    "Outcome":                 (lambda o: o.value,            _outcome),
    "tuple[str, ...]":         (list,                         _texts),
    "Counterexample | None":   (_point,                       _from_point),
}  # fmt: skip
_FIELDS = [(field.name, str(field.type)) for field in fields(Finding)]
