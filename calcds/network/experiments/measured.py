"""What an experiment returns: one number for each regime in which it was run.

Imports: nothing.  Imported by: every module of calcds.network.experiments.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One regime and what came out.

    >>> print(Measured("deep", 0.00123456))
    deep: 0.001235
    """

    regime: str
    value: float

    def __str__(self) -> str:
        """Regime and value on one line."""
        return f"{self.regime}: {self.value:.4g}"


def by_regime(rows: tuple[Measured, ...]) -> dict[str, float]:
    """The values by regime."""
    return {row.regime: row.value for row in rows}
