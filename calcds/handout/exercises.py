"""Exercises (being written)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from calcds.handout.sheet import Sheet


def exercises_of(sheets: Sequence[Sheet], variant: int) -> tuple[Any, ...]:
    return ()


def exercises_tex(questions: Sequence[Any], *, solutions: bool) -> str:
    return ""


def exercises_html(questions: Sequence[Any], *, solutions: bool) -> str:
    return ""
