"""What the tests of the network share: one seeded generator for each test."""

import numpy as np
import pytest


@pytest.fixture
def rng() -> np.random.Generator:
    """A generator that draws the same numbers in every run."""
    return np.random.default_rng(20240816)
