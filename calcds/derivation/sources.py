"""The bibliography: where a statement stands. `sadiku("Gradients")` is a section of a document.

The key of a document begins the ids of its statements: `sadiku-081` is number 81 of the catalog of `sadiku`.

Imports: calcds.errors.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from calcds.errors import Malformed

STATEMENT_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*-\d+\Z")


@dataclass(frozen=True, slots=True)
class Document:
    """A document that is cited."""

    key: str  # "sadiku"
    title: str
    author: str = ""

    def __str__(self) -> str:
        return f"{self.author}: {self.title}" if self.author else self.title


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a document.

    >>> print(Source(DOCUMENTS["sadiku"], "Gradients"))
    Shpresim Sadiku: Calculus for Data Science, "Gradients"
    """

    document: Document
    section: str

    def __str__(self) -> str:
        return f'{self.document}, "{self.section}"' if self.section else str(self.document)


DOCUMENTS: dict[str, Document] = {
    row.key: row
    for row in (
        Document("sadiku", "Calculus for Data Science", "Shpresim Sadiku"),
        Document("magyar", "Artificial Neural Networks", "Attila M. Magyar"),
        Document("nogga", "Summary of the Deep Learning Lecture", "Tim Nogga"),
        Document("oh", "Introduction to Deep Learning (EBU7240)", "Changjae Oh"),
    )
}


def document(key: str, title: str, author: str = "") -> Callable[[str], Source]:
    """A document beside the known ones: `dlmf = document("dlmf", "Digital Library of Mathematical Functions")`."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", key):
        raise Malformed(
            f"document({key!r}, ...): a key has small letters, digits and hyphens, as in 'matrix-cookbook'"
        )
    return _places(Document(key, title, author))


def _places(cited: Document) -> Callable[[str], Source]:
    def place(section: str = "") -> Source:
        return Source(cited, section)

    place.__name__ = cited.key
    place.__doc__ = f"A section of {cited}."
    return place


sadiku, magyar, nogga, oh = (_places(DOCUMENTS[key]) for key in ("sadiku", "magyar", "nogga", "oh"))
