"""Memory for large products, used again from call to call.

A fresh array of a megabyte costs more page faults than a product with one sample costs flops. `Memory.product` keeps two
arrays for each product of a function and uses one again when nobody else holds it: results that a caller still has are
never overwritten, in any thread (an array is taken out of the pool while its reference count is read).

Imports: NumPy.
"""

from __future__ import annotations

import sys
from collections import deque
from typing import Any

import numpy as np

LARGE = 1 << 16  # bytes of a result from which on its memory is worth keeping
_OURS = 2  # references to an array that only `product` itself holds: its own name, and the argument of getrefcount


class Memory:
    """The arrays of one function."""

    def __init__(self) -> None:
        self._pools: dict[int, deque[Any]] = {}

    def product(self, place: int, a: Any, b: Any) -> Any:
        """a @ b, into memory of an earlier call where it is free and fits."""
        pool = self._pools.get(place)
        if pool is None:
            pool = self._pools.setdefault(place, deque(maxlen=2))
        shape = (a.shape[0], b.shape[1])
        for _ in range(len(pool)):
            try:
                out = pool.popleft()
            except IndexError:  # another thread took it
                break
            free = sys.getrefcount(out) == _OURS and out.shape == shape and out.dtype == a.dtype == b.dtype
            pool.append(out)
            if free:
                return np.dot(a, b, out=out)
        out = np.dot(a, b)
        if out.base is None and out.nbytes >= LARGE:
            pool.append(out)
        return out
