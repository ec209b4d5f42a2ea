"""Every test run has a cache of its own: nobody's real one is read or written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    before = os.environ.get("CALCDS_CACHE")
    place = tmp_path_factory.mktemp("cache")
    os.environ["CALCDS_CACHE"] = str(place)  # processes that tests start inherit it
    yield place
    if before is None:
        del os.environ["CALCDS_CACHE"]
    else:
        os.environ["CALCDS_CACHE"] = before
