"""Time limits within one claim, in CPU time: a verdict does not depend on what else the machine does.

The clock on the wall is cheap to read and never behind; the other one is asked only when the wall says that it is late.

Imports: nothing of calcds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import perf_counter, thread_time
from typing import TypeVar

T = TypeVar("T")


class Deadline:
    """So many seconds of this thread from now on.

    >>> Deadline(60).late, Deadline(-1).late
    (False, True)
    """

    __slots__ = ("_cpu", "_wall")

    def __init__(self, seconds: float) -> None:
        self._wall, self._cpu = perf_counter() + seconds, thread_time() + seconds

    @property
    def late(self) -> bool:
        """Whether it has passed."""
        return perf_counter() > self._wall and thread_time() > self._cpu

    def until(self, items: Iterable[T]) -> Iterator[T]:
        """Some items, as long as it has not passed.

        >>> list(Deadline(60).until("ab")), list(Deadline(-1).until("ab"))
        (['a', 'b'], [])
        """
        for item in items:
            if self.late:
                return
            yield item

    @property
    def left(self) -> float:
        """The seconds until then; negative when it has passed."""
        return self._cpu - thread_time()
